/**
 * Interned spellings. Goes in: the text of a token; comes out: a small integer that stands for it ("atom"), the same
 * for the same text within one table. Tokens carry atoms, so that comparing spellings is comparing integers.
 * The spellings the preprocessor and the parser ask about have fixed atoms, given by {@link known}.
 */

/** The words of C (C99 6.4.1 and the GNU spellings) by what they mean to the parser (`WordClass`). */
export const keywordSpellings = {
  storage: ['typedef', 'extern', 'static', 'auto', 'register'],
  functionSpecifier: ['inline', '__inline', '__inline__', '_Noreturn', '_Thread_local', '__thread'],
  qualifier: [
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
  ],
  typeWord: [
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
  ],
  record: ['struct', 'union'],
  enum: ['enum'],
  typeof: ['typeof', '__typeof', '__typeof__'],
  attribute: ['__attribute__', '__attribute'],
  extension: ['__extension__'],
  statement: ['if', 'else', 'while', 'do', 'for', 'switch', 'case', 'default', 'goto', 'break', 'continue', 'return'],
  asm: ['asm', '__asm', '__asm__'],
  alignas: ['_Alignas'],
  operator: [
    'sizeof',
    '_Alignof',
    '__alignof',
    '__alignof__',
    '_Generic',
    '__builtin_va_arg',
    '__builtin_offsetof',
    '__builtin_types_compatible_p',
  ],
  staticAssert: ['_Static_assert'],
  localLabel: ['__label__'],
} as const;

const knownSpellings = [
  '',
  // Punctuators (C99 6.4.6).
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  '.',
  '->',
  '++',
  '--',
  '&',
  '*',
  '+',
  '-',
  '~',
  '!',
  '/',
  '%',
  '<<',
  '>>',
  '<',
  '>',
  '<=',
  '>=',
  '==',
  '!=',
  '^',
  '|',
  '&&',
  '||',
  '?',
  ':',
  ';',
  '...',
  '=',
  '*=',
  '/=',
  '%=',
  '+=',
  '-=',
  '<<=',
  '>>=',
  '&=',
  '^=',
  '|=',
  ',',
  '#',
  '##',
  // Directives and what belongs to them.
  'define',
  'undef',
  'include',
  'include_next',
  'import',
  'ifdef',
  'ifndef',
  'elif',
  'endif',
  'error',
  'warning',
  'line',
  'pragma',
  'ident',
  'sccs',
  'assert',
  'unassert',
  'defined',
  'once',
  'pack',
  'push',
  'pop',
  '__VA_ARGS__',
  '_Pragma',
  'true',
  'false',
  // Macros computed at their use.
  '__FILE__',
  '__LINE__',
  '__DATE__',
  '__TIME__',
  '__COUNTER__',
  '__INCLUDE_LEVEL__',
  '__BASE_FILE__',
  '__TIMESTAMP__',
  // Keywords.
  ...keywordSpellings.storage,
  ...keywordSpellings.functionSpecifier,
  ...keywordSpellings.qualifier,
  ...keywordSpellings.typeWord,
  ...keywordSpellings.record,
  ...keywordSpellings.enum,
  ...keywordSpellings.typeof,
  ...keywordSpellings.attribute,
  ...keywordSpellings.extension,
  ...keywordSpellings.statement,
  ...keywordSpellings.asm,
  ...keywordSpellings.alignas,
  ...keywordSpellings.operator,
  ...keywordSpellings.staticAssert,
  ...keywordSpellings.localLabel,
  // Spellings that the parser asks about and that are no keywords.
  '__builtin_va_list',
  '__FUNCTION__',
  '__func__',
  '__PRETTY_FUNCTION__',
  '__real__',
  '__imag__',
  '0',
  '1',
] as const;

export type KnownSpelling = (typeof knownSpellings)[number];

/** The fixed atom of each known spelling, the same in every table. */
export const known = Object.fromEntries(knownSpellings.map((text, atom) => [text, atom])) as Record<
  KnownSpelling,
  number
>;

/** How many atoms are fixed: any other spelling has an atom at or above this. */
export const knownCount = knownSpellings.length;

/** Grows only; one per {@link TokenCache}. */
export class AtomTable {
  private readonly atoms = new Map<string, number>();
  private readonly texts: string[] = [];

  constructor() {
    for (const text of knownSpellings) {
      this.intern(text);
    }
  }

  /** The atom of `text`, made when it is new. */
  intern(text: string): number {
    let atom = this.atoms.get(text);
    if (atom === undefined) {
      atom = this.texts.length;
      this.texts.push(text);
      this.atoms.set(text, atom);
    }
    return atom;
  }

  /** The atom of `text` when some token had it. */
  find(text: string): number | undefined {
    return this.atoms.get(text);
  }

  /** The spelling of an atom. */
  text(atom: number): string {
    return this.texts[atom] ?? '';
  }

  get size(): number {
    return this.texts.length;
  }
}
