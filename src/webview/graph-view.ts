/**
 * The graph: cards at stable places with the pointers between them drawn as curves.
 *
 * In: a model; the positions remembered for its session. Out: the canvas. After each render the cards are measured,
 * placed (`layout.ts`), and the curves drawn from the rows' edges to the cards they point to (`edge-path.ts`). Positions
 * are set through the CSS object model, never as style attributes. One tab stop; arrows move between rows and cards,
 * Enter follows a pointer.
 */
import { LitElement, html, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { given, itemAt, valueAt } from '../base/checked-access';
import type { CardModel, InspectorModel } from '../protocol/inspector-model';
import { canFollow, cardView } from './card-view';
import type { Channel } from './channel';
import { edgePath, type Rectangle } from './edge-path';
import { placeCards, spread, type Box, type Edge, type Point } from './layout';
import { fill, type Words } from './strings';
import { cardText } from './wording';

interface DrawnEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly changed: boolean;
}

const ZOOMS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2];
const MARGIN = 12;
/** Text stays readable at this size. */
const SMALLEST_START = 0.85;

@customElement('sockscope-graph')
export class GraphView extends LitElement {
  static readonly tag = 'sockscope-graph';

  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) model!: InspectorModel;
  @property({ attribute: false }) channel!: Channel;
  @property({ attribute: false }) onExpand!: (card: string, expanded: boolean) => void;
  @property({ attribute: false }) onFollow!: (address: number, type: string, expression?: string) => void;
  @state() private edges: readonly DrawnEdge[] = [];
  @state() private focusedCard: string | undefined;
  private zoom = 1;
  /** The reader has not chosen a zoom yet: wide graphs start a little smaller. */
  private fitAtFirst = true;
  private home = new Map<string, Point>();
  private session: string | undefined;
  private readonly resized = new ResizeObserver(() => this.arrange());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  /** Forgets all positions and lays the cards out anew. */
  tidy(): void {
    this.home = new Map();
    this.arrange();
  }

  /** 1 zooms in, -1 out, 0 fits the width. */
  zoomBy(change: 1 | -1 | 0): void {
    const at = ZOOMS.findIndex((each) => each >= this.zoom - 0.001);
    this.zoom = change === 0 ? this.fittingZoom() : itemAt(ZOOMS, Math.min(Math.max(at + change, 0), ZOOMS.length - 1));
    this.fitAtFirst = false;
    this.channel.remember({ zoom: this.zoom });
    this.arrange();
  }

  /** Scrolls to a card, or a row of it, and focuses it. */
  reveal(card: string, row?: string): void {
    const element = this.cardElement(card);
    if (!element) {
      return;
    }
    const target =
      (row === undefined ? undefined : rowsOf(element).find((each) => each.dataset.row === row)) ??
      rowsOf(element)[0] ??
      element;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.focusRow(target);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model') && this.model.session !== this.session) {
      this.session = this.model.session;
      const { session, positions, zoom } = this.channel.state;
      this.home = new Map(session === this.session ? (positions ?? []).map(([id, x, y]) => [id, { x, y }]) : []);
      this.zoom = zoom ?? 1;
      this.fitAtFirst = zoom === undefined;
    }
  }

  protected override render(): TemplateResult {
    const { model, words } = this;
    const titles = new Map(model.cards.map((card) => [card.id, card.title]));
    const parts = {
      words,
      onExpand: this.onExpand,
      onFollow: this.onFollow,
      onGo: (card: string, row?: string) => this.reveal(card, row),
      titleOf: (card: string) => titles.get(card) ?? card,
    };
    return html` <section class="graph" aria-label=${words.graph}>
      ${model.cards.length === 0 ? html`<p class="muted empty">${words.emptyGraph}</p>` : nothing}
      <div
        class="viewport"
        @keydown=${(event: KeyboardEvent) => this.moveFocus(event)}
        @focusin=${(event: FocusEvent) => this.noteFocus(event)}
        @focusout=${() => {
          this.focusedCard = undefined;
        }}
        @pointerover=${(event: PointerEvent) => this.noteFocus(event)}
        @pointerleave=${() => {
          this.focusedCard = undefined;
        }}
      >
        <div class="canvas">
          <svg class="edges" aria-hidden="true">
            <defs>
              <marker id="head" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                <path class="arrow-head" d="M 0 0.5 L 8 4 L 0 7.5 z"></path>
              </marker>
              <marker id="head-lit" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                <path class="arrow-head lit" d="M 0 0.5 L 8 4 L 0 7.5 z"></path>
              </marker>
            </defs>
            ${this.edges.map((edge) => this.edgeView(edge))}
          </svg>
          ${repeat(
            model.cards,
            (card) => card.id,
            (card) =>
              html` <section
                class="card kind-${card.kind} state-${card.state} ${card.isNew ? 'is-new' : ''}"
                data-card=${card.id}
                aria-label=${cardText(words, card)}
              >
                ${cardView(parts, card)}
              </section>`,
          )}
        </div>
      </div>
      ${model.cardsLeftOff > 0 ? html`<p class="muted left-off">${fill(words.cardsLeftOff, model.cardsLeftOff)}</p>` : nothing}
    </section>`;
  }

  private edgeView({ key, from, to, path, changed }: DrawnEdge): SVGTemplateResult {
    const lit = this.focusedCard !== undefined && (from === this.focusedCard || to === this.focusedCard);
    return svg`<path class="edge ${changed ? 'changed' : ''} ${lit ? 'lit' : ''}" data-edge=${key} d=${path} marker-end=${lit || changed ? 'url(#head-lit)' : 'url(#head)'}></path>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('model')) {
      this.resized.disconnect();
      for (const element of this.cardElements()) {
        this.resized.observe(element);
      }
      this.keepOneTabStop();
      this.arrange();
    }
  }

  /** Measures, places, draws. Layout reads come before writes, so one pass costs one reflow. */
  private arrange(): void {
    const elements = this.cardElements();
    const boxes: Box[] = elements.map((element) => ({
      id: cardOf(element),
      width: element.offsetWidth,
      height: element.offsetHeight,
    }));
    if (boxes.length === 0 || boxes.every((box) => box.width === 0)) {
      this.edges = [];
      return;
    }
    const links = linksOf(this.model.cards);
    this.home = new Map([...this.home, ...placeCards(boxes, links, this.homesOf(boxes))]);
    const shown = spread(boxes, this.home);
    for (const element of elements) {
      const at = valueAt(shown, cardOf(element));
      element.style.left = `${at.x}px`;
      element.style.top = `${at.y}px`;
    }
    const width = Math.max(...boxes.map((box) => valueAt(shown, box.id).x + box.width)) + 64;
    const height = Math.max(...boxes.map((box) => valueAt(shown, box.id).y + box.height)) + MARGIN;
    const canvas = part(this, '.canvas');
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    this.zoom = this.fitAtFirst ? Math.max(SMALLEST_START, this.fittingZoom()) : this.zoom;
    canvas.style.setProperty('zoom', String(this.zoom));
    this.drawEdges(elements, shown);
    this.keepSomethingInView(elements);
    this.channel.remember({ session: this.session, positions: [...this.home].map(([id, { x, y }]) => [id, x, y]) });
  }

  /** When the cards that were looked at are gone, the first of the others comes into view. */
  private keepSomethingInView(elements: readonly HTMLElement[]): void {
    const view = part(this, '.viewport').getBoundingClientRect();
    const inView = elements.some((element) => {
      const at = element.getBoundingClientRect();
      const width = Math.min(at.right, view.right) - Math.max(at.left, view.left);
      return width > at.width * 0.6 && at.bottom > view.top + 40 && at.top < view.bottom - 40;
    });
    if (!inView && view.height > 0) {
      elements[0]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  private homesOf(boxes: readonly Box[]): Map<string, Point> {
    return new Map(boxes.flatMap(({ id }) => (this.home.has(id) ? [[id, valueAt(this.home, id)] as const] : [])));
  }

  private drawEdges(elements: readonly HTMLElement[], shown: ReadonlyMap<string, Point>): void {
    const byId = new Map(elements.map((element) => [cardOf(element), element]));
    const rectangle = (card: string, inner: HTMLElement): Rectangle => {
      const at = valueAt(shown, card);
      const owner = valueAt(byId, card);
      return {
        left: at.x,
        width: owner.offsetWidth,
        top: at.y + offsetWithin(inner, owner),
        height: inner.offsetHeight,
      };
    };
    const edges: DrawnEdge[] = [];
    for (const card of this.model.cards) {
      for (const row of card.rows) {
        const to = row.target === card.id ? undefined : row.target;
        const target = to === undefined ? undefined : byId.get(to);
        const source = target && rowsOf(valueAt(byId, card.id)).find((each) => each.dataset.row === row.id);
        if (to !== undefined && target && source) {
          const head =
            (row.targetRow && rowsOf(target).find((each) => each.dataset.row === row.targetRow)) ||
            part(target, '.card-head');
          edges.push({
            key: `${card.id} ${row.id}`,
            from: card.id,
            to,
            path: edgePath(rectangle(card.id, source), rectangle(to, head)),
            changed: row.changed === true,
          });
        }
        edges.push(...this.chainEdges(card, row.id, byId, rectangle));
      }
    }
    if (JSON.stringify(edges) !== JSON.stringify(this.edges)) {
      this.edges = edges;
    }
  }

  /** A list points to its first element; the elements to their next. */
  private chainEdges(
    card: CardModel,
    rowId: string,
    byId: ReadonlyMap<string, HTMLElement>,
    rectangle: (card: string, inner: HTMLElement) => Rectangle,
  ): readonly DrawnEdge[] {
    const items = card.rows.find((row) => row.id === rowId)?.chain?.items ?? [];
    const first = items[0]?.card;
    const target = first === undefined ? undefined : byId.get(first);
    const source = target && rowsOf(valueAt(byId, card.id)).find((each) => each.dataset.row === rowId);
    return first !== undefined && target && source
      ? [
          {
            key: `${card.id} ${rowId} list`,
            from: card.id,
            to: first,
            path: edgePath(rectangle(card.id, source), rectangle(first, part(target, '.card-head'))),
            changed: items[0]?.isNew === true,
          },
        ]
      : [];
  }

  private fittingZoom(): number {
    const canvas = part(this, '.canvas');
    const viewport = part(this, '.viewport');
    const natural = Number.parseFloat(canvas.style.width) || 1;
    return Math.min(1, Math.max(itemAt(ZOOMS, 0), Math.floor((viewport.clientWidth / natural) * 100) / 100));
  }

  private cardElements(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.card')];
  }

  private cardElement(id: string): HTMLElement | undefined {
    return this.cardElements().find((element) => element.dataset.card === id);
  }

  private noteFocus(event: Event): void {
    this.focusedCard = (event.target as HTMLElement).closest<HTMLElement>('.card')?.dataset.card;
  }

  /** Exactly one row can be tabbed to. */
  private keepOneTabStop(): void {
    const rows = [...this.querySelectorAll<HTMLElement>('.row')];
    if (!rows.some((row) => row.tabIndex === 0)) {
      rows[0]?.setAttribute('tabindex', '0');
    }
  }

  private focusRow(row: HTMLElement): void {
    for (const other of this.querySelectorAll<HTMLElement>('.row[tabindex="0"]')) {
      other.setAttribute('tabindex', '-1');
    }
    row.setAttribute('tabindex', '0');
    row.focus();
  }

  private moveFocus(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.row');
    const card = row?.closest<HTMLElement>('.card');
    if (!row || !card || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const rows = rowsOf(card);
    const cards = this.cardElements();
    const at = rows.indexOf(row);
    const nextCard = (step: number): HTMLElement | undefined => {
      const other = cards[cards.indexOf(card) + step];
      return other && rowsOf(other)[0];
    };
    switch (event.key) {
      case 'ArrowDown':
        this.go(event, rows[at + 1] ?? nextCard(1));
        break;
      case 'ArrowUp':
        this.go(event, rows[at - 1] ?? nextCard(-1));
        break;
      case 'ArrowRight':
        this.go(event, nextCard(1));
        break;
      case 'ArrowLeft':
        this.go(event, nextCard(-1));
        break;
      case 'Home':
        this.go(event, rows[0]);
        break;
      case 'End':
        this.go(event, rows.at(-1));
        break;
      case 'Enter':
        this.activate(event, cardOf(card), row.dataset.row ?? '');
        break;
      case '+':
      case '-':
        this.onExpand(cardOf(card), event.key === '+');
        event.preventDefault();
        break;
    }
  }

  private go(event: KeyboardEvent, row: HTMLElement | undefined): void {
    event.preventDefault();
    if (row) {
      row.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      this.focusRow(row);
    }
  }

  private activate(event: KeyboardEvent, cardId: string, rowId: string): void {
    if ((event.target as HTMLElement).tagName === 'BUTTON') {
      return;
    }
    event.preventDefault();
    const row = this.model.cards.find((card) => card.id === cardId)?.rows.find((each) => each.id === rowId);
    const target = row?.target ?? row?.chain?.items[0]?.card;
    if (target !== undefined) {
      this.reveal(target, row?.targetRow);
    } else if (row && canFollow(row)) {
      this.onFollow(row.pointer, row.type, row.expression);
    }
  }
}

/** The id of a card's element. */
function cardOf(element: HTMLElement): string {
  return element.dataset.card ?? '';
}

/** A part of the page that this view has drawn. */
function part(within: HTMLElement, selector: string): HTMLElement {
  return given(within.querySelector<HTMLElement>(selector), selector);
}

function rowsOf(card: HTMLElement): HTMLElement[] {
  return [...card.querySelectorAll<HTMLElement>('.row')];
}

/** Vertical offset of an element within its card. */
function offsetWithin(inner: HTMLElement, owner: HTMLElement): number {
  let offset = 0;
  for (let at: HTMLElement | null = inner; at && at !== owner; at = at.offsetParent as HTMLElement | null) {
    offset += at.offsetTop;
  }
  return offset;
}

function linksOf(cards: readonly CardModel[]): readonly Edge[] {
  return cards.flatMap((card) =>
    card.rows.flatMap((row) => [
      ...(row.target === undefined ? [] : [{ from: card.id, to: row.target }]),
      ...(row.chain?.items ?? []).flatMap((item) =>
        item.card === undefined ? [] : [{ from: card.id, to: item.card }],
      ),
    ]),
  );
}
