/**
 * One checked function to IR: parameters get their homes, the body is lowered, the frame laid out.
 */
import type { CheckedFunction, LocalVariable, Statement } from '../semantic/checked';
import type { FunctionBuilder, Home } from './function-builder';
import { layOutFrame } from './frame-layout';
import { newFunctionBuilder } from './lowering';
import { integer } from './builders';
import type { LoweredFunction, LoweredVariable, Register } from './instructions';
import { argumentSize } from './lower-calls';
import { lowerStatements } from './lower-statements';
import { markUnwrittenReads } from './unwritten-reads';
import { FRAME_HEADER } from '../abi/memory-map';
import { accessOf, isScalar, kindOf } from './scalar';

/**
 * Values that flow together, registers times places to go on from, above which variables stay in the frame: what compiles
 * the module keeps something for each.
 */
const mostFlows = 1 << 20;
/** Registers of one function, of which engines take no more than 50,000. */
const mostRegisters = 5000;

/** @param variablesInFrame for a function with too many variables for its size */
export function lowerFunction(checked: CheckedFunction, variablesInFrame = false): LoweredFunction {
  const builder = newFunctionBuilder(variablesInFrame);
  placeParameters(builder, checked);
  checked.locals.forEach((local) => builder.addLocal(local));
  checked.addressedLabels.forEach((name) => builder.addressedLabels.push(builder.userLabel(name)));
  lowerStatements(builder, [checked.body]);
  finish(builder, checked);
  const variableRegisters = new Set<Register>();
  for (const home of builder.homes.values()) {
    if ('index' in home) {
      variableRegisters.add(home);
    }
  }
  if (builder.recordResult) {
    variableRegisters.add(builder.recordResult);
  }
  const layout = layOutFrame(builder, variableRegisters);
  const registers = builder.registers.filter(({ sharesWith }) => sharesWith === undefined);
  const points = builder.code.reduce((sum, { op }) => sum + (op === 'stop' || op === 'call' ? 1 : 0), 0);
  if (!variablesInFrame && (registers.length * points > mostFlows || registers.length > mostRegisters)) {
    return lowerFunction(checked, true);
  }
  const variables = describeVariables(builder, checked);
  return {
    symbol: checked.symbol,
    checked,
    code: markUnwrittenReads(builder.code, variables),
    registers,
    statements: builder.statements,
    variables,
    labels: builder.labelPlaces,
    ...layout,
    references: builder.references,
  };
}

function placeParameters(builder: FunctionBuilder, checked: CheckedFunction): void {
  let offset = FRAME_HEADER;
  if (checked.type.returns.kind === 'record') {
    builder.recordResult = builder.newParameterRegister('i32', offset);
    offset += 4;
  }
  for (const parameter of checked.parameters) {
    const { type } = parameter;
    const home: Home =
      parameter.addressTaken || !isScalar(type)
        ? { argument: offset }
        : builder.newParameterRegister(accessOf(type), offset);
    builder.homes.set(parameter, home);
    offset += argumentSize(type);
  }
  builder.namedArgumentBytes = offset - FRAME_HEADER;
}

/** Falling off the end returns; from `main` with 0 (C99 5.1.2.2.3). */
function finish(builder: FunctionBuilder, checked: CheckedFunction): void {
  if (!builder.reachable) {
    return;
  }
  const { returns } = checked.type;
  if (checked.symbol.name === 'main' && returns.kind === 'integer') {
    builder.emit({ op: 'return', value: integer(kindOf(returns), 0n), access: 'i32' });
  } else {
    builder.emit({ op: 'return', value: undefined, access: undefined });
  }
}

/** Text offsets between which each local is visible: from its declaration to the end of its block. */
function describeVariables(builder: FunctionBuilder, checked: CheckedFunction): LoweredVariable[] {
  const ends = new Map<LocalVariable, number>();
  const visit = (labelled: Statement, end: number): void => {
    let statement = labelled;
    while ((statement.kind === 'case' || statement.kind === 'label') && statement.body) {
      statement = statement.body;
    }
    switch (statement.kind) {
      case 'block':
        statement.locals.forEach((local) => ends.set(local, statement.span.end));
        statement.items.forEach((item) => visit(item, statement.span.end));
        return;
      case 'for':
        statement.locals.forEach((local) => ends.set(local, statement.span.end));
        visit(statement.body, end);
        return;
      case 'if': {
        let last: Statement | undefined = statement;
        for (; last?.kind === 'if'; last = last.otherwise) {
          visit(last.then, end);
        }
        if (last) {
          visit(last, end);
        }
        return;
      }
      case 'while':
      case 'do-while':
      case 'switch':
        visit(statement.body, end);
        return;
      default:
        return;
    }
  };
  visit(checked.body, checked.span.end);
  const variables: LoweredVariable[] = [];
  for (const [variable, home] of builder.homes) {
    variables.push({
      source: variable,
      name: variable.name,
      type: variable.type,
      spelling: variable.spelling,
      parameter: variable.parameter,
      artificial: variable.artificial ?? false,
      home,
      from: variable.parameter !== undefined ? checked.span.start : variable.span.end,
      to: variable.parameter !== undefined ? checked.span.end : (ends.get(variable) ?? checked.span.end),
    });
  }
  return variables;
}
