/**
 * Where a value came from: its bytes followed backwards, hop by hop, to a constant, an input of the script, or what was
 * computed.
 *
 * In: bytes and the moment at which they have their value. Out: a tree of hops. Algorithm: the last statement that wrote
 * any of the bytes is found, and run again with the provenance of all that it writes (`trace.ts`); bytes that it moved are
 * followed on from where they lay before it, bytes that it left alone from where they are. A value that was computed has
 * its operands as children, which are followed too, as long as the tree is small.
 */
import { sentence, type Told } from '../sentences/sentence';
import type { DebugInfo } from '../abi/debug-info';
import type { JournalEntry } from '../machine/journal-entry';
import type { MemoryMap } from '../abi/memory-map';
import { frameAt, type OwnFrame } from '../machine/frame-bytes';
import { framesOf } from '../machine/frames';
import type { Machine } from '../machine/machine';
import { nameBytes, type NamedBytes } from './byte-name';
import type { Asking } from './changes';
import type { LastWrite, LastWritten } from './last-write';
import type { ModuleCode } from './module-code';
import type { OriginKind, OriginNode, OriginPlace, OriginTarget } from './origin-types';
import type { Replayer } from './replayer';
import { ones } from './bit-provenance';
import type { Expressions } from './expressions';
import type { SourceRange, Trace } from './source-ranges';
import { traceStatement } from './trace';

export interface OriginParts {
  readonly replayer: Replayer;
  readonly lastWrite: LastWrite;
  /** The same, slower, and never wrong. */
  readonly looking: LastWrite;
  readonly code: ModuleCode;
  readonly map: MemoryMap;
  readonly expressions: () => Expressions;
  /** The C of a statement, on one line. */
  readonly statementText: (statement: number) => string;
  readonly processName: (task: number) => string;
}

export interface OriginOptions {
  /** Hops that the tree has at most. */
  readonly hops?: number;
  /** Computed values whose operands are followed, one within the other. */
  readonly depth?: number;
  /** Called now and then with a clock; true ends the question: what is not followed yet stays unknown. */
  readonly breathe?: Asking['breathe'];
}

const HOPS = 64;
const DEPTH = 2;
/** Operands of one value that are followed. */
const OPERANDS = 8;

/** A target with the frame that it lies in. */
interface Sought extends OriginTarget {
  readonly frame: OwnFrame | undefined;
}

/** The origin of bytes as they are at a moment. */
export async function originOf(
  parts: OriginParts,
  target: OriginTarget,
  { hops = HOPS, depth = DEPTH, breathe }: OriginOptions = {},
): Promise<OriginNode> {
  return new Search(parts, hops, breathe).from(target, depth);
}

/** What a statement did to the bytes, and where. */
interface Written {
  readonly trace: Trace;
  readonly place: OriginPlace;
  readonly named: (range: SourceRange) => NamedBytes;
}

/** Thrown on the way to a moment when somebody has had enough. */
class GivenUp extends Error {}

/** What is found, or no more than is known already where the way there was given up. */
async function orUnknown(
  known: Omit<OriginNode, 'kind' | 'children'>,
  find: () => Promise<OriginNode>,
): Promise<OriginNode> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof GivenUp)) {
      throw error;
    }
    return { ...known, kind: 'unknown', children: [] };
  }
}

/** What a value is made of, and how. */
function sourcesOf({ trace, named }: Written): {
  readonly kind: 'moved' | 'computed' | 'constant';
  readonly from: readonly SourceRange[];
} {
  const isWhole = (range: SourceRange): boolean => {
    const { bits, label } = named(range);
    // Without a name they were copied with all that lies around them.
    const isNamed = typeof label === 'string' && !label.startsWith('0x');
    return !range.bits || !isNamed || (range.bits.offset === bits?.offset && range.bits.size === bits.size);
  };
  if (trace.field && trace.moved.length + trace.kept.length === 0 && isWhole(trace.field)) {
    return { kind: 'moved', from: [trace.field] };
  }
  if (trace.isComputed) {
    return { kind: 'computed', from: [...trace.moved, ...trace.operands, ...trace.kept].slice(0, OPERANDS) };
  }
  const from = [...trace.moved, ...trace.kept];
  const isMoved = from.length === 1 && !trace.isConstant && from.every(isWhole);
  return { kind: from.length === 0 ? 'constant' : isMoved ? 'moved' : 'computed', from };
}

class Search {
  constructor(
    private readonly parts: OriginParts,
    private left: number,
    private readonly breathe: Asking['breathe'],
  ) {}

  /** Somebody has had enough: nothing is looked for any more. */
  private isCancelled = false;

  private readonly asking: Asking = {
    breathe: async (clock) => (this.isCancelled ||= (await this.breathe?.(clock)) === true),
  };

  /** The tree of bytes of which nothing is known yet. */
  from(target: OriginTarget, depth: number): Promise<OriginNode> {
    const { address, clock } = target;
    const { stacksStart, stacksEnd } = this.parts.map;
    const onStack = address >= stacksStart && address < stacksEnd;
    return orUnknown({ ...target, value: '' }, async () => {
      const at = onStack ? await this.at(clock, (machine) => ({ frame: frameAt(machine, address) })) : undefined;
      return this.follow({ ...target, frame: at?.frame }, depth);
    });
  }

  private follow(target: Sought, depth: number): Promise<OriginNode> {
    return orUnknown({ ...withoutFrame(target), value: '' }, async () => {
      const value = target.shown ?? (await this.valueOf(target));
      return orUnknown({ ...withoutFrame(target), value }, () => this.followed(target, value, depth));
    });
  }

  private async followed(target: Sought, value: string, depth: number): Promise<OriginNode> {
    const node = (kind: OriginKind, more: Partial<OriginNode> = {}): OriginNode => ({
      ...withoutFrame(target),
      value,
      kind,
      children: [],
      ...more,
    });
    this.left--;
    await this.asking.breathe?.(target.clock); // a hop takes a few milliseconds, and many may be asked for
    if (this.left < 0 || depth < 0 || this.isCancelled) {
      return node('unknown');
    }
    const write = await this.writeOf(target);
    if (this.isCancelled) {
      return node('unknown');
    }
    if (write.kind === 'none') {
      return node('initial');
    }
    if (write.by === 'hand') {
      return node('hand', { written: await this.placeAt(write.clock) });
    }
    const written = write.written ?? (await this.trace(target, write.clock));
    const { trace, place, named } = written;
    const children = (ranges: readonly SourceRange[], nextDepth: number): Promise<OriginNode[]> =>
      this.followAll(
        ranges.map((range) => ({ ...range, ...named(range), clock: write.clock })),
        nextDepth,
      );
    if (trace.isOutside || (!trace.isWritten && write.by === 'scenario')) {
      return node(...(await this.outside(trace.entries, target, place)));
    }
    if (!trace.isWritten) {
      return node('unknown', { written: place });
    }
    if (trace.services.length > 0) {
      const source = trace.services.join(', ');
      return node('service', { written: place, source, children: await children(trace.operands, depth - 1) });
    }
    const { kind, from } = sourcesOf(written);
    const isOne = from.length === 1 && !trace.isComputed;
    return node(kind, {
      written: place,
      children: await children(from, isOne || kind === 'moved' ? depth : depth - 1),
    });
  }

  /** The last write; one that its statement does not bear out is looked for again. */
  private async writeOf(target: Sought): Promise<LastWritten & { readonly written?: Written }> {
    for (let before = target.clock; ;) {
      const write = await this.parts.lastWrite(target, before, this.asking);
      if (write.kind === 'none' || write.by !== 'code') {
        return write;
      }
      const written = await this.trace(target, write.clock);
      if (written.trace.isWritten || written.trace.isOutside) {
        return { ...write, written };
      }
      if (!target.bits) {
        return this.parts.looking(target, target.clock, this.asking);
      }
      before = write.clock; // other bits of these bytes
    }
  }

  private async followAll(targets: readonly Sought[], depth: number): Promise<OriginNode[]> {
    const nodes: OriginNode[] = [];
    for (const target of targets) {
      nodes.push(await this.follow(target, depth));
    }
    return nodes;
  }

  private async at<T extends object | string>(clock: number, act: (machine: Machine) => T): Promise<T> {
    const found = await this.parts.replayer.at(clock, act, this.asking.breathe);
    if (found === undefined) {
      throw new GivenUp();
    }
    return found;
  }

  private valueOf({ address, size, clock, bits }: Sought): Promise<string> {
    return this.at(clock, ({ memory }) => {
      const bytes = memory.read(address, size);
      return bits ? bitsText(bytes, bits) : valueText(bytes);
    });
  }

  private placeAt(clock: number): Promise<OriginPlace> {
    return this.at(clock, (machine) => this.place(machine));
  }

  private trace(target: Sought, clock: number): Promise<Written> {
    const { code, expressions } = this.parts;
    return this.at(clock, (machine) => {
      const trace = traceStatement(machine, code, target, target.bits);
      const place = this.place(machine, trace.returns);
      const ranges = [...trace.moved, ...trace.kept, ...trace.operands, ...(trace.field ? [trace.field] : [])];
      const names = new Map(ranges.map((range) => [range, nameBytes(machine, range, expressions())]));
      return { trace, place, named: (range) => names.get(range) ?? { label: '', bits: undefined } };
    });
  }

  /** `returns`: how many frames have returned in between; then it is what the caller does with the result. */
  private place(machine: Machine, returns = 0): OriginPlace {
    const { debug, at, clock } = machine;
    const task = returns > 0 && at ? machine.tasks.get(at.task) : undefined;
    const caller = task && framesOf(task, machine.memory, debug, returns + 1)[returns];
    const own = caller && caller.statement >= 0 ? caller.statement : (at?.statement ?? -1);
    const statement = debug.statements[own];
    return {
      clock,
      thread: at?.task ?? -1,
      process: at ? this.parts.processName(at.task) : '',
      function: functionName(debug, statement?.function),
      path: statement ? (debug.files[statement.file] ?? '') : '',
      line: statement?.line ?? 0,
      column: statement?.column ?? 0,
      text: at ? this.parts.statementText(own) : '',
    };
  }

  /** Which input of the script wrote the bytes. */
  private async outside(
    entries: readonly JournalEntry[],
    { address, size, clock }: Sought,
    written: OriginPlace,
  ): Promise<[OriginKind, Partial<OriginNode>]> {
    const bytes = await this.at(clock, ({ memory }) => memory.read(address, size));
    const packet = entries.find(
      (entry) => entry.event === 'packet' && entry.direction === 'in' && has(entry.bytes, bytes),
    );
    if (packet?.event === 'packet') {
      return ['packet', { written, source: sentence('a-packet-of-the-script') }];
    }
    const call = entries.find((entry) => entry.event === 'call');
    if (call?.event === 'call') {
      const source: Told = sentence('argument-of-call', { process: call.process, call: call.text });
      return ['argument', { written, source }];
    }
    return ['input', { written, source: sentence('what-is-around-the-kernel') }];
  }
}

function withoutFrame({ address, size, label, clock, bits }: Sought): OriginTarget {
  return { address, size, label, clock, ...(bits ? { bits } : {}) };
}

function functionName(debug: DebugInfo, id: number | undefined): string {
  return debug.functions[id ?? -1]?.name ?? '';
}

/** Whether bytes stand in a row somewhere in others. */
function has(all: Uint8Array, some: Uint8Array): boolean {
  for (let start = 0; start + some.length <= all.length; start++) {
    if (some.every((byte, index) => byte === all[start + index])) {
      return true;
    }
  }
  return false;
}

/** Bytes that are written one by one. */
const MOST_BYTES = 16;

/** The number that a bit-field is. */
function bitsText(bytes: Uint8Array, { offset, size }: NonNullable<OriginTarget['bits']>): string {
  const all = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return String((all >> BigInt(offset)) & ones(size));
}

/** A number, or text, or bytes. */
function valueText(bytes: Uint8Array): string {
  if ([1, 2, 4].includes(bytes.length)) {
    const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    return value < 10 ? String(value) : `${value} (0x${value.toString(16)})`;
  }
  const shown = bytes.subarray(0, MOST_BYTES);
  const text = String.fromCharCode(...shown);
  const rest = bytes.length > MOST_BYTES ? '…' : '';
  return /^[ -~]+$/.test(text)
    ? `"${text}"${rest}`
    : `${[...shown].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}${rest && ` ${rest}`}`;
}
