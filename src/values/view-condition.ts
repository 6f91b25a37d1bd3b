/**
 * Reads the condition of a view: comparisons of a structure's fields with numbers and names, joined by `&&`, `||`, `!` and
 * parentheses. It is C's syntax, and everything else of C is left out: no call, no assignment, no arithmetic.
 *
 * In: text of at most 200 characters. Out: the condition, or undefined. One token is looked at ahead; every token is taken
 * once.
 */
import type { Condition, Operand } from './structure-views';

const LONGEST = 200;
const DEEPEST = 20;

export function readCondition(text: string): Condition | undefined {
  const tokens = text.length > LONGEST ? undefined : tokensOf(text);
  if (!tokens) {
    return undefined;
  }
  const reader = new ConditionReader(tokens);
  const condition = reader.either(0);
  return reader.atEnd ? condition : undefined;
}

/** A path of fields: `nh.iph->protocol`; undefined for anything else. */
export function readPath(text: string): readonly string[] | undefined {
  return /^[A-Za-z_]\w*((\.|->)[A-Za-z_]\w*)*$/.test(text) ? text.split(/\.|->/) : undefined;
}

function tokensOf(text: string): string[] | undefined {
  const found =
    text.match(/\s+|0x[0-9a-f]+|\d+|[A-Za-z_]\w*(?:(?:\.|->)[A-Za-z_]\w*)*|&&|\|\||[<>=!]=|[<>!&()]|[^]/gi) ?? [];
  const tokens = found.filter((token) => token.trim() !== '');
  return tokens.every((token) => /^(\w|&|\||[<>=!()])/.test(token) && token !== '=' && token !== '|')
    ? tokens
    : undefined;
}

class ConditionReader {
  private next = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get atEnd(): boolean {
    return this.next === this.tokens.length;
  }

  either(depth: number): Condition | undefined {
    return this.joined('||', 'or', depth, () => this.joined('&&', 'and', depth, () => this.single(depth)));
  }

  private joined(
    sign: string,
    op: 'or' | 'and',
    depth: number,
    part: () => Condition | undefined,
  ): Condition | undefined {
    let left = depth > DEEPEST ? undefined : part();
    while (left && this.take(sign)) {
      const right = part();
      left = right && { op, left, right };
    }
    return left;
  }

  private single(depth: number): Condition | undefined {
    if (this.take('!')) {
      const of = depth > DEEPEST ? undefined : this.single(depth + 1);
      return of && { op: 'not', of };
    }
    if (this.take('(')) {
      const inner = this.either(depth + 1);
      return this.take(')') ? inner : undefined;
    }
    const left = this.operand();
    const sign = this.tokens[this.next];
    if (!left || sign === undefined || !isComparison(sign)) {
      return left && { op: 'true', of: left };
    }
    this.next++;
    const right = this.operand();
    return right && { op: sign, left, right };
  }

  private operand(): Operand | undefined {
    const token = this.tokens[this.next] ?? '';
    const path = readPath(token);
    if (path) {
      this.next++;
      return { path };
    }
    if (!/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(token)) {
      return undefined;
    }
    this.next++;
    return { number: Number(token) };
  }

  private take(token: string): boolean {
    const isNext = this.tokens[this.next] === token;
    this.next += isNext ? 1 : 0;
    return isNext;
  }
}

function isComparison(sign: string): sign is '==' | '!=' | '<' | '>' | '<=' | '>=' | '&' {
  return ['==', '!=', '<', '>', '<=', '>=', '&'].includes(sign);
}
