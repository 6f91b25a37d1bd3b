/**
 * A kernel tree on disk as a `FileLoader`: each file is read when it is first asked for. Only regular files inside the
 * tree are read (links that lead out of it are not followed), up to a bounded size; `text-encoding.ts` says how bytes
 * become text. What is there and was not read is told by `problems`.
 */
import { sentence, type Words } from '../sentences/sentence';
import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import { SourceFile } from '../source/source-file';
import { decodeSource } from '../source/text-encoding';
import { readRegularFile } from './read-file';

/** The largest source of a real tree has 0.5 MB. */
const largestFile = 8_000_000;

export function diskTree(folder: string): FileLoader {
  const files = new Map<string, SourceFile | undefined>();
  const problems: Diagnostic[] = [];
  let root: string | undefined;
  try {
    root = realpathSync(folder);
  } catch {
    root = undefined;
  }
  return {
    load(path) {
      if (!files.has(path)) {
        const bytes =
          root === undefined
            ? undefined
            : readInside(root, path, (message, remedy) =>
                problems.push({ code: 'SS1010', severity: 'error', path, message, remedy }),
              );
        files.set(path, bytes && sourceOf(path, bytes));
      }
      return files.get(path);
    },
    problems: () => problems,
  };
}

/** A file's bytes as a source. */
export function sourceOf(path: string, bytes: Uint8Array): SourceFile {
  const { text, encoding } = decodeSource(bytes);
  return new SourceFile(path, text, encoding);
}

function readInside(
  root: string,
  path: string,
  refuse: (message: Words, remedy: Words) => void,
): Uint8Array | undefined {
  let real: string;
  try {
    real = realpathSync(join(root, path));
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
