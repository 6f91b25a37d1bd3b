/**
 * What is thrown away of a folder of compiled programs.
 *
 * In: the folder, and which machine this is. Out: files removed. Before the first reading: what processes left behind
 * that were killed while they wrote. After a writing: images that broke off, what nobody used for long, and of the rest
 * what was used least recently, until it fits. Nothing here fails, and no file is touched that is not ours.
 */
import type * as nodeFiles from 'node:fs';
import { join } from 'node:path';
import { isBrokenOff } from '../facade/compile-jobs';

/** As much of `node:fs` as writes and tidies up. */
export type StoreFiles = Pick<
  typeof nodeFiles,
  | 'closeSync'
  | 'fsyncSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'utimesSync'
  | 'writeSync'
>;

/** What is kept in all: some twenty kernels. */
export const mostBytes = 200_000_000;
const day = 24 * 3_600_000;
/** What another machine left behind is removed when it is older, in milliseconds. */
const oldAge = day;
/** An image that was not used for so long is one of another version, or of a tree that is no more. */
const longestUnused = 60 * day;

const image = /^[0-9a-f]{16}\.image$/;
const unfinished = /^[0-9a-f]{16}\.image\.([0-9a-f]{8})\.(\d{1,10})\.\d{1,10}$/;

export function removeUnfinished(folder: string, machine: string, files: StoreFiles): void {
  eachFile(folder, files, (name, path) => {
    const [, where, pid] = unfinished.exec(name) ?? [];
    const isOrphan = where === machine ? !isAlive(Number(pid)) : where !== undefined && ageOf(path, files) > oldAge;
    if (isOrphan) {
      remove(path, files);
    }
  });
}

/** `spared` has just been written. */
export function shrinkToBound(folder: string, spared: string, files: StoreFiles, bound = mostBytes): void {
  const kept: { path: string; size: number; age: number }[] = [];
  eachFile(folder, files, (name, path) => {
    if (!image.test(name) || path === spared) {
      return;
    }
    const { size, mtimeMs } = files.statSync(path);
    const age = Date.now() - mtimeMs;
    if (age > longestUnused || isBrokenOff(headOf(path, files), size)) {
      remove(path, files);
    } else {
      kept.push({ path, size, age });
    }
  });
  let total = files.statSync(spared).size;
  for (const { path, size } of kept.sort((a, b) => a.age - b.age)) {
    total += size;
    if (total > bound) {
      remove(path, files);
    }
  }
}

function eachFile(folder: string, files: StoreFiles, action: (name: string, path: string) => void): void {
  quietly(() => {
    for (const name of files.readdirSync(folder)) {
      quietly(() => action(name, join(folder, name)));
    }
  });
}

function headOf(path: string, files: StoreFiles): Uint8Array {
  const head = new Uint8Array(256);
  const file = files.openSync(path, 'r');
  try {
    return head.subarray(0, files.readSync(file, head, 0, head.length, 0));
  } finally {
    files.closeSync(file);
  }
}

function ageOf(path: string, files: StoreFiles): number {
  return Date.now() - files.statSync(path).mtimeMs;
}

function remove(path: string, files: StoreFiles): void {
  quietly(() => files.rmSync(path, { force: true }));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there and somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // Nothing hangs on it.
  }
}
