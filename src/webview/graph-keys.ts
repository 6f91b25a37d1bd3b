/**
 * Where an arrow key leads on the board: from row to row, from card to card.
 *
 * In: a key, the row that has the focus, the cards in their order. Out: the row to go to; nothing where the way ends, and for
 * other keys.
 */
import { rowElements } from './edges';

/** Keys that move the focus; the row they lead to. */
export function rowFor(
  key: string,
  row: HTMLElement,
  card: HTMLElement,
  cards: readonly HTMLElement[],
): { readonly row: HTMLElement | undefined } | undefined {
  const rows = rowElements(card);
  const at = rows.indexOf(row);
  switch (key) {
    case 'ArrowDown':
      return { row: rows[at + 1] ?? firstRow(card, cards, 1) };
    case 'ArrowUp':
      return { row: rows[at - 1] ?? firstRow(card, cards, -1) };
    case 'ArrowRight':
      return { row: firstRow(card, cards, 1) };
    case 'ArrowLeft':
      return { row: firstRow(card, cards, -1) };
    case 'Home':
      return { row: rows[0] };
    case 'End':
      return { row: rows.at(-1) };
    default:
      return undefined;
  }
}

/** The first row of the card that comes so many cards after this one. */
export function firstRow(card: HTMLElement, cards: readonly HTMLElement[], step: number): HTMLElement | undefined {
  const other = cards[cards.indexOf(card) + step];
  return other && rowElements(other)[0];
}

/** Exactly one row can be tabbed to. */
export function keepOneTabStop(graph: HTMLElement): void {
  if (!graph.querySelector('.row[tabindex="0"]')) {
    graph.querySelector('.row')?.setAttribute('tabindex', '0');
  }
}

/** Focuses a row, which is the one that can be tabbed to from now on. */
export function focusRow(graph: HTMLElement, row: HTMLElement): void {
  for (const other of graph.querySelectorAll('.row[tabindex="0"]')) {
    other.setAttribute('tabindex', '-1');
  }
  row.setAttribute('tabindex', '0');
  row.focus();
}
