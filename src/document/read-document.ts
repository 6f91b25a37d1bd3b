/**
 * Reads an annotated document: a text in which C listings stand.
 *
 * In: the text as a file. Out: an {@link AnnotatedDocument}; reading never fails, and costs time in proportion to the
 * text. In order:
 *
 *   layout     blocks (fences, `<pre>`, the rest); tags, quote marks, line numbers, prompts become blanks
 *   tokens     of each block, signs of word processors mended on the way
 *   functions  definitions with their bodies, over several listings where they go on
 *   notes      comments and what they are about
 *   version    what the identifiers tell
 */
import { itemAt, lastOf, valueAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import { outlineOf } from '../reading/token-outline';
import { SourceFile, type Span } from '../source/source-file';
import type { Piece, ReadBlock } from './blocks';
import { commentsBefore, commentsOf, noCodeIn, type NoCode } from './body-gaps';
import { diagnosticsOf } from './document-diagnostics';
import type {
  AnnotatedDocument,
  DocumentChoices,
  DocumentFunction,
  DocumentVersion,
  Mend,
  VersionMark,
} from './document-model';
import { formOf, readBlocks } from './document-layout';
import { findDeclarations } from './find-declarations';
import { findFunctions, type FoundFunction } from './find-functions';
import { reasonOf } from './function-reasons';
import { eraMarks } from './kernel-versions';
import { partsOf } from './document-parts';
import type { Head, PlacedComment, Surroundings } from './note-places';
import { readNotes, type KernelComments } from './read-notes';
import { SeenText } from './seen-text';
import { signOf } from './signs';

export interface DocumentReading {
  /** What the reader decided before. */
  readonly choices?: DocumentChoices;
  /** Tells comments of the kernel from those of the document's author. */
  readonly inKernel?: KernelComments;
}

/** A longer text is read up to here. */
const longestDocument = 12_000_000;

/** Reads a document. */
export function readDocument(file: SourceFile, { choices = {}, inKernel }: DocumentReading = {}): AnnotatedDocument {
  // What has NUL characters is no text; its beginning tells.
  const readable = file.text.slice(0, 100_000).includes('\0') ? new SourceFile(file.path, '') : file;
  const document = new DocumentReader(readable, choices, inKernel).read();
  return readable === file
    ? document
    : {
        ...document,
        diagnostics: [
          {
            code: 'SS1010',
            severity: 'error',
            path: file.path,
            message: sentence('the-file-is-not-text-and-was-not-read'),
            remedy: sentence('name-a-text-markdown-or-html-file'),
          },
        ],
      };
}

class DocumentReader {
  private readonly seen: SeenText;
  private readonly form: AnnotatedDocument['form'];

  constructor(
    private readonly file: SourceFile,
    private readonly choices: DocumentChoices,
    private readonly inKernel: KernelComments | undefined,
  ) {
    this.seen = new SeenText(file.text.slice(0, longestDocument));
    this.form = formOf(file);
  }

  read(): AnnotatedDocument {
    const { blocks, prose, readTo } = readBlocks(this.seen, this.form);
    const found = findFunctions(blocks);
    const kept = found.filter(({ foreign }) => !foreign);
    const marks = kept.flatMap((each, index) => this.marksOf(blocks, each, index));
    const version = versionOf(marks);
    const functions = this.withRuns(kept.map((each, index) => this.functionOf(blocks, each, index, version)));
    const declarations = findDeclarations(this.file, this.seen, blocks, found);
    const notes = readNotes(
      this.file,
      kept.flatMap((each, index) => this.commentsOf(blocks, each, itemAt(functions, index), index)),
      this.choices,
      this.inKernel,
    );
    const mends = this.mendsOf(blocks, kept);
    const ranges = [...found.map((each) => rangeOf(blocks, each)), ...declarations.map(({ span }) => span)];
    const document = {
      file: this.file,
      form: this.form,
      parts: partsOf(this.file, this.form, blocks, prose, ranges, notes),
      functions,
      declarations,
      notes,
      mends,
      version,
    };
    const foreign = found.filter((each) => each.foreign).length;
    return { ...document, diagnostics: diagnosticsOf(document, blocks, foreign, readTo) };
  }

  private span(start: number, end: number): Span {
    return { file: this.file, start, end };
  }

  private marksOf(blocks: readonly ReadBlock[], { pieces }: FoundFunction, index: number): VersionMark[] {
    return pieces.flatMap(({ block, from, to }) => {
      const { tokens } = itemAt(blocks, block);
      return eraMarks(tokens, from, to - 1).map(({ era, identifier, token }): VersionMark => ({
        era,
        identifier,
        span: this.span(tokens.startOf(token), tokens.endOf(token)),
        function: index,
      }));
    });
  }

  private functionOf(
    blocks: readonly ReadBlock[],
    found: FoundFunction,
    index: number,
    version: DocumentVersion,
  ): DocumentFunction {
    const { header, pieces, gap } = found;
    const { tokens } = itemAt(blocks, itemAt(pieces, 0).block);
    const { start, end } = rangeOf(blocks, found);
    const reason = reasonOf(this.file, gap, version, index);
    return {
      name: header.called,
      span: this.span(start, end),
      nameSpan: this.span(tokens.startOf(header.name), tokens.endOf(header.name)),
      bodySpan: this.span(tokens.startOf(header.brace), end),
      pieces: pieces.map((piece) => this.pieceSpan(blocks, piece)),
      state: reason === undefined ? 'whole' : reason.kind === 'other-version' ? 'refused' : 'partial',
      ...(reason ? { reason } : {}),
      isStatic: header.isStatic,
      runs: false,
      code: this.codeOf(blocks, found),
    };
  }

  private pieceSpan(blocks: readonly ReadBlock[], { block, from, to }: Piece): Span {
    const { tokens } = itemAt(blocks, block);
    return this.span(tokens.startOf(from), tokens.endOf(to - 1));
  }

  /** The seen text of the pieces, blank between them and where there is no code. */
  private codeOf(blocks: readonly ReadBlock[], found: FoundFunction): string {
    const { start, end } = rangeOf(blocks, found);
    let code = '';
    let at = start;
    const blank = (to: number): void => {
      code += this.seen.slice(at, to).replace(/[^\n\r]/g, ' ');
      at = to;
    };
    for (const piece of found.pieces) {
      const span = this.pieceSpan(blocks, piece);
      blank(span.start);
      for (const { start: from, end: to } of noCodeIn(itemAt(blocks, piece.block).tokens, piece, found.header)) {
        code += this.seen.slice(at, from);
        at = from;
        blank(to);
      }
      code += this.seen.slice(at, span.end);
      at = span.end;
    }
    blank(end);
    return code;
  }

  private withRuns(functions: readonly DocumentFunction[]): DocumentFunction[] {
    const byName = new Map<string, { readonly indexes: number[]; lastWhole: number }>();
    functions.forEach(({ name, state }, index) => {
      const same = byName.get(name) ?? { indexes: [], lastWhole: -1 };
      byName.set(name, same);
      same.indexes.push(index);
      same.lastWhole = state === 'whole' ? index : same.lastWhole;
    });
    return functions.map((each, index) => {
      const { indexes, lastWhole } = valueAt(byName, each.name);
      const chosen = indexes[(this.choices.runs?.[each.name] ?? 0) - 1];
      const running = chosen !== undefined && itemAt(functions, chosen).state === 'whole' ? chosen : lastWhole;
      return { ...each, runs: running === index, ...(indexes[0] === index ? {} : { duplicateOf: itemAt(indexes, 0) }) };
    });
  }

  /** Comments in and around a function with what they stand among. */
  private commentsOf(
    blocks: readonly ReadBlock[],
    found: FoundFunction,
    { name, span, bodySpan, code }: DocumentFunction,
    index: number,
  ): PlacedComment[] {
    const heads = headsOf(code, span.start);
    const indented = /\n[ \t]+\S/.test(code);
    return found.pieces.flatMap((piece, nth) => {
      const { tokens } = itemAt(blocks, piece.block);
      const around: Surroundings = { tokens, heads, start: span.start, end: span.end, body: bodySpan.start };
      const leading = nth === 0 ? this.leading(blocks, found) : [];
      const trailing = nth === found.pieces.length - 1 ? this.trailing(blocks, piece) : [];
      return [...leading, ...commentsOf(tokens, piece), ...trailing].map((comment): PlacedComment => {
        const at = this.file.positionAt(comment.start);
        return {
          ...comment,
          raw: this.seen.slice(comment.start, comment.end),
          function: index,
          name,
          line: at.line,
          lastLine: this.file.positionAt(comment.end).line,
          column: columnOf(this.file.lineText(at.line), at.column),
          indented,
          around,
        };
      });
    });
  }

  /** Comments right before the head, with at most an empty line between. */
  private leading(
    blocks: readonly ReadBlock[],
    { header, pieces }: FoundFunction,
  ): PlacedComment['around']['tokens']['comments'] {
    const { tokens } = itemAt(blocks, itemAt(pieces, 0).block);
    const before = commentsBefore(tokens, header.first).filter(({ codeBefore }) => !(codeBefore && header.first > 0));
    let next = tokens.startOf(header.first);
    const near = [];
    for (const comment of before.reverse()) {
      if (this.seen.slice(comment.end, next).split('\n').length > 3) {
        break;
      }
      near.unshift(comment);
      next = comment.start;
    }
    return near;
  }

  /** A comment behind the closing brace on its line. */
  private trailing(blocks: readonly ReadBlock[], { block, to }: Piece): PlacedComment['around']['tokens']['comments'] {
    return commentsBefore(itemAt(blocks, block).tokens, to).filter(({ codeBefore }) => codeBefore);
  }

  private mendsOf(blocks: readonly ReadBlock[], found: readonly FoundFunction[]): Mend[] {
    const replaced = this.seen.replacements();
    const mends = found.flatMap((each, index) =>
      each.pieces.flatMap((piece, nth): Mend[] => {
        const span = this.pieceSpan(blocks, piece);
        const { tokens } = itemAt(blocks, piece.block);
        const remarks = noCodeIn(tokens, piece, each.header).filter(({ kind }) => kind === 'remark');
        const before = each.pieces[nth - 1];
        const gap: NoCode[] = before
          ? [{ kind: 'remark', start: this.pieceSpan(blocks, before).end, end: span.start }]
          : [];
        return [
          ...within(replaced, this.withPrefix(span), ({ start }) => start)
            .filter(({ kind, start }) => kind !== 'tag' || start >= span.start)
            .map(({ kind, start, end }) => this.mend(kind, start, end, index)),
          ...[...gap, ...remarks].map(({ start, end }) => ({
            ...this.mend('prose-between', start, end, index),
            replacement: this.file.text.slice(start, end).replace(/[^\n\r]/g, ' '),
          })),
          ...within(tokens.untouchedSigns, span, (at) => at).map((at) => ({
            ...this.mend(signOf(this.file.text.charCodeAt(at))?.kind ?? 'full-width', at, at + 1, index),
            inCode: false,
          })),
        ];
      }),
    );
    return mends.sort((a, b) => a.span.start - b.span.start);
  }

  /** What stands before the first line of a piece belongs to it. */
  private withPrefix(span: Span): Span {
    let start = span.start;
    while (start > 0 && itemAt(this.seen.codes, start - 1) <= 32 && this.seen.codes[start - 1] !== 10) {
      start--;
    }
    return { ...span, start };
  }

  private mend(kind: Mend['kind'], start: number, end: number, index: number): Mend {
    return {
      kind,
      span: this.span(start, end),
      replacement: this.seen.slice(start, end),
      inCode: true,
      function: index,
    };
  }
}

/** On which column a person sees a character, tabs at every eighth. */
function columnOf(line: string, index: number): number {
  let column = 0;
  for (let i = 0; i < Math.min(index, 1000); i++) {
    column = line[i] === '\t' ? column - (column % 8) + 8 : column + 1;
  }
  return column;
}

/** Those of an ordered list that lie in a span. */
function within<T>(list: readonly T[], span: Span, offset: (each: T) => number): T[] {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset(itemAt(list, middle)) < span.start) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found: T[] = [];
  for (let at = low; at < list.length && offset(itemAt(list, at)) < span.end; at++) {
    found.push(itemAt(list, at));
  }
  return found;
}

function rangeOf(blocks: readonly ReadBlock[], { pieces }: FoundFunction): { start: number; end: number } {
  const first = itemAt(pieces, 0);
  const last = lastOf(pieces);
  return {
    start: itemAt(blocks, first.block).tokens.startOf(first.from),
    end: itemAt(blocks, last.block).tokens.endOf(last.to - 1),
  };
}

/** Heads of the statements of a definition that begins at `offset` of its file. */
function headsOf(code: string, offset: number): Head[] {
  if (depthOf(code) > deepest) {
    return [];
  }
  // A body that was not closed is closed here, behind its text.
  const [outline] = outlineOf(`${code}${'}'.repeat(40)}`);
  return (outline?.statements ?? []).map(({ kind, start, end }) => ({
    kind,
    start: offset + start,
    end: offset + end,
    text: code.slice(start, end),
  }));
}

/** No person nests blocks deeper. */
const deepest = 200;

function depthOf(code: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < code.length; i++) {
    const sign = code.charCodeAt(i);
    depth += sign === 123 ? 1 : sign === 125 ? -1 : 0;
    most = Math.max(most, depth);
  }
  return most;
}

function versionOf(marks: readonly VersionMark[]): DocumentVersion {
  const counts = new Map<VersionMark['era'], number>();
  marks.forEach(({ era }) => counts.set(era, (counts.get(era) ?? 0) + 1));
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return { ...(most ? { says: most[0] } : {}), marks };
}
