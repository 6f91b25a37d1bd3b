/**
 * What a person at a terminal waits for an explanation of a tree whose image is kept, with the start and the end of the process.
 *
 * In: the checkout with its dist/, a tree, a folder for what is kept, how often. Out: milliseconds for a line and for a
 * name, the medians. The first question compiles the tree and is not counted, nor the second, which keeps the command
 * line's code.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from './statistics.mjs';

export function explainTimes(root, kernel, cache, rounds) {
  const env = { ...process.env, SOCKSCOPE_CACHE: cache };
  const explained = (what) => {
    const began = performance.now();
    const words = [join(root, 'dist', 'cli.js'), 'explain', '--kernel', kernel, '--cache', cache, what];
    spawnSync(process.execPath, words, { env, stdio: 'ignore' });
    return performance.now() - began;
  };
  const medianOf = (what) => median(Array.from({ length: rounds + 2 }, () => explained(what)).slice(2));
  return { line: medianOf('net/ipv4/af_inet.c:400'), name: medianOf('inet_create') };
}
