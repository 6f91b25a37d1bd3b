/**
 * A story: the moments of a run in the order in which a reader is led through them.
 *
 * In: nothing. Out: plain data, and the keys of the lines that it is written with.
 */
import type { Bilingual } from '../base/bilingual';
import type { Span } from '../source/source-file';

/** What the inspector shows at a moment. */
export const storyViews = ['cards', 'packets', 'queues', 'states', 'graphs'] as const;
export type StoryView = (typeof storyViews)[number];

/** Keys of `//! key: value` lines that stories are made of. */
export const storyKeys = ['moment', 'view', 'text.en', 'text.zh', 'predict.en', 'predict.zh', 'kernel'] as const;
/** In documents also: the scenario that the story is played with. */
export const documentStoryKeys = ['scenario', ...storyKeys] as const;

/** One `//! key: value` line. */
export interface StoryLine {
  readonly key: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A moment of a story as it is written. */
export interface StoryMoment {
  /** In the language of questions (`src/history/question.ts`); what it shows are the objects in focus. */
  readonly moment: string;
  /** Where `moment` stands. */
  readonly place: Span;
  readonly view: StoryView;
  readonly text: Bilingual;
  /** What the reader may think about before going on; the next moment is the answer. */
  readonly predict?: Bilingual;
  /** The only kernels that have this moment; undefined: all. */
  readonly kernel?: 'bundled' | 'linux';
}

export interface Story {
  /** A bundled scenario, where the story says one. */
  readonly scenario?: { readonly name: string; readonly place: Span };
  readonly moments: readonly StoryMoment[];
}
