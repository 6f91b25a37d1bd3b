/**
 * Compiled programs in a folder on disk, for hosts that are Node programs. In: a folder, which is made when something is
 * first kept, and the name of the build that compiles. Out: an `ImageStore`. A file is written beside its place and then
 * moved there, so that no reader meets half of one.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageStore } from '../session/image-cache';

export function diskImageStore(folder: string, build: string): ImageStore {
  const place = (key: string): string => join(folder, `${key}.image`);
  return {
    build,
    read: (key) => {
      try {
        return Promise.resolve(new Uint8Array(readFileSync(place(key))));
      } catch {
        return Promise.resolve(undefined);
      }
    },
    write: (key, bytes) => {
      const beside = `${place(key)}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(beside, bytes);
        renameSync(beside, place(key));
      } catch {
        rmSync(beside, { force: true });
      }
      return Promise.resolve();
    },
  };
}
