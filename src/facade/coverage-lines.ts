/**
 * Which statements and functions of each file were executed, by place: for coverage in an editor and for lcov files.
 *
 * In: a compiled kernel and, for each run, a byte for each statement. Out: files in order of path; a statement that
 * stands in several units (an inline function of a header) comes once, executed when one of its copies was.
 */
import type { DebugFunction } from '../abi/debug-info';
import type { Program } from '../compile/program';

/** One-based place of a piece of text. */
export interface Extent {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface CoveredPlace extends Extent {
  /** Runs that executed it. */
  readonly runs: number;
}

export interface CoveredFile {
  readonly file: string;
  readonly functions: readonly (CoveredPlace & { readonly name: string })[];
  readonly statements: readonly CoveredPlace[];
}

interface Collected {
  readonly functions: Map<number, CoveredPlace & { readonly name: string }>;
  readonly statements: Map<string, CoveredPlace>;
}

export function coveredFiles({ image: { debug } }: Program, runs: readonly Uint8Array[]): readonly CoveredFile[] {
  const executions = new Uint32Array(debug.statements.length);
  for (const covered of runs) {
    covered.forEach((bit, statement) => (executions[statement] = (executions[statement] ?? 0) + (bit ? 1 : 0)));
  }
  const files = new Map<string, Collected>();
  for (const fn of debug.functions) {
    const path = debug.files[fn.file];
    if (fn.kind !== 'compiled' || fn.statementCount === 0 || path === undefined) {
      continue;
    }
    const file = files.get(path) ?? { functions: new Map(), statements: new Map() };
    files.set(path, file);
    addFunction(file, fn, executions[fn.firstStatement] ?? 0);
    for (let id = fn.firstStatement; id < fn.firstStatement + fn.statementCount; id++) {
      const statement = debug.statements[id];
      if (statement && debug.files[statement.file] === path) {
        const { line, column, endLine, endColumn } = statement;
        const key = `${statement.start}:${statement.end}`;
        const known = file.statements.get(key)?.runs ?? 0;
        file.statements.set(key, { line, column, endLine, endColumn, runs: Math.max(known, executions[id] ?? 0) });
      }
    }
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { functions, statements }]) => ({
      file,
      functions: [...functions.values()].sort(inOrder),
      statements: [...statements.values()].sort(inOrder),
    }));
}

/** Numbers of the runs that executed a statement of a line. */
export function runsCovering(
  { image: { debug } }: Program,
  runs: readonly Uint8Array[],
  file: string,
  line: number,
): readonly number[] {
  const there = debug.statements.flatMap((each, id) =>
    debug.files[each.file] === file && each.line <= line && line <= each.endLine ? [id] : [],
  );
  return runs.flatMap((covered, index) => (there.some((id) => covered[id]) ? [index] : []));
}

/** A statement's text, and whether it was executed. */
export interface RanOrNot {
  readonly start: number;
  readonly end: number;
  readonly ran: boolean;
}

/** Statements of one function; `covered` has a byte for each of the program. */
export function statementsRan(
  { image: { debug } }: Program,
  covered: Uint8Array,
  functionId: number,
): readonly RanOrNot[] {
  const fn = debug.functions[functionId];
  const own = fn ? debug.statements.slice(fn.firstStatement, fn.firstStatement + fn.statementCount) : [];
  return own.flatMap(({ file, start, end }, index) =>
    file === fn?.file ? [{ start, end, ran: Boolean(covered[fn.firstStatement + index]) }] : [],
  );
}

function addFunction({ functions }: Collected, fn: DebugFunction, runs: number): void {
  const { name, line, column, endLine } = fn;
  const known = functions.get(fn.start)?.runs ?? 0;
  functions.set(fn.start, { name, line, column, endLine, endColumn: 2, runs: Math.max(known, runs) });
}

function inOrder(a: Extent, b: Extent): number {
  return a.line - b.line || a.column - b.column;
}
