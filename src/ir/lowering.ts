/**
 * The table through which lowering calls itself: which function lowers which part of a program.
 */
import { FunctionBuilder, type Lowering } from './function-builder';
import { lowerLocalInitializer } from './lower-initializers';
import { lowerStatements } from './lower-statements';
import { lowerEffect, lowerRecord, lowerValue } from './lower-values';

const lowering: Lowering = {
  value: lowerValue,
  effect: lowerEffect,
  record: lowerRecord,
  statements: lowerStatements,
  localInitializer: lowerLocalInitializer,
};

/** A builder for one function, empty. */
export function newFunctionBuilder(variablesInFrame = false): FunctionBuilder {
  return new FunctionBuilder(lowering, variablesInFrame);
}
