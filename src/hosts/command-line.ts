/**
 * The command line's host: a Node process around `src/cli`. In: argv. Out: the exit status; which first words are commands.
 *
 * A reader that goes away (`| head`) is no error. `sockscope dap` is the debug adapter, which
 * `dist/dap-stdio.js` starts too.
 */
import { commands, runCli } from '../cli/main';
import { visibleLine } from '../cli/visible-text';
import { nodeIo } from './node-io';

/** The streams' reader went away. */
let closed = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (!closed && error.code !== 'EPIPE') {
    giveUp('the output cannot be written', '输出写不出去', error);
  }
  closed = true;
});
process.stderr.on('error', () => undefined);

/** One sentence about what no command foresaw; `SOCKSCOPE_DEBUG=1` shows where it came from. */
function giveUp(en: string, zh: string, error: unknown): void {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  const reason = error instanceof Error ? error.message : String(error);
  const shown = process.env.SOCKSCOPE_DEBUG && error instanceof Error ? (error.stack ?? reason) : visibleLine(reason);
  process.stderr.write(`sockscope: ${/^zh/i.test(locale) ? zh : en}: ${shown}\n`);
  process.exitCode = 2;
}

const words = process.argv.slice(2);
if (words[0] === 'dap' && words.length === 1) {
  void import('./dap-stdio');
} else if (words[0] === 'mcp' && words.length === 1) {
  void import('./mcp-stdio');
} else {
  Promise.resolve()
    .then(() =>
      runCli(
        words,
        nodeIo(__filename, () => closed),
      ),
    )
    .then(
      (status) =>
        (process.exitCode = process.exitCode === undefined ? status : Math.max(status, Number(process.exitCode))),
      (bug: unknown) => giveUp('internal error, please report it', '内部错误，请报告', bug),
    );
}

export function isCommand(word: string): boolean {
  return ['dap', 'mcp'].includes(word) || commands.some(({ name }) => name === word);
}
