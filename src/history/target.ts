/**
 * What a question about bytes is about: a C expression's object, or bytes by their address.
 *
 * In: an expression in a frame of the stopped machine, or an address. Out: the range with the frame that it lies in, and
 * how a change of it is told: member by member in C terms, in hexadecimal where there is no type.
 */
import { sentence, type Words } from '../sentences/sentence';
import { frameAt } from '../machine/frame-bytes';
import type { Machine } from '../machine/machine';
import type { Evaluated, Evaluator } from '../values/evaluator';
import { OverlaidMemory } from '../values/overlaid-memory';
import type { ValueContext } from '../values/value-context';
import { diffObjects } from '../values/value-diff';
import type { StackFrame } from '../values/value-model';
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
}

export type TargetOr = { readonly target: Target } | { readonly target?: undefined; readonly problem: Words };

export class Targets {
  constructor(
    private readonly machine: Machine,
    private readonly evaluator: Evaluator,
  ) {}

  /** The object of an expression. */
  named(expression: string, frame: StackFrame | undefined): TargetOr {
    const { evaluated, diagnostics } = this.evaluator.evaluate(expression, frame, { sideEffects: false });
    if (!evaluated) {
      return { problem: diagnostics[0]?.message ?? sentence('expression-is-nothing-in-memory', { expression }) };
    }
    const { address, type } = evaluated;
    const size = evaluated.isVoid ? 0 : typeOf(this.evaluator.debug, type).size;
    if (address === undefined || size === 0) {
      return { problem: sentence('expression-is-nothing-in-memory', { expression }) };
    }
    return this.ranged(expression, address, size, (before, after) =>
      this.members(expression, evaluated, address, before, after),
    );
  }

  /** Bytes by their address. */
  bytes(address: number, size: number, label: string): TargetOr {
    return this.ranged(label, address, size, (before, after) => [
      { name: label, from: hexadecimal(before), to: hexadecimal(after) },
    ]);
  }

  private ranged(label: string, address: number, size: number, tell: Target['tell']): TargetOr {
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
    return { target: { label, range: { address, size, frame }, tell } };
  }

  private members(
    path: string,
    { type, member, bits }: Evaluated,
    address: number,
    before: Uint8Array,
    after: Uint8Array,
  ): Member[] {
    const place = { ...member, ...(bits ? { bits: { bitOffset: bits.offset, bitSize: bits.size } } : {}) };
    const changes = diffObjects(
      this.overlaid(address, before),
      this.overlaid(address, after),
      [{ type, address, path: /^[\w.>[\]-]+$/.test(path) ? path : `(${path})`, access: '.', place }],
      MOST_MEMBERS,
    );
    return changes.map((change) => ({ name: change.path, from: change.from, to: change.to }));
  }

  private overlaid(address: number, bytes: Uint8Array): ValueContext {
    const { machine, evaluator } = this;
    return { debug: evaluator.debug, map: machine.map, memory: new OverlaidMemory(machine.memory, address, bytes) };
  }
}

function hexadecimal(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, MOST_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > MOST_BYTES ? `${shown} …` : shown;
}
