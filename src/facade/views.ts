/**
 * What fronts show of a run beside its objects and packets: queues, as data, as a scene and as lines.
 *
 * In: a session that stands somewhere, and its history. Out: plain data about the moment at which it stands. Nothing of
 * what lies ahead is in it.
 */
import type { History } from '../history/history';
import type { JournalEntry } from '../machine/journal-entry';
import type { SessionApi } from '../session/session-api';
import { fullQueues, readQueues } from '../views/queues';
import type { QueuesModel } from '../views/queues-model';
import { withRefusals } from '../views/refusals';

export type { QueuesModel } from '../views/queues-model';
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

function dropsOf(journal: readonly JournalEntry[]): Extract<JournalEntry, { event: 'drop' }>[] {
  return journal.filter((entry) => entry.event === 'drop');
}
