/**
 * Places in the kernel's C as people name them or point at them.
 *
 *   place    = FUNCTION [":" spot]  |  FILE ":" LINE  |  FILE ":" FUNCTION [":" spot]
 *   spot     = LABEL  |  LINE  |  "return" [["#" | ":"] N]  |  "end"  |  TEXT
 *
 * LINE is that of the file. `return 2` is the second return statement of the function; `end` is where it ends, its last
 * statement, and `return` too when it has no return statement. TEXT is how a statement begins, blanks aside: `return
 * -EINVAL`. FILE may leave folders out, or have those in front in which the kernel lies: `tcp.c:120`.
 *
 * In: such a word, or an offset of a file; the compiled program. Out: the statement. What names no
 * place is answered with what there is to name.
 */
import { statementsOf, type DebugFunction, type DebugInfo } from '../abi/debug-info';
import { itemAt } from '../base/checked-access';
import type { Program } from '../compile/program';
import type { FileLoader } from '../source/file-loader';
import { filesNamed } from '../source/named-file';

/** A statement that somebody wants to get to. */
export interface ReachPlace {
  readonly statement: number;
  readonly function: string;
  readonly label?: string;
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly unreachable?: string | undefined;
}

/** What can be named in a function. */
export interface NamedSpots {
  readonly function: string;
  readonly labels: readonly string[];
  /** Lines of its return statements, in order. */
  readonly returns: readonly number[];
}

/**
 * The place that a word names; where there is none, the spots of the function it begins with, if that much is known.
 */
export function placeNamed(
  word: string,
  { image: { debug }, loader: sources }: Program,
): { readonly place: ReachPlace } | { readonly place?: undefined; readonly spots?: NamedSpots | undefined } {
  const inFile = /^([^:]+\.\w{1,10}|[^:]*[/\\][^:]*):\s*(\S.*)$/s.exec(word.trim());
  const [, written, rest = ''] = inFile ?? ['', undefined, word.trim()];
  const file = written === undefined ? undefined : new Set(filesNamed(written, debug.files));
  if (file !== undefined && /^\d+$/.test(rest)) {
    const place = onLine(
      debug,
      Number(rest),
      debug.functions.filter((each) => isIn(debug, each, file)),
    );
    return { place };
  }
  const [, name = '', where] = /^(\w+)(?:\s*:\s*(.*))?$/s.exec(rest) ?? [];
  const fn = debug.functions.find(
    (each) => each.name === name && each.kind === 'compiled' && (file === undefined || isIn(debug, each, file)),
  );
  if (!fn) {
    return {};
  }
  const place = spotOf(debug, fn, (where ?? '').replace(/[\s:;]+$/, ''), sources);
  return place ? { place } : { spots: spotsOf(debug, fn) };
}

/** Labels and returns of a function. */
function spotsOf(debug: DebugInfo, fn: DebugFunction): NamedSpots {
  return {
    function: fn.name,
    labels: fn.labels.map(({ name }) => name),
    returns: returnsOf(debug, fn).map((id) => itemAt(debug.statements, id).line),
  };
}

/** The innermost statement around an offset of a file; else the one that begins next in its function. */
export function placeAt({ image: { debug } }: Program, path: string, offset: number): ReachPlace | undefined {
  const owner = debug.functions.find(
    (each) => each.kind === 'compiled' && debug.files[each.file] === path && each.start <= offset && offset <= each.end,
  );
  if (!owner) {
    return undefined;
  }
  let best: number | undefined;
  let nearest = Infinity;
  for (const id of statementsOf(owner)) {
    const { start, end } = itemAt(debug.statements, id);
    // Inside a statement: the shortest one. Outside of all: the one that begins next.
    const distance = start <= offset && offset <= end ? end - start - 1e6 : start > offset ? start - offset : Infinity;
    if (distance < nearest) {
      nearest = distance;
      best = id;
    }
  }
  return best === undefined ? undefined : placeOf(debug, owner, best);
}

function spotOf(debug: DebugInfo, fn: DebugFunction, where: string, sources: FileLoader): ReachPlace | undefined {
  const at = (id: number | undefined): ReachPlace | undefined =>
    id === undefined ? undefined : placeOf(debug, fn, id);
  const label = fn.labels.find((each) => each.name === where);
  const nth = /^return(?:\s*[#:]?\s*([1-9]\d*))?$/.exec(where);
  // A function that returns nothing may just run out.
  const end =
    statementsOf(fn)
      .filter((id) => itemAt(debug.statements, id).kind === 'end')
      .at(-1) ?? statementsOf(fn).at(-1);
  if (where === '') {
    return at(fn.firstStatement);
  }
  if (label) {
    return { ...placeOf(debug, fn, label.statement), label: where };
  }
  if (/^\d+$/.test(where)) {
    return onLine(debug, Number(where), [fn]);
  }
  if (where === 'end') {
    return at(end);
  }
  if (nth) {
    const returns = returnsOf(debug, fn);
    const found =
      returns[Number(nth[1] ?? 1) - 1] ?? (returns.length === 0 && (nth[1] ?? '1') === '1' ? end : undefined);
    return at(found) ?? at(withText(debug, fn, where, sources));
  }
  return at(withText(debug, fn, where, sources));
}

function withText(debug: DebugInfo, fn: DebugFunction, where: string, sources: FileLoader): number | undefined {
  const text = sources.load(debug.files[fn.file] ?? '')?.text ?? '';
  const plain = (words: string): string => words.replace(/\s+/g, '');
  const wanted = plain(where);
  const begins =
    (exact: boolean) =>
    (id: number): boolean => {
      const { file, start, end } = itemAt(debug.statements, id);
      const words = file === fn.file ? plain(text.slice(start, end)).replace(/;$/, '') : '';
      return exact ? words === wanted : words.startsWith(wanted);
    };
  return statementsOf(fn).find(begins(true)) ?? statementsOf(fn).find(begins(false));
}

/** A statement that begins on the line, else one that goes over it. */
function onLine(debug: DebugInfo, line: number, functions: readonly DebugFunction[]): ReachPlace | undefined {
  const tests = [
    (id: number): boolean => itemAt(debug.statements, id).line === line,
    (id: number): boolean => itemAt(debug.statements, id).line <= line && line <= itemAt(debug.statements, id).endLine,
  ];
  for (const test of tests) {
    for (const fn of functions) {
      const found = statementsOf(fn).find(test);
      if (found !== undefined) {
        return placeOf(debug, fn, found);
      }
    }
  }
  return undefined;
}

/** Whether a function stands in one of the files that a person means. */
function isIn(debug: DebugInfo, fn: DebugFunction, files: ReadonlySet<string>): boolean {
  return fn.kind === 'compiled' && files.has(debug.files[fn.file] ?? '');
}

function returnsOf(debug: DebugInfo, fn: DebugFunction): number[] {
  return statementsOf(fn).filter((id) => itemAt(debug.statements, id).kind === 'return');
}

function placeOf(debug: DebugInfo, fn: DebugFunction, id: number): ReachPlace {
  const statement = itemAt(debug.statements, id);
  return {
    statement: id,
    function: fn.name,
    file: debug.files[statement.file] ?? '',
    line: statement.line,
    unreachable: statement.unreachable,
  };
}
