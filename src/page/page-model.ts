/**
 * What a page for a class is made of: a run's moments as plain data.
 *
 * In: nothing. Out: types. Names and values come from C and scripts and may be anything.
 */
import type { Bilingual } from '../base/bilingual';

/** What of the texts is shown. */
export type PageLanguage = 'en' | 'zh' | 'both';

/** A line of a source. */
export interface PageLine {
  readonly number: number;
  readonly text: string;
  /** The statement stands here. */
  readonly isHere: boolean;
}

export interface PageCard {
  readonly title: string;
  readonly type: string;
  readonly summary?: string | undefined;
  readonly rows: readonly { readonly name: string; readonly value: string }[];
}

export interface PageNote {
  readonly title: Bilingual;
  readonly text: Bilingual;
  readonly source?: string | undefined;
}

export interface PageMoment {
  readonly clock: number;
  readonly process?: string | undefined;
  readonly text: Bilingual;
  readonly predict?: Bilingual | undefined;
  /** The next moment's text. */
  readonly answer?: Bilingual | undefined;
  /** Why the moment was not found. */
  readonly problem?: Bilingual | undefined;
  readonly values: readonly { readonly expression: string; readonly value: string }[];
  readonly source?:
    { readonly function: string; readonly path: string; readonly lines: readonly PageLine[] } | undefined;
  readonly cards: readonly PageCard[];
  readonly notes: readonly PageNote[];
}

export interface PageModel {
  readonly title: Bilingual;
  readonly about: Bilingual;
  /** Which kernel, and which document in it. */
  readonly kernel: Bilingual;
  /** The moments are no story but what happened. */
  readonly isMade: boolean;
  readonly moments: readonly PageMoment[];
  /** The ladder as SVG text, in each language; undefined without packets and calls. */
  readonly ladder?: Bilingual | undefined;
}
