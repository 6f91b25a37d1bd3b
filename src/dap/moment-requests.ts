/**
 * Requests about moments: marks to come back to, what has happened and where, what the present statement makes.
 *
 * In: names, clocks, kinds of entries. Out: moments to go to, as plain data.
 */
import type { JournalEntry } from '../facade/session';
import type { AdapterContext, Breathing } from './adapter-context';
import { arrive, words } from './branch-requests';
import { errors } from './errors';
import type { Moment } from './moments';
import type { Happened, Reply, RequestTable } from './request-table';
import { say, texts } from './texts';

type Names =
  | 'sockscope/setMoments'
  | 'sockscope/markMoment'
  | 'sockscope/moments'
  | 'sockscope/goToMoment'
  | 'sockscope/happenings'
  | 'sockscope/made';

export function momentRequests(adapter: AdapterContext): Pick<RequestTable, Names> {
  return {
    'sockscope/setMoments': ({ moments }) => {
      adapter.moments.set(moments);
      return { moments: adapter.moments.list() };
    },
    'sockscope/markMoment': ({ name }) => ({ moment: markMoment(adapter, name) }),
    'sockscope/moments': () => ({ moments: adapter.moments.list() }),
    'sockscope/goToMoment': ({ name }, reply) => goToMoment(adapter, name, reply),
    'sockscope/happenings': async (args, { seq }) => ({
      happenings: await adapter.longWork(seq, (asking) => happenings(adapter, args, asking)),
    }),
    'sockscope/made': async () => ({ happenings: await made(adapter) }),
  };
}

/** Names the present moment. */
export function markMoment(adapter: AdapterContext, name: string): Moment {
  const { session } = adapter.standing();
  const branch = session.branches.list().find(({ isCurrent }) => isCurrent)?.name ?? '';
  const moment = { name, clock: session.stop.clock, branch };
  adapter.moments.set([moment]);
  return moment;
}

/** Goes to a mark, or to a clock. */
export async function goToMoment(adapter: AdapterContext, name: string, reply: Reply): Promise<void> {
  const { session, control } = adapter.movable();
  const moment = adapter.moments.find(name);
  const clock = moment?.clock ?? (/^\d{1,12}$/.test(name) ? Number(name) : undefined);
  if (clock === undefined) {
    throw errors.refused(texts.noMoment(name));
  }
  const { oldest, frontier } = session.stop;
  if (!moment && (clock < oldest || clock > frontier)) {
    throw errors.badClock(oldest, frontier);
  }
  const elsewhere = session.branches.list().some((each) => each.name === moment?.branch && !each.isCurrent);
  if (moment && elsewhere) {
    arrive(adapter, await session.branches.switchTo(moment.branch, clock), reply);
  } else {
    control.travelTo(clock, reply.sent);
  }
}

/** What has happened so far, in a span, of some kinds or of all; what is not kept any more is had by running again. */
async function happenings(
  adapter: AdapterContext,
  {
    from = 0,
    to = Infinity,
    kinds,
  }: { readonly from?: number; readonly to?: number; readonly kinds?: readonly string[] },
  { breathe }: Breathing,
): Promise<Happened[]> {
  const { session, history } = adapter.standing();
  const kept = session.journal();
  // Of the clock of the first that is kept others may be gone.
  const gone = (session.journalForgotten ?? 0) > 0 ? (kept[0]?.clock ?? session.stop.clock) : -1;
  const earlier = from <= gone ? ((await history?.happened({ from, to: Math.min(to, gone) }, { breathe })) ?? []) : [];
  return [...earlier, ...kept.filter(({ clock }) => clock > gone)]
    .filter(({ clock, event }) => clock >= from && clock <= to && (kinds === undefined || kinds.includes(event)))
    .map((entry) => happened(adapter, entry));
}

/** The last of what has happened. */
export function lastHappenings(adapter: AdapterContext, count: number): Happened[] {
  return adapter
    .standing()
    .session.journal()
    .slice(-count)
    .map((entry) => happened(adapter, entry));
}

/** What the present statement makes. */
export async function made(adapter: AdapterContext): Promise<Happened[]> {
  const { session, history } = adapter.standing();
  const entries = (await history?.madeBy(session.stop.clock)) ?? [];
  return entries.map((entry) => happened(adapter, entry));
}

function happened(adapter: AdapterContext, entry: JournalEntry): Happened {
  const { session } = adapter.run();
  return { event: entry.event, clock: entry.clock, text: say(words(session.entryText(entry)), adapter.language()) };
}
