/**
 * The expressions of `#if` and `#elif` (C99 6.10.1). Goes in: the macro-expanded tokens of the line, `defined` already
 * answered; comes out: whether the value is not zero. Arithmetic is 64 bits wide, signed or unsigned as 6.10.1 paragraph
 * 3 says. Algorithm: precedence climbing; in parts that are not evaluated (right of `0 &&`) division by zero is no
 * error.
 */
import { sentence, type Words } from '../sentences/sentence';
import { known, type AtomTable } from './atoms';
import { characterValue, parseInteger } from './literal';
import { TokenKind, type Token } from './token';

export interface ConditionResult {
  readonly value: boolean;
  /** What is wrong, if something is; `value` is then false. */
  readonly problem?: Words;
}

interface Value {
  readonly bits: bigint;
  readonly unsigned: boolean;
}

class Malformed extends Error {
  constructor(readonly problem: Words) {
    super();
  }
}

const precedence = new Map<number, number>([
  [known['||'], 1],
  [known['&&'], 2],
  [known['|'], 3],
  [known['^'], 4],
  [known['&'], 5],
  [known['=='], 6],
  [known['!='], 6],
  [known['<'], 7],
  [known['>'], 7],
  [known['<='], 7],
  [known['>='], 7],
  [known['<<'], 8],
  [known['>>'], 8],
  [known['+'], 9],
  [known['-'], 9],
  [known['*'], 10],
  [known['/'], 10],
  [known['%'], 10],
]);

/** Deepest nesting of parentheses, unary operators and `?:`. */
const maximumDepth = 500;

export function evaluateCondition(tokens: readonly Token[], atomTable: AtomTable): ConditionResult {
  const evaluator = new Evaluator(tokens, atomTable);
  try {
    return { value: evaluator.whole() };
  } catch (error) {
    if (error instanceof Malformed) {
      return { value: false, problem: error.problem };
    }
    throw error;
  }
}

class Evaluator {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly atomTable: AtomTable,
  ) {}

  whole(): boolean {
    if (this.tokens.length === 0) {
      throw new Malformed(sentence('if-has-no-expression'));
    }
    const value = this.comma(true);
    const rest = this.tokens[this.at];
    if (rest) {
      throw new Malformed(sentence('text-is-not-expected-here-in-if', { text: this.atomTable.text(rest.atom) }));
    }
    return value.bits !== 0n;
  }

  private comma(evaluated: boolean): Value {
    let value = this.conditional(evaluated);
    while (this.take(known[','])) {
      value = this.conditional(evaluated);
    }
    return value;
  }

  private conditional(evaluated: boolean): Value {
    if (++this.depth > maximumDepth) {
      throw new Malformed(sentence('the-expression-is-nested-too-deeply'));
    }
    const condition = this.binary(1, evaluated);
    let result = condition;
    if (this.take(known['?'])) {
      const yes = condition.bits !== 0n;
      const a = this.comma(evaluated && yes);
      this.expect(known[':']);
      const b = this.conditional(evaluated && !yes);
      result = make((yes ? a : b).bits, a.unsigned || b.unsigned);
    }
    this.depth--;
    return result;
  }

  private binary(least: number, evaluated: boolean): Value {
    let left = this.unary(evaluated);
    for (;;) {
      const token = this.tokens[this.at];
      const level = token?.kind === TokenKind.punctuator ? precedence.get(token.atom) : undefined;
      if (!token || level === undefined || level < least) {
        return left;
      }
      this.at++;
      const needed =
        token.atom === known['&&'] ? left.bits !== 0n : token.atom === known['||'] ? left.bits === 0n : true;
      const right = this.binary(level + 1, evaluated && needed);
      left = this.apply(token.atom, left, right, evaluated);
    }
  }

  private apply(operator: number, a: Value, b: Value, evaluated: boolean): Value {
    const unsigned = a.unsigned || b.unsigned;
    const x = make(a.bits, unsigned).bits;
    const y = make(b.bits, unsigned).bits;
    const truth = (flag: boolean): Value => ({ bits: flag ? 1n : 0n, unsigned: false });
    switch (operator) {
      case known['||']:
        return truth(a.bits !== 0n || b.bits !== 0n);
      case known['&&']:
        return truth(a.bits !== 0n && b.bits !== 0n);
      case known['|']:
        return make(x | y, unsigned);
      case known['^']:
        return make(x ^ y, unsigned);
      case known['&']:
        return make(x & y, unsigned);
      case known['==']:
        return truth(x === y);
      case known['!=']:
        return truth(x !== y);
      case known['<']:
        return truth(x < y);
      case known['>']:
        return truth(x > y);
      case known['<=']:
        return truth(x <= y);
      case known['>=']:
        return truth(x >= y);
      case known['<<']:
        return shift(a, b.bits);
      case known['>>']:
        return shift(a, -b.bits);
      case known['+']:
        return make(x + y, unsigned);
      case known['-']:
        return make(x - y, unsigned);
      case known['*']:
        return make(x * y, unsigned);
      default:
        if (y === 0n) {
          if (evaluated) {
            throw new Malformed(sentence('division-by-zero-in-if'));
          }
          return make(0n, unsigned);
        }
        return make(operator === known['/'] ? x / y : x % y, unsigned);
    }
  }

  private unary(evaluated: boolean): Value {
    const token = this.tokens[this.at++];
    if (!token) {
      throw new Malformed(sentence('the-expression-of-if-ends-too-early'));
    }
    if (token.kind === TokenKind.punctuator) {
      if (token.atom === known['(']) {
        if (++this.depth > maximumDepth) {
          throw new Malformed(sentence('the-expression-is-nested-too-deeply'));
        }
        const value = this.comma(evaluated);
        this.depth--;
        this.expect(known[')']);
        return value;
      }
      const operators = [known['-'], known['+'], known['!'], known['~']];
      if (operators.includes(token.atom)) {
        if (++this.depth > maximumDepth) {
          throw new Malformed(sentence('the-expression-is-nested-too-deeply'));
        }
        const value = this.unary(evaluated);
        this.depth--;
        switch (token.atom) {
          case known['-']:
            return make(-value.bits, value.unsigned);
          case known['+']:
            return value;
          case known['!']:
            return { bits: value.bits === 0n ? 1n : 0n, unsigned: false };
          default:
            return make(~value.bits, value.unsigned);
        }
      }
    }
    const text = this.atomTable.text(token.atom);
    switch (token.kind) {
      case TokenKind.number: {
        const integer = parseInteger(text);
        if (!integer) {
          throw new Malformed(sentence('text-is-not-an-integer-constant', { text }));
        }
        return make(integer.value, integer.unsigned || integer.value > 0x7fffffffffffffffn);
      }
      case TokenKind.character:
        return make(BigInt(characterValue(text).value), false);
      case TokenKind.identifier:
        // An identifier that is no macro counts as 0 (6.10.1 paragraph 4).
        return { bits: 0n, unsigned: false };
      default:
        throw new Malformed(sentence('text-is-not-expected-here-in-if', { text }));
    }
  }

  private take(atom: number): boolean {
    const token = this.tokens[this.at];
    if (token?.atom === atom && token.kind === TokenKind.punctuator) {
      this.at++;
      return true;
    }
    return false;
  }

  private expect(atom: number): void {
    if (!this.take(atom)) {
      throw new Malformed(sentence('text-is-missing-in-if', { text: this.atomTable.text(atom) }));
    }
  }
}

function make(bits: bigint, unsigned: boolean): Value {
  return { bits: unsigned ? BigInt.asUintN(64, bits) : BigInt.asIntN(64, bits), unsigned };
}

/** Left for positive `by`, right for negative; shifts of 64 and more empty the value. */
function shift(a: Value, by: bigint): Value {
  const amount = by > 64n ? 64n : by < -64n ? -64n : by;
  return make(amount >= 0n ? a.bits << amount : a.bits >> -amount, a.unsigned);
}
