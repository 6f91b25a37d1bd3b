/**
 * Settings (`net.ipv4.*`) that a script makes. In: the settings, the kernel's memory. Out: what cannot be set, as
 * differences; effects in memory.
 */
import type { ServiceHost } from '../machine/service';
import type { Setting } from './pkt-ast';
import type { Difference } from './script-call';
import { setSysctl } from './sysctl';

/**
 * Settings of Linux 2.4.0 that change what packets look like, and what a kernel without one lacks: a script that makes
 * it cannot do without it.
 */
const NEEDED_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['tcp_ecn', 'explicit congestion notification'],
  ['tcp_syncookies', 'SYN cookies'],
  ['tcp_stdurg', 'urgent data'],
  ['tcp_timestamps', 'timestamps'],
  ['tcp_sack', 'selective acknowledgments'],
  ['tcp_window_scaling', 'window scaling'],
  ['ip_forward', 'forwarding'],
]);
/** A setting that the script cannot do without and this kernel lacks. */
export interface RefusedSetting {
  /** As written: `net.ipv4.tcp_ecn=1`. */
  readonly text: string;
  readonly difference: Difference;
}

/**
 * Makes settings. One of Linux 2.4 that this kernel does not have is refused; those of later kernels mean nothing here.
 */
export function makeSettings(host: ServiceHost, settings: readonly Setting[]): readonly RefusedSetting[] {
  const refused: RefusedSetting[] = [];
  for (const { name, values } of settings) {
    if (setSysctl(host, name, values) || values.every((value) => value === 0)) {
      continue;
    }
    const lacks = NEEDED_SETTINGS.get(name);
    if (lacks === undefined) {
      host.journal({ event: 'note', text: `this kernel has no setting ${name}` });
      continue;
    }
    refused.push({
      text: `net.ipv4.${name}=${values.join(' ')}`,
      difference: {
        expected: `net.ipv4.${name} is ${values.join(' ')}`,
        actual: `this kernel has no setting ${name}: it leaves out ${lacks}, which a Linux tree has (--kernel DIR)`,
      },
    });
  }
  return refused;
}
