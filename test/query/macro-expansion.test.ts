import { describe, expect, it } from 'vitest';
import { expansionAt } from '../../src/query/macro-expansion';
import type { MacroFacts } from '../../src/query/query-types';

const macros: Readonly<Record<string, Pick<MacroFacts, 'parameters' | 'replacement'>>> = {
  TWICE: { parameters: '(x)', replacement: '((x) + (x))' },
  SK: { parameters: '(p)', replacement: '((struct sock *)(p))' },
  FIVE: { parameters: '', replacement: '5' },
  BOTH: { parameters: '', replacement: 'TWICE(FIVE)' },
  SELF: { parameters: '', replacement: 'SELF + 1' },
  NAME: { parameters: '(a, b)', replacement: 'a##b(#a)' },
  A: { parameters: '(x)', replacement: 'B(x) B(x)' },
  B: { parameters: '(x)', replacement: 'A(x) A(x) x x x x' },
};
const lookup = (name: string): MacroFacts | undefined =>
  Object.hasOwn(macros, name) ? { name, ...macros[name]! } : undefined;

function expansion(text: string): string | undefined {
  const [name = ''] = /^\w+/.exec(text) ?? [];
  return expansionAt(text, 0, name.length, lookup);
}

describe('the use of a macro', () => {
  it.each([
    ['TWICE(a, b)', undefined],
    ['TWICE(skb->len) + 1', '((skb->len) + (skb->len))'],
    ['TWICE ( /* one */ SK(q)->n )', '((((struct sock *)(q))->n) + (((struct sock *)(q))->n))'],
    ['BOTH;', '((5) + (5))'],
    ['NAME(tcp_, prot)', 'tcp_prot("tcp_")'],
  ])('%s becomes what the preprocessor makes of it', (use, expected) => {
    if (expected === undefined) {
      expect(expansion(use) ?? '').not.toContain('undefined');
    } else {
      expect(expansion(use)).toBe(expected);
    }
  });

  it('says nothing where the definition says as much, or there is no use', () => {
    expect(expansion('FIVE;')).toBeUndefined();
    expect(expansion('SELF;')).toBeUndefined();
    expect(expansion('TWICE;')).toBeUndefined();
    expect(expansion('other(1)')).toBeUndefined();
    expect(expansion('TWICE(never closed')).toBeUndefined();
  });
});
