/**
 * Signals: sending, and what happens to them when a system call returns.
 *
 * In: send_sig from C, kill from the workload. Out: `sigpending` in the task_struct, an interruptible sleeper made
 * runnable, and at the end of a call the decision whether it restarts, fails with EINTR, or ends the process (do_signal
 * and the ERESTART codes of linux/errno.h; restart rules as in arch/i386/kernel/signal.c).
 */
import { sentence } from '../sentences/sentence';
import { ERRNO, KERNEL_ERRNO } from '../abi/linux-errno';
import { SIGNALS, SIGRTMIN, TASK_STATES } from '../abi/linux-process';
import type { PlainData, ServiceModule } from '../machine/service';
import { faultResult } from './memory-check';
import type { Process, Processes } from './processes';
import type { Scheduler } from './scheduler';
import { service } from './service-module';

const REASON = {
  en: 'Signals belong to processes, which are simulated.',
  zh: '信号属于进程，而进程由模拟器实现。',
};

/** `SIGPIPE` for 13. */
export function signalName(signal: number): string {
  return Object.entries(SIGNALS).find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;
}

/** Default action "ignore" (signal(7)); stopping and continuing a process is not simulated and counts as ignoring. */
const IGNORED_BY_DEFAULT: ReadonlySet<number> = new Set([
  SIGNALS.SIGCHLD,
  SIGNALS.SIGCONT,
  SIGNALS.SIGTSTP,
  SIGNALS.SIGTTIN,
  SIGNALS.SIGTTOU,
  SIGNALS.SIGURG,
  SIGNALS.SIGWINCH,
]);
const { SIGKILL } = SIGNALS;
const { ERESTARTSYS, ERESTARTNOINTR, ERESTARTNOHAND } = KERNEL_ERRNO;

/** What a returning call does. */
export type CallEnd =
  | { readonly kind: 'return'; readonly value: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'terminate'; readonly signal: number };

export class Signals implements ServiceModule {
  readonly name = 'signals';

  readonly services = [
    service('send_sig', REASON, (call) => {
      const process = this.processes.byTask(call.arg(1));
      return process
        ? this.send(process, call.arg(0))
        : faultResult('wild-dereference', sentence('function-not-a-task', { function: 'send_sig' }), call.arg(1));
    }),
    service('kill_proc', REASON, (call) => this.sendTo(this.processes.byPid(call.int(0)), call.arg(1))),
    service('kill_pg', REASON, (call) => this.sendTo(this.processes.byPid(call.int(0)), call.arg(1))),
  ];

  constructor(
    private readonly processes: Processes,
    private readonly scheduler: Scheduler,
  ) {}

  save(): PlainData {
    return null;
  }

  restore(_state: PlainData): void {
    // Dispositions and pending signals lie in the process records.
  }

  /** Sends a signal; an ignored one leaves no trace. Answers 0 as the kernel does. */
  send(process: Process, signal: number): number {
    const disposition = signal === SIGKILL ? undefined : process.dispositions[signal];
    if (
      signal <= 0 ||
      signal > 64 ||
      disposition?.action === 'ignore' ||
      (!disposition && IGNORED_BY_DEFAULT.has(signal))
    ) {
      return 0;
    }
    if (signal < SIGRTMIN && process.pendingSignals.includes(signal)) {
      return 0; // it waits already
    }
    process.pendingSignals.push(signal);
    this.processes.access.set(process.task, 'task_struct', 'sigpending', 1);
    if (this.processes.taskState(process) === TASK_STATES.TASK_INTERRUPTIBLE) {
      this.scheduler.wake(process);
    }
    return 0;
  }

  /** Delivers what is pending as a call returns `value` and says how the call ends. */
  deliver(process: Process, value: number): CallEnd {
    const error = -(value | 0);
    let handled: boolean | undefined;
    for (const signal of process.pendingSignals.splice(0)) {
      const disposition = process.dispositions[signal];
      if (!disposition) {
        this.processes.access.set(process.task, 'task_struct', 'sigpending', 0);
        return { kind: 'terminate', signal };
      }
      handled ??= disposition.restart;
    }
    this.processes.access.set(process.task, 'task_struct', 'sigpending', 0);
    const restarts = error === ERESTARTNOINTR || handled === undefined || (error === ERESTARTSYS && handled);
    if (error < ERESTARTSYS || error > ERESTARTNOHAND) {
      return { kind: 'return', value };
    }
    return restarts ? { kind: 'restart' } : { kind: 'return', value: -ERRNO.EINTR };
  }

  private sendTo(process: Process | undefined, signal: number): number {
    return process ? this.send(process, signal) : -ERRNO.ESRCH;
  }
}
