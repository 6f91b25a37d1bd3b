/**
 * What a long block costs: as many statements as so many bytes go into it, so that a budget of statements bounds the time
 * of copies, clears and new frames too.
 *
 * In: the local with the fuel, the block's size, how many bytes are a statement. Out: the code that takes them off. Many
 * blocks in one statement leave a rest: the fuel of running code is never zero (`FUEL_BIAS`).
 */
import type { CodeWriter } from './code-writer';
import { Op } from './opcodes';
import { FUEL_BIAS, LONG_BLOCK } from './target';

/** What blocks leave, for the statements that are charged before anybody looks. */
const LEAST_FUEL = FUEL_BIAS >> 1;

/** Whether anything is taken: not for short blocks, nor where blocks are no work (`bytesPerStatement` undefined). */
export function chargeBlock(
  writer: CodeWriter,
  fuel: number,
  bytes: number,
  bytesPerStatement: number | undefined,
): boolean {
  if (bytesPerStatement === undefined || bytes < LONG_BLOCK) {
    return false;
  }
  const statements = Math.floor(bytes / bytesPerStatement);
  writer.get(fuel);
  writer.i32(statements);
  writer.op(Op.i32_sub);
  writer.get(fuel);
  writer.get(fuel);
  writer.i32(LEAST_FUEL + statements);
  writer.op(Op.i32_ge_s, Op.select);
  writer.set(fuel);
  return true;
}
