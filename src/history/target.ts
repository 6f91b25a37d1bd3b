/**
 * What a question about bytes is about: a C expression's object, or bytes by their address.
 *
 * In: an expression in a frame of the stopped machine, or an address. Out: the range with the frame that it lies in, and
 * how a change of it is told: member by member in C terms, in hexadecimal where there is no type.
 */
import { sentence, type Words } from '../sentences/sentence';
import { frameAt } from '../machine/frame-bytes';
import type { Machine } from '../machine/machine';
import { nodeOf, placeOf } from '../values/evaluated-node';
import type { Evaluated, Evaluator } from '../values/evaluator';
import { OverlaidMemory } from '../values/overlaid-memory';
import type { ValueContext } from '../values/value-context';
import { diffObjects } from '../values/value-diff';
import { postfixOperand } from '../values/c-expression';
import { sliceIn } from '../values/requested';
import type { StackFrame, ValueNode } from '../values/value-model';
import { typeOf } from '../values/value-types';
import type { ByteRange } from './byte-watch';

/** Members of one change that are told. */
const MOST_MEMBERS = 8;
/** Bytes that are told of a change without a type. */
const MOST_BYTES = 16;
/** Bytes that one question may be about. */
const LARGEST = 65_536;

/** Something that was written. */
export interface Member {
  /** C expression, or the bytes' address. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface Target {
  readonly label: string;
  readonly range: ByteRange;
  /** What a change from some bytes to others means; nothing when it means nothing in C: padding, bits beside the field. */
  readonly tell: (before: Uint8Array, after: Uint8Array) => readonly Member[];
  /** The bits of the bytes that are meant, when these are not all: a bit-field. */
  readonly bits?: { readonly offset: number; readonly size: number };
  /** What the bytes are as a number in C; none where they are no integer and no pointer. */
  readonly number?: (bytes: Uint8Array) => number | undefined;
}

export type TargetOr = { readonly target: Target } | { readonly target?: undefined; readonly problem: Words };

export class Targets {
  constructor(
    private readonly machine: Machine,
    private readonly evaluator: Evaluator,
  ) {}

  /** The object of an expression; of `E@N` the N objects that begin at E. */
  named(expression: string, frame: StackFrame | undefined): TargetOr {
    const slice = sliceIn(expression);
    const array = slice && /^\s*[1-9]\d*\s*$/.test(slice.count) ? slice : undefined;
    const text = array ? `*(__typeof__(${array.first}) (*)[${array.count}]) &(${array.first})` : expression;
    const { evaluated, diagnostics } = this.evaluator.evaluate(text, frame, { sideEffects: false });
    if (!evaluated) {
      return { problem: diagnostics[0]?.message ?? sentence('expression-is-nothing-in-memory', { expression }) };
    }
    const { address, type, bits } = evaluated;
    const { kind, size: whole } = typeOf(this.evaluator.debug, type);
    const size = evaluated.isVoid ? 0 : whole;
    if (address === undefined || size === 0) {
      return { problem: sentence('expression-is-nothing-in-memory', { expression }) };
    }
    const path = array ? `(&${postfixOperand(array.first)})` : expression;
    return this.ranged(expression, address, size, {
      tell: (before, after) => this.members({ expression, path }, evaluated, address, before, after),
      ...(bits ? { bits } : {}),
      ...(kind === 'integer' || kind === 'pointer' || kind === 'enum'
        ? { number: (bytes) => numberOf(nodeOf(this.overlaid(address, bytes), evaluated, expression)) }
        : {}),
    });
  }

  /** Bytes by their address. */
  bytes(address: number, size: number, label: string): TargetOr {
    return this.ranged(label, address, size, {
      tell: (before, after) => [{ name: label, from: hexadecimal(before), to: hexadecimal(after) }],
    });
  }

  private ranged(label: string, address: number, size: number, means: Omit<Target, 'label' | 'range'>): TargetOr {
    const { machine } = this;
    const { map } = machine;
    if (size > LARGEST) {
      return { problem: sentence('label-has-size-bytes-ask-for-fewer', { label, size, most: LARGEST }) };
    }
    if (address < map.dataStart || address + size > map.stacksEnd) {
      return { problem: sentence('expression-is-nothing-in-memory', { expression: label }) };
    }
    const onStack = address >= map.stacksStart;
    const frame = onStack ? frameAt(machine, address) : undefined;
    if (onStack && !frame) {
      return { problem: sentence('label-lies-in-no-frame-of-this-moment', { label }) };
    }
    return { target: { label, range: { address, size, frame }, ...means } };
  }

  private members(
    { expression, path }: { readonly expression: string; readonly path: string },
    evaluated: Evaluated,
    address: number,
    before: Uint8Array,
    after: Uint8Array,
  ): Member[] {
    const changes = diffObjects(
      this.overlaid(address, before),
      this.overlaid(address, after),
      [{ type: evaluated.type, address, path, access: '.', place: placeOf(evaluated) }],
      MOST_MEMBERS,
    );
    return changes.map((change) => ({
      name: change.path === path ? expression : change.path,
      from: change.from,
      to: change.to,
    }));
  }

  private overlaid(address: number, bytes: Uint8Array): ValueContext {
    const { machine, evaluator } = this;
    return { debug: evaluator.debug, map: machine.map, memory: new OverlaidMemory(machine.memory, address, bytes) };
  }
}

/** An integer with its sign, a pointer as its address. */
function numberOf({ scalar }: ValueNode): number | undefined {
  return scalar.kind === 'integer' ? Number(scalar.value) : scalar.kind === 'pointer' ? scalar.address : undefined;
}

function hexadecimal(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, MOST_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > MOST_BYTES ? `${shown} …` : shown;
}
