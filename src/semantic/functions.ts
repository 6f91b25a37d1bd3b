/**
 * Function definitions, old-style ones included (C99 6.9.1).
 *
 * In: a definition. Out: a `CheckedFunction` in the unit. The body of an inline function that a header defines is only
 * checked once something uses it.
 */
import { sentence } from '../sentences/sentence';
import type { Declarator, Expr, FunctionDefinition, Parameter } from '../parse/ast';
import { readAttributes, type Attributes } from './attributes';
import { shownLabel, type CheckedFunction, type GlobalSymbol, type LocalVariable, type Statement } from './checked';
import { newFunctionState, type Context, type FunctionState, type Resolved } from './context';
import { promotedArgumentType } from './conversions';
import type { FunctionType } from './ctype';
import { convert, integer } from './fold';
import { localPlace, ofPlace, toValue, valueOf } from './places';
import { spellSyntax, spellType } from './spelling';
import { blockInScope } from './statements';
import { declareSymbol } from './symbols';
import { resolveShared } from './type-declarations';
import { adjustParameter, resolveParameter } from './type-names';
import { intType, isComplete, missingTag, remedyFor, unsignedIntType, voidType } from './types';
import { variableRow } from './variable-arrays';

/** Declares a function and checks its body, at once or when it is first used. */
export function defineFunction(context: Context, definition: FunctionDefinition, onDemand: boolean): void {
  const { name, nameSpan } = definition;
  const head = resolveShared(context, definition, () => definitionHead(context, definition));
  if (!head) {
    if (!context.scope.findHere(name)) {
      context.scope.declare(name, {
        kind: 'unusable',
        message: sentence('function-could-not-be-understood', { name }),
        span: nameSpan,
      });
    }
    return;
  }
  const { type, spelling, attributes } = head;
  const inlineOnly = definition.inline && definition.storage !== 'static';
  const symbol = declareSymbol(context, {
    name,
    type,
    spelling,
    qualifiers: 0,
    static: definition.storage === 'static',
    span: nameSpan,
    attributes,
  });
  if (symbol.kind !== 'function') {
    return;
  }
  const { functions, waiting } = context.unit;
  const defined = functions.has(symbol) || waiting.has(symbol);
  if (defined && !symbol.inlineOnly) {
    context.reporter.error(
      'SS3005',
      nameSpan,
      sentence('function-name-is-defined-twice', { name }),
      sentence('remove-one-definition'),
    );
    return;
  }
  if (defined && inlineOnly) {
    return;
  }
  symbol.inlineOnly = inlineOnly ? true : undefined;
  symbol.span = nameSpan;
  waiting.delete(symbol);
  functions.delete(symbol);
  if (onDemand && definition.inline) {
    waiting.set(symbol, definition);
  } else {
    functions.set(symbol, checkBody(context, definition, symbol));
  }
}

/** Checks the bodies that were put off and are used, and what they use in turn. */
export function checkUsedBodies(context: Context): void {
  const { waiting, used, functions } = context.unit;
  for (let symbol = used.pop(); symbol; symbol = used.pop()) {
    const definition = waiting.get(symbol);
    if (definition) {
      waiting.delete(symbol);
      functions.set(symbol, checkBody(context, definition, symbol));
    }
  }
}

interface DefinitionHead {
  readonly type: FunctionType;
  readonly spelling: string;
  readonly attributes: Attributes;
}

function definitionHead(context: Context, definition: FunctionDefinition): DefinitionHead | undefined {
  const type = definitionType(context, definition);
  return (
    type && {
      type,
      spelling: spellSyntax(definition.type, type),
      attributes: readAttributes(context, definition.attributes),
    }
  );
}

/** The function's type; for an old-style definition with the promoted types of its parameters. */
function definitionType(context: Context, definition: FunctionDefinition): FunctionType | undefined {
  const type = context.checker.resolve(context, definition.type)?.type;
  if (type?.kind !== 'function') {
    return undefined;
  }
  if (definition.type.kind !== 'function' || !definition.type.names) {
    return type;
  }
  const promoted = oldStyleParameters(context, definition).map(({ resolved }) => promotedArgumentType(resolved.type));
  return context.types.function(type.returns, promoted, false, false);
}

interface OldParameter {
  readonly name: string;
  readonly resolved: Resolved;
  readonly spelling: string;
  readonly span: Declarator['span'];
}

function oldStyleParameters(context: Context, definition: FunctionDefinition): OldParameter[] {
  const names = definition.type.kind === 'function' ? (definition.type.names ?? []) : [];
  const declarators = new Map(
    definition.oldStyle
      .flatMap((declaration) => declaration.declarators)
      .map((declarator) => [declarator.name, declarator]),
  );
  return names.map((name) => {
    const declarator = declarators.get(name);
    const resolved = declarator && context.checker.resolve(context, declarator.type);
    const adjusted = adjustParameter(context, resolved ?? { type: intType, qualifiers: 0 });
    return {
      name,
      resolved: adjusted,
      spelling: declarator ? spellSyntax(declarator.type, adjusted.type) : 'int',
      span: declarator?.nameSpan ?? definition.nameSpan,
    };
  });
}

function checkBody(context: Context, definition: FunctionDefinition, symbol: GlobalSymbol): CheckedFunction {
  const type = symbol.type as FunctionType;
  const state = newFunctionState(symbol, type.returns, type.variadic);
  const outerScope = context.scope;
  context.scope = context.unit.fileScope;
  context.function = state;
  const { parameters, body } = context.nested(() => {
    const prologue: Statement[] = [];
    const declared =
      definition.type.kind === 'function' && definition.type.names
        ? oldParameters(context, definition, type, prologue)
        : prototypeParameters(context, definition, prologue);
    const locals = state.locals.filter((local) => local.parameter === undefined);
    const block = blockInScope(context, definition.body);
    if (state.allocations) {
      const { span } = state.allocations;
      prologue.unshift({
        kind: 'initialize',
        span,
        variable: state.allocations,
        initializer: integer(span, unsignedIntType, 0),
      });
    }
    const items = [...prologue, ...block.items, ...impliedReturn(definition, symbol, type)];
    return { parameters: declared, body: { ...block, items, locals: [...locals, ...block.locals] } };
  });
  context.function = undefined;
  context.scope = outerScope;
  if (!isComplete(type.returns) && type.returns.kind !== 'void') {
    context.reporter.error(
      'SS3003',
      definition.nameSpan,
      sentence('symbol-returns-the-incomplete-type-returns', { symbol: symbol.name, returns: spellType(type.returns) }),
      remedyFor(type.returns, sentence('define-the-type-first')),
    );
  }
  checkJumps(context, state);
  const { span, nameSpan } = definition;
  const end = {
    file: definition.body.span.file,
    start: Math.max(definition.body.span.start, definition.body.span.end - 1),
    end: definition.body.span.end,
  };
  // With an undefined label among them none can be told from another: every computed goto then is a stop.
  const addressed = state.addressed.every((label) => state.labels.has(label)) ? state.addressed : [];
  return { symbol, type, span, nameSpan, parameters, locals: state.locals, addressedLabels: addressed, body, end };
}

/** `main` returns 0 when it falls off its end (C99 5.1.2.2.3). */
function impliedReturn(definition: FunctionDefinition, symbol: GlobalSymbol, type: FunctionType): Statement[] {
  if (symbol.name !== 'main' || type.returns !== intType) {
    return [];
  }
  const { file, end } = definition.body.span;
  const span = { file, start: end - 1, end };
  return [{ kind: 'return', span, value: integer(span, intType, 0) }];
}

/**
 * The sizes of array parameters are evaluated on entry (C99 6.9.1p10): those that do something become statements before
 * the body.
 */
function prototypeParameters(context: Context, definition: FunctionDefinition, prologue: Statement[]): LocalVariable[] {
  const parameters: LocalVariable[] = [];
  const syntax = definition.type.kind === 'function' ? definition.type.parameters : [];
  for (const parameter of syntax) {
    const resolved = resolveParameter(context, parameter);
    if (!resolved || (resolved.type.kind === 'void' && parameter.name === undefined)) {
      continue;
    }
    const size = parameter.type.kind === 'array' ? parameter.type.size : undefined;
    if (size && hasEffect(size)) {
      prologue.push({ kind: 'expression', span: size.span, value: convert(valueOf(context, size), voidType) });
    }
    const rows = rowsOf(context, parameter, prologue);
    const variable = newParameter(context, parameterParts(parameter, rows ?? resolved), parameters.length, false);
    parameters.push(variable);
  }
  return parameters;
}

/** The type of a parameter whose rows have lengths that only the call tells: they are found out on entry. */
function rowsOf(context: Context, { type }: Parameter, prologue: Statement[]): Resolved | undefined {
  const syntax = type.kind === 'array' ? type.of : type.kind === 'pointer' ? type.to : undefined;
  const rows = syntax && variableRow(context, syntax);
  rows?.measures.forEach((value) => prologue.push({ kind: 'expression', span: value.span, value }));
  return rows && { type: context.types.pointer(rows.type), qualifiers: 0 };
}

/** Whether evaluating an array size does anything but give a number. */
function hasEffect(expr: Expr): boolean {
  switch (expr.kind) {
    case 'increment':
    case 'assign':
    case 'call':
    case 'statement-expression':
      return true;
    case 'unary':
    case 'cast':
      return hasEffect(expr.operand);
    case 'binary':
    case 'comma':
      return hasEffect(expr.left) || hasEffect(expr.right);
    case 'conditional':
      return (
        hasEffect(expr.condition) || hasEffect(expr.otherwise) || (expr.then !== undefined && hasEffect(expr.then))
      );
    case 'index':
      return hasEffect(expr.base) || hasEffect(expr.index);
    case 'member':
      return hasEffect(expr.base);
    default:
      return false;
  }
}

function parameterParts(parameter: Parameter, resolved: Resolved): OldParameter {
  return {
    name: parameter.name ?? '',
    resolved,
    spelling: spellSyntax(parameter.type, resolved.type),
    span: parameter.span,
  };
}

function newParameter(context: Context, parts: OldParameter, index: number, artificial: boolean): LocalVariable {
  const { name, resolved, spelling, span } = parts;
  const { type, qualifiers } = resolved;
  const variable: LocalVariable = {
    name,
    type,
    spelling,
    span,
    parameter: index,
    addressTaken: type.kind === 'record',
    ...(qualifiers ? { qualifiers } : {}),
    ...(artificial ? { artificial } : {}),
  };
  context.function?.locals.push(variable);
  if (!isComplete(type)) {
    context.reporter.error(
      'SS3003',
      span,
      sentence('parameter-name-has-the-incomplete-type-type', { name, type: spellType(type) }),
      remedyFor(type, sentence('define-the-type-first-or-pass-a-pointer')),
      missingTag(type),
    );
    context.scope.declare(name, {
      kind: 'unusable',
      message: sentence('parameter-has-an-incomplete-type', { name }),
      span,
    });
  } else if (name !== '' && !artificial) {
    if (context.scope.findHere(name)) {
      context.reporter.error(
        'SS3005',
        span,
        sentence('two-parameters-are-named-name', { name }),
        sentence('rename-one'),
      );
    }
    context.scope.declare(name, { kind: 'local', variable });
  }
  return variable;
}

/** Parameters arrive promoted (or as an earlier prototype says); narrower ones are converted on entry. */
function oldParameters(
  context: Context,
  definition: FunctionDefinition,
  type: FunctionType,
  prologue: Statement[],
): LocalVariable[] {
  return oldStyleParameters(context, definition).map((parts, index) => {
    const passed = type.parameters[index] ?? promotedArgumentType(parts.resolved.type);
    if (passed === parts.resolved.type) {
      return newParameter(context, parts, index, false);
    }
    const hidden = newParameter(
      context,
      { ...parts, resolved: { type: passed, qualifiers: 0 }, spelling: spellType(passed) },
      index,
      true,
    );
    const { name, spelling, span, resolved } = parts;
    const variable: LocalVariable = { name, type: resolved.type, spelling, span, addressTaken: false };
    context.function?.locals.push(variable);
    context.scope.declare(name, { kind: 'local', variable });
    const value = toValue(context, ofPlace(localPlace(span, hidden), 0));
    prologue.push({
      kind: 'initialize',
      span,
      variable,
      initializer: convert(value, resolved.type.kind === 'enum' ? resolved.type.underlying : resolved.type),
    });
    return hidden;
  });
}

function checkJumps(context: Context, state: FunctionState): void {
  for (const { label, span, fail } of state.jumps) {
    if (!state.labels.has(label)) {
      const message = sentence('there-is-no-label-label-in-symbol', {
        label: shownLabel(label),
        symbol: state.symbol.name,
      });
      context.reporter.error('SS4003', span, message, sentence('define-the-label-or-go-to-another'));
      fail(message);
    }
  }
}
