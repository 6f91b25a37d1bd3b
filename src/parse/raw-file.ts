/**
 * Source text as it is written, not preprocessed: for hovers, symbols and the anchors of annotations. Goes in: a file;
 * comes out: its functions, and what identifier stands at a place. Works on tokens, so that neither macros nor `#ifdef`s
 * in the middle of a statement can confuse it: of an `#if` the first branch is looked at (of `#if 0` the second),
 * directives are passed over.
 */
import type { SourceFile, Span } from '../source/source-file';
import { known } from '../preprocess/atoms';
import type { LexedFile } from '../preprocess/lexed-file';
import type { TokenCache } from '../preprocess/token-cache';
import { TokenKind, TokenStream } from '../preprocess/token';
import { endOfChunk } from './chunks';
import { wordClass, WordClass } from './keywords';
import { FileScope } from './scopes';

/** A function definition as it stands in the file. */
export interface RawFunction {
  readonly name: string;
  readonly nameSpan: Span;
  /** From the first word of the definition to the closing brace. */
  readonly span: Span;
  /** From `{` to `}`, both included. */
  readonly body: Span;
}

export interface RawIdentifier {
  readonly name: string;
  readonly span: Span;
  /** `.` or `->` stands before it: it names a member. */
  readonly member: boolean;
  /** The name before that operator, when it is a plain one: `sk` in `sk->state`. */
  readonly base: string | undefined;
}

/** Function definitions of the file, in order. */
export function functionsIn(file: SourceFile, cache: TokenCache): RawFunction[] {
  const tokens = visibleTokens(cache.lexed(file), new TokenStream(cache.atomTable));
  const scope = new FileScope();
  const functions: RawFunction[] = [];
  for (let at = 0; at < tokens.length;) {
    const end = endOfChunk(tokens, at, scope);
    const found = functionOf(tokens, at, end);
    if (found) {
      functions.push(found);
    }
    at = end;
  }
  return functions;
}

/** The function whose definition holds `offset`. */
export function functionAt(functions: readonly RawFunction[], offset: number): RawFunction | undefined {
  return functions.find((candidate) => candidate.span.start <= offset && offset < candidate.span.end);
}

/** The identifier at `offset`; undefined in comments, strings and elsewhere. Directives count. */
export function identifierAt(file: SourceFile, offset: number, cache: TokenCache): RawIdentifier | undefined {
  const { kinds, atoms, starts, ends, length } = cache.lexed(file);
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  // Just behind a name still counts as on it, as editors have it.
  for (const index of [low, low - 1]) {
    if (
      index >= 0 &&
      kinds[index] === TokenKind.identifier &&
      (starts[index] as number) <= offset &&
      offset <= (ends[index] as number)
    ) {
      const member = atoms[index - 1] === known['->'] || atoms[index - 1] === known['.'];
      const plainBase =
        member &&
        kinds[index - 2] === TokenKind.identifier &&
        atoms[index - 3] !== known['->'] &&
        atoms[index - 3] !== known['.'];
      return {
        name: cache.atomTable.text(atoms[index] as number),
        span: { file, start: starts[index] as number, end: ends[index] as number },
        member,
        base: plainBase ? cache.atomTable.text(atoms[index - 2] as number) : undefined,
      };
    }
  }
  return undefined;
}

/** Ranges of the text that a reader of one branch does not see: directives, and all branches but one of each `#if`. */
export function hiddenRanges(lexed: LexedFile): [number, number][] {
  const ranges: [number, number][] = [];
  let hiddenTo = -1;
  lexed.directives.forEach((directive) => {
    const from = lexed.starts[directive.hash] as number;
    const to = directive.to > directive.hash ? (lexed.ends[directive.to - 1] as number) : from + 1;
    ranges.push([from, to]);
    if (from < hiddenTo) {
      return;
    }
    const { name } = directive;
    const skipsFirst =
      name === known.if && directive.to - directive.from === 1 && lexed.atoms[directive.from] === known['0'];
    const skipsRest = name === known.else || name === known.elif;
    if ((skipsFirst || (skipsRest && !followsZero(lexed, directive.hash))) && directive.next >= 0) {
      const end = lexed.directives[skipsFirst ? directive.next : lastOf(lexed, directive.next)];
      hiddenTo = end ? (lexed.starts[end.hash] as number) : hiddenTo;
      ranges.push([to, hiddenTo]);
    }
  });
  return ranges;
}

/** Index of the `#endif` of a chain of branches. */
function lastOf(lexed: LexedFile, index: number): number {
  let at = index;
  for (let next = lexed.directives[at]?.next ?? -1; next >= 0; next = lexed.directives[at]?.next ?? -1) {
    at = next;
  }
  return at;
}

/** Whether the branch at token `hash` is the one directly behind `#if 0`. */
function followsZero(lexed: LexedFile, hash: number): boolean {
  return lexed.directives.some(
    (other) =>
      other.name === known.if &&
      lexed.directives[other.next]?.hash === hash &&
      other.to - other.from === 1 &&
      lexed.atoms[other.from] === known['0'],
  );
}

function visibleTokens(lexed: LexedFile, out: TokenStream): TokenStream {
  const file = out.fileIndex(lexed.file);
  const hidden = hiddenRanges(lexed);
  let next = 0;
  let hiddenTo = 0;
  for (let i = 0; i < lexed.length; i++) {
    const start = lexed.starts[i] as number;
    for (let range = hidden[next]; range && range[0] <= start; range = hidden[++next]) {
      hiddenTo = Math.max(hiddenTo, range[1]);
    }
    if (start >= hiddenTo) {
      out.push(
        lexed.kinds[i] as number,
        lexed.atoms[i] as number,
        lexed.flags[i] as number,
        file,
        start,
        lexed.ends[i] as number,
        0,
      );
    }
  }
  return out;
}

/** The function a chunk defines: the last `name ( … )` before a `{` that the chunk ends with. */
function functionOf(tokens: TokenStream, from: number, to: number): RawFunction | undefined {
  const { atoms, kinds } = tokens;
  if (atoms[to - 1] !== known['}']) {
    return undefined;
  }
  let depth = 0;
  let name = -1;
  for (let i = from; i < to; i++) {
    const atom = atoms[i] as number;
    if (atom === known['{'] && depth === 0) {
      if (name < 0) {
        return undefined;
      }
      return {
        name: tokens.text(name),
        nameSpan: tokens.span(name),
        span: { file: tokens.file(from), start: tokens.starts[from] as number, end: tokens.ends[to - 1] as number },
        body: { file: tokens.file(from), start: tokens.starts[i] as number, end: tokens.ends[to - 1] as number },
      };
    }
    if (atom === known['='] && depth === 0) {
      return undefined;
    }
    if (atom === known['('] || atom === known['[']) {
      if (
        depth === 0 &&
        kinds[i - 1] === TokenKind.identifier &&
        i > from &&
        wordClass(atoms[i - 1] as number) === WordClass.none
      ) {
        name = i - 1;
      }
      depth++;
    } else if (atom === known[')'] || atom === known[']']) {
      depth--;
    }
  }
  return undefined;
}
