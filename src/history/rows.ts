/**
 * Rows of an answer: moments that one can jump to, with what happened there.
 *
 * In: statements and tasks. Out: plain data in places and names.
 */
import type { DebugInfo, StatementId } from '../abi/debug-info';
import type { Words } from '../sentences/sentence';

/** A process, as the machine's task and by its names. */
export interface ProcessName {
  readonly thread: number;
  readonly pid: number;
  readonly name: string;
}

/** Where a statement stands. Lines and columns are one-based. */
export interface RowPlace {
  readonly function: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** An expression and its value there; without one, why. */
export interface ShownValue {
  readonly expression: string;
  readonly value?: string;
  readonly problem?: Words;
}

/** A moment. */
export interface Row {
  readonly clock: number;
  readonly process?: ProcessName | undefined;
  readonly place?: RowPlace | undefined;
}

export function placeOfStatement(debug: DebugInfo, statement: StatementId): RowPlace | undefined {
  const found = debug.statements[statement];
  return (
    found && {
      function: debug.functions[found.function]?.name ?? '?',
      path: debug.files[found.file] ?? '?',
      line: found.line,
      column: found.column,
      endLine: found.endLine,
      endColumn: found.endColumn,
    }
  );
}
