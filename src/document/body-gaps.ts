/**
 * What is missing in a function's body: marks that stand for left out code, and prose among its statements.
 *
 * In: the pieces of a definition. Out: the first gap, and all that is to be blank in its C. A mark is three dots or more,
 * however written, except where C has them (`…)` of parameters, `case 1 ... 5`); a comment of dots alone, or one that says
 * "omitted", is a mark too. Prose behind a statement on its line, or on the line below a `//` comment, is a comment without
 * its marks: it is blanked and nothing is missing.
 */
import { itemAt } from '../base/checked-access';
import type { Piece, ReadBlock } from './blocks';
import { parametersLeftOut, type DefinitionHeader } from './definition-header';
import { Lex, type ListingComment, type ListingTokens } from './lex-listing';

export interface BodyGap {
  readonly kind: 'elided' | 'unclosed' | 'prose';
  readonly start: number;
  readonly end: number;
}

/** A range of the text that is no code. */
export interface NoCode {
  readonly kind: 'elided' | 'prose' | 'remark';
  readonly start: number;
  readonly end: number;
}

/** The first thing that keeps a function from being whole. */
export function findGap(
  blocks: readonly ReadBlock[],
  header: DefinitionHeader,
  pieces: readonly Piece[],
  closed: boolean,
): BodyGap | undefined {
  const first = itemAt(blocks, itemAt(pieces, 0).block).tokens;
  const parameter = parametersLeftOut(first, header.open, header.close);
  if (parameter !== undefined) {
    return { kind: 'elided', start: first.startOf(parameter), end: first.endOf(parameter) };
  }
  for (const piece of pieces) {
    const { tokens } = itemAt(blocks, piece.block);
    const open = commentsOf(tokens, piece).find((comment) => comment.open);
    const gap = noCodeIn(tokens, piece, header).find(({ kind }) => kind !== 'remark');
    if (open && (!gap || open.start < gap.start)) {
      return { kind: 'unclosed', start: open.start, end: open.end };
    }
    if (gap) {
      return { kind: gap.kind as 'elided' | 'prose', start: gap.start, end: gap.end };
    }
    const omission = commentsOf(tokens, piece).find((comment) => saysOmitted(tokens, comment));
    if (omission) {
      return { kind: 'elided', start: omission.start, end: omission.end };
    }
  }
  return closed ? undefined : { kind: 'unclosed', start: first.startOf(header.brace), end: first.endOf(header.brace) };
}

/** The comments that stand between the tokens of a piece. */
export function commentsOf(tokens: ListingTokens, { from, to }: Piece): readonly ListingComment[] {
  return tokens.comments.slice(firstComment(tokens, from), firstComment(tokens, to - 1));
}

/** The comments that stand right before a token. */
export function commentsBefore(tokens: ListingTokens, token: number): readonly ListingComment[] {
  return tokens.comments.slice(firstComment(tokens, token - 1), firstComment(tokens, token));
}

/** Index of the first comment behind token `from`. */
function firstComment(tokens: ListingTokens, from: number): number {
  let low = 0;
  let high = tokens.comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (itemAt(tokens.comments, middle).token <= from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A comment of dots alone, or a short one that says that code was left out. */
function saysOmitted(tokens: ListingTokens, { start, end }: ListingComment): boolean {
  if (end - start > 60) {
    return false;
  }
  const text = tokens.seen
    .slice(start, end)
    .replace(/^\/[/*]+|\*+\/$/g, '')
    .trim();
  const words = text.replace(/^[[(<【（]?[.…⋯。]{2,}|[.…⋯。]{2,}[\])>】）]?$/g, '').trim();
  return (
    /^(?:[.…⋯]|。(?=。)){2,}[。\s]*$|^…$/.test(text) ||
    /^[[(<【（]?(?:\.{3,}|…+)(?:[\])>】）]?$|.*(?:\.{3,}|…)$)/.test(text) ||
    /^\W*(?:snip(?:ped)?|(?:code |rest |some code |other code )?omitted|skip(?:ped)?)\W*$/i.test(text) ||
    /^\W*(?:some|other|more|the rest of the) code(?: here)?\W*$/i.test(text) ||
    (words.length <= 16 && saysLeftOut(words))
  );
}

/** Chinese words for code that is not shown. */
function saysLeftOut(text: string): boolean {
  return (
    /省略|略去|(?:此处|这里|以下|中间)略|略过不|删节|删减|删去.{0,6}代码|其[他它]代码|只保留了?(?:关键|主要|核心|重要)/.test(
      text,
    ) ||
    // Not 策略, a policy, and not 忽略, to ignore.
    /(?:^|[^策战谋忽])略[\s)\]}>）】》〉＞]*$/.test(text)
  );
}

/** Ranges of a piece that are no code, in order. */
export function noCodeIn(tokens: ListingTokens, piece: Piece, header?: DefinitionHeader): NoCode[] {
  const ranges: NoCode[] = [];
  let line = { from: 0, to: 0 };
  /** Behind what was found last. */
  let next = 0;
  for (let i = piece.from; i < piece.to; i++) {
    const kind = tokens.kindOf(i);
    if (
      !tokens.visible[i] ||
      (kind !== Lex.ellipsis && kind !== Lex.prose && !isFenceMark(tokens, i) && !isDotLine(tokens, i))
    ) {
      continue;
    }
    if (kind === Lex.ellipsis && (isOfC(tokens, i) || (header && i < header.brace && piece.from === header.first))) {
      continue;
    }
    line = i < line.to ? line : lineOf(tokens, i, piece);
    if (isFenceMark(tokens, i)) {
      let end = i + 1;
      while (end < line.to && (isFenceMark(tokens, end) || isFenceMark(tokens, end - 1))) {
        end++;
      }
      ranges.push(rangeOf(tokens, 'remark', i, end));
      next = end;
      i = end - 1;
      continue;
    }
    if (kind === Lex.sign) {
      ranges.push(rangeOf(tokens, 'elided', i, i + 1));
      next = i + 1;
      continue;
    }
    if (kind === Lex.ellipsis) {
      const end = tokens.first[i] && !endsLikeCode(tokens, line.to - 1) ? line.to : afterDots(tokens, i, line.to);
      ranges.push(rangeOf(tokens, 'elided', i, end));
      next = end;
      i = end - 1;
      continue;
    }
    if (
      isOrnament(tokens, i) &&
      tokens.kindOf(i + 1) !== Lex.prose &&
      i + 1 < line.to &&
      !endsWithProse(tokens, i, line)
    ) {
      ranges.push(rangeOf(tokens, 'remark', i, i + 1));
      next = i + 1;
      continue;
    }
    const words = startOfProse(tokens, i, Math.max(line.from, next));
    const from = startOfLead(tokens, startOfArrow(tokens, words, line.from), line.from);
    const pointed = from < words || (from > line.from && isOrnament(tokens, from));
    const said = tokens.seen.slice(tokens.startOf(from), tokens.endOf(line.to - 1));
    const remark = pointed || (from > line.from ? isEnd(tokens, from - 1) : followsLineComment(tokens, line.from));
    const leftOut = said.length <= 24 && saysLeftOut(said);
    ranges.push(rangeOf(tokens, leftOut ? 'elided' : remark ? 'remark' : 'prose', from, line.to));
    i = line.to - 1;
  }
  return ranges;
}

function rangeOf(tokens: ListingTokens, kind: NoCode['kind'], from: number, to: number): NoCode {
  return { kind, start: tokens.startOf(from), end: tokens.endOf(to - 1) };
}

/** `…)` of parameters, `case 1 ... 5:`, `[0 ... 5]`. */
function isOfC(tokens: ListingTokens, index: number): boolean {
  const before = tokens.kindOf(index - 1);
  const range =
    !tokens.first[index] &&
    (before === Lex.number || before === Lex.word || before === Lex.string) &&
    !tokens.first[index + 1] &&
    /^[\w"']/.test(tokens.text(index + 1));
  return range && (startsWith(tokens, index, 'case') || tokens.is(index - 2, '['));
}

function startsWith(tokens: ListingTokens, index: number, word: string): boolean {
  let at = index;
  while (at > 0 && !tokens.first[at]) {
    at--;
  }
  return tokens.text(at) === word;
}

/** A point alone on its line, one of those set below each other. */
function isDotLine(tokens: ListingTokens, index: number): boolean {
  return (
    tokens.is(index, '.') && tokens.first[index] === 1 && (index + 1 >= tokens.length || tokens.first[index + 1] === 1)
  );
}

/** Backticks of a fence within a fence. */
function isFenceMark(tokens: ListingTokens, index: number): boolean {
  return tokens.is(index, '`') || (tokens.is(index, '~') && tokens.is(index + 1, '~'));
}

function lineOf(tokens: ListingTokens, index: number, piece: Piece): { from: number; to: number } {
  let from = index;
  while (from > piece.from && !tokens.first[from]) {
    from--;
  }
  let to = index + 1;
  while (to < piece.to && !tokens.first[to]) {
    to++;
  }
  return { from, to };
}

function endsLikeCode(tokens: ListingTokens, last: number): boolean {
  return tokens.is(last, ';') || tokens.is(last, '{') || tokens.is(last, '}');
}

/** Behind the dots at `index`, and behind the words up to further dots on the line: `... RPS, TX queue ...`. */
function afterDots(tokens: ListingTokens, index: number, to: number): number {
  for (let i = to - 1; i > index; i--) {
    if (tokens.kindOf(i) === Lex.ellipsis) {
      return i + 1;
    }
  }
  return index + 1;
}

/** Where a sentence begins that has a foreign word at `index`: behind the last sign of code before it on the line. */
function startOfProse(tokens: ListingTokens, index: number, from: number): number {
  let at = index;
  while (
    at > from &&
    (tokens.isWord(at - 1) || tokens.kindOf(at - 1) === Lex.number || tokens.kindOf(at - 1) === Lex.prose)
  ) {
    at--;
  }
  return at;
}

/** A circled number, an arrow, a star: `if (err) ① …`. */
function isOrnament(tokens: ListingTokens, index: number): boolean {
  return (
    tokens.kindOf(index) === Lex.prose &&
    /^[\u2190-\u21ff\u203b\u2460-\u24ff\u25a0-\u27bf\u3200-\u32ff]/.test(tokens.text(index))
  );
}

/** Whether words of a sentence come behind a token on its line. */
function endsWithProse(tokens: ListingTokens, index: number, line: { readonly to: number }): boolean {
  for (let i = index + 1; i < line.to; i++) {
    if (tokens.kindOf(i) === Lex.prose) {
      return true;
    }
  }
  return false;
}

/** Where an arrow of signs begins that leads to a sentence, `<---` or `====>`; the sentence's own beginning without one. */
function startOfArrow(tokens: ListingTokens, words: number, from: number): number {
  let at = words;
  let text = '';
  while (at > from && tokens.kindOf(at - 1) === Lex.sign && /^[<>=-]$/.test(tokens.text(at - 1))) {
    at--;
    text = tokens.text(at) + text;
  }
  return /^(?:<[-=]+|[-=]+>)$/.test(text) || (at > from && /^[-=]{3,}$/.test(text)) ? at : words;
}

/** Where signs begin that lead to a sentence behind the end of a statement: `; （…）`, `; —— …`, `; # …`. */
function startOfLead(tokens: ListingTokens, words: number, from: number): number {
  let at = words;
  while (at > from && tokens.kindOf(at - 1) === Lex.sign && /^[([#/-]$/.test(tokens.text(at - 1))) {
    at--;
  }
  return at > from && isEnd(tokens, at - 1) ? at : words;
}

function isEnd(tokens: ListingTokens, index: number): boolean {
  return endsLikeCode(tokens, index) || tokens.is(index, ':');
}

/** Whether the line above holds a `//` comment of which this one goes on. */
function followsLineComment(tokens: ListingTokens, first: number): boolean {
  const comment = tokens.comments[firstComment(tokens, first) - 1];
  if (comment?.style !== 'line' || comment.token !== first) {
    return false;
  }
  return tokens.seen.slice(comment.end, tokens.startOf(first)).split('\n').length <= 2;
}
