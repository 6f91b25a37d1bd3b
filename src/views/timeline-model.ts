/**
 * The timeline's model: for each life line of the ladder its system calls and what happened at it, on an axis of
 * statements, within a window.
 *
 * In: a {@link Ladder}, the statements that the window shows. Out: plain data; what has not happened yet is not there.
 */
import type { Bilingual } from '../base/bilingual';
import type { Ladder, LadderRow, MarkRow } from '../ladder/ladder-model';
import { packetWords } from '../ladder/packet-words';

/** A system call: under way when it has no end. */
export interface TimelineCall {
  readonly from: number;
  readonly to?: number;
  readonly text: Bilingual;
  /** It slept, from and to these statements. */
  readonly sleeps: readonly (readonly [from: number, to: number])[];
}

export interface TimelineMark {
  readonly clock: number;
  readonly kind: 'packet' | MarkRow['what'];
  readonly text: Bilingual;
}

export interface TimelineStrip {
  readonly name: string;
  readonly calls: readonly TimelineCall[];
  readonly marks: readonly TimelineMark[];
}

export interface TimelineModel {
  /** Statements that are shown, of those from `oldest` to `now`. */
  readonly from: number;
  readonly to: number;
  readonly oldest: number;
  readonly now: number;
  readonly strips: readonly TimelineStrip[];
}

/** Fewest statements that a window shows. */
const LEAST = 20;

/** `1200..1400`; the whole run where it is none. */
function windowOf(text: string | undefined, oldest: number, now: number): readonly [from: number, to: number] {
  const [, first, last] = /^(\d{1,12})\.\.(\d{1,12})$/.exec(text ?? '') ?? [];
  if (first === undefined || last === undefined || Number(first) >= Number(last)) {
    return [oldest, Math.max(now, oldest + 1)];
  }
  const width = Math.min(Math.max(Number(last) - Number(first), LEAST), Math.max(now - oldest, LEAST));
  const from = Math.max(oldest, Math.min(Number(first), now - width));
  return [from, from + width];
}

/** What a window of a run shows. */
export function timelineOf(ladder: Ladder, oldest: number, now: number, wanted: string | undefined): TimelineModel {
  const [from, to] = windowOf(wanted, oldest, now);
  const { rows, lifelines } = ladder;
  const strips = lifelines.map(({ name }, line): TimelineStrip => {
    const own = rows.filter((row) => row.at === line);
    return {
      name,
      calls: own
        .flatMap((row) => callOf(row, rows, now) ?? [])
        .filter((call) => call.from <= to && (call.to ?? now) >= from),
      marks: own.flatMap((row) => markOf(row) ?? []).filter(({ clock }) => clock >= from && clock <= to),
    };
  });
  return { from, to, oldest, now, strips: strips.filter(({ calls, marks }) => calls.length + marks.length > 0) };
}

function callOf(row: LadderRow, rows: readonly LadderRow[], now: number): TimelineCall | undefined {
  if (row.kind !== 'call') {
    return undefined;
  }
  const end = row.end === undefined ? undefined : rows[row.end]?.clock;
  const at = (index: number | undefined): number => (index === undefined ? undefined : rows[index]?.clock) ?? now;
  return {
    from: row.clock,
    ...(end === undefined ? {} : { to: end }),
    text: row.text,
    sleeps: row.sleeps.map(([first, last]) => [at(first), at(last)]),
  };
}

function markOf(row: LadderRow): TimelineMark | undefined {
  if (row.kind === 'packet') {
    const text = `#${row.number} ${packetWords(row)}`;
    return { clock: row.clock, kind: 'packet', text: { en: text, zh: text } };
  }
  return row.kind === 'mark' ? { clock: row.clock, kind: row.what, text: row.text } : undefined;
}
