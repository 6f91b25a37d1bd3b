/**
 * Two lists side by side, so that as much as possible of both stands together.
 *
 * In: their lengths, and which elements are the same. Out: positions in both, in order. Algorithm: the longest common
 * subsequence, by the lengths of those of all pairs of ends.
 */

/** Of each pair one position or both: elements of the longest common subsequence stand together, the others alone. */
export function aligned(
  one: number,
  other: number,
  same: (i: number, j: number) => boolean,
): (readonly [number | undefined, number | undefined])[] {
  const width = other + 1;
  const longest = new Uint16Array((one + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = one - 1; i >= 0; i--) {
    for (let j = other - 1; j >= 0; j--) {
      longest[i * width + j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number | undefined, number | undefined])[] = [];
  for (let i = 0, j = 0; i < one || j < other;) {
    if (i < one && j < other && same(i, j)) {
      pairs.push([i++, j++]);
    } else if (j >= other || (i < one && at(i + 1, j) >= at(i, j + 1))) {
      pairs.push([i++, undefined]);
    } else {
      pairs.push([undefined, j++]);
    }
  }
  return pairs;
}
