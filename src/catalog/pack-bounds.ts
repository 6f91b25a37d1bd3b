/**
 * How much and how deep a YAML text is, found without building it: what builds it goes down once per level, and a file
 * may have a hundred thousand of those in two lines. In: the text. Out: where it goes beyond a bound.
 *
 * One pass over the lexemes. Brackets are counted as they open and close, and in them each indicator (`-`, `?`, `:`)
 * until the next comma. In block style each indicator of a line may open one level, and stays open until a line stands as
 * far left as its own. A list may stand under its key without being indented and is not counted then, so the true depth
 * is at most twice the one found.
 */
import { Lexer } from 'yaml';

/** Levels of collections in collections that a pack may have; the format itself has six. */
export const deepestPack = 100;

/** Lexemes of a pack, blanks and ends of lines among them: ten thousand entries as people write them. */
const mostLexemes = 400_000;

/** Lexemes that stand for no text. */
const documentNext = '\u0002';
const scalarNext = '\u001f';
const bracketsEnd = '\u0018';

export interface Excess {
  readonly kind: 'deep' | 'long';
  readonly offset: number;
}

/** The first lexeme that lies deeper than `bound` or is one too many; undefined when there is none. */
export function excessOf(text: string, bound = deepestPack): Excess | undefined {
  let count = 0;
  const depth = new Depth();
  let offset = 0;
  let indent = 0;
  let fresh = true;
  let scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > mostLexemes) {
      return { kind: 'long', offset };
    }
    const blank = lexeme.startsWith(' ') || lexeme.startsWith('\t');
    if (scalar) {
      scalar = false;
    } else if (lexeme === scalarNext) {
      scalar = true;
      continue;
    } else if (lexeme === documentNext) {
      continue;
    } else if (lexeme === bracketsEnd) {
      depth.endBrackets();
      continue;
    } else if (lexeme === '\n' || lexeme === '\r\n') {
      fresh = true;
      indent = 0;
    } else if (fresh && blank) {
      indent += lexeme.length;
    } else if (!blank) {
      if (fresh) {
        fresh = false;
        depth.beginLine(indent);
      }
      depth.take(lexeme);
      if (depth.levels > bound) {
        return { kind: 'deep', offset };
      }
    }
    offset += lexeme.length;
  }
  return undefined;
}

/** How many collections are open, in brackets and in lines. */
class Depth {
  private readonly lines: { readonly indent: number; levels: number }[] = [{ indent: -1, levels: 0 }];
  private block = 0;
  /** Indicators since the last comma, for each open bracket. */
  private readonly brackets: number[] = [];
  private flow = 0;

  get levels(): number {
    return this.block + this.flow;
  }

  endBrackets(): void {
    this.brackets.length = 0;
    this.flow = 0;
  }

  beginLine(indent: number): void {
    let last = this.lines.at(-1);
    while (last && this.lines.length > 1 && last.indent >= indent) {
      this.block -= last.levels;
      this.lines.pop();
      last = this.lines.at(-1);
    }
    this.lines.push({ indent, levels: 0 });
  }

  take(lexeme: string): void {
    const open = this.brackets.length - 1;
    const indicators = this.brackets[open] ?? 0;
    if (lexeme === '[' || lexeme === '{') {
      this.brackets.push(0);
      this.flow++;
    } else if (lexeme === ']' || lexeme === '}') {
      this.flow -= open >= 0 ? 1 + indicators : 0;
      this.brackets.pop();
    } else if (lexeme === ',' && open >= 0) {
      this.flow -= indicators;
      this.brackets[open] = 0;
    } else if (lexeme === '-' || lexeme === '?' || lexeme === ':') {
      this.indicator(open, indicators);
    }
  }

  private indicator(open: number, indicators: number): void {
    const line = this.lines.at(-1);
    if (open >= 0) {
      this.brackets[open] = indicators + 1;
      this.flow++;
    } else if (line) {
      this.block++;
      line.levels++;
    }
  }
}
