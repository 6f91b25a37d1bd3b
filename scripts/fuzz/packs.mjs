/**
 * Annotation packs that are wrong as YAML or as packs: structure, aliases and bombs of aliases, tags, encodings, control
 * characters, and mutated text. The pack lies where a person's own packs lie, so that every command reads it.
 */
import { inheritedNames, mutate, strangeNumber } from './mutate-text.mjs';
import { once, textsBelow } from './sources.mjs';

const bundled = once(() => textsBelow('media/annotations', '.yaml'));

const keys = ['id', 'function', 'field', 'macro', 'errno', 'statement', 'in', 'title', 'en', 'zh', 'source', 'pair'];
const scalars = ['~', 'true', '0x1F', '.inf', '.nan', '2026-01-01', '""', '"\\x1b[31m"', '!!binary aGk=', '? x', '- y'];

/** A tree written as YAML in flow style, with anchors, aliases and tags strewn in. */
function value(random, depth) {
  const anchor = random.chance(0.1) ? `&a${random.below(4)} ` : '';
  const tag = random.chance(0.08)
    ? `${random.pick(['!!str', '!!int', '!!map', '!!set', '!!js/function', '!x', '!!binary', '!!omap', '!<y>', '!!null'])} `
    : '';
  if (random.chance(0.1)) {
    return `*a${random.below(4)}`;
  }
  if (depth === 0 || random.chance(0.4)) {
    return `${anchor}${tag}${random.pick([random.pick(scalars), strangeNumber(random).slice(0, 400), random.pick(inheritedNames), 'tcp_accept'])}`;
  }
  const parts = Array.from({ length: random.below(4) }, () => value(random, depth - 1));
  return random.chance(0.5)
    ? `${anchor}${tag}[${parts.join(', ')}]`
    : `${anchor}${tag}{${parts.map((part) => `${random.pick([...keys, ...inheritedNames, '<<'])}: ${part}`).join(', ')}}`;
}

/** Entries as they should be, but each value may be anything. */
function wrongStructure(random) {
  const entries = Array.from({ length: random.between(1, 4) }, () => {
    const chosen = random.some([...keys, random.pick(inheritedNames), '<<'], random.between(1, 6));
    return `  - ${chosen.map((key) => `${key}: ${value(random, random.below(4))}`).join('\n    ')}`;
  });
  return `entries:\n${entries.join('\n')}\n`;
}

/** Aliases of aliases: small text, huge tree. */
function bomb(random) {
  const levels = random.pick([5, 10, 30, 100]);
  const width = random.pick([2, 9, 20]);
  const lines = ['a0: &b0 [x, x]'];
  for (let level = 1; level <= levels; level++) {
    const uses = `*b${level - 1}`;
    const repeated = Array.from({ length: width }, () => uses).join(', ');
    lines.push(
      random.chance(0.8)
        ? `a${level}: &b${level} [${repeated}]`
        : `a${level}: &b${level} { k: ${uses}, ${random.pick(['<<', 'l'])}: ${uses} }`,
    );
  }
  return `${lines.join('\n')}\nentries: ${random.pick([`*b${levels}`, `[ { function: tcp_accept, en: *b${levels}, zh: x } ]`, '[]'])}\n`;
}

/** Aliases that lead back to themselves, to nothing, or are keys. */
function loop(random) {
  return random.pick([
    'entries: &e\n  - function: tcp_accept\n    en: x\n    zh: y\n    source: *e\n',
    'entries: &e [ *e, *e ]\n',
    'entries: &e { <<: *e }\n',
    'entries:\n  - &x { function: tcp_accept, en: *x, zh: *x }\n',
    'entries:\n  - { ? *none : 1 }\n',
    '&k entries: [ *k ]\n*k : [ { function: *k, en: *k, zh: *k } ]\n',
    `entries: ${'['.repeat(random.pick([100, 5000, 50_000]))}`,
    `entries: ${'{a: '.repeat(random.pick([100, 5000]))}`,
    `${'- '.repeat(random.pick([100, 5000, 50_000]))}x\n`,
    `${Array.from({ length: random.pick([50, 1000]) }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n`,
    `--- x\n${'--- y\n'.repeat(random.pick([1, 10_000]))}`,
    '%YAML 9.9\n---\nentries: []\n',
    `%TAG ! tag:example.com,2000:\n---\nentries: [ !y { function: x } ]\n`,
    `entries: "${'\\u0000'.repeat(1000)}"\n`,
    `? ${'? '.repeat(random.pick([10, 3000]))}x\n`,
    `entries: |${strangeNumber(random).slice(0, 30)}\n  text\n`,
    `entries:\n${'  - function: tcp_accept\n    en: a\n    zh: b\n'.repeat(random.pick([10, 3000, 20_000]))}`,
    `entries:\n  - statement: "${'(a+'.repeat(random.pick([10, 3000]))}"\n    in: ${random.pick([...inheritedNames, 'tcp_accept'])}\n    en: a\n    zh: b\n`,
    `entries:\n  - function: ${random.pick(inheritedNames)}\n    en: a\n    zh: b\n  - field: ${random.pick(inheritedNames)}.${random.pick(inheritedNames)}\n    en: a\n    zh: b\n`,
    `entries:\n  - statement: [ ${Array.from({ length: random.pick([2, 4000]) }, () => 'return 0').join(', ')} ]\n    in: tcp_accept\n    en: a\n    zh: b\n`,
  ]);
}

/** The bytes of another encoding, or of none. */
function encoded(text, random) {
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    case 1:
      return Buffer.from(text, 'utf16le').swap16();
    case 2:
      return Buffer.from(text, 'latin1');
    case 3:
      return Buffer.from(`\ufeff${text}`, 'utf8');
    case 4:
      return Buffer.from(text.replaceAll('\n', random.pick(['\r', '\r\n', '\u2028', '\u0085', '\u0000'])), 'utf8');
    default:
      return Buffer.from(text.replaceAll(' ', random.pick(['\t', '\u00a0', '\u3000', '\u200b'])), 'utf8');
  }
}

const source = `int tcp_accept(int x)\n{\n\tif (x < 3)\n\t\treturn 0;\n\treturn x;\n}\n`;

export function makeCase(random) {
  const { path, text } = random.pick(bundled());
  // A piece of a pack: the whole costs time and shows no more.
  const entries = text.split(/\n(?= {2}- )/);
  const first = 1 + random.below(Math.max(1, entries.length - 6));
  const piece = `entries:\n${entries.slice(first, first + 6).join('\n')}\n`;
  const kind = random.below(10);
  let made;
  if (kind < 3) {
    made = { data: Buffer.from(wrongStructure(random)), about: 'structure' };
  } else if (kind < 4) {
    made = { data: Buffer.from(bomb(random)), about: 'aliases of aliases' };
  } else if (kind < 6) {
    made = { data: Buffer.from(loop(random)), about: 'loops, depth, length' };
  } else if (kind < 7) {
    made = { data: encoded(random.chance(0.5) ? piece : wrongStructure(random), random), about: 'encoding' };
  } else {
    made = mutate(piece, random);
    made.about += ` of ${path}`;
  }
  const file = '.sockscope/annotations/input.yaml';
  const second = random.pick([
    ['explain', 'EINVAL'],
    ['explain', '__proto__'],
    ['annotations', '--stamp', file],
    ['annotations', '--check', '--json', 'source.c'],
  ]);
  return {
    ...made,
    file,
    more: { 'source.c': source },
    runs: [['annotations', '--check', 'source.c'], ...(random.chance(0.4) ? [second] : [])],
  };
}
