/**
 * How some bytes changed over a run, each change with its time.
 *
 * In: a range of bytes. Out: for each change the moment before it, virtual time, and the bytes after it. Time is that of
 * the journal's entries, and of the kernel's ticks where no entry tells it: two passes, one over the ticks.
 */
import { HZ } from '../abi/linux-process';
import type { Asking } from './changes';
import type { Replayer, Span } from './replayer';

export interface Sample {
  /** The moment before the statement that made it. */
  readonly clock: number;
  /** Microseconds since the machine was switched on. */
  readonly time: number;
  /** The bytes behind it. */
  readonly bytes: Uint8Array;
}

/** A range whose changes are wanted. */
export interface SampledRange {
  readonly address: number;
  readonly size: number;
}

const MICROSECONDS_PER_TICK = 1_000_000 / HZ;

/** Changes of each range up to a clock, oldest first; undefined when the caller does not want them any more. */
export async function samplesOf(
  replayer: Replayer,
  ranges: readonly SampledRange[],
  to: number,
  { breathe }: Asking = {},
): Promise<readonly (readonly Sample[])[] | undefined> {
  const span: Span = { from: replayer.oldest, to };
  const times: { readonly clock: number; readonly time: number }[] = [];
  const ticks = replayer.debug.globals.find(({ name, size }) => name === 'jiffies' && size === 4);
  const outcome = await replayer.replay(span, {
    ...(ticks ? { bytes: { address: ticks.address, size: 4 } } : {}),
    onChange: ({ clock, after }) => {
      times.push({
        clock,
        time: new DataView(after.buffer, after.byteOffset).getUint32(0, true) * MICROSECONDS_PER_TICK,
      });
    },
    onEntry: (entry) => {
      if ('uptime' in entry) {
        times.push({ clock: entry.clock, time: entry.uptime });
      }
    },
    breathe,
  });
  if (outcome === 'cancelled') {
    return undefined;
  }
  const timeAt = clockwork(times);
  const all: Sample[][] = [];
  for (const range of ranges) {
    const samples: Sample[] = [];
    const passed = await replayer.replay(span, {
      bytes: range,
      onChange: ({ clock, after }) => {
        samples.push({ clock, time: timeAt(clock), bytes: after });
      },
      breathe,
    });
    if (passed === 'cancelled') {
      return undefined;
    }
    all.push(samples);
  }
  return all;
}

/** The time at a clock, asked in ascending order or not. */
function clockwork(times: { readonly clock: number; readonly time: number }[]): (clock: number) => number {
  const sorted = [...times].sort((a, b) => a.clock - b.clock);
  const latest: number[] = [];
  for (const { time } of sorted) {
    latest.push(Math.max(latest.at(-1) ?? 0, time));
  }
  return (clock) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.clock ?? Infinity) <= clock) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return latest[low - 1] ?? latest[0] ?? 0;
  };
}
