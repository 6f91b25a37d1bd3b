/**
 * The text twin of the graph: the same objects and fields as a tree that a screen reader can walk.
 *
 * In: a model. Out: a `role="tree"` with the keys of the ARIA tree pattern: up and down through what is unfolded, right
 * and left unfold and fold, Home and End, Enter follows a pointer, letters jump to a title.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { itemAt } from '../base/checked-access';
import type { CardModel, InspectorModel, RowModel } from '../protocol/inspector-model';
import { canFollow, CARD_ICONS } from './card-view';
import { list } from './kept-list';
import { fill, type Words } from './strings';
import { cardText, listed, rowText } from './wording';

@customElement('sockscope-tree')
export class TreeView extends LitElement {
  static readonly tag = 'sockscope-tree';

  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) model!: InspectorModel;
  @property({ attribute: false }) onExpand!: (card: string, expanded: boolean) => void;
  @property({ attribute: false }) onFollow!: (address: number, type: string, expression?: string) => void;
  /** Cards the reader folded. */
  @state() private folded: ReadonlySet<string> = new Set();
  @state() private current = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Unfolds a card and focuses it or its row. */
  reveal(card: string, row?: string): void {
    this.fold(card, false);
    void this.updateComplete.then(() => this.focusItem(row === undefined ? card : `${card} ${row}`));
  }

  protected override render(): TemplateResult {
    const { model, words } = this;
    if (model.cards.length === 0) {
      return html`<section class="graph" aria-label=${words.tree}>
        <p class="muted empty">${words.emptyGraph}</p>
      </section>`;
    }
    const ids = this.visibleIds();
    const current = ids.includes(this.current) ? this.current : itemAt(ids, 0);
    return html` <section class="graph" aria-label=${words.tree}>
      <div class="tree" role="tree" aria-label=${words.tree} @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
        ${list(
          model.cards,
          (card) => card.id,
          (card, index) => this.cardItem(card, index, current),
        )}
      </div>
      ${model.cardsLeftOff > 0 ? html`<p class="muted left-off">${fill(words.cardsLeftOff, model.cardsLeftOff)}</p>` : nothing}
    </section>`;
  }

  private cardItem(card: CardModel, index: number, current: string): TemplateResult {
    const open = !this.folded.has(card.id);
    return html` <div
        class="tree-line tree-card"
        role="treeitem"
        aria-level="1"
        aria-setsize=${this.model.cards.length}
        aria-posinset=${index + 1}
        aria-expanded=${open ? 'true' : 'false'}
        data-item=${card.id}
        tabindex=${current === card.id ? 0 : -1}
        @click=${() => this.fold(card.id, open)}
      >
        <span class="codicon codicon-${open ? 'chevron-down' : 'chevron-right'}" aria-hidden="true"></span>
        <span class="codicon codicon-${CARD_ICONS[card.kind]}" aria-hidden="true"></span>${cardText(this.words, card)}
      </div>
      ${open ? this.rowItems(card, current) : nothing}`;
  }

  /** Siblings of their card's item, one level down: a flat tree keeps each item's name to itself. */
  private rowItems(card: CardModel, current: string): TemplateResult {
    const more = card.hiddenRows > 0 || card.expanded;
    const size = card.rows.length + (more ? 1 : 0);
    return html`${list(
      card.rows,
      (row) => row.id,
      (row, index) => this.rowItem(card, row, current, index + 1, size),
    )}${more ? this.moreItem(card, current, size) : nothing}`;
  }

  private rowItem(card: CardModel, row: RowModel, current: string, position: number, size: number): TemplateResult {
    const id = `${card.id} ${row.id}`;
    const target =
      row.target === undefined ? undefined : this.model.cards.find((each) => each.id === row.target)?.title;
    const text =
      target === undefined
        ? rowText(this.words, row)
        : listed(this.words, [rowText(this.words, row), fill(this.words.pointsTo, target)]);
    return this.line(id, text, row.changed ? 'changed' : '', current, position, size);
  }

  private moreItem(card: CardModel, current: string, size: number): TemplateResult {
    const id = `${card.id} …`;
    const text = card.expanded ? this.words.showFewerFields : fill(this.words.showAllFields, card.hiddenRows);
    return this.line(id, text, 'muted', current, size, size);
  }

  /** An item below a card's. */
  private line(
    id: string,
    text: string,
    look: string,
    current: string,
    position: number,
    size: number,
  ): TemplateResult {
    return html`<div
      class="tree-line tree-row ${look}"
      role="treeitem"
      aria-level="2"
      aria-setsize=${size}
      aria-posinset=${position}
      data-item=${id}
      tabindex=${current === id ? 0 : -1}
      @click=${() => this.activate(id)}
    >
      ${text}
    </div>`;
  }

  /** Ids in the order in which the arrow keys visit them. */
  private visibleIds(): string[] {
    return this.model.cards.flatMap((card) =>
      this.folded.has(card.id)
        ? [card.id]
        : [
            card.id,
            ...card.rows.map((row) => `${card.id} ${row.id}`),
            ...(card.hiddenRows > 0 || card.expanded ? [`${card.id} …`] : []),
          ],
    );
  }

  private onKey(event: KeyboardEvent): void {
    const id = (event.target as HTMLElement).dataset.item;
    if (id === undefined || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const ids = this.visibleIds();
    const at = ids.indexOf(id);
    const card = this.model.cards.find((each) => each.id === id);
    const next = ((): string | undefined => {
      switch (event.key) {
        case 'ArrowDown':
          return ids[at + 1];
        case 'ArrowUp':
          return ids[at - 1];
        case 'Home':
          return ids[0];
        case 'End':
          return ids.at(-1);
        case 'ArrowRight':
          return card ? (this.folded.has(id) ? this.fold(id, false) : ids[at + 1]) : undefined;
        case 'ArrowLeft':
          return card ? this.fold(id, true) : id.slice(0, id.indexOf(' '));
        case 'Enter':
        case ' ':
          return this.activate(id);
        default:
          return event.key.length === 1 ? this.jumpTo(event.key, ids, at) : '';
      }
    })();
    if (next !== '') {
      event.preventDefault();
    }
    if (next) {
      this.focusItem(next);
    }
  }

  /** The next card whose title begins with a letter. */
  private jumpTo(letter: string, ids: readonly string[], at: number): string {
    const cards = [...ids.slice(at + 1), ...ids.slice(0, at)].filter((id) => !id.includes(' '));
    return (
      cards.find((id) =>
        this.model.cards
          .find((card) => card.id === id)
          ?.title.toLowerCase()
          .startsWith(letter.toLowerCase()),
      ) ?? ''
    );
  }

  private fold(card: string, folded: boolean): undefined {
    const all = new Set(this.folded);
    if (folded) {
      all.add(card);
    } else {
      all.delete(card);
    }
    this.folded = all;
    return undefined;
  }

  private activate(id: string): undefined {
    const [cardId, rowId] = [id.slice(0, (id + ' ').indexOf(' ')), id.slice((id + ' ').indexOf(' ') + 1)];
    const card = this.model.cards.find((each) => each.id === cardId);
    const row = card?.rows.find((each) => each.id === rowId);
    if (card && rowId === '…') {
      this.onExpand(card.id, !card.expanded);
    } else if (card && !row) {
      this.fold(card.id, !this.folded.has(card.id));
    } else if (row?.target !== undefined) {
      this.reveal(row.target, row.targetRow);
    } else if (row?.chain?.items[0]?.card !== undefined) {
      this.reveal(row.chain.items[0].card);
    } else if (row && canFollow(row)) {
      this.onFollow(row.pointer, row.type, row.expression);
    }
    return undefined;
  }

  private focusItem(id: string): void {
    this.current = id;
    const item = [...this.querySelectorAll<HTMLElement>('[data-item]')].find((each) => each.dataset.item === id);
    item?.scrollIntoView({ block: 'nearest' });
    item?.focus();
  }
}
