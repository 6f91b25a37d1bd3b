/**
 * What a script's runner remembers between its steps: plain data, saved and restored with the machine.
 */
import type { Told } from '../sentences/sentence';
import type { AnswerPlace } from './call-builder';
import { emptyFlows, type FlowState } from './flows';

/** What a script expected and did not get. */
export type ScriptFailure = {
  /** One-based line of the script. */
  readonly line: number;
  /** The event as written. */
  readonly text: string;
  readonly expected: Told;
  readonly actual: Told;
  /** The kernel's result, when that is what differs; a negative errno when the call failed. */
  readonly returned?: number;
  /** The kernel at hand lacks what the script needs: that says nothing about the script. */
  readonly refused?: true;
};

export type PendingCall = {
  readonly id: number;
  readonly event: number;
  readonly pid: number;
  readonly startedAt: number;
  readonly buffers: readonly number[];
  readonly answers: readonly AnswerPlace[];
};

export type RunnerState = {
  next: number;
  /** Clock at script time 0. */
  base: number;
  /** Start of the event before, in script time, when it had a fixed one. */
  previousStart: number | null;
  /** Clock when the event before was done. */
  previousEnd: number;
  /** For each process: script descriptor to live descriptor. */
  descriptors: { [process: string]: { [script: number]: number } };
  pending: PendingCall[];
  nextCall: number;
  flows: FlowState;
  /** Bytes of the expected packet that earlier segments brought. */
  collected: number;
  failures: ScriptFailure[];
  /** The run was changed from outside: a failure is told and does not end it. */
  isChanged: boolean;
};

/** The state before the first event. */
export function emptyState(): RunnerState {
  return {
    next: 0,
    base: 0,
    previousStart: 0,
    previousEnd: 0,
    descriptors: {},
    pending: [],
    nextCall: 1,
    flows: emptyFlows(),
    collected: 0,
    failures: [],
    isChanged: false,
  };
}
