/**
 * Requests that move the machine: steps, runs, and journeys to a moment, forwards and back.
 *
 * In: arguments that were checked by their shape. Out: nothing, or what can be gone to; the stop is told by an event once
 * the machine stands. Nothing here changes history.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { StepKind } from '../facade/session';
import type { AdapterContext, Run } from './adapter-context';
import { errors } from './errors';
import type { Reply, RequestTable } from './request-table';
import { callsOf } from './step-targets';
import { fromWireThread, overThread, toWireThread } from './stops';
import { say, texts } from './texts';

/** Custom requests, named here once for the editor's commands. */
export const customRequests = {
  stepBackInto: 'sockscope/stepBackInto',
  stepBackOut: 'sockscope/stepBackOut',
  travelTo: 'sockscope/travelTo',
} as const;

/** Statements beyond those that have run that one may travel ahead. */
const FURTHEST = 50_000_000;

/** A statement one can go to, and in which direction; by the number that the client has for it. */
interface Goal {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly direction: 'next' | 'last';
}

type StepNames =
  'continue' | 'next' | 'stepIn' | 'stepInTargets' | 'stepOut' | 'stepBack' | 'reverseContinue' | 'pause';
type OwnNames = (typeof customRequests)[keyof typeof customRequests];
type Names = StepNames | OwnNames | 'gotoTargets' | 'goto' | 'restartFrame';

type StepArguments = { readonly threadId?: number; readonly granularity?: DebugProtocol.SteppingGranularity };

export function moveRequests(adapter: AdapterContext): Pick<RequestTable, Names> {
  let last = 0;
  const newTarget = (): number => ++last;
  return { ...stepRequests(adapter, newTarget), ...visitRequests(adapter, newTarget), ...ownRequests(adapter) };
}

/** Steps, whole runs, and what can be stepped into. */
function stepRequests(adapter: AdapterContext, newTarget: () => number): Pick<RequestTable, StepNames> {
  const callees = new Map<number, number>();
  const step = (kind: StepKind, args: StepArguments, reply: Reply, into?: number): void =>
    move(adapter, kind, args, reply, into);
  return {
    // Whole runs move all threads: which one a client names does not matter.
    continue: (_args, reply) => {
      step('continue', {}, reply);
      return { allThreadsContinued: true };
    },
    next: (args, reply) => step('over', args, reply),
    stepInTargets: ({ frameId }) => {
      const { inspection, session } = adapter.standing();
      const frame = inspection.frame(frameId);
      callees.clear();
      const targets = frame && frame === inspection.frame(undefined) ? callsOf(session, frame) : [];
      return {
        targets: targets.map(({ functionId, label, ...place }) => {
          const id = newTarget();
          callees.set(id, functionId);
          return { id, label, ...place };
        }),
      };
    },
    stepIn: (args, reply) => {
      const { targetId } = args;
      const into = targetId === undefined ? undefined : callees.get(targetId);
      if (targetId !== undefined && into === undefined) {
        throw errors.noTarget();
      }
      step('into', args, reply, into);
    },
    stepOut: (args, reply) => step('out', args, reply),
    stepBack: (args, reply) => step('back-over', args, reply),
    reverseContinue: (_args, reply) => step('back-continue', {}, reply),
    pause: () => adapter.run().control.pause(),
  };
}

/** Ways to a place in the past or to come: a line, a frame's beginning. */
function visitRequests(
  adapter: AdapterContext,
  newTarget: () => number,
): Pick<RequestTable, 'gotoTargets' | 'goto' | 'restartFrame'> {
  const goals = new Map<number, Goal>();
  return {
    gotoTargets: ({ source, line, column }) => {
      const { session } = adapter.standing();
      const path = adapter.names.path(source);
      const here = path === undefined ? [] : session.breakpointLocations(path, line, line);
      const place = here.find((each) => each.column >= (column ?? 1)) ?? here[0];
      if (path === undefined || !place) {
        return { targets: [] };
      }
      const targets = (['next', 'last'] as const).map((direction) => {
        const id = newTarget();
        goals.set(id, { path, line: place.line, column: place.column, direction });
        const label = say(direction === 'next' ? texts.nextVisit(line) : texts.lastVisit(line), adapter.language());
        return { id, label, ...place };
      });
      return { targets };
    },
    goto: ({ threadId, targetId }, reply) => {
      const goal = goals.get(targetId);
      const { control, session } = adapter.movable(threadId);
      if (!goal) {
        throw errors.noTarget();
      }
      control.visit(
        (options) =>
          goal.direction === 'next' ? session.visits.next(goal, options) : session.visits.last(goal, options),
        reply.sent,
        () => adapter.say(goal.direction === 'next' ? texts.neverAgain(goal.line) : texts.neverBefore(goal.line)),
      );
    },
    restartFrame: ({ frameId }, reply) => {
      const { control, inspection, session } = adapter.movable();
      const frame = inspection.frame(frameId);
      if (!frame || frame.kind !== 'compiled') {
        throw errors.noFrameStart();
      }
      control.visit(
        (options) => session.visits.frameStart(frame, options),
        reply.sent,
        () => adapter.say(texts.noFrameStart),
      );
    },
  };
}

/** Requests of ours; the client does not know that they move the machine, and is told before the move ends. */
function ownRequests(adapter: AdapterContext): Pick<RequestTable, OwnNames> {
  const custom = (run: Run, reply: Reply): void => {
    const { thread } = run.session.stop;
    const threadId = thread < 0 ? overThread : toWireThread(thread);
    void reply.sent.then(() => adapter.tell('continued', { threadId, allThreadsContinued: true }));
  };
  return {
    [customRequests.stepBackInto]: (args, reply) => {
      custom(adapter.movable(args.threadId), reply);
      move(adapter, 'back-into', args, reply);
    },
    [customRequests.stepBackOut]: (args, reply) => {
      custom(adapter.movable(args.threadId), reply);
      move(adapter, 'back-out', args, reply);
    },
    [customRequests.travelTo]: ({ clock, goesOn }, reply) => {
      const run = adapter.movable();
      const { session, control, launch } = run;
      const { oldest } = session.stop;
      // Beyond what has run the run may go on, but not without end.
      const newest = adapter.over() ?? session.stop.frontier + (launch.stepBudget ?? FURTHEST);
      if (clock < oldest || clock > newest) {
        throw errors.badClock(oldest, newest);
      }
      custom(run, reply);
      control.travelTo(clock, reply.sent, goesOn);
    },
  };
}

function move(adapter: AdapterContext, kind: StepKind, args: StepArguments, reply: Reply, into?: number): void {
  const { control, session } = adapter.movable(args.threadId);
  if (session.stop.reason === 'end' && kind === 'continue') {
    void reply.sent.then(() => adapter.end());
    return;
  }
  const isStep = kind !== 'continue' && kind !== 'back-continue';
  const thread =
    isStep && args.threadId !== undefined && args.threadId !== overThread ? fromWireThread(args.threadId) : undefined;
  control.step(kind, reply.sent, { thread, into, wholeLine: args.granularity === 'line' && isStep });
}
