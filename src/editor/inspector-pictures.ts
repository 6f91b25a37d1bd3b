/**
 * The pictures of a run that the inspector's page asks for.
 *
 * In: a run that stands somewhere, the kind of picture. Out: its data; undefined for a run without a history where one is
 * needed, and when the run has moved on before the picture was made.
 */
import { sessionLadder } from '../facade/ladder';
import {
  sessionCurves,
  sessionQueues,
  sessionStates,
  sessionTimeline,
  sessionTimelineInDepth,
  type NamedMoment,
} from '../facade/views';
import type { Picture, PictureKind } from '../protocol/pictures';
import type { LiveRun } from './live-runs';

/** Makes a picture of the moment at which the run stands; `choice`: of what, where there is more than one. */
export async function pictureOf(run: LiveRun, kind: PictureKind, choice?: string): Promise<Picture | undefined> {
  const { session } = run;
  const { clock } = session.stop;
  // Between slices of a long question the host goes on, and a run that has moved on wants no answer.
  const breathe = (): Promise<boolean> =>
    new Promise((resolve) => {
      setTimeout(() => resolve(session.stop.clock !== clock), 0);
    });
  const picture = await make(run, kind, choice, breathe);
  return session.stop.clock === clock ? picture : undefined;
}

/** Moments that somebody has marked; those of another branch are elsewhere. */
async function namedMoments({ session, request }: LiveRun): Promise<readonly NamedMoment[]> {
  const branch = session.branches.list().find(({ isCurrent }) => isCurrent)?.name;
  const answer = (await request('sockscope/moments')) as { readonly moments?: readonly MarkedMoment[] } | undefined;
  return (answer?.moments ?? []).filter((moment) => moment.branch === branch);
}

type MarkedMoment = NamedMoment & { readonly branch: string };

async function make(
  run: LiveRun,
  kind: PictureKind,
  choice: string | undefined,
  breathe: () => Promise<boolean>,
): Promise<Picture | undefined> {
  const { session, history } = run;
  if (kind === 'ladder') {
    return { kind, data: sessionLadder(session) };
  }
  if (!history) {
    return kind === 'timeline' ? { kind, data: sessionTimeline(session, choice) } : undefined;
  }
  switch (kind) {
    case 'queues':
      return { kind, data: await sessionQueues(session, history) };
    case 'states':
      return { kind, data: await sessionStates(session, history) };
    case 'timeline': {
      const moments = await namedMoments(run);
      const data = await sessionTimelineInDepth(session, history, { window: choice, moments, breathe });
      return data && { kind, data };
    }
    case 'curves': {
      const data = await sessionCurves(session, history, { choice, breathe });
      return data && { kind, data };
    }
  }
}
