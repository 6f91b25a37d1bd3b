/** What is thrown away of a folder of compiled programs, and what is not. */
import * as nodeFiles from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IMAGE_FORMAT } from '../../src/compile/image-codec';
import { diskImageStore } from '../../src/hosts/image-store';
import { shrinkToBound } from '../../src/hosts/image-tidying';

let folder: string;
beforeEach(() => (folder = nodeFiles.mkdtempSync(join(tmpdir(), 'sockscope-tidy-'))));
afterEach(() => nodeFiles.rmSync(folder, { recursive: true, force: true }));

/** An image of so many bytes behind its head, all of them wasm. */
function imageOf(length: number, format = IMAGE_FORMAT): Uint8Array {
  const words = [0x53534d49, format, 0, 0, 0, 0, 0, 0, 0, 0, length, 0, 0];
  const bytes = new Uint8Array(words.length * 4 + length);
  words.forEach((word, index) => new DataView(bytes.buffer).setUint32(index * 4, word, true));
  return bytes;
}

/** Puts an image there that was last used so many days ago. */
function put(digit: string, bytes: Uint8Array, daysAgo = 0): string {
  const path = join(folder, `${digit.repeat(16)}.image`);
  nodeFiles.writeFileSync(path, bytes);
  const when = Date.now() / 1000 - daysAgo * 86_400;
  nodeFiles.utimesSync(path, when, when);
  return path;
}

const left = (): string[] => nodeFiles.readdirSync(folder).map((name) => name.slice(0, 1));

test('what was used least recently goes first; what was just written stays, however large', () => {
  put('1', imageOf(1000), 3);
  put('2', imageOf(1000), 1);
  put('3', imageOf(1000), 2);
  shrinkToBound(folder, put('4', imageOf(1000)), nodeFiles, 3500);
  expect(left()).toEqual(['2', '3', '4']);
  shrinkToBound(folder, put('5', imageOf(9000)), nodeFiles, 3500);
  expect(left()).toEqual(['5']);
});

test('images that break off, and what is too short for anything, are removed; one of another version only when it is old', () => {
  put('1', imageOf(1000).slice(0, 900));
  put('2', new Uint8Array(5));
  put('3', imageOf(10, IMAGE_FORMAT + 1).slice(0, -1));
  put('6', imageOf(10), 61);
  nodeFiles.writeFileSync(join(folder, 'notes.txt'), 'not ours');
  nodeFiles.mkdirSync(join(folder, `${'7'.repeat(16)}.image`));
  shrinkToBound(folder, put('4', imageOf(10)), nodeFiles);
  expect(left()).toEqual(['3', '4', '7', 'n']);
});

test('what else is kept there, as notes and names that were read, outlives the writing of an image', () => {
  put(
    '1',
    new TextEncoder().encode(JSON.stringify([{ path: 'media/annotations/calls.yaml', entries: [], diagnostics: [] }])),
  );
  put('2', new TextEncoder().encode('{'.padEnd(100)), 61);
  put('3', new Uint8Array(100));
  shrinkToBound(folder, put('4', imageOf(10)), nodeFiles);
  expect(left()).toEqual(['1', '4']);
});

test('reading an image makes it one that was just used', async () => {
  const path = put('1', imageOf(10), 5);
  await diskImageStore(folder, 'b').read('1'.repeat(16));
  expect(Date.now() - nodeFiles.statSync(path).mtimeMs).toBeLessThan(86_400_000);
});

test('a store keeps within its bound by itself, and a folder that cannot be listed is no failure', async () => {
  put('1', new Uint8Array(5));
  const store = diskImageStore(folder, 'b');
  await store.write('2'.repeat(16), imageOf(10));
  expect(left()).toEqual(['2']);
  const blind = diskImageStore(folder, 'b', {
    ...nodeFiles,
    readdirSync: (() => {
      throw new Error('no');
    }) as typeof nodeFiles.readdirSync,
  });
  await blind.write('3'.repeat(16), imageOf(10));
  expect([left(), blind.problems!()]).toEqual([['2', '3'], []]);
});
