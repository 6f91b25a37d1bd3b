/**
 * What the page shows of a story: where the run stands in it, and what is told there.
 *
 * In: nothing; plain data. Texts are in both languages; the page chooses.
 */
import type { Bilingual } from '../base/bilingual';

export interface StoryModel {
  /** Moments of the story; 0: there is none. */
  readonly count: number;
  /** The moment that was reached last, from 1; 0: before the first. */
  readonly number: number;
  /** The run stands exactly there. */
  readonly isThere: boolean;
  readonly text?: Bilingual;
  /** What was to be looked at, with the values of that moment. */
  readonly focus?: readonly { readonly expression: string; readonly value: string }[];
  readonly predict?: Bilingual;
  /** The next moment's text, which answers the question. */
  readonly answer?: Bilingual;
  /** What the page is to show, when the run has just been led there. */
  readonly view?: 'cards' | 'packets' | 'queues' | 'states' | 'graphs';
  /** The next moment does not come, and why; or the story cannot be read. */
  readonly problem?: Bilingual;
}
