/**
 * One statement run with the provenance of what it writes.
 *
 * In: a copy of the machine that stands before the statement, and bytes that somebody wants to know of. Out: for each of
 * these bytes what it is: a byte of memory as it was before, a constant, a result of a service, computed from values that
 * are listed, or the work of what is around the kernel. Afterwards the machine stands where it stood. The statement's
 * span ends at the next stop, so that a call's arguments, or a return and what the caller does with the result, are in it.
 */
import { FRAME_FUNCTION, FRAME_PC } from '../abi/memory-map';
import { frameAt, type OwnFrame } from '../machine/frame-bytes';
import type { JournalEntry } from '../machine/journal-entry';
import type { Machine } from '../machine/machine';
import { Interpreter } from './interpreter';
import type { ModuleCode } from './module-code';
import { leavesOf, sourceOfByte, type ByteSource, type Provenance } from './provenance';
import { TracedMemory, type Watched } from './traced-memory';

/** Bytes at the moment before a statement. */
export interface SourceRange {
  readonly address: number;
  readonly size: number;
  /** The C expression that the statement names them with. */
  readonly expression: string | undefined;
  /** The frame they lie in. */
  readonly frame: OwnFrame | undefined;
}

export interface Trace {
  /** Whether the statement wrote any of the bytes. */
  readonly isWritten: boolean;
  /** Bytes that were moved here, unchanged; each run of them that lies together is one range. */
  readonly moved: readonly SourceRange[];
  /** Bytes that the statement left as they were. */
  readonly kept: readonly SourceRange[];
  /** The others: the values they were computed from. */
  readonly operands: readonly SourceRange[];
  /** Services whose results are in them. */
  readonly services: readonly string[];
  readonly isConstant: boolean;
  readonly isComputed: boolean;
  /** Something outside the kernel's C wrote some of them. */
  readonly isOutside: boolean;
  /** What happened meanwhile. */
  readonly entries: readonly JournalEntry[];
}

/** Statements are over long before. */
const FUEL = 1 << 20;

export function traceStatement(machine: Machine, code: ModuleCode, watched: Watched): Trace {
  const saved = machine.save();
  const memory = new TracedMemory(machine, watched);
  const { wasm } = machine;
  const { run } = wasm;
  const interpreter = new Interpreter(code, memory, wasm.host, machine.debug);
  const happened = machine.events.length;
  wasm.run = (fp) => {
    memory.beginRun(pushedAt(machine, fp));
    const status = interpreter.run(fp);
    memory.endRun();
    return status;
  };
  try {
    machine.flags.setStepping(true);
    do {
      machine.advance(FUEL);
    } while (!machine.at && !machine.finished);
  } finally {
    wasm.run = run;
  }
  memory.beginRun();
  const entries = machine.events.since(happened);
  machine.restore(saved);
  return { ...collect(machine, memory, watched), entries };
}

/** The bytes that were laid down for a call that begins: its header and its arguments. */
function pushedAt({ tasks, currentTask, memory, debug }: Machine, fp: number): Watched | undefined {
  const task = tasks.get(currentTask);
  const call = task?.calls.at(-1);
  if (!task || call?.fp !== fp || memory.u32(fp + FRAME_PC) !== 0) {
    return undefined;
  }
  const { below } = call;
  const end =
    below === 0 ? task.stackHigh : below - (debug.functions[memory.u32(below + FRAME_FUNCTION)]?.frameSize ?? 0);
  return { address: fp, size: end - fp };
}

function collect(machine: Machine, memory: TracedMemory, { address, size }: Watched): Omit<Trace, 'entries'> {
  const ranges = new Ranges(machine, memory);
  const moved: number[] = [];
  const kept: number[] = [];
  const computed: Provenance[] = [];
  const services = new Set<string>();
  let isOutside = false;
  let constants = 0;
  for (let at = address; at < address + size; at++) {
    const part = memory.partOf(at);
    const source: ByteSource = part ? sourceOfByte(part.from, part.index) : { kind: 'memory', address: at };
    if (!part) {
      kept.push(at);
    } else if (source.kind === 'memory') {
      moved.push(source.address);
    } else if (source.kind === 'computed') {
      computed.push(source.from);
    } else if (source.kind === 'service') {
      services.add(source.from.name);
      source.from.words.forEach(({ from }) => computed.push(from));
    } else {
      isOutside ||= source.kind === 'outside';
      constants += source.kind === 'constant' ? 1 : 0;
    }
  }
  const leaves = [...new Set(computed)].flatMap((from) => [...leavesOf(from)]);
  leaves.forEach((leaf) => leaf.kind === 'service' && services.add(leaf.name));
  const operands = new Map(
    leaves.flatMap((leaf) => (leaf.kind === 'load' ? [[`${leaf.address} ${leaf.size}`, leaf] as const] : [])),
  );
  return {
    isWritten: kept.length < size,
    moved: ranges.of(moved),
    kept: ranges.of(kept),
    operands: [...operands.values()].map((leaf) => ranges.range(leaf.address, leaf.size)),
    services: [...services],
    isConstant: constants > 0 && moved.length === 0 && computed.length === 0,
    isComputed: computed.length > 0,
    isOutside: isOutside || leaves.some(({ kind }) => kind === 'outside'),
  };
}

/** Bytes put together to ranges, with names. */
class Ranges {
  constructor(
    private readonly machine: Machine,
    private readonly memory: TracedMemory,
  ) {}

  /** Runs of bytes that lie together, whichever way round. */
  of(addresses: readonly number[]): readonly SourceRange[] {
    const sorted = [...new Set(addresses)].sort((a, b) => a - b);
    const ranges: SourceRange[] = [];
    for (let first = 0; first < sorted.length;) {
      let last = first;
      while (sorted[last + 1] === (sorted[last] ?? 0) + 1) {
        last++;
      }
      ranges.push(this.range(sorted[first] ?? 0, last - first + 1));
      first = last + 1;
    }
    return ranges;
  }

  range(address: number, size: number): SourceRange {
    const { stacksStart, stacksEnd } = this.machine.map;
    const onStack = address >= stacksStart && address < stacksEnd;
    return {
      address,
      size,
      expression: this.memory.names.get(address),
      frame: onStack ? frameAt(this.machine, address) : undefined,
    };
  }
}
