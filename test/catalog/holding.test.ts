/** For which kernels a note, or a part of it, holds: by what their text has. */
import { itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { AnnotatedFile } from '../../src/catalog/annotated-file';
import { Catalog } from '../../src/catalog/catalog';
import type { KernelText } from '../../src/catalog/holding';
import { stalenessOf, stampPack } from '../../src/catalog/pairing';
import { Reader } from '../../src/reading/reader';
import { english } from '../sentences/english';
import { SourceFile } from '../../src/source/source-file';
import { loadParser } from '../parse/c-parser';

const reader = new Reader(await loadParser());
const old = new SourceFile('net/a.c', 'int f(int a)\n{\n\ta = 1;\n\treturn a;\n}\n');
const later = new SourceFile('net/a.c', 'struct  protosw p;\nint f(int a)\n{\n\ta = 1;\n\treturn a;\n}\n');
const kernelOf = (...files: SourceFile[]): KernelText => ({
  load: (path) => files.find((each) => each.path === path),
});
const catalogOf = (entry: string): Catalog => Catalog.load([new SourceFile('p.yaml', `entries:\n${entry}`)]);

function notes(entry: string, file: SourceFile, kernel = kernelOf(file)): string[] {
  return new AnnotatedFile(file, catalogOf(entry), reader, kernel).anchors.map(({ entry: { text } }) => text.en);
}

describe('a note on a statement', () => {
  const note = (when: string): string => `- statement: a = 1\n  in: f\n  when: ${when}\n  en: x\n  zh: 甲\n`;
  test.each([
    ['{ has: struct protosw }', false, true],
    ['{ has: struct proto }', false, false],
    ['{ lacks: struct protosw }', true, false],
    ['{ has: return a, lacks: protosw }', true, false],
    ['{ has: struct protosw, file: net/b.h }', false, false],
    ['{ kernel: linux }', true, true],
    ['{ kernel: bundled }', false, false],
  ])('%s', (when, inOld, inLater) => {
    expect([notes(note(when), old), notes(note(when), later)].map(({ length }) => length > 0)).toEqual([
      inOld,
      inLater,
    ]);
  });
  test('the bundled kernel is known by its own header', () => {
    const mark = new SourceFile('include/linux/sockscope.h', '');
    expect(notes(note('{ kernel: bundled }'), old, kernelOf(old, mark))).toEqual(['x']);
  });
});

const parted =
  '- statement: a = 1\n  in: f\n  en: All.\n  zh: 都。\n  parts:\n  - {when: {has: protosw}, en: Later., zh: 后来。}\n';

test('a part that holds stands behind the rest', () => {
  expect([notes(parted, old), notes(parted, later)]).toEqual([['All.'], ['All. Later.']]);
});

test('a stamp is for the parts too', () => {
  const stamped = stampPack(`entries:\n${parted}`);
  const staleness = (text: string): string =>
    stalenessOf(itemAt(Catalog.load([new SourceFile('p.yaml', text)]).entries, 0));
  expect([staleness(stamped), staleness(stamped.replace('Later.', 'Then.'))]).toEqual(['fresh', 'en-changed']);
});

test('entries about names hold by a file that they name', () => {
  const catalog = catalogOf('- constant: N\n  when: {has: protosw, file: net/a.c}\n  en: x\n  zh: 甲\n');
  expect([old, later].map((file) => catalog.heldBy(kernelOf(file)).about('constant', 'N') !== undefined)).toEqual([
    false,
    true,
  ]);
});

test.each([
  ['when: yes', '`when` must say `has`, `lacks` or `kernel`'],
  ['when: {}', '`when` must say `has`, `lacks` or `kernel`'],
  ['when: {has: x}', '`when` must name the file that has or lacks the words'],
  ['when: {kernel: minix}', '`kernel` must be `bundled` or `linux`'],
  ['when: {version: x, kernel: linux}', 'unknown key `version`'],
  ['parts: x', '`parts` must be a list of maps'],
  ['parts: [{en: a, zh: b}]', '`when` must say `has`, `lacks` or `kernel`'],
  ['claims: [x]', '`claims` must be a list of maps'],
  ['claims: [{scenario: s, at: f}]', 'a claim needs `scenario`, `at`, and one of `holds`, `always`, `times`'],
  ['claims: [{scenario: s, at: f, holds: x, nth: 0}]', '`nth` must be a number from 1'],
])('%s is told', (line, message) => {
  expect(
    catalogOf(`- errno: EIO\n  ${line}\n  en: a\n  zh: 乙\n`).diagnostics.map((each) => english(each.message)),
  ).toContain(message);
});
