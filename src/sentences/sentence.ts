/**
 * Sentences that are not yet in a language: an id of the catalogue and what is inserted.
 *
 * In: ids and arguments, checked by the compiler against the English catalogue. Out: plain data, which can be stored and
 * sent; `wording.ts` puts it into words where a person is to read it. What is inserted may be a sentence itself.
 */
import type { Bilingual } from '../base/bilingual';
import type { english } from './english';

export type SentenceId = keyof typeof english;

/** Names, numbers and C stay as they are; a sentence is put into the language of the one around it. */
export type SentenceArgument = Told | number | undefined;

export type Sentence = {
  readonly id: SentenceId;
  readonly args?: Readonly<Record<string, SentenceArgument>>;
};

/** What can be put into words: a sentence of the catalogue, or one that is written in both languages where it is said. */
export type Words = Sentence | Bilingual;

/** What was found or expected: terms of C and of protocols as they are in every language, or a sentence. */
export type Told = string | Words;

/** The names in a template: `{name}`, or `{count#one|many}` for a word that depends on a number. */
type Places<Template extends string> = Template extends `${string}{${infer Inside}}${infer Rest}`
  ? PlaceName<Inside> | Places<Rest>
  : never;
/** Other braces, such as those of C in an example, are no places. */
type PlaceName<Inside extends string> = Inside extends `${string}${' ' | '"'}${string}`
  ? never
  : Inside extends `${infer Name}#${string}`
    ? Name
    : Inside;

type Arguments<Id extends SentenceId> = [Places<(typeof english)[Id]>] extends [never]
  ? []
  : [args: Readonly<Record<Places<(typeof english)[Id]>, SentenceArgument>>];

/** A sentence of the catalogue with what it inserts. */
export function sentence<Id extends SentenceId>(id: Id, ...args: Arguments<Id>): Sentence {
  return args[0] === undefined ? { id } : { id, args: args[0] };
}

/** The sentence of what may be terms alone. */
export function wordsOf(told: Told): Words;
export function wordsOf(told: Told | undefined): Words | undefined;
export function wordsOf(told: Told | undefined): Words | undefined {
  return typeof told === 'string' ? { en: told, zh: told } : told;
}

/** Whether it is this sentence of the catalogue, whatever it inserts. */
export function says(words: Told | undefined, id: SentenceId): boolean {
  return typeof words === 'object' && 'id' in words && words.id === id;
}
