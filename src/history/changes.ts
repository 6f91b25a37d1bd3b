/**
 * Who wrote some bytes: the last change before a moment, the next one after it, or all of a span.
 *
 * In: a range, a moment or a span. Out: changes. Backwards, stretches that begin at checkpoints are run again, the nearest
 * first and each four times as long as the one before. A variable of a frame is looked for no further back than the
 * frame's beginning, and no further on than its end.
 */
import type { OwnFrame } from '../machine/frame-bytes';
import type { ByteChange, ByteRange } from './byte-watch';
import type { ProcessName } from './rows';
import type { Outcome, Replayer, Span } from './replayer';

/** How a question may be interrupted. */
export interface Asking {
  /** Called now and then with a clock that has been reached; true ends the question. */
  readonly breathe?: ((clock: number) => Promise<boolean>) | undefined;
}

/** A change, and the process that made it. */
export interface Found extends ByteChange {
  readonly process: ProcessName | undefined;
}

/** What was found before or after a moment. */
export type Nearest =
  | { readonly kind: 'change'; readonly change: Found }
  /** Never since the frame began, which was at that clock. */
  | { readonly kind: 'since-entry'; readonly clock: number }
  | { readonly kind: 'none' | 'cancelled' };

/** All changes of a span, oldest first: the last ones when there are more than asked for. */
export interface AllChanges {
  readonly changes: readonly Found[];
  /** How many there were before the first. */
  readonly dropped: number;
  readonly cancelled: boolean;
}

/** Statements that are looked at first. */
const FIRST_WINDOW = 20_000;

export class Changes {
  constructor(private readonly replayer: Replayer) {}

  /** The change that made the bytes what they are at `before`. */
  async last(range: ByteRange, before: number, asking: Asking = {}): Promise<Nearest> {
    const entry = range.frame && (await this.entryOf(range.frame, before, asking));
    if (entry === 'cancelled') {
      return { kind: 'cancelled' };
    }
    const oldest = entry ?? this.replayer.oldest;
    let found: Found | undefined;
    const outcome = await this.backwards(before, oldest, asking, async (span) => {
      const passed = await this.pass(span, range, asking, (change) => {
        found = change;
      });
      return passed === 'cancelled' || found !== undefined;
    });
    return found && outcome !== 'cancelled'
      ? { kind: 'change', change: found }
      : outcome === 'cancelled'
        ? { kind: 'cancelled' }
        : entry === undefined
          ? { kind: 'none' }
          : { kind: 'since-entry', clock: entry };
  }

  /** The first change of what the bytes are at `after`, up to `until`. */
  async next(range: ByteRange, after: number, until: number, asking: Asking = {}): Promise<Nearest> {
    let found: Found | undefined;
    const outcome = await this.pass({ from: after, to: until }, range, asking, (change) => {
      found = change;
      return 'enough';
    });
    return found ? { kind: 'change', change: found } : { kind: outcome === 'cancelled' ? 'cancelled' : 'none' };
  }

  /** Every change of a span; a frame's variable within its frame, which must be there at `span.to`. */
  async all(range: ByteRange, span: Span, limit: number, asking: Asking = {}): Promise<AllChanges> {
    const entry = range.frame && (await this.entryOf(range.frame, span.to, asking));
    if (entry === 'cancelled') {
      return { changes: [], dropped: 0, cancelled: true };
    }
    const changes: Found[] = [];
    let dropped = 0;
    const outcome = await this.pass({ from: Math.max(span.from, entry ?? 0), to: span.to }, range, asking, (change) => {
      changes.push(change);
      if (changes.length >= 2 * limit) {
        dropped += changes.length - limit;
        changes.splice(0, changes.length - limit);
      }
    });
    const kept = changes.slice(-limit);
    return { changes: kept, dropped: dropped + changes.length - kept.length, cancelled: outcome === 'cancelled' };
  }

  private pass(
    span: Span,
    range: ByteRange,
    { breathe }: Asking,
    see: (change: Found) => 'enough' | void,
  ): Promise<Outcome> {
    const { replayer } = this;
    return replayer.replay(span, {
      bytes: range,
      endsWithFrame: range.frame !== undefined,
      onChange: (change) => {
        const { writer } = change;
        return see({ ...change, process: 'task' in writer ? replayer.processOf(writer.task) : undefined });
      },
      breathe,
    });
  }

  /** When the frame began that is there at a moment. */
  private async entryOf(
    { task, fp, functionId }: OwnFrame,
    at: number,
    asking: Asking,
  ): Promise<number | undefined | 'cancelled'> {
    const first = this.replayer.debug.functions[functionId]?.firstStatement ?? -1;
    let entry: number | undefined;
    const outcome = await this.backwards(at + 1, this.replayer.oldest, asking, async (span) => {
      const passed = await this.replayer.replay(span, {
        statements: [first],
        onStatement: (stop, machine) => {
          if (stop.fp === fp && stop.task === task) {
            entry = machine.clock;
          }
        },
        breathe: asking.breathe,
      });
      return passed === 'cancelled' || entry !== undefined;
    });
    return outcome === 'cancelled' ? 'cancelled' : entry;
  }

  /** Tries stretches further and further back until one will do. */
  private async backwards(
    before: number,
    oldest: number,
    { breathe }: Asking,
    isFound: (span: Span) => Promise<boolean>,
  ): Promise<'done' | 'cancelled'> {
    let end = before;
    for (let width = FIRST_WINDOW; end > oldest; width *= 4) {
      const from = Math.max(oldest, this.replayer.startBefore(end - width));
      if (await isFound({ from, to: end })) {
        return 'done';
      }
      end = from;
      if (await breathe?.(end)) {
        return 'cancelled';
      }
    }
    return 'done';
  }
}
