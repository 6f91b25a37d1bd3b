/**
 * Macro definitions (C99 6.10.3). Goes in: the tokens of a `#define` line; comes out: a {@link Macro}, or what is wrong
 * with the line.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { SourceFile, Span } from '../source/source-file';
import { known } from './atoms';
import type { LexedFile } from './lexed-file';
import { Macro, type BodyItem } from './macro';
import { Token, TokenFlag, TokenKind } from './token';

/** A malformed definition: what is wrong, and at which token. */
export interface MacroProblem {
  readonly message: Words;
  readonly remedy: Words;
  readonly token: number;
}

/** Reads the definition in tokens `[from, to)` of `lexed`: a name, an optional parameter list, the body. */
export function readMacro(lexed: LexedFile, from: number, to: number): Macro | MacroProblem {
  const { atoms, kinds, flags } = lexed;
  if (from >= to || kinds[from] !== TokenKind.identifier) {
    return {
      message: sentence('macro-name-missing-after-define'),
      remedy: sentence('write-an-identifier-after-define'),
      token: Math.min(from, to - 1),
    };
  }
  const name = atoms[from] ?? 0;
  if (name === known.defined) {
    return {
      message: sentence('defined-cannot-be-a-macro-name'),
      remedy: sentence('choose-another-name'),
      token: from,
    };
  }
  const span = { file: lexed.file as SourceFile, start: lexed.starts[from] ?? 0, end: lexed.ends[from] ?? 0 };
  let at = from + 1;
  let parameters: number[] | undefined;
  let variadic = false;
  if (
    at < to &&
    atoms[at] === known['('] &&
    kinds[at] === TokenKind.punctuator &&
    !((flags[at] ?? 0) & TokenFlag.space)
  ) {
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
      return {
        message: sentence('malformed-parameter-list-of-a-macro'),
        remedy: sentence('write-names-separated-by-commas'),
        token: Math.min(at, to - 1),
      };
    }
    at++;
  }
  return readBody(lexed, at, to, name, span, parameters, variadic);
}

function readBody(
  lexed: LexedFile,
  from: number,
  to: number,
  name: number,
  span: Span,
  parameters: readonly number[] | undefined,
  variadic: boolean,
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
        return {
          message: sentence('paste-at-either-end-of-a-macro'),
          remedy: sentence('write-a-token-on-both-sides-of-paste'),
          token: i,
        };
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
      return {
        message: sentence('stringify-must-stand-before-a-parameter'),
        remedy: sentence('write-stringify-before-a-parameter'),
        token: i,
      };
    }
    const flags = stringify ? space : (lexed.flags[i] ?? 0) & TokenFlag.space;
    body.push({
      token: new Token(kind, atom, flags | TokenFlag.fromMacro, -1, -1),
      parameter,
      stringify,
      pasteNext: false,
    });
    stringify = false;
  }
  if (stringify) {
    return {
      message: sentence('stringify-must-stand-before-a-parameter'),
      remedy: sentence('write-stringify-before-a-parameter'),
      token: to - 1,
    };
  }
  return new Macro(name, span, parameters, variadic, body);
}
