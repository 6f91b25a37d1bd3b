/**
 * What a statement makes: the packets, states, wake-ups and messages of it and of all that it calls.
 *
 * In: the moment before a statement. Out: the journal's entries from there to the next statement of its frame, or of a
 * caller's when it returns. Found by running that span once more.
 */
import type { JournalEntry } from '../machine/journal-entry';
import type { Replayer } from './replayer';

/** A statement that makes more is not followed to its end. */
const FURTHEST = 5_000_000;

export async function madeBy(
  replayer: Replayer,
  clock: number,
  breathe?: (clock: number) => Promise<boolean>,
): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  let frame: { readonly fp: number; readonly task: number } | undefined;
  await replayer.replay(
    { from: clock, to: clock + FURTHEST },
    {
      statements: 'all',
      onStatement: ({ fp, task }, machine) => {
        frame ??= { fp, task };
        const isOver = machine.clock > clock && task === frame.task && fp >= frame.fp;
        return isOver ? 'enough' : undefined;
      },
      onEntry: (entry) => {
        entries.push(entry);
      },
      breathe,
    },
  );
  return entries;
}
