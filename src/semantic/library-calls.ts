/**
 * Calls of functions that the program need not have declared: what `__builtin_memcpy` stands for, and what the compiler
 * itself needs.
 *
 * In: a name, a type, converted arguments. Out: the call. The function is an ordinary external one: it is compiled from
 * C or served, as the program that is linked has it.
 */
import type { Span } from '../source/source-file';
import type { GlobalSymbol, Value } from './checked';
import type { Context } from './context';
import type { FunctionType } from './ctype';
import { valueType } from './types';

export function libraryCall(
  context: Context,
  span: Span,
  name: string,
  type: FunctionType,
  args: readonly Value[],
): Value {
  const symbol = librarySymbol(context, span, name, type);
  context.use(symbol);
  const callee: Value = { kind: 'function', span, type: context.types.pointer(type), symbol };
  return { kind: 'call', span, type: valueType(type.returns), callee, functionType: type, args };
}

/** The program's own declaration when there is one; no name enters the scope otherwise. */
function librarySymbol(context: Context, span: Span, name: string, type: FunctionType): GlobalSymbol {
  const { linked, symbols, assumed } = context.unit;
  const known = linked.get(name);
  if (known?.kind === 'function') {
    return known;
  }
  const symbol: GlobalSymbol = { kind: 'function', name, type, spelling: '', linkage: 'external', span };
  linked.set(name, symbol);
  symbols.push(symbol);
  assumed.add(symbol);
  return symbol;
}
