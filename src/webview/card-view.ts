/**
 * One card: an object of the kernel with its fields.
 *
 * In: a card model, callbacks. Out: a template. Rows are `listitem`s that take the focus by arrow keys
 * (`graph-view.ts`); what is special about a value is a word or a symbol besides its colour: a changed row carries a
 * mark and the value it had.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { CardKind, CardModel, ChainModel, FieldMeaning, RowModel } from '../protocol/inspector-model';
import { inC, inWords } from './c-way';
import { pieces, shortNames } from './card-rows';
import { list } from './kept-list';
import { fill, type Words } from './strings';
import { textOf, cardText, hexText, listed, rowText, shortDisplay, splitMark, stateWord, valueText } from './wording';

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
  frame: 'symbol-variable',
  other: 'symbol-misc',
};

/** A row of a card, or the card. */
export interface ToldRow {
  readonly card: string;
  readonly row?: string;
}

export interface CardParts {
  readonly words: Words;
  readonly onExpand: (card: string, expanded: boolean) => void;
  /** Go to the card and row that a pointer or a list element leads to. */
  readonly onGo: (card: string, row?: string) => void;
  readonly onFollow: (address: number, type: string, expression?: string) => void;
  /** Title of a card, for labels of pointers. */
  readonly titleOf: (card: string) => string;
  /** What a card's socket is called, where it is one. */
  readonly socketOf: (card: string) => string | undefined;
  /** The card has room for all its fields. */
  readonly isWhole: boolean;
  /** Rows to draw. */
  readonly rows: readonly RowModel[];
  /** Somebody points at it, or is in it: no row's element becomes another's. */
  readonly isHeld: boolean;
  /** Rows that a story speaks of. */
  readonly told: readonly (string | undefined)[];
  /** The reader opened it, and it stays when it is out of focus. */
  readonly isOpened: boolean;
  readonly inFocus: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/**
 * A title of so few letters is not broken; one of more than those has a line for itself, sooner where the name of a frame
 * would stand beside it.
 */
const SHORT_TITLE = 12;
const LONG_TITLE = 19;
const LONG_WITH_FRAME = 30;

export function cardView(parts: CardParts, card: CardModel): TemplateResult {
  const { words } = parts;
  const state = stateWord(words, card.state);
  const parted = card.title.length > SHORT_TITLE ? pieces(card.title) : [card.title];
  const title = parted.map((piece) => html`<span class="piece">${piece}</span><wbr />`);
  const rest = parts.rows.length - ROWS;
  const nameOf = shortNames(card.rows.map(({ name }) => name));
  const hidden = card.hiddenRows + card.rows.length - parts.rows.length;
  return html` <header class="card-head" title=${`${card.type} @ ${hexText(card.address)}, ${card.size} B`}>
      <span class="codicon codicon-${CARD_ICONS[card.kind]}" aria-hidden="true"></span>
      <h3 class=${parted.length > 1 && isLong(card) ? 'long' : ''}>${title}</h3>
      ${card.frame === undefined ? nothing : html`<span class="frame">${fill(words.frameOf, card.frame)}</span>`}
      <span class="card-type">${card.kind === 'frame' ? words.frame : card.type.replace(/^struct /, '')}</span>
      ${card.isNew ? html`<span class="badge new">${words.isNew}</span>` : nothing}
      ${state && card.state !== 'embedded' && card.kind !== 'frame' ? html`<span class="badge ${card.state}">${state}</span>` : nothing}
      ${keepButton(parts)}
      ${card.socket ? html`<span class="summary socket-name">${textOf(words, card.socket)}</span>` : nothing}
      ${card.summary ? html`<span class="summary">${card.summary}</span>` : nothing}
    </header>
    <div class="rows" role="list" aria-label=${cardText(words, card)}>
      ${list(
        parts.rows.slice(0, ROWS),
        (row) => row.id,
        (row, index) => [meaningView(parts, row, parts.rows[index - 1]), rowView(parts, row, nameOf)],
        () => !parts.isHeld,
      )}
    </div>
    ${rest > 0 ? html`<p class="muted">${fill(words.moreElements, rest)}</p>` : nothing}
    ${
      hidden > 0 || card.expanded
        ? html`<button
            class="more"
            tabindex="-1"
            aria-expanded=${card.expanded ? 'true' : 'false'}
            @click=${() => parts.onExpand(card.id, !card.expanded)}
          >
            <span class="codicon codicon-${card.expanded ? 'chevron-up' : 'chevron-down'}" aria-hidden="true"></span
            >${card.expanded ? words.showFewerFields : fill(words.showAllFields, hidden)}
          </button>`
        : nothing
    }`;
}

function isLong({ title, frame = '' }: CardModel): boolean {
  return title.length > LONG_TITLE || (frame !== '' && title.length + frame.length > LONG_WITH_FRAME);
}

const MEANINGS: Readonly<Record<FieldMeaning, keyof Words>> = {
  identity: 'meaningIdentity',
  addresses: 'meaningAddresses',
  links: 'meaningLinks',
  queues: 'meaningQueues',
  functions: 'meaningFunctions',
  life: 'meaningLife',
  sending: 'meaningSending',
  receiving: 'meaningReceiving',
  windows: 'meaningWindows',
  congestion: 'meaningCongestion',
  timers: 'meaningTimers',
};

/** A line where fields begin that are about something else; in a card that shows all, with words. */
function meaningView(
  { words, isWhole }: CardParts,
  { meaning }: RowModel,
  before: RowModel | undefined,
): TemplateResult | typeof nothing {
  if (meaning === before?.meaning || (!isWhole && before === undefined)) {
    return nothing;
  }
  const text = meaning === undefined ? words.meaningOther : words[MEANINGS[meaning]];
  return html`<div class="meaning" role="listitem">
    ${isWhole ? text : html`<span class="visually-hidden">${text}</span>`}
  </div>`;
}

/** Keeps a card of the frame when the frame is left; closes one that was opened. */
function keepButton({ words, isOpened, inFocus, onOpen }: CardParts): TemplateResult {
  const label = isOpened ? (inFocus ? words.unpinCard : words.closeCard) : words.pinCard;
  return html`<button
    class="card-button"
    tabindex="-1"
    aria-label=${label}
    title=${label}
    @click=${() => onOpen(!isOpened)}
  >
    <span class="codicon codicon-${isOpened ? (inFocus ? 'pinned' : 'close') : 'pin'}" aria-hidden="true"></span>
  </button>`;
}

function rowView(parts: CardParts, row: RowModel, nameOf: (name: string) => string): TemplateResult {
  const { words } = parts;
  const classes = {
    row: true,
    changed: row.changed === true,
    touched: row.touched === true,
    told: parts.told.includes(row.id),
    chained: (row.chain?.items.length ?? 0) > 0,
    [`mark-${row.mark ?? 'none'}`]: true,
  };
  const title = [
    `${row.type} ${row.expression ?? row.name}`,
    valueText(words, row.display),
    row.changed && row.was !== undefined ? fill(words.was, valueText(words, row.was)) : '',
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
    <span class="name">${inWords(nameOf(row.name))}</span>
    <span class="value"
      >${valueView(parts, row)}${row.changed ? html` <span class="was">${row.wasName ?? (row.was === undefined ? words.changed : valueText(words, row.was))}</span>` : nothing}</span
    >
    ${row.chain ? chainView(parts, row.chain) : nothing}
  </div>`;
}

function rowLabel({ words, titleOf }: CardParts, row: RowModel): string {
  return row.target === undefined
    ? rowText(words, row)
    : listed(words, [rowText(words, row), fill(words.pointsTo, titleOf(row.target))]);
}

function valueView(parts: CardParts, row: RowModel): TemplateResult | string {
  const { words } = parts;
  const { target } = row;
  const text = pointerText(parts, row) ?? shortDisplay(words, row);
  if (target !== undefined) {
    const label = fill(words.follow, parts.titleOf(target));
    return html`<button
      class="pointer"
      tabindex="-1"
      aria-label=${listed(words, [text, label])}
      title=${`${row.display}\n${label}`}
      @click=${() => parts.onGo(target, row.targetRow)}
    >
      ${inC(text)}<span class="port" aria-hidden="true"></span>
    </button>`;
  }
  if (canFollow(row)) {
    return html`<button
      class="pointer unseen"
      tabindex="-1"
      aria-label=${listed(words, [text, words.followUnseen])}
      title=${`${row.display}\n${words.followUnseen}`}
      @click=${() => parts.onFollow(row.pointer, row.type, row.expression)}
    >
      ${inC(text)}
    </button>`;
  }
  const { value, word } = splitMark(words, row);
  return word === undefined ? inC(row.short ?? value) : html`${inC(value)} <span class="mark-word">${word}</span>`;
}

/** A pointer to an object that has no name of its own in C is shown by the name that the page has for it. */
function pointerText({ titleOf }: CardParts, { target, short, mark }: RowModel): string | undefined {
  return target !== undefined && short === undefined && mark === undefined ? `→ ${titleOf(target)}` : undefined;
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
            html`<span class="chain-link"
              ><span class="link-arrow" aria-hidden="true">→</span>${
                card === undefined
                  ? html`<span class="chain-item ${isNew ? 'new' : ''}" title=${hexText(address)}>${label}</span>`
                  : html`<button
                      class="chain-item ${isNew ? 'new' : ''}"
                      tabindex="-1"
                      data-target=${card}
                      title=${hexText(address)}
                      @click=${() => parts.onGo(card)}
                    >
                      ${parts.socketOf(card) ?? label}
                    </button>`
              }</span
            >`,
        )}
        ${chain.leftOff > 0 ? html`<span class="muted">${fill(words.moreElements, chain.leftOff)}</span>` : nothing}
        ${chain.broken ? html`<span class="badge freed">${words.brokenList}</span>` : nothing}
      </span>`;
}
