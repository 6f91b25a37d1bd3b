/**
 * Long work in parts.
 *
 * In: a generator that yields every few milliseconds. Out: its result; whoever runs it may let somebody else have a turn
 * in between, or end it.
 */

/** Work in parts that each take a few milliseconds: between them somebody else may have a turn. */
export type Parts<Result> = Generator<undefined, Result, undefined>;

/** All of it at once. */
export function allOf<Result>(work: Parts<Result>): Result {
  for (;;) {
    const part = work.next();
    if (part.done) {
      return part.value;
    }
  }
}

/** All of it with breaths in between; `stop` when one of them says that it is enough. */
export async function inParts<Result>(
  work: Parts<Result>,
  breathe: () => Promise<boolean>,
): Promise<{ readonly result: Result } | 'stopped'> {
  for (;;) {
    const part = work.next();
    if (part.done) {
      return { result: part.value };
    }
    if (await breathe()) {
      return 'stopped';
    }
  }
}
