/** A bundle run through kept code: the code is used, and nothing but what this user kept of this very bundle. */
import { given } from '../../src/base/checked-access';
import * as nodeFiles from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadThroughCodeCache } from '../../src/hosts/code-cache';

let folder: string;
beforeEach(() => (folder = nodeFiles.mkdtempSync(join(tmpdir(), 'sockscope-code-'))));
afterEach(() => nodeFiles.rmSync(folder, { recursive: true, force: true }));

const first = '0123456789abcdef';
const second = 'fedcba9876543210';
/** Of the same length: V8 itself compares no more of a source. */
const code = (answer: string): string => `exports.answer = () => '${answer}'; exports.file = __filename;\n`;

function bundle(name: string, answer: string): string {
  const path = join(folder, 'bundle.js');
  nodeFiles.writeFileSync(path, `/* ${name} */\n${code(answer)}`);
  return path;
}

/** What the bundle answers, and whether that was kept code. */
function run(path: string, { word = 'run', kept = true } = {}): string {
  const loaded = loadThroughCodeCache(path, kept ? join(folder, 'code') : undefined, word);
  const { answer, file } = loaded.exports as { readonly answer: () => string; readonly file: string };
  const said = answer();
  loaded.keep();
  expect(file).toBe(path);
  return `${said}${loaded.wasKept ? ', kept' : ''}`;
}

const kept = (): readonly string[] => nodeFiles.readdirSync(join(folder, 'code')).sort();
const pathOf = (index: number): string => join(folder, 'code', given(kept()[index], 'file'));

test('code is kept once for each command, for its user alone', () => {
  const path = bundle(first, 'one');
  expect([run(path), run(path), run(path)]).toEqual(['one', 'one, kept', 'one, kept']);
  expect(nodeFiles.statSync(pathOf(0)).mode & 0o777).toBe(0o600);
  expect([run(path, { word: 'explain' }), run(path, { word: 'explain' })]).toEqual(['one', 'one, kept']);
  expect(kept().map((name) => name.slice(0, name.indexOf('-')))).toEqual(['explain', 'run']);
});

test('another bundle of the same length has its own code', () => {
  run(bundle(first, 'one'));
  const path = bundle(second, 'two');
  expect([run(path), run(path)]).toEqual(['two', 'two, kept']);
  expect(kept()).toHaveLength(2);
});

test('damaged code is not run, and is kept anew', () => {
  const path = bundle(first, 'one');
  run(path);
  const bytes = nodeFiles.readFileSync(pathOf(0));
  for (const damaged of [Buffer.from(bytes).fill(7, bytes.length - 40), bytes.subarray(0, 50), Buffer.alloc(0)]) {
    nodeFiles.writeFileSync(pathOf(0), damaged);
    expect([run(path), run(path)]).toEqual(['one', 'one, kept']);
  }
});

test.skipIf(process.platform === 'win32')('what others may write is not run', () => {
  const path = bundle(first, 'one');
  run(path);
  nodeFiles.chmodSync(pathOf(0), 0o620);
  expect([run(path), run(path)]).toEqual(['one', 'one, kept']);
  nodeFiles.chmodSync(join(folder, 'code'), 0o777);
  expect([run(path), run(path)]).toEqual(['one', 'one']);
});

test('where nothing can be kept, or the bundle has no name, it runs all the same', () => {
  const path = bundle(first, 'one');
  expect(run(path, { kept: false })).toBe('one');
  expect(run(path, { word: '../run' })).toBe('one');
  expect(nodeFiles.existsSync(join(folder, 'code'))).toBe(false);
  // As the build leaves it while it watches: the next one may have the same length.
  for (const [name, text] of [
    ['plain.js', code('six')],
    ['unnamed.js', `/* unnamed */\n${code('six')}`],
  ] as const) {
    nodeFiles.writeFileSync(join(folder, name), text);
    expect(run(join(folder, name))).toBe('six');
    expect(nodeFiles.existsSync(join(folder, 'code'))).toBe(false);
  }
  nodeFiles.writeFileSync(join(folder, 'code'), 'a file');
  expect([run(path), run(path)]).toEqual(['one', 'one']);
});

test('code of older builds goes, and what a killed process was writing; nothing else does', () => {
  run(bundle(first, 'one'));
  const past = new Date(Date.now() - 48 * 3_600_000);
  nodeFiles.utimesSync(pathOf(0), past, past);
  const half = join(folder, 'code', `run-${first}.code.4711`);
  const other = join(folder, 'code', 'mine.txt');
  for (const path of [half, other]) {
    nodeFiles.writeFileSync(path, 'x');
    nodeFiles.utimesSync(path, past, past);
  }
  run(bundle(second, 'two'));
  expect(kept()).toHaveLength(2);
  expect(kept()).toContain('mine.txt');
});
