/**
 * Where the machine stands and why, as the plain data that fronts get.
 *
 * In: a machine that stands still, what stopped it, the thread that a step was meant for, threads that have been seen.
 * Out: a {@link Stop}.
 */
import type { Machine } from '../machine/machine';
import type { Traveller } from '../machine/traveller';
import { sentence } from '../sentences/sentence';
import type { Stop, StopReason, Thread } from './session-types';
import { whyLeft } from './stepper';
import type { Hit } from './stop-points';

export function describeStop(
  machine: Machine,
  traveller: Traveller,
  hit: Hit | undefined,
  reason: StopReason,
  thread?: number,
  seen?: (thread: number) => Thread | undefined,
): Stop {
  const at = machine.at?.task ?? machine.currentTask;
  const { finished } = machine;
  const failed = reason === 'end' ? failedExpectation(machine) : undefined;
  return {
    reason,
    clock: machine.clock,
    frontier: Math.max(traveller.frontier, machine.clock),
    oldest: traveller.oldest,
    thread: at === 0 ? -1 : at,
    ...(thread !== undefined && thread > 0 && at !== thread && machine.at
      ? { switched: { from: thread, to: at, because: whyLeft(machine, thread), left: seen?.(thread) } }
      : {}),
    ...(finished?.kind === 'fault' ? { fault: finished.fault } : {}),
    ...(hit && reason === hit.reason
      ? { breakpointIds: hit.ids, badCondition: hit.badCondition, watched: hit.watched, read: hit.read }
      : {}),
    ...(failed ? { expectation: failed } : {}),
  };
}

/** So many statements went by and nothing has stopped the run. */
export function overBudget(statements: number): NonNullable<Stop['fault']> {
  const count = statements.toLocaleString('en');
  return { kind: 'budget', message: sentence('statements-were-executed-without-a-stop', { count }) };
}

function failedExpectation({ journal }: Machine): Stop['expectation'] {
  const entry = journal.find((each) => each.event === 'expectation');
  return entry && { line: entry.line, expected: entry.expected, actual: entry.actual };
}
