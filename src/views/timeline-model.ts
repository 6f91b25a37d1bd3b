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
  readonly kind: 'packet' | 'breakpoint' | 'moment' | MarkRow['what'];
  readonly text: Bilingual;
}

/** A call of a function within the window. */
export interface TimelineFunction {
  readonly name: string;
  /** The outermost has 0. */
  readonly depth: number;
  readonly from: number;
  readonly to: number;
}

export interface TimelineStrip {
  readonly name: string;
  readonly pid?: number;
  /** The stack itself: what no process has, and interrupts. */
  readonly isKernel?: true;
  readonly calls: readonly TimelineCall[];
  readonly marks: readonly TimelineMark[];
  /** Functions within one another; only of a window that is small enough. */
  readonly functions?: readonly TimelineFunction[];
}

export interface TimelineModel {
  /** Statements that are shown, of those from `oldest` to `now`. */
  readonly from: number;
  readonly to: number;
  readonly oldest: number;
  readonly now: number;
  /** The furthest moment that has run; what lies between it and `now` is not told. */
  readonly frontier: number;
  /** Breakpoints that were passed, and moments that have a name. */
  readonly marks: readonly TimelineMark[];
  readonly strips: readonly TimelineStrip[];
}

/** Fewest statements that a window shows. */
const LEAST = 20;
/** Most statements of a window whose functions are shown. */
export const MOST_FOR_FUNCTIONS = 20_000;

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

/** Where the run stands, and how far it has gone. */
export interface TimelineMoment {
  readonly oldest: number;
  readonly now: number;
  readonly frontier: number;
}

/** What a window of a run shows. */
export function timelineOf(
  ladder: Ladder,
  { oldest, now, frontier }: TimelineMoment,
  wanted: string | undefined,
): TimelineModel {
  const [from, to] = windowOf(wanted, oldest, Math.max(now, frontier));
  const { rows, lifelines } = ladder;
  const strips = lifelines.map(({ name, pid, kind }, line): TimelineStrip => {
    const own = rows.filter((row) => row.at === line);
    return {
      name,
      ...(pid === undefined ? {} : { pid }),
      ...(kind === 'kernel' ? { isKernel: true as const } : {}),
      calls: own
        .flatMap((row) => callOf(row, rows, now) ?? [])
        .filter((call) => call.from <= to && (call.to ?? now) >= from),
      marks: own.flatMap((row) => markOf(row) ?? []).filter(({ clock }) => clock >= from && clock <= to),
    };
  });
  return { from, to, oldest, now, frontier, marks: [], strips: strips.filter(hasContent) };
}

function hasContent({ calls, marks, functions = [] }: TimelineStrip): boolean {
  return calls.length + marks.length + functions.length > 0;
}

/** The timeline with what a run once more has told: functions by their process, and marks. */
export function withDepth(
  model: TimelineModel,
  functions: readonly (TimelineFunction & { readonly pid: number | undefined })[] | undefined,
  marks: readonly TimelineMark[],
): TimelineModel {
  const seen = new Set<number>();
  const strips = model.strips.map((strip): TimelineStrip => {
    const { pid } = strip;
    // A process that talks to itself has two life lines, and one stack.
    if (!functions || pid === undefined || seen.has(pid)) {
      return strip;
    }
    seen.add(pid);
    const own = functions.filter((each) => each.pid === pid);
    return { ...strip, functions: own };
  });
  const others = (functions ?? []).filter(({ pid }) => pid === undefined || !seen.has(pid));
  if (others.length > 0) {
    const at = strips.findIndex(({ isKernel }) => isKernel);
    const kernel = strips[at] ?? { name: 'kernel', isKernel: true, calls: [], marks: [] };
    strips.splice(at < 0 ? strips.length : at, 1, { ...kernel, functions: others });
  }
  const inWindow = marks.filter(({ clock }) => clock >= model.from && clock <= model.to);
  return { ...model, strips, marks: [...inWindow].sort((a, b) => a.clock - b.clock) };
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
