/**
 * The one way in which hosts read a file of a person's disk: regular files only, up to a bound, never waiting for
 * anybody.
 *
 * In: a path and the largest size that makes sense. Out: the bytes, or why there are none. What a name stands for is
 * looked at after it was opened (without waiting for the other end of a pipe), so that it cannot change in between; what
 * a file system gives as a file without a size (`/proc`) is read up to the bound.
 */
import { sentence, type Words } from '../sentences/sentence';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Diagnostic } from '../source/diagnostic';

/** Why a file was not read. */
export type FileProblem =
  | { readonly kind: 'missing' | 'unreadable' | 'directory' | 'special' | 'link-loop' }
  /** `size`: as far as it was looked at. */
  | { readonly kind: 'too-large'; readonly size: number; readonly limit: number };

/** A source, script or pack of a person's: larger ones are none. */
export const largestText = 50_000_000;

const CHUNK = 1 << 16;

/** The bytes of the regular file at `path`, or the reason why they were not read. */
export function readRegularFile(path: string, limit = largestText): Uint8Array | FileProblem {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return { kind: problemOf(error) };
  }
  try {
    const about = fstatSync(file);
    if (!about.isFile()) {
      return { kind: about.isDirectory() ? 'directory' : 'special' };
    }
    return about.size > limit ? { kind: 'too-large', size: about.size, limit } : readAll(file, about.size, limit);
  } catch (error) {
    return { kind: problemOf(error) };
  } finally {
    closeSync(file);
  }
}

/** `size`: what the file system says; the file may have more. */
function readAll(file: number, size: number, limit: number): Uint8Array | FileProblem {
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    if (length === bytes.length) {
      const more = new Uint8Array(Math.min(limit + 1, 2 * length + CHUNK));
      more.set(bytes);
      bytes = more;
    }
    const got = readSync(file, bytes, length, bytes.length - length, null);
    length += got;
    if (length > limit) {
      return { kind: 'too-large', size: length, limit };
    }
    if (got === 0) {
      return bytes.subarray(0, length);
    }
  }
}

function problemOf(error: unknown): 'missing' | 'unreadable' | 'directory' | 'special' | 'link-loop' {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'missing';
    case 'ELOOP':
      return 'link-loop';
    case 'EISDIR':
      return 'directory';
    case 'ENXIO':
    case 'ENODEV':
      return 'special';
    default:
      return 'unreadable';
  }
}

/** The problem as a person is told it. */
export function describeProblem(path: string, problem: FileProblem): Diagnostic {
  const [message, remedy] = sentences(path, problem);
  return { code: 'SS1010', severity: 'error', path, message, remedy };
}

function sentences(path: string, problem: FileProblem): readonly [Words, Words] {
  switch (problem.kind) {
    case 'missing':
      return [sentence('there-is-no-file-path', { path }), sentence('check-the-path')];
    case 'unreadable':
      return [sentence('path-cannot-be-read', { path }), sentence('allow-reading-it')];
    case 'directory':
      return [sentence('path-is-a-folder', { path }), sentence('name-a-file-in-it')];
    case 'special':
      return [
        sentence('path-is-a-device-a-pipe-or-a-socket-and-was-not-read', { path }),
        sentence('name-a-regular-file'),
      ];
    case 'link-loop':
      return [sentence('path-is-a-link-that-leads-back-to-itself', { path }), sentence('replace-the-link-by-the-file')];
    case 'too-large':
      return [
        sentence('path-has-more-than-limit-bytes-and-was-not-read', { path, limit: problem.limit }),
        sentence('name-a-smaller-file'),
      ];
  }
}
