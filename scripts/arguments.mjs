/**
 * The options of a script, and its `--help`: the comment that opens the script's file, where the options are told.
 *
 * In: the script's own URL, the options as `parseArgs` takes them, the words of the command. Out: what parseArgs gives.
 * After `--help` the process has ended with status 0, after an option that there is not with one sentence and status 2.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { note } from './modules.mjs';

/** The text of the comment that opens a file, without its stars. */
export function headerOf(source) {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '';
  return comment.replace(/^[ \t]*\*[ \t]?/gm, '').trim();
}

/**
 * @param {string} script `import.meta.url` of the script
 * @param {string} command what a person types: `npm run fuzz`
 * @param {import('node:util').ParseArgsConfig} config as for parseArgs
 */
export function argumentsOf(script, command, config) {
  const options = { ...config.options, help: { type: 'boolean', short: 'h', default: false } };
  let parsed;
  try {
    parsed = parseArgs({ ...config, options });
  } catch (error) {
    note(`${command}: ${error.message}\n${command} -- --help tells which options there are`);
    process.exit(2);
  }
  if (parsed.values.help) {
    process.stdout.write(`${headerOf(readFileSync(fileURLToPath(script), 'utf8'))}\n`);
    process.exit(0);
  }
  return parsed;
}
