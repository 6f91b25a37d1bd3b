/**
 * One card: an object of the kernel with its fields.
 *
 * In: a card model, callbacks. Out: a template. Rows are `listitem`s that take the focus by arrow keys
 * (`graph-view.ts`); what is special about a value is a word or a symbol besides its colour: a changed row carries a
 * mark and the value it had.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CardKind, CardModel, ChainModel, RowModel } from '../protocol/inspector-model';
import { fill, type Words } from './strings';
import { cardText, hexText, rowText, shortDisplay, splitMark, stateWord } from './wording';

/** Rows drawn in one card; an unfolded `struct sock` has more than a hundred. */
const ROWS = 160;

export const CARD_ICONS: Readonly<Record<CardKind, string>> = {
  socket: 'plug',
  sock: 'symbol-class',
  'protocol-part': 'symbol-structure',
  operations: 'symbol-interface',
  queue: 'layers',
  packet: 'mail',
  request: 'git-pull-request',
  'bind-bucket': 'tag',
  waiter: 'watch',
  task: 'person',
  file: 'file',
  address: 'globe',
  timer: 'watch',
  device: 'server',
  other: 'symbol-misc',
};

export interface CardParts {
  readonly words: Words;
  readonly onExpand: (card: string, expanded: boolean) => void;
  /** Go to the card and row that a pointer or a list element leads to. */
  readonly onGo: (card: string, row?: string) => void;
  readonly onFollow: (address: number, type: string, expression?: string) => void;
  /** Title of a card, for labels of pointers. */
  readonly titleOf: (card: string) => string;
}

export function cardView(parts: CardParts, card: CardModel): TemplateResult {
  const { words } = parts;
  const state = stateWord(words, card.state);
  const rest = card.rows.length - ROWS;
  return html` <header class="card-head" title=${`${card.type} @ ${hexText(card.address)}, ${card.size} B`}>
      <span class="codicon codicon-${CARD_ICONS[card.kind]}" aria-hidden="true"></span>
      <h3>${card.title}</h3>
      ${card.frame === undefined ? nothing : html`<span class="frame">${fill(words.frameOf, card.frame)}</span>`}
      <span class="card-type">${card.type.replace(/^struct /, '')}</span>
      ${card.isNew ? html`<span class="badge new">${words.isNew}</span>` : nothing}
      ${state && card.state !== 'embedded' ? html`<span class="badge ${card.state}">${state}</span>` : nothing}
      ${card.summary ? html`<span class="summary">${card.summary}</span>` : nothing}
    </header>
    <div class="rows" role="list" aria-label=${cardText(words, card)}>
      ${repeat(
        card.rows.slice(0, ROWS),
        (row) => row.id,
        (row) => rowView(parts, row),
      )}
    </div>
    ${rest > 0 ? html`<p class="muted">${fill(words.moreElements, rest)}</p>` : nothing}
    ${
      card.hiddenRows > 0 || card.expanded
        ? html`<button
            class="more"
            tabindex="-1"
            aria-expanded=${card.expanded ? 'true' : 'false'}
            @click=${() => parts.onExpand(card.id, !card.expanded)}
          >
            <span class="codicon codicon-${card.expanded ? 'chevron-up' : 'chevron-down'}" aria-hidden="true"></span
            >${card.expanded ? words.showFewerFields : fill(words.showAllFields, card.hiddenRows)}
          </button>`
        : nothing
    }`;
}

function rowView(parts: CardParts, row: RowModel): TemplateResult {
  const { words } = parts;
  const classes = {
    row: true,
    changed: row.changed === true,
    chained: (row.chain?.items.length ?? 0) > 0,
    [`mark-${row.mark ?? 'none'}`]: true,
  };
  const title = [
    `${row.type} ${row.expression ?? row.name}`,
    row.display,
    row.changed && row.was !== undefined ? fill(words.was, row.was) : '',
  ]
    .filter(Boolean)
    .join('\n');
  return html` <div
    class=${classMap(classes)}
    role="listitem"
    tabindex="-1"
    data-row=${row.id}
    aria-label=${rowLabel(parts, row)}
    title=${title}
  >
    <span class="name">${row.name}</span>
    <span class="value">${valueView(parts, row)}</span>
    ${row.changed ? html`<span class="was">${row.wasName ?? row.was ?? words.changed}</span>` : nothing}
    ${row.chain ? chainView(parts, row.chain) : nothing}
  </div>`;
}

function rowLabel({ words, titleOf }: CardParts, row: RowModel): string {
  return row.target === undefined
    ? rowText(words, row)
    : `${rowText(words, row)}, ${fill(words.pointsTo, titleOf(row.target))}`;
}

function valueView(parts: CardParts, row: RowModel): TemplateResult {
  const { words } = parts;
  const text = shortDisplay(words, row);
  const { target } = row;
  if (target !== undefined) {
    const label = fill(words.follow, parts.titleOf(target));
    return html`<button
      class="pointer"
      tabindex="-1"
      aria-label=${`${text}, ${label}`}
      title=${`${row.display}\n${label}`}
      @click=${() => parts.onGo(target, row.targetRow)}
    >
      ${text}<span class="port" aria-hidden="true"></span>
    </button>`;
  }
  if (canFollow(row)) {
    return html`<button
      class="pointer unseen"
      tabindex="-1"
      aria-label=${`${text}, ${words.followUnseen}`}
      title=${`${row.display}\n${words.followUnseen}`}
      @click=${() => parts.onFollow(row.pointer, row.type, row.expression)}
    >
      ${text}
    </button>`;
  }
  const { value, word } = splitMark(words, row);
  return word === undefined ? html`${text}` : html`${value} <span class="mark-word">${word}</span>`;
}

/** Pointers to records in live memory that have no card yet. */
export function canFollow(row: RowModel): row is RowModel & { readonly pointer: number } {
  return (
    row.pointer !== undefined && row.mark === undefined && /^(const )?(struct|union) \w+ \*$/.test(row.type.trim())
  );
}

function chainView(parts: CardParts, chain: ChainModel): TemplateResult {
  const { words } = parts;
  return chain.items.length === 0
    ? html``
    : html` <span class="chain">
        ${chain.items.map(
          ({ card, isNew, address, label }) =>
            html`<span class="link-arrow" aria-hidden="true">→</span>${
                card === undefined
                  ? html`<span class="chain-item ${isNew ? 'new' : ''}" title=${hexText(address)}>${label}</span>`
                  : html`<button
                      class="chain-item ${isNew ? 'new' : ''}"
                      tabindex="-1"
                      data-target=${card}
                      title=${hexText(address)}
                      @click=${() => parts.onGo(card)}
                    >
                      ${label}
                    </button>`
              }`,
        )}
        ${chain.leftOff > 0 ? html`<span class="muted">${fill(words.moreElements, chain.leftOff)}</span>` : nothing}
        ${chain.broken ? html`<span class="badge freed">${words.brokenList}</span>` : nothing}
      </span>`;
}
