/**
 * Pointers as curves: which there are between the cards on the canvas, and where each runs.
 *
 * In: cards, their elements, where they are shown. Out: curves, from the row that holds a pointer to the card or row it
 * leads to; a list leads to its first element. Reads the page's measures, writes nothing.
 */
import { svg, type SVGTemplateResult } from 'lit';
import { given, valueAt } from '../base/checked-access';
import type { CardModel, RowModel } from '../protocol/inspector-model';
import { edgePath, type Rectangle } from './edge-path';
import { leftOf, type Board, type Place } from './layout';

export interface DrawnEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly changed: boolean;
}

export function edgesBetween(
  cards: readonly CardModel[],
  drawn: readonly HTMLElement[],
  shown: ReadonlyMap<string, Place>,
  board: Board,
): readonly DrawnEdge[] {
  const elements = new Map(drawn.map((element) => [cardOf(element), element]));
  const rectangle = (card: string, inner: HTMLElement): Rectangle => {
    const { column, y } = valueAt(shown, card);
    const owner = valueAt(elements, card);
    return {
      left: leftOf(column, board),
      width: owner.offsetWidth,
      top: y + offsetWithin(inner, owner),
      height: inner.offsetHeight,
    };
  };
  // Of each card the rows once: to look for one of them each time costs the page more than to lay it out.
  const rows = new Map([...elements].map(([id, element]) => [id, rowsById(element)]));
  return cards.flatMap((card) =>
    card.rows.flatMap((row) => {
      const from = rows.get(card.id)?.get(row.id);
      return from
        ? leads(row).flatMap(({ to, toRow, key, changed }): readonly DrawnEdge[] => {
            const target = to === card.id ? undefined : elements.get(to);
            const head =
              target && ((toRow !== undefined && rows.get(to)?.get(toRow)) || target.querySelector('.card-head'));
            return head instanceof HTMLElement
              ? [
                  {
                    key: `${card.id} ${key}`,
                    from: card.id,
                    to,
                    path: edgePath(rectangle(card.id, from), rectangle(to, head)),
                    changed,
                  },
                ]
              : [];
          })
        : [];
    }),
  );
}

/** A curve; those of the card in focus are lit. */
export function edgeView({ key, from, to, path, changed }: DrawnEdge, focused: string | undefined): SVGTemplateResult {
  const lit = focused !== undefined && (from === focused || to === focused);
  return svg`<path class="edge ${changed ? 'changed' : ''} ${lit ? 'lit' : ''}" data-edge=${key} d=${path} marker-end=${lit || changed ? 'url(#head-lit)' : 'url(#head)'}></path>`;
}

/** Where a row leads: along its pointer, and to the first element of its list. */
function leads(row: RowModel): readonly { to: string; toRow?: string | undefined; key: string; changed: boolean }[] {
  const first = row.chain?.items[0];
  return [
    ...(row.target === undefined
      ? []
      : [{ to: row.target, toRow: row.targetRow, key: row.id, changed: row.changed === true }]),
    ...(first?.card === undefined ? [] : [{ to: first.card, key: `${row.id} list`, changed: first.isNew === true }]),
  ];
}

/** The id of a card's element. */
export function cardOf(element: HTMLElement): string {
  return element.dataset.card ?? '';
}

/** A part of the page that this view has drawn. */
export function part(within: HTMLElement, selector: string): HTMLElement {
  return given(within.querySelector<HTMLElement>(selector), selector);
}

/** The rows of a card's element. */
export function rowElements(card: HTMLElement): HTMLElement[] {
  return [...card.querySelectorAll<HTMLElement>('.row')];
}

function rowsById(card: HTMLElement): ReadonlyMap<string, HTMLElement> {
  return new Map(rowElements(card).map((row) => [row.dataset.row ?? '', row]));
}

export function rowElement(card: HTMLElement, row: string): HTMLElement | undefined {
  return rowElements(card).find((each) => each.dataset.row === row);
}

/** Vertical offset of an element within its card. */
function offsetWithin(inner: HTMLElement, owner: HTMLElement): number {
  let offset = 0;
  for (let at: HTMLElement | null = inner; at && at !== owner; at = at.offsetParent as HTMLElement | null) {
    offset += at.offsetTop;
  }
  return offset;
}

/** The heads of the arrows, ordinary and lit. */
export const arrowHeads = svg`<defs>
  ${['head', 'head-lit'].map(
    (id) =>
      svg`<marker id=${id} viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path class="arrow-head ${id === 'head' ? '' : 'lit'}" d="M 0 0.5 L 8 4 L 0 7.5 z"></path>
      </marker>`,
  )}
</defs>`;
