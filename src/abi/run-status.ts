/**
 * Why a compiled function came back: the i32 that every one of them returns, and that the machine reads. In: nothing.
 * Out: the numbers.
 */

/** Why a function suspended; `returned` is the driver's answer when the bottom frame is done. */
export const Status = {
  returned: 0,
  /** Stopped before a statement whose flag is set. */
  stopped: 1,
  /** Out of fuel or native stack, or better gone on with in the other body: resume as it is. */
  sliced: 2,
  fault: 3,
  /** A service keeps the task. */
  blocked: 4,
  /** A frame has returned, and the one it returns to was written over. */
  damaged: 5,
} as const;
