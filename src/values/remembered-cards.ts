/**
 * What was read of objects at the stops before, for as long as the bytes that were read are the same: between two steps
 * that is nearly everything.
 *
 * In: a card of the graph, which of its fields are wanted, a way to read them. Out: what was read, from now or from then.
 * Each reading has its own notes of the memory behind it (`noted-reads.ts`): the object, elements of its lists, the bytes
 * that say what is allocated, the clock. The finished cards are kept beside it, so that one that shows the same is the same
 * object.
 */
import { NotedReads } from './noted-reads';
import type { BareRow } from './graph-rows';
import type { GraphCard, GraphRow } from './graph-types';
import type { ObjectCard, SockFacts } from './object-card';
import type { Flow, KnownStart, ValueContext } from './value-context';

/** What the bytes of an object say. */
export interface CardReading {
  readonly important: readonly (BareRow | string)[];
  readonly others: readonly BareRow[];
  readonly otherCount: number;
  readonly summary: string | undefined;
  readonly sock: SockFacts | undefined;
}

/** Rows as they were made of a reading, and of what else. */
interface CardRows {
  readonly of: string;
  readonly important: readonly GraphRow[];
  readonly others: readonly GraphRow[];
}

interface Kept {
  /** What was asked for. */
  readonly asked: string;
  readonly debug: ValueContext['debug'];
  readonly reads: NotedReads;
  /** Initial sequence numbers that were asked for. */
  readonly starts: readonly (readonly [Flow, KnownStart | undefined])[];
  readonly reading: CardReading;
  rows: CardRows | undefined;
  shown: ObjectCard | undefined;
}

/** What packets say of sequence numbers is what they said then. */
function areKnown(starts: Kept['starts'], { initialSequence }: ValueContext): boolean {
  return starts.every(([flow, then]) => {
    const now = initialSequence?.(flow);
    return now?.sequence === then?.sequence && now?.isAnswered === then?.isAnswered;
  });
}

export class RememberedCards {
  private kept = new Map<string, Kept>();
  private now = new Map<string, Kept>();

  /** The reading of a card, done now unless it was done before and would be the same; `asked`: of what. */
  reading(
    context: ValueContext,
    card: GraphCard,
    asked: string,
    read: (context: ValueContext) => CardReading,
  ): CardReading {
    const before = this.kept.get(card.id);
    const isSame =
      before?.asked === asked &&
      before.debug === context.debug &&
      before.reads.areSame() &&
      areKnown(before.starts, context);
    const kept = isSame ? before : this.readNow(context, asked, read, before);
    this.now.set(card.id, kept);
    return kept.reading;
  }

  private readNow(
    context: ValueContext,
    asked: string,
    read: (context: ValueContext) => CardReading,
    before: Kept | undefined,
  ): Kept {
    const reads = new NotedReads(context.memory);
    const starts: [Flow, KnownStart | undefined][] = [];
    const initialSequence = (flow: Flow): KnownStart | undefined => {
      const start = context.initialSequence?.(flow);
      starts.push([flow, start]);
      return start;
    };
    const reading = read({ ...context, memory: reads, initialSequence });
    return { asked, debug: context.debug, reads, starts, reading, rows: undefined, shown: before?.shown };
  }

  /** The rows of a card that has been read, made anew when its reading is another or `of` is: all else they depend on. */
  rows(id: string, of: string, make: () => Omit<CardRows, 'of'>): Omit<CardRows, 'of'> {
    const kept = this.now.get(id);
    if (kept?.rows?.of === of) {
      return kept.rows;
    }
    const rows = { of, ...make() };
    if (kept) {
      kept.rows = rows;
    }
    return rows;
  }

  /** The card as it was shown last. */
  shown(id: string): ObjectCard | undefined {
    return this.now.get(id)?.shown;
  }

  /** The card is shown so now. */
  show(card: ObjectCard): ObjectCard {
    const kept = this.now.get(card.id);
    if (kept) {
      kept.shown = card;
    }
    return card;
  }

  /** The cards of a stop have been read: what is in the picture no more is forgotten, unless only some of them were. */
  end(isAll = true): void {
    this.kept = isAll ? this.now : new Map([...this.kept, ...this.now]);
    this.now = new Map();
  }
}
