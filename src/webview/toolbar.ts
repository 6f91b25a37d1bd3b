/**
 * The row of controls: steps back and forth, view, layout, copy, language of the notes.
 *
 * In: what is possible now, callbacks. Out: a template. Arrow keys move within the toolbar (one tab stop, as the ARIA
 * pattern has it); the debugger's own keys (F5, F10, F11 …) work as everywhere, because VS Code sees them before the
 * page does anything with them.
 */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { itemAt } from '../base/checked-access';
import type { NoteLanguage, StopModel } from '../protocol/inspector-model';
import type { InspectorStep, ViewSettings } from '../protocol/messages';
import type { InspectorView } from './channel';
import { sceneKinds, sceneViews } from './picture-views';
import type { Words } from './strings';

export interface ToolbarParts {
  readonly words: Words;
  readonly settings: ViewSettings;
  readonly running: boolean;
  readonly view: InspectorView;
  readonly stop: StopModel;
  readonly onStep: (kind: InspectorStep) => void;
  readonly onPause: () => void;
  readonly onView: (view: InspectorView) => void;
  readonly onTidy: () => void;
  /** 1 zooms in, -1 out, 0 fits. */
  readonly onZoom: (change: 1 | -1 | 0) => void;
  readonly onCopy: () => void;
  readonly onLanguage: (language: NoteLanguage) => void;
}

export function toolbar(parts: ToolbarParts): TemplateResult {
  const { words, running, stop, view } = parts;
  const back = running || stop.clock <= stop.oldest;
  const forward = running || (stop.reason === 'end' && stop.clock >= stop.frontier);
  const steps = (kind: InspectorStep, icon: string, label: string, off: boolean, flipped = false): TemplateResult =>
    button({ icon, label, off, flipped, onClick: () => parts.onStep(kind) });
  const graphOff = view !== 'graph';
  return html` <div class="toolbar" role="toolbar" aria-label=${words.controls} @keydown=${moveFocus}>
    <span class="group">
      ${steps('back-continue', 'debug-reverse-continue', words.backContinue, back)}
      ${steps('back-over', 'debug-step-back', words.backOver, back)}
      ${steps('back-into', 'debug-step-into', words.backInto, back, true)}
      ${steps('back-out', 'debug-step-out', words.backOut, back, true)}
    </span>
    <span class="group">
      ${
        running
          ? button({ icon: 'debug-pause', label: words.pause, off: false, onClick: parts.onPause })
          : steps('continue', 'debug-continue', words.continue, forward)
      }
      ${steps('over', 'debug-step-over', words.over, forward)} ${steps('into', 'debug-step-into', words.into, forward)}
      ${steps('out', 'debug-step-out', words.out, forward)}
    </span>
    <span class="group">
      ${button({ icon: 'type-hierarchy-sub', label: words.viewGraph, off: false, pressed: view === 'graph', onClick: () => parts.onView('graph') })}
      ${button({ icon: 'list-tree', label: words.viewTree, off: false, pressed: view === 'tree', onClick: () => parts.onView('tree') })}
      ${button({ icon: 'git-compare', label: words.viewLadder, off: false, pressed: view === 'ladder', onClick: () => parts.onView('ladder') })}
      ${sceneKinds.map((kind) => button({ icon: sceneViews[kind].icon, label: words[sceneViews[kind].button], off: false, pressed: view === kind, onClick: () => parts.onView(kind) }))}
    </span>
    <span class="group">
      ${button({ icon: 'zoom-out', label: words.zoomOut, off: graphOff, onClick: () => parts.onZoom(-1) })}
      ${button({ icon: 'zoom-in', label: words.zoomIn, off: graphOff, onClick: () => parts.onZoom(1) })}
      ${button({ icon: 'screen-full', label: words.zoomFit, off: graphOff, onClick: () => parts.onZoom(0) })}
      ${button({ icon: 'layout', label: words.tidy, off: graphOff, onClick: parts.onTidy })}
      ${button({ icon: 'copy', label: words.copy, off: false, onClick: parts.onCopy })}
    </span>
    <span class="spring"></span>
    <select
      aria-label=${words.noteLanguage}
      title=${words.noteLanguage}
      .value=${live(parts.settings.notes)}
      @change=${(event: Event) => parts.onLanguage((event.target as HTMLSelectElement).value as NoteLanguage)}
    >
      <option value="zh" ?selected=${parts.settings.notes === 'zh'}>${words.languageZh}</option>
      <option value="en" ?selected=${parts.settings.notes === 'en'}>${words.languageEn}</option>
      <option value="both" ?selected=${parts.settings.notes === 'both'}>${words.languageBoth}</option>
    </select>
  </div>`;
}

interface ButtonParts {
  readonly icon: string;
  readonly label: string;
  readonly off: boolean;
  /** Mirrored: the same movement in the past. */
  readonly flipped?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

/** `aria-disabled` rather than `disabled`, so that focus is not lost when the last step has been taken. */
export function button({ icon, label, off, flipped, pressed, onClick }: ButtonParts): TemplateResult {
  return html`<button
    class="icon-button"
    aria-label=${label}
    title=${label}
    aria-disabled=${off ? 'true' : 'false'}
    aria-pressed=${pressed === undefined ? 'undefined' : pressed}
    ?data-toggle=${pressed !== undefined}
    @click=${() => (off ? undefined : onClick())}
  >
    <span class="codicon codicon-${icon} ${flipped ? 'flipped' : ''}" aria-hidden="true"></span>
  </button>`;
}

function moveFocus(event: KeyboardEvent): void {
  const toolbarElement = event.currentTarget as HTMLElement;
  const stops = [...toolbarElement.querySelectorAll<HTMLElement>('button')];
  const at = stops.indexOf(event.target as HTMLElement);
  const next =
    event.key === 'ArrowRight'
      ? at + 1
      : event.key === 'ArrowLeft'
        ? at - 1
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? stops.length - 1
            : -2;
  if (at < 0 || next === -2) {
    return;
  }
  event.preventDefault();
  itemAt(stops, (next + stops.length) % stops.length).focus();
}
