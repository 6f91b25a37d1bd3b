/** Which files of a folder on disk are a tree's: what links lead to, and what is not there. */
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';

let folder: string;
let tree: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockscope-tree-'));
  tree = join(folder, 'tree');
  mkdirSync(join(tree, 'include', 'net'), { recursive: true });
  writeFileSync(join(tree, 'include', 'net', 'sock.h'), 'in the tree');
  writeFileSync(join(folder, 'outside.h'), 'outside');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The text of a file, and the paths of what was there and not read. */
function load(
  path: string,
  root = tree,
): readonly [text: string | undefined, refused: readonly (string | undefined)[]] {
  const loader = diskTree(root);
  const text = loader.load(path)?.text;
  return [text, (loader.problems?.() ?? []).map((each) => each.path)];
}

test('files by their paths below the folder, and nothing else', () => {
  expect(load('include/net/sock.h')).toEqual(['in the tree', []]);
  expect(load('include/net/../net/sock.h')).toEqual(['in the tree', []]);
  for (const path of ['include/net/none.h', 'include/none/sock.h', 'include/net/sock.h/more', 'include/net']) {
    expect(load(path), path).toEqual([undefined, []]);
  }
});

test('links within the tree are followed, of files and of folders; also when the tree itself is one', () => {
  symlinkSync('net', join(tree, 'include', 'linked'));
  symlinkSync('sock.h', join(tree, 'include', 'net', 'other.h'));
  symlinkSync(tree, join(folder, 'link'));
  expect(load('include/linked/sock.h')).toEqual(['in the tree', []]);
  expect(load('include/net/other.h')).toEqual(['in the tree', []]);
  expect(load('include/linked/other.h', join(folder, 'link'))).toEqual(['in the tree', []]);
});

test('links that lead out, or back to themselves, are told and not followed', () => {
  symlinkSync(join(folder, 'outside.h'), join(tree, 'include', 'out.h'));
  symlinkSync(folder, join(tree, 'up'));
  symlinkSync('loop.h', join(tree, 'include', 'loop.h'));
  symlinkSync('round', join(tree, 'round'));
  for (const path of ['include/out.h', 'up/outside.h', '../outside.h', 'include/loop.h', 'round/sock.h']) {
    expect(load(path), path).toEqual([undefined, [path]]);
  }
});

test('a folder that is not there has no files', () => {
  expect(load('include/net/sock.h', join(folder, 'none'))).toEqual([undefined, []]);
});

/** The stamp of the one file, looked at so many milliseconds after it was changed last. */
function stampOf(path: string, later = 10_000): string | undefined {
  const { mtimeMs, ctimeMs } = statSync(join(tree, 'include', 'net', 'sock.h'));
  return diskTree(tree, () => Math.max(mtimeMs, ctimeMs) + later).stamp?.(path);
}

test('a file that is left alone keeps its stamp; a change gives another, also when its time is set back', () => {
  const path = 'include/net/sock.h';
  const place = join(tree, path);
  const before = stampOf(path);
  expect(before).toBeDefined();
  expect(stampOf(path)).toBe(before);
  const { atime, mtime, ctimeMs } = statSync(place);
  // A file system counts time in steps: the change has to be in a later one, as it is behind the settled time.
  do {
    writeFileSync(place, 'in the TREE');
  } while (statSync(place).ctimeMs === ctimeMs);
  utimesSync(place, atime, mtime);
  expect(stampOf(path)).not.toBe(before);
});

test('a file that was changed just now has no stamp, nor has what is no file of the tree', () => {
  expect(stampOf('include/net/sock.h', 2_000)).toBeUndefined();
  symlinkSync(join(folder, 'outside.h'), join(tree, 'include', 'out.h'));
  for (const path of ['include/net/none.h', 'include/net', 'include/out.h']) {
    expect(stampOf(path), path).toBeUndefined();
  }
});

test('whether there is a file is known as by reading it, and what cannot be read is told', () => {
  symlinkSync(join(folder, 'outside.h'), join(tree, 'include', 'out.h'));
  symlinkSync('net', join(tree, 'include', 'linked'));
  const loader = diskTree(tree);
  const paths = ['include/net/sock.h', 'include/linked/sock.h', 'include/net/none.h', 'include/net', 'include/out.h'];
  expect(paths.map((path) => loader.has?.(path))).toEqual([true, true, false, false, false]);
  expect(loader.problems?.().map(({ path: refused }) => refused)).toEqual(['include/out.h']);
  expect(paths.map((path) => diskTree(tree).load(path) !== undefined)).toEqual(paths.map((path) => loader.has?.(path)));
});
