/**
 * Macro definitions (C99 6.10.3). Goes in: the tokens of a `#define` line; comes out: a {@link Macro} whose body knows,
 * for each token, whether it is a parameter and what `#` and `##` ask for.
 */
import type { SourceFile, Span } from '../source/source-file';
import { known } from './atoms';
import type { LexedFile } from './lexed-file';
import { Token, TokenFlag, TokenKind } from './token';

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
          return !!twin && item.token.atom === twin.token.atom && item.stringify === twin.stringify && item.pasteNext === twin.pasteNext;
        }))
    );
  }
}

/** A malformed definition: what is wrong, and at which token. */
export interface MacroProblem {
  readonly message: string;
  readonly remedy: string;
  readonly token: number;
}

/** Reads the definition in tokens `[from, to)` of `lexed`: a name, an optional parameter list, the body. */
export function readMacro(lexed: LexedFile, from: number, to: number): Macro | MacroProblem {
  const { atoms, kinds, flags } = lexed;
  if (from >= to || kinds[from] !== TokenKind.identifier) {
    return { message: 'macro name missing after #define', remedy: 'write an identifier after #define', token: Math.min(from, to - 1) };
  }
  const name = atoms[from] ?? 0;
  if (name === known.defined) {
    return { message: "'defined' cannot be a macro name", remedy: 'choose another name', token: from };
  }
  const span = { file: lexed.file as SourceFile, start: lexed.starts[from] ?? 0, end: lexed.ends[from] ?? 0 };
  let at = from + 1;
  let parameters: number[] | undefined;
  let variadic = false;
  if (at < to && atoms[at] === known['('] && kinds[at] === TokenKind.punctuator && !((flags[at] ?? 0) & TokenFlag.space)) {
    parameters = [];
    at++;
    let expectName = true;
    while (at < to && atoms[at] !== known[')']) {
      const atom = atoms[at] ?? 0;
      if (expectName && kinds[at] === TokenKind.identifier && !variadic) {
        parameters.push(atom);
        expectName = false;
        if (atoms[at + 1] === known['...'] && at + 1 < to) {
          variadic = true;
          at++;
        }
      } else if (expectName && atom === known['...'] && !variadic) {
        parameters.push(known.__VA_ARGS__);
        variadic = true;
        expectName = false;
      } else if (!expectName && atom === known[','] && !variadic) {
        expectName = true;
      } else {
        break;
      }
      at++;
    }
    if (at >= to || atoms[at] !== known[')'] || (expectName && parameters.length > 0)) {
      return { message: 'malformed parameter list of a macro', remedy: 'write names separated by commas and closed by )', token: Math.min(at, to - 1) };
    }
    at++;
  }
  return readBody(lexed, at, to, name, span, parameters, variadic);
}

function readBody(
  lexed: LexedFile, from: number, to: number, name: number, span: Span, parameters: readonly number[] | undefined, variadic: boolean,
): Macro | MacroProblem {
  const body: BodyItem[] = [];
  let stringify = false;
  let space = 0;
  for (let i = from; i < to; i++) {
    const atom = lexed.atoms[i] ?? 0;
    const kind = lexed.kinds[i] ?? 0;
    const punctuator = kind === TokenKind.punctuator;
    if (punctuator && atom === known['##']) {
      const before = body.pop();
      if (!before || i + 1 === to) {
        return { message: "'##' cannot stand at either end of a macro", remedy: 'write a token on both sides of ##', token: i };
      }
      body.push({ ...before, pasteNext: true });
      continue;
    }
    const parameter = kind === TokenKind.identifier && parameters ? parameters.indexOf(atom) : -1;
    if (punctuator && atom === known['#'] && parameters && !stringify) {
      stringify = true;
      space = (lexed.flags[i] ?? 0) & TokenFlag.space;
      continue;
    }
    if (stringify && parameter < 0) {
      return { message: "'#' must stand before a parameter in a macro with parameters", remedy: 'write # before a parameter name', token: i };
    }
    const flags = stringify ? space : (lexed.flags[i] ?? 0) & TokenFlag.space;
    body.push({ token: new Token(kind, atom, flags | TokenFlag.fromMacro, -1, -1), parameter, stringify, pasteNext: false });
    stringify = false;
  }
  if (stringify) {
    return { message: "'#' must stand before a parameter in a macro with parameters", remedy: 'write # before a parameter name', token: to - 1 };
  }
  return new Macro(name, span, parameters, variadic, body);
}
