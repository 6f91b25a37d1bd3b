import { given, itemAt } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { expect, test } from 'vitest';
import { loadPack } from '../../src/catalog/load-pack';
import { checkPairs, stalenessOf, stampPack } from '../../src/catalog/pairing';
import { SourceFile } from '../../src/source/source-file';

const pack = `# a comment
entries:
  # about EINVAL
  - errno: EINVAL
    en: >-
      Some argument
      is wrong.
    zh: 某个参数不对。
  - errno: EPERM
    pair: "00000000:00000000"
    en: a
    zh: b # kept
  - errno: EIO
    en: only English
`;

const entriesOf = (text: string) => loadPack(new SourceFile('p.yaml', text)).entries;

test('stamping touches nothing but the stamps, and is done once', () => {
  const stamped = stampPack(pack);
  expect(stamped.replace(/^ *pair: .*\n/gm, '')).toBe(pack.replace(/^ *pair: .*\n/gm, ''));
  expect(stampPack(stamped)).toBe(stamped);
  expect(entriesOf(stamped).map(stalenessOf)).toEqual(['fresh', 'fresh', 'unstamped']);
});

test('an edit of one text makes the other stale', () => {
  const stamped = stampPack(pack);
  expect(entriesOf(stamped.replace('is wrong', 'is bad')).map(stalenessOf)).toEqual([
    'en-changed',
    'fresh',
    'unstamped',
  ]);
  expect(entriesOf(stamped.replace('zh: b', 'zh: c')).map(stalenessOf)).toEqual(['fresh', 'zh-changed', 'unstamped']);
  expect(checkPairs(entriesOf(stamped.replace('is wrong', 'is bad'))).map(({ message }) => english(message))[0]).toBe(
    'errno:EINVAL has an English text newer than the Chinese one',
  );
});

test('wrapping a text anew changes nothing', () => {
  const stamped = stampPack(pack);
  expect(entriesOf(stamped.replace('argument\n      is', 'argument is')).map(stalenessOf)[0]).toBe('fresh');
});

test('a stamp goes behind the last key, in the column of the first, whatever stands around it', () => {
  const stampOf = (text: string): string => stampPack(text).replace(/[0-9a-f]{8}:[0-9a-f]{8}/g, 'EN:ZH');
  expect(stampOf('entries:\n- errno: EIO\n  en: a\n  zh: b\n')).toBe(
    'entries:\n- errno: EIO\n  en: a\n  zh: b\n  pair: "EN:ZH"\n',
  );
  expect(stampOf('entries:\n    -   errno: EIO\n        en: a\n        zh: b\n\n\n    -   errno: X\n')).toBe(
    'entries:\n    -   errno: EIO\n        en: a\n        zh: b\n        pair: "EN:ZH"\n\n\n    -   errno: X\n',
  );
  expect(stampOf('entries:\n- errno: EIO\n  pair: old\n  en: a\n  zh: b')).toBe(
    'entries:\n- errno: EIO\n  pair: "EN:ZH"\n  en: a\n  zh: b',
  );
});

test.each([
  ['an entry in braces, which has no line of its own', 'entries:\n- {errno: EIO, en: a, zh: b}\n'],
  ['a text that is none', 'entries:\n- errno: EIO\n  en: 1\n  zh: b\n- errno: E\n  en: a\n  zh: [b]\n'],
  ['entries that are no maps', 'entries:\n- 1\n- [a]\n'],
  ['no list', 'entries: 1\n'],
  ['something else', 'other:\n- errno: EIO\n  en: a\n  zh: b\n'],
])('left as it is: %s', (_what, text) => expect(stampPack(text)).toBe(text));

test('a stamp in braces is renewed', () => {
  const text = 'entries:\n- {errno: EIO, en: a, zh: b, pair: "00000000:00000000"}\n';
  expect(entriesOf(stampPack(text)).map(stalenessOf)).toEqual(['fresh']);
});

test('both texts changed; and what is told has place, kind and remedy', () => {
  const changed = entriesOf(stampPack(pack).replace('en: a', 'en: x').replace('zh: b', 'zh: y'));
  expect(changed.map(stalenessOf)).toEqual(['fresh', 'both-changed', 'unstamped']);
  const told = checkPairs(changed);
  expect(told.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['SS6003 warning', 'SS6003 information']);
  expect(told.map(({ span }) => span)).toEqual(changed.slice(1).map(({ place }) => place));
  expect(told.every(({ remedy }) => english(remedy ?? '').includes('--stamp'))).toBe(true);
});

test('the stamp tells the texts apart, and the languages', () => {
  const stamps = ['a', 'b'].map((en) =>
    given(itemAt(entriesOf(stampPack(`entries:\n- errno: E\n  en: ${en}\n  zh: a\n`)), 0).pair, 'pair'),
  );
  expect(itemAt(stamps, 0).en).toBe(itemAt(stamps, 0).zh);
  expect(itemAt(stamps, 1).en).not.toBe(itemAt(stamps, 1).zh);
  expect(itemAt(stamps, 0).zh).toBe(itemAt(stamps, 1).zh);
});
