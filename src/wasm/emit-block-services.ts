/**
 * memcpy, memmove, memset and the copies between kernel and user memory in wasm, for the case that nothing is wrong: the
 * shadow of a kernel range says "valid" throughout, a user range lies in user memory. Anything else goes to the service
 * of that name, which says what is wrong, or does what can be done.
 *
 * In: the argument words in locals. Out: code that returns `(fuel, result)`, or falls through.
 */
import { SHADOW_SHIFT, type MemoryMap } from '../abi/memory-map';
import type { CodeWriter } from './code-writer';
import { Op } from './opcodes';

/** Larger blocks are left to the service: their address arithmetic could wrap. */
export const LARGEST_BLOCK = 1 << 20;
/** Eight shadow bytes that all say SHADOW_VALID. */
const ALL_VALID = 0x0101010101010101n;

/** What a block service does with its words (destination, source or byte, size). */
interface BlockService {
  readonly copies: boolean;
  /** Word that points to user memory. */
  readonly user?: 0 | 1;
  /** Answers how much was left over: nothing. Otherwise the destination. */
  readonly answersRest?: boolean;
}

const copy: BlockService = { copies: true };
const fromUser: BlockService = { copies: true, user: 1, answersRest: true };
const toUser: BlockService = { copies: true, user: 0, answersRest: true };

const services: ReadonlyMap<string, BlockService> = new Map([
  ['memcpy', copy],
  ['__memcpy', copy],
  ['__constant_memcpy', copy],
  ['memmove', copy],
  ['memset', { copies: false }],
  ['copy_from_user', fromUser],
  ['__copy_from_user', fromUser],
  ['__generic_copy_from_user', fromUser],
  ['copy_to_user', toUser],
  ['__copy_to_user', toUser],
  ['__generic_copy_to_user', toUser],
]);

/** `words`: local of argument word 0; the others follow. `largest`: bytes of the blocks that are done here. */
export function emitBlockService(
  writer: CodeWriter,
  name: string,
  fuel: number,
  words: number,
  map: MemoryMap,
  largest: number,
): void {
  const service = services.get(name);
  if (!service) {
    return;
  }
  const [to, from, size] = [words, words + 1, words + 2];
  const slow = writer.open(Op.block);
  writer.get(size);
  writer.i32(1);
  writer.op(Op.i32_sub);
  writer.i32(largest);
  writer.op(Op.i32_ge_u);
  writer.brIf(slow);
  (service.copies ? [to, from] : [to]).forEach((start, word) => {
    if (word === service.user) {
      leaveUnlessUser(writer, start, size, map, slow);
    } else {
      leaveUnlessValid(writer, start, size, map, slow);
    }
  });
  writer.get(to);
  writer.get(from);
  writer.get(size);
  writer.op(...(service.copies ? [0xfc, 10, 0, 0] : [0xfc, 11, 0])); // memory.copy, memory.fill
  writer.get(fuel);
  if (service.answersRest) {
    writer.i32(0);
  } else {
    writer.get(to);
  }
  writer.op(Op.return);
  writer.close();
}

type Block = ReturnType<CodeWriter['open']>;

/** `[start, start + size)` within user memory. */
function leaveUnlessUser(writer: CodeWriter, start: number, size: number, map: MemoryMap, slow: Block): void {
  writer.get(start);
  writer.i32(map.userStart);
  writer.op(Op.i32_sub);
  writer.i32(map.userEnd - map.userStart);
  writer.op(Op.i32_ge_u);
  writer.brIf(slow);
  writer.get(start);
  writer.get(size);
  writer.op(Op.i32_add);
  writer.i32(map.userEnd);
  writer.op(Op.i32_gt_u);
  writer.brIf(slow);
}

function leaveUnlessValid(writer: CodeWriter, start: number, size: number, map: MemoryMap, slow: Block): void {
  writer.get(start);
  writer.i32(0);
  writer.op(Op.i32_lt_s);
  writer.brIf(slow);
  const at = shadowOf(writer, () => writer.get(start));
  const last = shadowOf(writer, () => {
    writer.get(start);
    writer.get(size);
    writer.op(Op.i32_add);
    writer.i32(1);
    writer.op(Op.i32_sub);
  });
  const step = (bytes: number, loop: Block): void => {
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
  writer.load('i64', map.shadowStart);
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
  writer.load('u8', map.shadowStart);
  writer.i32(1);
  writer.op(Op.i32_ne);
  writer.brIf(slow);
  step(1, one);
  writer.close();
  writer.close();
}

/** A local with the number of an address's granule. */
function shadowOf(writer: CodeWriter, pushAddress: () => void): number {
  const local = writer.newLocal('i32');
  pushAddress();
  writer.i32(SHADOW_SHIFT);
  writer.op(Op.i32_shr_u);
  writer.set(local);
  return local;
}
