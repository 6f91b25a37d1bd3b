/**
 * Capabilities (POSIX.1e draft, as linux/capability.h of 2.4 numbers them).
 *
 * In: capable(CAP_…) from C. Out: whether the running process holds it: a bit of current->cap_effective.
 */
import { CAPABILITIES } from '../abi/linux-process';
import type { PlainData, ServiceModule } from '../machine/service';
import type { Processes } from './processes';
import { service } from './service-module';

const REASON = {
  en: 'Privileges are part of the process, and processes are simulated.',
  zh: '权限属于进程，而进程由模拟器实现。',
};

/** The bits of a list of names; names nobody knows are left out. */
export function capabilityBits(names: readonly string[]): number {
  const bits = new Map<string, number>(Object.entries(CAPABILITIES));
  return names.reduce((all, name) => all | (bits.has(name) ? 1 << (bits.get(name) ?? 0) : 0), 0) >>> 0;
}

export class Capabilities implements ServiceModule {
  readonly name = 'capabilities';

  readonly services = [
    service(
      'capable',
      REASON,
      (call) => (this.processes.capabilities(this.processes.current) >>> (call.arg(0) & 31)) & 1,
    ),
  ];

  constructor(private readonly processes: Processes) {}

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // The bits lie in the task_structs.
  }
}
