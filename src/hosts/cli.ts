/**
 * The program `sockscope`: loads the command line, which is the bundle beside it, through the code that an earlier run of
 * the same command kept. In: argv. Out: what {@link ./command-line} says.
 *
 * The code lies in the user's own cache folder, never in that of `--cache DIR`: a folder that came with a repository must not
 * bring code along. `--no-cache` keeps none.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { loadThroughCodeCache } from './code-cache';

const words = process.argv.slice(2);
const own = words.includes('--no-cache') ? undefined : cacheFolder(process.env, process.platform, homedir());
const { exports, keep } = loadThroughCodeCache(
  join(__dirname, 'command-line.js'),
  own === undefined ? undefined : join(own, 'code'),
  words[0] ?? '',
);
process.on('exit', () => {
  const { isCommand } = exports as typeof import('./command-line');
  if (isCommand(words[0] ?? '')) {
    keep();
  }
});
