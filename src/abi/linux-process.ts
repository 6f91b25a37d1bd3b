/**
 * Numbers of processes and time in Linux 2.4 on the i386: ticks, states of tasks, signals, capabilities
 * (include/asm-i386/{param,signal,page}.h, include/linux/{sched,capability}.h).
 *
 * In: nothing. Out: tables from a name to its number. `test/abi` compares them with the C headers.
 */

/** Timer interrupts a second: one jiffy is 10 ms. */
export const HZ = 100;

export const PAGE_SIZE = 4096;

export const TASK_STATES = {
  TASK_RUNNING: 0,
  TASK_INTERRUPTIBLE: 1,
  TASK_UNINTERRUPTIBLE: 2,
  TASK_ZOMBIE: 4,
  TASK_STOPPED: 8,
} as const;

export const WAIT_FLAGS = { WQ_FLAG_EXCLUSIVE: 1 } as const;

export const SCHEDULER_POLICIES = { SCHED_OTHER: 0, SCHED_YIELD: 0x10 } as const;

// prettier-ignore
export const SIGNALS = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10,
  SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20,
  SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29,
  SIGPWR: 30, SIGSYS: 31,
} as const;

/** From here on signals are queued; those before it wait at most once each. */
export const SIGRTMIN = 32;

export const SIGNAL_ACTIONS = { SA_RESTART: 0x10000000, SIG_DFL: 0, SIG_IGN: 1 } as const;

/** Bit numbers in `cap_effective`. */
// prettier-ignore
export const CAPABILITIES = {
  CAP_CHOWN: 0, CAP_DAC_OVERRIDE: 1, CAP_DAC_READ_SEARCH: 2, CAP_FOWNER: 3, CAP_FSETID: 4, CAP_KILL: 5, CAP_SETGID: 6,
  CAP_SETUID: 7, CAP_SETPCAP: 8, CAP_LINUX_IMMUTABLE: 9, CAP_NET_BIND_SERVICE: 10, CAP_NET_BROADCAST: 11,
  CAP_NET_ADMIN: 12, CAP_NET_RAW: 13, CAP_IPC_LOCK: 14, CAP_IPC_OWNER: 15, CAP_SYS_MODULE: 16, CAP_SYS_RAWIO: 17,
  CAP_SYS_CHROOT: 18, CAP_SYS_PTRACE: 19, CAP_SYS_PACCT: 20, CAP_SYS_ADMIN: 21, CAP_SYS_BOOT: 22, CAP_SYS_NICE: 23,
  CAP_SYS_RESOURCE: 24, CAP_SYS_TIME: 25, CAP_SYS_TTY_CONFIG: 26, CAP_MKNOD: 27, CAP_LEASE: 28,
} as const;
