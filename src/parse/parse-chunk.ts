/**
 * One external declaration: tokens to syntax tree. Rounds: render, parse; if the tree has errors, find the smallest
 * stretches (statements, members, conditions) that cannot be parsed by themselves, and render again with placeholders in
 * their place. What remains broken after that is given up whole. So a mistake costs one statement.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { TokenStream } from '../preprocess/token';
import type { TopLevel } from './ast';
import { spanOfTokens } from './convert-base';
import { ChunkConverter } from './convert-statement';
import type { FlatTree } from './flat-tree';
import { regionKey } from './render-base';
import { ChunkRenderer } from './render-statement';
import type { PackChanges, Region, Rendering } from './rendering';
import { Scopes, type FileScope } from './scopes';
import type { CParser } from './tree-sitter';

const maximumRounds = 6;
/** Most stretches tried one by one in a round. */
const maximumTrials = 4000;
/** Work spent on one declaration, in progress calls of the parser, after which no more stretches are tried. */
const maximumEffort = 25_000;

export interface ParsedChunk {
  readonly items: readonly TopLevel[];
  readonly diagnostics: readonly Diagnostic[];
  /** Atoms of the typedef names it adds to the file scope. */
  readonly types: readonly number[];
}

export function parseChunk(
  tokens: TokenStream,
  from: number,
  to: number,
  file: FileScope,
  pack: PackChanges,
  parser: CParser,
): ParsedChunk {
  const bad = new Map<string, { to: number; message: Words }>();
  const lasting: Diagnostic[] = [];
  const lastEffort = parser.effort + maximumEffort;
  for (let round = 0; ; round++) {
    const diagnostics: Diagnostic[] = [];
    const scopes = new Scopes(file);
    const renderer = new ChunkRenderer({
      tokens,
      from,
      to,
      scopes,
      pack,
      bad,
      report: (diagnostic) => diagnostics.push(diagnostic),
    });
    const rendering = renderer.externalDeclaration();
    const types = scopes.added;
    if (rendering.length === 0) {
      return { items: [], diagnostics: [...lasting, ...diagnostics], types };
    }
    const tree = parser.parse(rendering.text());
    if (tree && !tree.hasError) {
      const converter = new ChunkConverter(
        { tokens, parser, functionName: '', report: (diagnostic) => diagnostics.push(diagnostic) },
        tree,
        rendering,
      );
      const items = converter.topLevel();
      parser.giveBack(tree);
      return { items, diagnostics: inOrder([...lasting, ...diagnostics]), types };
    }
    const found = round < maximumRounds ? findBroken(tokens, rendering, parser, bad, lastEffort) : [];
    if (found.length === 0) {
      const error = givenUp(tokens, from, to, tree, rendering);
      return { items: [], diagnostics: inOrder([...lasting, ...diagnostics, error]), types };
    }
    for (const each of found) {
      bad.set(regionKey(each.region.kind, each.region.from), { to: each.region.to, message: each.text });
      lasting.push(leftOut(tokens, each));
    }
    types.forEach((atom) => file.types.delete(atom));
  }
}

/** The whole declaration makes no sense. */
function givenUp(
  tokens: TokenStream,
  from: number,
  to: number,
  tree: FlatTree | undefined,
  rendering: Rendering,
): Diagnostic {
  const remedy = sentence('correct-the-declaration-it-was-left-out');
  if (!tree) {
    const span = spanOfTokens(tokens, from, Math.max(from, to - 1));
    return { code: 'SS2001', severity: 'error', span, message: sentence('this-took-too-long-to-parse'), remedy };
  }
  const { text, token } = describeError(tree, 0, rendering, tokens);
  return { code: 'SS2001', severity: 'error', span: tokens.span(token), message: text, remedy };
}

/** A stretch makes no sense; the rest of the declaration does. */
function leftOut(tokens: TokenStream, { text, token }: Broken): Diagnostic {
  return {
    code: 'SS2001',
    severity: 'error',
    span: tokens.span(token),
    message: text,
    remedy: sentence('correct-the-source-here-what-could-not-be-read-was'),
  };
}

function inOrder(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.sort((a, b) =>
    a.span && b.span && a.span.file === b.span.file ? a.span.start - b.span.start : 0,
  );
}

interface Broken {
  readonly region: Region;
  readonly text: Words;
  readonly token: number;
}

/** Regions that cannot be parsed by themselves and hold no smaller such region. */
function findBroken(
  tokens: TokenStream,
  rendering: Rendering,
  parser: CParser,
  known: ReadonlyMap<string, unknown>,
  lastEffort: number,
): Broken[] {
  const broken: Broken[] = [];
  // Regions were noted as they ended: inner ones come first.
  for (const region of rendering.regions.slice(0, maximumTrials)) {
    if (parser.effort > lastEffort) {
      break;
    }
    const holdsBroken = broken.some(
      (other) => other.region.firstPiece >= region.firstPiece && other.region.endPiece <= region.endPiece,
    );
    if (
      holdsBroken ||
      region.kind === 'declaration' ||
      region.endPiece <= region.firstPiece ||
      known.has(regionKey(region.kind, region.from))
    ) {
      continue;
    }
    const [before, after] = wrappers[region.kind];
    const tree = parser.parse(before + rendering.text(region.firstPiece, region.endPiece) + after);
    if (!tree || tree.hasError) {
      const shift = rendering.text(0, region.firstPiece).length + (region.firstPiece > 0 ? 1 : 0) - before.length;
      const { text, token } = tree
        ? describeError(tree, shift, rendering, tokens, region)
        : { text: sentence('this-took-too-long-to-parse'), token: region.from };
      broken.push({ region, text, token });
    }
  }
  return broken;
}

const wrappers: Record<Exclude<Region['kind'], 'declaration'>, readonly [string, string]> = {
  statement: ['int v ( ) { for ( ; ; ) { ', ' } }'],
  expression: ['int v = ( ', ' ) ;'],
  member: ['struct v { ', ' } ;'],
};

/** What the first error of a tree means. `shift` is added to the tree's offsets to get those of the rendering. */
function describeError(
  tree: FlatTree,
  shift: number,
  rendering: Rendering,
  tokens: TokenStream,
  region?: Region,
): { text: Words; token: number } {
  let best = -1;
  for (let node = 0; node < tree.length; node++) {
    if ((tree.isMissing(node) || tree.type(node) === 'ERROR') && (best < 0 || tree.start(node) < tree.start(best))) {
      best = node;
    }
  }
  const low = region ? region.firstPiece : 0;
  const high = Math.max(low, (region ? region.endPiece : rendering.length) - 1);
  const piece = Math.min(
    high,
    Math.max(low, rendering.pieceAt(Math.max(0, (best < 0 ? 0 : tree.start(best)) + shift))),
  );
  const token = rendering.first[piece] as number;
  const shown = tokens.text(token);
  if (best >= 0 && tree.isMissing(best)) {
    const what = tree.type(best);
    return {
      text: sentence('expected-what-near-shown', {
        what: /^\W+$/.test(what) ? sentence('a-sign', { sign: what }) : sentence('a-name'),
        shown,
      }),
      token,
    };
  }
  return { text: sentence('syntax-error-near-shown', { shown }), token };
}
