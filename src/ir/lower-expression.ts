/**
 * An expression by itself as a function without parameters: what the debugger's evaluator compiles. The variables of the
 * stopped frame are at fixed addresses. A scalar is returned; for an object the address is.
 */
import type { CheckedFunction, GlobalSymbol, LocalVariable, Place, StatementOf, Value } from '../semantic/checked';
import type { CType, FunctionType } from '../semantic/ctype';
import { layOutFrame } from './frame-layout';
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
  let bits: LoweredEvaluation['bits'];
  let type: CType;
  if ('addressOf' in evaluation) {
    const ref = lowerPlace(builder, evaluation.addressOf);
    type = evaluation.addressOf.type;
    if (ref.in === 'memory') {
      bits = ref.bits && { offset: ref.bits.offset, size: ref.bits.size };
      builder.emit({ op: 'return', value: ref.address, access: 'i32' });
    }
  } else {
    type = evaluation.value.type;
    if (type.kind === 'record') {
      builder.emit({ op: 'return', value: lowerRecord(builder, evaluation.value), access: 'i32' });
    } else {
      const result = lowerValue(builder, evaluation.value);
      builder.emit({
        op: 'return',
        value: type.kind === 'void' ? undefined : result,
        access: type.kind === 'void' ? undefined : returnAccess(type),
      });
    }
  }
  const layout = layOutFrame(builder, new Set());
  const span = 'addressOf' in evaluation ? evaluation.addressOf.span : evaluation.value.span;
  const body: StatementOf<'block'> = { kind: 'block', items: [], locals: [], span };
  const functionType: FunctionType = {
    kind: 'function',
    returns: type,
    parameters: [],
    variadic: false,
    prototype: true,
  };
  const checked: CheckedFunction = {
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
  return {
    lowered: {
      symbol,
      checked,
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
