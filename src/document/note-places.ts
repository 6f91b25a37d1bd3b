/**
 * Where a comment stands among the statements of its function.
 *
 * In: a comment with the tokens around it, and the heads of the function's statements. Out: the statement that its place
 * alone decides for, or the statements above and below it.
 */
import { itemAt } from '../base/checked-access';
import type { ListingComment, ListingTokens } from './lex-listing';

/** Offsets of the document's text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The head of a statement. */
export interface Head extends Range {
  readonly kind: string;
  readonly text: string;
}

/** What the comments of one function are placed among. */
export interface Surroundings {
  readonly tokens: ListingTokens;
  /** Heads in the order of the text. */
  readonly heads: readonly Head[];
  /** The whole definition. */
  readonly start: number;
  readonly end: number;
  /** The brace that opens the body. */
  readonly body: number;
}

export interface PlacedComment extends ListingComment {
  /** With its marks, as it is seen. */
  readonly raw: string;
  /** Index of the function, and its name. */
  readonly function: number;
  readonly name: string;
  readonly line: number;
  readonly lastLine: number;
  readonly column: number;
  /** The function's code is indented. */
  readonly indented: boolean;
  readonly around: Surroundings;
}

export type CommentPlace =
  | {
      readonly kind: 'same-line' | 'between-if' | 'function';
      readonly statement: Range | undefined;
    }
  | {
      readonly kind: 'free';
      readonly above: Range | undefined;
      readonly below: Range | undefined;
      readonly aboveText: string;
      readonly belowText: string;
    };

const ruling = /^(?:if|while|for|switch)$/;

/** What a comment's place tells. */
export function placeOf(comment: PlacedComment): CommentPlace {
  const { around } = comment;
  const { tokens } = around;
  if (comment.start < around.start || comment.start >= around.end || comment.start < around.body) {
    return { kind: 'function', statement: undefined };
  }
  const before = visibleBefore(tokens, comment.token);
  const enclosing = headAround(around, comment);
  if (enclosing) {
    return { kind: 'same-line', statement: enclosing };
  }
  if (comment.codeBefore) {
    return behindCode(comment, before);
  }
  const ruled = before >= 0 ? rulerEndingAt(around, tokens.endOf(before)) : undefined;
  if (ruled) {
    return { kind: 'between-if', statement: ruled };
  }
  const next = headBehind(around, comment.end);
  if (comment.codeBehind && next && next.start === tokens.starts[comment.token]) {
    return { kind: 'same-line', statement: next };
  }
  return free(comment, before, next);
}

function visibleBefore(tokens: ListingTokens, token: number): number {
  let at = token - 1;
  while (at >= 0 && !tokens.visible[at]) {
    at--;
  }
  return at;
}

/** The comment stands behind code on its line. */
function behindCode(comment: PlacedComment, before: number): CommentPlace {
  const { around } = comment;
  const { tokens } = around;
  const atFunction = { kind: 'function', statement: undefined } as const;
  if (tokens.is(before, '}')) {
    const owner = ownerOf(around, before);
    return owner === 'function' ? atFunction : { kind: 'same-line', statement: owner };
  }
  if (tokens.is(before, '{')) {
    if (tokens.starts[before] === around.body) {
      return atFunction;
    }
    const ruler = rulerEndingAt(around, tokens.endOf(before - 1));
    const kind = tokens.first[before] ? 'between-if' : 'same-line';
    return ruler ? { kind, statement: ruler } : free(comment, before, headBehind(around, comment.end));
  }
  if (/^(?:else|do)$/.test(tokens.text(before))) {
    return { kind: 'same-line', statement: headBehind(around, comment.end) };
  }
  return { kind: 'same-line', statement: headBefore(around, comment.start) };
}

function free(comment: PlacedComment, before: number, next: Head | undefined): CommentPlace {
  const { around } = comment;
  const { tokens } = around;
  const below = tokens.is(comment.token, '}') ? undefined : next;
  const opens = tokens.is(before, '{') || /^(?:else|do)$/.test(tokens.text(before));
  const last = opens ? undefined : headBefore(around, comment.start);
  const owner = tokens.is(before, '}') ? ownerOf(around, before) : undefined;
  const above = owner !== undefined && owner !== 'function' ? owner : last;
  const condition = above && conditionOf(around, above);
  return {
    kind: 'free',
    above: condition ?? above,
    below,
    aboveText: `${condition?.text ?? ''} ${above?.text ?? ''}`,
    belowText: below?.text ?? '',
  };
}

/** A jump that is all that an `if` rules: what is said below it is said of the condition. */
function conditionOf({ heads, tokens }: Surroundings, head: Head): Head | undefined {
  const ruler = heads[lastHead(heads, head.start)];
  const isJump = /^(?:return|goto)$/.test(head.kind) || /^(?:break|continue)\b/.test(head.text);
  const between = ruler ? tokens.seen.slice(ruler.end, head.start) : '{';
  return isJump && ruler?.kind === 'if' && !/[{};]/.test(between) ? ruler : undefined;
}

/** Index of the last head that begins before an offset. */
function lastHead(heads: readonly Head[], offset: number): number {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (itemAt(heads, middle).start < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

function headBefore({ heads }: Surroundings, offset: number): Head | undefined {
  return heads[lastHead(heads, offset)];
}

function headBehind({ heads }: Surroundings, offset: number): Head | undefined {
  return heads[lastHead(heads, offset) + 1];
}

/** The head in the middle of which the comment stands. */
function headAround(around: Surroundings, { start, end }: Range): Head | undefined {
  const head = headBefore(around, start);
  return head && head.end > end ? head : undefined;
}

function rulerEndingAt(around: Surroundings, end: number): Head | undefined {
  const head = headBefore(around, end);
  return head && ruling.test(head.kind) && head.end === end ? head : undefined;
}

/** The head of the statement that the `}` at a token ends. */
function ownerOf(around: Surroundings, close: number): Head | 'function' | undefined {
  const { tokens } = around;
  const open = itemAt(openingsOf(tokens), close);
  if (open < 0) {
    return headBefore(around, tokens.startOf(close));
  }
  return tokens.starts[open] === around.body
    ? 'function'
    : (rulerEndingAt(around, tokens.endOf(open - 1)) ?? headBefore(around, tokens.startOf(close)));
}

const openings = new WeakMap<ListingTokens, Int32Array>();

/** For each `}` the index of the `{` that it closes; -1 for all else. */
function openingsOf(tokens: ListingTokens): Int32Array {
  let found = openings.get(tokens);
  if (!found) {
    found = new Int32Array(tokens.length).fill(-1);
    const open: number[] = [];
    for (let i = 0; i < tokens.length; i++) {
      if (tokens.visible[i] && tokens.is(i, '{')) {
        open.push(i);
      } else if (tokens.visible[i] && tokens.is(i, '}')) {
        found[i] = open.pop() ?? -1;
      }
    }
    openings.set(tokens, found);
  }
  return found;
}
