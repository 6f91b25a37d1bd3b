/**
 * The index of a tree's files, made or brought up to date. In: which files there are, each with a stamp and its text on
 * demand; an index from before. Out: the index, in steps, so that the host can tell how far it is and be stopped.
 *
 * A file with the stamp from before is not opened; one with the text from before is not read again. What cannot be read
 * (any more) is left out.
 */
import { contentHash } from '../base/bytes';
import { TreeNames } from './tree-names';

export interface IndexedSource {
  readonly path: string;
  /** Size and date, where the host knows them. */
  readonly stamp?: string;
  readonly text: () => string | undefined;
}

/** Folders of a kernel tree that are indexed, and how the names of their files end. */
export const indexedFolders = ['net', 'include', 'kernel'] as const;
export const indexedEndings = ['.c', '.h'] as const;

/** Files that are read at most: a whole 2.4 tree has 10,000. */
const mostFiles = 60_000;
/** Longer files are data. */
const longest = 4_000_000;

export interface IndexProgress {
  readonly done: number;
  readonly total: number;
  readonly path: string;
}

/** Yields before each file that is opened. */
export function* buildNames(
  sources: readonly IndexedSource[],
  before = new TreeNames(),
): Generator<IndexProgress, TreeNames> {
  const total = Math.min(sources.length, mostFiles);
  const present = new Set<string>();
  for (const [done, { path, stamp, text }] of sources.slice(0, mostFiles).entries()) {
    const known = before.get(path);
    if (known && stamp !== undefined && stamp !== '' && known.stamp === stamp) {
      present.add(path);
      continue;
    }
    yield { done, total, path };
    const read = text();
    if (read !== undefined && read.length <= longest && !read.includes('\0')) {
      present.add(path);
      before.read(path, read, contentHash(read), stamp ?? '');
    }
  }
  for (const { path } of before.files) {
    if (!present.has(path)) {
      before.remove(path);
    }
  }
  return before;
}
