/**
 * Compiled programs on disk: whatever fails while one is written, what is read is whole, nothing is left behind, and
 * the reason is told in one sentence.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { messages } from '../sentences/english';
import { execFileSync, spawnSync } from 'node:child_process';
import * as nodeFiles from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diskImageStore } from '../../src/hosts/image-store';
import type { StoreFiles } from '../../src/hosts/image-tidying';

const key = '0123456789abcdef';
const old = new Uint8Array(100).fill(1);
const fresh = new Uint8Array(100_000).fill(2);

let folder: string;
beforeEach(() => (folder = nodeFiles.mkdtempSync(join(tmpdir(), 'sockscope-store-'))));
afterEach(() => nodeFiles.rmSync(folder, { recursive: true, force: true }));

/** A file system in which one step fails. */
function failing(step: keyof StoreFiles, code: string, after = 0): StoreFiles {
  let calls = 0;
  return {
    ...nodeFiles,
    [step]: (...words: unknown[]) => {
      if (calls++ >= after) {
        throw Object.assign(new Error(code), { code });
      }
      return (nodeFiles[step] as (...words: unknown[]) => unknown)(...words);
    },
  };
}

/** A file system that writes 1000 bytes at a time and has room for so many. */
function small(room: number): StoreFiles {
  let left = room;
  return {
    ...nodeFiles,
    writeSync: ((file: number, bytes: Uint8Array, from: number, length: number) => {
      const now = Math.min(length, 1000, left);
      if (now === 0) {
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      }
      left -= now;
      return nodeFiles.writeSync(file, bytes, from, now);
    }) as StoreFiles['writeSync'],
  };
}

describe('a step that fails', () => {
  const steps: readonly [keyof StoreFiles, string, string][] = [
    ['mkdirSync', 'EACCES', 'writing is not allowed'],
    ['openSync', 'EROFS', 'the disk is read-only'],
    ['writeSync', 'ENOSPC', 'the disk is full'],
    ['fsyncSync', 'EDQUOT', 'the disk is full'],
    ['renameSync', 'EPERM', 'writing is not allowed'],
    ['openSync', 'EIO', 'EIO'],
  ];
  test.each(steps)('%s with %s leaves what was there, and nothing else', async (step, code, reason) => {
    await diskImageStore(folder, 'b').write(key, old);
    const store = diskImageStore(folder, 'b', failing(step, code));
    await store.write(key, fresh);
    expect(messages(store.problems!())).toEqual([`the cache cannot be used (${reason}); the run went on without it`]);
    expect(nodeFiles.readdirSync(folder)).toEqual([`${key}.image`]);
    expect(await diskImageStore(folder, 'b').read(key)).toEqual(old);
  });
  test('a folder that a read-only disk does not take', async () => {
    const refuse = (_path: unknown, options?: unknown): never => {
      throw Object.assign(new Error('refused'), { code: options === undefined ? 'EROFS' : 'ENOENT' });
    };
    const store = diskImageStore(folder, 'b', { ...nodeFiles, mkdirSync: refuse });
    await store.write(key, fresh);
    expect(messages(store.problems!())).toEqual([
      'the cache cannot be used (the disk is read-only); the run went on without it',
    ]);
  });
  test('a disk that is full in the middle', async () => {
    const store = diskImageStore(folder, 'b', small(5500));
    await store.write(key, fresh);
    expect(store.problems!()).toHaveLength(1);
    expect(nodeFiles.readdirSync(folder)).toEqual([]);
  });
  test('a disk that takes a little at a time', async () => {
    await diskImageStore(folder, 'b', small(Infinity)).write(key, fresh);
    expect(await diskImageStore(folder, 'b').read(key)).toEqual(fresh);
  });
  test('is told once', async () => {
    const store = diskImageStore(folder, 'b', failing('openSync', 'ENOSPC'));
    await store.write(key, fresh);
    await store.write(key, fresh);
    expect(store.problems!()).toHaveLength(1);
  });
});

describe('a folder that is none', () => {
  test('a file', async () => {
    const file = join(folder, 'file');
    nodeFiles.writeFileSync(file, '');
    const store = diskImageStore(file, 'b');
    expect(await store.read(key)).toBeUndefined();
    await store.write(key, fresh);
    expect(messages(store.problems!())[0]).toContain('it is no folder');
  });
  test('a name with a zero byte', async () => {
    const store = diskImageStore(`${folder}/a\0b`, 'b');
    expect(await store.read(key)).toBeUndefined();
    await store.write(key, fresh);
    expect(store.problems!()).toHaveLength(1);
  });
  test('a folder in the place of an image', async () => {
    nodeFiles.mkdirSync(join(folder, `${key}.image`));
    const store = diskImageStore(folder, 'b');
    expect(await store.read(key)).toBeUndefined();
    expect(messages(store.problems!())[0]).toContain('is a folder');
  });
});

describe('what a killed process left behind', () => {
  /** Writes half an image in another process, which then kills itself; answers what it left. */
  const killedWhileWriting = (): readonly string[] => {
    const name = leftName(String(process.pid));
    const script = `const fs = require('node:fs'); const path = process.argv[1].replace('PID', process.pid);
      fs.writeSync(fs.openSync(path, 'wx'), 'half'); process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['-e', script, join(folder, name.replace(`.${process.pid}.`, '.PID.'))]);
    return nodeFiles.readdirSync(folder);
  };
  /** The name under which a process writes on this machine. */
  const leftName = (pid: string): string => {
    const names: string[] = [];
    const store = diskImageStore(folder, 'b', {
      ...nodeFiles,
      openSync: (path, flags) => {
        names.push(String(path));
        return nodeFiles.openSync(path, flags);
      },
    });
    void store.write(key, old);
    nodeFiles.rmSync(join(folder, `${key}.image`));
    return itemAt(names, 0)
      .slice(folder.length + 1)
      .replace(`.${process.pid}.`, `.${pid}.`);
  };
  test.skipIf(process.platform === 'win32')('is removed by the next that opens the folder', async () => {
    expect(killedWhileWriting()).toHaveLength(1);
    expect(await diskImageStore(folder, 'b').read(key)).toBeUndefined();
    expect(nodeFiles.readdirSync(folder)).toEqual([]);
  });
  test('but not what a living process writes, nor what another machine does', async () => {
    const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid']));
    const kept = [leftName(String(process.pid)), `${key}.image.00000000.${dead}.0`, 'notes.txt'];
    for (const name of [...kept, leftName(String(dead))]) {
      nodeFiles.writeFileSync(join(folder, name), '');
    }
    await diskImageStore(folder, 'b').read(key);
    expect(nodeFiles.readdirSync(folder).sort()).toEqual(kept.sort());
    nodeFiles.utimesSync(
      join(
        folder,
        given(
          kept.find((name) => name.includes('00000000')),
          'such item',
        ),
      ),
      1,
      1,
    );
    await diskImageStore(folder, 'b').read(key);
    expect(nodeFiles.readdirSync(folder)).toHaveLength(2);
  });
});
