/**
 * Who wrote some bytes: the last change before a moment, the next one after it, or all of a span.
 *
 * In: a range, a moment or a span. Out: changes. Backwards, stretches that begin at checkpoints are run again, the nearest
 * first and each four times as long as the one before. A variable of a frame is looked for no further back than the
 * frame's beginning, and no further on than its end. What was found out about other bytes is kept (`known-changes.ts`).
 */
import type { OwnFrame } from '../machine/frame-bytes';
import type { ByteRange } from './byte-watch';
import { KnownChanges, type Found } from './known-changes';
import type { Outcome, Replayer, Span } from './replayer';

/** How a question may be interrupted. */
export interface Asking {
  /** Called now and then with a clock that has been reached; true ends the question. */
  readonly breathe?: ((clock: number) => Promise<boolean>) | undefined;
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
  private readonly known = new KnownChanges();

  constructor(private readonly replayer: Replayer) {}

  /** The change that made the bytes what they are at `before`. */
  async last(range: ByteRange, before: number, asking: Asking = {}): Promise<Nearest> {
    if (!range.frame) {
      return this.lastOf(range, before, asking);
    }
    const entry = await this.entryOf(range.frame, before, asking);
    if (entry === 'cancelled') {
      return { kind: 'cancelled' };
    }
    const found = await this.lastWithin(range, { from: entry ?? this.replayer.oldest, to: before }, asking);
    return found.kind === 'none' && entry !== undefined ? { kind: 'since-entry', clock: entry } : found;
  }

  /** Of bytes that are always there: what was found out before is not looked for again. */
  private async lastOf(range: ByteRange, before: number, asking: Asking): Promise<Nearest> {
    const { known, replayer } = this;
    known.on(replayer.edits);
    for (let end = before; end > replayer.oldest;) {
      const told = known.before(range, end);
      if (told.kind === 'change') {
        return told;
      }
      const from = Math.max(told.from, replayer.oldest);
      const found =
        told.kind === 'quiet'
          ? undefined
          : await this.lastWithin(range, { from, to: end }, asking, (stretch) => {
              if (known.on(replayer.edits)) {
                known.learn(range, stretch);
              }
            });
      if (found && found.kind !== 'none') {
        return found;
      }
      end = from;
    }
    return { kind: 'none' };
  }

  /** `learn`: told of each stretch that was run again, with the last change in it. */
  private async lastWithin(
    range: ByteRange,
    { from, to }: Span,
    asking: Asking,
    learn?: (stretch: Span & { readonly change: Found | undefined }) => void,
  ): Promise<Nearest> {
    let found: Found | undefined;
    let isCancelled = false;
    const outcome = await this.backwards(to, from, asking, async (span) => {
      const passed = await this.pass(span, range, asking, (change) => {
        found = change;
      });
      isCancelled = passed === 'cancelled';
      if (!isCancelled) {
        learn?.({ ...span, change: found });
      }
      return isCancelled || found !== undefined;
    });
    return isCancelled || outcome === 'cancelled'
      ? { kind: 'cancelled' }
      : found
        ? { kind: 'change', change: found }
        : { kind: 'none' };
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

  /** Every change of a span; a frame's variable within its frame, which must be there at `span.to`. `counts`: which ones. */
  async all(
    range: ByteRange,
    span: Span,
    limit: number,
    asking: Asking = {},
    counts: (change: Found) => boolean = () => true,
  ): Promise<AllChanges> {
    const changes: Found[] = [];
    let dropped = 0;
    const outcome = await this.each(range, { ...span, present: span.to }, asking, (change) => {
      if (!counts(change)) {
        return;
      }
      changes.push(change);
      if (changes.length >= 2 * limit) {
        dropped += changes.length - limit;
        changes.splice(0, changes.length - limit);
      }
    });
    const kept = changes.slice(-limit);
    return { changes: kept, dropped: dropped + changes.length - kept.length, cancelled: outcome === 'cancelled' };
  }

  /** Tells each change of a span, the oldest first; `present`: when the frame of the range is there. */
  async each(
    range: ByteRange,
    { from, to, present }: Span & { readonly present: number },
    asking: Asking,
    see: (change: Found) => 'enough' | void,
  ): Promise<Outcome> {
    const entry = range.frame && (await this.entryOf(range.frame, present, asking));
    return entry === 'cancelled'
      ? entry
      : this.pass({ from: entry ?? from, to }, range, asking, (change) =>
          change.clock < from ? undefined : see(change),
        );
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
    let isCancelled = false;
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
      isCancelled = passed === 'cancelled';
      return isCancelled || entry !== undefined;
    });
    return isCancelled || outcome === 'cancelled' ? 'cancelled' : entry;
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
