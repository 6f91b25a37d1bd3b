/**
 * A text in both languages. Each is written for its reader; neither is a word-for-word rendering of the other.
 */
export type Bilingual = {
  readonly en: string;
  readonly zh: string;
};

/** The same in both languages: C, protocol terms, names. */
export function sameText(text: string): Bilingual {
  return { en: text, zh: text };
}
