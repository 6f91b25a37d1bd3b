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
  const lines: { readonly indent: number; levels: number }[] = [{ indent: -1, levels: 0 }];
  let block = 0;
  /** Indicators since the last comma, for each open bracket. */
  const brackets: number[] = [];
  let flow = 0;
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
      brackets.length = 0;
      flow = 0;
      continue;
    } else if (lexeme === '\n' || lexeme === '\r\n') {
      fresh = true;
      indent = 0;
    } else if (fresh && blank) {
      indent += lexeme.length;
    } else if (!blank) {
      if (fresh) {
        fresh = false;
        while (lines.length > 1 && lines.at(-1)!.indent >= indent) {
          block -= lines.pop()!.levels;
        }
        lines.push({ indent, levels: 0 });
      }
      const open = brackets.length - 1;
      if (lexeme === '[' || lexeme === '{') {
        brackets.push(0);
        flow++;
      } else if (lexeme === ']' || lexeme === '}') {
        flow -= brackets.length > 0 ? 1 + brackets.pop()! : 0;
      } else if (lexeme === ',' && open >= 0) {
        flow -= brackets[open]!;
        brackets[open] = 0;
      } else if (lexeme === '-' || lexeme === '?' || lexeme === ':') {
        if (open >= 0) {
          brackets[open]!++;
          flow++;
        } else {
          block++;
          lines.at(-1)!.levels++;
        }
      }
      if (block + flow > bound) {
        return { kind: 'deep', offset };
      }
    }
    offset += lexeme.length;
  }
  return undefined;
}
