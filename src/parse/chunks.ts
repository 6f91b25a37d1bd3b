/**
 * Cutting a translation unit into external declarations (C99 6.9) by brackets alone, so that a mistake in one cannot
 * reach the next. A chunk ends at a `;` outside all brackets, or at the `}` of a function body: a `{` behind `)` when no
 * `=` stands before it. Between an identifier list and the body of an old-style function, `;` ends nothing. When
 * brackets do not balance, a `}` in the first column ends the chunk. What looks like a function definition in the first
 * column ends it too, since standard C has none within another: so a missing brace or semicolon is not looked for in the
 * rest of the file. Words with a line of their own before a declaration are a chunk.
 */
import { known } from '../preprocess/atoms';
import { TokenFlag, TokenKind, type TokenStream } from '../preprocess/token';
import { startsSpecifiers, wordClass, WordClass } from './keywords';
import type { FileScope } from './scopes';

/** The end of the chunk that starts at `from`. */
export function endOfChunk(tokens: TokenStream, from: number, file: FileScope): number {
  const stray = endOfStrayWords(tokens, from, file);
  if (stray > from) {
    return stray;
  }
  const end = scan(tokens, from, file, false);
  return end > 0 ? end : Math.max(scan(tokens, from, file, true), from + 1);
}

/**
 * The end of words that have a line of their own, such as a reader's marks, and mean nothing to the declaration that
 * begins on the next; `from` when there are none.
 */
function endOfStrayWords(tokens: TokenStream, from: number, file: FileScope): number {
  const { atoms, flags, kinds, length } = tokens;
  const startsLine = (index: number): boolean => ((flags[index] as number) & TokenFlag.lineStart) !== 0;
  let at = from;
  while (
    at < length &&
    kinds[at] === TokenKind.identifier &&
    wordClass(atoms[at] as number) === WordClass.none &&
    !file.types.has(atoms[at] as number)
  ) {
    at++;
  }
  const declares = at < length && (startsSpecifiers(atoms[at] as number) || file.types.has(atoms[at] as number));
  return at > from && startsLine(from) && declares && startsLine(at) ? at : from;
}

/**
 * Gives -1 when the brackets never close; with `byColumn` a `}` in column one closes all, and the end of the text is an
 * end.
 */
function scan(tokens: TokenStream, from: number, file: FileScope, byColumn: boolean): number {
  return new ChunkScan(tokens, from, file, byColumn).end();
}

/** One walk over the tokens of a chunk, which notes what is open. */
class ChunkScan {
  private depth = 0;
  private braces = 0;
  private sawAssignment = false;
  private oldStyle = false;
  private bodyDepth = -1;
  private behindParameters = false;

  constructor(
    private readonly tokens: TokenStream,
    private readonly from: number,
    private readonly file: FileScope,
    private readonly byColumn: boolean,
  ) {}

  end(): number {
    const { length } = this.tokens;
    for (let i = this.from; i < length; i++) {
      if (
        this.braces > 0 &&
        (this.byColumn || this.bodyDepth === 0 || this.sawAssignment) &&
        startsDefinition(this.tokens, i)
      ) {
        return i;
      }
      if (this.isLast(i)) {
        return i + 1;
      }
    }
    return this.byColumn || this.depth === 0 ? length : -1;
  }

  /** Takes one token; true when the chunk ends with it. */
  private isLast(i: number): boolean {
    switch (this.tokens.atoms[i]) {
      case known['(']:
      case known['[']:
        this.depth++;
        return false;
      case known[')']:
      case known[']']:
        this.depth = Math.max(this.braces, this.depth - 1);
        if (this.depth === 0 && this.tokens.atoms[i] === known[')'] && !this.sawAssignment) {
          this.behindParameters = true;
        }
        return false;
      case known['{']:
        this.openBrace(i);
        return false;
      case known['}']:
        return this.closesLast(i);
      case known[';']:
        return this.semicolonIsLast(i);
      case known['=']:
        this.sawAssignment ||= this.depth === 0;
        return false;
      default:
        return false;
    }
  }

  private openBrace(i: number): void {
    const mayBeBody = this.depth === 0 && !this.sawAssignment && (this.behindParameters || this.oldStyle);
    if (mayBeBody && opensBody(this.tokens, this.from, i)) {
      this.bodyDepth = this.depth;
    }
    this.depth++;
    this.braces++;
  }

  private closesLast(i: number): boolean {
    if (this.braces === 0) {
      return true;
    }
    const closesAll = this.byColumn && inFirstColumn(this.tokens, i);
    this.braces--;
    this.depth = closesAll ? 0 : Math.max(this.braces, this.depth - 1);
    if (closesAll) {
      this.braces = 0;
      if (this.behindParameters && !this.sawAssignment) {
        return true;
      }
    }
    return (
      (this.braces === 0 && this.bodyDepth < 0 && startsDefinition(this.tokens, i + 1)) ||
      this.depth === this.bodyDepth ||
      (this.bodyDepth === 0 && this.braces === 0)
    );
  }

  private semicolonIsLast(i: number): boolean {
    // Outside braces no `;` stands within parentheses: if it seems so, one of them is not closed.
    if (this.braces !== 0 || this.oldStyle) {
      return false;
    }
    this.oldStyle = this.behindParameters && isOldStyle(this.tokens, this.from, i, this.file);
    return !this.oldStyle;
  }
}

/** The `{` at `brace` is a function's unless it opens a struct, union or enum. */
function opensBody(tokens: TokenStream, from: number, brace: number): boolean {
  let i = brace - 1;
  for (; i >= from; i--) {
    const atom = tokens.atoms[i] as number;
    const value = wordClass(atom);
    if (value === WordClass.record || value === WordClass.enum) {
      return false;
    }
    if (atom === known[')'] || atom === known[';'] || atom === known['*'] || atom === known[',']) {
      break;
    }
  }
  // Behind the `)` of an attribute the word before decides.
  if (i >= from && tokens.atoms[i] === known[')']) {
    let depth = 0;
    for (; i >= from; i--) {
      const atom = tokens.atoms[i];
      depth += atom === known[')'] ? 1 : atom === known['('] ? -1 : 0;
      if (depth === 0) {
        break;
      }
    }
    const before = tokens.atoms[i - 1] ?? 0;
    if (i - 1 >= from && wordClass(before) === WordClass.attribute) {
      const earlier = wordClass(tokens.atoms[i - 2] ?? 0);
      return !(earlier === WordClass.record || earlier === WordClass.enum) && opensBody(tokens, from, i - 1);
    }
  }
  return true;
}

/**
 * Whether `name ( a , b ) declarations` precedes the `;` at `semicolon`: the head of an old-style definition, and a body
 * will come.
 */
function isOldStyle(tokens: TokenStream, from: number, semicolon: number, file: FileScope): boolean {
  const { atoms } = tokens;
  let i = from;
  while (i < semicolon && atoms[i] !== known['(']) {
    i++;
  }
  i++;
  let names = 0;
  while (
    i < semicolon &&
    wordClass(atoms[i] as number) === WordClass.none &&
    (atoms[i + 1] === known[','] || atoms[i + 1] === known[')']) &&
    !file.types.has(atoms[i] as number)
  ) {
    names++;
    i += 2;
  }
  if (names === 0 || atoms[i - 1] !== known[')']) {
    return false;
  }
  const next = atoms[i] as number;
  return (startsSpecifiers(next) && wordClass(next) !== WordClass.attribute) || file.types.has(next);
}

/** Whether `words name ( … ) {` stands at `at`, from the first column on. */
function startsDefinition(tokens: TokenStream, at: number): boolean {
  const { atoms, kinds } = tokens;
  if (at >= tokens.length || ((tokens.flags[at] as number) & TokenFlag.lineStart) === 0 || !inFirstColumn(tokens, at)) {
    return false;
  }
  let i = at;
  let words = 0;
  for (; i < tokens.length; i++) {
    const value = wordClass(atoms[i] as number);
    if (kinds[i] === TokenKind.identifier && value !== WordClass.statement && value !== WordClass.operator) {
      words++;
    } else if (atoms[i] !== known['*']) {
      break;
    }
  }
  if (words < 2 || atoms[i] !== known['(']) {
    return false;
  }
  let depth = 0;
  for (; i < tokens.length && i < at + 1000; i++) {
    depth += atoms[i] === known['('] ? 1 : atoms[i] === known[')'] ? -1 : 0;
    if (depth === 0) {
      break;
    }
  }
  return atoms[i + 1] === known['{'];
}

function inFirstColumn(tokens: TokenStream, index: number): boolean {
  const start = tokens.starts[index] as number;
  return start === 0 || tokens.file(index).text.charCodeAt(start - 1) === 10;
}
