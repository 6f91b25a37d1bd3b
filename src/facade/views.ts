/**
 * What fronts show of a run beside its objects and packets: queues and TCP states, as data, as a scene and
 * as lines.
 *
 * In: a session that stands somewhere, and its history. Out: plain data about the moment at which it stands. Nothing of
 * what lies ahead is in it.
 */
import { sameText } from '../base/bilingual';
import type { History } from '../history/history';
import type { JournalEntry } from '../machine/journal-entry';
import type { SessionApi } from '../session/session-api';
import type { Row, RowPlace } from '../history/rows';
import { placeOfState, statesOf, withListening } from '../views/states';
import type { StatesModel } from '../views/states-model';
import type { Asking } from '../history/changes';
import { chosenSocks, curvesOf, sampledSocks } from '../views/curves';
import type { CurvesModel } from '../views/curves-model';
import {
  MOST_FOR_FUNCTIONS,
  timelineOf,
  withDepth,
  type TimelineMark,
  type TimelineModel,
} from '../views/timeline-model';
import { sessionLadder } from './ladder';
import { fullQueues, readQueues } from '../views/queues';
import type { QueuesModel } from '../views/queues-model';
import { withRefusals } from '../views/refusals';

export type { TimelineModel } from '../views/timeline-model';
export { timelineLines, timelineScene } from '../views/timeline-scene';
export type { CurvesModel } from '../views/curves-model';
export { curveLines, curvesScene, curveTable } from '../views/curves-scene';
export type { QueuesModel } from '../views/queues-model';
export type { StatesModel } from '../views/states-model';
export { stateLines, statesScene } from '../views/states-scene';
export { queuesScene } from '../views/queues-scene';
export { queueLines } from '../views/queue-words';
export { sceneSvg, type Scene } from '../picture/scene';

/** What waits in which socket, and what was refused because a queue was full. */
export function sessionQueues(session: SessionApi, history: History): Promise<QueuesModel> {
  return withRefusals(
    readQueues(session.reader),
    dropsOf(session.journal()),
    (clock, address, bytes) => history.at(clock, (source) => fullQueues(source, address, bytes)),
    (entry) => session.entryText(entry),
  );
}

/** TCP states of every connection, with the way to them. */
export async function sessionStates(session: SessionApi, history: History): Promise<StatesModel> {
  const model = statesOf(session.journal(), session.reader, session.journalBegan ?? 0);
  const found = new Map<string, { readonly clock: number; readonly place?: RowPlace }>();
  for (const { card, address, state, steps } of model.connections.flatMap(({ ends }) => ends)) {
    if (card !== undefined && address !== undefined && state === 'TCP_LISTEN' && steps.at(-1)?.to !== state) {
      const { clock, place } = (await beginningOf(session, history, address)) ?? {};
      if (clock !== undefined) {
        found.set(card, { clock, ...(place && { place }) });
      }
    }
  }
  return withListening(
    model,
    new Map(
      [...found].map(([card, { clock, place }]) => [
        card,
        { clock, ...(place && { place: { function: place.function, file: place.path, line: place.line } }) },
      ]),
    ),
  );
}

/**
 * Graphs over time of connections: of those that are chosen, or of the busiest. Undefined when nobody waited for them.
 */
export async function sessionCurves(
  session: SessionApi,
  history: History,
  { choice, breathe }: { readonly choice?: string | undefined } & Asking = {},
): Promise<CurvesModel | undefined> {
  const { debug } = session.reader;
  const journal = session.journal();
  const all = sampledSocks(journal, debug);
  const socks = chosenSocks(all, choice);
  const samples = await history.samples(socks, { breathe });
  const sampled = samples && socks.map((sock, index) => ({ sock, samples: samples[index] ?? [] }));
  return sampled && curvesOf(journal, debug, all, sampled, sessionLadder(session), session.stop.clock);
}

/** Calls and events on an axis of statements; `wanted`: the window `FROM..TO`. */
export function sessionTimeline(session: SessionApi, wanted?: string): TimelineModel {
  const { oldest, clock, frontier } = session.stop;
  return timelineOf(sessionLadder(session), { oldest, now: clock, frontier }, wanted);
}

/** A moment that somebody has given a name. */
export interface NamedMoment {
  readonly name: string;
  readonly clock: number;
}

/**
 * The same with what only a run once more tells: the functions of a small window, within one another, and where
 * breakpoints were passed. Undefined when nobody waited for it.
 */
export async function sessionTimelineInDepth(
  session: SessionApi,
  history: History,
  {
    window,
    moments = [],
    breathe,
  }: { readonly window?: string | undefined; readonly moments?: readonly NamedMoment[] } & Asking = {},
): Promise<TimelineModel | undefined> {
  const model = sessionTimeline(session, window);
  const span = { from: model.from, to: Math.min(model.to, model.now) };
  const statements = session.breakpointStatements;
  const visits = statements.length === 0 ? [] : await history.visits(statements, span, { breathe });
  const isSmall = model.to - model.from <= MOST_FOR_FUNCTIONS;
  const calls = isSmall && visits && span.from < span.to ? await history.calls(span, { breathe }) : [];
  if (!visits || !calls) {
    return undefined;
  }
  const marks = [
    ...visits.map(({ clock, place }): TimelineMark => ({
      clock,
      kind: 'breakpoint',
      text: sameText(placeText(place)),
    })),
    ...moments.map(({ clock, name }): TimelineMark => ({ clock, kind: 'moment', text: sameText(name) })),
  ];
  const functions = calls.map(({ function: name, ...rest }) => ({ name, ...rest }));
  return withDepth(model, isSmall ? functions : undefined, marks);
}

/** `tcp_v4_connect:93`. */
function placeText(place: RowPlace | undefined): string {
  return place ? `${place.function}:${place.line}` : '';
}

/** The statement that made a sock's state what it is. */
async function beginningOf(session: SessionApi, history: History, sock: number): Promise<Row | undefined> {
  const place = placeOfState(session.reader, sock);
  const { target } = place ? history.bytes(place.address, place.size, 'state') : {};
  const row = target && (await history.whoWrote(target));
  return row?.kind === 'change' ? row.row : undefined;
}

function dropsOf(journal: readonly JournalEntry[]): Extract<JournalEntry, { event: 'drop' }>[] {
  return journal.filter((entry) => entry.event === 'drop');
}
