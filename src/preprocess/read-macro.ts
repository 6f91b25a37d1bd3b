/**
 * Macro definitions (C99 6.10.3). Goes in: the tokens of a `#define` line; comes out: a {@link Macro}, or what is wrong
 * with the line.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { SourceFile } from '../source/source-file';
import { known } from './atoms';
import type { LexedFile } from './lexed-file';
import { Macro, type BodyItem, type ReplacementList } from './macro';
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
  const at = from + 1;
  const opens =
    at < to && atoms[at] === known['('] && kinds[at] === TokenKind.punctuator && !((flags[at] ?? 0) & TokenFlag.space);
  const list = opens ? readParameters(lexed, at + 1, to) : { parameters: undefined, variadic: false, end: at };
  if ('message' in list) {
    return list;
  }
  const { parameters, variadic, end } = list;
  const wrong = problemOf(lexed, end, to, parameters);
  return wrong ?? new Macro(name, span, parameters, variadic, listOf(lexed, end, to, parameters));
}

/** The parameters behind the opening bracket, up to behind the closing one. */
function readParameters(
  { atoms, kinds }: LexedFile,
  from: number,
  to: number,
): { readonly parameters: number[]; readonly variadic: boolean; readonly end: number } | MacroProblem {
  const parameters: number[] = [];
  let variadic = false;
  let expectName = true;
  let at = from;
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
  return { parameters, variadic, end: at + 1 };
}

function listOf(
  lexed: LexedFile,
  from: number,
  to: number,
  parameters: readonly number[] | undefined,
): ReplacementList {
  const { atoms, flags } = lexed;
  return {
    length: to - from,
    atom: (i) => atoms[from + i] ?? 0,
    spaced: (i) => ((flags[from + i] ?? 0) & TokenFlag.space) !== 0,
    items: () => readBody(lexed, from, to, parameters),
  };
}

/** What is wrong with the replacement list in tokens `[from, to)`; nothing is made of it yet. */
function problemOf(
  { kinds, atoms }: LexedFile,
  from: number,
  to: number,
  parameters: readonly number[] | undefined,
): MacroProblem | undefined {
  let stringify = false;
  for (let i = from; i < to; i++) {
    const punctuator = kinds[i] === TokenKind.punctuator;
    if (punctuator && atoms[i] === known['##']) {
      if (i === from || i + 1 === to || stringify) {
        return {
          message: sentence('paste-at-either-end-of-a-macro'),
          remedy: sentence('write-a-token-on-both-sides-of-paste'),
          token: i,
        };
      }
    } else if (stringify) {
      if (kinds[i] !== TokenKind.identifier || !parameters?.includes(atoms[i] ?? 0)) {
        return strayStringify(i);
      }
      stringify = false;
    } else {
      stringify = punctuator && atoms[i] === known['#'] && parameters !== undefined;
    }
  }
  return stringify ? strayStringify(to - 1) : undefined;
}

function strayStringify(token: number): MacroProblem {
  return {
    message: sentence('stringify-must-stand-before-a-parameter'),
    remedy: sentence('write-stringify-before-a-parameter'),
    token,
  };
}

/** The replacement list in tokens `[from, to)`, in which {@link problemOf} found nothing wrong. */
function readBody(
  { kinds, atoms, flags }: LexedFile,
  from: number,
  to: number,
  parameters: readonly number[] | undefined,
): BodyItem[] {
  const body: BodyItem[] = [];
  let stringify = false;
  let space = 0;
  for (let i = from; i < to; i++) {
    const atom = atoms[i] ?? 0;
    const kind = kinds[i] ?? 0;
    const punctuator = kind === TokenKind.punctuator;
    if (punctuator && atom === known['##']) {
      const before = body.pop();
      if (before) {
        body.push({ ...before, pasteNext: true });
      }
    } else if (punctuator && atom === known['#'] && parameters) {
      stringify = true;
      space = (flags[i] ?? 0) & TokenFlag.space;
    } else {
      const spaced = stringify ? space : (flags[i] ?? 0) & TokenFlag.space;
      body.push({
        token: new Token(kind, atom, spaced | TokenFlag.fromMacro, -1, -1),
        parameter: kind === TokenKind.identifier && parameters ? parameters.indexOf(atom) : -1,
        stringify,
        pasteNext: false,
      });
      stringify = false;
    }
  }
  return body;
}
