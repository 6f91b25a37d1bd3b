/**
 * An annotated document that was read: a text with C listings in it, as plain data.
 *
 * In: nothing. Out: types. Every place is a {@link Span} of the document's own text, and the C of a function has the
 * length of its span: what had to be mended is replaced sign by sign, what is no part of the code is blank. So offset
 * `k` of a function's `code` is offset `span.start + k` of the document, whatever the listing was wrapped in.
 */
import type { Bilingual } from '../base/bilingual';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile, Span } from '../source/source-file';

export interface AnnotatedDocument {
  /** The text as the person sees it, decoded; its path as given. */
  readonly file: SourceFile;
  readonly form: 'text' | 'markdown' | 'html';
  /** Headings, paragraphs and listings in the order of the text; they do not overlap. */
  readonly parts: readonly DocumentPart[];
  /** In the order of the text. */
  readonly functions: readonly DocumentFunction[];
  /** Other C outside functions: shown, not run. */
  readonly declarations: readonly DocumentDeclaration[];
  /** Comments of the listings as annotations, in the order of the text. */
  readonly notes: readonly DocumentNote[];
  /** In the order of the text. */
  readonly mends: readonly Mend[];
  readonly version: DocumentVersion;
  readonly diagnostics: readonly Diagnostic[];
}

export type DocumentPart =
  | {
      readonly kind: 'heading' | 'paragraph';
      readonly span: Span;
      /** Without marks of headings, quotes and tags; entities read. */
      readonly text: string;
      /** Of a heading, from 1. */
      readonly level?: number;
    }
  | {
      readonly kind: 'listing';
      readonly span: Span;
      readonly set: 'fence' | 'pre' | 'indented' | 'bare';
      /** The word behind a fence. */
      readonly language?: string;
    };

export interface DocumentFunction {
  readonly name: string;
  /** From the first word of the definition to its closing brace. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** From the opening brace to the closing one, both included. */
  readonly bodySpan: Span;
  /** Usually one; several when the function goes over several fences. They lie in `span`, in order. */
  readonly pieces: readonly Span[];
  /**
   * `whole`: can be compiled. `partial`: something of it is missing. `refused`: code of another kernel version.
   * Only whole ones run.
   */
  readonly state: 'whole' | 'partial' | 'refused';
  /** Why it is not whole. */
  readonly reason?: FunctionReason;
  readonly isStatic: boolean;
  /** Index in `functions` of the first one of the same name. */
  readonly duplicateOf?: number;
  /** Of the whole ones of a name the last one runs. */
  readonly runs: boolean;
  /** The definition as C that compiles, of the same length as the text of `span`. */
  readonly code: string;
}

export interface FunctionReason {
  /**
   * `elided`: a mark such as `...` stands for code. `unclosed`: its body does not end. `prose`: sentences stand among
   * its statements. `shortened`: statements that the kernel's function has are missing without a mark.
   * `other-version`: its identifiers are those of another kernel.
   */
  readonly kind: 'elided' | 'unclosed' | 'prose' | 'shortened' | 'other-version';
  /** The mark, the opening brace, the sentence, the identifier. */
  readonly span: Span;
  /** In one sentence. */
  readonly text: Bilingual;
}

export interface DocumentDeclaration {
  readonly kind: 'struct' | 'union' | 'enum' | 'typedef' | 'macro' | 'prototype' | 'variable';
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  /** Like that of a function. */
  readonly code: string;
}

/** Whose words a comment is: the author's of the document, or those that stand in the kernel. */
export type Voice = 'author' | 'kernel';

/**
 * Why a note belongs to its statement. `same-line`: it stands behind it. `between-if`: it stands between an `if` and what
 * that rules. `function`: it stands before a function. `continues`: it goes on with a comment that ends above it.
 * `shared-words`: it names what the statement names. `voice`: the document's clear cases of that voice show on which
 * side of a statement its comments stand. `only-side`: on the other side there is no statement. `default`: nothing tells;
 * it is taken for the one below. `chosen`: the reader said so.
 */
export type NoteEvidence =
  'same-line' | 'between-if' | 'function' | 'continues' | 'shared-words' | 'voice' | 'only-side' | 'default' | 'chosen';

export interface DocumentNote {
  /** Stays the same while function and comment do: what {@link DocumentChoices} names it by. */
  readonly key: string;
  /** The comment with its marks. */
  readonly span: Span;
  /** Without marks and without the stars at the beginnings of lines; one line per line of the comment. */
  readonly text: string;
  readonly language: 'zh' | 'en';
  readonly voice: Voice;
  /** Where what it is about lies, seen from the comment: `above` it, when the comment follows its statement. */
  readonly placement: 'same-line' | 'above' | 'below' | 'between-if' | 'function';
  /** Index in `functions` of the function that it is in or about; undefined outside functions. */
  readonly function?: number;
  /** The head of the statement that it is about; undefined for a note on a function or a declaration. */
  readonly statement?: Span;
  readonly because: NoteEvidence;
}

/** What was not C, or not shown as C, in a listing. */
export type MendKind =
  | 'dash'
  | 'minus'
  | 'curly-quote'
  | 'full-width'
  | 'full-stop'
  | 'wide-space'
  | 'no-break-space'
  | 'zero-width'
  | 'entity'
  | 'tag'
  | 'line-number'
  | 'quote-mark'
  | 'prompt'
  | 'caret-escape'
  | 'prose-between';

export interface Mend {
  readonly kind: MendKind;
  readonly span: Span;
  /** What stands in its place, of the same length. */
  readonly replacement: string;
  /** Of the signs that are found in a comment or a string: false; they stay as they are. */
  readonly inCode: boolean;
  /** Index in `functions` of the function that it is in. */
  readonly function?: number;
}

/** What the identifiers of the listings tell about the kernel that they were taken from. */
export interface DocumentVersion {
  /** What most of them agree on; undefined when none tells. */
  readonly says?: KernelEra;
  readonly marks: readonly VersionMark[];
}

/** `before-2.4`: 1.x to 2.2. `after-2.4`: 2.6 and later. */
export type KernelEra = 'before-2.4' | '2.4' | 'after-2.4';

export interface VersionMark {
  readonly era: KernelEra;
  /** `SYSCALL_DEFINE3`, `inet_sk`, `__user`, `sk->inuse`. */
  readonly identifier: string;
  readonly span: Span;
  readonly function?: number;
}

/** What a reader decided, kept between readings. */
export interface DocumentChoices {
  /** Where the statements lie that comments of a voice on lines of their own are about. */
  readonly voices?: Readonly<Partial<Record<Voice, 'above' | 'below'>>>;
  /** The same for single comments, by their keys. */
  readonly notes?: Readonly<Record<string, 'above' | 'below'>>;
  /** By function name: which of several of that name runs, counted from 1 in the order of the text. */
  readonly runs?: Readonly<Record<string, number>>;
}
