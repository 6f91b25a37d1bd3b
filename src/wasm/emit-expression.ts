/**
 * IR expressions to wasm stack code. Every access that could fault is tested first and leaves through the function's
 * cold fault path with all state in place; wasm itself never traps.
 */
import { sentence, type Told } from '../sentences/sentence';
import { unreachable } from '../base/assert';
import { accessSize } from '../ir/scalar';
import type { Expr } from '../ir/instructions';
import { Control, POISON_ALLOC, SHADOW_SHIFT, SHADOW_VALID } from '../abi/memory-map';
import type { CheckedAddresses } from './checked-addresses';
import type { CodeWriter } from './code-writer';
import { Op, binaryOpcode, convertOpcode, unaryOpcode } from './opcodes';
import type { EmitTarget } from './target';
import { startOf, type Span } from '../source/source-file';

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
  fault(
    check: 'memory' | 'division' | 'function-pointer' | 'bounds' | 'unwritten',
    site: Span | undefined,
    address: number | undefined,
    message?: Told,
  ): void;
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
    case 'bound':
      emitBound(context, expr);
      return;
    case 'unwritten':
      emitUnwritten(context, expr);
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

/** An index that leaves through the fault path when it is too large; one of a register is looked at once. */
function emitBound(context: ExpressionContext, { index, limit, site }: Extract<Expr, { op: 'bound' }>): void {
  const { writer } = context;
  emitExpr(context, index);
  if (index.op === 'register' && context.checked.isBelow(index.register, limit)) {
    return;
  }
  writer.withScratch('i32', (scratch) => {
    const local = index.op === 'register' ? context.localOf(index.register) : scratch;
    if (index.op === 'register') {
      writer.get(local);
    } else {
      writer.tee(local);
      writer.get(local);
    }
    writer.i32(limit);
    writer.op(Op.i32_ge_u);
    writer.open(Op.if);
    context.fault('bounds', site, local, `${limit}`);
    writer.close();
  });
}

/**
 * A value that leaves through the fault path when its bytes are those with which the frame began, and somebody wants to
 * know. Of less than a word in an object the whole word around it must be as it was: a lone `Z` is the same byte.
 */
function emitUnwritten(
  context: ExpressionContext,
  { operand, name, declared }: Extract<Expr, { op: 'unwritten' }>,
): void {
  const { writer } = context;
  emitExpr(context, operand);
  const wide = operand.kind === 'i64';
  const bytes = operand.op === 'load' ? accessSize(operand.access) : accessSize(operand.register.access);
  writer.withScratch(wide ? 'i64' : 'i32', (value) => {
    writer.tee(value);
    writer.get(value);
    if (wide) {
      writer.i64(BigInt(UNWRITTEN) * 0x100000001n);
    } else if (bytes < 4) {
      writer.i32(bytes === 1 ? 0xff : 0xffff);
      writer.op(Op.i32_and);
      writer.i32(bytes === 1 ? UNWRITTEN & 0xff : UNWRITTEN & 0xffff);
    } else {
      writer.i32(UNWRITTEN);
    }
    writer.op(wide ? Op.i64_eq : Op.i32_eq);
    writer.open(Op.if);
    writer.control(Control.readsWatched);
    writer.open(Op.if);
    if (bytes < 4 && operand.op === 'load') {
      pushWordAround(context, operand);
      writer.i32(UNWRITTEN);
      writer.op(Op.i32_eq);
      writer.open(Op.if);
      tellUnwritten(context, name, declared);
      writer.close();
    } else {
      tellUnwritten(context, name, declared);
    }
    writer.close();
    writer.close();
  });
}

const UNWRITTEN = POISON_ALLOC * 0x01010101;

function tellUnwritten(context: ExpressionContext, name: string, declared: Span): void {
  const { line, column } = startOf(declared);
  const place = `${declared.file.path}:${line}:${column}`;
  context.fault('unwritten', undefined, undefined, sentence('name-is-read-but-was-never-written', { name, place }));
}

function pushWordAround(context: ExpressionContext, { address, offset }: Extract<Expr, { op: 'load' }>): void {
  const { writer } = context;
  emitExpr(context, address);
  writer.i32(offset);
  writer.op(Op.i32_add);
  writer.i32(~3);
  writer.op(Op.i32_and);
  writer.load('i32', 0);
}

/** A load; addresses in the frame or of globals become static offsets. */
function emitLoad(context: ExpressionContext, load: Extract<Expr, { op: 'load' }>): void {
  const size = accessSize(load.access);
  const offset = emitAddress(context, load.address, load.offset, load.safe, load.site, size);
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
  size: number,
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
  if (context.checked.seen(address, offset, size)) {
    return 0;
  }
  writer.withScratch('i32', (scratch) => {
    writer.tee(scratch);
    emitCheck(context, scratch, site, size);
  });
  return 0;
}

/**
 * Leaves through the fault path when `size` bytes at the address in a local may not be accessed. A word that is not
 * aligned may reach three bytes beyond the granule looked at: there is nothing of ours in the first four bytes behind
 * anything (`abi/slab-layout.ts`, the gaps of `abi/memory-map.ts`). Of more bytes every granule is looked at.
 */
export function emitCheck(context: ExpressionContext, local: number, site: Span, size: number): void {
  const { writer } = context;
  if (size <= 4) {
    pushShadow(context, local, 0);
    writer.i32(SHADOW_VALID);
    writer.op(Op.i32_ne);
  } else if (size <= MULTIPLIED) {
    // All say "valid", which is one, when their product is one.
    pushShadow(context, local, 0);
    for (let at = GRANULE; at < size; at += GRANULE) {
      pushShadow(context, local, at);
      writer.op(Op.i32_mul);
    }
    pushShadow(context, local, size - 1);
    writer.op(Op.i32_mul);
    writer.i32(SHADOW_VALID);
    writer.op(Op.i32_ne);
  } else {
    pushAnyInvalid(context, local, size);
  }
  writer.open(Op.if);
  if (size <= 4) {
    context.fault('memory', site, local);
  } else {
    writer.withScratch('i32', (first) => {
      findInvalid(context, local, size, first);
      context.fault('memory', site, first);
    });
  }
  writer.close();
}

const GRANULE = 1 << SHADOW_SHIFT;
/** Bytes up to which the shadow is looked at without a loop. */
const MULTIPLIED = 4 * GRANULE;

function pushShadow({ writer, target }: ExpressionContext, local: number, offset: number): void {
  writer.get(local);
  if (offset !== 0) {
    writer.i32(offset);
    writer.op(Op.i32_add);
  }
  writer.i32(SHADOW_SHIFT);
  writer.op(Op.i32_shr_u);
  writer.load('u8', target.shadowStart);
}

/** Puts the first of `size` addresses that may not be accessed into `first`, or one behind them all. */
function findInvalid(context: ExpressionContext, local: number, size: number, first: number): void {
  const { writer } = context;
  writer.get(local);
  writer.set(first);
  const loop = writer.open(Op.loop);
  pushIsBefore(context, local, size, first);
  writer.open(Op.if);
  pushShadow(context, first, 0);
  writer.i32(SHADOW_VALID);
  writer.op(Op.i32_eq);
  writer.open(Op.if);
  writer.get(first);
  writer.i32(GRANULE - 1);
  writer.op(Op.i32_or);
  writer.i32(1);
  writer.op(Op.i32_add);
  writer.set(first);
  writer.br(loop);
  writer.close();
  writer.close();
  writer.close();
}

/** Pushes whether the address in `at` is one of the `size` ones from that in `local` on. */
function pushIsBefore({ writer }: ExpressionContext, local: number, size: number, at: number): void {
  writer.get(at);
  writer.get(local);
  writer.op(Op.i32_sub);
  writer.i32(size);
  writer.op(Op.i32_lt_u);
}

/** Pushes whether any granule of a large block is not valid. */
function pushAnyInvalid(context: ExpressionContext, local: number, size: number): void {
  context.writer.withScratch('i32', (first) => {
    findInvalid(context, local, size, first);
    pushIsBefore(context, local, size, first);
  });
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
