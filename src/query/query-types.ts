/**
 * What queries answer: plain data in editor terms, in both languages at once. `render.ts` turns it into markdown or
 * plain text for the language that the reader chose. Offsets are UTF-16 offsets into the file asked about; lines and
 * columns count from 1.
 */
import type { Bilingual } from '../base/bilingual';

/** One note of the catalogue, ready to be shown. */
export interface Note {
  readonly id: string;
  /** A comment of the document that runs, or what is wrong with one; a note of the catalogue otherwise. */
  readonly kind?: 'document' | 'correction';
  readonly title: Bilingual;
  readonly text: Bilingual;
  /** Where the fact can be checked. */
  readonly source: readonly string[];
  /** Ids of further notes. */
  readonly see: readonly string[];
  /** The same with their headings, as far as there are such notes. */
  readonly related?: readonly { readonly id: string; readonly title: Bilingual }[];
  /** A drawing in characters. */
  readonly picture?: string | undefined;
  /** Functions of the kernel in which it can be seen. */
  readonly code?: readonly string[];
  /** Moments of scenarios that show it: `handshake`, at `tcp_accept:return newsk`. */
  readonly moments?: readonly { readonly scenario: string; readonly at: string }[];
  /** The function is SockScope's own and does a part of what this one of Linux does. */
  readonly partOf?: string | undefined;
  /** How surely the note belongs to this place, from 0 to 1. */
  readonly confidence: number;
}

export type HoverPart =
  /** A piece of C: a declaration, a definition, an expansion. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'text'; readonly text: Bilingual }
  /** Short facts: offset, size, where defined. */
  | { readonly kind: 'facts'; readonly items: readonly { readonly label: Bilingual; readonly value: Bilingual }[] }
  | { readonly kind: 'note'; readonly note: Note };

export interface Hover {
  readonly start: number;
  readonly end: number;
  /** What the hover is about: a C name or the head of a statement. */
  readonly subject: string;
  readonly parts: readonly HoverPart[];
}

export type FunctionKind = 'compiled' | 'service' | 'missing' | 'refused' | 'unknown';

/** A line above a function, or above a statement that has notes. */
export type Lens =
  | {
      readonly kind: 'function';
      readonly start: number;
      readonly end: number;
      readonly function: string;
      readonly compiled: FunctionKind;
      readonly title: Bilingual;
      readonly notes: number;
    }
  | {
      readonly kind: 'note';
      readonly start: number;
      readonly end: number;
      readonly function: string;
      readonly notes: readonly Note[];
      readonly title: Bilingual;
    };

export interface Definition {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What is defined there. */
  readonly what: 'function' | 'variable' | 'field' | 'type' | 'macro';
}

/** A macro as the preprocessor saw it defined. */
export interface MacroFacts {
  readonly name: string;
  /** `(a, b)` for a function-like one, empty otherwise. */
  readonly parameters: string;
  readonly replacement: string;
  readonly path?: string;
  readonly line?: number;
}
