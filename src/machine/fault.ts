/**
 * Simulated faults: what would have been an oops, a triple fault or a hang is a stop that can be inspected and stepped
 * back from.
 */
import type { Words } from '../sentences/sentence';

export type FaultKind =
  | 'null-dereference'
  | 'wild-dereference'
  | 'use-after-free'
  | 'user-dereference'
  | 'out-of-bounds'
  | 'division-by-zero'
  | 'stack-overflow'
  | 'stack-damaged'
  | 'bug'
  | 'panic'
  | 'missing-function'
  | 'bad-function-pointer'
  | 'trap'
  | 'deadlock'
  | 'budget'
  | 'out-of-memory'
  | 'double-free'
  | 'corruption'
  /** A local variable was read that was never written: a stop for who asks for it, after which the run goes on. */
  | 'uninitialised-read';

export interface Fault {
  readonly kind: FaultKind;
  /** One sentence, in English, for logs; the editor words it again in the user's language from the other parts. */
  readonly message: Words;
  /** The address or function pointer concerned. */
  readonly address?: number;
  /** The C expression that faulted, as written. */
  readonly expression?: string;
}
