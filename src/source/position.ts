/**
 * Zero-based and one-based positions as distinct types, so that an editor's line (from 0) and a person's line
 * (from 1) cannot be mixed up. Columns count UTF-16 units, as VS Code and DAP do.
 */

/** A position counted from zero: what VS Code's API uses. */
export interface Position0 {
  readonly base: 0;
  readonly line: number;
  readonly column: number;
}

/** A position counted from one: what people, compilers and DAP (by default) use. */
export interface Position1 {
  readonly base: 1;
  readonly line: number;
  readonly column: number;
}

export function position0(line: number, column: number): Position0 {
  return { base: 0, line, column };
}

function position1(line: number, column: number): Position1 {
  return { base: 1, line, column };
}

export function toPosition1(position: Position0): Position1 {
  return position1(position.line + 1, position.column + 1);
}
