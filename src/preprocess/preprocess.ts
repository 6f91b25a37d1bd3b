/**
 * Preprocessing of one translation unit (C99 5.1.1.2 phases 1 to 4, and the GNU C forms old kernels use). Goes in: a
 * file, a loader and include paths; comes out: the expanded tokens with the places where a person sees them,
 * diagnostics, the files read, and the macros defined at the end. Algorithm: a stack of files; plain text between
 * directives goes straight from a file's token arrays to the stream, names of macros go through the {@link Expander}.
 * Bounds: 200 files deep, 50,000 inclusions, 40 million tokens, 1,000 diagnostics.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic, Severity } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { SourceFile, Span } from '../source/source-file';
import { known } from './atoms';
import { computedValue, dependsOnUnit } from './computed-values';
import { carryOut, directiveText, Frame, reportDirective, type DirectiveState } from './directives';
import { Expander, maximumPerUnit, type ExpanderHost, type UseSite } from './expander';
import { IncludeFinder } from './include';
import { IncludeRecorder, type IncludeMemo, type Spent } from './include-memo';
import type { Directive, LexedFile } from './lexed-file';
import type { Computed, Macro } from './macro';
import { MacroTable } from './macro-table';
import { oddCharacter, oddCharacterProblem } from './odd-characters';
import type { Replacing } from './replacing';
import { ReplacingReader } from './replacing-reader';
import { punctuatorLength } from './scan';
import { TokenCache } from './token-cache';
import { TokenFlag, TokenKind, type Token, type TokenStream } from './token';

const maximumDepth = 200;
const maximumInclusions = 50_000;
const maximumTokens = 40_000_000;
const maximumDiagnostics = 1_000;

export interface PreprocessOptions {
  readonly loader: FileLoader;
  /** Searched in order for both forms of `#include`. */
  readonly includePaths: readonly string[];
  /** Searched after `includePaths`. */
  readonly systemIncludePaths?: readonly string[];
  /** Macros to define first: name → body. */
  readonly defines?: Readonly<Record<string, string>>;
  /** Keeps files cut into tokens between units; a fresh one otherwise. */
  readonly cache?: TokenCache;
  /** Definitions that take the place of the unit's own. */
  readonly replacing?: Replacing | undefined;
  /** Keeps what files that are included come to; made for the same loader and include paths. */
  readonly memo?: IncludeMemo;
  /** What the program may still have; less than this preprocessor's own bound. */
  readonly mostTokens?: number;
}

export interface Preprocessed {
  readonly tokens: TokenStream;
  readonly diagnostics: readonly Diagnostic[];
  /** Every file read, the main file first, each once. */
  readonly includes: readonly SourceFile[];
  /** Macros defined at the end of the unit. */
  readonly macros: MacroTable;
  /** False when the unit has more tokens than were asked for: the rest is missing. */
  readonly complete: boolean;
}

/** Preprocesses `main`. Never throws for what the source holds. */
export function preprocess(main: SourceFile, options: PreprocessOptions): Preprocessed {
  return new Preprocessor(main, options).run();
}

class Preprocessor implements ExpanderHost, DirectiveState {
  private readonly cache: TokenCache;
  readonly stream: TokenStream;
  readonly macros: MacroTable;
  readonly expander: Expander;
  readonly once = new Set<SourceFile>();
  private readonly finder: IncludeFinder;
  private readonly diagnostics: Diagnostic[] = [];
  private readonly seen = new Set<SourceFile>();
  private readonly frames: Frame[] = [];
  private inclusions = 0;
  private stopped = false;
  private complete = true;
  private counter = 0;
  /** File of the last macro use, and its index in the stream. */
  private useFile: SourceFile | undefined;
  private useFileIndex = 0;
  private readonly replacer: ReplacingReader | undefined;
  readonly recorder: IncludeRecorder | undefined;
  private readonly emit = (token: Token): void => this.emitToken(token);

  constructor(
    private readonly main: SourceFile,
    private readonly options: PreprocessOptions,
  ) {
    this.cache = options.cache ?? new TokenCache();
    this.stream = this.cache.newStream();
    this.macros = new MacroTable(this.cache.atomTable);
    this.finder =
      options.memo?.finder ??
      new IncludeFinder(options.loader, [...options.includePaths, ...(options.systemIncludePaths ?? [])]);
    this.expander = new Expander(this, main);
    this.cache.computed.forEach((macro) => this.macros.define(macro));
    this.recorder =
      options.memo && !options.replacing ? new IncludeRecorder(options.memo, this.macros, this.stream) : undefined;
    this.replacer =
      options.replacing &&
      new ReplacingReader(options.replacing, main.path, this.stream, this.cache, (lexed) => this.readNested(lexed));
  }

  private get mostTokens(): number {
    return this.options.mostTokens ?? maximumTokens;
  }

  get atomTable(): TokenCache['atomTable'] {
    return this.cache.atomTable;
  }

  run(): Preprocessed {
    this.open(this.main, -1);
    this.frames.push(new Frame(this.cache.predefinedBy(this.options.defines), 0, -1));
    while (this.frames.length > 0) {
      this.readSome(this.frames[this.frames.length - 1] as Frame);
      this.replacer?.advance();
    }
    this.replacer?.finish();
    this.cache.expectedLength = Math.max(1024, this.stream.length + 1024);
    return {
      tokens: this.stream,
      diagnostics: this.diagnostics,
      includes: [...this.seen],
      macros: this.macros,
      complete: this.complete,
    };
  }

  report(diagnostic: Diagnostic): void {
    this.recorder?.spoil();
    if (this.diagnostics.length < maximumDiagnostics) {
      this.diagnostics.push(diagnostic);
    }
  }

  private open(file: SourceFile, pathIndex: number): void {
    const lexed = this.cache.lexed(file);
    this.see(lexed);
    this.frames.push(new Frame(lexed, this.stream.fileIndex(file), pathIndex));
  }

  private see({ file }: LexedFile): void {
    if (!this.seen.has(file)) {
      this.seen.add(file);
      this.cache.lexed(file).diagnostics.forEach((diagnostic) => this.report(diagnostic));
    }
  }

  /** Reads a file to its end before anything else goes on. */
  private readNested(lexed: LexedFile): void {
    this.see(lexed);
    const depth = this.frames.length;
    this.frames.push(new Frame(lexed, this.stream.fileIndex(lexed.file), -1));
    while (this.frames.length > depth) {
      this.readSome(this.frames[this.frames.length - 1] as Frame);
    }
  }

  /** Reads the next stretch of plain text, or carries out the next directive, or closes the file. */
  private readSome(frame: Frame): void {
    if (frame.at < frame.segmentEnd) {
      this.readText(frame);
    } else if (frame.directive < frame.lexed.directives.length) {
      this.directive(frame, false);
    } else {
      this.close(frame);
    }
  }

  private readText(frame: Frame): void {
    const { kinds, atoms, flags, starts, ends } = frame.lexed;
    const { stream } = this;
    const macros = this.macros.byAtom;
    const { fileIndex } = frame;
    const from = frame.at;
    let i = from;
    while (i < frame.segmentEnd) {
      const kind = kinds[i] as number;
      const atom = atoms[i] as number;
      if (kind === TokenKind.identifier) {
        const macro = macros[atom];
        if (macro !== undefined) {
          frame.at = i + 1;
          this.expander.expandUse(frame.token(i), macro, frame.file, this.emit);
          i = frame.at;
          if (stream.length > this.mostTokens) {
            break;
          }
          continue;
        }
      } else if (kind === TokenKind.other) {
        this.strayQuote(frame, i);
        const span = { file: frame.file, start: starts[i] as number, end: ends[i] as number };
        const sign = this.oddSign(atom, span);
        if (sign !== undefined) {
          if (sign > 0) {
            stream.push(TokenKind.punctuator, sign, flags[i] as number, fileIndex, span.start, span.end, 0);
          }
          i++;
          continue;
        }
      }
      stream.push(kind, atom, flags[i] as number, fileIndex, starts[i] as number, ends[i] as number, 0);
      i++;
    }
    frame.at = i;
    if (stream.length > maximumTokens) {
      this.stop(frame, 'SS1007', sentence('the-expanded-text-is-too-large'));
    } else if (stream.length > this.mostTokens) {
      this.complete = false;
      this.stopped = false;
      const message = sentence('the-source-is-too-large');
      const last = Math.max(from, i - 1 - (stream.length - this.mostTokens));
      this.stop(frame, 'SS1007', message, last, sentence('leave-out-what-is-not-needed-or-split-it'));
    }
  }

  private close(frame: Frame): void {
    for (const open of this.complete ? frame.conditionals : []) {
      const name = this.atomTable.text(open.directive.name);
      const message = sentence('name-is-not-closed', { name });
      reportDirective(this, frame, open.directive.hash, 'SS1005', message, sentence('add-the-missing-endif'));
    }
    this.frames.pop();
    this.recorder?.end(this.frames.length, this.spent, this.once.size > 0);
  }

  private get spent(): Spent {
    return { inclusions: this.inclusions, expanded: this.expander.spentInUnit };
  }

  private directive(frame: Frame, inArguments: boolean): void {
    const index = frame.directive;
    const directive = frame.lexed.directives[index] as Directive;
    const { name } = directive;
    if (name !== known.include && name !== known.include_next && name !== known.import) {
      carryOut(this, frame, index);
      return;
    }
    frame.passDirective(index);
    if (inArguments) {
      reportDirective(
        this,
        frame,
        directive.hash,
        'SS1003',
        sentence('include-within-the-arguments-of-a-macro'),
        sentence('move-it-before-the-macro-is-used'),
      );
    } else if (frame.lexed.isolated) {
      reportDirective(
        this,
        frame,
        directive.hash,
        'SS7013',
        sentence('a-document-cannot-include-a-file'),
        sentence('delete-the-line-the-headers-are-those-of-the-kernel'),
      );
    } else if (!this.stopped) {
      this.include(frame, directive);
    }
  }

  private include(frame: Frame, directive: Directive): void {
    const name = this.headerName(frame, directive);
    if (!name) {
      reportDirective(
        this,
        frame,
        directive.hash,
        'SS1003',
        sentence('include-needs-file-or-file'),
        sentence('write-the-name-of-a-header'),
      );
      return;
    }
    const at = directive.from;
    const found = this.finder.find(
      name.text,
      name.quoted,
      frame.file,
      directive.name === known.include_next ? frame.pathIndex : undefined,
    );
    if (!found) {
      reportDirective(
        this,
        frame,
        at,
        'SS1001',
        sentence('file-name-not-found', { name: name.text }),
        sentence('check-the-name-or-add-the-folder-that-holds-it-to'),
      );
      return;
    }
    if (directive.name === known.import) {
      this.once.add(found.file);
    }
    const lexed = this.cache.lexed(found.file);
    this.recorder?.meet(lexed.guard);
    if (
      (this.once.has(found.file) && this.seen.has(found.file)) ||
      (lexed.guard !== 0 && this.macros.byAtom[lexed.guard] !== undefined)
    ) {
      return;
    }
    if (this.repeat(lexed, found.pathIndex)) {
      return;
    }
    if (this.frames.length >= maximumDepth || ++this.inclusions > maximumInclusions) {
      const itself =
        found.file === frame.file
          ? sentence('name-includes-itself-without-end', { name: name.text })
          : sentence('include-files-are-nested-too-deeply');
      this.stop(frame, 'SS1002', itself, at);
      return;
    }
    this.recorder?.begin(lexed, found.pathIndex, this.frames.length, this.spent);
    this.open(found.file, found.pathIndex);
  }

  /** Does what an earlier inclusion of the file did, where it would do the same now. */
  private repeat(lexed: LexedFile, pathIndex: number): boolean {
    const { recorder, expander, stream, frames } = this;
    const entry = this.once.size === 0 ? recorder?.find(lexed, pathIndex) : undefined;
    if (
      !recorder ||
      !entry ||
      frames.length + entry.depth > maximumDepth ||
      this.inclusions + 1 + entry.inclusions > maximumInclusions ||
      expander.spentInUnit + entry.expanded > maximumPerUnit ||
      stream.length + entry.tokens.kinds.length > Math.min(maximumTokens, this.mostTokens)
    ) {
      return false;
    }
    entry.opened.forEach((each) => this.see(each));
    recorder.repeat(entry, frames.length);
    this.inclusions += 1 + entry.inclusions;
    expander.spentInUnit += entry.expanded;
    return true;
  }

  /** Ends all inclusion: what follows would multiply without end. */
  private stop(
    frame: Frame,
    code: 'SS1002' | 'SS1007',
    message: Words,
    token = Math.max(0, frame.at - 1),
    remedy: Words = sentence('guard-the-header-with-ifndef-or-pragma-once-all'),
  ): void {
    if (!this.stopped) {
      this.stopped = true;
      reportDirective(this, frame, token, code, message, remedy);
    }
    if (code === 'SS1007') {
      this.frames.length = 1;
      this.frames[0]?.jumpTo(-1);
    }
  }

  private headerName(frame: Frame, directive: Directive): { text: string; quoted: boolean } | undefined {
    const { kinds, atoms, starts, ends } = frame.lexed;
    if (directive.from >= directive.to) {
      return undefined;
    }
    const kind = kinds[directive.from];
    let text = this.atomTable.text(atoms[directive.from] ?? 0);
    if (kind !== TokenKind.headerName && kind !== TokenKind.string) {
      const tokens = this.expander.expandDirective(
        frame.tokens(directive.from, directive.to),
        frame.file,
        starts[directive.hash] ?? 0,
        ends[directive.to - 1] ?? 0,
      );
      text = tokens
        .map((token, i) => (i > 0 && token.flags & TokenFlag.space ? ' ' : '') + this.atomTable.text(token.atom))
        .join('');
    } else if (directive.to - directive.from > 1) {
      reportDirective(
        this,
        frame,
        directive.from + 1,
        'SS1003',
        sentence('text-behind-include-frame-is-ignored', {
          frame: directiveText(frame, { ...directive, to: directive.from + 1 }),
        }),
        sentence('write-it-as-a-comment'),
        'warning',
      );
    }
    const match = /^(?:"([^"]+)"|<\s*([^>]*[^>\s])\s*>)/.exec(text);
    return match ? { text: match[1] ?? match[2] ?? '', quoted: match[1] !== undefined } : undefined;
  }

  // --- what the expander asks ---

  macro(atom: number): Macro | undefined {
    this.recorder?.meet(atom);
    return this.macros.byAtom[atom];
  }

  peekFile(): Token | undefined {
    const frame = this.frames[this.frames.length - 1];
    return frame && frame.at < frame.segmentEnd ? frame.token(frame.at) : undefined;
  }

  takeFile(): Token | undefined {
    const frame = this.frames[this.frames.length - 1];
    while (frame) {
      if (frame.at < frame.segmentEnd) {
        return frame.token(frame.at++);
      }
      if (frame.directive >= frame.lexed.directives.length) {
        return undefined;
      }
      this.directive(frame, true);
    }
    return undefined;
  }

  computed(which: Computed, use: UseSite, argument: readonly Token[]): { kind: number; text: string } | undefined {
    if (dependsOnUnit(which)) {
      this.recorder?.spoil();
    }
    return computedValue(which, use, argument, {
      state: this,
      main: this.main.path,
      frame: this.frames[this.frames.length - 1],
      level: this.frames.length - 1,
      count: () => this.counter++,
      useSpan: () => this.expander.useSpan(),
    });
  }

  problem(code: 'SS1006' | 'SS1007', message: Words, remedy: Words, severity: Severity = 'error'): void {
    this.report({
      code,
      severity,
      span: this.expander.useSpan(),
      message,
      remedy,
    });
  }

  private emitToken(token: Token): void {
    const { use } = this.expander;
    if (use.file !== this.useFile) {
      this.useFile = use.file;
      this.useFileIndex = this.stream.fileIndex(use.file);
    }
    const file = this.useFileIndex;
    const own = token.start >= 0;
    const sign =
      token.kind === TokenKind.other
        ? this.oddSign(
            token.atom,
            own ? { file: use.file, start: token.start, end: token.end } : this.expander.useSpan(),
          )
        : undefined;
    if (sign === 0) {
      return;
    }
    this.stream.push(
      sign === undefined ? token.kind : TokenKind.punctuator,
      sign ?? token.atom,
      token.flags & ~TokenFlag.painted,
      file,
      own ? token.start : use.start,
      own ? token.end : use.end,
      use.name,
    );
  }

  /**
   * Tells a character that C does not know and that cannot be seen, or looks like a sign: 0 when it is left out, the atom
   * of the sign that takes its place, undefined when it is another.
   */
  private oddSign(atom: number, span: Span): number | undefined {
    const odd = oddCharacter(this.atomTable.text(atom));
    if (!odd) {
      return undefined;
    }
    const { meant } = odd;
    const isSign = meant !== undefined && punctuatorLength(meant, 0) === meant.length;
    this.report(oddCharacterProblem(odd, span));
    return meant === undefined ? 0 : isSign ? this.atomTable.intern(meant) : undefined;
  }

  private strayQuote(frame: Frame, index: number): void {
    const text = this.atomTable.text(frame.lexed.atoms[index] ?? 0);
    if (text === '"' || text === "'") {
      const remedy = sentence('add-text-where-the-literal-ends', { text });
      reportDirective(this, frame, index, 'SS1005', sentence('missing-closing-text', { text }), remedy);
    }
  }
}
