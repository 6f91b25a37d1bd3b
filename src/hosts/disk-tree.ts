/**
 * A kernel tree on disk as a `FileLoader`: each file is read when it is first asked for. Only regular files inside the
 * tree are read (links that lead out of it are not followed), up to a bounded size; bytes that are no UTF-8 are taken as
 * Latin-1. What is there and was not read is told by `problems`.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import { SourceFile } from '../source/source-file';

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
        const text =
          root === undefined
            ? undefined
            : readInside(root, path, (message, remedy) =>
                problems.push({ code: 'SS1010', severity: 'error', path, message, remedy }),
              );
        files.set(path, text === undefined ? undefined : new SourceFile(path, text));
      }
      return files.get(path);
    },
    problems: () => problems,
  };
}

function readInside(root: string, path: string, refuse: (message: string, remedy: string) => void): string | undefined {
  let real: string;
  try {
    real = realpathSync(join(root, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') {
      refuse('a link leads back to itself', 'replace the link by the file');
    }
    return undefined;
  }
  try {
    const about = statSync(real);
    if (!real.startsWith(root + sep)) {
      refuse('a link leads out of the tree and was not followed', 'copy the file into the tree');
      return undefined;
    }
    if (!about.isFile()) {
      return undefined;
    }
    if (about.size > largestFile) {
      refuse(`the file has ${about.size} bytes and was not read`, `sources up to ${largestFile} bytes are read`);
      return undefined;
    }
    return textOf(readFileSync(real));
  } catch {
    refuse('the file cannot be read', 'allow reading it');
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
