/**
 * Conditions over what a row has: fields of a packet, of a socket, of a change.
 *
 *   or   = and { "||" and }          and  = compare { "&&" compare }
 *   compare = bits [ ("==" | "!=" | "<" | "<=" | ">" | ">=") bits ]
 *   bits = sum { "&" sum | "|" sum | "^" sum }     sum = unary { ("+" | "-") unary }
 *   unary = "!" unary | "-" unary | "~" unary | "(" or ")" | NUMBER | ADDRESS | NAME | $NAME
 *
 * ADDRESS is dotted (10.0.0.1). In: text and a way to know names. Out: a function of the fields, or what is wrong and where.
 * C's operators, with `&`, `|` and `^` binding tighter than comparisons, as people mean them.
 */
import { sentence, type Words } from '../sentences/sentence';

/** The value of a name in a row. */
export type FieldOf = (name: string) => number | undefined;

export interface Problem {
  readonly message: Words;
  /** Offset in the text. */
  readonly at: number;
  readonly remedy?: Words | undefined;
}

export class QuestionError extends Error {
  constructor(readonly problem: Problem) {
    super('a question that cannot be asked');
  }
}

type Computed = (fieldOf: FieldOf) => number;

interface Token {
  readonly text: string;
  readonly at: number;
}

const pattern =
  /\s*(?:(\d+\.\d+\.\d+\.\d+)|(0[xX][0-9a-fA-F]+|\d+)|(\$?[A-Za-z_]\w*)|(&&|\|\||[=!<>]=|[-+&|^~!<>()]))/y;
const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => isSame(a, b),
  '!=': (a, b) => !isSame(a, b),
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** As in C, where an unsigned int of all ones is -1. */
function isSame(a: number, b: number): boolean {
  return a === b || (Math.min(a, b) < 0 && Math.min(a, b) + 2 ** 32 === Math.max(a, b));
}

/** `isKnown` says whether a name is a field or a constant; `offset` is where the text stands in the question. */
export function fieldExpression(
  text: string,
  offset: number,
  isKnown: (name: string) => boolean,
  known: string,
): Computed {
  return new FieldParser(text, offset, isKnown, known).parse();
}

class FieldParser {
  private readonly tokens: Token[] = [];
  private next = 0;

  constructor(
    text: string,
    private readonly offset: number,
    private readonly isKnown: (name: string) => boolean,
    private readonly known: string,
  ) {
    pattern.lastIndex = 0;
    for (let at = 0; at < text.length; at = pattern.lastIndex) {
      const found = pattern.exec(text);
      if (!found) {
        const rest = /^\s*(\S+)/.exec(text.slice(at));
        if (!rest?.[1]) {
          break;
        }
        throw this.wrong(
          sentence('this-is-no-condition-text', { text: rest[1] }),
          at + rest[0].length - rest[1].length,
        );
      }
      const token = found[0].trimStart();
      this.tokens.push({ text: token, at: pattern.lastIndex - token.length });
    }
    this.end = text.length;
  }

  private readonly end: number;

  private wrong(message: Words, at: number, remedy?: Words): QuestionError {
    return new QuestionError({ message, at: this.offset + at, remedy });
  }

  parse(): Computed {
    const computed = this.or();
    const left = this.tokens[this.next];
    if (left) {
      throw this.wrong(sentence('this-is-no-condition-text', { text: left.text }), left.at);
    }
    return computed;
  }

  private take(...texts: readonly string[]): string | undefined {
    const token = this.tokens[this.next];
    if (token && texts.includes(token.text)) {
      this.next++;
      return token.text;
    }
    return undefined;
  }

  private or(): Computed {
    let left = this.and();
    while (this.take('||')) {
      const [a, b] = [left, this.and()];
      left = (of) => (a(of) !== 0 || b(of) !== 0 ? 1 : 0);
    }
    return left;
  }

  private and(): Computed {
    let left = this.compare();
    while (this.take('&&')) {
      const [a, b] = [left, this.compare()];
      left = (of) => (a(of) !== 0 && b(of) !== 0 ? 1 : 0);
    }
    return left;
  }

  private compare(): Computed {
    const left = this.bits();
    const compare = comparisons[this.take(...Object.keys(comparisons)) ?? ''];
    if (!compare) {
      return left;
    }
    const right = this.bits();
    return (of) => (compare(left(of), right(of)) ? 1 : 0);
  }

  private bits(): Computed {
    let left = this.sum();
    for (let operator = this.take('&', '|', '^'); operator; operator = this.take('&', '|', '^')) {
      const [a, b, which] = [left, this.sum(), operator];
      left = (of) => {
        const [x, y] = [a(of), b(of)];
        return (which === '&' ? x & y : which === '|' ? x | y : x ^ y) >>> 0;
      };
    }
    return left;
  }

  private sum(): Computed {
    let left = this.unary();
    for (let operator = this.take('+', '-'); operator; operator = this.take('+', '-')) {
      const [a, b, sign] = [left, this.unary(), operator === '+' ? 1 : -1];
      left = (of) => a(of) + sign * b(of);
    }
    return left;
  }

  private unary(): Computed {
    const operator = this.take('!', '-', '~', '(');
    if (operator === '(') {
      const inner = this.or();
      if (!this.take(')')) {
        throw this.wrong(sentence('a-closing-bracket-is-missing'), this.tokens[this.next]?.at ?? this.end);
      }
      return inner;
    }
    if (operator) {
      const inner = this.unary();
      return (of) => (operator === '!' ? Number(inner(of) === 0) : operator === '-' ? -inner(of) : ~inner(of) >>> 0);
    }
    return this.operand();
  }

  private operand(): Computed {
    const token = this.tokens[this.next++];
    if (!token) {
      throw this.wrong(sentence('a-value-is-missing-here'), this.end);
    }
    const { text, at } = token;
    if (/^\d+\./.test(text)) {
      const value = text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
      return () => value;
    }
    if (/^\d/.test(text)) {
      return () => Number(text);
    }
    if (!/^\$?\w/.test(text)) {
      throw this.wrong(sentence('a-value-is-missing-here'), at);
    }
    if (!this.isKnown(text)) {
      throw this.wrong(
        sentence('name-is-nothing-here', { name: text }),
        at,
        sentence('known-here-are-list', { list: this.known }),
      );
    }
    return (of) => of(text) ?? 0;
  }
}
