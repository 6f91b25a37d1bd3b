/**
 * What a page lacks that has the model before: a step changes a few cards and none of four hundred events.
 *
 * In: two models of one session (`modelChange`); a model and a change (`applyChange`). Out: the parts that are others, cards
 * by their ids where they are as before, the events that were added at either end; the model whole again, in which all that
 * is as before is the same object. A change names the revision that it is for; a page that has another asks for the whole.
 */
import { isSameData } from '../base/same-data';
import type { CardModel, EventModel, InspectorModel } from './inspector-model';

/** A stretch of a list that is kept, and what is before and behind it now. */
export interface ListChange<T> {
  readonly before: readonly T[];
  readonly from: number;
  readonly to: number;
  readonly after: readonly T[];
}

/** Parts that are sent whole when they are others. */
type Parts = Omit<InspectorModel, 'cards' | 'events'>;

export interface ModelChange {
  readonly session: string;
  /** Revision of the model that it is for. */
  readonly since: number;
  /** Those that are others; the ones that may be missing always, when they are there. */
  readonly parts: Partial<Parts>;
  /** Ids of those that are as before. */
  readonly cards: readonly (CardModel | string)[];
  readonly events: ListChange<EventModel>;
}

/** How one gets from a model to a later one of the same session. */
export function modelChange(before: InspectorModel, now: InspectorModel): ModelChange {
  const { cards, events, scenario, statement, isPassing, ...rest } = now;
  const known = new Map(before.cards.map((card) => [card.id, card]));
  const others = Object.entries(rest).filter(([key, value]) => !isSameData(value, before[key as keyof Parts]));
  return {
    session: now.session,
    since: before.revision,
    parts: { ...(Object.fromEntries(others) as Partial<Parts>), scenario, statement, isPassing },
    cards: cards.map((card) => (isSameData(card, known.get(card.id)) ? card.id : card)),
    events: listChange(before.events, events),
  };
}

/** The model that a change makes of another; undefined when it is for another one. */
export function applyChange(before: InspectorModel | undefined, change: ModelChange): InspectorModel | undefined {
  if (!before || before.session !== change.session || before.revision !== change.since) {
    return undefined;
  }
  const known = new Map(before.cards.map((card) => [card.id, card]));
  const cards = change.cards.flatMap((card) => (typeof card === 'string' ? (known.get(card) ?? []) : [card]));
  const { before: first, from, to, after } = change.events;
  const isAll = first.length === 0 && after.length === 0 && from === 0 && to === before.events.length;
  return {
    ...before,
    scenario: undefined,
    statement: undefined,
    isPassing: undefined,
    ...change.parts,
    cards,
    events: isAll ? before.events : [...first, ...before.events.slice(from, to), ...after],
  };
}

/** The longest way in which the end of one list, or its beginning, goes on in the other. */
function listChange<T>(before: readonly T[], now: readonly T[]): ListChange<T> {
  const [first] = now;
  const start = before.findIndex((each) => isSameData(each, first));
  if (start >= 0) {
    const kept = sameFrom(before, start, now, 0);
    return { before: [], from: start, to: start + kept, after: now.slice(kept) };
  }
  const at = before.length === 0 ? -1 : now.findIndex((each) => isSameData(each, before[0]));
  if (at < 0) {
    return { before: [], from: 0, to: 0, after: now };
  }
  const kept = sameFrom(before, 0, now, at);
  return { before: now.slice(0, at), from: 0, to: kept, after: now.slice(at + kept) };
}

/** How many elements are the same from two places on. */
function sameFrom<T>(a: readonly T[], from: number, b: readonly T[], at: number): number {
  let count = 0;
  while (from + count < a.length && at + count < b.length && isSameData(a[from + count], b[at + count])) {
    count++;
  }
  return count;
}
