/**
 * What all converters share: the tree, the way from a node back to its tokens, spans, and giving a fragment to the
 * parser.
 */
import { sentence, type Words } from '../sentences/sentence';
import { assert } from '../base/assert';
import type { Diagnostic } from '../source/diagnostic';
import type { Span } from '../source/source-file';
import { known } from '../preprocess/atoms';
import type { TokenStream } from '../preprocess/token';
import type { Expr, TypeSyntax } from './ast';
import type { FlatTree } from './flat-tree';
import type { Fragment, PieceNote, Rendering } from './rendering';
import type { CParser } from './tree-sitter';

export interface ConvertInput {
  readonly tokens: TokenStream;
  readonly parser: CParser;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Name of the function being converted, for `__FUNCTION__` beside a string literal. */
  functionName: string;
}

/** What a stretch of text was to be, as a sentence has it. */
const FRAGMENTS = {
  expression: sentence('kind-expression'),
  type: sentence('word-type'),
} as const;

/** Deepest nesting of nodes that is converted. */
const maximumDepth = 1200;

export abstract class ConverterBase {
  private nesting = 0;

  constructor(
    protected readonly input: ConvertInput,
    protected tree: FlatTree,
    protected rendering: Rendering,
  ) {}

  protected get tokens(): TokenStream {
    return this.input.tokens;
  }

  protected firstPiece(node: number): number {
    return this.rendering.pieceAt(this.tree.start(node));
  }

  protected lastPiece(node: number): number {
    return this.rendering.pieceAt(Math.max(this.tree.start(node), this.tree.end(node) - 1));
  }

  protected note(node: number): PieceNote | undefined {
    return this.rendering.notes.get(this.firstPiece(node));
  }

  /** The token a one-token node stands for. */
  protected token(node: number): number {
    return this.rendering.first[this.firstPiece(node)] as number;
  }

  protected text(node: number): string {
    return this.tokens.text(this.token(node));
  }

  /** Where a person sees the node. */
  protected spanOf(node: number): Span {
    return this.spanOfTokens(
      this.rendering.first[this.firstPiece(node)] as number,
      this.rendering.last[this.lastPiece(node)] as number,
    );
  }

  protected spanOfTokens(first: number, last: number): Span {
    return spanOfTokens(this.tokens, first, last);
  }

  /** Name of the outermost macro the token came through. */
  protected macroOf(token: number): string | undefined {
    const atom = this.tokens.macros[token] ?? 0;
    return atom === 0 ? undefined : this.tokens.atomTable.text(atom);
  }

  /** The parts every syntax node has. */
  protected place(node: number): { span: Span; macro?: string } {
    const { rendering } = this;
    const first = rendering.first[rendering.pieceAt(this.tree.start(node))] as number;
    const span = spanOfTokens(this.input.tokens, first, rendering.last[this.lastPiece(node)] as number);
    const macro = this.macroOf(first);
    return macro === undefined ? { span } : { span, macro };
  }

  protected deeper<T>(action: () => T, otherwise: () => T): T {
    if (this.nesting >= maximumDepth) {
      return otherwise();
    }
    this.nesting++;
    try {
      return action();
    } finally {
      this.nesting--;
    }
  }

  protected syntaxError(span: Span, message: Words): void {
    this.input.report({
      code: 'SS2001',
      severity: 'error',
      span,
      message,
      remedy: sentence('correct-the-source-here-what-could-not-be-read-was'),
    });
  }

  /** The expression or type a fragment holds. */
  protected abstract expressionFragment(fragment: Fragment): Expr;
  protected abstract typeFragment(fragment: Fragment): TypeSyntax;

  /** Parses a fragment, and runs `action` on the node that matters, with the fragment's tree as the current one. */
  protected withFragment<T>(fragment: Fragment, action: (node: number) => T, failed: (message: Words) => T): T {
    const tree = this.input.parser.parse(fragment.rendering.text());
    if (!tree || tree.hasError) {
      this.syntaxError(
        this.spanOfTokens(fragment.from, fragment.to - 1),
        sentence('this-fragment-cannot-be-read', { fragment: FRAGMENTS[fragment.kind] }),
      );
      return failed(sentence('syntax-error'));
    }
    const saved = { tree: this.tree, rendering: this.rendering };
    this.tree = tree;
    this.rendering = fragment.rendering;
    // translation_unit → declaration → init_declarator → value
    const declaration = tree.firstChild(0);
    const value = declaration < 0 ? -1 : tree.field(tree.field(declaration, 'declarator'), 'value');
    assert(value >= 0, 'fragment without a value');
    const result = action(fragment.kind === 'type' ? tree.field(value, 'type') : value);
    this.tree = saved.tree;
    this.rendering = saved.rendering;
    return result;
  }
}

/**
 * The smallest span that holds what a person sees of both tokens; that of the first when they lie in different files.
 */
export function spanOfTokens(tokens: TokenStream, first: number, last: number): Span {
  const { starts, ends, fileOf } = tokens;
  const file = tokens.file(first);
  const start = starts[first] as number;
  const end = ends[first] as number;
  if (first === last || fileOf[first] !== fileOf[last]) {
    return { file, start, end };
  }
  return { file, start: Math.min(start, starts[last] as number), end: Math.max(end, ends[last] as number) };
}

/** Whether the token is one of the names of the current function. */
export function isFunctionName(atom: number): boolean {
  return atom === known.__FUNCTION__ || atom === known.__func__ || atom === known.__PRETTY_FUNCTION__;
}
