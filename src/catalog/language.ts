/**
 * The two languages of the notes. In: a setting (`auto | zh | en | both`) and the locale of the host (`zh-cn`,
 * `zh_CN.UTF-8`). Out: which texts to show, in which order. The setting is independent of the display language of the
 * editor.
 */
import type { Bilingual } from '../base/bilingual';

/** What a person may choose. */
export type LanguageSetting = 'auto' | 'zh' | 'en' | 'both';
/** What `auto` has been resolved to. */
export type Language = 'zh' | 'en' | 'both';

export const languageSettings: readonly LanguageSetting[] = ['auto', 'zh', 'en', 'both'];

/** Resolves `auto` by a locale name: any Chinese one gives Chinese, all others English. */
export function resolveLanguage(setting: LanguageSetting, locale: string | undefined): Language {
  if (setting !== 'auto') {
    return setting;
  }
  return /^zh\b|^zh[_-]/i.test(locale ?? '') ? 'zh' : 'en';
}

/** The texts to show, first the one that leads. `both` shows Chinese first, then English. An empty text is left out. */
export function textsIn(text: Bilingual, language: Language): readonly string[] {
  const chosen = language === 'both' ? [text.zh, text.en] : [text[language]];
  return chosen.filter((each, index) => each !== '' && chosen.indexOf(each) === index);
}

/** One line for places with room for one text only; `both` joins the two with a slash. */
export function oneLine(text: Bilingual, language: Language): string {
  return textsIn(text, language).join(' / ');
}
