/** What the editor reads of a person's files: only what is a file and of bearable size, and it asks before it reads. */
import { beforeEach, expect, test, vi } from 'vitest';

/** Path → kind of entry (VS Code's FileType bits) and size. */
const entries = new Map<string, readonly [type: number, size: number]>([
  ['/file', [1, 3]],
  ['/link', [65, 3]],
  ['/gigantic', [1, 5_000_000_000]],
  ['/folder', [2, 0]],
  ['/pipe', [0, 0]],
  ['/link-to-device', [64, 0]],
]);
const read: string[] = [];

vi.mock('vscode', () => ({
  FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
  workspace: {
    fs: {
      stat: ({ path }: { path: string }) => {
        const entry = entries.get(path);
        return entry ? Promise.resolve({ type: entry[0], size: entry[1] }) : Promise.reject(new Error('no such file'));
      },
      readFile: ({ path }: { path: string }) => {
        read.push(path);
        return Promise.resolve(new Uint8Array(3));
      },
    },
  },
}));

const { readRegularFile } = await import('../../src/editor/regular-file');

beforeEach(() => void read.splice(0));

test.each(['/file', '/link'])('%s is read', async (path) => {
  expect(await readRegularFile({ path } as never, 1000)).toHaveLength(3);
});

test.each(['/gigantic', '/folder', '/pipe', '/link-to-device', '/nowhere'])('%s is not', async (path) => {
  expect(await readRegularFile({ path } as never, 1000)).toBeUndefined();
  expect(read).toEqual([]);
});
