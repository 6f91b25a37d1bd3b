/**
 * Statements by where they stand in the source.
 *
 * In: debug information; a path, a one-based line, perhaps a column. Out: the statements that begin there, or on the
 * nearest line below within the same function, where a breakpoint slides to.
 */
import type { DebugInfo, StatementId } from '../abi/debug-info';
import type { StatementPlace } from './journal-entry';

/** Where a statement stands; undefined when there is none of this number. */
export function statementPlace(
  { statements, functions, files }: DebugInfo,
  id: StatementId,
): StatementPlace | undefined {
  const statement = statements[id];
  return (
    statement && {
      function: functions[statement.function]?.name ?? '',
      file: files[statement.file] ?? '',
      line: statement.line,
      statement: id,
    }
  );
}

/** How many lines below the asked one a breakpoint may slide to reach a statement outside functions. */
const SLIDE = 40;

/** A statement by where it begins; one-based. */
export interface PlaceInFile {
  readonly path: string;
  readonly line: number;
  readonly column?: number | undefined;
}

export function statementsAt(
  { files, functions, statements }: DebugInfo,
  { path, line, column }: PlaceInFile,
): StatementId[] {
  const file = files.indexOf(path); // -1 is no statement's
  const within = functions.find(
    (fn) => fn.kind === 'compiled' && fn.file === file && fn.line <= line && line <= fn.endLine,
  );
  const limit = within ? within.endLine : line + SLIDE;
  let best = Infinity;
  statements.forEach((statement) => {
    if (statement.file === file && statement.line >= line && statement.line <= limit) {
      best = Math.min(best, statement.line);
    }
  });
  const onLine: { readonly id: StatementId; readonly column: number }[] = [];
  statements.forEach((statement, id) => {
    if (statement.line === best && statement.file === file) {
      onLine.push({ id, column: statement.column });
    }
  });
  const columns = onLine.map((each) => each.column);
  const wanted =
    (column === undefined ? undefined : columns.find((at) => at >= column)) ??
    columns.reduce((least, at) => Math.min(least, at), Infinity);
  return onLine.filter((each) => each.column === wanted).map(({ id }) => id);
}
