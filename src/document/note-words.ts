/**
 * What a comment and a statement have in common.
 *
 * In: the text of a comment, and that of statements above and below it. Out: how much more the comment says of the one
 * than of the other. Paths count for nothing; of an English comment only what cannot be a word of English.
 */

const keywords = new Set(
  'if else for while do switch case default return goto break continue int char long short unsigned void struct'.split(
    ' ',
  ),
);
/** Names that stand in every other statement. */
const faint = new Set(
  'sk sock skb err error tp ret flags i n p len data state dev socket newsock th buff tmp'.split(' '),
);
const path = /[\w.-]*(?:\/[\w.*-]+)+|\b\w+\.[ch]\b/g;

/** Identifiers of a comment that may be meant as such. */
export function namesIn(comment: string, language: 'zh' | 'en'): Set<string> {
  const text = comment.replace(path, ' ');
  const names = new Set<string>();
  for (const found of text.matchAll(/[A-Za-z_]\w*(?:(?:->|\.)[A-Za-z_]\w*)*(\s?\(\))?/g)) {
    const chain = found[0].replace(/[\s()]+$/, '').split(/->|\./);
    const isName = language === 'zh' || chain.length > 1 || found[1] !== undefined;
    for (const word of chain) {
      if (
        word.length > 1 &&
        !keywords.has(word) &&
        (isName || /[A-Za-z0-9]_|_[A-Za-z0-9]|^[A-Z][A-Z0-9]{3,}$/.test(word))
      ) {
        names.add(word);
      }
    }
  }
  return names;
}

/** Above zero: the comment names what is `above`; below zero: what is `below`. */
export function leaning(names: ReadonlySet<string>, above: string, below: string): number {
  const one = wordsOf(above);
  const two = wordsOf(below);
  let sum = 0;
  for (const name of names) {
    sum += (weight(name, one) - weight(name, two)) * (faint.has(name) ? 0.25 : 1);
  }
  return sum;
}

function wordsOf(code: string): ReadonlySet<string> {
  return new Set(code.match(/[A-Za-z_]\w*/g) ?? []);
}

/** 2 for the word itself, 1 for one that it is part of, or that is part of it. */
function weight(name: string, words: ReadonlySet<string>): number {
  if (words.has(name)) {
    return 2;
  }
  for (const word of words) {
    if (
      (name.length >= 5 && word.length > name.length && word.includes(name)) ||
      (word.length >= 5 && name.length > word.length && name.includes(word) && !keywords.has(word))
    ) {
      return 1;
    }
  }
  return 0;
}
