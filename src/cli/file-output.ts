/**
 * What a command makes and a file may hold: a picture, a table, a capture.
 *
 * In: bytes. Out: on stdout, or in the file that `--output` names.
 */
import type { OptionSpec } from './arguments';
import type { Context } from './context';

export const outputOption: OptionSpec = { name: 'output', value: 'FILE' };

/** 2, and told, when the file cannot be written. */
export function output(context: Context, bytes: Uint8Array): 2 | undefined {
  const path = context.args.value('output');
  if (path === undefined) {
    context.io.stdoutBytes(bytes);
    return undefined;
  }
  const problem = context.io.writeFile(path, bytes);
  if (problem) {
    context.report([problem]);
    return 2;
  }
  return undefined;
}
