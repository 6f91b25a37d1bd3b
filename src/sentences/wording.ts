/**
 * Sentences put into words.
 *
 * In: a text and a language. Out: one line. Algorithm: the template of the catalogue with `{name}` replaced by the
 * argument and `{count#one|many}` by the form for the number; a language that lacks a sentence says it in English. A
 * further language is a file beside `zh.json` and a line in `catalogues`.
 */
import type { Bilingual } from '../base/bilingual';
import { english } from './english';
import type { Sentence, Told } from './sentence';
import chinese from './zh.json';

type Catalogue = Readonly<Record<string, string>>;

/** The catalogues by the names of their languages. */
export const catalogues: Readonly<Record<string, Catalogue>> = { en: english, zh: chinese };

const place = /\{(\w+)(?:#([^|{}]*)\|([^|{}]*))?\}/g;

/** The text in one language. */
export function wording(text: Told, language: string): string {
  if (typeof text === 'string') {
    return text;
  }
  if (!('id' in text)) {
    return language === 'zh' ? text.zh : text.en;
  }
  return fill(catalogues[language]?.[text.id] ?? english[text.id], text.args, language);
}

/** The text in the chosen language; `both` gives the English and the Chinese, joined by a slash where they differ. */
export function wordingIn(text: Told, choice: string): string {
  if (choice !== 'both') {
    return wording(text, choice);
  }
  const [en, zh] = [wording(text, 'en'), wording(text, 'zh')];
  return en === zh ? en : `${en} / ${zh}`;
}

/** The text in both languages, for those who choose later. */
export function bilingual(text: Told): Bilingual {
  return { en: wording(text, 'en'), zh: wording(text, 'zh') };
}

function fill(template: string, args: Sentence['args'], language: string): string {
  return template.replace(place, (all, name: string, one: string | undefined, many: string | undefined) => {
    if (!args || !Object.hasOwn(args, name)) {
      return all;
    }
    const value = args[name];
    if (many !== undefined) {
      return Number(value) === 1 ? (one ?? '') : many;
    }
    return typeof value === 'object' ? wording(value, language) : String(value ?? '');
  });
}
