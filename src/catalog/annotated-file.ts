/**
 * The notes of one file: every statement entry of the catalogue resolved in it. In: a file, the catalogue, and the
 * kernel's text, by which some notes hold or not. Out: for a
 * text range (as debug information gives it) the notes that belong there; for the editor, all places with their notes.
 *
 * Each place of an entry is shown in one function only: the one among `in` where it is found with the greatest
 * confidence. A question about a range looks only for the notes of the functions there.
 */
import type { SourceFile } from '../source/source-file';
import type { Catalog } from './catalog';
import type { Entry } from './entry';
import { asHeldBy, noKernel, type KernelText } from './holding';
import type { FunctionOutline, OutlineStatement } from '../reading/outline';
import type { Reader } from '../reading/reader';
import { resolveIn, type Captured, type ResolvedAnchor } from './resolve-anchor';

export class AnnotatedFile {
  /** Functions defined in the file, in order. */
  readonly functions: readonly FunctionOutline[];
  /** The same; between equals the function that a reader of one branch sees comes first. */
  private readonly ranked: readonly FunctionOutline[];
  private readonly places = new Map<Entry, readonly ResolvedAnchor[]>();
  private readonly notes = new Map<FunctionOutline, FunctionNotes>();
  private readonly captured = new Map<string, readonly Captured[]>();
  private all: readonly ResolvedAnchor[] | undefined;

  constructor(
    readonly file: SourceFile,
    private readonly catalog: Catalog,
    private readonly reader: Reader,
    private readonly kernel: KernelText = noKernel,
  ) {
    this.functions = reader.read(file).functions;
    this.ranked = [...this.functions].sort((a, b) => Number(a.passedOver) - Number(b.passedOver));
  }

  /** In order of place. */
  get anchors(): readonly ResolvedAnchor[] {
    this.all ??= this.functions
      .flatMap((outline) => this.notesIn(outline).anchors)
      .sort((a, b) => a.statement.start - b.statement.start);
    return this.all;
  }

  /** What is noted in one function; found when it is asked for first. */
  private notesIn(outline: FunctionOutline): FunctionNotes {
    let found = this.notes.get(outline);
    if (!found) {
      const anchors = this.catalog
        .statementsIn(outline.name)
        .flatMap((entry) => this.placesOf(entry))
        .filter((anchor) => anchor.function === outline)
        .sort((a, b) => a.statement.start - b.statement.start);
      found = { anchors, jumps: jumpsAfterNotes(outline, anchors) };
      this.notes.set(outline, found);
    }
    return found;
  }

  /** Where each place of an entry is found best among the functions of the file. */
  private placesOf(each: Entry): readonly ResolvedAnchor[] {
    const known = this.places.get(each);
    if (known) {
      return known;
    }
    const best = new Map<number, ResolvedAnchor>();
    const entry = asHeldBy(each, this.kernel, this.file);
    for (const outline of this.ranked) {
      const isMeant = entry?.anchor?.functions.includes(outline.name);
      const anchors = entry && isMeant ? resolveIn(entry, outline, (query) => this.capturesIn(outline, query)) : [];
      for (const anchor of anchors) {
        const earlier = best.get(anchor.place);
        if (!earlier || isBetter(anchor, earlier)) {
          best.set(anchor.place, anchor);
        }
      }
    }
    const found = [...best.values()];
    this.places.set(each, found);
    return found;
  }

  /** What a query captures in a function; nothing when it cannot be run, which {@link checkQueries} tells. */
  private capturesIn(outline: FunctionOutline, query: string): readonly Captured[] {
    const key = `${outline.nameStart} ${query}`;
    let known = this.captured.get(key);
    if (!known) {
      const found = this.reader.capturesIn(this.file, outline, query);
      known = 'fault' in found ? [] : found;
      this.captured.set(key, known);
    }
    return known;
  }

  /** What is noted in the functions that a range meets. */
  private around(start: number, end: number): FunctionNotes {
    const met = this.functions.filter((each) => each.start <= end && start <= each.end);
    const notes = met.map((outline) => this.notesIn(outline));
    return { anchors: notes.flatMap(({ anchors }) => anchors), jumps: notes.flatMap(({ jumps }) => jumps) };
  }

  /** Notes whose statements begin or lie between two offsets. */
  anchorsBetween(start: number, end: number): readonly ResolvedAnchor[] {
    return this.around(start, end).anchors.filter(({ statement }) => statement.start < end && statement.end > start);
  }

  /**
   * Notes of the statement whose debug information says `[start, end)`: its own, and those of labels that lead to it. A
   * jump carries out what the statement before it decided, and without a note of its own has that one's.
   */
  notesFor(start: number, end: number): readonly Entry[] {
    const { anchors, jumps } = this.around(start, end);
    const found = anchors.filter(({ statement }) => meets(statement, start, end) || meets(statement.runs, start, end));
    const after = found.length > 0 ? [] : jumps.filter(({ statement }) => meets(statement, start, end));
    return distinct([...found, ...after.flatMap((jump) => jump.anchors)].map((anchor) => anchor.entry));
  }

  /** Notes whose statement's head covers an offset. */
  notesAt(offset: number): readonly ResolvedAnchor[] {
    const covers = ({ statement }: Pick<ResolvedAnchor, 'statement'>): boolean =>
      statement.start <= offset && offset < statement.end;
    const { anchors, jumps } = this.around(offset, offset);
    const found = anchors.filter(covers);
    return found.length > 0 ? found : jumps.filter(covers).flatMap((jump) => jump.anchors);
  }

  /** The function around an offset. */
  functionAt(offset: number): FunctionOutline | undefined {
    return this.functions.find((each) => each.start <= offset && offset < each.end);
  }

  functionNamed(name: string): FunctionOutline | undefined {
    return this.functions.find((each) => each.name === name);
  }
}

/** Statements with notes in one function, in order of place, and jumps without a note of their own, with those of what they carry out. */
interface FunctionNotes {
  readonly anchors: readonly ResolvedAnchor[];
  readonly jumps: readonly Jump[];
}

interface Jump {
  readonly statement: OutlineStatement;
  readonly anchors: readonly ResolvedAnchor[];
}

/** `goto`, `break`, `continue`, and `return` behind an `if`, right after a statement with notes. */
function jumpsAfterNotes(outline: FunctionOutline, anchors: readonly ResolvedAnchor[]): Jump[] {
  return outline.statements.flatMap((statement, index) => {
    const before = outline.statements[index - 1];
    const isJump =
      statement.kind === 'goto' ||
      /^(?:break|continue)$/.test(statement.normal) ||
      (statement.kind === 'return' && before?.kind === 'if');
    const own = isJump && before ? anchors.filter((each) => each.statement === before) : [];
    return own.length > 0 ? [{ statement, anchors: own }] : [];
  });
}

/** The greater confidence wins; between equals the function that the entry names first. */
function isBetter(a: ResolvedAnchor, b: ResolvedAnchor): boolean {
  const rank = ({ entry, function: { name } }: ResolvedAnchor): number => entry.anchor?.functions.indexOf(name) ?? 0;
  return a.confidence !== b.confidence ? a.confidence > b.confidence : rank(a) < rank(b);
}

/**
 * Debug information may name the condition of an `if` alone, or the declarator of a declaration: either contains the
 * other.
 */
function meets(range: { readonly start: number; readonly end: number }, start: number, end: number): boolean {
  return (range.start <= start && end <= range.end + 1) || (start <= range.start && range.end <= end);
}

function distinct(entries: readonly Entry[]): Entry[] {
  return [...new Set(entries)];
}
