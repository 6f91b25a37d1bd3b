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
  expect(checkPairs(entriesOf(stamped.replace('is wrong', 'is bad'))).map((each) => each.message)[0]).toBe(
    'errno:EINVAL has an English text newer than the Chinese one',
  );
});

test('wrapping a text anew changes nothing', () => {
  const stamped = stampPack(pack);
  expect(entriesOf(stamped.replace('argument\n      is', 'argument is')).map(stalenessOf)[0]).toBe('fresh');
});
