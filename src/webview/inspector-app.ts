/**
 * The inspector: holds the model that the extension sent and lays out the page's parts.
 *
 * In: messages of `src/protocol/messages.ts`. Out: messages back, by the parts' callbacks. All parts render into the
 * light DOM, under one style sheet, so that the page needs no inline style at all.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { given } from '../base/checked-access';
import type { InspectorModel, NoteModel } from '../protocol/inspector-model';
import { applyChange } from '../protocol/model-change';
import {
  askModel,
  changeModel,
  configureView,
  copyText,
  dispatch,
  expandCard,
  followPointer,
  moveStory,
  on,
  pause,
  restHere,
  revealCard,
  revealSource,
  runScenario,
  selectThread,
  setNoteLanguage,
  showField,
  showIdle,
  showModel,
  showPicture,
  showRunning,
  showStory,
  step,
  travelTo,
  viewReady,
  watchPicture,
  type ViewSettings,
} from '../protocol/messages';
import type { Goal, Scene } from '../picture/scene';
import type { Picture } from '../protocol/pictures';
import type { StoryModel } from '../protocol/story';
import type { Channel, InspectorView } from './channel';
import type { ToldRow } from './card-view';
import { GraphView } from './graph-view';
import './ladder-view';
import { isSceneKind, linesOf, sceneOf, sceneViews, type SceneKind } from './picture-views';
import { PACES, Player } from './player';
import './scene-view';
import { Scrubber } from './scrubber';
import { sections } from './sections';
import { sectionView, type SideView } from './side-section';
import { statementView } from './statement-view';
import { storyView, toldRows } from './story-view';
import { wordsOf, type Words } from './strings';
import { textTwin } from './text-twin';
import { timeline } from './timeline';
import { toolbar } from './toolbar';
import { TreeView } from './tree-view';
import { announcement } from './wording';

/** What each view of a story is here. */
const storyViews: Readonly<Record<NonNullable<StoryModel['view']>, InspectorView>> = {
  cards: 'graph',
  packets: 'ladder',
  queues: 'queues',
  states: 'states',
  graphs: 'curves',
};

/** A command that takes no longer than this many milliseconds switches nothing off and on again: the page is drawn once. */
const SHORT = 80;
/** Events listed at first, and more with each "show more". */
const EVENT_PAGE = 60;

@customElement('sockscope-inspector')
export class InspectorApp extends LitElement {
  static readonly tag = 'sockscope-inspector';

  @state() private model: InspectorModel | undefined;
  @state() private running = false;
  @state() private settings: ViewSettings = { ui: 'en', notes: 'both' };
  @state() private view: InspectorView = 'graph';
  @state() private shown: { readonly session: string; readonly picture: Picture } | undefined;
  /** Notes on fields, as the extension has answered. */
  @state() private fieldNotes: ReadonlyMap<string, NoteModel | undefined> = new Map();
  @state() private closed: ReadonlySet<string> = new Set();
  @state() private hiddenEvents: ReadonlySet<string> = new Set();
  @state() private eventPages = 1;
  @state() private story: StoryModel | undefined;
  /** What the story speaks of where the run stands. */
  @state() private told: readonly ToldRow[] = [];
  @state() private announced = '';
  /** When a picture came the next one was wanted already. */
  private isHurried = false;
  /** A command runs, whether the page shows it yet or not. */
  private isMoving = false;
  private runningTimer: number | undefined;
  private channel: Channel | undefined;
  private readonly scrubber = new Scrubber(
    (clock, goesOn) => this.travel(clock, goesOn),
    () => this.channel?.post(restHere, {}),
  );
  private readonly player = new Player({
    go: (clock) => this.scrub(clock),
    changed: () => this.requestUpdate(),
    wantsLittleMotion: () => window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  private scene: Scene | undefined;
  /** A card that was asked for and is not in the model yet. */
  private wanted: string | undefined;

  // What the parts of the page call is the same each time: a part is drawn anew when something of it is other than before.
  private readonly onTravel = (clock: number): void => this.channel?.post(travelTo, { clock });
  private readonly onGoal = (goal: Goal): void => void this.goTo(goal);
  private readonly onScrub = (clock: number): void => {
    this.player.end();
    this.scrub(clock);
  };
  private readonly onExpand = (card: string, expanded: boolean): void =>
    this.channel?.post(expandCard, { card, expanded });
  private readonly onFollow = (address: number, type: string, expression?: string): void =>
    this.channel?.post(followPointer, { address, type, expression });

  /** Starts listening; called once, before the element is in the page. */
  connect(channel: Channel): void {
    this.channel = channel;
    const remembered = channel.state;
    const screenReader = document.body.classList.contains('vscode-using-screen-reader');
    this.view = remembered.view ?? (screenReader ? 'tree' : 'graph');
    this.closed = new Set(remembered.closed ?? []);
    this.hiddenEvents = new Set(remembered.hiddenEvents ?? []);
    this.player.pace = PACES.find((pace) => pace === remembered.pace) ?? this.player.pace;
    window.addEventListener('message', (event: MessageEvent<unknown>) => this.receive(event.data));
    channel.post(viewReady, {});
    if (this.view !== 'graph' && this.view !== 'tree') {
      this.watch();
    }
  }

  private receive(data: unknown): void {
    dispatch(data, [
      on(configureView, (settings) => {
        this.settings = settings;
        document.documentElement.lang = settings.ui === 'zh' ? 'zh-CN' : 'en';
      }),
      on(showModel, (model) => this.takeModel(model)),
      on(changeModel, (change) => {
        const model = applyChange(this.model, change);
        if (model) {
          this.takeModel(model);
        } else {
          this.channel?.post(askModel, {});
        }
      }),
      on(showRunning, () => this.moves(true)),
      on(showIdle, () => {
        this.leaveRun();
        this.model = undefined;
        this.moves(false);
      }),
      on(showPicture, (shown) => {
        this.shown = shown;
      }),
      on(showStory, (story) => this.takeStory(story)),
      on(showField, ({ field, note }) => {
        this.fieldNotes = new Map([...this.fieldNotes, [field, note]]);
      }),
      on(revealCard, ({ card, row }) => this.reveal(card, row)),
    ]);
  }

  private takeModel(model: InspectorModel): void {
    const { model: before } = this;
    const moved = model.stop.clock !== before?.stop.clock || model.session !== before.session || before.isPassing;
    if (model.session !== this.model?.session) {
      this.leaveRun();
    }
    this.model = model;
    this.moves(false);
    this.scrubber.arrived(model.stop.clock, model.isPassing !== true);
    this.isHurried = this.scrubber.goal !== undefined;
    this.player.arrived(model.stop);
    if (moved && this.scrubber.goal === undefined && this.player.direction === undefined) {
      this.announced = announcement(wordsOf(this.settings.ui), model);
    }
  }

  /** A command has begun, or has ended. */
  private moves(isMoving: boolean): void {
    this.isMoving = isMoving;
    window.clearTimeout(this.runningTimer);
    if (isMoving) {
      this.runningTimer = window.setTimeout(() => (this.running = this.isMoving), SHORT);
    } else {
      this.running = false;
    }
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('shown') || changed.has('settings')) {
      this.scene = this.shown && sceneOf(this.shown.picture, this.settings.ui);
    }
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const { wanted } = this;
    if (wanted !== undefined && changed.has('model') && this.model?.cards.some(({ id }) => id === wanted)) {
      this.wanted = undefined;
      void this.graph?.updateComplete.then(() => this.reveal(wanted));
    }
  }

  protected override render(): TemplateResult {
    const words = wordsOf(this.settings.ui);
    return html` <div class="announcer" role="status" aria-live="polite">${this.announced}</div>
      ${this.model ? this.renderModel(this.model) : this.renderIdle()}
      ${this.running && !this.model ? html`<p class="muted">${words.running}</p>` : nothing}`;
  }

  private renderIdle(): TemplateResult {
    const words = wordsOf(this.settings.ui);
    return html` <main class="idle" aria-label=${words.title}>
      <span class="codicon codicon-circuit-board idle-icon" aria-hidden="true"></span>
      <h1>${words.idleTitle}</h1>
      <p>${words.idleText}</p>
      <button class="primary" @click=${() => this.channel?.post(runScenario, {})}>${words.idleButton}</button>
    </main>`;
  }

  private renderModel(model: InspectorModel): TemplateResult {
    const { settings } = this;
    const words = wordsOf(settings.ui);
    const post = given(this.channel, 'channel');
    const side: SideView = {
      model,
      words,
      notes: settings.notes,
      isHurried: this.isHurried,
      say: (text) => text[settings.ui],
      onReveal: (card, row) => this.reveal(card, row),
      onSource: (place) => post.post(revealSource, place),
      onThread: (thread) => post.post(selectThread, { thread }),
      onTravel: (clock) => post.post(travelTo, { clock }),
      events: {
        hidden: this.hiddenEvents,
        limit: this.eventPages * EVENT_PAGE,
        onMore: () => this.eventPages++,
        onFilter: (kind, shown) => this.filterEvents(kind, shown),
      },
    };
    return html` <main class=${model.isPassing ? 'passing' : ''} aria-label=${words.title}>
      <h1 class="visually-hidden">${words.title}</h1>
      <header class="top">
        ${toolbar({
          words,
          settings,
          running: this.running,
          view: this.view,
          stop: model.stop,
          onStep: (kind) => {
            if (!this.isMoving) {
              post.post(step, { kind });
            }
          },
          onPause: () => post.post(pause, {}),
          onView: (view) => this.setView(view),
          onTidy: () => this.graph?.tidy(),
          onZoom: (change) => this.graph?.zoomBy(change),
          onCopy: () => post.post(copyText, { text: this.asText(model) }),
          onLanguage: (notes) => post.post(setNoteLanguage, { notes }),
        })}
        ${this.renderTimeline(model, words)}
        ${storyView({ story: this.story, ui: settings.ui, notes: settings.notes, running: this.running, onMove: (by) => post.post(moveStory, { by }) })}
        ${statementView({ words, model, onReveal: (place) => post.post(revealSource, place) })}
      </header>
      <h2 class="visually-hidden">${words[this.view]}</h2>
      <div class="body">
        ${this.renderObjects(model)}
        <aside class="side">${this.renderSections(side)}</aside>
      </div>
    </main>`;
  }

  /** The lists beside the graph; as the slider moves they are those of the picture that is there. */
  private renderSections(side: SideView): unknown {
    const { model, settings, isHurried, closed, hiddenEvents, eventPages } = this;
    return guard([model, settings, isHurried, closed, hiddenEvents, eventPages], () =>
      sections.map((each) => sectionView(each, side, { closed, onToggle: (id, open) => this.toggleSection(id, open) })),
    );
  }

  private renderTimeline(model: InspectorModel, words: Words): TemplateResult {
    const { goal } = this.scrubber;
    return timeline({
      words,
      model,
      goal,
      running: this.running && goal === undefined && this.player.direction === undefined,
      onTravel: this.onScrub,
      player: this.player,
      onPlay: (direction) => (direction === undefined ? this.player.end() : this.player.play(direction)),
      onPace: (pace) => {
        this.player.pace = pace;
        this.channel?.remember({ pace });
        this.requestUpdate();
      },
    });
  }

  /** Goes to a moment as fast as the run follows. */
  private scrub(clock: number): void {
    this.scrubber.to(clock);
    this.requestUpdate();
  }

  /** On with a drag only what is in sight is asked for; a list of all objects is in sight as a whole. */
  private travel(clock: number, goesOn: boolean): void {
    const { session, opened } = given(this.channel, 'channel').state;
    const passing = session === this.model?.session ? (opened ?? []) : [];
    this.channel?.post(travelTo, { clock, ...(goesOn && this.view !== 'tree' ? { passing } : {}) });
  }

  private leaveRun(): void {
    this.scrubber.reset();
    this.player.end();
  }

  private renderObjects(model: InspectorModel): TemplateResult {
    const words = wordsOf(this.settings.ui);
    if (isSceneKind(this.view)) {
      return this.renderScene(this.view);
    }
    if (this.view === 'ladder') {
      return html`<sockscope-ladder
        .words=${words}
        .language=${this.settings.ui}
        .ladder=${this.picture?.kind === 'ladder' ? this.picture.data : undefined}
        .onTravel=${this.onTravel}
      ></sockscope-ladder>`;
    }
    return this.view === 'graph'
      ? html`<sockscope-graph
          .words=${words}
          .model=${model}
          .channel=${given(this.channel, 'channel')}
          .fieldNotes=${this.fieldNotes}
          .noteLanguage=${this.settings.notes}
          .told=${this.told}
          .isHurried=${this.isHurried}
          .onExpand=${this.onExpand}
          .onFollow=${this.onFollow}
        ></sockscope-graph>`
      : html`<sockscope-tree
          .words=${words}
          .model=${model}
          .onExpand=${this.onExpand}
          .onFollow=${this.onFollow}
        ></sockscope-tree>`;
  }

  private renderScene(kind: SceneKind): TemplateResult {
    const { ui } = this.settings;
    const words = wordsOf(ui);
    const isThere = this.picture?.kind === kind;
    return html`<sockscope-scene
      .words=${words}
      .label=${words[sceneViews[kind].title]}
      .scene=${isThere ? this.scene : undefined}
      .empty=${isThere ? sceneViews[kind].empty(ui) : words.running}
      .onGoal=${this.onGoal}
      .goal=${this.scrubber.goal}
      .onScrub=${this.onScrub}
    ></sockscope-scene>`;
  }

  /** The picture at hand, when it is of this run. */
  private get picture(): Picture | undefined {
    return this.shown?.session === this.model?.session ? this.shown?.picture : undefined;
  }

  /** Everything shown, as text: of a picture its lines besides. */
  private asText(model: InspectorModel): string {
    const { ui, notes } = this.settings;
    const { picture } = this;
    const lines = picture?.kind === this.view ? linesOf(picture, ui) : undefined;
    return [textTwin(wordsOf(ui), model, notes), ...(lines ?? [])].join('\n');
  }

  /** Where a part of a picture leads. */
  private async goTo(goal: Goal): Promise<void> {
    if (goal.kind === 'moment') {
      this.channel?.post(travelTo, { clock: goal.clock });
      return;
    }
    if (goal.kind === 'choice') {
      this.watch(goal.choice);
      return;
    }
    this.setView('graph');
    await this.updateComplete;
    await this.graph?.updateComplete;
    if (this.model?.cards.some(({ id }) => id === goal.card)) {
      this.reveal(goal.card);
    } else {
      const [type = '', address = '0'] = goal.card.split('@');
      this.wanted = goal.card;
      this.channel?.post(followPointer, { address: Number(address), type: `struct ${type} *` });
    }
  }

  /** Shows what the story wants to be looked at, once when the run was led there. */
  private takeStory(story: StoryModel): void {
    const isNew = story.number !== this.story?.number || !this.story.isThere;
    this.story = story;
    if (isNew || !story.isThere) {
      this.told = story.isThere && this.model ? toldRows(this.model, story) : [];
      void this.updateComplete.then(() => {
        const told = this.querySelector('.story');
        told?.scrollTo({ top: 0 });
        told?.scrollIntoView({ block: 'nearest' });
      });
    }
    const view = story.view && storyViews[story.view];
    if (isNew && view && view !== this.view && !(view === 'graph' && this.view === 'tree')) {
      this.setView(view);
    }
  }

  private get graph(): GraphView | null {
    return this.querySelector<GraphView>(GraphView.tag);
  }

  private reveal(card: string, row?: string): void {
    this.graph?.reveal(card, row);
    this.querySelector<TreeView>(TreeView.tag)?.reveal(card, row);
  }

  private setView(view: InspectorView): void {
    this.view = view;
    this.channel?.remember({ view });
    this.watch();
  }

  /** Has the extension send the picture that the page shows. */
  private watch(choice?: string): void {
    const { view } = this;
    const chosen = choice === undefined ? {} : { choice };
    this.channel?.post(watchPicture, view === 'graph' || view === 'tree' ? {} : { kind: view, ...chosen });
  }

  private toggleSection(id: string, open: boolean): void {
    const closed = new Set(this.closed);
    if (open) {
      closed.delete(id);
    } else {
      closed.add(id);
    }
    this.closed = closed;
    this.channel?.remember({ closed: [...closed] });
  }

  private filterEvents(kind: string, shown: boolean): void {
    const hidden = new Set(this.hiddenEvents);
    if (shown) {
      hidden.delete(kind);
    } else {
      hidden.add(kind);
    }
    this.hiddenEvents = hidden;
    this.channel?.remember({ hiddenEvents: [...hidden] });
  }
}
