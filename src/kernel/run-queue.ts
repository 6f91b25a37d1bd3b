/**
 * The run queue: which processes can run, and which of them the scheduler of 2.4 would take.
 *
 * In: wake-ups, and who leaves. Out: the process to run next. As kernel/sched.c has it: a woken process goes to the
 * head of the queue (to its end in later trees), the queue is read from its head for the greatest goodness, and the
 * process that still runs is looked at first, so that another must be strictly better. With equal time slices goodness
 * is one more for the process whose memory is mapped, and less than anybody's for one that has yielded. Pids in one
 * array: there are few processes.
 */
import type { Process } from './processes';

/** What a process that has yielded is worth: less than any other, more than nobody. */
const YIELDED = -1;
/** What a process with part of its time slice left is worth; the one that runs has its memory mapped already. */
const READY = 20;
const MAPPED = 1;

/** Of so few a map costs more than it saves. */
const FEW = 8;

function finder(processes: readonly Process[]): (pid: number) => Process | undefined {
  if (processes.length <= FEW) {
    return (wanted) => processes.find(({ pid }) => pid === wanted);
  }
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  return (wanted) => byPid.get(wanted);
}

export class RunQueue {
  /** @param pids The queue from its head; the array is changed in place. */
  constructor(private readonly pids: number[]) {}

  has(process: Process): boolean {
    return this.pids.includes(process.pid);
  }

  /** Puts a process in; false when it was there. */
  add(process: Process, place: 'head' | 'end'): boolean {
    if (this.has(process)) {
      return false;
    }
    this.pids.splice(place === 'head' ? 0 : this.pids.length, 0, process.pid);
    return true;
  }

  remove(process: Process): void {
    const at = this.pids.indexOf(process.pid);
    if (at >= 0) {
      this.pids.splice(at, 1);
    }
  }

  /**
   * The best of `processes` that are queued. `running` is the one that has the processor and may keep it; undefined when
   * it sleeps or has nothing to do.
   */
  best(
    processes: readonly Process[],
    running: Process | undefined,
    hasYielded: (process: Process) => boolean,
  ): Process | undefined {
    const goodness = (process: Process): number =>
      hasYielded(process) ? YIELDED : READY + (process === running ? MAPPED : 0);
    const byPid = finder(processes);
    let chosen = running;
    let most = running ? goodness(running) : -Infinity;
    for (const pid of this.pids) {
      const process = byPid(pid);
      const weight = process ? goodness(process) : -Infinity;
      if (weight > most) {
        [chosen, most] = [process, weight];
      }
    }
    return chosen;
  }
}
