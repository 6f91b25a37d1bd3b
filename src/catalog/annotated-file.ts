/**
 * The notes of one file: every statement entry of the catalogue resolved in it. In: a file, the catalogue, and the
 * kernel's text, by which some notes hold or not. Out: for a
 * text range (as debug information gives it) the notes that belong there; for the editor, all places with their notes.
 *
 * Each place of an entry is shown in one function only: the one among `in` where it is found with the greatest
 * confidence.
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
  /** In order of place. */
  readonly anchors: readonly ResolvedAnchor[];

  constructor(
    readonly file: SourceFile,
    catalog: Catalog,
    reader: Reader,
    kernel: KernelText = noKernel,
  ) {
    this.functions = reader.read(file).functions;
    const best = new Map<string, ResolvedAnchor>();
    const captured = new Map<string, readonly Captured[]>();
    const held = new Map<Entry, Entry | undefined>();
    // Between equals the function that a reader of one branch sees comes first.
    for (const outline of [...this.functions].sort((a, b) => Number(a.passedOver) - Number(b.passedOver))) {
      const runQuery = (query: string): readonly Captured[] => {
        const key = `${outline.nameStart} ${query}`;
        const known = captured.get(key) ?? capturesIn(reader, file, outline, query);
        captured.set(key, known);
        return known;
      };
      for (const each of catalog.statementsIn(outline.name)) {
        const entry = held.has(each) ? held.get(each) : asHeldBy(each, kernel, file);
        held.set(each, entry);
        if (!entry) {
          continue;
        }
        for (const found of resolveIn(entry, outline, runQuery)) {
          const key = `${entry.id}#${found.place}`;
          const earlier = best.get(key);
          if (!earlier || isBetter(found, earlier)) {
            best.set(key, found);
          }
        }
      }
    }
    this.anchors = [...best.values()].sort((a, b) => a.statement.start - b.statement.start);
    this.jumps = this.functions.flatMap((outline) => jumpsAfterNotes(outline, this.anchors));
  }

  /** Jumps without a note of their own, with the notes of what they carry out. */
  private readonly jumps: readonly Jump[];

  /**
   * Notes of the statement whose debug information says `[start, end)`: its own, and those of labels that lead to it. A
   * jump carries out what the statement before it decided, and without a note of its own has that one's.
   */
  notesFor(start: number, end: number): readonly Entry[] {
    const found = this.anchors.filter(
      ({ statement }) => meets(statement, start, end) || meets(statement.runs, start, end),
    );
    const jumps = found.length > 0 ? [] : this.jumps.filter(({ statement }) => meets(statement, start, end));
    return distinct([...found, ...jumps.flatMap(({ anchors }) => anchors)].map((anchor) => anchor.entry));
  }

  /** Notes whose statement's head covers an offset. */
  notesAt(offset: number): readonly ResolvedAnchor[] {
    const covers = ({ statement }: Pick<ResolvedAnchor, 'statement'>): boolean =>
      statement.start <= offset && offset < statement.end;
    const found = this.anchors.filter(covers);
    return found.length > 0 ? found : this.jumps.filter(covers).flatMap(({ anchors }) => anchors);
  }

  /** The function around an offset. */
  functionAt(offset: number): FunctionOutline | undefined {
    return this.functions.find((each) => each.start <= offset && offset < each.end);
  }

  functionNamed(name: string): FunctionOutline | undefined {
    return this.functions.find((each) => each.name === name);
  }
}

/** What a query captures in a function; nothing when it cannot be run, which {@link checkQueries} tells. */
function capturesIn(reader: Reader, file: SourceFile, outline: FunctionOutline, query: string): readonly Captured[] {
  const found = reader.capturesIn(file, outline, query);
  return 'fault' in found ? [] : found;
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
