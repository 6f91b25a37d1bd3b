/** The figures of the benchmark. */
import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, run unbuilt by npm run bench
import { geometricMean, median } from '../../bench/statistics.mjs';

test('median and geometric mean', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(geometricMean([2, 0.5])).toBeCloseTo(1);
  expect(geometricMean([8])).toBeCloseTo(8);
});
