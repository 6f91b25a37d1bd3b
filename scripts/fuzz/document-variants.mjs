/**
 * Variants of an annotated document.
 *
 * In: a text and a {@link Random}. Out: bytes, and the ending of the file's name. Those of `sameFunctions` are only
 * re-encoded, quoted, numbered or set otherwise: the functions in them are those of the text. Those of `damaged` are cut,
 * shuffled and mixed with what comes from other places.
 */
import { mutate } from './mutate-text.mjs';

const utf8 = (text) => Buffer.from(text, 'utf8');
const lines = (text) => text.replace(/\n$/, '').split('\n');
const eachLine = (text, change) => `${lines(text).map(change).join('\n')}\n`;
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** UTF-16 with its mark, the low byte first. */
const wide = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const tables = new Map();

/** The text in an encoding of two bytes, undefined when it does not have all characters. */
function doubleByte(text, encoding) {
  if (!tables.has(encoding)) {
    const decoder = new TextDecoder(encoding);
    const table = new Map();
    for (let high = 0x81; high <= 0xfe; high++) {
      for (let low = 0x40; low <= 0xfe; low++) {
        const letter = low === 0x7f ? '' : decoder.decode(Uint8Array.of(high, low));
        if ([...letter].length === 1 && letter !== '\ufffd' && !table.has(letter)) {
          table.set(letter, [high, low]);
        }
      }
    }
    tables.set(encoding, table);
  }
  const bytes = [];
  for (const letter of text) {
    const known = letter.charCodeAt(0) < 0x80 ? [letter.charCodeAt(0)] : tables.get(encoding).get(letter);
    if (!known) {
      return undefined;
    }
    bytes.push(...known);
  }
  return Buffer.from(bytes);
}

/** Name → `(text, random) => { data, ending? }`. */
export const sameFunctions = {
  'as it is': (text) => ({ data: utf8(text) }),
  'CR LF': (text) => ({ data: utf8(text.replace(/\n/g, '\r\n')) }),
  'byte-order mark': (text) => ({ data: utf8(`\ufeff${text}`) }),
  'UTF-16': (text) => ({ data: wide(text) }),
  GBK: (text) => ({ data: doubleByte(text, 'gbk') ?? utf8(text) }),
  quoted: (text) => ({ data: utf8(eachLine(text, (line) => `> ${line}`)) }),
  'quoted twice': (text) => ({ data: utf8(eachLine(text, (line) => `>> ${line}`)) }),
  numbered: (text, random) => {
    const first = random.between(1, 900);
    const width = random.pick([0, 4, 5]);
    const behind = random.pick([' ', '  ', '\t', ': ', '| ']);
    return { data: utf8(eachLine(text, (line, index) => `${String(first + index).padStart(width)}${behind}${line}`)) };
  },
  'blanks behind lines': (text) => ({
    data: utf8(eachLine(text, (line) => (line.endsWith('\\') ? line : `${line}  `))),
  }),
  'no-break spaces': (text) => ({ data: utf8(text.replace(/^[ \t]+/gm, (blanks) => '\u00a0'.repeat(blanks.length))) }),
  indented: (text) => ({ data: utf8(eachLine(text, (line) => (line === '' ? line : `  ${line}`))) }),
  'empty lines between': (text) => ({ data: utf8(text.replace(/(?<!\\)\n/g, '\n\n')) }),
  'caret-escaped line ends': (text) => ({
    data: utf8(eachLine(text, (line) => (/^\s*#|\\$|`{3}|\*|\/\/|^$/.test(line) ? line : `${line}^M`))),
  }),
  'set in HTML': (text) => ({
    data: utf8(
      `<!DOCTYPE html>\n<html><body>\n<pre><code>${escaped(text.replace(/^`{3}.*$/gm, ''))}</code></pre>\n</body></html>\n`,
    ),
    ending: 'html',
  }),
};

function cut(text, random) {
  const from = random.below(text.length);
  return utf8(random.chance(0.5) ? text.slice(0, from) : text.slice(0, from) + text.slice(from + random.below(2000)));
}

function shuffled(text, random) {
  const parts = random.chance(0.5) ? lines(text) : text.split(/\n{2,}|(?<=\n\}\n)/);
  for (let i = parts.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [parts[i], parts[other]] = [parts[other], parts[i]];
  }
  return utf8(parts.join('\n'));
}

const intruders = [
  ...[
    '```',
    '```c',
    '~~~~',
    '/*',
    '*/',
    '"',
    "'",
    '“',
    '{',
    '}',
    '(',
    '...',
    '……',
    '#if 0',
    '#else',
    '#endif',
    '#define \\',
  ],
  ...[
    '<pre>',
    '</pre>',
    '<script>',
    '<a href="',
    '<!--',
    '&lt;',
    '> ',
    '12 ',
    '\u200b',
    '。',
    '；',
    '–',
    '\ufeff',
    '\0',
    '\u2028',
  ],
  ...[
    'int f(int a)',
    'static int g(struct sock *sk)\n{',
    'SYSCALL_DEFINE1(x, int, a) {',
    '@@ -1,2 +1,2 @@',
    '^M',
    'M-bM-^@M-^S',
  ],
];

/** Things from other places are put in at several places. */
function sown(text, random) {
  let result = text;
  for (let count = random.between(1, 12); count > 0; count--) {
    const at = random.below(result.length + 1);
    const times = random.chance(0.05) ? random.pick([100, 5000]) : 1;
    result = result.slice(0, at) + random.pick(intruders).repeat(times) + result.slice(at);
  }
  return utf8(result);
}

/** Bytes of one encoding read as another. */
function misread(text, random) {
  const bytes = random.pick([utf8, wide])(text);
  return utf8(new TextDecoder(random.pick(['gbk', 'big5', 'latin1', 'utf-16be'])).decode(bytes));
}

/** Name → `(text, random) => Buffer`. */
export const damaged = {
  cut,
  shuffled,
  sown,
  misread,
  'in one line': (text) => utf8(text.replace(/\n/g, ' ')),
  mutated: (text, random) => mutate(text, random).data,
  'many times': (text, random) => utf8(text.repeat(random.between(2, 12))),
};
