/** What hosts read of a person's disk: regular files of bearable size; everything else is refused in one sentence. */
import { given } from '../../src/base/checked-access';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeProblem, readRegularFile } from '../../src/hosts/read-file';
import { wording } from '../../src/sentences/wording';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockscope-read-'));
  writeFileSync(join(folder, 'text'), 'abc');
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'hole'), '');
  truncateSync(join(folder, 'hole'), 3_000_000_000);
  symlinkSync('text', join(folder, 'link'));
  symlinkSync('loop', join(folder, 'loop'));
  if (process.platform !== 'win32') {
    execFileSync('mkfifo', [join(folder, 'fifo')]);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kindOf = (path: string, limit?: number): string => {
  const read = readRegularFile(path, limit);
  return read instanceof Uint8Array ? new TextDecoder().decode(read) : read.kind;
};

describe('what a path names', () => {
  test('regular files, also through a link, up to the bound', () => {
    expect(kindOf(join(folder, 'text'))).toBe('abc');
    expect(kindOf(join(folder, 'link'))).toBe('abc');
    expect(kindOf(join(folder, 'empty'))).toBe('');
    expect(kindOf(join(folder, 'text'), 3)).toBe('abc');
    expect(kindOf(join(folder, 'text'), 2)).toBe('too-large');
  });
  test.skipIf(process.platform === 'win32')('devices, pipes, folders, loops and holes are not read', () => {
    expect(kindOf('/dev/zero')).toBe('special');
    expect(kindOf('/dev/null')).toBe('special');
    expect(kindOf(join(folder, 'fifo'))).toBe('special');
    expect(kindOf(folder)).toBe('directory');
    expect(kindOf(join(folder, 'loop'))).toBe('link-loop');
    expect(kindOf(join(folder, 'hole'))).toBe('too-large');
    expect(kindOf(join(folder, 'nothing'))).toBe('missing');
    expect(kindOf(join(folder, 'text', 'below'))).toBe('missing');
  });
  test('each is told in both languages', () => {
    for (const path of ['/dev/zero', folder, join(folder, 'loop'), join(folder, 'hole'), join(folder, 'nothing')]) {
      const read = readRegularFile(path);
      const { message, remedy } = describeProblem(path, read as Exclude<typeof read, Uint8Array>);
      expect(wording(message, 'zh')).toContain(path);
      expect(wording(message, 'zh')).not.toBe(wording(message, 'en'));
      expect(wording(given(remedy, 'remedy'), 'zh')).toMatch(/[一-鿿]/);
    }
  });
});
