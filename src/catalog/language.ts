/**
 * The languages of notes and of what is said. In: a setting (`auto`, `both`, or the name of a catalogue of sentences) and
 * the locale of the host (`zh-cn`, `zh_CN.UTF-8`). Out: which texts to show, in which order: notes are Chinese or English,
 * a further language has the English ones. The setting is independent of the display language of the editor.
 */
import type { Bilingual } from '../base/bilingual';
import { languageNames, languageOf, type LanguageName } from '../sentences/wording';

/** What `auto` has been resolved to. */
export type Language = LanguageName | 'both';
/** What a person may choose. */
export type LanguageSetting = 'auto' | Language;

export const languageSettings: readonly LanguageSetting[] = ['auto', ...languageNames, 'both'];

/** Resolves `auto` by a locale name: any Chinese one gives Chinese; one without a catalogue gives English. */
export function resolveLanguage(setting: LanguageSetting, locale: string | undefined): Language {
  return setting === 'auto' ? languageOf(locale) : setting;
}

/** The texts to show, first the one that leads. `both` shows Chinese first, then English. An empty text is left out. */
export function textsIn(text: Bilingual, language: Language): readonly string[] {
  const chosen = language === 'both' ? [text.zh, text.en] : [language === 'zh' ? text.zh : text.en];
  return chosen.filter((each, index) => each !== '' && chosen.indexOf(each) === index);
}

/** One line for places with room for one text only; `both` joins the two with a slash. */
export function oneLine(text: Bilingual, language: Language): string {
  return textsIn(text, language).join(' / ');
}
