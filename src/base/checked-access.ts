/**
 * Reads that must find something.
 *
 * In: a list, a map or a value that may be missing by its type and is not by our own invariants. Out: what is there; else
 * an error of ours is thrown, as by `assert`. Loops that are run for every instruction or every byte read by themselves.
 */

/** The value, which the caller knows to be there; `what` names it in the error. */
export function given<T>(value: T | null | undefined, what: string): T {
  if (value === undefined || value === null) {
    throw new Error(`internal error: no ${what}`);
  }
  return value;
}

/** The item of an index that lies inside the list. */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  const item = list[index];
  if (item === undefined) {
    throw new Error(`internal error: no item ${index} of ${list.length}`);
  }
  return item;
}

/** The last item of a list that is not empty. */
export function lastOf<T>(list: ArrayLike<T>): T {
  return itemAt(list, list.length - 1);
}

/** What a map holds under a key that it has. */
export function valueAt<K, V>(map: { get(key: K): V | undefined }, key: K): V {
  const value = map.get(key);
  if (value === undefined) {
    throw new Error(`internal error: nothing under ${String(key)}`);
  }
  return value;
}
