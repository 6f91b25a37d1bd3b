/**
 * Block copies and clears. Small ones are unrolled into loads and stores; larger ones use the bulk memory instructions.
 */
import type { Expr, Instruction } from '../ir/instructions';
import { FRAME_HEADER } from '../abi/memory-map';
import type { Span } from '../source/source-file';
import { emitCheck, emitExpr, type ExpressionContext } from './emit-expression';
import { isSafeAddress } from '../ir/safe-addresses';
import { Op } from './opcodes';

/** Largest block that is unrolled, in bytes. */
export const UNROLL_LIMIT = 64;

/** memmove of a constant number of bytes; C's struct assignment, whose sides are the same object or do not overlap. */
export function emitCopy(context: ExpressionContext, copy: Extract<Instruction, { op: 'copy' }>): void {
  const { writer } = context;
  if (copy.size === 0) {
    return;
  }
  writer.withScratch('i32', (to) => {
    emitExpr(context, copy.to);
    writer.set(to);
    writer.withScratch('i32', (from) => {
      emitExpr(context, copy.from);
      writer.set(from);
      if (!isSafeAddress(copy.to, copy.size)) {
        emitCheck(context, to, copy.site, copy.size);
      }
      if (!isSafeAddress(copy.from, copy.size)) {
        emitCheck(context, from, copy.site, copy.size);
      }
      if (copy.size > UNROLL_LIMIT) {
        writer.get(to);
        writer.get(from);
        writer.i32(copy.size);
        writer.op(0xfc, 10, 0, 0); // memory.copy
        return;
      }
      forEachPiece(copy.size, (offset, access) => {
        writer.get(to);
        writer.get(from);
        writer.load(access, offset);
        writer.store(access, offset);
      });
    });
  });
}

/** A record given by value: into the outgoing area above the frame's base. */
export function emitArgumentCopy(
  context: ExpressionContext,
  { copyFrom, offset, size }: { copyFrom: Expr; offset: number; size: number },
  site: Span,
): void {
  const { writer } = context;
  writer.withScratch('i32', (source) => {
    emitExpr(context, copyFrom);
    writer.set(source);
    if (size > 0 && !isSafeAddress(copyFrom, size)) {
      emitCheck(context, source, site, size);
    }
    writer.get(context.base);
    writer.i32(FRAME_HEADER + offset);
    writer.op(Op.i32_add);
    writer.get(source);
    writer.i32(size);
    writer.op(0xfc, 10, 0, 0); // memory.copy
  });
}

export function emitZero(context: ExpressionContext, to: Expr, size: number): void {
  const { writer } = context;
  if (size === 0) {
    return;
  }
  if (size > UNROLL_LIMIT) {
    emitExpr(context, to);
    writer.i32(0);
    writer.i32(size);
    writer.op(0xfc, 11, 0); // memory.fill
    return;
  }
  writer.withScratch('i32', (address) => {
    emitExpr(context, to);
    writer.set(address);
    forEachPiece(size, (offset, access) => {
      writer.get(address);
      if (access === 'i64') {
        writer.i64(0n);
      } else {
        writer.i32(0);
      }
      writer.store(access, offset);
    });
  });
}

/** Calls `visit` for pieces of 8, 4, 2 and 1 bytes that make up `size`, in order. */
export function forEachPiece(
  size: number,
  visit: (offset: number, access: 'i64' | 'i32' | 'u16' | 'u8') => void,
): void {
  let offset = 0;
  for (const [width, access] of [
    [8, 'i64'],
    [4, 'i32'],
    [2, 'u16'],
    [1, 'u8'],
  ] as const) {
    while (size - offset >= width) {
      visit(offset, access);
      offset += width;
    }
  }
}
