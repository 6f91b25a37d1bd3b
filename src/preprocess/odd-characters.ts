/**
 * Characters that come into a source from web pages and input methods: those that cannot be seen, and those that look
 * like a sign of C and are another.
 *
 * In: a token that is no token of C. Out: what to call it, and the sign that is probably meant.
 */
import { sentence, type Told, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { Span } from '../source/source-file';

/** Code and name of the invisible ones (Unicode's names). */
const invisible: ReadonlyMap<number, Words> = new Map([
  [0xad, sentence('character-soft-hyphen')],
  [0x61c, sentence('character-arabic-letter-mark')],
  [0x180e, sentence('character-mongolian-vowel-separator')],
  [0x200b, sentence('character-zero-width-space')],
  [0x200c, sentence('character-zero-width-non-joiner')],
  [0x200d, sentence('character-zero-width-joiner')],
  [0x200e, sentence('character-left-to-right-mark')],
  [0x200f, sentence('character-right-to-left-mark')],
  [0x2028, sentence('character-line-separator')],
  [0x2029, sentence('character-paragraph-separator')],
  [0x202a, sentence('character-left-to-right-embedding')],
  [0x202b, sentence('character-right-to-left-embedding')],
  [0x202c, sentence('character-pop-directional-formatting')],
  [0x202d, sentence('character-left-to-right-override')],
  [0x202e, sentence('character-right-to-left-override')],
  [0x202f, sentence('character-narrow-no-break-space')],
  [0x205f, sentence('character-medium-mathematical-space')],
  [0x2060, sentence('character-word-joiner')],
  [0x2061, sentence('character-function-application')],
  [0x2062, sentence('character-invisible-times')],
  [0x2063, sentence('character-invisible-separator')],
  [0x2064, sentence('character-invisible-plus')],
  [0x2066, sentence('character-left-to-right-isolate')],
  [0x2067, sentence('character-right-to-left-isolate')],
  [0x2068, sentence('character-first-strong-isolate')],
  [0x2069, sentence('character-pop-directional-isolate')],
  [0x206a, sentence('character-inhibit-symmetric-swapping')],
  [0xfff9, sentence('character-interlinear-annotation-anchor')],
  [0xfffa, sentence('character-interlinear-annotation-separator')],
  [0xfffb, sentence('character-interlinear-annotation-terminator')],
]);

/** Signs that are neither ASCII nor full-width copies of it. */
const alike: ReadonlyMap<string, string> = new Map([
  ['、', ','],
  ['。', '.'],
  ['“', '"'],
  ['”', '"'],
  ['‘', "'"],
  ['’', "'"],
  ['【', '['],
  ['】', ']'],
  ['〈', '<'],
  ['〉', '>'],
  ['《', '<'],
  ['》', '>'],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
  ['—', '-'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
]);

export interface OddCharacter {
  /** `U+200B zero width space`, or `'；' (U+FF1B)`. */
  readonly name: Told;
  /** What it looks like; undefined for one that cannot be seen. */
  readonly meant: string | undefined;
}

/** What a stray token is, when it is such a character. */
export function oddCharacter(text: string): OddCharacter | undefined {
  const code = text.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const space = code >= 0x2000 && code <= 0x200a;
  const control = (code < 0x20 || (code >= 0x7f && code < 0xa0)) && text !== '\n';
  const tag = code >= 0xe0000 && code <= 0xe007f;
  const name =
    invisible.get(code) ??
    (space
      ? sentence('character-space')
      : control
        ? sentence('character-control-character')
        : tag
          ? sentence('character-tag-character')
          : undefined);
  if (name !== undefined) {
    return { name: sentence('number-and-name-of-a-character', { number, name }), meant: undefined };
  }
  const meant = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : alike.get(text);
  return meant === undefined ? undefined : { name: `'${text}' (${number})`, meant };
}

/** The diagnostic for one that stands where C has no place for it. */
export function oddCharacterProblem({ name, meant }: OddCharacter, span: Span): Diagnostic {
  const words =
    meant === undefined
      ? { message: sentence('name-is-no-character-of-c-and-cannot-be-seen', { name }), remedy: sentence('delete-it') }
      : {
          message: sentence('name-is-no-sign-of-c-although-it-looks-like-one', { name }),
          remedy: sentence('write-what-is-meant', { meant }),
        };
  return { code: 'SS2001', severity: 'error', span, ...words };
}
