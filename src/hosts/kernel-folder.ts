/**
 * A kernel folder from disk, for hosts that are Node programs.
 *
 * In: a folder. Out: texts by path below it. Only files below the folder that is named are read, to a bounded size and number;
 * links are not followed.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const wanted = /(?:\.[chS]|kernel\.json|Makefile)$/;
const mostFiles = 20_000;
const largestFile = 2_000_000;
const skipped = new Set(['.git', 'Documentation', 'sound', 'node_modules']);

/** C, headers and `kernel.json` of a kernel folder, by path below it; throws when the folder cannot be read. */
export function readKernelFolder(folder: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const pending = [''];
  let count = 0;
  readdirSync(folder);
  for (let path = pending.pop(); path !== undefined && count < mostFiles; path = pending.pop()) {
    for (const name of readdirSync(join(folder, path))) {
      const below = path === '' ? name : `${path}/${name}`;
      const about = lstatSync(join(folder, below));
      if (about.isDirectory() && !skipped.has(name)) {
        pending.push(below);
      } else if (about.isFile() && wanted.test(name) && about.size <= largestFile && count < mostFiles) {
        count++;
        files[below] = readFileSync(join(folder, below), 'utf8');
      }
    }
  }
  return files;
}
