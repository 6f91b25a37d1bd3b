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
    readonly body: readonly BodyItem[],
    readonly computed?: Computed,
  ) {}

  /** Whether no body item is a parameter or pasted, so that the body can be used as it is. */
  readonly plain: boolean = this.body.every((item) => item.parameter < 0 && !item.pasteNext);
  readonly tokens: readonly Token[] = this.body.map((item) => item.token);

  /** Whether both definitions say the same (C99 6.10.3 paragraph 2). */
  sameAs(other: Macro): boolean {
    const sameList = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
      a === b || (!!a && !!b && a.length === b.length && a.every((atom, i) => atom === b[i]));
    return (
      this === other ||
      (this.variadic === other.variadic &&
        sameList(this.parameters, other.parameters) &&
        this.body.length === other.body.length &&
        this.body.every((item, i) => {
          const twin = other.body[i];
          return (
            !!twin &&
            item.token.atom === twin.token.atom &&
            item.stringify === twin.stringify &&
            item.pasteNext === twin.pasteNext
          );
        }))
    );
  }
}
