/**
 * A foldable list beside the graph: what each of them is, and the frame they all stand in.
 *
 * In: the page's state. Out: a template. A section is described in the file of its view and listed once, in
 * `sections.ts`; words of its own stand with it in pairs, those shared with others in `strings.ts`.
 */
import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Bilingual } from '../base/bilingual';
import type { EventModel, InspectorModel, NoteLanguage, PlaceModel } from '../protocol/inspector-model';
import type { Words } from './strings';

/** What a section is drawn from, and what it can do. */
export interface SideView {
  readonly model: InspectorModel;
  readonly words: Words;
  readonly notes: NoteLanguage;
  /** A text in the language of the page. */
  readonly say: (text: Bilingual) => string;
  readonly onReveal: (card: string, row?: string) => void;
  readonly onSource: (place: PlaceModel) => void;
  readonly onThread: (thread: number) => void;
  readonly onTravel: (clock: number) => void;
  /** Pictures follow each other: of long lists only the beginning is drawn. */
  readonly isHurried: boolean;
  /** How the list of events is folded. */
  readonly events: {
    readonly hidden: ReadonlySet<string>;
    readonly limit: number;
    readonly onMore: () => void;
    readonly onFilter: (kind: EventModel['kind'], shown: boolean) => void;
  };
}

export interface SideSection {
  /** Under this name it is remembered whether the section is open, and styled. */
  readonly id: string;
  readonly title: (view: SideView) => string;
  /** What it is drawn from besides words and language: it is drawn anew when that is other than before. */
  readonly of: (view: SideView) => readonly unknown[];
  /** Shown beside the title. */
  readonly count: (model: InspectorModel) => number;
  readonly body: (view: SideView) => TemplateResult;
}

export interface SectionParts {
  readonly closed: ReadonlySet<string>;
  readonly onToggle: (id: string, open: boolean) => void;
}

/** A section with its heading. */
export function sectionView(
  { id, title, count, of, body }: SideSection,
  view: SideView,
  { closed, onToggle }: SectionParts,
): TemplateResult {
  return html` <details
    class="section section-${id}"
    ?open=${!closed.has(id)}
    @toggle=${(event: Event) => {
      const { open } = event.currentTarget as HTMLDetailsElement;
      if (open === closed.has(id)) {
        onToggle(id, open);
      }
    }}
  >
    <summary>
      <span class="codicon codicon-chevron-right" aria-hidden="true"></span>
      <h2>${title(view)}</h2>
      <span class="count">${count(view.model)}</span>
    </summary>
    <div class="section-body">${guard([view.words, view.notes, view.isHurried, ...of(view)], () => body(view))}</div>
  </details>`;
}
