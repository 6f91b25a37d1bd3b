/**
 * A macro (C99 6.10.3), as data: what read-macro.ts makes of a `#define` line and the expander works with. Its body
 * knows, for each token, whether it is a parameter and what `#` and `##` ask for.
 */
import type { Span } from '../source/source-file';
import type { Token } from './token';

/** One element of a replacement list. */
export interface BodyItem {
  readonly token: Token;
  /** Index of the parameter this is, or -1. */
  readonly parameter: number;
  /** `#` stands before it. */
  readonly stringify: boolean;
  /** `##` stands behind it. */
  readonly pasteNext: boolean;
}

/** A replacement list as its line has it, `#` and `##` included; made into items only for a macro that is used. */
export interface ReplacementList {
  /** Tokens. */
  readonly length: number;
  /** Spelling of token `i`, as an atom. */
  atom(i: number): number;
  /** Whether a blank stands before token `i`. */
  spaced(i: number): boolean;
  items(): readonly BodyItem[];
}

export const emptyList: ReplacementList = { length: 0, atom: () => 0, spaced: () => false, items: () => [] };

/** Macros whose value depends on the place of use. */
export type Computed = 'file' | 'line' | 'date' | 'time' | 'counter' | 'level' | 'base' | 'pragma';

export class Macro {
  /** While its expansion is being read it is not expanded again (C99 6.10.3.4). */
  disabled = false;

  constructor(
    readonly name: number,
    /** Where it is defined; undefined for predefined macros. */
    readonly span: Span | undefined,
    /** Undefined for object-like macros. */
    readonly parameters: readonly number[] | undefined,
    /** The last parameter takes all remaining arguments. */
    readonly variadic: boolean,
    readonly list: ReplacementList,
    readonly computed?: Computed,
  ) {}

  private read?: { readonly body: readonly BodyItem[]; readonly tokens: readonly Token[]; readonly plain: boolean };

  /** Most macros of a header are never used, and a body can be of any length: it is read when somebody asks for it. */
  private get contents(): NonNullable<Macro['read']> {
    if (!this.read) {
      const body = this.list.items();
      const plain = body.every((item) => item.parameter < 0 && !item.pasteNext);
      this.read = { body, tokens: body.map((item) => item.token), plain };
    }
    return this.read;
  }

  get body(): readonly BodyItem[] {
    return this.contents.body;
  }

  /** Whether no body item is a parameter or pasted, so that the body can be used as it is. */
  get plain(): boolean {
    return this.contents.plain;
  }

  get tokens(): readonly Token[] {
    return this.contents.tokens;
  }

  /** Whether both definitions say the same (C99 6.10.3 paragraph 2). */
  sameAs(other: Macro): boolean {
    const sameList = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
      a === b || (!!a && !!b && a.length === b.length && a.every((atom, i) => atom === b[i]));
    return (
      this === other ||
      (this.variadic === other.variadic &&
        sameList(this.parameters, other.parameters) &&
        this.list.length === other.list.length &&
        sameTokens(this.list, other.list))
    );
  }
}

function sameTokens(a: ReplacementList, b: ReplacementList): boolean {
  for (let i = 0; i < a.length; i++) {
    if (a.atom(i) !== b.atom(i)) {
      return false;
    }
  }
  return true;
}
