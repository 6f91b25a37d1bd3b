/**
 * Statements of a function as it is written, and tree-sitter queries on it: what annotations are anchored to. The body's
 * text is given to tree-sitter as it is; when directives or macros in the middle of statements break the tree, it is
 * tried again with directives blanked, with one branch of each `#if` only, and with such macros edited. Every edit keeps
 * all offsets.
 */
import type { SourceFile, Span } from '../source/source-file';
import type { TokenCache } from '../preprocess/token-cache';
import type { FlatTree } from './flat-tree';
import { hiddenRanges, type RawFunction } from './raw-file';
import { macroStatementEdits, type SameLengthEdit } from './raw-macros';
import type { CParser } from './tree-sitter';

export interface RawStatement {
  /** tree-sitter's name of the node: `if_statement`, `expression_statement`, `declaration`, … */
  readonly kind: string;
  readonly span: Span;
  /** For statements that hold others the part before those (`if (!sk)`, `case 1:`), else the whole. */
  readonly head: Span;
  /** How many statements it stands in. */
  readonly depth: number;
}

export interface RawMatch {
  /** Capture name → where. A name captured several times gives its first place. */
  readonly captures: ReadonlyMap<string, Span>;
}

const statementKinds = new Set([
  'expression_statement',
  'declaration',
  'if_statement',
  'switch_statement',
  'while_statement',
  'do_statement',
  'for_statement',
  'return_statement',
  'goto_statement',
  'break_statement',
  'continue_statement',
  'case_statement',
  'labeled_statement',
]);

/** Fields that hold a statement's body. */
const bodyFields = new Set(['body', 'consequence', 'alternative']);

/** Raw functions already parsed, by file identity; a host keeps one as long as its {@link TokenCache}. */
export class RawParser {
  private readonly texts = new WeakMap<SourceFile, Map<number, { text: string; tree: FlatTree | undefined }>>();

  constructor(
    private readonly parser: CParser,
    private readonly cache: TokenCache,
  ) {}

  /** All statements of the function in source order, outer before inner. Blocks themselves are left out. */
  statementsOf(target: RawFunction): RawStatement[] {
    const { tree, text } = this.parsed(target);
    const statements: RawStatement[] = [];
    if (tree && tree.length > 0) {
      this.collect(tree, text, 0, 0, target, statements);
    }
    return statements;
  }

  /** Matches of a tree-sitter query in the body of the function, in source order; an invalid query gives its error. */
  queryIn(target: RawFunction, query: string): { matches: RawMatch[] } | { error: string } {
    const result = this.parser.query(this.parsed(target).text, query);
    if ('error' in result) {
      return result;
    }
    const matches = result.captures.map((captures): RawMatch => {
      const places = new Map<string, Span>();
      for (const capture of captures) {
        if (!places.has(capture.name)) {
          places.set(capture.name, {
            file: target.span.file,
            start: target.body.start + capture.start,
            end: target.body.start + capture.end,
          });
        }
      }
      return { captures: places };
    });
    return { matches };
  }

  /** The tokens in a span with one space between them, comments left out: what an anchor's hash is made of. */
  normalizedText(span: Span): string {
    const { atoms, starts, ends, length } = this.cache.lexed(span.file);
    const words: string[] = [];
    for (let i = 0; i < length && (starts[i] as number) < span.end; i++) {
      if ((starts[i] as number) >= span.start && (ends[i] as number) <= span.end) {
        words.push(this.cache.atomTable.text(atoms[i] as number));
      }
    }
    return words.join(' ');
  }

  private parsed(target: RawFunction): { text: string; tree: FlatTree | undefined } {
    let ofFile = this.texts.get(target.span.file);
    if (!ofFile) {
      ofFile = new Map();
      this.texts.set(target.span.file, ofFile);
    }
    let entry = ofFile.get(target.span.start);
    if (!entry) {
      entry = this.bestText(target);
      ofFile.set(target.span.start, entry);
    }
    return entry;
  }

  /** The first of the texts without an error, else the one with the fewest. */
  private bestText(target: RawFunction): { text: string; tree: FlatTree | undefined } {
    const lexed = this.cache.lexed(target.span.file);
    const { start, end } = target.body;
    const whole = lexed.text.slice(start, end);
    const blanks = (ranges: readonly (readonly [number, number])[]): SameLengthEdit[] =>
      ranges.map(([from, to]) => ({ from, to, text: lexed.text.slice(from, to).replace(/[^\n\r]/g, ' ') }));
    const directives = lexed.directives.map((directive): [number, number] => [
      lexed.starts[directive.hash] as number,
      lexed.ends[Math.max(directive.hash, directive.to - 1)] as number,
    ]);
    const attempts: (() => SameLengthEdit[])[] = [
      () => [],
      () => blanks(directives),
      () => blanks(hiddenRanges(lexed)),
      () => [...blanks(directives), ...macroStatementEdits(lexed, start, end)],
      () => [...blanks(hiddenRanges(lexed)), ...macroStatementEdits(lexed, start, end)],
    ];
    let best: { text: string; tree: FlatTree | undefined; errors: number } | undefined;
    for (const attempt of attempts) {
      const text = edited(whole, start, attempt());
      const tree = this.parser.parse(text);
      const errors = tree ? countErrors(tree) : Number.MAX_SAFE_INTEGER;
      if (!best || errors < best.errors) {
        best = { text, tree, errors };
      }
      if (errors === 0) {
        break;
      }
    }
    return { text: best?.text ?? whole, tree: best?.tree };
  }

  private collect(
    tree: FlatTree,
    text: string,
    node: number,
    depth: number,
    target: RawFunction,
    out: RawStatement[],
  ): void {
    const isStatement = statementKinds.has(tree.type(node));
    if (isStatement) {
      const at = (start: number, end: number): Span => ({
        file: target.span.file,
        start: target.body.start + start,
        end: target.body.start + end,
      });
      out.push({
        kind: tree.type(node),
        span: at(tree.start(node), tree.end(node)),
        head: at(tree.start(node), headEnd(tree, node, text)),
        depth,
      });
    }
    if (depth > 300) {
      return;
    }
    for (let child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
      this.collect(tree, text, child, isStatement ? depth + 1 : depth, target, out);
    }
  }
}

/** Where the part before a statement's body ends: `if (!sk)`, `case 1:`, `out:`, `do`. */
function headEnd(tree: FlatTree, node: number, text: string): number {
  const kind = tree.type(node);
  const labels = kind === 'case_statement' ? 'value' : kind === 'labeled_statement' ? 'label' : undefined;
  for (let child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
    const field = tree.fieldName(child);
    if (labels !== undefined ? field !== labels : bodyFields.has(field)) {
      let end = tree.start(child);
      while (end > tree.start(node) + 1 && /\s/.test(text[end - 1] ?? '')) {
        end--;
      }
      return end;
    }
  }
  return tree.end(node);
}

function countErrors(tree: FlatTree): number {
  let errors = 0;
  for (let node = 0; tree.hasError && node < tree.length; node++) {
    errors += tree.type(node) === 'ERROR' || tree.isMissing(node) ? 1 : 0;
  }
  return errors;
}

/** `text`, which starts at `offset` of its file, with the edits made; of overlapping edits the first counts. */
function edited(text: string, offset: number, edits: readonly SameLengthEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    const from = edit.from - offset;
    const to = edit.to - offset;
    if (to <= at || from >= text.length) {
      continue;
    }
    const start = Math.max(at, from);
    const end = Math.min(text.length, to);
    result += text.slice(at, start) + edit.text.slice(start - from, end - from);
    at = end;
  }
  return result + text.slice(at);
}
