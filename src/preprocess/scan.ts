/**
 * Finding the ends of lexical elements in text (C99 5.1.1.2 phases 2 and 3, 6.4). All functions take the text and an
 * offset and give the offset just behind the element. Backslash-newline pairs are part of whatever they stand in;
 * trigraphs are not translated, as in GNU C's default mode.
 */

const letter = new Uint8Array(128);
for (const c of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$') {
  letter[c.charCodeAt(0)] = 1;
}
for (const c of '0123456789') {
  letter[c.charCodeAt(0)] = 2;
}

/** May start an identifier. Letters outside ASCII may. */
export function isIdentifierStart(code: number): boolean {
  return code < 128 ? letter[code] === 1 : code >= 0xaa && !isForeignSign(code);
}

/** May stand in an identifier behind its first letter. */
function isIdentifierPart(code: number): boolean {
  return code < 128 ? letter[code] !== 0 : code >= 0xaa && !isForeignSign(code);
}

/** Spaces, general punctuation, full-width signs and the replacement character: never part of a name. */
function isForeignSign(code: number): boolean {
  return (
    code === 0xd7 ||
    code === 0xf7 ||
    code === 0xab ||
    code === 0xbb ||
    (code >= 0x2000 && code <= 0x2bff) ||
    (code >= 0x3000 && code <= 0x3020) ||
    (code >= 0xff00 && code <= 0xff20) ||
    (code >= 0xff3b && code <= 0xff65) ||
    code >= 0xfff0 ||
    code === 0xfeff
  );
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Length of a backslash-newline at `at` (white space may stand between, as GNU C allows), or 0. */
export function spliceLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== 92) {
    return 0;
  }
  let i = at + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 10) {
      return i + 1 - at;
    }
    if (code !== 13 && code !== 32 && code !== 9) {
      return 0;
    }
    i++;
  }
  return 0;
}

/** Removes every backslash-newline. */
export function withoutSplices(text: string): string {
  return text.replace(/\\[ \t\r]*\n/g, '');
}

export function endOfIdentifier(text: string, at: number): number {
  let i = at;
  for (;;) {
    while (isIdentifierPart(text.charCodeAt(i))) {
      i++;
    }
    const splice = spliceLength(text, i);
    if (splice === 0 || !isIdentifierPart(text.charCodeAt(i + splice))) {
      return i;
    }
    i += splice;
  }
}

/** A preprocessing number (C99 6.4.8). */
export function endOfNumber(text: string, at: number): number {
  let i = at;
  for (;;) {
    const code = text.charCodeAt(i);
    const lower = code | 32;
    if (lower === 101 || lower === 112) {
      const sign = text.charCodeAt(i + 1);
      i += sign === 43 || sign === 45 ? 2 : 1;
    } else if (isIdentifierPart(code) || code === 46) {
      i++;
    } else {
      const splice = spliceLength(text, i);
      if (splice === 0 || !isIdentifierPart(text.charCodeAt(i + splice))) {
        return i;
      }
      i += splice;
    }
  }
}

/**
 * The end of a character constant or string literal whose quote is at `at`; -1 when it is not closed on its line.
 */
export function endOfQuoted(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  let i = at + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      return i + 1;
    }
    if (code === 92) {
      i += spliceLength(text, i) || 2;
    } else if (code === 10) {
      return -1;
    } else {
      i++;
    }
  }
  return -1;
}

/**
 * The end of a string literal that runs over several lines, as GNU C before 3.3 allowed; -1 when what follows does not
 * look like one (a line of it is a directive, or it is longer than 200 lines).
 */
export function endOfMultilineString(text: string, at: number): number {
  let lines = 0;
  let i = at + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      return i + 1;
    }
    if (code === 92) {
      i += 2;
      continue;
    }
    if (code === 10 && (++lines > 200 || /^[ \t]*#/.test(text.slice(i + 1, i + 80)))) {
      return -1;
    }
    i++;
  }
  return -1;
}

/** The end of a comment that starts with two slashes: the line end, which is not part of it. */
export function endOfLineComment(text: string, at: number): number {
  let i = at;
  for (;;) {
    const end = text.indexOf('\n', i);
    if (end < 0) {
      return text.length;
    }
    const last = text.charCodeAt(end - 1) === 13 ? end - 2 : end - 1;
    if (text.charCodeAt(last) !== 92) {
      return end;
    }
    i = end + 1;
  }
}

/** The length of the longest punctuator at `at` (C99 6.4.6, without digraphs), or 0. */
export function punctuatorLength(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 40:
    case 41:
    case 44:
    case 59:
    case 63:
    case 91:
    case 93:
    case 123:
    case 125:
    case 126:
    case 58:
      return 1;
    case 33:
    case 42:
    case 47:
    case 61:
    case 94:
    case 37: // ! * / = ^ %
      return next === 61 ? 2 : 1;
    case 35: // #
      return next === 35 ? 2 : 1;
    case 38: // &
      return next === 38 || next === 61 ? 2 : 1;
    case 124: // |
      return next === 124 || next === 61 ? 2 : 1;
    case 43: // +
      return next === 43 || next === 61 ? 2 : 1;
    case 45: // -
      return next === 45 || next === 61 || next === 62 ? 2 : 1;
    case 46: // .
      return next === 46 && text.charCodeAt(at + 2) === 46 ? 3 : 1;
    case 60: // <
      return next === 60 ? (text.charCodeAt(at + 2) === 61 ? 3 : 2) : next === 61 ? 2 : 1;
    case 62: // >
      return next === 62 ? (text.charCodeAt(at + 2) === 61 ? 3 : 2) : next === 61 ? 2 : 1;
    default:
      return 0;
  }
}

/** The punctuator a digraph at `at` stands for (C99 6.4.6 paragraph 3), with the digraph's length. */
export function digraphAt(text: string, at: number): { spelling: string; length: number } | undefined {
  switch (text.slice(at, at + 2)) {
    case '<:':
      return { spelling: '[', length: 2 };
    case ':>':
      return { spelling: ']', length: 2 };
    case '<%':
      return { spelling: '{', length: 2 };
    case '%>':
      return { spelling: '}', length: 2 };
    case '%:':
      return text.slice(at + 2, at + 4) === '%:' ? { spelling: '##', length: 4 } : { spelling: '#', length: 2 };
    default:
      return undefined;
  }
}
