/**
 * Requests about the lines of time of a run, and about where values come from.
 *
 * In: arguments that were checked by their shape. Out: plain data. What moves the machine is told by a `stopped` event
 * besides, once the answer has been sent.
 */
import type { Bilingual } from '../base/bilingual';
import { bilingual } from '../sentences/wording';
import type { Told } from '../sentences/sentence';
import {
  comparisonLines,
  originLines,
  type Branch,
  type Comparison,
  type Order,
  type Ordered,
  type OriginNode,
} from '../facade/branch-words';
import type { AdapterContext } from './adapter-context';
import { errors, sentences } from './errors';
import type { Intervening, Reply, RequestTable } from './request-table';
import { say } from './texts';

type Names =
  | 'sockscope/branches'
  | 'sockscope/branch'
  | 'sockscope/switchBranch'
  | 'sockscope/undoBranch'
  | 'sockscope/intervene'
  | 'sockscope/compareBranches'
  | 'sockscope/origin';

export function branchRequests(adapter: AdapterContext): Pick<RequestTable, Names> {
  return {
    'sockscope/branches': () => ({ branches: adapter.standing().session.branches.list() }),
    'sockscope/branch': ({ name }, reply) => arrive(adapter, adapter.movable().session.branches.begin(name), reply),
    'sockscope/switchBranch': async ({ name, clock }, reply) =>
      arrive(adapter, await adapter.movable().session.branches.switchTo(name, clock), reply),
    'sockscope/undoBranch': async (_args, reply) =>
      arrive(adapter, await adapter.movable().session.branches.undo(), reply),
    'sockscope/intervene': async (args, reply) => {
      const { session } = adapter.movable();
      return arrive(adapter, await session.branches.order(orderOf(args), args.name), reply);
    },
    'sockscope/compareBranches': async ({ a, b }, reply) => {
      const compared = await comparisonOf(adapter, a, b, reply);
      const lines = comparisonLines(compared).map(({ text }) => say(words(text), adapter.language()));
      return { ...compared, lines };
    },
    'sockscope/origin': async ({ expression, frameId }, reply) => {
      const origin = await originOf(adapter, expression, frameId, reply);
      const lines = originLines(origin).map(({ text }) => say(words(text), adapter.language()));
      return { origin, lines };
    },
  };
}

/** Two branches compared: the machine goes over both, and stands where it stood. */
export function comparisonOf(adapter: AdapterContext, a: string, b: string, { seq }: Reply): Promise<Comparison> {
  return adapter.longWork(seq, async ({ breathe }) => {
    const { session, control } = adapter.standing();
    const compared = await control.during((isClosed) =>
      session.branches.compare(a, b, { breathe: async () => (await breathe()) || isClosed() }),
    );
    if (typeof compared === 'string' || !('calls' in compared)) {
      throw errors.refused(words(compared));
    }
    return compared;
  });
}

export function words(told: Told): Bilingual {
  return bilingual(told);
}

/** The machine came to another line of time: what is shown is read again, and the stop is told. */
export function arrive(adapter: AdapterContext, ordered: Ordered, reply: Reply): { readonly branch: Branch } {
  if (ordered.kind === 'refused') {
    throw errors.refused(words(ordered.why));
  }
  const { stop, branch } = ordered;
  adapter.changed(reply);
  adapter.run().control.visit(
    () => Promise.resolve(stop),
    reply.sent,
    () => undefined,
  );
  return { branch };
}

function orderOf({ kind, packet = 0, milliseconds, nth = 1, cache = '*', pid = -1 }: Intervening): Order {
  switch (kind) {
    case 'drop-packet':
      return { kind: 'packet', packet, by: undefined };
    case 'delay-packet':
      if (milliseconds === undefined || milliseconds < 1) {
        throw errors.wrongArgument('sockscope/intervene', 'milliseconds', 'integer');
      }
      return { kind: 'packet', packet, by: 1000 * milliseconds };
    case 'fail-allocation':
      return { kind: 'allocation', nth, target: cache };
    case 'run-first':
      return { kind: 'run-first', pid };
    default:
      throw errors.wrongArgument(
        'sockscope/intervene',
        'kind',
        '"drop-packet" | "delay-packet" | "fail-allocation" | "run-first"',
      );
  }
}

/** Where the object of an expression has its value from. */
export async function originOf(
  adapter: AdapterContext,
  expression: string,
  frameId: number | undefined,
  { seq }: Reply,
): Promise<OriginNode> {
  const { session, inspection, history } = adapter.standing();
  const frame = inspection.frame(frameId);
  const { value, diagnostics } = session.evaluate(expression, frame);
  if (!value) {
    throw errors.cannotEvaluate(sentences(diagnostics[0]));
  }
  const { address, size } = value;
  if (address === undefined || !size || !history) {
    throw errors.badDataBreakpoint();
  }
  const target = history.valueNamed(expression, { address, size }, frame);
  return adapter.longWork(seq, ({ breathe }) => history.origins.of(target, { breathe }));
}
