/**
 * The order in which cards are read: each socket with its sock and protocol part, then what belongs to no single socket.
 *
 * In: cards in order of discovery. Out: the same cards in an order that depends on what they are and where they lie, not
 * on how they were found, so that it stays from step to step.
 */
import { valueAt } from '../base/checked-access';
import { readField } from './graph-read';
import type { GraphCard, GraphCardKind } from './graph-types';
import type { ValueContext } from './value-context';

const KINDS: readonly GraphCardKind[] = [
  'frame',
  'socket',
  'sock',
  'protocol-part',
  'queue',
  'request',
  'waiter',
  'packet',
  'bind-bucket',
  'operations',
  'address',
  'task',
  'file',
  'timer',
  'device',
  'other',
];

/** Kinds that are read together with their sock. */
const WITH_SOCK: ReadonlySet<GraphCardKind> = new Set(['socket', 'sock', 'protocol-part']);

/** Sorts the cards; the address of a group's sock decides between groups. */
export function inReadingOrder(context: ValueContext, cards: readonly GraphCard[]): readonly GraphCard[] {
  const group = (card: GraphCard): number => {
    switch (card.kind) {
      case 'socket':
        return readField(context, card.type, card.address, 'sk') || card.address;
      case 'protocol-part': {
        const owner = cards.find((each) => each.id === card.inside);
        return owner?.address ?? card.address;
      }
      default:
        return card.address;
    }
  };
  const keys = new Map(
    cards.map((card) => [
      card.id,
      { late: WITH_SOCK.has(card.kind) ? 0 : 1, group: group(card), kind: KINDS.indexOf(card.kind) },
    ]),
  );
  return [...cards].sort((a, b) => {
    const left = valueAt(keys, a.id);
    const right = valueAt(keys, b.id);
    const byPart = left.late - right.late;
    const within =
      left.late === 0
        ? left.group - right.group || left.kind - right.kind
        : left.kind - right.kind || left.group - right.group;
    return byPart || within || a.address - b.address;
  });
}
