/**
 * C outside functions: structures, macros, prototypes, variables. They are shown, not run.
 *
 * In: the blocks, and the functions found in them. Out: declarations in order. In listings all of them; in text that was
 * not set off only macros and what has braces, because a sentence may read like the rest.
 */
import { itemAt } from '../base/checked-access';
import type { SourceFile } from '../source/source-file';
import type { ReadBlock } from './blocks';
import type { DocumentDeclaration } from './document-model';
import type { FoundFunction } from './find-functions';
import { Lex, type ListingTokens } from './lex-listing';
import type { SeenText } from './seen-text';

interface Found {
  readonly kind: DocumentDeclaration['kind'];
  readonly name: number;
  readonly from: number;
  readonly to: number;
}

/** All declarations of the document. */
export function findDeclarations(
  file: SourceFile,
  seen: SeenText,
  blocks: readonly ReadBlock[],
  functions: readonly FoundFunction[],
): DocumentDeclaration[] {
  const taken = new Map<number, { from: number; to: number }[]>();
  for (const { block, from, to } of functions.flatMap(({ pieces }) => pieces)) {
    const list = taken.get(block);
    if (list) {
      list.push({ from, to });
    } else {
      taken.set(block, [{ from, to }]);
    }
  }
  return blocks.flatMap(({ tokens, block }, index) =>
    [...declarationsIn(tokens, block.set === 'bare', taken.get(index) ?? [])].map(({ kind, name, from, to }) => {
      const start = tokens.startOf(from);
      const end = tokens.endOf(to - 1);
      const isMacro = kind === 'macro';
      const word = isMacro ? /define\s+(\w+)/.exec(tokens.text(from)) : undefined;
      const nameAt = word ? start + tokens.text(from).indexOf(itemAt(word, 1), word.index + 6) : tokens.startOf(name);
      const called = word?.[1] ?? tokens.text(name);
      return {
        kind,
        name: called,
        span: { file, start, end },
        nameSpan: { file, start: nameAt, end: nameAt + called.length },
        code: seen.slice(start, end),
      };
    }),
  );
}

function* declarationsIn(
  tokens: ListingTokens,
  bare: boolean,
  taken: readonly { readonly from: number; readonly to: number }[],
): Generator<Found> {
  let next = 0;
  for (let i = 0; i < tokens.length;) {
    const skipped = taken[next];
    if (skipped && i >= skipped.from) {
      i = Math.max(i, skipped.to);
      next++;
    } else if (!tokens.visible[i]) {
      i++;
    } else if (tokens.kindOf(i) === Lex.directive) {
      if (/^#\s*define\s+\w/.test(tokens.text(i))) {
        yield { kind: 'macro', name: i, from: i, to: i + 1 };
      }
      i++;
    } else if (tokens.isWord(i) && tokens.first[i]) {
      const found = declarationAt(tokens, i, bare, skipped?.from ?? tokens.length);
      if (found) {
        yield found;
      }
      i = found?.to ?? i + 1;
    } else {
      i++;
    }
  }
}

/** Tokens of the longest declaration with braces, and of one without. */
const longest = 4000;
const longestPlain = 150;

/** What begins at token `from` and ends with its `;` outside brackets; undefined when that is no declaration. */
function declarationAt(tokens: ListingTokens, from: number, bare: boolean, limit: number): Found | undefined {
  const first = tokens.text(from);
  if (bare && !/^(?:struct|union|enum|typedef)$/.test(first)) {
    return undefined;
  }
  const end = endOf(tokens, from, Math.min(limit, from + longest));
  if (end === undefined || end - from < 3) {
    return undefined;
  }
  const brace = indexOf(tokens, '{', from, end);
  if (brace !== undefined && /^(?:struct|union|enum)$/.test(first) && tokens.isWord(from + 1) && brace === from + 2) {
    return { kind: first as 'struct', name: from + 1, from, to: end };
  }
  if (brace === from + 1 && first === 'enum' && tokens.isWord(brace + 1)) {
    return { kind: 'enum', name: brace + 1, from, to: end };
  }
  if (first === 'typedef' && tokens.isWord(end - 2)) {
    return { kind: 'typedef', name: end - 2, from, to: end };
  }
  if (bare) {
    return undefined;
  }
  const equals = indexOf(tokens, '=', from, end);
  if (brace !== undefined && equals !== undefined && equals < brace) {
    const name = lastWord(tokens, from + 1, indexOf(tokens, '[', from, equals) ?? equals);
    return name === undefined ? undefined : { kind: 'variable', name, from, to: end };
  }
  const open = indexOf(tokens, '(', from, end);
  if (first === 'static' && brace === undefined && (open === undefined || (equals !== undefined && equals < open))) {
    const name = lastWord(tokens, from + 2, indexOf(tokens, '[', from, equals ?? end) ?? equals ?? end - 1);
    return name === undefined ? undefined : { kind: 'variable', name, from, to: end };
  }
  const isPrototype =
    brace === undefined && equals === undefined && open !== undefined && open > from + 1 && tokens.is(end - 2, ')');
  return isPrototype &&
    tokens.isWord(open - 1) &&
    !/^(?:return|goto|else|case)$/.test(first) &&
    startsType(tokens, from, open - 1)
    ? { kind: 'prototype', name: open - 1, from, to: end }
    : undefined;
}

/** Words and stars only before the name. */
function startsType(tokens: ListingTokens, from: number, name: number): boolean {
  for (let i = from; i < name; i++) {
    if (!tokens.isWord(i) && !tokens.is(i, '*')) {
      return false;
    }
  }
  return true;
}

function endOf(tokens: ListingTokens, from: number, limit: number): number | undefined {
  let depth = 0;
  for (let i = from; i < Math.min(limit, tokens.length); i++) {
    if (tokens.is(i, '{') || tokens.is(i, '(') || tokens.is(i, '[')) {
      depth++;
    } else if (tokens.is(i, '}') || tokens.is(i, ')') || tokens.is(i, ']')) {
      if (--depth < 0) {
        return undefined;
      }
    } else if (depth === 0 && tokens.is(i, ';')) {
      return i + 1;
    } else if (depth === 0 && i > from + longestPlain) {
      return undefined;
    } else if (depth === 0 && (tokens.kindOf(i) === Lex.prose || tokens.kindOf(i) === Lex.directive)) {
      return undefined;
    }
  }
  return undefined;
}

function indexOf(tokens: ListingTokens, sign: string, from: number, to: number): number | undefined {
  for (let i = from; i < to; i++) {
    if (tokens.is(i, sign)) {
      return i;
    }
  }
  return undefined;
}

function lastWord(tokens: ListingTokens, from: number, to: number): number | undefined {
  for (let i = to - 1; i >= from; i--) {
    if (tokens.isWord(i)) {
      return i;
    }
  }
  return undefined;
}
