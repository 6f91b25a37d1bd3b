/**
 * A single expression or type name from text: watch expressions, conditions of breakpoints, hovers. Goes in: the text
 * and which names stand for types; comes out: the syntax tree, whose spans lie in a file of its own.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { MemoryLoader } from '../source/file-loader';
import { preprocess } from '../preprocess/preprocess';
import { TokenKind, type TokenStream } from '../preprocess/token';
import type { Expr, TypeSyntax } from './ast';
import { ChunkConverter } from './convert-statement';
import { FlatTree } from './flat-tree';
import { ChunkRenderer } from './render-statement';
import { Rendering } from './rendering';
import { FileScope, Scopes } from './scopes';
import type { CParser } from './tree-sitter';

/** Longest text that is read. */
const maximumLength = 10_000;

/** The file name in the spans of such trees. */
const textPath = '<expression>';

/** Macros (name → replacement) that the text may use, such as `AF_INET`. */
export type MacroTexts = Readonly<Record<string, string>>;

/** An expression; undefined when it cannot be read. `typeNames`: typedef names in scope. */
export function parseExpression(
  text: string,
  parser: CParser,
  typeNames: Iterable<string>,
  macros: MacroTexts = {},
): { expr: Expr | undefined; diagnostics: readonly Diagnostic[] } {
  const { result, diagnostics } = parseAlone(text, parser, typeNames, macros);
  if (result?.type) {
    return {
      expr: undefined,
      diagnostics: [
        ...diagnostics,
        problem(new SourceFile(textPath, text), sentence('a-type-stands-where-an-expression-is-expected')),
      ],
    };
  }
  return { expr: result?.expr, diagnostics };
}

/** A type name such as `struct sock *`; undefined when it cannot be read. */
export function parseTypeName(
  text: string,
  parser: CParser,
  typeNames: Iterable<string>,
  macros: MacroTexts = {},
): { type: TypeSyntax | undefined; diagnostics: readonly Diagnostic[] } {
  const { result, diagnostics } = parseAlone(text, parser, typeNames, macros);
  if (result?.expr) {
    return {
      type: undefined,
      diagnostics: [
        ...diagnostics,
        problem(new SourceFile(textPath, text), sentence('an-expression-stands-where-a-type-is-expected')),
      ],
    };
  }
  return { type: result?.type, diagnostics };
}

function parseAlone(
  text: string,
  parser: CParser,
  typeNames: Iterable<string>,
  macros: MacroTexts,
): { result: { expr?: Expr; type?: TypeSyntax } | undefined; diagnostics: readonly Diagnostic[] } {
  const file = new SourceFile(textPath, text.slice(0, maximumLength));
  const diagnostics: Diagnostic[] = [];
  if (text.length > maximumLength) {
    return { result: undefined, diagnostics: [problem(file, sentence('this-is-too-long'))] };
  }
  const preprocessed = preprocess(file, { loader: new MemoryLoader([]), includePaths: [], defines: macros });
  const { tokens } = preprocessed;
  preprocessed.diagnostics.forEach((diagnostic) => diagnostics.push(diagnostic));
  if (tokens.length === 0) {
    return { result: undefined, diagnostics: [...diagnostics, problem(file, sentence('an-expression-is-expected'))] };
  }
  const renderer = new ChunkRenderer({
    tokens,
    from: 0,
    to: tokens.length,
    scopes: new Scopes(scopeOf(tokens, typeNames)),
    pack: [],
    bad: new Map(),
    report: (diagnostic) => diagnostics.push(diagnostic),
  });
  const { fragment, message, token } = renderer.alone();
  if (message !== undefined) {
    return {
      result: undefined,
      diagnostics: [
        ...diagnostics,
        { ...problem(file, message), span: tokens.span(token < tokens.length ? token : tokens.length - 1) },
      ],
    };
  }
  const empty = new FlatTree([], [], false);
  const converter = new ChunkConverter(
    { tokens, parser, functionName: '', report: (diagnostic) => diagnostics.push(diagnostic) },
    empty,
    new Rendering(),
  );
  const result = converter.alone(fragment);
  return {
    result: result.expr?.kind === 'error' || result.type?.kind === 'error-type' ? undefined : result,
    diagnostics,
  };
}

/** Only the names that occur in the text matter. */
function scopeOf(tokens: TokenStream, typeNames: Iterable<string>): FileScope {
  const names = typeNames instanceof Set ? (typeNames as ReadonlySet<string>) : new Set(typeNames);
  const scope = new FileScope();
  for (let i = 0; i < tokens.length; i++) {
    if (tokens.kinds[i] === TokenKind.identifier && names.has(tokens.text(i))) {
      scope.types.add(tokens.atoms[i] as number);
    }
  }
  return scope;
}

function problem(file: SourceFile, message: Words): Diagnostic {
  return {
    code: 'SS2001',
    severity: 'error',
    span: { file, start: 0, end: file.text.length },
    message,
    remedy: sentence('write-an-expression-of-c'),
  };
}
