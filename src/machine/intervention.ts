/**
 * What somebody may do to a run from outside, as plain data: made again at the same moment it does the same. A run is
 * its scenario and the interventions in the order in which they are made.
 */
import type { TaskId } from './service';

/** What is done. */
export type Deed =
  /** A C expression that assigns or calls, in a frame of a thread (0: the innermost); -1: in no frame. */
  | { readonly kind: 'expression'; readonly text: string; readonly thread: TaskId; readonly frame: number }
  | { readonly kind: 'memory'; readonly address: number; readonly bytes: readonly number[] }
  /** The packet of that number, counted from the start of the run, is lost, or comes `by` microseconds later. */
  | { readonly kind: 'packet'; readonly packet: number; readonly by: number | undefined }
  /** The `nth` coming allocation (1: the next) of a cache, of `kmalloc`, or of anything (`*`) fails. */
  | { readonly kind: 'allocation'; readonly nth: number; readonly target: string }
  /** When the scheduler next chooses, it takes this process, if it can run. */
  | { readonly kind: 'run-first'; readonly pid: number };

export interface Intervention {
  /** Statements executed before it. */
  readonly clock: number;
  readonly deed: Deed;
}
