/**
 * What questions have found out about some bytes: stretches of the run, each with the last change in it.
 *
 * In: stretches that were run again, and the change that came last in each, or that there was none. Out: what is known
 * before a moment. Asking again, a little later in the run or for the change before, costs what is not known yet. It
 * holds for one line of time: what was changed by hand since makes all of it void. Little is kept: the bytes that were
 * asked for last, and of each the newest stretches.
 */
import type { ByteChange, ByteRange } from './byte-watch';
import type { ProcessName } from './rows';

/** A change, and the process that made it. */
export interface Found extends ByteChange {
  readonly process: ProcessName | undefined;
}

/** Clocks from `from` up to, and without, `to`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The last change that happens in it; undefined when there is none. */
  readonly change: Found | undefined;
}

/** What is known just before a moment. */
export type KnownBefore =
  | { readonly kind: 'change'; readonly change: Found }
  /** Nothing changes from `from` up to the moment. */
  | { readonly kind: 'quiet'; readonly from: number }
  /** Nothing is known back to `from`. */
  | { readonly kind: 'unknown'; readonly from: number };

const RANGES = 64;
const STRETCHES = 32;

export class KnownChanges {
  /** By the bytes, those that were asked for last at the end; stretches do not overlap and are in ascending order. */
  private readonly ranges = new Map<string, readonly Stretch[]>();
  private line: readonly object[] = [];

  /** The line of time is the one with these changes by hand; whether it was before. */
  on(line: readonly object[]): boolean {
    const isSame = line.length === this.line.length && line.every((edit, index) => edit === this.line[index]);
    if (!isSame) {
      this.ranges.clear();
      this.line = line;
    }
    return isSame;
  }

  before(range: ByteRange, end: number): KnownBefore {
    const stretches = this.ranges.get(keyOf(range)) ?? [];
    const around = stretches.find(({ from, to }) => from < end && end <= to);
    if (around && (around.change === undefined || around.change.clock < end)) {
      const { change, from } = around;
      return change ? { kind: 'change', change } : { kind: 'quiet', from };
    }
    // A change that comes later says nothing of what was before it.
    const below = stretches.filter((each) => each.to <= end && each !== around).pop();
    return { kind: 'unknown', from: below?.to ?? -Infinity };
  }

  /** Of what `before` did not know, a stretch up to there was run again. */
  learn(range: ByteRange, { from, to, change }: Stretch): void {
    if (from >= to) {
      return;
    }
    const key = keyOf(range);
    const others = (this.ranges.get(key) ?? []).flatMap((each) => without(each, from, to));
    const next = change ? undefined : others.find((each) => each.to === from);
    const stretch = next ? { from: next.from, to, change: next.change } : { from, to, change };
    const sorted = [...others.filter((each) => each !== next), stretch].sort((one, other) => one.from - other.from);
    this.ranges.delete(key);
    this.ranges.set(key, sorted.slice(-STRETCHES));
    const [oldest] = this.ranges.size > RANGES ? this.ranges.keys() : [];
    if (oldest !== undefined) {
      this.ranges.delete(oldest);
    }
  }
}

/** What a stretch still says when others are known from one clock to another: nothing of it is told twice. */
function without(stretch: Stretch, from: number, to: number): Stretch[] {
  const { change } = stretch;
  if (stretch.to <= from || stretch.from >= to) {
    return [stretch];
  }
  // Above: with its change, if that is there. Below, a change above says nothing.
  const isAbove = change === undefined || change.clock >= to;
  return [
    ...(stretch.from < from && (change === undefined || change.clock < from)
      ? [{ from: stretch.from, to: from, change }]
      : []),
    ...(stretch.to > to && isAbove ? [{ from: to, to: stretch.to, change }] : []),
  ];
}

function keyOf({ address, size }: ByteRange): string {
  return `${address} ${size}`;
}
