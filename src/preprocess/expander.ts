/**
 * Macro expansion (C99 6.10.3). Goes in: a macro name met in the text; comes out: the expanded tokens, handed to a sink.
 * Algorithm: a stack of contexts, each a list of tokens being read. A macro is disabled while its context is on the
 * stack, and a disabled macro's name is painted when it is met, for good; this gives the result the standard describes
 * with hide sets, as GNU C does. Arguments are expanded by reading them above a barrier that hides everything below.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Severity } from '../source/diagnostic';
import type { SourceFile, Span } from '../source/source-file';
import { known, type AtomTable } from './atoms';
import type { Computed, Macro } from './macro';
import { substitute, type SubstitutionHost } from './substitute';
import { Token, TokenFlag, TokenKind } from './token';

/** Most tokens one use of a macro may make, and most one translation unit may make through macros. */
const maximumPerUse = 1_000_000;
export const maximumPerUnit = 20_000_000;
/** Deepest nesting of arguments expanded within arguments. */
const maximumNesting = 250;

/** What the expander reads behind the end of its contexts, and where it tells problems. */
export interface ExpanderHost {
  readonly atomTable: AtomTable;
  macro(atom: number): Macro | undefined;
  /** The next token of the file being read without taking it; undefined at a directive or the end. */
  peekFile(): Token | undefined;
  /** Takes the next token of the file, past directives; undefined at the end of the file. */
  takeFile(): Token | undefined;
  /** The one token a computed macro stands for, or undefined when it stands for nothing. */
  computed(which: Computed, use: UseSite, argument: readonly Token[]): { kind: number; text: string } | undefined;
  problem(code: 'SS1006' | 'SS1007', message: Words, remedy: Words, severity?: Severity): void;
}

/** The outermost macro use being expanded. */
export interface UseSite {
  file: SourceFile;
  start: number;
  end: number;
  /** Atom of the macro's name. */
  name: number;
}

interface Context {
  readonly tokens: readonly Token[];
  at: number;
  /** Re-enabled when the context is left. */
  readonly macro: Macro | undefined;
  /** Nothing below is read through it. */
  readonly barrier: boolean;
}

export class Expander {
  private readonly contexts: Context[] = [];
  private nesting = 0;
  private spentHere = 0;
  /** Tokens that macros made in this unit. */
  spentInUnit = 0;
  private exploded = false;
  /** In the line of an `#if`: the name behind `defined` is being looked for, and is not expanded. */
  private inCondition = false;
  private behindDefined = false;
  private readonly substitution: SubstitutionHost;
  use: UseSite;

  constructor(
    private readonly host: ExpanderHost,
    file: SourceFile,
  ) {
    this.use = { file, start: 0, end: 0, name: 0 };
    this.substitution = {
      atomTable: host.atomTable,
      expandArgument: (tokens) => this.expandList(tokens),
      badPaste: (left, right) => {
        host.problem(
          'SS1006',
          sentence('pasting-left-and-right-makes-no-valid-token', { left, right }),
          sentence('remove-the-or-paste-parts-of-one-name-or-number'),
          'warning',
        );
      },
      spend: (tokens) => this.spend(tokens),
    };
  }

  /** Where the outermost use is. */
  useSpan(): Span {
    return { file: this.use.file, start: this.use.start, end: this.use.end };
  }

  /**
   * Expands the macro whose name `token` was just taken from `file`, and gives every resulting token to `emit`. When it
   * is a function-like macro without arguments, the name itself is given.
   */
  expandUse(token: Token, macro: Macro, file: SourceFile, emit: (token: Token) => void): void {
    this.use = { file, start: token.start, end: token.end, name: token.atom };
    this.spentHere = 0;
    this.exploded = false;
    if (!this.enter(token, macro)) {
      emit(token);
    }
    this.drain(emit);
  }

  /** Expands a list by itself: an argument, or the line of an `#if`. */
  expandList(tokens: readonly Token[]): readonly Token[] {
    if (this.nesting >= maximumNesting || this.exploded) {
      this.explode(sentence('macro-arguments-are-nested-too-deeply'));
      return [];
    }
    this.nesting++;
    const out: Token[] = [];
    this.contexts.push({ tokens, at: 0, macro: undefined, barrier: true });
    const depth = this.contexts.length;
    this.drain((token) => out.push(token));
    while (this.contexts.length >= depth) {
      this.leave();
    }
    this.nesting--;
    return out;
  }

  /** Starts the expansion of a list that belongs to a directive at `[start, end)`. */
  expandDirective(
    tokens: readonly Token[],
    file: SourceFile,
    start: number,
    end: number,
    isCondition = false,
  ): readonly Token[] {
    this.use = { file, start, end, name: 0 };
    this.spentHere = 0;
    this.exploded = false;
    this.inCondition = isCondition;
    this.behindDefined = false;
    const expanded = this.expandList(tokens);
    this.inCondition = false;
    return expanded;
  }

  /** Reads the contexts down to the nearest barrier or to the file, expanding what is met. */
  private drain(emit: (token: Token) => void): void {
    for (;;) {
      const context = this.contexts[this.contexts.length - 1];
      if (!context) {
        return;
      }
      const token = context.tokens[context.at];
      if (!token) {
        if (context.barrier) {
          return;
        }
        this.leave();
        continue;
      }
      context.at++;
      if (token.kind !== TokenKind.identifier || token.flags & TokenFlag.painted) {
        this.behindDefined &&= token.atom === known['('];
        emit(token);
        continue;
      }
      if (this.inCondition && (this.behindDefined || token.atom === known.defined)) {
        this.behindDefined = !this.behindDefined;
        emit(token);
        continue;
      }
      const macro = this.host.macro(token.atom);
      if (!macro) {
        emit(token);
      } else if (macro.disabled) {
        emit(token.withFlags(token.flags | TokenFlag.painted));
      } else if (!this.enter(token, macro)) {
        emit(token);
      }
    }
  }

  private leave(): void {
    const context = this.contexts.pop();
    if (context?.macro) {
      context.macro.disabled = false;
    }
  }

  /** Pushes the expansion of `macro`, named by `token`; false when it is function-like and no arguments follow. */
  private enter(token: Token, macro: Macro): boolean {
    let args: Token[][] = [];
    if (macro.parameters) {
      if (!this.parenthesisFollows()) {
        return false;
      }
      const collected = this.collectArguments(macro);
      if (!collected) {
        return false;
      }
      args = collected;
    }
    if (macro.computed) {
      const made = this.host.computed(macro.computed, this.use, args[0] ?? []);
      if (made) {
        const text = new Token(
          made.kind,
          this.host.atomTable.intern(made.text),
          token.flags | TokenFlag.fromMacro,
          -1,
          -1,
        );
        this.contexts.push({ tokens: [text], at: 0, macro: undefined, barrier: false });
      }
      return true;
    }
    if (macro.list.length > maximumPerUse && !this.spend(macro.list.length)) {
      return true;
    }
    let tokens = macro.plain ? macro.tokens : substitute(macro, args, this.substitution);
    if (!this.spend(tokens.length + 1)) {
      return true;
    }
    const first = tokens[0];
    const space = token.flags & (TokenFlag.space | TokenFlag.lineStart);
    if (first && (first.flags & (TokenFlag.space | TokenFlag.lineStart)) !== space) {
      tokens = [first.withFlags((first.flags & ~(TokenFlag.space | TokenFlag.lineStart)) | space), ...tokens.slice(1)];
    }
    macro.disabled = true;
    this.contexts.push({ tokens, at: 0, macro, barrier: false });
    return true;
  }

  private spend(tokens: number): boolean {
    this.spentHere += tokens;
    this.spentInUnit += tokens;
    if (this.spentHere > maximumPerUse || this.spentInUnit > maximumPerUnit) {
      this.explode(sentence('the-expansion-of-this-macro-is-too-large'));
    }
    return !this.exploded;
  }

  /** Drops all that is still to be read of this use, and says so once. */
  private explode(message: Words): void {
    if (!this.exploded) {
      this.exploded = true;
      this.host.problem('SS1007', message, sentence('the-rest-of-the-expansion-was-dropped-write-the'));
    }
    for (const context of this.contexts) {
      context.at = context.tokens.length;
    }
  }

  /** Whether the next token, in the contexts or in the file, is `(`. */
  private parenthesisFollows(): boolean {
    for (let i = this.contexts.length - 1; i >= 0; i--) {
      const context = this.contexts[i] as Context;
      const token = context.tokens[context.at];
      if (token) {
        return token.atom === known['('] && token.kind === TokenKind.punctuator;
      }
      if (context.barrier) {
        return false;
      }
    }
    const token = this.host.peekFile();
    return token?.atom === known['('] && token.kind === TokenKind.punctuator;
  }

  /** The next unexpanded token; undefined at a barrier or the end of the file. */
  private takeRaw(): Token | undefined {
    for (;;) {
      const context = this.contexts[this.contexts.length - 1];
      if (!context) {
        const token = this.host.takeFile();
        if (token) {
          this.use.end = Math.max(this.use.end, token.end);
        }
        return token;
      }
      const token = context.tokens[context.at];
      if (token) {
        context.at++;
        return token.kind === TokenKind.identifier && this.host.macro(token.atom)?.disabled
          ? token.withFlags(token.flags | TokenFlag.painted)
          : token;
      }
      if (context.barrier) {
        return undefined;
      }
      this.leave();
    }
  }

  /**
   * Takes `( … )` and splits it at the commas that separate arguments; undefined, with a diagnostic, when it is not
   * closed or the number of arguments is wrong (what was taken is then read again as plain text).
   */
  private collectArguments(macro: Macro): Token[][] | undefined {
    const taken: Token[] = [];
    const args: Token[][] = [];
    let current: Token[] = [];
    const parameters = macro.parameters ?? [];
    const open = this.takeRaw();
    if (open) {
      taken.push(open);
    }
    let depth = 1;
    for (;;) {
      const token = this.takeRaw();
      if (!token) {
        this.notClosed(macro);
        this.readAgain(taken);
        return undefined;
      }
      taken.push(token);
      if (token.kind === TokenKind.punctuator) {
        if (token.atom === known['(']) {
          depth++;
        } else if (token.atom === known[')']) {
          depth--;
          if (depth === 0) {
            break;
          }
        } else if (
          token.atom === known[','] &&
          depth === 1 &&
          !(macro.variadic && args.length === parameters.length - 1)
        ) {
          args.push(current);
          current = [];
          continue;
        }
      }
      current.push(
        token.flags & TokenFlag.lineStart
          ? token.withFlags((token.flags & ~TokenFlag.lineStart) | TokenFlag.space)
          : token,
      );
    }
    args.push(current);
    if (!this.spend(taken.length)) {
      return undefined;
    }
    if (parameters.length === 0 && args.length === 1 && current.length === 0) {
      return [];
    }
    if (macro.variadic && args.length === parameters.length - 1) {
      args.push([]);
    }
    if (args.length !== parameters.length) {
      this.wrongCount(macro, parameters.length, args.length);
      this.readAgain(taken);
      return undefined;
    }
    return args;
  }

  private notClosed(macro: Macro): void {
    this.host.problem(
      'SS1006',
      sentence('arguments-of-macro-macro-are-not-closed', { macro: this.host.atomTable.text(macro.name) }),
      sentence('add-the-missing-closing-bracket'),
    );
  }

  private wrongCount(macro: Macro, wanted: number, given: number): void {
    this.host.problem(
      'SS1006',
      sentence(
        macro.variadic ? 'macro-takes-at-least-count-arguments-but-given' : 'macro-takes-count-arguments-but-given',
        { macro: this.host.atomTable.text(macro.name), count: wanted - (macro.variadic ? 1 : 0), given },
      ),
      sentence('give-it-the-arguments-its-definition-names'),
    );
  }

  private readAgain(tokens: readonly Token[]): void {
    this.contexts.push({ tokens, at: 0, macro: undefined, barrier: false });
  }
}
