/**
 * The long tables of debug information as numbers: statements, and the resume points of all functions.
 *
 * In: debug information. Out: columns of 32-bit words and what those refer to by number, as JSON; and back. Read in this
 * way they take a fifth of the time that they would take as JSON: there are tens of thousands of them in a kernel.
 */
import { itemAt } from '../base/checked-access';
import type { DebugFunction, DebugStatement, ResumePoint } from '../abi/debug-info';
import type { Told } from '../sentences/sentence';

/** A function whose resume points stand in columns: how many there are. */
export type FunctionHead = Omit<DebugFunction, 'resumePoints'> & { readonly resumePoints: number };

type Check = NonNullable<ResumePoint['check']>;
type Writable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

/** What columns refer to. */
export interface ColumnWords {
  /** Texts and messages; a column has their number plus one, and 0 for none. */
  readonly values: readonly unknown[];
  /** Resume points that stand before a loop which looks at no flags: number of the point, and the loop. */
  readonly quiet: readonly (readonly [number, number, number])[];
}

export interface DebugColumns {
  readonly heads: readonly FunctionHead[];
  readonly words: ColumnWords;
  readonly statements: Int32Array;
  readonly points: Int32Array;
}

const STATEMENT_COLUMNS = 12;
const POINT_COLUMNS = 6;

export function columnsOf(functions: readonly DebugFunction[], statements: readonly DebugStatement[]): DebugColumns {
  const values = new Values();
  const points: ResumePoint[] = [];
  for (const { resumePoints } of functions) {
    for (const point of resumePoints) {
      points.push(point);
    }
  }
  return {
    heads: functions.map((fn) => ({ ...fn, resumePoints: fn.resumePoints.length })),
    statements: statementColumns(statements, values),
    points: pointColumns(points, values),
    words: {
      values: values.all,
      quiet: points.flatMap(({ quiet }, index) => (quiet ? [[index, ...quiet] as const] : [])),
    },
  };
}

// Columns lie one behind the other. What is written here is read by `statementsFrom` and `PointReader`.

function statementColumns(statements: readonly DebugStatement[], values: Values): Int32Array {
  const count = statements.length;
  const columns = new Int32Array(STATEMENT_COLUMNS * count);
  let at = 0;
  for (const each of statements) {
    columns[at] = each.function;
    columns[at + count] = values.numberOf(each.kind);
    columns[at + 2 * count] = each.file;
    columns[at + 3 * count] = each.start;
    columns[at + 4 * count] = each.end;
    columns[at + 5 * count] = each.line;
    columns[at + 6 * count] = each.column;
    columns[at + 7 * count] = each.endLine;
    columns[at + 8 * count] = each.endColumn;
    columns[at + 9 * count] = values.numberOf(each.macro);
    columns[at + 10 * count] = each.ahead;
    columns[at + 11 * count] = values.numberOf(each.unreachable);
    at++;
  }
  return columns;
}

function pointColumns(points: readonly ResumePoint[], values: Values): Int32Array {
  const count = points.length;
  const columns = new Int32Array(POINT_COLUMNS * count);
  let at = 0;
  for (const each of points) {
    columns[at] = values.numberOf(each.kind);
    columns[at + count] = each.statement;
    columns[at + 2 * count] = (each.argumentBytes ?? -1) + 1;
    columns[at + 3 * count] = values.numberOf(each.check);
    columns[at + 4 * count] = values.numberOf(each.expression);
    columns[at + 5 * count] = values.numberOf(each.message);
    at++;
  }
  return columns;
}

/** Each text or message once, numbered from 1. */
class Values {
  readonly all: unknown[] = [];
  private readonly texts = new Map<string, number>();
  /** Of messages, by their JSON. */
  private readonly messages = new Map<string, number>();

  numberOf(value: unknown): number {
    if (value === undefined) {
      return 0;
    }
    const [numbers, key] = typeof value === 'string' ? [this.texts, value] : [this.messages, JSON.stringify(value)];
    let number = numbers.get(key);
    if (number === undefined) {
      number = this.all.push(value);
      numbers.set(key, number);
    }
    return number;
  }
}

export function statementsFrom(columns: Int32Array, { values }: ColumnWords): DebugStatement[] {
  const count = columns.length / STATEMENT_COLUMNS;
  const column = (index: number): Int32Array => columns.subarray(index * count, (index + 1) * count);
  const [fn, kind, file, start, end] = [column(0), column(1), column(2), column(3), column(4)];
  const [line, at, endLine, endColumn] = [column(5), column(6), column(7), column(8)];
  const [macro, ahead, unreachable] = [column(9), column(10), column(11)];
  const statements: DebugStatement[] = [];
  for (let i = 0; i < count; i++) {
    const statement: Writable<DebugStatement> = {
      function: fn[i] as number,
      kind: values[(kind[i] as number) - 1] as DebugStatement['kind'],
      file: file[i] as number,
      start: start[i] as number,
      end: end[i] as number,
      line: line[i] as number,
      column: at[i] as number,
      endLine: endLine[i] as number,
      endColumn: endColumn[i] as number,
      ahead: ahead[i] as number,
    };
    if (macro[i] !== 0) {
      statement.macro = values[(macro[i] as number) - 1] as string;
    }
    if (unreachable[i] !== 0) {
      statement.unreachable = values[(unreachable[i] as number) - 1] as string;
    }
    statements.push(statement);
  }
  return statements;
}

/** A function's resume points are read when they are asked for: a run comes to a few functions of all. */
export function functionsFrom(
  heads: readonly FunctionHead[],
  columns: Int32Array,
  words: ColumnWords,
): DebugFunction[] {
  const points = new PointReader(columns, words);
  let next = 0;
  return heads.map((head) => {
    const first = next;
    next += head.resumePoints;
    let read: readonly ResumePoint[] | undefined;
    return {
      ...head,
      get resumePoints() {
        return (read ??= points.read(first, head.resumePoints));
      },
    };
  });
}

class PointReader {
  private readonly count: number;
  private readonly quiet: ReadonlyMap<number, readonly [number, number]>;

  constructor(
    private readonly columns: Int32Array,
    private readonly words: ColumnWords,
  ) {
    this.count = columns.length / POINT_COLUMNS;
    this.quiet = new Map(words.quiet.map(([index, first, last]) => [index, [first, last]]));
  }

  read(first: number, count: number): ResumePoint[] {
    return Array.from({ length: count }, (_, index) => this.point(first + index));
  }

  private point(index: number): ResumePoint {
    const { values } = this.words;
    const column = (number: number): number => itemAt(this.columns, number * this.count + index);
    const point: Writable<ResumePoint> = {
      kind: values[column(0) - 1] as ResumePoint['kind'],
      statement: column(1),
    };
    const [argumentBytes, check, expression, message] = [column(2), column(3), column(4), column(5)];
    if (argumentBytes > 0) {
      point.argumentBytes = argumentBytes - 1;
    }
    const quiet = this.quiet.get(index);
    if (quiet) {
      point.quiet = quiet;
    }
    if (check > 0) {
      point.check = values[check - 1] as Check;
    }
    if (expression > 0) {
      point.expression = values[expression - 1] as string;
    }
    if (message > 0) {
      point.message = values[message - 1] as Told;
    }
    return point;
  }
}
