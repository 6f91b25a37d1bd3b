/** The scripts of a workspace are found also where VS Code cannot search. */
import { afterEach, expect, test, vi } from 'vitest';

const file = 1;
const folder = 2;
const tree: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  '/course': [
    ['notes.md', file],
    ['first.pkt', file],
    ['week', folder],
    ['locked', folder],
    ['.git', folder],
    ['node_modules', folder],
  ],
  '/course/week': [
    ['second.pkt', file],
    ['looks-like.pkt', folder],
  ],
  '/course/week/looks-like.pkt': [],
  '/course/.git': [['hidden.pkt', file]],
  '/course/node_modules': [['theirs.pkt', file]],
};
let searched: () => Promise<readonly { readonly path: string }[]>;

class CancellationTokenSource {
  private listener = (): void => {};
  readonly token = {
    onCancellationRequested: (listener: () => void): void => {
      this.listener = listener;
    },
  };
  cancel(): void {
    this.listener();
  }
  dispose(): void {}
}

vi.mock('vscode', () => ({
  CancellationTokenSource,
  FileType: { File: file, Directory: folder },
  Uri: { joinPath: (base: { path: string }, name: string) => ({ path: `${base.path}/${name}` }) },
  workspace: {
    workspaceFolders: [{ uri: { path: '/course' } }],
    findFiles: () => searched(),
    fs: {
      readDirectory: ({ path }: { path: string }) =>
        tree[path] ? Promise.resolve(tree[path]) : Promise.reject(new Error('cannot be read')),
    },
  },
}));

const { scriptsOfWorkspace } = await import('../../src/editor/workspace-scripts');

afterEach(() => vi.useRealTimers());

async function found(): Promise<readonly string[]> {
  return (await scriptsOfWorkspace()).map(({ path }) => path);
}

test('VS Code’s search decides where there is one', async () => {
  searched = () => Promise.resolve([{ path: '/course/week/second.pkt' }]);
  expect(await found()).toEqual(['/course/week/second.pkt']);
});

const read = ['/course/first.pkt', '/course/week/second.pkt'];

test('without it, folders are read; hidden, installed and unreadable ones are passed over', async () => {
  searched = () => Promise.reject(new Error('spawn rg ENOENT'));
  expect(await found()).toEqual(read);
});

test('folders are read also where the search finds nothing', async () => {
  searched = () => Promise.resolve([]);
  expect(await found()).toEqual(read);
});

test('and where it never answers', async () => {
  vi.useFakeTimers();
  searched = () => new Promise(() => {});
  const scripts = found();
  await vi.runAllTimersAsync();
  expect(await scripts).toEqual(read);
});
