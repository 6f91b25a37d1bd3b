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
import type { EntryOf, JournalEntry } from '../machine/journal-entry';
import type { Machine } from '../machine/machine';
import type { Traveller } from '../machine/traveller';
import { packetText } from '../values/value-packet';
import type {
  BranchEnd,
  CallDifference,
  ComparedPacket,
  ComparedPlace,
  ComparedResult,
  Comparison,
  PacketDifference,
} from './branch-types';
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
/** Packets of a side that are compared, and differences of a kind that are told. */
const PACKETS = 1000;
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

function packetDifferences(a: readonly JournalEntry[], b: readonly JournalEntry[]): PacketDifference[] {
  const [one, other] = [packetsOf(a), packetsOf(b)];
  const differences: PacketDifference[] = [];
  for (const [i, j] of aligned(one, other)) {
    const [left, right] = [one[i ?? -1], other[j ?? -1]];
    if (!left || !right || left.uptime !== right.uptime) {
      differences.push({ ...(left ? { a: left } : {}), ...(right ? { b: right } : {}) });
    }
  }
  return differences;
}

function packetsOf(entries: readonly JournalEntry[]): ComparedPacket[] {
  return entries
    .filter((entry): entry is EntryOf<'packet'> => entry.event === 'packet')
    .slice(0, PACKETS)
    .map(({ clock, direction, uptime, bytes, length }) => ({
      clock,
      direction,
      uptime,
      text: packetText(bytes, length),
    }));
}

/** Positions in both lists, in order: those of a common subsequence together, the others alone. */
function aligned(
  one: readonly ComparedPacket[],
  other: readonly ComparedPacket[],
): (readonly [number | undefined, number | undefined])[] {
  const same = (i: number, j: number): boolean =>
    one[i]?.text === other[j]?.text && one[i]?.direction === other[j]?.direction;
  const width = other.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      longest[i * width + j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number | undefined, number | undefined])[] = [];
  for (let i = 0, j = 0; i < one.length || j < other.length;) {
    if (i < one.length && j < other.length && same(i, j)) {
      pairs.push([i++, j++]);
    } else if (j >= other.length || (i < one.length && at(i + 1, j) >= at(i, j + 1))) {
      pairs.push([i++, undefined]);
    } else {
      pairs.push([undefined, j++]);
    }
  }
  return pairs;
}

/** A call that was made, with its result when it has one. */
interface MadeCall {
  readonly process: string;
  readonly text: string;
  readonly result?: ComparedResult;
}

function callDifferences(a: readonly JournalEntry[], b: readonly JournalEntry[], result: ResultText): CallDifference[] {
  const [one, other] = [callsOf(a, result), callsOf(b, result)];
  const differences: CallDifference[] = [];
  for (const [key, left] of one) {
    const right = other.get(key);
    if (left.text !== right?.text) {
      differences.push({ process: left.process, text: left.text, ...(left.result ? { a: left.result } : {}) });
      if (right) {
        differences.push({ process: right.process, text: right.text, ...(right.result ? { b: right.result } : {}) });
      }
    } else if (left.result?.value !== right.result?.value) {
      differences.push({
        process: left.process,
        text: left.text,
        ...(left.result ? { a: left.result } : {}),
        ...(right.result ? { b: right.result } : {}),
      });
    }
  }
  for (const [key, right] of other) {
    if (!one.has(key)) {
      differences.push({ process: right.process, text: right.text, ...(right.result ? { b: right.result } : {}) });
    }
  }
  return differences;
}

/** Calls by process and position; a call that was under way at the start has its result only. */
function callsOf(entries: readonly JournalEntry[], result: ResultText): Map<string, MadeCall> {
  const calls = new Map<string, MadeCall>();
  const made = new Map<number, number>();
  const underWay = new Set<number>();
  for (const entry of entries) {
    if (entry.event !== 'call' && entry.event !== 'return') {
      continue;
    }
    const { pid, process, text } = entry;
    const returns = entry.event === 'return' && underWay.delete(pid);
    const number = (made.get(pid) ?? 0) + (returns ? 0 : 1);
    made.set(pid, number);
    const value =
      entry.event === 'return' ? { result: { clock: entry.clock, value: entry.value, text: result(entry.value) } } : {};
    calls.set(`${pid} ${number}`, { process, text, ...value });
    if (entry.event === 'call') {
      underWay.add(pid);
    }
  }
  return calls;
}
