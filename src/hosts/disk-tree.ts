/**
 * A kernel tree on disk as a `FileLoader`: each file is read when it is first asked for. Only regular files inside the tree are read
 * (links that lead out of it are not followed), up to a bounded size; bytes that are no UTF-8 are taken as Latin-1.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FileLoader } from '../source/file-loader';
import { SourceFile } from '../source/source-file';

/** The largest source of a real tree has 0.5 MB. */
const largestFile = 8_000_000;

export function diskTree(folder: string): FileLoader {
  const files = new Map<string, SourceFile | undefined>();
  let root: string | undefined;
  try {
    root = realpathSync(folder);
  } catch {
    root = undefined;
  }
  return {
    load(path) {
      if (!files.has(path)) {
        const text = root === undefined ? undefined : readInside(root, path);
        files.set(path, text === undefined ? undefined : new SourceFile(path, text));
      }
      return files.get(path);
    },
  };
}

function readInside(root: string, path: string): string | undefined {
  try {
    const real = realpathSync(join(root, path));
    const about = statSync(real);
    if (!real.startsWith(root + sep) || !about.isFile() || about.size > largestFile) {
      return undefined;
    }
    const bytes = readFileSync(real);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('latin1').decode(bytes);
    }
  } catch {
    return undefined;
  }
}
