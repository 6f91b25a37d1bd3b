/**
 * Calls and variable arguments. Arguments are laid out as cdecl pushes them: one 4-byte slot each, 8 for
 * 64-bit values, records in full; a record result goes to the address in a hidden first argument.
 */
import { alignUp } from '../base/bytes';
import type { Place, Value } from '../semantic/checked';
import type { CType } from '../semantic/ctype';
import type { Span } from '../source/source-file';
import { FRAME_HEADER } from '../abi/memory-map';
import { addOffset, frameAddress, i32, read } from './builders';
import type { FunctionBuilder } from './function-builder';
import type { Argument, Expr } from './instructions';
import { argumentAddress, fixPlace, lowerPlace, readPlace, writePlace } from './lower-places';
import { accessOf, kindOf, sizeOf, unusedBytes } from './scalar';

/** Bytes a value of the type takes in an argument area: whole words, and none for GNU C's records without members. */
export function argumentSize(type: CType): number {
  return alignUp(sizeOf(type), 4);
}

/** Emits a call. Gives the result (a record's address), or 0 when it is not wanted or void. */
export function lowerCall(builder: FunctionBuilder, call: Extract<Value, { kind: 'call' }>, wanted: boolean): Expr {
  const { functionType } = call;
  const returns = functionType.returns;
  const args: Argument[] = [];
  let offset = 0;
  let recordAddress: Expr | undefined;
  if (returns.kind === 'record') {
    recordAddress = frameAddress(builder.newSlot(sizeOf(returns), 4));
    args.push({ offset, access: 'i32', value: recordAddress });
    offset += 4;
  }
  const callee = call.callee.kind === 'function' ? builder.refer(call.callee.symbol) : builder.lowerValue(call.callee);
  for (const argument of call.args) {
    const { type } = argument;
    if (type.kind === 'record') {
      args.push({ offset, size: sizeOf(type), copyFrom: builder.lowerRecord(argument) });
    } else {
      const access = accessOf(type);
      const value = builder.lowerValue(argument);
      args.push({ offset, access: access === 'i64' || access === 'f64' || access === 'f32' ? access : 'i32', value });
      const unused = unusedBytes(type);
      if (unused > 0) {
        // As floating point: an integer of the first words is handed over as a value, and these bytes lie in memory.
        args.push({
          offset: offset + sizeOf(type) - unused,
          access: 'f32',
          value: { op: 'const', kind: 'f32', value: 0 },
        });
      }
    }
    offset += argumentSize(type);
  }
  const hasResult = wanted && returns.kind !== 'void' && returns.kind !== 'record';
  const resultAccess = hasResult ? returnAccess(returns) : undefined;
  const result = resultAccess ? builder.newTemporary(kindOf(returns)) : undefined;
  builder.outgoingBytes = Math.max(builder.outgoingBytes, offset);
  const inMemory = functionType.variadic || !functionType.prototype;
  builder.emit({
    op: 'call',
    callee,
    args,
    argBytes: offset,
    result,
    resultAccess,
    inMemory,
    site: call.span,
    statement: builder.currentStatement,
  });
  return recordAddress ?? (result ? read(result) : i32(0));
}

/** How a scalar result lies in the frame header: small integers as whole words. */
export function returnAccess(type: CType): 'i32' | 'i64' | 'f32' | 'f64' {
  const access = accessOf(type);
  return access === 'i64' || access === 'f32' || access === 'f64' ? access : 'i32';
}

/** `va_start`: the list becomes the address after the last named argument. */
export function lowerVaStart(builder: FunctionBuilder, list: Place): Expr {
  const end = builder.namedArgumentBytes;
  writePlace(builder, lowerPlace(builder, list), argumentAddress(FRAME_HEADER + end, 0));
  return i32(0);
}

/** `va_arg`: reads at the list and moves it on. Records give their address. */
export function lowerVaArg(builder: FunctionBuilder, list: Place, type: CType, site: Span): Expr {
  const ref = fixPlace(builder, lowerPlace(builder, list));
  const at = builder.newTemporary('i32');
  builder.emit({ op: 'set', register: at, value: readPlace(ref) });
  writePlace(builder, ref, addOffset(read(at), argumentSize(type)));
  if (type.kind === 'record') {
    return read(at);
  }
  const kind = kindOf(type);
  return builder.hold({ op: 'load', kind, access: accessOf(type), address: read(at), offset: 0, safe: false, site });
}

export function lowerVaCopy(builder: FunctionBuilder, target: Place, source: Value): Expr {
  const value = builder.lowerValue(source);
  writePlace(builder, lowerPlace(builder, target), value);
  return i32(0);
}
