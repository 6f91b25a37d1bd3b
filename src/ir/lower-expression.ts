/**
 * An expression by itself as a function without parameters: what the debugger's evaluator compiles. The variables of the
 * stopped frame are at fixed addresses. A scalar is returned; for an object the address is.
 */
import type { CheckedFunction, GlobalSymbol, LocalVariable, Place, StatementOf, Value } from '../semantic/checked';
import type { CType, FunctionType } from '../semantic/ctype';
import type { Span } from '../source/source-file';
import { layOutFrame } from './frame-layout';
import type { FunctionBuilder } from './function-builder';
import { newFunctionBuilder } from './lowering';
import type { LoweredFunction } from './instructions';
import { returnAccess } from './lower-calls';
import { lowerPlace } from './lower-places';
import { lowerRecord, lowerValue } from './lower-values';

/** What to evaluate: a value, or the address of a place. */
export type Evaluation = { readonly value: Value } | { readonly addressOf: Place };

export interface LoweredEvaluation {
  readonly lowered: LoweredFunction;
  /** Set for a bit-field place: where in the storage unit it lies. */
  readonly bits?: { readonly offset: number; readonly size: number };
  readonly type: CType;
}

export function lowerEvaluation(
  evaluation: Evaluation,
  addresses: ReadonlyMap<LocalVariable, number>,
  symbol: GlobalSymbol,
): LoweredEvaluation {
  const builder = newFunctionBuilder();
  for (const [variable, absolute] of addresses) {
    builder.homes.set(variable, { absolute });
  }
  const bits = 'addressOf' in evaluation ? returnAddress(builder, evaluation.addressOf) : undefined;
  if ('value' in evaluation) {
    returnValue(builder, evaluation.value);
  }
  const layout = layOutFrame(builder, new Set());
  const { type, span } = 'addressOf' in evaluation ? evaluation.addressOf : evaluation.value;
  return {
    lowered: {
      symbol,
      checked: functionAround(symbol, type, span),
      code: builder.code,
      registers: builder.registers,
      statements: builder.statements,
      variables: [],
      labels: [],
      ...layout,
      references: builder.references,
    },
    bits,
    type,
  };
}

/** Returns the address of a place; gives where in it a bit-field lies. */
function returnAddress(builder: FunctionBuilder, place: Place): LoweredEvaluation['bits'] {
  const ref = lowerPlace(builder, place);
  if (ref.in !== 'memory') {
    return undefined;
  }
  builder.emit({ op: 'return', value: ref.address, access: 'i32' });
  return ref.bits && { offset: ref.bits.offset, size: ref.bits.size };
}

function returnValue(builder: FunctionBuilder, value: Value): void {
  const { type } = value;
  if (type.kind === 'record') {
    builder.emit({ op: 'return', value: lowerRecord(builder, value), access: 'i32' });
    return;
  }
  const result = lowerValue(builder, value);
  builder.emit({
    op: 'return',
    value: type.kind === 'void' ? undefined : result,
    access: type.kind === 'void' ? undefined : returnAccess(type),
  });
}

/** A function without parameters whose body is the expression. */
function functionAround(symbol: GlobalSymbol, returns: CType, span: Span): CheckedFunction {
  const body: StatementOf<'block'> = { kind: 'block', items: [], locals: [], span };
  const functionType: FunctionType = {
    kind: 'function',
    returns,
    parameters: [],
    variadic: false,
    prototype: true,
  };
  return {
    symbol,
    type: functionType,
    span,
    nameSpan: span,
    parameters: [],
    locals: [],
    addressedLabels: [],
    body,
    end: span,
  };
}
