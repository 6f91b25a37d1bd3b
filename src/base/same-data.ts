/**
 * Whether two pieces of plain data say the same.
 *
 * In: values of which JSON could be made. Out: a comparison member by member; one that is undefined is as none. The same
 * object is the same at once, so that what is handed on from one moment to the next costs nothing.
 */
export function isSameData(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, index) => isSameData(each, b[index]))
    );
  }
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  return (
    Object.keys(left).every((key) => isSameData(left[key], right[key])) &&
    Object.keys(right).every((key) => right[key] === undefined || left[key] !== undefined)
  );
}
