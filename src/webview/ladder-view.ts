/**
 * Packets over time: life lines, system calls as bars, packets as arrows; a click goes to the moment.
 *
 * In: a ladder, the page's language. Out: SVG of the rows in sight, drawn from the shapes that `src/ladder` gives, so that
 * ten thousand rows cost no more to scroll than fifty, and each keeps its element while it is in sight. Rows are buttons
 * in one tab stop: up and down move between them, Enter and space travel. The present is the last row; what lies ahead
 * is not there.
 */
import { LitElement, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Ladder } from '../ladder/ladder-model';
import { layOut, type LadderLayout } from '../ladder/ladder-layout';
import type { PictureLanguage, Shape } from '../picture/shapes';
import { drawn } from './drawn';
import { list } from './kept-list';
import { fill, type Words } from './strings';
import { WatchedSizes } from './watched-sizes';
import { grouped, sentences } from './wording';

/** Rows drawn above and below those in sight. */
const BESIDE = 24;
/** So many rows before one comes that is not drawn, they are drawn anew. */
const EARLY = 4;
/** Pixels of a bar to scroll with. */
const SCROLLBAR = 16;

@customElement('sockscope-ladder')
export class LadderView extends LitElement {
  static readonly tag = 'sockscope-ladder';

  @property({ attribute: false }) words!: Words;
  @property({ attribute: false }) language: PictureLanguage = 'en';
  @property({ attribute: false }) ladder: Ladder | undefined;
  @property({ attribute: false }) onTravel: (clock: number) => void = () => undefined;
  /** First and last row in sight. */
  @state() private sight: readonly [number, number] = [0, 60];
  /** The row that has the keyboard; undefined: the last. */
  @state() private active: number | undefined;
  private layout: LadderLayout | undefined;
  /** Pixels from left to right. */
  @state() private room = 0;
  private readonly sizes = new WatchedSizes(() => {
    this.room = this.clientWidth;
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.room = this.room === 0 ? this.clientWidth : this.room;
    if (changed.has('ladder') || changed.has('language') || changed.has('room')) {
      const room = Math.max(0, this.room - SCROLLBAR);
      this.layout = this.ladder && layOut(this.ladder, { language: this.language, room });
    }
    if (changed.has('ladder') || changed.has('language')) {
      this.active = undefined;
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.end();
  }

  protected override updated(changed: PropertyValues): void {
    this.sizes.watch([this]);
    if (changed.has('ladder')) {
      const frame = this.querySelector('.ladder-rows');
      frame?.scrollTo({ top: frame.scrollHeight });
      this.look(true);
    }
  }

  protected override render(): TemplateResult {
    const { ladder, layout, words } = this;
    if (!ladder || !layout || ladder.rows.length === 0) {
      return html`<p class="muted ladder-empty">${words.ladderEmpty}</p>`;
    }
    const [from, to] = [Math.max(0, this.sight[0] - BESIDE), Math.min(ladder.rows.length, this.sight[1] + BESIDE)];
    return html`<div class="ladder-rows" @scroll=${() => this.look()}>
      ${ladder.leftOff > 0 ? html`<p class="muted">${fill(words.ladderLeftOff, grouped(ladder.leftOff))}</p>` : nothing}
      <svg class="ladder heads" aria-hidden="true" width=${layout.width} height=${layout.top(0)}>
        ${layout.head.map(drawn)}
      </svg>
      <svg
        class="ladder"
        role="group"
        aria-label=${words.ladder}
        width=${layout.width}
        height=${layout.height - layout.top(0)}
        viewBox="0 ${layout.top(0)} ${layout.width} ${layout.height - layout.top(0)}"
      >
        ${layout.lines.map((x) => svg`<line class="life" x1=${x} x2=${x} y1=${layout.top(0) - 8} y2=${layout.height - 8}></line>`)}
        ${layout.bars.filter((bar) => bar.to >= from && bar.from <= to).map(({ shapes }) => shapes.map(drawn))}
        <g aria-hidden="true">${layout.times.slice(from, to).map((shapes) => shapes.map(drawn))}</g>
        ${list(
          layout.rows.slice(from, to),
          (_, i) => from + i,
          (shapes, i) => this.row(from + i, shapes, layout),
        )}
      </svg>
    </div>`;
  }

  private row(index: number, shapes: readonly Shape[], layout: LadderLayout): TemplateResult {
    const { ladder, words } = this;
    const last = (ladder?.rows.length ?? 0) - 1;
    const clock = ladder?.rows[index]?.clock ?? 0;
    const label = sentences(words, [layout.spoken(index), fill(words.ladderRow, grouped(clock))]);
    return svg`<g
      class="row ${index === last ? 'present' : ''}"
      role="button"
      data-row=${index}
      tabindex=${index === (this.active ?? last) ? 0 : -1}
      aria-label=${label}
      aria-current=${index === last ? 'step' : 'false'}
      @click=${() => this.onTravel(clock)}
      @keydown=${(event: KeyboardEvent) => this.key(event, index, clock)}
    >
      <title>${label}</title>
      <rect class="ground" x="0" y=${layout.top(index)} width=${layout.width} height=${layout.top(1) - layout.top(0)}></rect>
      <g aria-hidden="true">${shapes.map(drawn)}</g>
    </g>`;
  }

  private key(event: KeyboardEvent, index: number, clock: number): void {
    const last = (this.ladder?.rows.length ?? 0) - 1;
    const goal = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.onTravel(clock);
    } else if (goal !== undefined && goal >= 0 && goal <= last) {
      event.preventDefault();
      void this.focusRow(goal);
    }
  }

  private async focusRow(index: number): Promise<void> {
    const { layout } = this;
    const frame = this.querySelector('.ladder-rows');
    if (!layout || !frame) {
      return;
    }
    this.active = index;
    const [top, bottom] = [layout.top(index), layout.top(index + 1)];
    if (top < frame.scrollTop || bottom > frame.scrollTop + frame.clientHeight) {
      frame.scrollTo({ top: Math.max(0, top - frame.clientHeight / 2) });
      this.look();
    }
    await this.updateComplete;
    this.querySelector<SVGElement>(`[data-row="${index}"]`)?.focus();
  }

  /** Which rows are in sight now. */
  private look(changed = false): void {
    const { layout } = this;
    const frame = this.querySelector('.ladder-rows');
    if (layout && frame) {
      const height = layout.top(1) - layout.top(0);
      const first = Math.floor((frame.scrollTop - layout.top(0)) / height);
      const last = first + Math.ceil(frame.clientHeight / height);
      const isDrawn = first > this.sight[0] - BESIDE + EARLY && last < this.sight[1] + BESIDE - EARLY;
      // While all in sight is drawn, a frame of scrolling costs nothing.
      if (!isDrawn || changed) {
        this.sight = [first, last];
      }
    }
  }
}
