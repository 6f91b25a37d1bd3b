/**
 * What a frame holds when it begins: a byte that is known for "never written" (that of fresh slab memory) in each variable
 * and object, so that a run depends on nothing that lay on the stack before, and a reader sees what C has not set yet.
 *
 * In: the function's layout; wasm locals of its frame base and registers. Out: the code that fills them.
 */
import { POISON_ALLOC } from '../abi/memory-map';
import type { Access, LoweredFunction, Register } from '../ir/instructions';
import { accessSize } from '../ir/scalar';
import type { CodeWriter } from './code-writer';
import { forEachPiece, UNROLL_LIMIT } from './emit-memory';
import { Op } from './opcodes';

const WORD = POISON_ALLOC * 0x01010101;
const LONG = BigInt(WORD) * 0x100000001n;

/** Parameters are their caller's; floating-point variables begin as zero. */
export function defineFrame(
  writer: CodeWriter,
  base: number,
  { variables, objectsFrom, frameSize }: LoweredFunction,
  localOf: (register: Register) => number,
): void {
  for (const { home } of variables) {
    if (!('index' in home) || home.parameter || (home.kind !== 'i32' && home.kind !== 'i64')) {
      continue;
    }
    pushUnwritten(writer, home.access);
    writer.set(localOf(home));
  }
  fill(writer, base, objectsFrom, frameSize);
}

/** The bytes as a value of that size: of a `char` one, as when it is read from memory. */
function pushUnwritten(writer: CodeWriter, access: Access): void {
  if (access === 'i64') {
    writer.i64(LONG);
  } else {
    writer.i32(WORD & (2 ** (8 * accessSize(access)) - 1));
  }
}

/** Fills the bytes `[from, to)` above the address in a local. */
function fill(writer: CodeWriter, address: number, from: number, to: number): void {
  if (to - from > UNROLL_LIMIT) {
    writer.get(address);
    writer.i32(from);
    writer.op(Op.i32_add);
    writer.i32(POISON_ALLOC);
    writer.i32(to - from);
    writer.op(0xfc, 11, 0); // memory.fill
    return;
  }
  forEachPiece(to - from, (offset, access) => {
    writer.get(address);
    pushUnwritten(writer, access);
    writer.store(access, from + offset);
  });
}
