/**
 * What is not in focus: a chip for each object, grouped by whose it is; a click opens its card.
 *
 * In: cards that are not on the canvas, what the reader searches for. Out: a template. With many objects a field to
 * search in appears, and each group shows its first ones and a count.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { itemAt } from '../base/checked-access';
import type { CardGroup, CardModel } from '../protocol/inspector-model';
import { inC } from './c-way';
import { CARD_ICONS } from './card-view';
import { fill, type Words } from './strings';
import { cardText, textOf } from './wording';

/** Objects with fewer chips than this need no search. */
const SEARCHED = 16;
/** Chips of one group. */
const SHOWN = 24;

export interface ChipsParts {
  readonly words: Words;
  readonly cards: readonly CardModel[];
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly onOpen: (card: string) => void;
}

export function chipsView(parts: ChipsParts): TemplateResult | typeof nothing {
  const { words, cards, search } = parts;
  if (cards.length === 0) {
    return nothing;
  }
  const found = cards.filter((card) => cardText(words, card).toLowerCase().includes(search.trim().toLowerCase()));
  return html` <section class="chips" aria-label=${words.otherObjects}>
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
    ${repeat(
      grouped(found),
      ([key]) => key,
      ([, group]) => groupView(parts, group),
    )}
    ${found.length === 0 ? html`<span class="muted">${words.nothingFound}</span>` : nothing}
  </section>`;
}

/** Groups in the order in which their first card comes. */
function grouped(cards: readonly CardModel[]): readonly (readonly [string, readonly CardModel[]])[] {
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

function groupView({ words, onOpen }: ChipsParts, cards: readonly CardModel[]): TemplateResult | typeof nothing {
  const [first] = cards;
  return first === undefined
    ? nothing
    : first.group.kind === 'kernel'
      ? html`<details class="chip-fold">
          <summary>${groupTitle(words, first.group)} (${cards.length})</summary>
          ${chipGroup(words, onOpen, cards)}
        </details>`
      : chipGroup(words, onOpen, cards);
}

function chipGroup(words: Words, onOpen: (card: string) => void, cards: readonly CardModel[]): TemplateResult {
  const title = groupTitle(words, itemAt(cards, 0).group);
  return html`<span class="chip-group" role="group" aria-label=${title}>
    <span class="chip-title" aria-hidden="true">${title}</span>
    ${repeat(
      cards.slice(0, SHOWN),
      (card) => card.id,
      (card) =>
        html`<button
          class="chip kind-${card.kind} ${card.rows.some((row) => row.changed) ? 'changed' : ''}"
          data-chip=${card.id}
          title=${fill(words.openObject, cardText(words, card))}
          @click=${() => onOpen(card.id)}
        >
          <span class="codicon codicon-${CARD_ICONS[card.kind]}" aria-hidden="true"></span
          ><span>${inC(chipName(words, card))}</span>
        </button>`,
    )}
    ${cards.length > SHOWN ? html`<span class="muted">${fill(words.moreElements, cards.length - SHOWN)}</span>` : nothing}
  </span>`;
}

/** A socket by its name; what else there is by the way to it. */
function chipName(words: Words, card: CardModel): string {
  const name = card.socket && textOf(words, card.socket);
  return name === undefined
    ? // A long way with casts in it stands in the title of the chip.
      card.title.includes('(struct ')
      ? card.type.replace('struct ', '')
      : card.title
    : card.kind === 'sock'
      ? name
      : `${name} · ${card.type.replace('struct ', '')}`;
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
