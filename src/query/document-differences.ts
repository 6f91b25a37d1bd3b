/**
 * In what a document's functions differ from those they take the place of.
 *
 * In: the C of both. Out: per function the statements that were added, removed and changed, with their places on both
 * sides, and words for a person. Statements are compared by their tokens, so that white space and comments do not count;
 * the longest common sequence stays, and where something was removed and added at one place the likeliest pairs count as
 * changed. Braces and `else` are no statements: where only they differ, that is said.
 */
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { cTokens } from '../reading/c-tokens';
import type { OutlineStatement } from '../reading/outline';
import { outlineOf } from '../reading/token-outline';
import type { Bilingual } from '../base/bilingual';
import type { Diagnostic } from '../source/diagnostic';
import type { Replaced, Replacement } from '../source/replacement';
import type { SourceFile } from '../source/source-file';

export interface StatementPlace {
  /** Text offsets in its file. */
  readonly start: number;
  readonly end: number;
  /** One-based. */
  readonly line: number;
  /** The C of its head on one line, without comments. */
  readonly text: string;
}

/** As seen from the kernel's function: `added` stands in the document only. */
export interface StatementChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly document?: StatementPlace;
  readonly kernel?: StatementPlace;
}

export interface FunctionDifference {
  readonly name: string;
  /** File of the function that gave way. */
  readonly path: string;
  /** Text offsets of the two definitions. */
  readonly kernel: { readonly start: number; readonly end: number };
  readonly document: { readonly start: number; readonly end: number };
  /** Token for token. */
  readonly same: boolean;
  /** Statements of the kernel's function. */
  readonly statements: number;
  readonly changes: readonly StatementChange[];
  /** Statements of the kernel's function are missing, and hardly anything stands in their place. */
  readonly shortened: boolean;
}

/** Least part of the statements that a shortened listing lacks. */
const SHORTENED = 0.2;

/** Compares every function that gave way; `load` gives the files of the program. */
export function documentDifferences(
  replacement: Replacement,
  replaced: Replaced,
  load: (path: string) => SourceFile | undefined,
): FunctionDifference[] {
  return replacement.functions.flatMap((own) => {
    const old = replaced.functions.find(({ name }) => name === own.name);
    const file = old && load(old.path);
    return old && file ? [functionDifference(own.name, { ...old, file }, { ...own, file: replacement.file })] : [];
  });
}

/** A definition: offsets in a file. */
export interface Definition {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Compares two definitions of a function. */
export function functionDifference(name: string, kernel: Definition, document: Definition): FunctionDifference {
  return {
    name,
    path: kernel.file.path,
    kernel: { start: kernel.start, end: kernel.end },
    document: { start: document.start, end: document.end },
    ...compare(sideOf(kernel.file, kernel), sideOf(document.file, document)),
  };
}

/** What the two have different, a line for each statement: `-` as the kernel has it, `+` as the document does. */
export function changeLines({ path, changes }: FunctionDifference): string[] {
  return changes.flatMap(({ kernel, document }) => [
    ...(kernel ? [`- ${path}:${kernel.line}  ${kernel.text}`] : []),
    ...(document ? [`+ ${document.line}  ${document.text}`] : []),
  ]);
}

/** What to tell of listings that were shortened without a mark. */
export function shortenedListings(replacement: Replacement, differences: readonly FunctionDifference[]): Diagnostic[] {
  return differences
    .filter(({ shortened }) => shortened)
    .map(({ name, path, document, statements, changes }) => {
      const lost = changes.filter(({ kind }) => kind === 'removed').length;
      return {
        code: 'SS7014',
        severity: 'warning',
        span: { file: replacement.file, start: document.start, end: document.end },
        message: sentence('name-lacks-lost-of-the-statements-statements-of-the', { name, lost, statements, path }),
        remedy: sentence('complete-it-or-write-where-something-is-left-out-as'),
      };
    });
}

interface Side {
  readonly file: SourceFile;
  readonly tokens: string;
  readonly statements: readonly (OutlineStatement & { readonly at: number })[];
}

function sideOf(file: SourceFile, { start, end }: { readonly start: number; readonly end: number }): Side {
  const text = file.text.slice(start, end);
  const statements = outlineOf(text)[0]?.statements ?? [];
  return {
    file,
    tokens: cTokens(text)
      .map((each) => each.text)
      .join(' '),
    statements: statements.map((statement) => ({ ...statement, at: start + statement.start })),
  };
}

function compare(
  kernel: Side,
  document: Side,
): Pick<FunctionDifference, 'same' | 'statements' | 'changes' | 'shortened'> {
  const changes: StatementChange[] = [];
  let removed: StatementPlace[] = [];
  let added: StatementPlace[] = [];
  const flush = (): void => {
    changes.push(...paired(removed, added));
    [removed, added] = [[], []];
  };
  for (const [a, b] of aligned(
    kernel.statements.map(({ normal }) => normal),
    document.statements.map(({ normal }) => normal),
  )) {
    if (a >= 0 && b >= 0) {
      flush();
    } else if (a >= 0) {
      removed.push(placeOf(kernel, a));
    } else {
      added.push(placeOf(document, b));
    }
  }
  flush();
  const count = (kind: StatementChange['kind']): number => changes.filter((each) => each.kind === kind).length;
  const lost = count('removed');
  return {
    same: kernel.tokens === document.tokens,
    statements: kernel.statements.length,
    changes,
    shortened:
      lost > 2 && lost >= SHORTENED * kernel.statements.length && count('added') + count('changed') <= lost / 5,
  };
}

function placeOf({ file, statements }: Side, index: number): StatementPlace {
  const { at, start, end: headEnd } = itemAt(statements, index);
  const end = at + headEnd - start;
  return { start: at, end, line: file.positionAt(at).line + 1, text: lineOf(file.text.slice(at, end)) };
}

/** C on one line, without comments. */
function lineOf(text: string): string {
  return text
    .replace(/\/\*[^]*?\*\/|\/\/.*/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s*[;:]?\s*$/, '');
}

/** Pairs of a removed and an added statement that have most of their words in common, in order; the others alone. */
function paired(removed: readonly StatementPlace[], added: readonly StatementPlace[]): StatementChange[] {
  const changes: StatementChange[] = [];
  let from = 0;
  for (const kernel of removed) {
    const at = added.findIndex((each, index) => index >= from && alike(kernel.text, each.text));
    if (at < 0) {
      changes.push({ kind: 'removed', kernel });
      continue;
    }
    added.slice(from, at).forEach((document) => changes.push({ kind: 'added', document }));
    changes.push({ kind: 'changed', kernel, document: itemAt(added, at) });
    from = at + 1;
  }
  added.slice(from).forEach((document) => changes.push({ kind: 'added', document }));
  return changes;
}

/** At least half of the words are common. */
function alike(a: string, b: string): boolean {
  const left = a.match(/\w+/g) ?? [];
  const right = b.match(/\w+/g) ?? [];
  const rest: string[] = [...right];
  let common = 0;
  for (const word of left) {
    const at = rest.indexOf(word);
    if (at >= 0) {
      rest.splice(at, 1);
      common++;
    }
  }
  return 4 * common >= left.length + right.length;
}

/** Most comparisons; longer texts count as different between their common beginning and end. */
const MOST_CELLS = 4_000_000;

/** Pairs of indices in order; -1 on the side that has nothing there. */
function aligned(a: readonly string[], b: readonly string[]): [number, number][] {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) {
    from++;
  }
  let tail = 0;
  while (tail < a.length - from && tail < b.length - from && a[a.length - 1 - tail] === b[b.length - 1 - tail]) {
    tail++;
  }
  const [rows, columns] = [a.length - from - tail, b.length - from - tail];
  const pairs: [number, number][] = Array.from({ length: from }, (_, index) => [index, index]);
  const whole = rows * columns <= MOST_CELLS;
  const width = columns + 1;
  const best = new Uint16Array(whole ? (rows + 1) * width : 0);
  for (let i = rows - 1; whole && i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      best[i * width + j] =
        a[from + i] === b[from + j]
          ? itemAt(best, (i + 1) * width + j + 1) + 1
          : Math.max(itemAt(best, (i + 1) * width + j), itemAt(best, i * width + j + 1));
    }
  }
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    if (whole && i < rows && j < columns && a[from + i] === b[from + j]) {
      pairs.push([from + i++, from + j++]);
    } else if (
      j >= columns ||
      (i < rows && (!whole || itemAt(best, (i + 1) * width + j) >= itemAt(best, i * width + j + 1)))
    ) {
      pairs.push([from + i++, -1]);
    } else {
      pairs.push([-1, from + j++]);
    }
  }
  for (let k = tail; k > 0; k--) {
    pairs.push([a.length - k, b.length - k]);
  }
  return pairs;
}

/** One sentence about a function. */
export function differenceText({ path, same, changes, shortened, statements }: FunctionDifference): Bilingual {
  if (same) {
    return { en: `token for token that of ${path}`, zh: `与 ${path} 的逐个记号相同` };
  }
  if (changes.length === 0) {
    return {
      en: `the statements of ${path}; only braces, else or parentheses differ`,
      zh: `语句与 ${path} 相同，只有花括号、else 或圆括号不同`,
    };
  }
  const count = (kind: StatementChange['kind']): number => changes.filter((each) => each.kind === kind).length;
  const [added, removed, changed] = [count('added'), count('removed'), count('changed')];
  const less = shortened
    ? {
        en: `; shortened without a mark: ${removed} of ${statements} statements are missing`,
        zh: `；有删节而未注明：${statements} 条语句缺了 ${removed} 条`,
      }
    : { en: '', zh: '' };
  return {
    en: `against ${path}: ${added} added, ${removed} removed, ${changed} changed${less.en}`,
    zh: `与 ${path} 相比：增 ${added} 条，删 ${removed} 条，改 ${changed} 条${less.zh}`,
  };
}
