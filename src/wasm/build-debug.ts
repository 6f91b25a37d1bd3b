/**
 * Debug information of a linked program, from what linking, lowering and emission know.
 */
import type {
  DebugFunction,
  DebugGlobal,
  DebugInfo,
  DebugStatement,
  DebugVariable,
  UnlinkedFunction,
} from '../abi/debug-info';
import { DebugTypes } from '../ir/debug-types';
import type { LoweredFunction, LoweredVariable } from '../ir/instructions';
import { symbolPlace, type LinkedFunction, type LinkedProgram } from '../ir/link';
import type { LinkUnit } from '../ir/link-input';
import { startOf, type Span } from '../source/source-file';
import type { EmittedFunction } from './emit-function';
import { toPosition1 } from '../source/position';

/** The debug information of a linked program. */
export function buildDebugInfo(
  program: LinkedProgram,
  emitted: readonly (EmittedFunction | undefined)[],
  units: readonly LinkUnit[],
): DebugInfo {
  const files: string[] = [];
  const fileIds = new Map<string, number>();
  const fileId = (path: string): number => {
    let id = fileIds.get(path);
    if (id === undefined) {
      id = files.push(path) - 1;
      fileIds.set(path, id);
    }
    return id;
  };
  const types = new DebugTypes(fileId);
  const statements: DebugStatement[] = [];
  const functions = program.functions.map((linked) =>
    describeFunction(linked, emitted[linked.id], statements, types, fileId),
  );
  const globals = program.objects
    .filter(({ symbol }) => symbol.linkage !== 'none' || symbol.function !== undefined)
    .map(({ symbol, address, size }): DebugGlobal => {
      const place = symbolPlace(symbol);
      return {
        name: symbol.name,
        type: types.idOf(symbol.type),
        spelling: symbol.spelling,
        address,
        size,
        linkage: symbol.linkage === 'external' ? 'external' : 'internal',
        file: fileId(place.path),
        line: place.line,
        function: symbol.function,
      };
    });
  // Without a prototype: C may call a type `constructor`.
  const typeNames = Object.create(null) as Record<string, number>;
  const constants = Object.create(null) as Record<string, number>;
  for (const { unit } of units) {
    for (const [name, { type }] of unit.scope.typedefs) {
      typeNames[name] ??= types.idOf(type);
    }
    for (const [name, type] of unit.scope.tags) {
      if (type.complete) {
        typeNames[name] ??= types.idOf(type);
      }
    }
    for (const [name, { value }] of unit.scope.enumerators) {
      constants[name] ??= Number(value);
    }
  }
  const unlinked = unlinkedFunctions(program, units);
  return { files, types: types.types, functions, statements, globals, typeNames, constants, unlinked };
}

function unlinkedFunctions(program: LinkedProgram, units: readonly LinkUnit[]): UnlinkedFunction[] {
  const linked = new Set(program.functions.flatMap(({ lowered }) => lowered?.checked ?? []));
  return units
    .flatMap(({ unit }) => unit.functions)
    .filter((each) => !linked.has(each))
    .map(({ symbol, span }) => ({ name: symbol.name, path: span.file.path, start: span.start, end: span.end }));
}

function describeFunction(
  linked: LinkedFunction,
  code: EmittedFunction | undefined,
  statements: DebugStatement[],
  types: DebugTypes,
  fileId: (path: string) => number,
): DebugFunction {
  const { lowered, symbol } = linked;
  const place = symbolPlace(symbol);
  const common = {
    name: symbol.name,
    type: types.idOf(symbol.type),
    file: fileId(place.path),
    linkage: symbol.linkage === 'external' ? ('external' as const) : ('internal' as const),
  };
  if (!lowered || !code) {
    return { ...common, ...withoutCode(linked, statements.length) };
  }
  const { checked } = lowered;
  const firstStatement = statements.length;
  describeStatements(linked.id, lowered, code, fileId).forEach((statement) => statements.push(statement));
  const at = startOf(checked.nameSpan);
  const quietLoops = code.resumePoints.flatMap(({ quiet }) => (quiet ? [quiet] : []));
  return {
    name: common.name,
    type: common.type,
    file: fileId(checked.span.file.path),
    linkage: common.linkage,
    kind: 'compiled',
    line: at.line,
    column: at.column,
    endLine: startOf(checked.end).line,
    start: checked.span.start,
    end: checked.span.end,
    firstStatement,
    statementCount: lowered.statements.length,
    variables: lowered.variables.map((variable) => describeVariable(variable, lowered.frameSize, types)),
    frameSize: lowered.frameSize,
    unused: lowered.unused,
    labels: lowered.labels.map((label) => ({
      name: label.name,
      statement: firstStatement + label.statement,
      line: startOf(label.span).line,
    })),
    resumePoints: code.resumePoints,
    ...(quietLoops.length > 0 ? { quietLoops } : {}),
  };
}

/** What is known of a function that has no C. */
function withoutCode(
  { service, symbol }: LinkedFunction,
  firstStatement: number,
): Omit<DebugFunction, 'name' | 'type' | 'file' | 'linkage'> {
  const place = symbolPlace(symbol);
  return {
    kind: service ? 'service' : 'missing',
    line: place.line,
    column: place.column,
    endLine: place.line,
    start: symbol.span?.start ?? 0,
    end: symbol.span?.end ?? 0,
    firstStatement,
    statementCount: 0,
    variables: [],
    frameSize: 0,
    unused: [],
    labels: [],
    resumePoints: [{ kind: 'entry', statement: -1 }],
  };
}

function describeStatements(
  id: number,
  lowered: LoweredFunction,
  code: EmittedFunction,
  fileId: (path: string) => number,
): DebugStatement[] {
  return lowered.statements.map((statement, index) => ({
    function: id,
    kind: statement.kind,
    macro: statement.macro,
    ahead: code.ahead.get(index) ?? 0,
    unreachable: statement.unreachable,
    ...describeSpan(statement.span, fileId),
  }));
}

function describeSpan(
  span: Span,
  fileId: (path: string) => number,
): Pick<DebugStatement, 'file' | 'start' | 'end' | 'line' | 'column' | 'endLine' | 'endColumn'> {
  const start = startOf(span);
  const end = toPosition1(span.file.positionAt(span.end));
  return {
    file: fileId(span.file.path),
    start: span.start,
    end: span.end,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

function describeVariable(variable: LoweredVariable, frameSize: number, types: DebugTypes): DebugVariable {
  const { home } = variable;
  const offset =
    'absolute' in home
      ? 0
      : 'argument' in home
        ? frameSize + home.argument
        : 'index' in home && home.parameter
          ? frameSize + home.offset
          : home.offset;
  return {
    name: variable.name,
    type: types.idOf(variable.type),
    spelling: variable.spelling,
    offset,
    parameter: variable.parameter,
    artificial: variable.artificial || undefined,
    from: variable.from,
    to: variable.to,
  };
}
