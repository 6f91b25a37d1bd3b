/**
 * Whether what stands before a `{` is the head of a function definition.
 *
 * In: tokens and the index of the brace. Out: where the definition begins, its name, whether it is static. Read backwards:
 *
 *   head      := specifier* type star* attribute* name '(' parameters ')' '{'
 *   type      := basic+ | ('struct' | 'union' | 'enum') word | word
 *   parameter := '...' | 'void' | two or more of words, stars and brackets
 *
 * Words of other languages (`function`, `public`) and statements (`else`, `return`) are no types.
 */
import { Lex, type ListingTokens } from './lex-listing';

export interface DefinitionHeader {
  /** Index of the first token, of the name, of the parentheses, of the brace. */
  readonly first: number;
  readonly name: number;
  readonly open: number;
  readonly close: number;
  readonly brace: number;
  readonly isStatic: boolean;
  /** What it is called: the word at `name`, or what a macro such as `SYSCALL_DEFINE3` makes of its first argument. */
  readonly called: string;
}

const basic = new Set(
  'void char short int long float double signed unsigned bool _Bool u8 u16 u32 u64 s8 s16 s32 s64'.split(' '),
);
const specifiers = new Set(
  (
    'static extern inline __inline __inline__ register const volatile asmlinkage fastcall FASTCALL notrace noinline ' +
    'linkage restrict __extension__'
  ).split(' '),
);
const tags = new Set(['struct', 'union', 'enum']);
/** Words of C and of languages that look like it, none of which names a function, a type or a parameter. */
const never = new Set(
  (
    'if else while for do switch case default return goto break continue sizeof typedef typeof function func fn def ' +
    'class public private protected internal abstract override virtual synchronized throws var let async await ' +
    'import package namespace using template operator try catch interface implements extends'
  ).split(' '),
);
/** Of these the ones that no C may use as a name. */
const statementWords = new Set(
  'if else while for do switch case default return goto break continue sizeof typedef typeof'.split(' '),
);
/** Words of English sentences, which are no types. */
const english = new Set(
  'the a an is are in of to and or this that it we you as by with from when then calls new final sub'.split(' '),
);

const NESTED = 40;

/** The head of a definition whose body begins at token `brace`. `bare`: prose may stand before it. */
export function headerBefore(tokens: ListingTokens, brace: number, bare: boolean): DefinitionHeader | undefined {
  const close = closeBefore(tokens, brace);
  if (!tokens.is(close, ')')) {
    return undefined;
  }
  const open = openingOf(tokens, close);
  if (open === undefined) {
    return undefined;
  }
  const isMade = isMadeName(tokens, open);
  const name = isMade ? open - 2 : open - 1;
  if (!tokens.isWord(name)) {
    return undefined;
  }
  const word = tokens.text(name);
  const macro = /^(?:(COMPAT_)?SYSCALL_DEFINE)\d$/.exec(word);
  if (macro) {
    const called = `${macro[1] ? 'compat_' : ''}sys_${tokens.text(open + 1)}`;
    return { first: name, name, open, close, brace, isStatic: false, called };
  }
  if (never.has(word) || basic.has(word) || specifiers.has(word) || !areParameters(tokens, open, close)) {
    return undefined;
  }
  const own = firstOfSpecifiers(tokens, isMade ? name - 2 : name, bare);
  const first = own !== undefined && close < brace - 1 ? conditionalBefore(tokens, own) : own;
  if (first === undefined || !mayStandBefore(tokens, first, bare)) {
    return undefined;
  }
  const isStatic = Array.from({ length: name - first }, (_, at) => tokens.text(first + at)).includes('static');
  return { first, name, open, close, brace, isStatic, called: word };
}

/** Index of the token before a brace; of heads in several branches of a conditional, before its `#endif`. */
function closeBefore(tokens: ListingTokens, brace: number): number {
  return tokens.kindOf(brace - 1) === Lex.directive && /^#\s*endif/.test(tokens.text(brace - 1))
    ? brace - 2
    : brace - 1;
}

/** Index of the `#if` of the conditional around token `from`. */
function conditionalBefore(tokens: ListingTokens, from: number): number | undefined {
  for (let i = from - 1; i >= 0 && i > from - 200; i--) {
    if (tokens.kindOf(i) === Lex.directive && /^#\s*if/.test(tokens.text(i))) {
      return i;
    }
    if (tokens.is(i, '}') || tokens.is(i, ';')) {
      return undefined;
    }
  }
  return undefined;
}

/** `SMP_TIMER_NAME(tcp_twkill)(unsigned long dummy)`: a macro makes the name. */
function isMadeName(tokens: ListingTokens, open: number): boolean {
  return (
    tokens.is(open - 1, ')') &&
    tokens.isWord(open - 2) &&
    tokens.is(open - 3, '(') &&
    /^[A-Z][A-Z0-9_]+$/.test(tokens.text(open - 4))
  );
}

/** Index of the `(` that belongs to the `)` at `close`. */
function openingOf(tokens: ListingTokens, close: number): number | undefined {
  let depth = 0;
  for (let i = close; i >= 0 && i > close - 400; i--) {
    if (tokens.is(i, ')')) {
      depth++;
    } else if (tokens.is(i, '(') && --depth === 0) {
      return i;
    } else if (tokens.is(i, ';') || tokens.is(i, '{') || tokens.is(i, '}') || depth > NESTED) {
      return undefined;
    }
  }
  return undefined;
}

function areParameters(tokens: ListingTokens, open: number, close: number): boolean {
  if (close === open + 1) {
    return true;
  }
  let depth = 0;
  let words = 0;
  let parts = 0;
  let alone = '';
  const isParameter = (): boolean =>
    parts >= 2 && words >= 1 ? true : parts === 1 && (alone === 'void' || alone === '...' || alone === '__user');
  // `f(struct sock *sk, /* more */)`: the rest is left out.
  const isLeftOut = (): boolean => parts === 0 && parametersLeftOut(tokens, open, close) !== undefined;
  for (let i = open + 1; i < close; i++) {
    if (depth === 0 && tokens.is(i, ',')) {
      if (!isParameter()) {
        return false;
      }
      words = 0;
      parts = 0;
      continue;
    }
    depth += tokens.is(i, '(') || tokens.is(i, '[') ? 1 : tokens.is(i, ')') || tokens.is(i, ']') ? -1 : 0;
    const kind = tokens.kindOf(i);
    if (kind === Lex.prose || kind === Lex.string || kind === Lex.directive) {
      return false;
    }
    if (kind === Lex.sign && depth === 0 && !/^[*()[\]]$/.test(tokens.text(i))) {
      return false;
    }
    const text = tokens.text(i);
    if (depth === 0 && kind === Lex.number) {
      return false;
    }
    if (kind === Lex.word && ((never.has(text) && !namesParameter(tokens, i)) || text === 'NULL')) {
      return false;
    }
    alone = kind === Lex.ellipsis ? '...' : text;
    words += kind === Lex.word ? 1 : 0;
    parts++;
  }
  return isParameter() || isLeftOut();
}

/** The token that stands where parameters are left out: dots that are not the last of several, a comma before the end. */
export function parametersLeftOut(tokens: ListingTokens, open: number, close: number): number | undefined {
  for (let i = open + 1; i < close; i++) {
    if (tokens.kindOf(i) === Lex.ellipsis && (i === open + 1 || i < close - 1)) {
      return i;
    }
  }
  return close > open + 2 && tokens.is(close - 1, ',') ? close - 1 : undefined;
}

/** `void (*function)(int)`, `int class`: words of other languages name parameters in C. */
function namesParameter(tokens: ListingTokens, index: number): boolean {
  return (
    !statementWords.has(tokens.text(index)) &&
    (tokens.is(index - 1, '*') || tokens.isWord(index - 1)) &&
    (tokens.is(index + 1, ',') || tokens.is(index + 1, ')') || tokens.is(index + 1, '['))
  );
}

/** Index of the first specifier of a definition of the name at `name`; undefined when no type stands before it. */
function firstOfSpecifiers(tokens: ListingTokens, name: number, bare: boolean): number | undefined {
  let at = name - 1;
  let stars = 0;
  const joins = (index: number): boolean => index >= 0 && isNear(tokens, index, index + 1);
  const isAttribute = (index: number): boolean =>
    tokens.isWord(index) &&
    (specifiers.has(tokens.text(index)) || /^(?:__\w+|[A-Z][A-Z0-9_]+)$/.test(tokens.text(index)));
  while (joins(at) && (tokens.is(at, '*') || isAttribute(at))) {
    stars += tokens.is(at, '*') ? 1 : 0;
    at--;
  }
  if (!joins(at) || !tokens.isWord(at)) {
    // `static foo(int a) {` and `__u32 foo(int a) {`: what was taken for an attribute is the type.
    const first = at + 1;
    return first < name && tokens.isWord(first) && stars === 0 && hasSpecifier(tokens, first, name) ? first : undefined;
  }
  const type = tokens.text(at);
  if (basic.has(type)) {
    at--;
  } else if (tags.has(tokens.text(at - 1)) && joins(at - 1)) {
    at -= 2;
  } else if (never.has(type) || english.has(type) || (bare && !isTypeName(type) && !isTypeBefore(tokens, at))) {
    return undefined;
  } else {
    at--;
  }
  while (joins(at) && tokens.isWord(at) && (basic.has(tokens.text(at)) || isAttribute(at))) {
    at--;
  }
  return bare || !basic.has(tokens.text(at + 1)) ? at + 1 : firstOfLinkage(tokens, at);
}

/** `dotraplinkage void name(`, `noinline noinstr void name(`: words of the kernel's own on a line, before a type of C. */
function firstOfLinkage(tokens: ListingTokens, from: number): number {
  for (let at = from; at > from - 4; at--) {
    const word = tokens.text(at);
    if (!tokens.isWord(at) || never.has(word) || english.has(word) || !isNear(tokens, at, at + 1)) {
      break;
    }
    if (tokens.first[at]) {
      return at;
    }
  }
  return from + 1;
}

function hasSpecifier(tokens: ListingTokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (specifiers.has(tokens.text(i)) || /^__(?:(?:[us]|be|le)\d+|w?sum(?:16)?|poll_t)$/.test(tokens.text(i))) {
      return true;
    }
  }
  return false;
}

function isTypeName(word: string): boolean {
  return /_t$|^[us]\d+$|^__/.test(word);
}

/** `static typename name(`: a specifier before an unknown word makes it a type. */
function isTypeBefore(tokens: ListingTokens, at: number): boolean {
  return tokens.isWord(at - 1) && specifiers.has(tokens.text(at - 1)) && isNear(tokens, at - 1, at);
}

/** Whether two tokens stand on one line, or the second on the next with at most one empty line between. */
function isNear(tokens: ListingTokens, one: number, two: number): boolean {
  const gap = tokens.seen.slice(tokens.endOf(one), Math.min(tokens.startOf(two), tokens.endOf(one) + 200));
  return tokens.startOf(two) - tokens.endOf(one) < 200 && gap.split('\n').length <= 3;
}

/** A definition begins behind the end of something else, or on a line of its own. */
function mayStandBefore(tokens: ListingTokens, first: number, bare: boolean): boolean {
  if (first === 0 || tokens.first[first]) {
    return true;
  }
  const before = first - 1;
  return (
    tokens.is(before, ';') ||
    tokens.is(before, '}') ||
    tokens.is(before, '{') ||
    tokens.kindOf(before) === Lex.directive ||
    (bare && (tokens.kindOf(before) === Lex.prose || tokens.is(before, ':')))
  );
}
