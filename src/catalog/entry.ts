/**
 * What an annotation is, once read: plain data. A pack is one YAML file with a list `entries`; the key that an entry
 * starts with says what it is about ({@link entryKinds}). The file format is described in `media/annotations/README.md`.
 */
import type { Span } from '../source/source-file';
import type { Bilingual } from '../base/bilingual';

/**
 * What an entry can be about, and how it is found: `place` in functions, `member` of a struct, `identifier` by its name in C,
 * `title` by a name that is not C's, `comment` in the comments of documents. Where a name is of two kinds, the one that
 * stands first here is meant.
 */
const kinds = {
  statement: 'place',
  function: 'identifier',
  macro: 'identifier',
  constant: 'identifier',
  errno: 'identifier',
  variable: 'identifier',
  type: 'identifier',
  field: 'member',
  concept: 'title',
  correction: 'comment',
} as const;

export type EntryKind = keyof typeof kinds;

export const entryKinds = Object.keys(kinds) as readonly EntryKind[];

/** Kinds that are found in one way, in order. */
export function kindsFoundBy(way: (typeof kinds)[EntryKind]): readonly EntryKind[] {
  return entryKinds.filter((kind) => kinds[kind] === way);
}

/** One statement that a note is about. */
export interface AnchorPlace {
  /**
   * Spellings of the statement's head: `sk->zapped = 1`, `if (sk->num)`, `case SOCK_RAW`, `out:`. Each gives a hash.
   */
  readonly texts: readonly string[];
  /** tree-sitter query whose first capture is the statement, for places that are spelled too differently. */
  readonly query?: { readonly text: string; readonly place: Span };
  /**
   * A label (`case SOCK_RAW`, `out`) that must be the last one before the statement, where several statements read the
   * same.
   */
  readonly under?: string;
  /** Which of several equal statements, from 1. */
  readonly nth?: number;
}

/** How statements are found again in a text that is not the one the note was written for. Never by line number. */
export interface StatementAnchor {
  /** Functions they may stand in, the likeliest first. */
  readonly functions: readonly string[];
  readonly places: readonly AnchorPlace[];
}

/** Which comments of documents a note corrects: those that say so about such a statement. */
export interface Correction {
  /** Words, one of which stands in the comment; spaces and case do not count. */
  readonly says: readonly string[];
  /** Functions that the comment may be in or about. */
  readonly functions: readonly string[];
  /** The statement that the comment is about, or a part of it; of any statement when empty. */
  readonly on: readonly string[];
}

/** For which kernels something holds; see `holding.ts`. */
export interface Condition {
  readonly has?: string | undefined;
  readonly lacks?: string | undefined;
  /** The file that has or lacks it; the one with the statement when none is named. */
  readonly file?: string | undefined;
  readonly kernel?: 'bundled' | 'linux' | undefined;
}

/** A part of a note that holds for some kernels only; it stands behind the rest. */
export interface EntryPart {
  readonly when: Condition;
  readonly text: Bilingual;
}

/** What a run shows of what a note says; the README of the packs says how it is written. */
export interface Claim {
  /** Name of a bundled scenario. */
  readonly scenario: string;
  /** A place as `sockscope reach` takes it: `tcp_accept:out`, `inet_bind:sk->saddr = 0`. */
  readonly at: string;
  /** Which of the times that a run comes to the place, from 1; any of them when undefined. */
  readonly nth?: number | undefined;
  /** A C expression that is not 0 there. */
  readonly holds?: string | undefined;
  /** A C expression that is not 0 whenever a run comes to the place. */
  readonly always?: string | undefined;
  /** How often a run comes to the place. */
  readonly times?: number | undefined;
  readonly when?: Condition | undefined;
  /** Where it stands in the pack. */
  readonly place: Span;
}

export interface Entry {
  /**
   * Unique in the catalogue: `P05`, `field:sock.state`, `concept:wake-one`. A later pack replaces an earlier entry of
   * the same id.
   */
  readonly id: string;
  readonly kind: EntryKind;
  /** What it is about: a C name, `struct.field`, or the slug of a concept. For statements the first spelling, or the query. */
  readonly name: string;
  readonly text: Bilingual;
  /** A short heading; concepts and points have one, others are headed by their name. */
  readonly title?: Bilingual;
  /** Where the fact can be checked: a point of the notes, an RFC with section, `file:function`. */
  readonly source: readonly string[];
  /** Family of a constant: `tcp-state`, `socket-state`, `socket-type`, … */
  readonly family?: string;
  /** Ids of entries worth reading next. */
  readonly see: readonly string[];
  readonly anchor?: StatementAnchor;
  /** For corrections. */
  readonly correction?: Correction;
  /** Kernels for which it holds; all when undefined. */
  readonly when?: Condition | undefined;
  /** Parts that hold for some kernels only. */
  readonly parts: readonly EntryPart[];
  readonly claims: readonly Claim[];
  /** Functions of the kernel in which it can be seen. */
  readonly code: readonly string[];
  /** A drawing in characters, for both languages. */
  readonly picture?: string | undefined;
  /** For a function that is SockScope's own: the function of Linux whose work it does a part of. */
  readonly partOf?: string | undefined;
  /** Not every version has the statement or the name, and the text says so: its absence is no fault. */
  readonly optional: boolean;
  /** Hashes of the two texts at the time when somebody confirmed that they say the same. */
  readonly pair?: { readonly en: string; readonly zh: string };
  /** Name of the pack (path of its file). */
  readonly pack: string;
  /** Where it stands in the pack. */
  readonly place: Span;
}

/** Which half of an entry no longer matches its stamp. */
export type Staleness = 'fresh' | 'unstamped' | 'en-changed' | 'zh-changed' | 'both-changed';
