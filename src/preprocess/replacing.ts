/**
 * Definitions in place of others, and members added to structs, while a translation unit is preprocessed.
 *
 * In: the growing token stream of a unit, and what takes whose place. Out: the stream, in which each definition of a
 * replaced function has given way to the tokens of the replacing one, expanded by the macros of that place; so
 * declaration order, `#ifdef` variants and headers are the unit's, and places are the document's. `static` and `inline`
 * stay as the replaced definition has them.
 * `replacing-reader.ts` follows each unit, `added-code.ts` writes what is added before a function.
 */
import type { Addition, ReplacedFunction, Replacement, ReplacingFunction } from '../source/replacement';
import { SourceFile } from '../source/source-file';

/** Under this name the text of additions is known. */
export const additionsPath = '<document>/additions.h';

/** Additions that are no part of the document as a text of C, and where each of them lies in it. */
export function additionsText(additions: readonly Addition[]): {
  readonly text: string;
  readonly places: readonly { readonly start: number; readonly end: number }[];
} {
  let text = '';
  const places = additions.map(({ kind, record, name, parameters = '', text: words }) => {
    if (kind === 'declaration' || kind === 'function') {
      return { start: 0, end: 0 };
    }
    const comment = kind === 'member' ? `/* in ${record ?? ''} */ ` : '';
    const start = text.length + comment.length;
    const line = kind === 'member' ? words : `#define ${name}${parameters} ${words}`;
    text += `${comment}${line}\n`;
    return { start, end: start + line.length };
  });
  return { text, places };
}

/** What takes whose place in a program: kept from one unit to the next. */
export class Replacing {
  readonly file: SourceFile;
  readonly additions: readonly Addition[];
  readonly additionsFile: SourceFile;
  /** Definitions that gave way, each once. */
  readonly done: ReplacedFunction[] = [];
  /** Paths of the files in which further definitions of a name stayed. */
  readonly kept = new Map<string, Set<string>>();
  /** By function: the file whose definition gives way. */
  private readonly chosen = new Map<string, string>();
  private readonly places;
  private readonly byName: ReadonlyMap<string, ReplacingFunction>;
  /** By added function that is not `static`: the unit that defines it. */
  private readonly homes = new Map<string, string>();

  constructor(
    private readonly replacement: Replacement,
    additions: readonly Addition[],
  ) {
    this.file = replacement.file;
    this.byName = new Map(replacement.functions.map((each) => [each.name, each]));
    this.additions = additions;
    const { text, places } = additionsText(additions);
    this.additionsFile = new SourceFile(additionsPath, text);
    this.places = places;
  }

  get names(): Iterable<string> {
    return this.byName.keys();
  }

  get(name: string): ReplacingFunction | undefined {
    return this.byName.get(name);
  }

  /** Says whose definition of a name gives way, before any was met. */
  choose(name: string, path: string): void {
    this.chosen.set(name, path);
  }

  /** Whether the definition in `path` gives way: the chosen one, or the first that is met. */
  givesWay(name: string, path: string): boolean {
    const chosen = this.chosen.get(name) ?? path;
    this.chosen.set(name, chosen);
    if (chosen !== path) {
      this.kept.set(name, (this.kept.get(name) ?? new Set()).add(path));
    }
    return chosen === path;
  }

  gaveWay(replaced: ReplacedFunction): void {
    const { name, path, start } = replaced;
    if (!this.done.some((other) => other.name === name && other.path === path && other.start === start)) {
      this.done.push(replaced);
    }
  }

  /** Where the text of an addition lies. */
  placeOf(addition: Addition): { readonly file: SourceFile; readonly start: number; readonly end: number } {
    const { functions, declarations = [] } = this.replacement;
    const own =
      addition.kind === 'function'
        ? functions.find(({ name }) => name === addition.name)
        : addition.kind === 'declaration'
          ? declarations.find(({ start, end }) => start <= addition.start && addition.start < end)
          : undefined;
    if (own) {
      return { file: this.file, start: own.start, end: own.end };
    }
    return { file: this.additionsFile, ...(this.places[this.additions.indexOf(addition)] ?? { start: 0, end: 0 }) };
  }

  /** Whether a unit is the one that defines an added function: the first that asks. */
  isHome(name: string, unit: string): boolean {
    const home = this.homes.get(name) ?? unit;
    this.homes.set(name, home);
    return home === unit;
  }
}
