/** Two lists side by side: as much as possible stands together, everything stands once and in order. */
import { expect, test } from 'vitest';
import { aligned } from '../../src/session/aligned';

/** `a+a` together, `a-` only the first has it, `-a` only the second. */
function lines(one: string, other: string): string {
  return aligned(one.length, other.length, (i, j) => one[i] === other[j])
    .map(([i, j]) =>
      i === undefined ? `-${other[j ?? NaN]}` : j === undefined ? `${one[i]}-` : `${one[i]}+${other[j]}`,
    )
    .join(' ');
}

test.each([
  ['', '', ''],
  ['a', '', 'a-'],
  ['', 'ab', '-a -b'],
  ['abc', 'abc', 'a+a b+b c+c'],
  ['abc', 'ac', 'a+a b- c+c'],
  ['ac', 'abc', 'a+a -b c+c'],
  ['a', 'b', 'a- -b'],
  ['xa', 'ay', 'x- a+a -y'],
])('%s beside %s', (one, other, expected) => {
  expect(lines(one, other)).toBe(expected);
});

/** Length of the longest common subsequence, from its definition. */
function longest(one: string, other: string): number {
  if (one === '' || other === '') {
    return 0;
  }
  const [a, b] = [one.slice(1), other.slice(1)];
  return one[0] === other[0] ? 1 + longest(a, b) : Math.max(longest(a, other), longest(one, b));
}

test('lists of three letters: from the definition', () => {
  let state = 1;
  const letter = (): string => 'abc'.charAt((state = (state * 48_271) % 0x7fff_ffff) % 3);
  const list = (length: number): string => Array.from({ length }, letter).join('');
  for (let tried = 0; tried < 400; tried++) {
    const [one, other] = [list(tried % 6), list((tried >> 3) % 8)];
    const pairs = aligned(one.length, other.length, (i, j) => one[i] === other[j]);
    const of = (side: 0 | 1): number[] => pairs.flatMap((pair) => pair[side] ?? []);
    expect([of(0), of(1)]).toEqual([[...one].map((_, i) => i), [...other].map((_, i) => i)]);
    const together = pairs.filter(([i, j]) => i !== undefined && j !== undefined);
    expect(together.every(([i, j]) => one[i ?? NaN] === other[j ?? NaN])).toBe(true);
    expect(together, `${one} ${other}`).toHaveLength(longest(one, other));
  }
});
