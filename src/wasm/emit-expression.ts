/**
 * IR expressions to wasm stack code. Every access that could fault is tested first and leaves through the function's
 * cold fault path with all state in place; wasm itself never traps.
 */
import { unreachable } from '../base/assert';
import type { Expr } from '../ir/instructions';
import { NULL_LIMIT, SHADOW_SHIFT, SHADOW_VALID } from '../ir/memory-map';
import type { CheckedAddresses } from './checked-addresses';
import type { CodeWriter } from './code-writer';
import { Op, binaryOpcode, convertOpcode, unaryOpcode } from './opcodes';
import type { EmitTarget } from './target';
import type { Span } from '../source/source-file';

/** What expressions need of the function they are in. */
export interface ExpressionContext {
  readonly writer: CodeWriter;
  readonly target: EmitTarget;
  /** Local that holds the frame base, and the one with the frame pointer. */
  readonly base: number;
  readonly fp: number;
  localOf(register: Extract<Expr, { op: 'register' }>['register']): number;
  readonly checked: CheckedAddresses;
  /** Writes the cold path of a fault: `address` is the local with the address or value at fault, if any. */
  fault(check: 'memory' | 'division' | 'function-pointer', site: Span | undefined, address: number | undefined): void;
}

export function emitExpr(context: ExpressionContext, expr: Expr): void {
  const { writer, target } = context;
  switch (expr.op) {
    case 'const':
      emitConst(writer, expr);
      return;
    case 'register':
      writer.get(context.localOf(expr.register));
      return;
    case 'frame':
      emitSum(writer, context.base, expr.slot.offset + expr.offset);
      return;
    case 'argument':
      emitSum(writer, context.fp, expr.offset);
      return;
    case 'symbol':
      writer.i32(target.addressOf(expr.symbol) + expr.addend);
      return;
    case 'load':
      emitLoad(context, expr);
      return;
    case 'unary':
      emitExpr(context, expr.operand);
      writer.op(unaryOpcode[`${expr.operator} ${expr.operand.kind}`] ?? Op.unreachable);
      return;
    case 'binary':
      emitBinary(context, expr);
      return;
    case 'convert':
      emitExpr(context, expr.operand);
      writer.op(...convertOpcode[expr.operator]);
      return;
    case 'choose':
      emitExpr(context, expr.condition);
      writer.open(Op.if, expr.kind);
      context.checked.aside(() => emitExpr(context, expr.then));
      writer.else();
      context.checked.aside(() => emitExpr(context, expr.otherwise));
      writer.close();
      return;
    default:
      unreachable(expr, 'expression');
  }
}

function emitConst(writer: CodeWriter, expr: Extract<Expr, { op: 'const' }>): void {
  switch (expr.kind) {
    case 'i32':
      writer.i32(Number(expr.value));
      return;
    case 'i64':
      writer.i64(BigInt(expr.value));
      return;
    case 'f32':
      writer.op(Op.f32_const);
      writer.out.f32(Number(expr.value));
      return;
    case 'f64':
      writer.op(Op.f64_const);
      writer.out.f64(Number(expr.value));
      return;
  }
}

function emitSum(writer: CodeWriter, local: number, offset: number): void {
  writer.get(local);
  if (offset !== 0) {
    writer.i32(offset);
    writer.op(Op.i32_add);
  }
}

/** A load; addresses in the frame or of globals become static offsets. */
function emitLoad(context: ExpressionContext, load: Extract<Expr, { op: 'load' }>): void {
  const offset = emitAddress(context, load.address, load.offset, load.safe, load.site);
  context.writer.load(load.access, offset);
}

/**
 * Pushes an address for a load or store and gives the static offset that goes with it. Unsafe addresses are checked in
 * full, so that a member of a freed or null struct is told with its own address.
 */
export function emitAddress(
  context: ExpressionContext,
  address: Expr,
  offset: number,
  safe: boolean,
  site: Span,
): number {
  const { writer, target } = context;
  if (safe) {
    switch (address.op) {
      case 'frame':
        writer.get(context.base);
        return address.slot.offset + address.offset + offset;
      case 'argument':
        writer.get(context.fp);
        return address.offset + offset;
      case 'symbol':
        writer.i32(0);
        return target.addressOf(address.symbol) + address.addend + offset;
      default:
        emitExpr(context, address);
        return offset;
    }
  }
  emitExpr(context, address);
  if (offset !== 0) {
    writer.i32(offset);
    writer.op(Op.i32_add);
  }
  if (context.checked.seen(address, offset)) {
    return 0;
  }
  writer.withScratch('i32', (scratch) => {
    writer.tee(scratch);
    emitCheck(context, scratch, site);
  });
  return 0;
}

/** Leaves through the fault path when the address in a local may not be accessed. */
export function emitCheck(context: ExpressionContext, local: number, site: Span): void {
  const { writer, target } = context;
  writer.get(local);
  if (target.check === 'range') {
    writer.i32(NULL_LIMIT);
    writer.op(Op.i32_sub);
    writer.i32(target.flagsStart - NULL_LIMIT);
    writer.op(Op.i32_ge_u);
  } else {
    writer.i32(SHADOW_SHIFT);
    writer.op(Op.i32_shr_u);
    writer.load('u8', target.shadowStart);
    writer.i32(SHADOW_VALID);
    writer.op(Op.i32_ne);
  }
  writer.open(Op.if);
  context.fault('memory', site, local);
  writer.close();
}

function emitBinary(context: ExpressionContext, expr: Extract<Expr, { op: 'binary' }>): void {
  const { writer } = context;
  const opcode = binaryOpcode[expr.operandKind].get(expr.operator);
  if (opcode === undefined) {
    throw new Error(`internal error: no opcode for ${expr.operandKind}.${expr.operator}`);
  }
  emitExpr(context, expr.left);
  const divides =
    expr.operator === 'div_s' || expr.operator === 'div_u' || expr.operator === 'rem_s' || expr.operator === 'rem_u';
  const constant = divides && expr.right.op === 'const' ? BigInt(expr.right.value) : undefined;
  if (!divides || (constant !== undefined && constant !== 0n && constant !== -1n)) {
    emitExpr(context, expr.right);
    writer.op(opcode);
    return;
  }
  const kind = expr.operandKind === 'i64' ? 'i64' : 'i32';
  writer.withScratch(kind, (left) => {
    writer.tee(left);
    writer.withScratch(kind, (right) => {
      emitExpr(context, expr.right);
      writer.tee(right);
      emitDivisionCheck(context, expr, kind, left, right);
    });
  });
  writer.op(opcode);
}

/** Division by zero, and the quotient that does not fit (INT_MIN / -1): both are a divide error on the i386. */
function emitDivisionCheck(
  context: ExpressionContext,
  expr: Extract<Expr, { op: 'binary' }>,
  kind: 'i32' | 'i64',
  left: number,
  right: number,
): void {
  const { writer } = context;
  writer.get(right);
  writer.op(kind === 'i64' ? Op.i64_eqz : Op.i32_eqz);
  if (expr.operator === 'div_s') {
    const equal = kind === 'i64' ? Op.i64_eq : Op.i32_eq;
    writer.get(right);
    if (kind === 'i64') {
      writer.i64(-1n);
    } else {
      writer.i32(-1);
    }
    writer.op(equal);
    writer.get(left);
    if (kind === 'i64') {
      writer.i64(-(2n ** 63n));
    } else {
      writer.i32(-0x80000000);
    }
    writer.op(equal, Op.i32_and, Op.i32_or);
  }
  writer.open(Op.if);
  context.fault('division', expr.site, undefined);
  writer.close();
}
