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
import type { FunctionOutline } from '../reading/outline';
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
  }

  /**
   * Notes of the statement whose debug information says `[start, end)`: its own, and those of labels that lead to it.
   */
  notesFor(start: number, end: number): readonly Entry[] {
    const found = this.anchors.filter(
      ({ statement }) => meets(statement, start, end) || meets(statement.runs, start, end),
    );
    return distinct(found.map((anchor) => anchor.entry));
  }

  /** Notes whose statement's head covers an offset. */
  notesAt(offset: number): readonly ResolvedAnchor[] {
    return this.anchors.filter(({ statement }) => statement.start <= offset && offset < statement.end);
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
