/**
 * Steps and runs into the past.
 *
 * In: what kind, and where the machine stands. Out: the machine at an earlier moment, and why it stopped there. The search
 * is made in parts, between which the host breathes; when it is ended before it found anything the machine stands where
 * it stood. A run that meets nothing ends at the scenario's first call: the kernel boots before that.
 */
import { statementsOf, type StatementId } from '../abi/debug-info';
import { framesOf } from '../machine/frames';
import type { Machine } from '../machine/machine';
import { inParts } from '../base/parts';
import type { Traveller } from '../machine/traveller';
import type { FailedCall } from './failed-calls';
import type { StepKind, StopReason } from './session-types';
import type { Stepper } from './stepper';
import type { Hit, StopPoints } from './stop-points';

export interface BackParts {
  readonly machine: Machine;
  readonly traveller: Traveller;
  readonly points: StopPoints;
  readonly stepper: Stepper;
  /** The last call before now that failed as somebody waits for. */
  readonly failed: FailedCall | undefined;
  /** Clock of the scenario's first call, once it is known. */
  readonly firstCall: number | undefined;
  readonly breathe: () => Promise<boolean>;
}

/** Where it came to. */
export interface WentBack {
  readonly reason: StopReason;
  readonly hit?: Hit | undefined;
  readonly failed?: FailedCall;
  /** Set when the way there was a step of that thread. */
  readonly thread?: number;
}

export async function goBack(kind: StepKind, thread: number, parts: BackParts): Promise<WentBack> {
  const { machine, traveller, points, stepper, breathe } = parts;
  const from = machine.clock;
  if (from <= traveller.oldest) {
    return { reason: 'start' };
  }
  if (kind === 'back-continue') {
    return continueBack(from, parts);
  }
  const wanted = stepper.back(kind, thread);
  if (kind === 'back-into') {
    traveller.seek(from - 1);
    if (machine.at && machine.at.task === thread && machine.clock < from) {
      return { reason: 'step', thread };
    }
  }
  const among = statementsOfCallers(kind, thread, machine);
  const done = await points.statements.among(among ?? [], () =>
    inParts(traveller.seekingLast(from, wanted, among === undefined), breathe),
  );
  return done === 'stopped' ? stay(from, parts) : { reason: done.result ? 'step' : 'start', thread };
}

/**
 * Statements among which the goal of a step back over calls must be: those of the functions that wait on the stack, whose
 * frames were there all the time while what they called came and went. Undefined where that cannot be known: before the
 * first statement of a frame another frame may have been in its place.
 */
function statementsOfCallers(kind: StepKind, thread: number, machine: Machine): StatementId[] | undefined {
  const { debug, memory } = machine;
  const task = machine.tasks.get(thread);
  const [top, ...callers] = task ? framesOf(task, memory, debug) : [];
  const isAtEntry = debug.functions[top?.functionId ?? -1]?.firstStatement === top?.statement;
  if (!top || (kind === 'back-out' ? callers.length === 0 : kind !== 'back-over' || isAtEntry)) {
    return undefined;
  }
  const functions = new Set([...(kind === 'back-out' ? [] : [top]), ...callers].map(({ functionId }) => functionId));
  return debug.functions.filter((_, id) => functions.has(id)).flatMap(statementsOf);
}

async function continueBack(from: number, parts: BackParts): Promise<WentBack> {
  const { machine, traveller, points, failed, firstCall, breathe } = parts;
  const done = await inParts(points.seekingLast(traveller, from), breathe);
  if (done === 'stopped') {
    return stay(from, parts);
  }
  const hit = done.result;
  if (failed && (!hit || failed.clock >= machine.clock)) {
    return { reason: 'failed-call', failed };
  }
  if (!hit && firstCall !== undefined && firstCall < from) {
    traveller.seek(firstCall);
  }
  return { reason: hit?.reason ?? 'start', hit };
}

/** Somebody paused before there was anything to show. */
function stay(from: number, { traveller }: BackParts): WentBack {
  traveller.seek(from);
  return { reason: 'pause' };
}
