/**
 * Assertions for our own invariants. A failed assertion is a bug in SockScope, never a mistake of the user's:
 * those are `Diagnostic`s, and simulated faults are machine stops.
 */

/** Throws when `condition` does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) {
    throw new Error(`internal error: ${message}`);
  }
}

/** Marks a case that the types rule out; throws when it is reached all the same. */
export function unreachable(value: never, what: string): never {
  throw new Error(`internal error: unexpected ${what}: ${JSON.stringify(value)}`);
}
