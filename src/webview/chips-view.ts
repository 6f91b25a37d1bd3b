/**
 * What is not in focus: a chip for each object, grouped by whose it is; a click opens its card.
 *
 * In: cards that are not on the canvas, the room, what the reader searches for. Out: a template. Two rows of chips stand
 * under the board, whatever there is; a button at their end opens a list of all over the board, with a field to search in.
 * The kernel's own objects are in the list only. Of a group the list has the first ones and a count.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { itemAt } from '../base/checked-access';
import type { CardGroup, CardModel } from '../protocol/inspector-model';
import { inC } from './c-way';
import { CARD_ICONS } from './card-view';
import { chipsInRows } from './chip-rows';
import { list } from './kept-list';
import { fill, type Words } from './strings';
import { cardText, listed, textOf } from './wording';

/** Objects with fewer chips than this need no search. */
const SEARCHED = 16;
/** Chips of one group. */
const SHOWN = 24;

export interface ChipsParts {
  readonly words: Words;
  readonly cards: readonly CardModel[];
  /** Pixels for the rows. */
  readonly width: number;
  readonly isOpen: boolean;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onOpen: (card: string) => void;
}

type Group = readonly CardModel[];

export function chipsView(parts: ChipsParts): TemplateResult | typeof nothing {
  const { words, cards, width, isOpen } = parts;
  if (cards.length === 0) {
    return nothing;
  }
  const groups = grouped(cards);
  const inRows = groups.filter(([, group]) => itemAt(group, 0).group.kind !== 'kernel');
  const counts = chipsInRows(
    inRows.map(([, group]) => ({
      title: titleOf(words, group),
      names: group.map((card) => chipName(words, card)),
    })),
    width,
  );
  const shown = inRows.map(([key, group], index) => [key, group.slice(0, counts[index])] as const);
  const hidden = cards.length - counts.reduce((sum, count) => sum + count, 0);
  return html` <section
    class="chips"
    aria-label=${words.otherObjects}
    @keydown=${(event: KeyboardEvent) => closeByKey(event, parts)}
  >
    <div class="chip-rows" ?inert=${isOpen}>
      ${list(
        shown.filter(([, group]) => group.length > 0),
        ([key]) => key,
        ([, group]) => chipGroup(parts, group),
      )}
    </div>
    ${hidden > 0 || isOpen ? moreButton(parts, hidden) : nothing} ${isOpen ? chipList(parts, groups) : nothing}
  </section>`;
}

function moreButton({ words, cards, isOpen, onToggle }: ChipsParts, hidden: number): TemplateResult {
  const label = isOpen ? words.closeObjects : fill(words.allObjects, cards.length);
  const text = hidden > 0 ? fill(words.moreElements, hidden) : undefined;
  return html`<button
    class="chip-more"
    aria-expanded=${isOpen ? 'true' : 'false'}
    aria-label=${text === undefined ? label : listed(words, [text, label])}
    title=${label}
    @click=${() => onToggle(!isOpen)}
  >
    ${text ?? nothing}
    <span class="codicon codicon-${isOpen ? 'chevron-down' : 'chevron-up'}" aria-hidden="true"></span>
  </button>`;
}

/** Escape closes the list; the focus goes to what opened it. */
function closeByKey(event: KeyboardEvent, { isOpen, onToggle }: ChipsParts): void {
  if (isOpen && event.key === 'Escape') {
    event.preventDefault();
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>('.chip-more')?.focus();
    onToggle(false);
  }
}

/** Whoever opens the list goes on in it. */
function enter(list: Element | undefined): void {
  window.setTimeout(() => list?.querySelector<HTMLElement>('input, button')?.focus());
}

/** All there are, over the board. */
function chipList(parts: ChipsParts, groups: readonly (readonly [string, Group])[]): TemplateResult {
  const { words, cards, search } = parts;
  const wanted = search.trim().toLowerCase();
  const found = groups.flatMap(([key, group]): (readonly [string, Group])[] => {
    const some = group.filter((card) => cardText(words, card).toLowerCase().includes(wanted));
    return some.length === 0 ? [] : [[key, some]];
  });
  return html`<div class="chip-list" ${ref(enter)} role="group" aria-label=${fill(words.allObjects, cards.length)}>
    ${
      cards.length < SEARCHED && search === ''
        ? nothing
        : html`<input
            type="search"
            class="chip-search"
            placeholder=${fill(words.searchObjects, cards.length)}
            aria-label=${fill(words.searchObjects, cards.length)}
            .value=${search}
            @input=${(event: Event) => parts.onSearch((event.target as HTMLInputElement).value)}
          />`
    }
    ${list(
      found,
      ([key]) => key,
      ([, group]) => chipGroup(parts, group),
    )}
    ${found.length === 0 ? html`<span class="muted">${words.nothingFound}</span>` : nothing}
  </div>`;
}

/** Groups in the order in which their first card comes. */
function grouped(cards: readonly CardModel[]): readonly (readonly [string, Group])[] {
  const groups = new Map<string, CardModel[]>();
  for (const card of cards) {
    const key = 'name' in card.group ? `${card.group.kind} ${card.group.name}` : card.group.kind;
    const group = groups.get(key);
    if (group) {
      group.push(card);
    } else {
      groups.set(key, [card]);
    }
  }
  return [...groups];
}

function chipGroup({ words, onOpen, onToggle }: ChipsParts, cards: Group): TemplateResult {
  const title = titleOf(words, cards);
  const open = (card: string): void => {
    onToggle(false);
    onOpen(card);
  };
  return html`<span class="chip-group" role="group" aria-label=${title}>
    ${list(
      cards.slice(0, SHOWN),
      (card) => card.id,
      (card, index) =>
        index === 0
          ? html`<span class="chip-lead"
              ><span class="chip-title" aria-hidden="true">${title}</span> ${chip(words, card, open)}</span
            >`
          : chip(words, card, open),
    )}
    ${cards.length > SHOWN ? html`<span class="muted">${fill(words.moreElements, cards.length - SHOWN)}</span>` : nothing}
  </span>`;
}

function chip(words: Words, card: CardModel, open: (card: string) => void): TemplateResult {
  return html`<button
    class="chip kind-${card.kind} ${card.rows.some((row) => row.changed) ? 'changed' : ''}"
    data-chip=${card.id}
    title=${fill(words.openObject, cardText(words, card))}
    @click=${() => open(card.id)}
  >
    <span class="codicon codicon-${CARD_ICONS[card.kind]}" aria-hidden="true"></span
    ><span class="chip-name">${inC(chipName(words, card))}</span>
  </button>`;
}

/** A socket by its name, a process and who waits as such; what else there is by the way to it. */
function chipName(words: Words, card: CardModel): string {
  const type = card.type.replace('struct ', '');
  const isNamed = !card.title.startsWith('__wait_queue');
  if (!isNamed && (card.kind === 'waiter' || card.kind === 'task') && card.summary?.startsWith('pid ')) {
    return `${card.summary.replace(/ \(.*$/, '')} · ${type}`;
  }
  const name = card.socket && textOf(words, card.socket);
  return name === undefined
    ? // A long way with casts in it stands in the title of the chip.
      card.title.includes('(struct ')
      ? type
      : card.title
    : card.kind === 'sock'
      ? name
      : `${name} · ${type}`;
}

function titleOf(words: Words, cards: Group): string {
  const { group } = itemAt(cards, 0);
  return groupTitle(words, group);
}

function groupTitle(words: Words, group: CardGroup): string {
  switch (group.kind) {
    case 'process':
      return fill(words.groupProcess, group.name);
    case 'kernel':
      return words.groupKernel;
    case 'frame':
      return fill(words.frameOf, group.name);
    case 'shared':
      return words.groupShared;
    case 'other':
      return words.groupOther;
  }
}
