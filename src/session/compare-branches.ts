/**
 * Two lines of time compared: the first statement that is not the same, the packets, the result of each call.
 *
 * In: two branches, and the clock up to which they are one run. Out: plain data. Algorithm: both are stepped from that
 * clock in stretches that grow, and the statements of a stretch are compared one by one; then both run freely to their
 * ends, and what their journals tell after that clock is compared: packets by a longest common subsequence of their
 * texts, calls by process and position.
 */
import type { DebugStatement } from '../abi/debug-info';
import type { Program } from '../compile/program';
import type { Told } from '../sentences/sentence';
import type { JournalEntry } from '../machine/journal-entry';
import type { Machine } from '../machine/machine';
import type { Traveller } from '../machine/traveller';
import type { BranchEnd, ComparedPlace, Comparison } from './branch-types';
import { callDifferences, packetDifferences } from './compare-entries';
import type { KernelParts } from '../kernel/kernel';
import type { ResultText } from './journal-text';

export interface ComparedParts {
  readonly machine: Machine;
  readonly traveller: Traveller;
  readonly kernel?: KernelParts | undefined;
  readonly budget: number;
  readonly result: ResultText;
  readonly program: Pick<Program, 'loader'>;
}

/** A branch, and the way to a moment of it. */
export interface ComparedSide {
  readonly name: string;
  readonly travel: (clock: number) => void;
}

/** Statements of the first stretch; four times as many in each that follows. */
const STRETCH = 20_000;
const LONGEST = 200_000;
/** Differences of a kind that are told. */
const TOLD = 50;

/** What ran in a stretch: task and statement of each stop, in pairs; and whether it came to the end. */
interface Stretch {
  readonly stops: Int32Array;
  readonly length: number;
}

export async function compareBranches(
  parts: ComparedParts,
  {
    common,
    sides,
    breathe,
  }: { common: number; sides: readonly ComparedSide[]; breathe?: (() => Promise<boolean>) | undefined },
): Promise<Comparison> {
  const [one, other] = sides;
  if (!one || !other) {
    throw new Error('internal error: two branches are compared');
  }
  const statement = one.name === other.name ? undefined : await firstDifference(parts, [one, other], common, breathe);
  const a = await toEnd(parts, one, common, breathe);
  const b = await toEnd(parts, other, common, breathe);
  const packets = packetDifferences(a.entries, b.entries);
  const calls = callDifferences(a.entries, b.entries, parts.result);
  const leftOff = Math.max(0, packets.length - TOLD) + Math.max(0, calls.length - TOLD);
  return {
    a: a.end,
    b: b.end,
    common,
    ...(statement ? { statement } : {}),
    packets: packets.slice(0, TOLD),
    calls: calls.slice(0, TOLD),
    leftOff,
  };
}

async function firstDifference(
  parts: ComparedParts,
  [one, other]: readonly [ComparedSide, ComparedSide],
  common: number,
  breathe: (() => Promise<boolean>) | undefined,
): Promise<Comparison['statement']> {
  let length = STRETCH;
  for (let start = common; start - common < parts.budget; start += length, length = Math.min(length * 4, LONGEST)) {
    const [a, b] = [stretch(parts, one, start, length), stretch(parts, other, start, length)];
    let at = 0;
    const shorter = 2 * Math.min(a.length, b.length);
    while (at < shorter && a.stops[at] === b.stops[at]) {
      at++;
    }
    at >>= 1;
    if (at < a.length || at < b.length) {
      const place = (side: ComparedSide, ran: Stretch): ComparedPlace | undefined =>
        at < ran.length ? placeAt(parts, side, start + at) : undefined;
      return { a: place(one, a), b: place(other, b) };
    }
    if (a.length < length || (await breathe?.())) {
      return undefined;
    }
  }
  return undefined;
}

/** The stops of `length` moments from `start` on. */
function stretch({ machine, traveller }: ComparedParts, side: ComparedSide, start: number, length: number): Stretch {
  side.travel(start);
  const stops = new Int32Array(2 * length);
  let count = 0;
  while (machine.at && count < length) {
    stops[2 * count] = machine.at.task;
    stops[2 * count + 1] = machine.at.statement;
    count++;
    traveller.stepOn();
  }
  return { stops, length: count };
}

function placeAt(parts: ComparedParts, side: ComparedSide, clock: number): ComparedPlace | undefined {
  side.travel(clock);
  const { machine, kernel } = parts;
  const { at } = machine;
  const statement = at && machine.debug.statements[at.statement];
  const fn = statement && machine.debug.functions[statement.function];
  if (!at || !statement || !fn) {
    return undefined;
  }
  const process = kernel?.processes.list().find(({ machineTask }) => machineTask === at.task);
  return {
    clock: machine.clock,
    thread: at.task,
    process: process?.name ?? '',
    function: fn.name,
    path: machine.debug.files[statement.file],
    line: statement.line,
    text: statementText(parts, statement),
  };
}

function statementText({ machine, program }: ComparedParts, { file, start, end }: DebugStatement): string {
  const text = program.loader.load(machine.debug.files[file] ?? '')?.text.slice(start, end) ?? '';
  return text.replace(/\s+/g, ' ');
}

interface Ended {
  readonly end: BranchEnd;
  /** What happened after the clock up to which both are one. */
  readonly entries: readonly JournalEntry[];
}

async function toEnd(
  { machine, traveller, budget }: ComparedParts,
  side: ComparedSide,
  common: number,
  breathe: (() => Promise<boolean>) | undefined,
): Promise<Ended> {
  side.travel(Infinity);
  let kind: BranchEnd['kind'] = machine.finished?.kind ?? 'budget';
  if (!machine.finished) {
    const came = await traveller.forward(() => false, { stepping: false, budget, breathe });
    kind = came.kind === 'terminal' ? came.stop.kind : 'budget';
  }
  const entries = machine.journal.filter(({ clock }) => clock >= common);
  return { entries, end: { name: side.name, clock: machine.clock, kind, ...whatEnded(machine, entries) } };
}

function whatEnded({ finished }: Machine, entries: readonly JournalEntry[]): { readonly what?: Told } {
  if (finished?.kind === 'fault') {
    return { what: finished.fault.message };
  }
  const failed = entries.find((entry) => entry.event === 'expectation');
  return failed ? { what: failed.text } : {};
}
