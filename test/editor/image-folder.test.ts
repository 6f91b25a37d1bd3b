/** Compiled kernels in VS Code's storage: kept, found, thrown away when there are too many, never a failure. */
import { beforeEach, expect, test, vi } from 'vitest';

const files = new Map<string, { bytes: Uint8Array; mtime: number }>();
let clock = 0;
let broken = false;
/** Nothing more can be written. */
let full = false;

interface FakeUri {
  readonly path: string;
  with(change: { path: string }): FakeUri;
}
const uri = (path: string): FakeUri => ({ path, with: (change) => uri(change.path) });

vi.mock('vscode', () => {
  const found = (at: FakeUri): { bytes: Uint8Array; mtime: number } => {
    const file = files.get(at.path);
    if (!file || broken) {
      throw new Error('no such file');
    }
    return file;
  };
  const later = <T>(work: () => T): Promise<T> => Promise.resolve().then(work);
  return {
    Uri: { joinPath: (base: FakeUri, ...names: string[]) => uri([base.path, ...names].join('/')) },
    workspace: {
      fs: {
        createDirectory: () => Promise.resolve(),
        readFile: (at: FakeUri) => later(() => found(at).bytes),
        stat: (at: FakeUri) => later(() => ({ size: found(at).bytes.length, mtime: found(at).mtime })),
        writeFile: (at: FakeUri, bytes: Uint8Array) =>
          later(() => {
            if (broken || full) {
              throw new Error('read-only');
            }
            files.set(at.path, { bytes, mtime: ++clock });
          }),
        rename: (from: FakeUri, to: FakeUri) =>
          later(() => {
            files.set(to.path, found(from));
            files.delete(from.path);
          }),
        delete: (at: FakeUri) => later(() => void files.delete(at.path)),
        readDirectory: () => later(() => [...files.keys()].map((path) => [path.slice(path.lastIndexOf('/') + 1), 1])),
      },
    },
  };
});

const { ImageFolder } = await import('../../src/editor/image-folder');

beforeEach(() => {
  files.clear();
  broken = false;
  full = false;
  vi.spyOn(Date, 'now').mockImplementation(() => ++clock);
});

function folder(lost: (error: unknown) => void = () => undefined): InstanceType<typeof ImageFolder> {
  const notes = new Map<string, unknown>();
  const memento = {
    get: (key: string, fallback: unknown) => notes.get(key) ?? fallback,
    update: (key: string, value: unknown) =>
      broken || full ? Promise.reject(new Error('full')) : Promise.resolve(void notes.set(key, value)),
    keys: () => [],
  };
  return new ImageFolder(uri('/storage') as never, memento as never, 'build', undefined, lost);
}
const names = (): string[] => [...files.keys()].map((path) => path.replace('/storage/', '')).sort();
const image = (size: number, fill = 1): Uint8Array => new Uint8Array(size).fill(fill);

test('what was written is read', async () => {
  const store = folder();
  await store.write('a', image(10, 7));
  expect(await store.read('a')).toEqual(image(10, 7));
  expect(await store.read('b')).toBeUndefined();
  expect(names()).toEqual(['a.image']);
});

test('beyond the limit what was not used for longest goes', async () => {
  const store = folder();
  for (const key of ['a', 'b', 'c']) {
    await store.write(key, image(25_000_000));
  }
  await store.read('a');
  await store.write('d', image(25_000_000));
  expect(names()).toEqual(['a.image', 'c.image', 'd.image']);
});

test('many small ones are bounded too', async () => {
  const store = folder();
  for (let i = 0; i < 20; i++) {
    await store.write(`k${i}`, image(1));
  }
  expect(files.size).toBe(12);
});

test('one that is larger than everything allowed is not kept', async () => {
  await folder().write('a', image(90_000_000));
  expect(names()).toEqual([]);
});

test('a storage that cannot be written or read is no failure', async () => {
  const store = folder();
  broken = true;
  await store.write('a', image(10));
  expect(await store.read('a')).toBeUndefined();
  expect(names()).toEqual([]);
});

test('that something cannot be kept is told, once; what is there can still be read', async () => {
  const told: unknown[] = [];
  const store = folder((error) => told.push(error));
  await store.write('a', image(10));
  full = true;
  await store.write('b', image(10));
  await store.write('c', image(10));
  expect(told).toHaveLength(1);
  expect(await store.read('a')).toEqual(image(10));
  expect(names()).toEqual(['a.image']);
});
