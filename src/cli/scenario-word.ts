/**
 * The scenario that a word of the command line names: a word that ends in `.pkt` or has a slash is a file, any other the
 * name of a bundled scenario.
 */
import type { Context } from './context';

/** What a session is opened with; undefined, and told, when the file cannot be read. */
export function scenarioOf(
  context: Context,
  word: string,
): { scenario: string } | { script: { path: string; text: string } } | undefined {
  if (!word.endsWith('.pkt') && !word.includes('/')) {
    return { scenario: word };
  }
  const opened = context.io.openFile(word);
  if ('code' in opened) {
    context.report([opened]);
    return undefined;
  }
  return { script: { path: word, text: opened.text } };
}
