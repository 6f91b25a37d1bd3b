/**
 * What each word of C means to the parser, by its atom (C99 6.4.1 and the GNU spellings), and the one spelling the
 * syntax tree uses for words that have several.
 */
import { known, knownCount, type KnownSpelling } from '../preprocess/atoms';

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
function assign(value: number, words: readonly KnownSpelling[]): void {
  for (const word of words) {
    classes[known[word]] = value;
  }
}
assign(WordClass.storage, ['typedef', 'extern', 'static', 'auto', 'register']);
assign(WordClass.functionSpecifier, ['inline', '__inline', '__inline__', '_Noreturn', '_Thread_local', '__thread']);
assign(WordClass.qualifier, [
  'const',
  '__const',
  '__const__',
  'volatile',
  '__volatile',
  '__volatile__',
  'restrict',
  '__restrict',
  '__restrict__',
  '_Atomic',
]);
assign(WordClass.typeWord, [
  'void',
  'char',
  'short',
  'int',
  'long',
  'float',
  'double',
  'signed',
  '__signed',
  '__signed__',
  'unsigned',
  '_Bool',
  '_Complex',
  '__complex__',
  '__int128',
]);
assign(WordClass.record, ['struct', 'union']);
assign(WordClass.enum, ['enum']);
assign(WordClass.typeof, ['typeof', '__typeof', '__typeof__']);
assign(WordClass.attribute, ['__attribute__', '__attribute']);
assign(WordClass.extension, ['__extension__']);
assign(WordClass.statement, [
  'if',
  'else',
  'while',
  'do',
  'for',
  'switch',
  'case',
  'default',
  'goto',
  'break',
  'continue',
  'return',
]);
assign(WordClass.asm, ['asm', '__asm', '__asm__']);
assign(WordClass.alignas, ['_Alignas']);
assign(WordClass.operator, [
  'sizeof',
  '_Alignof',
  '__alignof',
  '__alignof__',
  '_Generic',
  '__builtin_va_arg',
  '__builtin_offsetof',
  '__builtin_types_compatible_p',
]);
assign(WordClass.staticAssert, ['_Static_assert']);
assign(WordClass.localLabel, ['__label__']);

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
