/**
 * Directives (C99 6.10) other than `#include`: conditionals, definitions, `#error`, `#line`, `#pragma`. Goes in: a
 * directive of a file being read; what comes out: a changed macro table, a changed reading position, or a diagnostic.
 */
import { sameText } from '../base/bilingual';
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { known, type AtomTable } from './atoms';
import { evaluateCondition } from './condition';
import type { Expander } from './expander';
import type { IncludeRecorder } from './include-memo';
import type { Directive, LexedFile } from './lexed-file';
import { readMacro } from './read-macro';
import type { Macro } from './macro';
import type { MacroTable } from './macro-table';
import { parseInteger, parseQuoted } from './literal';
import { predefinedPath } from './predefined';
import { Token, TokenKind, type Pragma, type TokenStream } from './token';

/** A file being read. */
export class Frame {
  /** Next token. */
  at = 0;
  /** Index of the next directive. */
  directive = 0;
  /** Tokens up to here are plain text. */
  segmentEnd: number;
  readonly conditionals: { directive: Directive; taken: boolean; sawElse: boolean }[] = [];
  /** What `#line` changed: added to line numbers, and the file name to tell. */
  lineDelta = 0;
  presumedName: string | undefined;

  constructor(
    readonly lexed: LexedFile,
    /** Index of the file in the token stream. */
    readonly fileIndex: number,
    /** The include path that gave the file, or -1. */
    readonly pathIndex: number,
  ) {
    this.segmentEnd = lexed.directives[0]?.hash ?? lexed.length;
  }

  /** Goes on behind directive `index`. */
  passDirective(index: number): void {
    this.at = this.lexed.directives[index]?.to ?? this.lexed.length;
    this.directive = index + 1;
    this.segmentEnd = this.lexed.directives[index + 1]?.hash ?? this.lexed.length;
  }

  /** Goes on at directive `index`; at the end of the file when it is -1. */
  jumpTo(index: number): void {
    const directive = this.lexed.directives[index];
    this.directive = directive ? index : this.lexed.directives.length;
    this.at = this.segmentEnd = directive ? directive.hash : this.lexed.length;
  }

  /** Token `index` as an object. */
  token(index: number): Token {
    const { kinds, atoms, flags, starts, ends } = this.lexed;
    return new Token(kinds[index] ?? 0, atoms[index] ?? 0, flags[index] ?? 0, starts[index] ?? 0, ends[index] ?? 0);
  }

  tokens(from: number, to: number): Token[] {
    const tokens: Token[] = [];
    for (let i = from; i < to; i++) {
      tokens.push(this.token(i));
    }
    return tokens;
  }

  get file(): SourceFile {
    return this.lexed.file;
  }
}

export interface DirectiveState {
  readonly atomTable: AtomTable;
  readonly macros: MacroTable;
  readonly expander: Expander;
  readonly stream: TokenStream;
  /** Files that said `#pragma once`. */
  readonly once: Set<SourceFile>;
  /** What a name that a macro may have made stands for. */
  macro(atom: number): Macro | undefined;
  readonly recorder: IncludeRecorder | undefined;
  report(diagnostic: Diagnostic): void;
}

/** Text of a directive behind its name, as written. */
export function directiveText(frame: Frame, directive: Directive): string {
  const { starts, ends } = frame.lexed;
  return directive.to > directive.from
    ? frame.lexed.text.slice(starts[directive.from], ends[directive.to - 1]).replace(/\s+/g, ' ')
    : '';
}

/** Reports a problem with a directive at token `token`, or at the `#`. */
export function reportDirective(
  state: DirectiveState,
  frame: Frame,
  token: number,
  code: Diagnostic['code'],
  message: Words,
  remedy?: Words,
  severity: Diagnostic['severity'] = 'error',
): void {
  const { starts, ends } = frame.lexed;
  state.report({
    code,
    severity,
    span: { file: frame.file, start: starts[token] ?? 0, end: ends[token] ?? 0 },
    message,
    ...(remedy ? { remedy } : {}),
  });
}

/**
 * Carries out directive `index` of `frame`, which is none of the includes; the frame goes on behind it, or where it
 * jumps to.
 */
export function carryOut(state: DirectiveState, frame: Frame, index: number): void {
  const directive = frame.lexed.directives[index] as Directive;
  frame.passDirective(index);
  switch (directive.name) {
    case 0:
    case known.ident:
    case known.sccs:
    case known.assert:
    case known.unassert:
      return;
    case known.define:
      return define(state, frame, directive);
    case known.undef:
      return undefine(state, frame, directive);
    case known.if:
    case known.ifdef:
    case known.ifndef: {
      const taken =
        directive.name === known.if
          ? condition(state, frame, directive)
          : isDefined(state, frame, directive) === (directive.name === known.ifdef);
      frame.conditionals.push({ directive, taken, sawElse: false });
      if (!taken) {
        frame.jumpTo(directive.next);
      }
      return;
    }
    case known.elif:
    case known.else:
    case known.endif:
      return continueConditional(state, frame, directive);
    case known.error:
    case known.warning:
      return sayAsTold(state, frame, directive);
    case known.line:
      return line(state, frame, directive);
    case known.pragma:
      return pragma(state, frame, directive);
    default: {
      const at = Math.min(directive.hash + 1, directive.to - 1);
      const name = state.atomTable.text(frame.lexed.atoms[at] ?? 0);
      return reportDirective(
        state,
        frame,
        at,
        'SS1003',
        sentence('no-such-directive', { name }),
        sentence('correct-the-name-of-the-directive-or-remove-the-line'),
      );
    }
  }
}

/** `#error` and `#warning`. */
function sayAsTold(state: DirectiveState, frame: Frame, directive: Directive): void {
  const isError = directive.name === known.error;
  const text = `${isError ? '#error' : '#warning'} ${directiveText(frame, directive)}`;
  const severity = isError ? 'error' : 'warning';
  reportDirective(state, frame, directive.hash, 'SS1004', sameText(text), undefined, severity);
}

function define(state: DirectiveState, frame: Frame, directive: Directive): void {
  if (!directive.macro) {
    const result = readMacro(frame.lexed, directive.from, directive.to);
    if ('message' in result) {
      return reportDirective(state, frame, result.token, 'SS1006', result.message, result.remedy);
    }
    directive.macro = result;
  }
  const { macro } = directive;
  const before = state.macros.byAtom[macro.name];
  if (before && before !== macro && before.span?.file.path !== predefinedPath && !before.sameAs(macro)) {
    state.report({
      code: 'SS1006',
      severity: 'warning',
      span: macro.span,
      message: sentence('macro-macro-is-defined-again-differently', { macro: state.atomTable.text(macro.name) }),
      remedy: sentence('write-undef-before-it-if-that-is-meant'),
      ...(before.span ? { related: [{ span: before.span, message: sentence('the-definition-before') }] } : {}),
    });
  }
  state.macros.define(macro);
}

function undefine(state: DirectiveState, frame: Frame, directive: Directive): void {
  if (frame.lexed.kinds[directive.from] !== TokenKind.identifier || directive.from >= directive.to) {
    return reportDirective(
      state,
      frame,
      directive.hash,
      'SS1003',
      sentence('macro-name-missing-after-undef'),
      sentence('write-an-identifier-after-undef'),
    );
  }
  state.macros.undefine(frame.lexed.atoms[directive.from] ?? 0);
  warnAboutRest(state, frame, directive, directive.from + 1);
}

function warnAboutRest(state: DirectiveState, frame: Frame, directive: Directive, from: number): void {
  if (from < directive.to) {
    const name = state.atomTable.text(directive.name);
    reportDirective(
      state,
      frame,
      from,
      'SS1003',
      sentence('text-behind-name-is-ignored', { name }),
      sentence('write-it-as-a-comment'),
      'warning',
    );
  }
}

function isDefined(state: DirectiveState, frame: Frame, directive: Directive): boolean {
  if (directive.from >= directive.to || frame.lexed.kinds[directive.from] !== TokenKind.identifier) {
    const name = state.atomTable.text(directive.name);
    reportDirective(
      state,
      frame,
      directive.hash,
      'SS1003',
      sentence('macro-name-missing-after-name', { name }),
      sentence('write-an-identifier-after-name', { name }),
    );
    return false;
  }
  warnAboutRest(state, frame, directive, directive.from + 1);
  return state.macros.byAtom[frame.lexed.atoms[directive.from] ?? 0] !== undefined;
}

function condition(state: DirectiveState, frame: Frame, directive: Directive): boolean {
  const { starts, ends } = frame.lexed;
  const raw = answerDefined(state, frame.tokens(directive.from, directive.to));
  const expanded = state.expander.expandDirective(
    raw,
    frame.file,
    starts[directive.hash] ?? 0,
    ends[directive.to - 1] ?? 0,
    true,
  );
  const { value, problem } = evaluateCondition(answerDefined(state, expanded), state.atomTable);
  if (problem) {
    reportDirective(
      state,
      frame,
      directive.hash,
      'SS1008',
      problem,
      sentence('the-condition-was-taken-as-false-correct-the'),
    );
  }
  return value;
}

/** Replaces each `defined X` and `defined ( X )` by 1 or 0. */
function answerDefined(state: DirectiveState, tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const parenthesised = tokens[i + 1]?.atom === known['('];
    const name = tokens[parenthesised ? i + 2 : i + 1];
    if (
      token.atom === known.defined &&
      name?.kind === TokenKind.identifier &&
      (!parenthesised || tokens[i + 3]?.atom === known[')'])
    ) {
      const yes = state.macro(name.atom) !== undefined;
      out.push(new Token(TokenKind.number, yes ? known['1'] : known['0'], token.flags, token.start, token.end));
      i += parenthesised ? 3 : 1;
    } else {
      out.push(token);
    }
  }
  return out;
}

function continueConditional(state: DirectiveState, frame: Frame, directive: Directive): void {
  const open = frame.conditionals[frame.conditionals.length - 1];
  const name = state.atomTable.text(directive.name);
  if (!open) {
    return reportDirective(
      state,
      frame,
      directive.hash,
      'SS1005',
      sentence('name-without-if', { name }),
      sentence('remove-it-or-add-the-missing-if'),
    );
  }
  if (directive.name === known.endif) {
    warnAboutRest(state, frame, directive, directive.from);
    frame.conditionals.pop();
    return;
  }
  if (open.sawElse) {
    reportDirective(
      state,
      frame,
      directive.hash,
      'SS1003',
      sentence('name-after-else', { name }),
      sentence('keep-one-else-as-the-last-part'),
    );
  }
  if (directive.name === known.else) {
    warnAboutRest(state, frame, directive, directive.from);
  }
  open.sawElse ||= directive.name === known.else;
  const taken = !open.taken && (directive.name === known.else || condition(state, frame, directive));
  open.taken ||= taken;
  if (!taken) {
    frame.jumpTo(directive.next);
  }
}

function line(state: DirectiveState, frame: Frame, directive: Directive): void {
  const { starts, ends } = frame.lexed;
  const tokens = state.expander.expandDirective(
    frame.tokens(directive.from, directive.to),
    frame.file,
    starts[directive.hash] ?? 0,
    ends[directive.to - 1] ?? 0,
  );
  const number =
    tokens[0] && tokens[0].kind === TokenKind.number ? parseInteger(state.atomTable.text(tokens[0].atom)) : undefined;
  if (!number) {
    return reportDirective(
      state,
      frame,
      directive.hash,
      'SS1003',
      sentence('line-needs-a-line-number'),
      sentence('write-a-number-after-line'),
    );
  }
  frame.lineDelta = Number(number.value & 0x7fffffffn) - (frame.file.positionAt(starts[directive.hash] ?? 0).line + 2);
  if (tokens[1]?.kind === TokenKind.string) {
    frame.presumedName = String.fromCharCode(...parseQuoted(state.atomTable.text(tokens[1].atom)).units.slice(0, 1000));
  }
}

function pragma(state: DirectiveState, frame: Frame, directive: Directive): void {
  state.recorder?.spoil();
  if (frame.lexed.atoms[directive.from] === known.once && directive.to > directive.from) {
    state.once.add(frame.file);
    return;
  }
  const { starts, ends } = frame.lexed;
  const span = { file: frame.file, start: starts[directive.hash] ?? 0, end: ends[directive.to - 1] ?? 0 };
  followPragma(state, { index: state.stream.length, tokens: frame.tokens(directive.from, directive.to), span });
}

/** `push_macro("name")` and `pop_macro("name")` are for the macro table, every other pragma for the parser. */
export function followPragma(state: Pick<DirectiveState, 'atomTable' | 'macros' | 'stream'>, pragma: Pragma): void {
  const { atomTable, macros, stream } = state;
  const [name, , operand] = pragma.tokens.map((token) => atomTable.text(token.atom));
  const quoted = /^"(\w+)"$/.exec(operand ?? '')?.[1];
  if (quoted !== undefined && name === 'push_macro') {
    macros.push(atomTable.intern(quoted));
  } else if (quoted !== undefined && name === 'pop_macro') {
    macros.pop(atomTable.intern(quoted));
  } else {
    stream.pragmas.push(pragma);
  }
}
