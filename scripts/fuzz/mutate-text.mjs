/**
 * Mutations of a text whose grammar is only half known: it is seen as words, numbers, strings, blanks and marks.
 *
 * In: a text and a {@link Random}. Out: the mutated text as bytes (mutations by bytes need not leave UTF-8). Each
 * mutation is a function in `mutations`, named as reports name it.
 */
const tokenPattern =
  /\s+|[A-Za-z_]\w*|0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^]/gu;

export const numberPattern = /(?<![\w.])(?:0[xX][0-9a-fA-F]+|\d*\.?\d+)(?![\w])/g;

/** Names that every JavaScript object has; a table kept in a plain object answers to them. */
export const inheritedNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'toLocaleString',
  'propertyIsEnumerable',
  '__defineGetter__',
  '__lookupSetter__',
  'length',
  'name',
  'then',
];

/** Marks that open and close something, and what may be put around a piece of text any number of times. */
const nests = [
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
  ['<', '>'],
  ['({ ', '; })'],
  ['(int)', ''],
  ['!', ''],
  ['*', ''],
  ['-', ''],
  ['1 ? ', ' : 2'],
  ['sizeof ', ''],
  ['\n#if 1\n', '\n#endif\n'],
  ['if (1) ', ''],
  ['do { ', ' } while (0);'],
  ['"', '"'],
  ['/* ', ' */'],
  ['\\\n', ''],
];

const bigNumbers = [8, 15, 16, 24, 30, 31, 32, 40, 48, 52, 53, 62, 63, 64].flatMap((bits) =>
  [-1n, 0n, 1n].map((off) => String(2n ** BigInt(bits) + off)),
);

/** Any number in place of another: zero, signs, powers of two and their neighbours, huge ones, all ways of writing. */
export function strangeNumber(random) {
  switch (random.below(12)) {
    case 0:
      return '0';
    case 1:
      return random.pick(['-1', '-2', '-0', '--1', '+1', '-2147483648', '-2147483649', '-9223372036854775808']);
    case 2:
    case 3:
    case 4:
    case 5:
      return random.pick(bigNumbers);
    case 6:
      return `-${random.pick(bigNumbers)}`;
    case 7:
      return '9'.repeat(random.pick([20, 40, 309, 400, 5000]));
    case 8:
      return random.pick(['0.5', '1.5', '.0000000001', '1e9', '1e308', '1e400', '1.', '-0.0', '0.1e-320', '3.14159']);
    case 9:
      return random.pick(['0x', '0x0', '0xff', '0xffffffff', '0xffffffffffffffff', '0x1p3', `0x${'f'.repeat(300)}`]);
    case 10:
      return random.pick(['00', '010', '0777', '08', '037777777777', '0b101', '1_000', '1u', '1LL', '1ulx']);
    default:
      return String(random.below(70_000));
  }
}

const utf8 = (text) => Buffer.from(text, 'utf8');

/** Replaces every match of the pattern with the given chance, or just one match for chance 0. */
function replaceSome(text, pattern, chance, random, make) {
  const count = text.match(pattern)?.length ?? 0;
  const chosen = random.below(Math.max(count, 1));
  let index = 0;
  return text.replace(pattern, (match) =>
    (chance === 0 ? index++ === chosen : random.chance(chance)) ? make(match) : match,
  );
}

/** Changes 1 to 8 tokens: deleted, doubled, exchanged for another of the file, or a stranger put in. */
function byTokens(text, random) {
  const tokens = text.match(tokenPattern) ?? [];
  const strangers = ['int', 'struct', '...', ';', ',', '#', '##', '\\', '@', '`', '""', "''", '0', '\u200b', '\ufeff'];
  for (let count = random.between(1, 8); count > 0 && tokens.length > 0; count--) {
    const at = random.below(tokens.length);
    switch (random.below(5)) {
      case 0:
        tokens.splice(at, random.between(1, 3));
        break;
      case 1:
        tokens.splice(at, 0, tokens[at], ' ');
        break;
      case 2: {
        const other = random.below(tokens.length);
        [tokens[at], tokens[other]] = [tokens[other], tokens[at]];
        break;
      }
      case 3:
        tokens[at] = random.pick(tokens);
        break;
      default:
        tokens.splice(at, 0, random.pick(strangers));
    }
  }
  return utf8(tokens.join(''));
}

/** Changes bytes: flips, NUL and 0xff, a cut in the middle, a run of one byte. */
function byBytes(text, random) {
  let bytes = utf8(text);
  for (let count = random.between(1, 6); count > 0 && bytes.length > 0; count--) {
    const at = random.below(bytes.length);
    switch (random.below(5)) {
      case 0:
        bytes[at] ^= 1 << random.below(8);
        break;
      case 1:
        bytes[at] = random.pick([0, 0xff, 0x80, 0x1b, 0x0d, 0x0a, 0x5c, 0x22]);
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3: {
        const run = Buffer.alloc(random.pick([1, 10, 1000, 100_000]), random.below(256));
        bytes = Buffer.concat([bytes.subarray(0, at), run, bytes.subarray(at)]);
        break;
      }
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, 200))]);
    }
  }
  return bytes;
}

/** Replaces one number, some, or all. */
export function byNumbers(text, random) {
  const chance = random.pick([0, 0, 0.1, 0.4, 1]);
  return utf8(replaceSome(text, numberPattern, chance, random, () => strangeNumber(random)));
}

/** Puts something around a token so often that no recursion bears it. */
function byNesting(text, random) {
  const tokens = text.match(tokenPattern) ?? [''];
  const at = random.below(tokens.length);
  const [open, close] = random.pick(nests);
  const depth = random.pick([10, 100, 300, 1000, 5000, 30_000]);
  tokens[at] = open.repeat(depth) + tokens[at] + (random.chance(0.8) ? close.repeat(depth) : '');
  return utf8(tokens.join(''));
}

/** Repeats a token, a line, a block of lines or the whole text. */
function byDuplication(text, random) {
  if (random.chance(0.3)) {
    const tokens = text.match(tokenPattern) ?? [''];
    const at = random.below(tokens.length);
    tokens[at] = `${tokens[at]}${random.chance(0.5) ? ' ' : ''}`.repeat(random.pick([2, 100, 5000]));
    return utf8(tokens.join(''));
  }
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const block = lines.slice(at, at + random.pick([1, 1, 5, 20, lines.length]));
  const times = Math.max(1, Math.min(random.pick([1, 2, 50, 2000]), Math.floor(20_000 / block.length)));
  lines.splice(at, 0, ...Array.from({ length: times }, () => block).flat());
  return utf8(lines.join('\n'));
}

/** Takes out a line, a block of lines, or every line with some chance. */
function byDeletion(text, random) {
  const lines = text.split('\n');
  if (random.chance(0.4)) {
    const chance = random.pick([0.02, 0.2, 0.6]);
    return utf8(lines.filter(() => !random.chance(chance)).join('\n'));
  }
  lines.splice(random.below(lines.length), random.pick([1, 1, 3, 20]));
  return utf8(lines.join('\n'));
}

/** Gives identifiers names that every object has: one use, or all uses of one identifier, or many. */
function byNames(text, random) {
  const identifier = /\b[A-Za-z_]\w*\b/g;
  const found = text.match(identifier) ?? [];
  if (found.length === 0 || random.chance(0.3)) {
    return utf8(replaceSome(text, identifier, random.pick([0, 0.02, 0.2]), random, () => random.pick(inheritedNames)));
  }
  const renamed = new Map(
    random.some([...new Set(found)], random.pick([1, 1, 3])).map((name) => [name, random.pick(inheritedNames)]),
  );
  return utf8(text.replace(identifier, (name) => renamed.get(name) ?? name));
}

export const mutations = {
  tokens: byTokens,
  bytes: byBytes,
  numbers: byNumbers,
  nesting: byNesting,
  duplication: byDuplication,
  deletion: byDeletion,
  names: byNames,
};

/** One mutation, or now and then two one after the other. @returns {{ data: Buffer, about: string }} */
export function mutate(text, random) {
  const first = random.pick(Object.keys(mutations));
  const data = mutations[first](text, random);
  if (random.chance(0.8)) {
    return { data, about: first };
  }
  const second = random.pick(Object.keys(mutations));
  return { data: mutations[second](data.toString('utf8'), random), about: `${first}, ${second}` };
}
