/**
 * Capabilities (POSIX.1e draft, as linux/capability.h of 2.4 numbers them).
 *
 * In: capable(CAP_…) from C. Out: whether the running process holds it: a bit of current->cap_effective.
 */
import type { PlainData, ServiceModule } from '../machine/service';
import type { Processes } from './processes';
import { service } from './service-module';

const REASON = {
  en: 'Privileges are part of the process, and processes are simulated.',
  zh: '权限属于进程，而进程由模拟器实现。',
};

/** Capability names of 2.4.0 with their numbers. */
export const CAPABILITIES: { readonly [name: string]: number } = {
  CAP_CHOWN: 0,
  CAP_DAC_OVERRIDE: 1,
  CAP_DAC_READ_SEARCH: 2,
  CAP_FOWNER: 3,
  CAP_FSETID: 4,
  CAP_KILL: 5,
  CAP_SETGID: 6,
  CAP_SETUID: 7,
  CAP_SETPCAP: 8,
  CAP_LINUX_IMMUTABLE: 9,
  CAP_NET_BIND_SERVICE: 10,
  CAP_NET_BROADCAST: 11,
  CAP_NET_ADMIN: 12,
  CAP_NET_RAW: 13,
  CAP_IPC_LOCK: 14,
  CAP_IPC_OWNER: 15,
  CAP_SYS_MODULE: 16,
  CAP_SYS_RAWIO: 17,
  CAP_SYS_CHROOT: 18,
  CAP_SYS_PTRACE: 19,
  CAP_SYS_PACCT: 20,
  CAP_SYS_ADMIN: 21,
  CAP_SYS_BOOT: 22,
  CAP_SYS_NICE: 23,
  CAP_SYS_RESOURCE: 24,
  CAP_SYS_TIME: 25,
  CAP_SYS_TTY_CONFIG: 26,
  CAP_MKNOD: 27,
  CAP_LEASE: 28,
};

/** The bits of a list of names; names nobody knows are left out. */
export function capabilityBits(names: readonly string[]): number {
  return names.reduce((bits, name) => (name in CAPABILITIES ? bits | (1 << CAPABILITIES[name]!) : bits), 0) >>> 0;
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
