/**
 * Calls through pointers. In: a function pointer in a local. Out: code that leaves its index in the table of functions
 * there, or faults.
 */
import { TEXT_BASE } from '../abi/memory-map';
import type { Span } from '../source/source-file';
import type { ExpressionContext } from './emit-expression';
import { Op } from './opcodes';
import { Type } from './target';

export function emitTableIndex(context: ExpressionContext, pointer: number, site: Span): void {
  const { writer } = context;
  writer.withScratch('i32', (index) => {
    writer.get(pointer);
    writer.i32(TEXT_BASE | 0);
    writer.op(Op.i32_sub);
    writer.i32(4);
    writer.op(Op.i32_shr_u);
    writer.tee(index);
    writer.i32(context.target.functionCount);
    writer.op(Op.i32_ge_u);
    writer.open(Op.if);
    context.fault('function-pointer', site, pointer);
    writer.close();
    writer.get(index);
    writer.set(pointer);
  });
}

/** The call, with its arguments and then the index on the stack. */
export function emitIndirectCall({ writer, target: { callThrough } }: ExpressionContext): void {
  if (callThrough === undefined) {
    writer.op(Op.call_indirect, Type.body, 0);
  } else {
    writer.op(Op.call, callThrough);
  }
}
