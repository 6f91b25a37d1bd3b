/** Who is visited next: the nearest, of equals the one that came first, whenever they come. */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { NearestFirst } from '../../src/values/graph-queue';

test('comes out by cost, then in the order of coming, also when more come meanwhile', () => {
  const queue = new NearestFirst<{ readonly cost: number; readonly name: number }>();
  const left: { readonly cost: number; readonly name: number }[] = [];
  const add = (name: number): void => {
    const item = { cost: (name * 7919) % 13, name };
    queue.add(item);
    left.push(item);
  };
  const nearest = (): number => Math.min(...left.map(({ cost }) => cost));
  for (let name = 0; name < 300; name++) {
    add(name);
    if (name % 3 === 2) {
      const expected = left.find(({ cost }) => cost === nearest());
      expect(queue.take()).toBe(expected);
      left.splice(left.indexOf(given(expected, 'expected')), 1);
    }
  }
  const rest = [...left].sort((a, b) => a.cost - b.cost || a.name - b.name);
  expect(rest.map(() => queue.take())).toEqual(rest);
  expect(queue.take()).toBeUndefined();
});
