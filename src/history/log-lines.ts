/**
 * What a log point says over a run that has been, also where it was not set then.
 *
 * In: a log point, a span of clocks. Out: its lines, each with its moment. The span is run again; hits are counted from the
 * run's first moment, as those of a breakpoint are.
 */
import type { StatementId } from '../abi/debug-info';
import type { Told } from '../sentences/sentence';
import { hitConditionHolds } from '../session/hit-condition';
import { logText } from '../session/log-text';
import type { Asking } from './changes';
import type { Expressions } from './expressions';
import type { Replayer } from './replayer';

/** A log point: what it waits for, and what it says. */
export interface LogPoint {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly message: string;
}

export interface LogLine {
  readonly clock: number;
  readonly text: Told;
}

/** Lines of a span, oldest first; undefined when somebody ended it. */
export async function logLines(
  { replayer, expressions }: { readonly replayer: Replayer; readonly expressions: Expressions },
  statements: readonly StatementId[],
  { condition, hitCondition, message }: LogPoint,
  until: number,
  { breathe }: Asking,
): Promise<readonly LogLine[] | undefined> {
  const lines: LogLine[] = [];
  let hits = 0;
  const outcome = await replayer.replay(
    { from: replayer.oldest, to: until },
    {
      statements,
      onStatement: (stop, machine) => {
        const frame = expressions.frameAt(machine, stop);
        if (condition !== undefined && expressions.holds(machine, condition, frame) !== true) {
          return;
        }
        hits++;
        if (hitCondition === undefined || hitConditionHolds(hitCondition, hits)) {
          const text = logText(message, (expression) => expressions.value(machine, expression, frame));
          lines.push({ clock: machine.clock, text });
        }
      },
      breathe,
    },
  );
  return outcome === 'cancelled' ? undefined : lines;
}
