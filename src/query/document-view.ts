/**
 * A document as queries see it. In: a document that was read. Out: its C at the document's own offsets, and its comments
 * as notes on the statements that they are about, each followed by what our notes correct in it.
 */
import { AnnotatedFile } from '../catalog/annotated-file';
import type { Catalog } from '../catalog/catalog';
import { correctionsOf } from '../catalog/corrections';
import type { AnnotatedDocument, DocumentNote } from '../document/document-model';
import { cOf } from '../document/in-place-of';
import type { Reader } from '../reading/reader';
import { startOf, type SourceFile } from '../source/source-file';
import { noteOf } from './notes';
import type { Note } from './query-types';

interface Range {
  readonly start: number;
  readonly end: number;
}

interface PlacedNote {
  /** Where the comment stands. */
  readonly span: Range;
  /** Heads of the statements that show it. */
  readonly heads: readonly Range[];
  readonly notes: readonly Note[];
}

export class DocumentView {
  /** The C of all listings, blanks elsewhere. */
  readonly c: SourceFile;
  private readonly placed: readonly PlacedNote[];

  constructor(
    readonly document: AnnotatedDocument,
    catalog: Catalog,
    reader: Reader,
    /** What the document is called where a note names its source. */
    name = document.file.path,
  ) {
    this.c = cOf(document, document.functions);
    const annotated = new AnnotatedFile(this.c, catalog, reader);
    this.placed = document.notes.map((note) => ({
      span: note.span,
      heads: headsOf(note, document, annotated),
      notes: [documentNote(note, name), ...corrections(note, document, catalog)],
    }));
  }

  /** Comments about the statement that debug information places at `[start, end)`. */
  notesFor(start: number, end: number): readonly Note[] {
    return this.placed
      .filter(({ heads }) => heads.some((head) => meets(head, start, end)))
      .flatMap(({ notes }) => notes);
  }

  /** Comments whose statement, or which themselves, cover an offset. */
  notesAt(offset: number): readonly Note[] {
    const covers = ({ start, end }: Range): boolean => start <= offset && offset < end;
    return this.placed.filter(({ span, heads }) => covers(span) || heads.some(covers)).flatMap(({ notes }) => notes);
  }

  /** Comments whose statement, or which themselves, lie between two offsets in part. */
  notesIn(start: number, end: number): readonly Note[] {
    const within = (range: Range): boolean => range.start < end && range.end > start;
    return this.placed.filter(({ span, heads }) => within(span) || heads.some(within)).flatMap(({ notes }) => notes);
  }
}

/** The statement that a comment is about, and what runs when a label leads to it; of a function its first statement. */
function headsOf(note: DocumentNote, { functions }: AnnotatedDocument, annotated: AnnotatedFile): Range[] {
  const fn = note.function === undefined ? undefined : functions[note.function];
  const outline =
    fn && annotated.functions.find((each) => fn.span.start <= each.nameStart && each.nameEnd <= fn.span.end);
  if (!outline) {
    return [];
  }
  if (!note.statement) {
    return note.placement === 'function' ? outline.statements.slice(0, 1).map(({ runs }) => runs) : [];
  }
  const { start, end } = note.statement;
  const found = outline.statements.filter((each) => meets(each, start, end));
  const labels = found.filter(({ kind }) => kind === 'case' || kind === 'label');
  return [{ start, end }, ...found, ...labels.map(({ runs }) => runs)];
}

/** Either contains the other. */
function meets(range: Range, start: number, end: number): boolean {
  return (range.start <= start && end <= range.end + 1) || (start <= range.start && range.end <= end);
}

function documentNote({ span, text }: DocumentNote, name: string): Note {
  const { line } = startOf(span);
  return {
    id: `document:${line}:${startOf(span).column}`,
    kind: 'document',
    title: { en: `The document, line ${line}`, zh: `文档第 ${line} 行` },
    text: { en: text, zh: text },
    source: [`${name}:${line}`],
    see: [],
    confidence: 1,
  };
}

function corrections(note: DocumentNote, { file, functions }: AnnotatedDocument, catalog: Catalog): Note[] {
  const fn = note.function === undefined ? undefined : functions[note.function];
  if (!fn) {
    return [];
  }
  const statement =
    note.statement && fn.code.slice(note.statement.start - fn.span.start, note.statement.end - fn.span.start);
  return correctionsOf(catalog, { function: fn.name, statement, text: note.text }).map((entry) => {
    const made = noteOf(entry);
    const { line } = file.positionAt(note.span.start);
    return {
      ...made,
      kind: 'correction',
      title: entry.title ?? {
        en: `Correction of the document, line ${line + 1}`,
        zh: `更正文档第 ${line + 1} 行`,
      },
    };
  });
}
