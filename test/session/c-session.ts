/**
 * C text to a session with a few processes: the one helper of the session's tests.
 *
 * In: C, and for each process the system calls that it makes, one after the other. Out: a session that has not started.
 * The C may call `sleep_here()` (the process sleeps; answers what woke it), `wake(n, value)` (process n goes on, or does
 * not sleep the next time), and `interrupt_here(fn)` (fn runs on top of the sleeping process, which then goes on).
 */
import { given, itemAt } from '../../src/base/checked-access';
import { compileProgram, type Program } from '../../src/compile/program';
import { Machine } from '../../src/machine/machine';
import type { PlainData, ServiceCall, ServiceHost, ServiceModule, TaskId } from '../../src/machine/service';
import { wordsOf } from '../../src/sentences/sentence';
import { wording } from '../../src/sentences/wording';
import { Session } from '../../src/session/session';
import type { BreakpointRequest, Stop } from '../../src/session/session-types';
import { formatDiagnostic, hasErrors } from '../../src/source/diagnostic';
import { MemoryLoader } from '../../src/source/file-loader';
import { parser } from '../semantic/check-c';

/** A system call: the C function and its argument words. */
export type Call = readonly [name: string, ...args: number[]];

/** Only file of the program. */
export const path = 't.c';

const reason = { en: 'test', zh: '测试' };

interface Saved {
  readonly next: readonly number[];
  readonly early: { readonly [task: TaskId]: number | undefined };
  readonly interrupt: { readonly task: TaskId; readonly function: number } | null;
}

/** What the processes still have to do: all state that the C does not hold. */
class Processes implements ServiceModule {
  readonly name = 'processes';
  private host!: ServiceHost;
  private next: number[];
  private interrupt: Saved['interrupt'] = null;
  /** What woke a process before it slept. */
  private early: Saved['early'] = {};
  private readonly tasks: TaskId[] = [];

  constructor(private readonly calls: readonly (readonly Call[])[]) {
    this.next = calls.map(() => 0);
  }

  readonly services = [
    {
      name: 'sleep_here',
      reason,
      call: (call: ServiceCall) => {
        const early = this.early[call.task];
        this.early = { ...this.early, [call.task]: undefined };
        return early ?? { kind: 'block' as const };
      },
    },
    { name: 'wake', reason, call: (call: ServiceCall) => this.wake(itemAt(this.tasks, call.int(0) - 1), call.int(1)) },
    {
      name: 'interrupt_here',
      reason,
      call: (call: ServiceCall) => {
        this.interrupt = { task: call.task, function: this.host.functionAt(call.arg(0))! };
        return { kind: 'block' as const };
      },
    },
  ];

  begin(host: ServiceHost): void {
    this.host = host;
    this.calls.forEach(() => this.tasks.push(host.createTask()));
    this.take(0);
  }

  private wake(task: TaskId, value: number): void {
    if (this.host.isBlocked(task)) {
      this.host.unblock(task, value);
    } else {
      this.early = { ...this.early, [task]: value };
    }
  }

  /** Lets a process go on, with its next call when it has returned from the last. */
  private take(index: number): boolean {
    const task = itemAt(this.tasks, index);
    const call = itemAt(this.calls, index)[itemAt(this.next, index)];
    if (this.host.isIdle(task)) {
      if (!call) {
        return false;
      }
      this.next[index]!++;
      this.host.pushCall(task, given(this.host.functionId(call[0]), 'function'), call.slice(1) as number[], null);
    }
    this.host.currentTask = task;
    return !this.host.isBlocked(task);
  }

  advance(): 'continue' | 'end' | 'deadlock' {
    const { interrupt } = this;
    if (interrupt) {
      this.interrupt = null;
      this.host.pushCall(interrupt.task, interrupt.function, [], 'interrupt');
      return 'continue';
    }
    const current = this.tasks.indexOf(this.host.currentTask);
    const order = this.tasks.map((_, step) => (current + 1 + step) % this.tasks.length);
    return order.some((index) => this.take(index))
      ? 'continue'
      : this.tasks.every((task) => this.host.isIdle(task))
        ? 'end'
        : 'deadlock';
  }

  returned(task: TaskId, tag: PlainData): void {
    if (tag === 'interrupt') {
      this.host.unblock(task, 0);
    }
  }

  save(): PlainData {
    return { next: [...this.next], early: this.early, interrupt: this.interrupt && { ...this.interrupt } };
  }

  restore(state: PlainData): void {
    const { next, early, interrupt } = state as unknown as Saved;
    this.next = [...next];
    this.early = early;
    this.interrupt = interrupt && { ...interrupt };
  }
}

/** Programs by their text: what is compiled never changes, so that a file's sessions share it. */
const programs = new Map<string, Program>();

function programOf(text: string): Program {
  const known = programs.get(text);
  if (known) {
    return known;
  }
  const { program, diagnostics } = compileProgram(
    {
      loader: new MemoryLoader([[path, text]]),
      sources: [path],
      includePaths: [],
      defines: {},
      build: { services: new Set(['sleep_here', 'wake', 'interrupt_here']), heapSize: 1 << 16 },
    },
    parser,
  );
  if (!program || hasErrors(diagnostics)) {
    throw new Error(diagnostics.map((each) => formatDiagnostic(each)).join('\n'));
  }
  programs.set(text, program);
  return program;
}

/** A session of the C text; one process that calls `run()` unless told otherwise. */
export async function openC(
  text: string,
  calls: readonly (readonly Call[])[] = [[['run']]],
  stepBudget = 100_000,
): Promise<Session> {
  const processes = new Processes(calls);
  const program = programOf(text);
  const machine = await Machine.create(program.image, { modules: [processes], checkpointInterval: 50 });
  processes.begin(machine.host);
  machine.environment = {
    returned: (task, tag) => processes.returned(task, tag),
    advance: () => processes.advance(),
    save: () => null,
    restore: () => undefined,
  };
  return new Session({ machine, program, parser, stepBudget });
}

/** The same, at its first statement. */
export async function started(text: string, calls?: readonly (readonly Call[])[]): Promise<Session> {
  const session = await openC(text, calls);
  await session.start();
  return session;
}

/** What log points say from now on. */
export function logOf(session: Session): string[] {
  const said: string[] = [];
  session.onJournal((entry) => {
    if (entry.event === 'log') {
      said.push(wording(wordsOf(entry.text), 'en'));
    }
  });
  return said;
}

/** `2 f:7 step`: process, function and line of a stop, and why it stopped; `- end` when nothing is left. */
export function where(session: Session, stop: Stop = session.stop): string {
  const top = session.stack(stop.thread)[0];
  return `${top ? `${stop.thread} ${top.function}:${top.line}` : '-'} ${stop.reason}`;
}

/** Value of an expression in the innermost frame, as it is shown. */
export function shown(session: Session, expression: string): string | undefined {
  return session.evaluate(expression, session.stack(session.stop.thread)[0]).value?.display;
}

/** Where a global variable lies. */
export function addressOf(session: Session, name: string): number {
  const address = session.evaluate(name, undefined).value?.address;
  if (address === undefined) {
    throw new Error(`${name} is no variable in memory`);
  }
  return address;
}

/** Sets breakpoints in the file, which must all find their statement. */
export function breakAt(session: Session, ...requests: readonly BreakpointRequest[]): readonly number[] {
  const results = session.setBreakpoints(path, requests);
  const wrong = results.filter(({ verified }) => !verified);
  if (wrong.length > 0) {
    throw new Error(`no breakpoint: ${JSON.stringify(wrong)}`);
  }
  return results.map(({ id }) => id);
}
