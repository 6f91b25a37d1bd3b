/**
 * What including a file came to, kept for the units that include it again.
 *
 * In: the state in which a file is included. Out: its tokens and the macros it changed, as an earlier inclusion gave them
 * when every name that could be looked up then means the same macro now; else nothing, and the inclusion that follows is
 * recorded. Files that the file includes belong to it, and are recorded by themselves too: where the whole does not fit,
 * a part may. The names are those of all identifiers in the files' texts, skipped parts included, those that expanding
 * macros met, and the guards of files that were not read again. What says something to a person, counts, or depends on
 * more than macros (`__COUNTER__`, `#pragma`, `#import`) is never kept. A memo belongs to one loader and one set of
 * include paths: names of files lead to the same files throughout.
 */
import type { IncludeFinder } from './include';
import type { LexedFile } from './lexed-file';
import type { Macro } from './macro';
import type { MacroTable } from './macro-table';
import { TokenKind, type TokenColumns, type TokenStream } from './token';

/** Inclusions of one file that are kept, from states that differ. */
const mostVariants = 8;

/** What an inclusion takes of the bounds of a unit. */
export interface Spent {
  readonly inclusions: number;
  /** Tokens made by macros. */
  readonly expanded: number;
}

interface Entry extends Spent {
  /** The include path that gave the file: `#include_next` goes on behind it. */
  readonly pathIndex: number;
  readonly reads: Int32Array;
  /** What each of them meant before. */
  readonly meanings: readonly (Macro | undefined)[];
  readonly writes: readonly number[];
  readonly results: readonly (Macro | undefined)[];
  readonly tokens: TokenColumns;
  /** In the order in which they were opened; `tokens.fileOf` counts in them. */
  readonly opened: readonly LexedFile[];
  /** Names beyond those in the files' texts. */
  readonly met: readonly number[];
  /** Files open at once, the first included. */
  readonly depth: number;
}

/** An inclusion that goes on. */
interface Recording {
  readonly lexed: LexedFile;
  readonly pathIndex: number;
  /** Files that were open before. */
  readonly below: number;
  readonly from: number;
  readonly spent: Spent;
  readonly opened: LexedFile[];
  readonly met: Set<number>;
  /** What the macros that it changes were before. */
  readonly before: Map<number, Macro | undefined>;
  deepest: number;
}

export class IncludeMemo {
  private readonly entries = new Map<LexedFile, Entry[]>();
  private readonly names = new WeakMap<LexedFile, Int32Array>();
  /** By atom: the last list that it was put into. */
  private marks = new Uint32Array(0);
  private list = 0;

  /** `finder`: of one loader and one set of include paths. */
  constructor(readonly finder: IncludeFinder) {}

  /** An earlier inclusion of a file that holds among these macros. */
  find(lexed: LexedFile, pathIndex: number, { byAtom }: MacroTable): Entry | undefined {
    return this.entries.get(lexed)?.find((entry) => {
      const { reads, meanings } = entry;
      for (let i = 0; i < reads.length; i++) {
        if (byAtom[reads[i] as number] !== meanings[i]) {
          return false;
        }
      }
      return entry.pathIndex === pathIndex;
    });
  }

  keep(lexed: LexedFile, entry: Entry): void {
    const variants = this.entries.get(lexed) ?? [];
    this.entries.set(lexed, [entry, ...variants.slice(0, mostVariants - 1)]);
  }

  /** All names in files' texts and `met`, each once; guards first, for they are what differs most. */
  namesOf(opened: readonly LexedFile[], met: Iterable<number>, size: number): Int32Array {
    if (this.marks.length < size) {
      this.marks = new Uint32Array(2 * size);
      this.list = 0;
    }
    this.list++;
    const { marks, list } = this;
    const found: number[] = [];
    const add = (atom: number): void => {
      if (atom !== 0 && marks[atom] !== list) {
        marks[atom] = list;
        found.push(atom);
      }
    };
    for (const { guard } of opened) {
      add(guard);
    }
    for (const atom of met) {
      add(atom);
    }
    for (const lexed of opened) {
      this.identifiersOf(lexed).forEach(add);
    }
    return Int32Array.from(found);
  }

  private identifiersOf(lexed: LexedFile): Int32Array {
    let names = this.names.get(lexed);
    if (!names) {
      const { atoms, kinds, length } = lexed;
      const found = new Set<number>();
      for (let i = 0; i < length; i++) {
        if (kinds[i] === TokenKind.identifier) {
          found.add(atoms[i] as number);
        }
      }
      names = Int32Array.from(found);
      this.names.set(lexed, names);
    }
    return names;
  }
}

/** Records the inclusions of one unit, and repeats them. */
export class IncludeRecorder {
  private readonly recordings: Recording[] = [];

  constructor(
    private readonly memo: IncludeMemo,
    private readonly macros: MacroTable,
    private readonly stream: TokenStream,
  ) {}

  /** An earlier inclusion that would be the same now. */
  find(lexed: LexedFile, pathIndex: number): Entry | undefined {
    return this.memo.find(lexed, pathIndex, this.macros);
  }

  /** A file is opened, `below` files being open. */
  begin(lexed: LexedFile, pathIndex: number, below: number, spent: Spent): void {
    const before = new Map<number, Macro | undefined>();
    const { length: from } = this.stream;
    const opened = [lexed];
    const met = new Set<number>();
    this.recordings.push({ lexed, pathIndex, below, from, spent, opened, met, before, deepest: below + 1 });
    this.macros.changed = before;
  }

  /** A name was looked up that may stand in no file's text. */
  meet(atom: number): void {
    this.recordings[this.recordings.length - 1]?.met.add(atom);
  }

  /** Something happened that cannot be repeated. */
  spoil(): void {
    this.recordings.length = 0;
    this.macros.changed = undefined;
  }

  /** A file was read to its end, `below` files being left; `once`: some file is not to be read again. */
  end(below: number, spent: Spent, once: boolean): void {
    if (once) {
      this.spoil();
    }
    const recording = this.recordings[this.recordings.length - 1];
    if (recording?.below !== below) {
      return;
    }
    this.recordings.pop();
    const { opened, met, before, deepest } = recording;
    const outer = this.recordings[this.recordings.length - 1];
    this.macros.changed = outer?.before;
    if (outer) {
      this.join(outer, opened, met, deepest);
      before.forEach((macro, atom) => !outer.before.has(atom) && outer.before.set(atom, macro));
    }
    this.memo.keep(recording.lexed, this.entryOf(recording, spent));
  }

  private entryOf(
    { pathIndex, from, spent: first, opened, met, before, deepest, below }: Recording,
    spent: Spent,
  ): Entry {
    const { byAtom } = this.macros;
    const reads = this.memo.namesOf(opened, met, byAtom.length + 1);
    const files = new Map<number, number>();
    opened.forEach(({ file }, index) => files.set(this.stream.fileIndex(file), index));
    return {
      pathIndex,
      reads,
      meanings: Array.from(reads, (atom) => (before.has(atom) ? before.get(atom) : byAtom[atom])),
      writes: [...before.keys()],
      results: Array.from(before.keys(), (atom) => byAtom[atom]),
      tokens: this.stream.columns(from, (index) => files.get(index) ?? 0),
      opened,
      met: [...met],
      depth: deepest - below,
      inclusions: spent.inclusions - first.inclusions,
      expanded: spent.expanded - first.expanded,
    };
  }

  /** Does what an earlier inclusion did. */
  repeat({ writes, results, tokens, opened, met, depth }: Entry, below: number): void {
    const files = opened.map(({ file }) => this.stream.fileIndex(file));
    this.stream.appendColumns(tokens, files);
    for (let i = 0; i < writes.length; i++) {
      this.macros.set(writes[i] as number, results[i]);
    }
    const outer = this.recordings[this.recordings.length - 1];
    if (outer) {
      this.join(outer, opened, met, below + depth);
    }
  }

  private join(outer: Recording, opened: readonly LexedFile[], met: Iterable<number>, deepest: number): void {
    for (const lexed of opened) {
      outer.opened.push(lexed);
    }
    for (const atom of met) {
      outer.met.add(atom);
    }
    outer.deepest = Math.max(outer.deepest, deepest);
  }
}
