/**
 * Characters that come into a source from web pages and input methods: those that cannot be seen, and those that look
 * like a sign of C and are another.
 *
 * In: a token that is no token of C. Out: what to call it, and the sign that is probably meant.
 */

/** Code and name of the invisible ones (Unicode's names). */
const invisible: ReadonlyMap<number, string> = new Map([
  [0xad, 'soft hyphen'],
  [0x61c, 'Arabic letter mark'],
  [0x180e, 'Mongolian vowel separator'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x202f, 'narrow no-break space'],
  [0x205f, 'medium mathematical space'],
  [0x2060, 'word joiner'],
  [0x2061, 'function application'],
  [0x2062, 'invisible times'],
  [0x2063, 'invisible separator'],
  [0x2064, 'invisible plus'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop directional isolate'],
  [0x206a, 'inhibit symmetric swapping'],
  [0xfff9, 'interlinear annotation anchor'],
  [0xfffa, 'interlinear annotation separator'],
  [0xfffb, 'interlinear annotation terminator'],
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
  readonly name: string;
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
    invisible.get(code) ?? (space ? 'space' : control ? 'control character' : tag ? 'tag character' : undefined);
  if (name !== undefined) {
    return { name: `${number} ${name}`, meant: undefined };
  }
  const meant = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : alike.get(text);
  return meant === undefined ? undefined : { name: `'${text}' (${number})`, meant };
}
