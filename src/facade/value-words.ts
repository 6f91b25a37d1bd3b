/**
 * The words in a value, in the reader's language.
 *
 * In: a value, or a name among its parts, as `src/values` displays it: C with a few English words in brackets. Out: the same
 * with these words in another language. Text within quotes is the program's own and stays; so does a word that a constant
 * of the program may have for a name, unless an address stands before it.
 */
import { sentence, type Sentence } from '../sentences/sentence';
import { wordingIn } from '../sentences/wording';

/** What stands in the brackets, and how it is said. */
const words: ReadonlyMap<string, Sentence> = new Map([
  ['freed memory', sentence('value-in-freed-memory')],
  ['uninitialised', sentence('value-never-written')],
  ['unreadable', sentence('value-unreadable')],
  ['no value', sentence('value-none')],
  ['empty', sentence('value-empty')],
  ['broken', sentence('value-broken')],
  ['as C has it', sentence('value-as-c-has-it')],
  ['other members', sentence('value-other-members')],
  ['freed', sentence('value-freed')],
  ['invalid', sentence('value-invalid')],
  ['user', sentence('value-user')],
]);
const quoted = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const behindAddress = new RegExp(String.raw`(0x[0-9a-f]{8}(?: (?:${quoted}))?) \((freed|invalid|user)\)`, 'g');
const anywhere = new RegExp(
  String.raw`${quoted}|\((freed memory|uninitialised|unreadable|no value|empty|broken|as C has it|other members)\)`,
  'g',
);

/** A value or a part's name in a language (`en`, `zh`, `both`, …). */
export function shownIn(text: string, language: string): string {
  if (language === 'en' || !text.includes('(')) {
    return text;
  }
  const said = (word: string): string => `(${wordingIn(words.get(word) ?? word, language)})`;
  return text
    .replace(behindAddress, (_, address: string, word: string) => `${address} ${said(word)}`)
    .replace(anywhere, (all, word: string | undefined) => (word === undefined ? all : said(word)));
}
