/**
 * The pictures of a run that the inspector's page asks for.
 *
 * In: a run that stands somewhere, the kind of picture. Out: its data; undefined for a run without a history where one is
 * needed, and when the run has moved on before the picture was made.
 */
import { sessionLadder } from '../facade/ladder';
import { sessionQueues, sessionStates } from '../facade/views';
import type { Picture, PictureKind } from '../protocol/pictures';
import type { LiveRun } from './live-runs';

/** Makes a picture of the moment at which the run stands. */
export async function pictureOf(run: LiveRun, kind: PictureKind): Promise<Picture | undefined> {
  const { session, history } = run;
  const { clock } = session.stop;
  const picture = await make(session, history, kind);
  return session.stop.clock === clock ? picture : undefined;
}

async function make(
  session: LiveRun['session'],
  history: LiveRun['history'],
  kind: PictureKind,
): Promise<Picture | undefined> {
  switch (kind) {
    case 'ladder':
      return { kind, data: sessionLadder(session) };
    case 'queues':
      return history && { kind, data: await sessionQueues(session, history) };
    case 'states':
      return history && { kind, data: await sessionStates(session, history) };
  }
}
