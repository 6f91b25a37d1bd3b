/**
 * What sentences say in English, for tests that look at their words.
 *
 * In: sentences, diagnostics, or results that hold sentences. Out: the same with strings in their places.
 */
import type { Diagnostic } from '../../src/source/diagnostic';
import { english as catalogue } from '../../src/sentences/english';
import type { Sentence, Told } from '../../src/sentences/sentence';
import { wording } from '../../src/sentences/wording';

export const english = (told: Told): string => wording(told, 'en');

export const messages = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ message }) => english(message));

/** A result with each sentence in it put into words. */
export function inEnglish(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inEnglish);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return isSentence(value)
    ? english(value)
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inEnglish(each)]));
}

function isSentence(value: object): value is Sentence {
  return (
    'id' in value &&
    typeof value.id === 'string' &&
    Object.hasOwn(catalogue, value.id) &&
    Object.keys(value).every((name) => name === 'id' || name === 'args')
  );
}
