/**
 * The graph: the objects of the frame on a board without scrolling, with the pointers between them drawn as curves; all
 * others as chips that open.
 *
 * In: a model; the places and opened cards remembered for its session. Out: the canvas and the chips. How many rows each
 * card shows is planned before each render (`arrangement.ts`); then the cards are measured and placed, and drawn again
 * only when those of the frame do not fit or have more room. Places are set through the CSS object model, never as style
 * attributes. One tab stop; arrows move between rows and cards, Enter follows a pointer, Delete closes a card.
 */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { itemAt } from '../base/checked-access';
import { isSameData } from '../base/same-data';
import type {
  CardModel,
  FocusModel,
  InspectorModel,
  NoteLanguage,
  NoteModel,
  RowModel,
} from '../protocol/inspector-model';
import { explainField } from '../protocol/messages';
import { Arrangement, type Pass } from './arrangement';
import type { Stock } from './board-plan';
import { estimatedHeights, isNamed, rowsToShow, type RowsWanted } from './card-rows';
import { canFollow, cardView, type ToldRow } from './card-view';
import type { Channel } from './channel';
import { chipsView } from './chips-view';
import { arrowHeads, cardOf, edgesBetween, edgeView, part, rowElement, rowElements, type DrawnEdge } from './edges';
import { firstRow, focusRow, keepOneTabStop, rowFor } from './graph-keys';
import { list } from './kept-list';
import { boardFor, bottomOf, MARGIN, spread, ZOOMS, zoomFor, type Board } from './layout';
import { boxesOf, heldCards, legibleZoom, noteRows, putCards, setNames } from './measured-cards';
import { fieldName, rowDetail, type RowDetail } from './row-detail';
import { fill, type Words } from './strings';
import { setStyle, WatchedSizes } from './watched-sizes';
import { cardText, socketText, textOf } from './wording';

/** Rows of a card before anything is known of the room. */
const FIRST_ROWS = 14;

/** What other rows are planned for, and what the board is arranged after. */
const PLANNED = ['model', 'opened', 'asked', 'told', 'words'];
const ARRANGED = [...PLANNED, 'counts', 'isHurried'];

@customElement('sockscope-graph')
export class GraphView extends LitElement {
  static readonly tag = 'sockscope-graph';

  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) model!: InspectorModel;
  @property({ attribute: false }) channel!: Channel;
  @property({ attribute: false }) onExpand!: (card: string, expanded: boolean) => void;
  @property({ attribute: false }) onFollow!: (address: number, type: string, expression?: string) => void;
  @property({ attribute: false }) fieldNotes: ReadonlyMap<string, NoteModel | undefined> = new Map();
  @property({ attribute: false }) noteLanguage: NoteLanguage = 'en';
  /** What a story speaks of: these rows show and are marked. */
  @property({ attribute: false }) told: readonly ToldRow[] = [];
  /** Pictures follow each other: nothing glides to its place, and what only rounds off a picture waits. */
  @property({ attribute: false }) isHurried = false;
  @state() private edges: readonly DrawnEdge[] = [];
  @state() private focusedCard: string | undefined;
  /** The field that the reader looks at. */
  @state() private detail: RowDetail | undefined;
  /** Cards that the reader opened. */
  @state() private opened: ReadonlySet<string> = new Set();
  @state() private search = '';
  @state() private isListOpen = false;
  /** Pixels for a row of chips. */
  @state() private width = 0;
  /** How many rows each card shows. */
  @state() private counts: ReadonlyMap<string, number> = new Map();
  /** Where the reader went: that row shows, however little room there is. */
  @state() private asked: { readonly card: string; readonly row: string | undefined } | undefined;
  /** What fitting the board has found. */
  @state() private notice: string | undefined;
  /** What the reader has chosen, and what the room suggests. */
  private chosenZoom: number | undefined;
  private roomZoom = 1;
  private readonly arrangement = new Arrangement();
  /** The room that there was last. */
  private board: Board | undefined;
  /** Cards go to their places as one watches: it is the same frame as before. */
  private glides = false;
  /** Cards whose elements become no other's; none does while one would see it go to another's place. */
  private held: ReadonlySet<string> = new Set();
  private chipsBefore: readonly CardModel[] = [];
  private session: string | undefined;
  private frame: string | undefined;
  /** The frame that was in focus when nothing was hurried, and the rows that were shown in it. */
  private rowsFrame: string | undefined;
  private rowsBefore = new Map<string, Set<string>>();
  private readonly sizes = new WatchedSizes(() => this.arrange());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.end();
  }

  /** Closes gaps: forgets all places and lays the cards out anew. */
  tidy(): void {
    this.arrangement.reset();
    this.arrange();
  }

  private get zoom(): number {
    return this.chosenZoom ?? this.roomZoom;
  }

  /** 1 zooms in, -1 out, 0 brings all cards into sight, if they can still be read then. */
  zoomBy(change: 1 | -1 | 0): void {
    this.notice = undefined;
    const at = ZOOMS.findIndex((each) => each >= this.zoom - 0.001);
    this.chosenZoom =
      change === 0 ? this.fittingZoom() : itemAt(ZOOMS, Math.min(Math.max(at + change, 0), ZOOMS.length - 1));
    this.channel.remember({ zoom: this.zoom });
    this.arrange();
  }

  /** Opens a card when it is none of the shown ones, scrolls to it, or a row of it, and focuses it. */
  reveal(card: string, row?: string): void {
    const element = this.cardElement(card);
    if (element && (row === undefined || rowElement(element, row))) {
      this.revealShown(card, row);
      return;
    }
    this.asked = { card, row };
    if (!element && this.model.cards.some(({ id }) => id === card)) {
      this.open(card, true);
    }
    void this.updateComplete.then(() => this.revealShown(card, row));
  }

  /** Opens the cards of what is told and scrolls to the first; the keyboard stays where it is. */
  private async showTold(): Promise<void> {
    const closed = this.told.find(({ card }) => !this.onCanvas.some(({ id }) => id === card));
    if (closed && this.model.cards.some(({ id }) => id === closed.card)) {
      this.open(closed.card, true);
    }
    await this.updateComplete;
    const [first] = this.told;
    const element = first && this.cardElement(first.card);
    const row = element && first?.row !== undefined ? rowElement(element, first.row) : undefined;
    (row ?? element)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  private revealShown(card: string, row?: string): void {
    const element = this.cardElement(card);
    if (!element) {
      return;
    }
    const target = (row === undefined ? undefined : rowElement(element, row)) ?? rowElements(element)[0] ?? element;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    focusRow(this, target);
  }

  private open(card: string, isOpen: boolean): void {
    const opened = new Set(this.opened);
    if (isOpen) {
      opened.add(card);
    } else {
      opened.delete(card);
    }
    this.opened = opened;
    this.channel.remember({ session: this.session, opened: [...opened] });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('model')) {
      this.takeModel();
    }
    if (changed.has('isHurried')) {
      this.arrangement.hurry(this.isHurried);
    }
    if (this.board && PLANNED.some((name) => changed.has(name))) {
      this.arrangement.prepare(this.frame, this.pass(this.board));
      this.counts = this.arrangement.rows;
    }
  }

  private takeModel(): void {
    if (this.model.session !== this.session) {
      this.session = this.model.session;
      const { session, places, opened, zoom } = this.channel.state;
      const isSame = session === this.session;
      this.arrangement.reset(isSame ? places : []);
      this.opened = new Set(isSame ? opened : []);
      this.chosenZoom = zoom;
    }
    const [frame] = this.model.focus;
    this.glides = frame?.card === this.frame && !this.isHurried;
    this.frame = frame?.card;
    if (!this.isHurried && this.frame !== this.rowsFrame) {
      this.rowsFrame = this.frame;
      this.rowsBefore = new Map();
    }
  }

  /** Cards on the canvas: those in focus, then those that the reader opened. */
  private get onCanvas(): readonly CardModel[] {
    const inFocus = new Set(this.model.focus.map(({ card }) => card));
    const focus = this.model.cards.filter(({ id }) => inFocus.has(id));
    return [...focus, ...this.model.cards.filter(({ id }) => !inFocus.has(id) && this.opened.has(id))];
  }

  /** The rest; a part whose object is a chip is found in that. */
  private get chips(): readonly CardModel[] {
    const shown = new Set(this.onCanvas);
    return this.model.cards.filter((card) => !shown.has(card) && card.state !== 'embedded');
  }

  private isInFocus(card: string): boolean {
    return this.model.focus.some((each) => each.card === card);
  }

  protected override render(): TemplateResult {
    const { model, words } = this;
    const cards = this.onCanvas;
    this.held = heldCards(this);
    return html` <section class="graph" aria-label=${words.graph}>
      ${cards.length === 0 ? html`<p class="muted empty">${model.cards.length === 0 ? words.emptyGraph : words.emptyFrame}</p>` : nothing}
      <div class="board">
        <div
          class="viewport"
          @keydown=${(event: KeyboardEvent) => this.moveFocus(event)}
          @focusin=${(event: FocusEvent) => this.noteFocus(event)}
          @focusout=${() => this.forgetFocus()}
          @pointerover=${(event: PointerEvent) => this.noteFocus(event)}
          @pointerleave=${() => this.forgetFocus()}
        >
          <div class="canvas ${this.glides ? 'gliding' : ''}">
            <svg class="edges" aria-hidden="true">
              ${arrowHeads} ${this.edges.map((edge) => edgeView(edge, this.focusedCard))}
            </svg>
            ${list(
              cards,
              (card) => card.id,
              (card) => this.cardSection(card),
              (gone) => !this.glides && !this.held.has(gone),
            )}
          </div>
        </div>
        ${this.detail === undefined ? nothing : rowDetail(words, this.detail, this.fieldNotes.get(fieldName(this.detail) ?? ''), this.noteLanguage)}
      </div>
      ${this.notice === undefined ? nothing : html`<p class="muted left-off" role="status">${this.notice}</p>`}
      ${this.chipSection()}
      ${model.cardsLeftOff > 0 ? html`<p class="muted left-off">${fill(words.cardsLeftOff, model.cardsLeftOff)}</p>` : nothing}
    </section>`;
  }

  private chipSection(): unknown {
    const { words, search } = this;
    // On a drag nobody reads them; they are those of the last whole picture.
    const chips = this.isHurried ? this.chipsBefore : this.chips;
    this.chipsBefore = chips;
    const { isListOpen: isOpen, width } = this;
    return guard([words, search, isOpen, width, ...chips], () =>
      chipsView({
        ...{ words, cards: chips, search, isOpen, width },
        onToggle: (open) => {
          this.isListOpen = open;
          this.search = '';
        },
        onSearch: (text) => {
          this.search = text;
        },
        onOpen: (card) => this.reveal(card),
      }),
    );
  }

  /** A card is drawn anew only when something of it is other than before. */
  private cardSection(card: CardModel): unknown {
    const rows = this.rowsOf(card);
    const ledTo = card.rows.flatMap(({ target, chain }) => [target, ...(chain?.items.map((item) => item.card) ?? [])]);
    const titles = ledTo.map((id) => (id === undefined ? '' : this.titleOf(id)));
    const told = this.told.flatMap((each) => (each.card === card.id ? [each.row] : []));
    const focus = this.model.focus.find((each) => each.card === card.id);
    const shown = [this.words, card, this.opened.has(card.id), focus !== undefined, focus?.touched];
    return guard([...shown, rows.map(({ id }) => id).join(), titles.join(), told.join()], () =>
      this.cardView(card, rows, focus),
    );
  }

  private cardView(card: CardModel, rows: readonly RowModel[], focus: FocusModel | undefined): TemplateResult {
    const { words } = this;
    const parts = {
      words,
      isWhole: card.expanded,
      rows,
      isHeld: this.held.has(card.id),
      onExpand: this.onExpand,
      onFollow: this.onFollow,
      onGo: (to: string, row?: string) => this.reveal(to, row),
      titleOf: (id: string) => this.titleOf(id),
      socketOf: (id: string) => socketText(words, this.model, id),
      told: this.told.flatMap((each) => (each.card === card.id ? [each.row] : [])),
      isOpened: this.opened.has(card.id),
      inFocus: focus !== undefined,
      onOpen: (isOpen: boolean) => this.open(card.id, isOpen),
    };
    return html` <section
      class="card kind-${card.kind} state-${card.state} ${card.isNew ? 'is-new' : ''} ${focus ? 'in-focus' : ''} ${focus?.touched ? 'touched' : ''}"
      data-card=${card.id}
      aria-label=${cardText(words, card)}
    >
      ${cardView(parts, card)}
    </section>`;
  }

  /** An object of the frame as the code names it, a socket elsewhere by its name. */
  private titleOf(id: string): string {
    const card = this.model.cards.find((each) => each.id === id);
    const socket = card?.kind === 'sock' && !this.isInFocus(id) ? card.socket : undefined;
    return socket ? textOf(this.words, socket) : (card?.title ?? id);
  }

  private rowsOf(card: CardModel): readonly RowModel[] {
    return rowsToShow(card, this.counts.get(card.id) ?? FIRST_ROWS, this.wantedOf(card));
  }

  private wantedOf({ id }: CardModel): RowsWanted {
    const asked = [this.asked, ...this.told].flatMap((each) => (each?.card === id ? [each.row] : []));
    return { before: this.rowsBefore.get(id) ?? new Set(), asked };
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('model') || changed.has('opened')) {
      this.sizes.watch([part(this, '.viewport'), ...this.cardElements()]);
      keepOneTabStop(this);
    }
    if (ARRANGED.some((name) => changed.has(name))) {
      this.arrange();
    }
    if (changed.has('told')) {
      void this.showTold();
    }
  }

  /** Measures, places, draws. All is read before anything is written, so that one pass costs one reflow. */
  private arrange(): void {
    const viewport = part(this, '.viewport');
    const canvas = part(this, '.canvas');
    const elements = this.cardElements();
    setNames(elements, this.onCanvas, (card) => this.rowsOf(card));
    this.roomZoom = zoomFor(viewport.clientWidth, viewport.clientHeight);
    const board = boardFor(viewport.clientWidth / this.zoom, viewport.clientHeight / this.zoom);
    setStyle(canvas, 'zoom', String(this.zoom));
    setStyle(canvas, '--card-width', `${board.width}px`);
    if (viewport.clientHeight === 0) {
      return;
    }
    this.board = board;
    this.width = viewport.clientWidth;
    const pass = this.pass(board);
    this.arrangement.prepare(this.frame, pass);
    if (this.isOtherThanDrawn()) {
      return;
    }
    const boxes = boxesOf(elements, (id) => this.isInFocus(id));
    const places = this.arrangement.settle(boxes, pass, this.isHurried);
    if (!places || this.isOtherThanDrawn()) {
      this.counts = this.arrangement.rows;
      return;
    }
    const shown = spread(boxes, places);
    const edges = edgesBetween(this.onCanvas, elements, shown, board);
    this.edges = isSameData(edges, this.edges) ? this.edges : edges;
    this.sizes.measured();
    putCards(elements, shown, board);
    setStyle(canvas, 'height', `${bottomOf(boxes, shown) + MARGIN}px`);
    if (!this.isHurried) {
      noteRows(elements, this.rowsBefore);
      this.rememberPlaces();
    }
  }

  /** Whether other rows have to be drawn than there are. */
  private isOtherThanDrawn(): boolean {
    const isOther = !isSameData([...this.counts], [...this.arrangement.rows]);
    this.counts = isOther ? this.arrangement.rows : this.counts;
    return isOther;
  }

  /** Heights are worked out when somebody asks. */
  private pass(board: Board): Pass {
    let stocks: readonly Stock[] | undefined;
    const stockOf = (card: CardModel): Stock => ({
      id: card.id,
      inFocus: this.isInFocus(card.id),
      share: isNamed(card) ? 1 : 0.5,
      heights: estimatedHeights(this.words, card, board.width, this.wantedOf(card)),
    });
    const cards = this.onCanvas;
    return { board, cards: cards.map(({ id }) => id), stocks: () => (stocks ??= cards.map(stockOf)) };
  }

  private rememberPlaces(): void {
    const homes = this.arrangement.homes();
    if (!isSameData(homes, this.channel.state.places) || this.session !== this.channel.state.session) {
      this.channel.remember({ session: this.session, places: homes });
    }
  }

  /** The zoom at which all cards are in sight; says so where they could not be read then. */
  private fittingZoom(): number {
    const elements = this.cardElements();
    const { zoom, isAll } = legibleZoom(elements, part(this, '.viewport'));
    this.notice = isAll ? undefined : fill(this.words.fitTooSmall, elements.length);
    return zoom;
  }

  private cardElements(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.card')];
  }

  private cardElement(id: string): HTMLElement | undefined {
    return this.cardElements().find((element) => cardOf(element) === id);
  }

  private noteFocus(event: Event): void {
    const element = event.target as HTMLElement;
    this.focusedCard = element.closest<HTMLElement>('.card')?.dataset.card;
    const row = element.closest<HTMLElement>('.row');
    const card = this.model.cards.find(({ id }) => id === this.focusedCard);
    const model = card?.rows.find(({ id }) => id === row?.dataset.row);
    if (!row || !card || !model) {
      this.detail = undefined;
      return;
    }
    const view = part(this, '.viewport').getBoundingClientRect();
    this.detail = { card, row: model, isLow: row.getBoundingClientRect().top > view.top + view.height / 2 };
    const field = fieldName(this.detail);
    if (field !== undefined && !this.fieldNotes.has(field)) {
      this.channel.post(explainField, { field });
    }
  }

  private forgetFocus(): void {
    this.focusedCard = undefined;
    this.detail = undefined;
  }

  private moveFocus(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.row');
    const card = row?.closest<HTMLElement>('.card');
    if (!row || !card || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const cards = this.cardElements();
    const moved = rowFor(event.key, row, card, cards);
    if (moved) {
      this.go(event, moved.row);
    } else if (event.key === 'Enter') {
      this.activate(event, cardOf(card), row.dataset.row ?? '');
    } else if (event.key === 'Delete') {
      this.close(event, card, firstRow(card, cards, -1));
    } else if (event.key === '+' || event.key === '-') {
      this.onExpand(cardOf(card), event.key === '+');
      event.preventDefault();
    }
  }

  private go(event: KeyboardEvent, row: HTMLElement | undefined): void {
    event.preventDefault();
    if (row) {
      row.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      focusRow(this, row);
    }
  }

  private close(event: KeyboardEvent, card: HTMLElement, next: HTMLElement | undefined): void {
    if (this.opened.has(cardOf(card))) {
      this.open(cardOf(card), false);
      this.go(event, next);
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
