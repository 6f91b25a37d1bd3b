/**
 * The story of the run: what is told at the moment reached last, the way to the next and back, and a question to think
 * about whose answer is folded away.
 *
 * In: the story's model, the language of the notes. Out: a template; nothing where the run tells no story.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Bilingual } from '../base/bilingual';
import type { InspectorModel, NoteLanguage, UiLanguage } from '../protocol/inspector-model';
import type { StoryModel } from '../protocol/story';
import { inC } from './c-way';
import type { ToldRow } from './card-view';

export interface StoryParts {
  readonly story: StoryModel | undefined;
  readonly ui: UiLanguage;
  readonly notes: NoteLanguage;
  readonly running: boolean;
  readonly onMove: (by: 1 | -1) => void;
}

const words = {
  story: { en: 'Story', zh: '故事' },
  next: { en: 'Next moment', zh: '下一个时刻' },
  previous: { en: 'Previous moment', zh: '上一个时刻' },
  begin: {
    en: 'This run tells a story in {0} moments. “Next moment” leads to the first.',
    zh: '这次运行有一个故事，共 {0} 个时刻。按“下一个时刻”开始。',
  },
  of: { en: '{0} of {1}', zh: '第 {0} 个，共 {1} 个' },
  past: { en: 'passed', zh: '已过' },
  over: { en: 'The story ends here.', zh: '故事到此结束。' },
  answer: { en: 'Show the answer', zh: '看答案' },
  problem: { en: 'The story cannot go on: {0}', zh: '故事无法继续：{0}' },
} satisfies Record<string, Bilingual>;

export function storyView({ story, ui, notes, running, onMove }: StoryParts): TemplateResult {
  if (!story || (story.count === 0 && !story.problem)) {
    return html`${nothing}`;
  }
  const say = (text: Bilingual, ...values: readonly (string | number)[]): string =>
    text[ui].replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
  const { count, number, isThere, text, focus, predict, answer, problem } = story;
  const button = (by: 1 | -1, off: boolean): TemplateResult => {
    const label = say(by > 0 ? words.next : words.previous);
    return html`<button
      class="icon-button"
      title=${`${label} (${by > 0 ? 'Alt+PageDown' : 'Alt+PageUp'})`}
      aria-label=${label}
      ?disabled=${running || off}
      @click=${() => onMove(by)}
    >
      <span class="codicon codicon-arrow-${by > 0 ? 'right' : 'left'}" aria-hidden="true"></span>
    </button>`;
  };
  return html`<section class="story" aria-label=${say(words.story)}>
    <div class="story-bar">
      <h2>${say(words.story)}</h2>
      ${button(-1, number === 0 || (number === 1 && isThere))}
      <span class="story-place"
        >${say(words.of, number, count)}${number > 0 && !isThere ? html` <span class="muted">(${say(words.past)})</span>` : nothing}</span
      >
      ${button(1, number === count || problem !== undefined)}
    </div>
    <div class="story-text" aria-live="polite">
      ${text ? texts(text, notes) : count > 0 ? html`<p>${say(words.begin, count)}</p>` : nothing}
      ${focus && focus.length > 0 ? html`<p class="story-focus">${focus.map(({ expression, value }) => html`<code>${inC(`${expression} = ${value}`)}</code> `)}</p>` : nothing}
      ${predict ? html`<div class="story-question">${texts(predict, notes)}</div>` : nothing}
      ${
        answer
          ? html`<details class="story-answer">
              <summary>${say(words.answer)}</summary>
              ${texts(answer, notes)}
            </details>`
          : nothing
      }
      ${problem ? html`<p class="bad">${say(words.problem, problem[ui])}</p>` : nothing}
      ${number === count && count > 0 ? html`<p class="muted">${say(words.over)}</p>` : nothing}
    </div>
  </section>`;
}

/** A text in the language of the notes. */
function texts(text: Bilingual, notes: NoteLanguage): TemplateResult {
  const one = (language: 'en' | 'zh'): TemplateResult =>
    html`<p lang=${language === 'zh' ? 'zh-CN' : 'en'}>${text[language]}</p>`;
  return html`${notes === 'en' ? nothing : one('zh')}${notes === 'zh' ? nothing : one('en')}`;
}

/** Where the values that a story speaks of stand: a field by its way in C, an object by its name. */
export function toldRows({ cards }: InspectorModel, { focus = [] }: StoryModel): readonly ToldRow[] {
  return focus.flatMap(({ expression }): ToldRow[] => {
    for (const card of cards) {
      const row = card.rows.find((each) => each.expression === expression);
      if (row) {
        return [{ card: card.id, row: row.id }];
      }
    }
    const named = cards.find(({ title }) => title === expression);
    return named ? [{ card: named.id }] : [];
  });
}
