/**
 * The phases between a source and a result, for whoever measures them.
 *
 * In: nothing. Out: names. Who does the work tells when a phase begins; who has a clock adds up.
 */

/** In their order; `read` is the files, `lower` and `emit` make the module, `instantiate` the machine. */
export const phases = ['read', 'preprocess', 'parse', 'check', 'lower', 'emit', 'instantiate', 'run'] as const;

export type Phase = (typeof phases)[number];

/** Told when a phase begins: the one before ends with it. */
export type OnPhase = (phase: Phase) => void;
