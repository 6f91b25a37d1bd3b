/**
 * memcpy, memmove and memset in wasm, for the case that nothing is wrong: the shadow of both ranges says "valid" throughout. Anything else goes to
 * the service of that name, which says what is wrong, or does it byte by byte.
 *
 * In: the argument words in locals. Out: code that returns `(fuel, destination)`, or falls through.
 */
import { SHADOW_SHIFT } from '../ir/memory-map';
import type { CodeWriter } from './code-writer';
import { Op } from './opcodes';

/** Larger blocks are left to the service: their address arithmetic could wrap. */
const LARGEST = 1 << 20;
/** Eight shadow bytes that all say SHADOW_VALID. */
const ALL_VALID = 0x0101010101010101n;

const copies: ReadonlySet<string> = new Set(['memcpy', '__memcpy', '__constant_memcpy', 'memmove']);

/** `words`: local of argument word 0; the others follow. */
export function emitBlockService(writer: CodeWriter, name: string, fuel: number, words: number, shadowStart: number): void {
  const copy = copies.has(name);
  if (!copy && name !== 'memset') {
    return;
  }
  const [to, from, size] = [words, words + 1, words + 2];
  const slow = writer.open(Op.block);
  writer.get(size);
  writer.i32(1);
  writer.op(Op.i32_sub);
  writer.i32(LARGEST);
  writer.op(Op.i32_ge_u);
  writer.brIf(slow);
  const at = writer.newLocal('i32');
  const last = writer.newLocal('i32');
  for (const start of copy ? [to, from] : [to]) {
    const shadowOf = (push: () => void, into: number): void => {
      push();
      writer.i32(SHADOW_SHIFT);
      writer.op(Op.i32_shr_u);
      writer.set(into);
    };
    writer.get(start);
    writer.i32(0);
    writer.op(Op.i32_lt_s);
    writer.brIf(slow);
    shadowOf(() => writer.get(start), at);
    shadowOf(() => {
      writer.get(start);
      writer.get(size);
      writer.op(Op.i32_add);
      writer.i32(1);
      writer.op(Op.i32_sub);
    }, last);
    const step = (bytes: number, loop: ReturnType<CodeWriter['open']>): void => {
      writer.get(at);
      writer.i32(bytes);
      writer.op(Op.i32_add);
      writer.set(at);
      writer.br(loop);
    };
    const eight = writer.open(Op.loop);
    writer.get(at);
    writer.i32(7);
    writer.op(Op.i32_add);
    writer.get(last);
    writer.op(Op.i32_le_u);
    writer.open(Op.if);
    writer.get(at);
    writer.load('i64', shadowStart);
    writer.i64(ALL_VALID);
    writer.op(Op.i64_ne);
    writer.brIf(slow);
    step(8, eight);
    writer.close();
    writer.close();
    const one = writer.open(Op.loop);
    writer.get(at);
    writer.get(last);
    writer.op(Op.i32_le_u);
    writer.open(Op.if);
    writer.get(at);
    writer.load('u8', shadowStart);
    writer.i32(1);
    writer.op(Op.i32_ne);
    writer.brIf(slow);
    step(1, one);
    writer.close();
    writer.close();
  }
  writer.get(to);
  writer.get(from);
  writer.get(size);
  writer.op(...(copy ? [0xfc, 10, 0, 0] : [0xfc, 11, 0])); // memory.copy, memory.fill
  writer.get(fuel);
  writer.get(to);
  writer.op(Op.return);
  writer.close();
}
