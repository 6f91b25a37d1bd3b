/**
 * How many statements each system call of a script takes, function by function.
 *
 * In: an image and a scenario. Out: one {@link CallCount} per call in the order in which they began; what ran when no
 * call was under way (boot, timers) is left out. A statement belongs to the call of the process that executes it; what
 * runs outside processes (softirqs of an interrupt) to the call begun last that has not returned, so that over loopback
 * both ends count towards the call that set them going.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import type { Image } from '../abi/image';
import type { JournalEntry } from '../machine/journal-entry';
import { bootKernel, type KernelProgram, type MakeWorkload } from './boot-kernel';
import type { PktRunner, ScriptFailure } from './pkt-runner';

export interface CallCount {
  readonly process: string;
  /** The call as the script writes it. */
  readonly call: string;
  /** undefined: it has not returned. */
  readonly result: number | undefined;
  readonly statements: number;
  /** Functions by the statements executed in them, inlined ones included; most first. */
  readonly functions: readonly FunctionCount[];
}

export interface FunctionCount {
  readonly function: string;
  readonly file: string;
  readonly statements: number;
  /** Of these, declarations with an initialiser. */
  readonly declarations: number;
}

export interface CountedRun {
  readonly calls: readonly CallCount[];
  readonly failures: readonly ScriptFailure[];
  /** A fault that ended the run, or that it had no end. */
  readonly problem: Words | undefined;
}

interface OpenCount {
  readonly pid: number;
  readonly process: string;
  readonly call: string;
  result: number | undefined;
  open: boolean;
  /** By statement id. */
  readonly statements: Map<number, number>;
}

const SLICE = 200_000;

/** Runs a scenario statement by statement; `budget` bounds the statements. */
export async function countStatements(
  program: KernelProgram,
  make: MakeWorkload<PktRunner>,
  budget: number,
): Promise<CountedRun> {
  const { kernel, machine, workload: runner } = await bootKernel(program, make);
  machine.flags.setStepping(true);
  const counts: OpenCount[] = [];
  let heard = 0;
  for (;;) {
    const stop = machine.advance(SLICE);
    if (machine.events.length > heard) {
      machine.events.since(heard).forEach((record) => hear(counts, record));
      heard = machine.events.length;
    }
    if (stop.kind === 'statement') {
      const pid = kernel.processes.list().find(({ machineTask }) => machineTask === stop.task)?.pid;
      const open = counts.filter((each) => each.open);
      const count = open.filter((each) => each.pid === pid).at(-1) ?? open.at(-1);
      count?.statements.set(stop.statement, (count.statements.get(stop.statement) ?? 0) + 1);
    }
    const over = machine.clock >= budget;
    if (stop.kind === 'end' || stop.kind === 'fault' || over) {
      const problem =
        stop.kind === 'fault'
          ? stop.fault.message
          : over
            ? sentence('no-end-after-budget-statements', { budget })
            : undefined;
      return { calls: counts.map((count) => summary(count, program.image)), failures: runner.failures, problem };
    }
  }
}

function hear(counts: OpenCount[], entry: JournalEntry): void {
  if (entry.event === 'call') {
    counts.push({
      pid: entry.pid,
      process: entry.process,
      call: entry.text,
      result: undefined,
      open: true,
      statements: new Map(),
    });
  } else if (entry.event === 'return') {
    const count = counts.find((each) => each.open && each.pid === entry.pid);
    if (count) {
      count.open = false;
      count.result = entry.value;
    }
  }
}

function summary({ process, call, result, statements }: OpenCount, { debug }: Image): CallCount {
  const functions = new Map<string, { -readonly [name in keyof FunctionCount]: FunctionCount[name] }>();
  for (const [statement, times] of statements) {
    const { kind, function: id } = itemAt(debug.statements, statement);
    const owner = debug.functions[id];
    const key = `${owner?.file}:${owner?.name}`;
    const entry = functions.get(key) ?? {
      function: owner?.name ?? '?',
      file: debug.files[owner?.file ?? -1] ?? '?',
      statements: 0,
      declarations: 0,
    };
    entry.statements += times;
    entry.declarations += kind === 'initialize' ? times : 0;
    functions.set(key, entry);
  }
  const list = [...functions.values()].sort(
    (a, b) => b.statements - a.statements || a.function.localeCompare(b.function),
  );
  return { process, call, result, statements: list.reduce((sum, each) => sum + each.statements, 0), functions: list };
}
