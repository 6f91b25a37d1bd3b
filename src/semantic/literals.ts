/**
 * Literals and their types (C99 6.4.4, 6.4.5), and the read-only objects behind string literals.
 */
import type { ExprOf } from '../parse/ast';
import type { Span } from '../source/source-file';
import type { DataInitializer, GlobalSymbol, Value } from './checked';
import type { Context, Operand } from './context';
import type { ArrayType, CType, IntegerType } from './ctype';
import { floating, integer } from './fold';
import { globalPlace, ofPlace } from './places';
import {
  charType,
  doubleType,
  floatType,
  intType,
  longDoubleType,
  longLongType,
  longType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedLongType,
  wideCharType,
} from './types';

/**
 * An integer literal with the first type of its list that holds it; C89 takes unsigned long where C99 takes long long.
 */
export function integerLiteral(context: Context, expr: ExprOf<'integer'>): Value {
  return integer(expr.span, literalType(expr, context.unit.dialect === 'gnu89'), expr.value);
}

function literalType(expr: ExprOf<'integer'>, c89: boolean): IntegerType {
  const { value, unsigned, long, decimal } = expr;
  const signedFits = value <= 0x7fffffffn;
  const unsignedFits = value <= 0xffffffffn;
  if (long < 2) {
    if (!unsigned && signedFits) {
      return long === 1 ? longType : intType;
    }
    if (unsignedFits && (unsigned || !decimal || c89)) {
      return long === 1 || (!unsigned && decimal) ? unsignedLongType : unsignedIntType;
    }
  }
  return unsigned || value > 0x7fffffffffffffffn ? unsignedLongLongType : longLongType;
}

export function floatingLiteral(expr: ExprOf<'floating'>): Value {
  return floating(
    expr.span,
    expr.suffix === 'f' ? floatType : expr.suffix === 'l' ? longDoubleType : doubleType,
    expr.value,
  );
}

export function characterLiteral(expr: ExprOf<'character'>): Value {
  return integer(expr.span, expr.wide ? wideCharType : intType, expr.value);
}

/** The array type of a string literal: its units and a terminating zero. */
function stringType(context: Context, expr: ExprOf<'string'>): ArrayType {
  return expr.units
    ? context.types.array(wideCharType, expr.units.length + 1)
    : context.types.array(charType, expr.bytes.length + 1);
}

/** The literal as an object in read-only memory. */
export function stringLiteral(context: Context, expr: ExprOf<'string'>): Operand {
  return ofPlace(globalPlace(expr.span, stringSymbol(context, expr)), 0);
}

/** `__func__`, `__FUNCTION__`, `__PRETTY_FUNCTION__`: the name of the function at hand as a string. */
export function functionName(context: Context, span: Span): Operand {
  const name = context.function?.symbol.name ?? '';
  const bytes = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
  return stringLiteral(context, { kind: 'string', span, bytes });
}

/** The read-only symbol that holds a string literal with its terminating zero; equal literals share one. */
export function stringSymbol(context: Context, expr: ExprOf<'string'>): GlobalSymbol {
  const type = stringType(context, expr);
  const bytes = literalBytes(expr);
  const key = `${expr.units ? 'L' : ''}${keyOf(bytes)}`;
  let symbol = context.unit.strings.get(key);
  if (!symbol) {
    symbol = constantObject(context, '.str', type, { bytes, relocations: [] }, expr.span);
    context.unit.strings.set(key, symbol);
  }
  return symbol;
}

function literalBytes(expr: ExprOf<'string'>): Uint8Array {
  if (!expr.units) {
    const bytes = new Uint8Array(expr.bytes.length + 1);
    bytes.set(expr.bytes);
    return bytes;
  }
  const bytes = new Uint8Array((expr.units.length + 1) * 4);
  const view = new DataView(bytes.buffer);
  expr.units.forEach((unit, index) => view.setUint32(index * 4, unit, true));
  return bytes;
}

function keyOf(bytes: Uint8Array): string {
  let key = '';
  for (const byte of bytes) {
    key += String.fromCharCode(byte);
  }
  return key;
}

/** An unnamed read-only object of this unit. */
export function constantObject(
  context: Context,
  name: string,
  type: CType,
  data: DataInitializer,
  span: Span,
): GlobalSymbol {
  const symbol: GlobalSymbol = {
    kind: 'object',
    name,
    type,
    spelling: '',
    linkage: 'none',
    span,
    data,
    readOnly: true,
  };
  context.unit.symbols.push(symbol);
  return symbol;
}
