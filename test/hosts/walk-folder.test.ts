/** Listing folders: ends on links that lead in circles, never leaves the folder, and says what was passed over. */
import { given } from '../../src/base/checked-access';
import { inEnglish } from '../sentences/english';
import { wording } from '../../src/sentences/wording';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { walkFolder } from '../../src/hosts/walk-folder';

let top: string;
let folder: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'sockscope-walk-'));
  folder = join(top, 'packs');
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  mkdirSync(join(top, 'outside'));
  for (const path of ['packs/z.pkt', 'packs/a/b/c.pkt', 'packs/a/note.txt', 'outside/o.pkt']) {
    writeFileSync(join(top, path), path);
  }
  const link = (path: string, target: string): void => symlinkSync(target, join(folder, path));
  link('a/up', '..');
  link('a/b/top', '../..');
  link('self', 'self');
  link('self.pkt', 'self.pkt');
  link('same.pkt', 'z.pkt');
  link('nowhere.pkt', 'nothing');
  link('out.pkt', '../outside/o.pkt');
  link('outside', '../outside');
  link('zero.pkt', '/dev/zero');
  if (process.platform !== 'win32') {
    execFileSync('mkfifo', [join(folder, 'pipe.pkt')]);
  }
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const short = (path: string): string => path.slice(folder.length + 1);

describe.skipIf(process.platform === 'win32')('a folder', () => {
  test('gives each file once', () =>
    expect(walkFolder(folder, ['.pkt']).files.map(short)).toEqual(['a/b/c.pkt', 'z.pkt']));
  test('and says what it passed over', () =>
    expect(
      walkFolder(folder, ['.pkt']).problems.map(
        ({ path, message }) => `${short(given(path, 'path'))}: ${wording(message, 'en')}`,
      ),
    ).toEqual([
      'pipe.pkt: this is a device, a pipe or a socket and was not read',
      'nowhere.pkt: a link leads nowhere',
      'out.pkt: a link leads outside and was not followed',
      'outside: a link leads outside and was not followed',
      'self: a link leads back to itself',
      'self.pkt: a link leads back to itself',
      'zero.pkt: a link leads outside and was not followed',
    ]));
  test('may be left as far as the folder around it', () =>
    expect(walkFolder(folder, ['.pkt'], top).files.map(short)).toEqual(['a/b/c.pkt', 'out.pkt', 'z.pkt']));
  test('that is a link out of the folder around it is not followed', () =>
    expect(inEnglish(walkFolder(join(folder, 'outside'), ['.pkt'], folder))).toMatchObject({
      files: [],
      problems: [{ message: 'a link leads outside and was not followed' }],
    }));
  test('that is a file, or is not there, has no files', () => {
    expect(walkFolder(join(folder, 'z.pkt'), ['.pkt'])).toEqual({ files: [], problems: [] });
    expect(walkFolder(join(folder, 'no\0where'), ['.pkt'])).toEqual({ files: [], problems: [] });
  });
});
