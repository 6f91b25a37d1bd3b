/**
 * The command line's host: a Node process around `src/cli`. In: argv. Out: the exit status.
 *
 * A reader that goes away (`| head`) is no error. `sockscope dap` is the debug adapter: a bundle of its own beside this
 * one.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCli } from '../cli/main';
import { nodeIo } from './node-io';

let closed = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  error.code === 'EPIPE' ? (closed = true) : process.exit(2),
);
const words = process.argv.slice(2);
if (words[0] === 'dap' && words.length === 1) {
  void import(pathToFileURL(join(__dirname, 'dap-stdio.js')).href);
} else {
  runCli(
    words,
    nodeIo(__filename, () => closed),
  ).then(
    (status) => (process.exitCode = status),
    (bug: unknown) => {
      process.stderr.write(`sockscope: ${bug instanceof Error ? bug.stack : String(bug)}\n`);
      process.exitCode = 2;
    },
  );
}
