/**
 * The packets of a run for fronts: as a ladder, as a picture, as a capture file.
 *
 * In: a session that stands somewhere, or the entries of its journal. Out: plain data. What the journal has forgotten is
 * counted. Saying which statement sent a packet takes the session there and back.
 */
import { HZ } from '../abi/linux-process';
import type { JournalEntry, EntryOf } from '../machine/journal-entry';
import type { CapturedPacket } from '../ladder/pcapng';
import { ladderOf } from '../ladder/ladder';
import type { Ladder } from '../ladder/ladder-model';
import type { SessionApi } from '../session/session-api';

export type { Ladder, LadderRow, Lifeline, PacketRow } from '../ladder/ladder-model';
export { ladderSvg } from '../ladder/ladder-svg';
export { timeText } from '../ladder/ladder-layout';
export { packetWords } from '../ladder/packet-words';
export { pcapng } from '../ladder/pcapng';

/** The ladder of what a session has done up to where it stands. */
export function sessionLadder(session: SessionApi): Ladder {
  const { journalForgotten: forgotten, journalBegan: began } = session;
  return ladderOf(session.journal(), (entry) => session.entryText(entry), { forgotten, began });
}

/** Seconds of virtual time since the first moment of the ladder, by the kernel's ticks; undefined without a clock. */
export function sessionSeconds(session: SessionApi): number | undefined {
  const jiffies = session.jiffies();
  if (jiffies === undefined) {
    return undefined;
  }
  const { journalBegan: began } = session;
  return began === undefined ? 0 : Math.max(0, jiffies / HZ - began / 1_000_000);
}

/** The packets among the entries, for a capture file; `comments` by their order. */
export function capturedPackets(
  journal: readonly JournalEntry[],
  comments: readonly (string | undefined)[] = [],
): CapturedPacket[] {
  return packetsOf(journal).map(({ uptime, device, direction, bytes, length }, i) => {
    const comment = comments[i];
    return {
      time: uptime,
      device,
      direction,
      bytes,
      length: length ?? bytes.length,
      ...(comment === undefined ? {} : { comment }),
    };
  });
}

/** Frames that a comment names. */
const MOST_FRAMES = 8;

/**
 * For each packet the process, its call, the statement that handed it over and the functions that led there, a line each.
 * Takes the session through the run. Ends early, with what there is, when `breathe` answers true.
 */
export async function packetOrigins(
  session: SessionApi,
  journal: readonly JournalEntry[],
  breathe: () => Promise<boolean>,
): Promise<string[]> {
  const calls = new Map<string, string>();
  const origins: string[] = [];
  for (const entry of journal) {
    if (entry.event === 'call') {
      calls.set(entry.process, entry.text);
    } else if (entry.event === 'return') {
      calls.delete(entry.process);
    } else if (entry.event === 'packet') {
      if (await breathe()) {
        break;
      }
      // One before: the statement that hands the packet over is the next one.
      await session.travelTo(Math.max(session.stop.oldest, entry.clock - 1));
      origins.push(originOf(session, entry, calls));
    }
  }
  return origins;
}

function originOf(session: SessionApi, entry: EntryOf<'packet'>, calls: ReadonlyMap<string, string>): string {
  const thread = session.threads().find(({ id }) => id === entry.thread);
  const call = thread && calls.get(thread.name);
  const frames = session.stack(entry.thread).filter(({ path }) => path !== undefined);
  const chain = frames.slice(0, MOST_FRAMES).map((frame) => `${frame.function} ${frame.path}:${frame.line}`);
  return [
    `statement ${entry.clock - 1}`,
    ...(thread ? [`${thread.name} (pid ${thread.pid})${call === undefined ? '' : `: ${call}`}`] : []),
    ...chain,
  ].join('\n');
}

function packetsOf(journal: readonly JournalEntry[]): EntryOf<'packet'>[] {
  return journal.filter((entry) => entry.event === 'packet');
}
