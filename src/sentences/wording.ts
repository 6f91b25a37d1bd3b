/**
 * Sentences put into words.
 *
 * In: a text and a language. Out: one line. Algorithm: the template of the catalogue with `{name}` replaced by the
 * argument and `{count#one|many}` by the form for the number; a language that lacks a sentence says it in English, and so
 * does every further one what is written in the code in English and Chinese. A further language is a file beside `zh.json`
 * and a line in `catalogues`, which every setting of a language follows (and its name in the lists of package.json, as
 * test/tidy/sentences.test.ts says).
 */
import type { Bilingual } from '../base/bilingual';
import { english } from './english';
import type { Sentence, Told } from './sentence';
import chinese from './zh.json';

type Catalogue = Readonly<Record<string, string>>;

/** The catalogues by the names of their languages. */
const catalogueOf = {
  zh: chinese,
  en: english,
} satisfies Readonly<Record<string, Catalogue>>;

/** A language that there is a catalogue of. */
export type LanguageName = keyof typeof catalogueOf;

export const catalogues: Readonly<Record<string, Catalogue>> = catalogueOf;

export const languageNames = Object.keys(catalogueOf) as readonly LanguageName[];

/** The language of a locale such as `zh-cn` or `zh_CN.UTF-8`; English where there is none. */
export function languageOf(locale: string | undefined): LanguageName {
  const name = /^[a-z]+/i.exec(locale ?? '')?.[0].toLowerCase();
  return languageNames.find((each) => each === name) ?? 'en';
}

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
