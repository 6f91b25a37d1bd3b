/**
 * A kernel tree on disk as a `FileLoader`: each file is read when it is first asked for. Only regular files inside the
 * tree are read (links that lead out of it are not followed), up to a bounded size; `text-encoding.ts` says how bytes
 * become text. What is there and was not read is told by `problems`.
 */
import { sentence, type Words } from '../sentences/sentence';
import { accessSync, constants, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import { SourceFile } from '../source/source-file';
import { decodeSource } from '../source/text-encoding';
import { readRegularFile } from './read-file';

/** The largest source of a real tree has 0.5 MB. */
const largestFile = 8_000_000;

/**
 * Milliseconds that a file must have been left alone before its times tell its state: file systems count time in steps of
 * up to two seconds, and a second change within a step leaves them as they are.
 */
const SETTLED = 3000;

export function diskTree(folder: string, now: () => number = Date.now): FileLoader {
  const files = new Map<string, SourceFile | undefined>();
  const states = new Map<string, FileState | undefined>();
  const problems: Diagnostic[] = [];
  const folders = new RealFolders();
  let root: string | undefined;
  try {
    root = realpathSync(folder);
  } catch {
    root = undefined;
  }
  // Looked at before it is read, so that a change between the two shows.
  const stateOf = (path: string): FileState | undefined => {
    if (!states.has(path)) {
      states.set(path, root === undefined ? undefined : stateInside(root, path, folders, now()));
    }
    return states.get(path);
  };
  const load = (path: string): SourceFile | undefined => {
    if (!files.has(path)) {
      const bytes =
        root === undefined || stateOf(path)?.kind === 'absent'
          ? undefined
          : readInside(root, path, folders, (message, remedy) =>
              problems.push({ code: 'SS1010', severity: 'error', path, message, remedy }),
            );
      files.set(path, bytes && sourceOf(path, bytes));
    }
    return files.get(path);
  };
  return {
    load,
    has: (path) => (!files.has(path) && stateOf(path)?.kind === 'readable') || load(path) !== undefined,
    stamp: (path) => stateOf(path)?.stamp,
    problems: () => problems,
  };
}

/** What can be known of a file without reading it. */
interface FileState {
  readonly kind: 'readable' | 'absent';
  /** Undefined when it was changed just now. */
  readonly stamp?: string | undefined;
}

/** Undefined for what is there and no regular file inside the tree. */
function stateInside(root: string, path: string, folders: RealFolders, now: number): FileState | undefined {
  try {
    const real = folders.realOf(join(root, path));
    if (real === undefined) {
      return { kind: 'absent' };
    }
    const about = real.startsWith(root + sep) ? statSync(real) : undefined;
    if (!about?.isFile() || about.size > largestFile) {
      return undefined;
    }
    accessSync(real, constants.R_OK);
    // The time of the change of its state cannot be set back as the other can.
    const { size, mtimeMs, ctimeMs, ino } = about;
    const isSettled = Math.max(mtimeMs, ctimeMs) + SETTLED < now;
    return { kind: 'readable', stamp: isSettled ? `${size} ${mtimeMs} ${ctimeMs} ${ino}` : undefined };
  } catch {
    return undefined;
  }
}

/** A file's bytes as a source. */
export function sourceOf(path: string, bytes: Uint8Array): SourceFile {
  const { text, encoding } = decodeSource(bytes);
  return new SourceFile(path, text, encoding);
}

/** Where files really lie: of a folder with many files that is asked once. */
class RealFolders {
  private readonly known = new Map<string, string | undefined>();

  /** Undefined when there is no such file; throws as `realpathSync` does. */
  realOf(place: string): string | undefined {
    const folder = dirname(place);
    if (!this.known.has(folder)) {
      this.known.set(folder, folderAt(folder));
    }
    const real = this.known.get(folder);
    const name = basename(place);
    const about = real === undefined ? undefined : lstatSync(join(real, name), { throwIfNoEntry: false });
    if (real !== undefined && !about) {
      return undefined;
    }
    return real === undefined || about?.isSymbolicLink() ? realpathSync(place) : join(real, name);
  }
}

function folderAt(place: string): string | undefined {
  try {
    return realpathSync(place);
  } catch {
    return undefined;
  }
}

function readInside(
  root: string,
  path: string,
  folders: RealFolders,
  refuse: (message: Words, remedy: Words) => void,
): Uint8Array | undefined {
  let real: string;
  try {
    const found = folders.realOf(join(root, path));
    if (found === undefined) {
      return undefined;
    }
    real = found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') {
      refuse(sentence('a-link-leads-back-to-itself'), sentence('replace-the-link-by-the-file'));
    }
    return undefined;
  }
  if (!real.startsWith(root + sep)) {
    refuse(sentence('a-link-leads-out-of-the-tree-and-was-not-followed'), sentence('copy-the-file-into-the-tree'));
    return undefined;
  }
  const read = readRegularFile(real, largestFile);
  if (read instanceof Uint8Array) {
    return read;
  }
  if (read.kind === 'too-large') {
    refuse(
      sentence('the-file-has-count-bytes-and-was-not-read', { count: read.size }),
      sentence('sources-up-to-largest-file-bytes-are-read', { largestFile }),
    );
  } else if (read.kind === 'special') {
    refuse(sentence('this-is-a-device-a-pipe-or-a-socket-and-was-not-read'), sentence('put-a-regular-file-there'));
  } else if (read.kind === 'unreadable') {
    refuse(sentence('the-file-cannot-be-read'), sentence('allow-reading-it'));
  }
  return undefined;
}
