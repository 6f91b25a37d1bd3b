/**
 * A scene on the page: a picture whose parts are buttons that lead to a moment or to the card of an object.
 *
 * In: a scene, the page's words. Out: SVG of the parts in sight, so that a thousand sockets cost no more to scroll than
 * ten. The parts are one tab stop: arrows, Home and End move between them, Enter and space go where they lead. A ruler is
 * another: who drags on it, or uses its keys, goes through the moments.
 */
import { LitElement, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Goal, Scene, SceneItem, SceneRuler } from '../picture/scene';
import { SCENE_RULES } from '../picture/scene-style';
import { drawn } from './drawn';
import { list } from './kept-list';
import { fill, type Words } from './strings';
import { grouped } from './wording';

/** Pixels drawn around what is in sight. */
const BESIDE = 400;

const sheet = new CSSStyleSheet();
sheet.replaceSync(SCENE_RULES);
document.adoptedStyleSheets.push(sheet);

interface Sight {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

@customElement('sockscope-scene')
export class SceneView extends LitElement {
  static readonly tag = 'sockscope-scene';

  @property({ attribute: false }) words!: Words;
  /** What it shows, for screen readers. */
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) scene: Scene | undefined;
  /** Said in place of a scene without parts. */
  @property({ attribute: false }) empty = '';
  @property({ attribute: false }) onGoal: (goal: Goal) => void = () => undefined;
  /** Of a scene with a ruler: the moment that is on its way, and who drags to one. */
  @property({ attribute: false }) goal: number | undefined;
  @property({ attribute: false }) onScrub: (clock: number) => void = () => undefined;
  @state() private sight: Sight = { left: 0, top: 0, right: 1600, bottom: 1200 };
  /** The part that has the keyboard. */
  @state() private active: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('scene')) {
      this.look();
    }
  }

  protected override render(): TemplateResult {
    const { scene, label } = this;
    if (!scene || scene.items.length === 0) {
      return html`<p class="muted scene-empty">${this.empty}</p>`;
    }
    const first = scene.items.some(({ id }) => id === this.active) ? this.active : scene.items[0]?.id;
    const seen = scene.items.filter((item) => isSeen(item, this.sight) || item.id === first);
    return html`<div class="scene-frame" @scroll=${() => this.look()}>
      <svg class="scene" role="group" aria-label=${label} width=${scene.width} height=${scene.height}>
        <g aria-hidden="true">${scene.back.map(drawn)}</g>
        ${list(
          seen,
          ({ id }) => id,
          (item) => this.item(item, item.id === first),
        )}
        <g class="shapes" aria-hidden="true">${seen.map(({ shapes }) => shapes.map(drawn))}</g>
        ${scene.ruler ? this.ruler(scene.ruler) : nothing}
      </svg>
    </div>`;
  }

  private ruler(ruler: SceneRuler): TemplateResult {
    const { x, y, width, height, from, to, now } = ruler;
    const at = Math.min(Math.max(this.goal ?? now, from), to);
    const middle = x + (width * (at - from)) / (to - from);
    return svg`<g
      class="ruler"
      role="slider"
      tabindex="0"
      aria-label=${this.words.ruler}
      aria-valuemin=${from}
      aria-valuemax=${to}
      aria-valuenow=${at}
      aria-valuetext="#${grouped(at)}"
      @pointerdown=${(event: PointerEvent) => this.drag(event, ruler)}
      @pointermove=${(event: PointerEvent) => event.buttons === 1 && this.drag(event, ruler)}
      @keydown=${(event: KeyboardEvent) => this.rulerKey(event, ruler, at)}
    >
      <title>${this.words.ruler}</title>
      <rect class="ground" x=${x} y=${y} width=${width} height=${height}></rect>
      <circle class="thumb" cx=${middle} cy=${y + height / 2} r="6"></circle>
    </g>`;
  }

  private drag(event: PointerEvent, { x, width, from, to }: SceneRuler): void {
    const part = event.currentTarget as SVGGraphicsElement;
    const picture = part.ownerSVGElement;
    if (event.button > 0 || !picture) {
      return;
    }
    if (event.type === 'pointerdown') {
      part.setPointerCapture(event.pointerId);
    }
    const along = (event.clientX - picture.getBoundingClientRect().left - x) / width;
    this.onScrub(Math.round(from + (to - from) * Math.min(Math.max(along, 0), 1)));
  }

  private rulerKey(event: KeyboardEvent, { from, to }: SceneRuler, at: number): void {
    const far = Math.max(1, Math.round((to - from) / 20));
    const goal = {
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      PageUp: at + far,
      PageDown: at - far,
      Home: from,
      End: to,
    }[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      this.onScrub(Math.min(Math.max(goal, from), to));
    }
  }

  private item(item: SceneItem, isStop: boolean): TemplateResult {
    const label = `${item.spoken}. ${goalText(this.words, item.goal)}`;
    return svg`<g
      class="part ${item.isPresent ? 'present' : ''}"
      role="button"
      data-id=${item.id}
      tabindex=${isStop ? 0 : -1}
      aria-label=${label}
      aria-current=${item.isPresent ? 'step' : nothing}
      @click=${() => this.onGoal(item.goal)}
      @keydown=${(event: KeyboardEvent) => this.key(event, item)}
    >
      <title>${label}</title>
      <rect class="ground" x=${item.x} y=${item.y} width=${item.width} height=${item.height}></rect>
    </g>`;
  }

  private key(event: KeyboardEvent, item: SceneItem): void {
    const items = this.scene?.items ?? [];
    const at = items.indexOf(item);
    const goal = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.onGoal(item.goal);
    } else if (goal !== undefined) {
      event.preventDefault();
      void this.focusItem(items[goal]);
    }
  }

  private async focusItem(item: SceneItem | undefined): Promise<void> {
    if (!item) {
      return;
    }
    this.active = item.id;
    await this.updateComplete;
    const part = [...this.querySelectorAll<SVGElement>('[data-id]')].find((each) => each.dataset.id === item.id);
    part?.focus({ preventScroll: true });
    part?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  private look(): void {
    const frame = this.querySelector('.scene-frame');
    if (frame) {
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = frame;
      this.sight = {
        left: scrollLeft,
        top: scrollTop,
        right: scrollLeft + clientWidth,
        bottom: scrollTop + clientHeight,
      };
    }
  }
}

function isSeen({ x, y, width, height }: SceneItem, { left, top, right, bottom }: Sight): boolean {
  return x < right + BESIDE && x + width > left - BESIDE && y < bottom + BESIDE && y + height > top - BESIDE;
}

function goalText(words: Words, goal: Goal): string {
  switch (goal.kind) {
    case 'moment':
      return fill(words.ladderRow, grouped(goal.clock));
    case 'card':
      return words.openCard;
    case 'choice':
      return words.choose;
  }
}
