/**
 * Settings (`net.ipv4.*`) that a script makes. In: the settings, the kernel's memory. Out: what cannot be set, as
 * differences; effects in memory.
 */
import { sentence, type Told, type Words } from '../sentences/sentence';
import type { ServiceHost } from '../machine/service';
import type { Setting } from './pkt-ast';
import type { Difference } from './script-call';
import { settingFacts } from './setting-table';
import { setSysctl } from './sysctl';

/** A setting that the script cannot do without and this kernel lacks. */
export interface RefusedSetting {
  /** As written: `net.ipv4.tcp_ecn=1`. */
  readonly text: string;
  readonly difference: Difference;
}

/** A variable that every Linux tree has and the bundled kernel has not. */
const ONLY_IN_TREES = 'sysctl_tcp_ecn';

/** What a refusal says of a kernel that leaves something out. */
export function leavesOut(host: ServiceHost, what: Told): Words {
  return host.globalAddress(ONLY_IN_TREES) === undefined
    ? sentence('it-leaves-out-what-which-a-linux-tree-has-kernel-dir', { what })
    : sentence('it-leaves-out-what', { what });
}

/**
 * Makes settings. One of Linux 2.4 that this kernel does not have is refused when something can be seen of it and it is
 * not switched off; one that nobody can see, or of a later kernel, means nothing here.
 */
export function makeSettings(host: ServiceHost, settings: readonly Setting[]): readonly RefusedSetting[] {
  const refused: RefusedSetting[] = [];
  for (const { name, values } of settings) {
    const known = settingFacts(name);
    if (setSysctl(host, name, values)) {
      continue;
    }
    if (known?.lacks === undefined) {
      host.journal({ event: 'note', text: sentence('this-kernel-has-no-setting-name', { name }), setting: name });
    } else if (values.some((value) => value !== 0)) {
      refused.push({
        text: `net.ipv4.${name}=${values.join(' ')}`,
        difference: {
          expected: `net.ipv4.${name} = ${values.join(' ')}`,
          actual: sentence('this-kernel-has-no-setting-name-because', { name, why: leavesOut(host, known.lacks) }),
        },
      });
    }
  }
  return refused;
}
