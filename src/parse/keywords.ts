/**
 * What each word of C means to the parser, by its atom (C99 6.4.1 and the GNU spellings), and the one spelling the
 * syntax tree uses for words that have several.
 */
import { keywordSpellings, known, knownCount } from '../preprocess/atoms';

export const WordClass = {
  /** An ordinary identifier. */
  none: 0,
  storage: 1,
  /** `inline`, `_Noreturn`, `__thread`: stands with storage classes. */
  functionSpecifier: 2,
  qualifier: 3,
  typeWord: 4,
  record: 5,
  enum: 6,
  typeof: 7,
  attribute: 8,
  /** `__extension__`: means nothing. */
  extension: 9,
  statement: 10,
  asm: 11,
  alignas: 12,
  /** `sizeof` and what works like a function on types. */
  operator: 13,
  staticAssert: 14,
  localLabel: 15,
} as const;

const classes = new Uint8Array(knownCount);
for (const [name, words] of Object.entries(keywordSpellings)) {
  for (const word of words) {
    classes[known[word]] = WordClass[name as keyof typeof keywordSpellings];
  }
}

/** The class of an atom; `none` for every spelling that is no keyword. */
export function wordClass(atom: number): number {
  return atom < knownCount ? (classes[atom] as number) : WordClass.none;
}

/** Whether the word can start declaration specifiers whatever is declared. */
export function startsSpecifiers(atom: number): boolean {
  const value = wordClass(atom);
  return (
    (value >= WordClass.storage && value <= WordClass.attribute) ||
    value === WordClass.alignas ||
    atom === known.__builtin_va_list
  );
}

/** Whether the word can start a type name (no storage class). */
export function startsType(atom: number): boolean {
  const value = wordClass(atom);
  return (value >= WordClass.qualifier && value <= WordClass.typeof) || atom === known.__builtin_va_list;
}

/** `__signed__` → `signed`, `__const` → `const`: leading and trailing underscores of GNU spellings go. */
export function plainWord(text: string): string {
  return text.startsWith('__') && text !== '__int128' ? text.replace(/^__|__$/g, '') : text;
}

/** Operators that always have an operand before them; `*`, `&` and others may begin one. */
// prettier-ignore
export const needsOperandBefore: ReadonlySet<number> = new Set([
  known['/'], known['%'], known['|'], known['^'], known['||'], known['=='], known['!='],
  known['<'], known['>'], known['<='], known['>='], known['<<'], known['>>'], known['='],
  known['+='], known['-='], known['*='], known['/='], known['%='], known['&='], known['|='], known['^='],
  known['<<='], known['>>='],
]);
