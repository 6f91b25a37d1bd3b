/**
 * What the board reads from cards as they are drawn, and what it sets on all of them alike.
 *
 * In: elements of cards, their models. Out: boxes, places set through the CSS object model, the column of names, a zoom at
 * which everything is in sight.
 */
import { valueAt } from '../base/checked-access';
import type { CardModel, RowModel } from '../protocol/inspector-model';
import { longestName } from './card-rows';
import { cardOf, rowElements } from './edges';
import { fittingZoom, leftOf, LEGIBLE, type Board, type Box, type Place } from './layout';
import { setStyle } from './watched-sizes';

/** How high cards are. */
export function boxesOf(elements: readonly HTMLElement[], isInFocus: (card: string) => boolean): readonly Box[] {
  return elements.map((element) => {
    const id = cardOf(element);
    return { id, height: element.offsetHeight, inFocus: isInFocus(id) };
  });
}

/** Puts cards where they are shown. */
export function putCards(elements: readonly HTMLElement[], shown: ReadonlyMap<string, Place>, board: Board): void {
  for (const element of elements) {
    const { column, y } = valueAt(shown, cardOf(element));
    setStyle(element, 'left', `${leftOf(column, board)}px`);
    setStyle(element, 'top', `${y}px`);
  }
}

/** Names of a card's fields stand in one column. */
export function setNames(
  elements: readonly HTMLElement[],
  cards: readonly CardModel[],
  rowsOf: (card: CardModel) => readonly RowModel[],
): void {
  const known = new Map(cards.map((card) => [card.id, card]));
  for (const element of elements) {
    const card = known.get(cardOf(element));
    setStyle(element, '--names', String(card ? longestName(card, rowsOf(card)) : 1));
  }
}

/** Cards that somebody points at, or goes about in by keys. */
export function heldCards(graph: HTMLElement): ReadonlySet<string> {
  return new Set([...graph.querySelectorAll<HTMLElement>('.card:hover, .card:focus-within')].map(cardOf));
}

/** Adds the rows that are shown of each card to those that were. */
export function noteRows(elements: readonly HTMLElement[], rows: Map<string, Set<string>>): void {
  for (const element of elements) {
    const shown = rowElements(element).map((row) => row.dataset.row ?? '');
    rows.set(cardOf(element), new Set([...(rows.get(cardOf(element)) ?? []), ...shown]));
  }
}

/** The greatest zoom at which all cards are in sight; where text would be too small, the smallest legible one. */
export function legibleZoom(
  elements: readonly HTMLElement[],
  { clientWidth, clientHeight }: HTMLElement,
): { readonly zoom: number; readonly isAll: boolean } {
  const fitting = fittingZoom(
    boxesOf(elements, () => true),
    clientWidth,
    clientHeight,
  );
  return fitting === undefined || fitting < LEGIBLE ? { zoom: LEGIBLE, isAll: false } : { zoom: fitting, isAll: true };
}
