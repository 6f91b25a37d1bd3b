/**
 * Compiling a program in which a document's functions take the place of its own.
 *
 * In: the program's source and the replacing functions. Out: for each round over the program, what takes whose place and
 * what is added; at the end what became of it, told as diagnostics in the document. Before the first round the sources
 * that seem to define one of the functions are checked alone: what they lack is known after a few files.
 */
import { sentence } from '../sentences/sentence';
import type { Image } from '../abi/image';
import { additionsPath, additionsText, Replacing } from '../preprocess/replacing';
import type { CheckedUnit } from '../semantic/checked';
import { SharedDeclarations } from '../semantic/shared-declarations';
import type { Diagnostic } from '../source/diagnostic';
import { MemoryLoader, OverlayLoader, type FileLoader } from '../source/file-loader';
import type { Addition, MovedMembers, Replaced, Replacement } from '../source/replacement';
import { additionsFor, movedMembers, tellAdditions, withMore } from './additions';
import { calledFunctions, namesInSource, type SourceNames } from './called-functions';
import type { FrontEnd } from './front-end';
import type { ProgramSource } from './program-source';

/** Rounds over the sources that are checked alone. */
const PREPARING_ROUNDS = 4;

/** The program's files, with the document and the text of what was added for it. */
export function loaderWith(
  loader: FileLoader,
  replacement: Replacement | undefined,
  additions: readonly Addition[] = [],
): FileLoader {
  if (!replacement) {
    return loader;
  }
  const { shown } = replacement;
  const document: FileLoader = { load: (path) => (path === shown.path ? shown : undefined) };
  const added = new MemoryLoader([[additionsPath, additionsText(additions).text]]);
  const joined = new OverlayLoader([document, loader, added]);
  return {
    load: (path) => joined.load(path),
    stamp: (path) => (path === shown.path ? undefined : loader.stamp?.(path)),
    problems: () => loader.problems?.() ?? [],
  };
}

export class InPlaceCompilation {
  private additions: readonly Addition[] = [];
  private current: Replacing;
  private readonly choices = new Map<string, string>();
  /** Functions that some source seems to define. */
  private readonly defined = new Set<string>();
  private names: readonly SourceNames[] = [];
  /** Records before anything was added. */
  private before: readonly CheckedUnit[] = [];
  private after: readonly CheckedUnit[] = [];

  constructor(
    private readonly source: ProgramSource,
    private readonly replacement: Replacement,
    private readonly frontEnd: FrontEnd,
  ) {
    this.current = new Replacing(replacement, []);
  }

  /** Chooses whose definitions give way, and finds what is missing in those sources. */
  prepare(): void {
    const paths = this.chooseSources();
    const files = this.source.sources
      .filter((path) => paths.has(path))
      .flatMap((path) => this.source.loader.load(path) ?? []);
    for (let round = 0; round < PREPARING_ROUNDS; round++) {
      const shared = new SharedDeclarations();
      const replacing = this.replacing();
      const checked = files.map((file) => this.frontEnd.check(file, shared, replacing));
      const units = checked.map(({ unit }) => unit);
      if (round === 0) {
        this.before = units;
      }
      this.after = units;
      if (
        !this.learn(
          checked.flatMap(({ diagnostics }) => diagnostics),
          false,
        )
      ) {
        break;
      }
    }
  }

  /** What takes whose place, for one round over the program. */
  replacing(): Replacing {
    this.current = new Replacing(this.replacement, this.additions);
    this.choices.forEach((path, name) => this.current.choose(name, path));
    return this.current;
  }

  /** Whether a round shows that something more has to be added; `isWhole`: it went over all sources. */
  learn(diagnostics: readonly Diagnostic[], isWhole = true): boolean {
    const { replacement, source, additions } = this;
    const known = { members: source.knownMembers ?? [], constants: source.knownConstants ?? new Map() };
    const done = new Set(this.current.done.map(({ name }) => name));
    const absent = replacement.functions.filter(
      ({ name }) => !done.has(name) && !source.build.services.has(name) && (isWhole || !this.defined.has(name)),
    );
    this.additions = withMore(additions, [
      ...additionsFor(diagnostics, replacement, known, additions),
      ...calledFunctions(replacement, absent, done, this.names, this.frontEnd.tokens),
    ]);
    return this.additions !== additions;
  }

  /** Whether anything of the document is compiled. */
  get runs(): boolean {
    return this.current.done.length > 0 || this.additions.some(({ kind }) => kind === 'function');
  }

  get replaced(): Replaced {
    return { functions: this.current.done, additions: this.additions, moves: this.moves() };
  }

  /** What a reader of the document has to know of it. */
  tell(units: readonly CheckedUnit[]): Diagnostic[] {
    if (this.after.length === 0) {
      this.after = units;
    }
    const { file } = this.replacement;
    return [
      ...(this.runs ? [] : [nothingOfThisKernel(file.path)]),
      ...tellAdditions(this.replacement, this.additions, this.moves()),
      ...this.replacement.functions.flatMap(({ name, start, end }) => this.fateOf(name, start, end) ?? []),
    ];
  }

  /** The compiler's words about what is missing, as a reader of a document needs them; `calls`: what is told of calls. */
  explain(diagnostics: readonly Diagnostic[], calls: readonly Diagnostic[]): Diagnostic[] {
    const { file } = this.replacement;
    const called = new Set(calls.map(({ missing }) => missing?.name));
    return diagnostics.flatMap((each) => {
      const { missing, severity, span } = each;
      if (!missing || missing.record !== undefined || span?.file.path !== file.path) {
        return [each];
      }
      if (severity === 'warning') {
        return called.has(missing.name) ? [] : [each];
      }
      return [{ ...each, remedy: sentence('declare-it-in-a-listing-or-choose-a-kernel-that-has-it') }];
    });
  }

  /** Functions that only the document knows of: calling one stops a run. */
  tellCalls({ debug }: Image): Diagnostic[] {
    const { file } = this.replacement;
    const id = debug.files.indexOf(file.path);
    return debug.functions
      .filter((each) => each.kind === 'missing' && each.file === id && each.end > each.start)
      .map(({ name, start, end }) => ({
        code: 'SS7011',
        severity: 'warning',
        span: { file, start, end },
        message: sentence('the-kernel-beneath-has-no-function-name', { name }),
        missing: { name },
        remedy: sentence('calling-it-stops-a-run-choose-a-kernel-that-has-it'),
      }));
  }

  private moves(): MovedMembers[] {
    return this.additions.length > 0 ? movedMembers(this.before, this.after) : [];
  }

  private chooseSources(): Set<string> {
    const { loader, sources } = this.source;
    const { tokens } = this.frontEnd;
    const wanted = new Set(this.replacement.functions.map(({ name }) => tokens.atomTable.intern(name)));
    this.names = sources.flatMap((path) => {
      const file = loader.load(path);
      return file ? [namesInSource(path, tokens.lexed(file), wanted)] : [];
    });
    const chosen = new Set<string>();
    for (const { name, mentions = [] } of this.replacement.functions) {
      const atom = tokens.atomTable.intern(name);
      const candidates = this.names.filter(({ defines }) => defines.has(atom)).map(({ path }) => path);
      const named = mentions.flatMap(
        (word) => candidates.find((path) => path === word || path.endsWith(`/${word}`)) ?? [],
      );
      const path = named[0] ?? candidates[0];
      if (path !== undefined) {
        chosen.add(path);
        this.defined.add(name);
      }
      // The first of several may be one that its `#if` leaves out: only what the document says is binding.
      if (named[0] !== undefined) {
        this.choices.set(name, named[0]);
      }
    }
    return chosen;
  }

  private fateOf(name: string, start: number, end: number): Diagnostic | undefined {
    const { file } = this.replacement;
    const { build } = this.source;
    const done = this.current.done.find((each) => each.name === name);
    const at = file.text.slice(start, end).search(new RegExp(`\\b${name}\\b`));
    const span = { file, start: start + Math.max(0, at), end: at < 0 ? end : start + at + name.length };
    if (build.services.has(name) && (!done || build.servicesFirst?.has(name))) {
      return {
        code: 'SS7012',
        severity: 'warning',
        span,
        message: sentence('name-is-a-service-of-the-simulator-the-document-s-is', { name }),
        remedy: sentence('a-service-stands-for-hardware-memory-or-processes'),
      };
    }
    if (this.additions.some((each) => each.kind === 'function' && each.name === name)) {
      return undefined;
    }
    if (!done) {
      return {
        code: 'SS7010',
        severity: 'warning',
        span,
        message: sentence('name-is-not-of-this-kernel-and-nothing-calls-it', { name }),
        remedy: sentence('check-the-name-or-choose-a-kernel-that-has-it'),
      };
    }
    const kept = this.current.kept.get(name);
    return kept
      ? {
          code: 'SS7012',
          severity: 'warning',
          span,
          message: sentence('name-takes-the-place-of-the-one-in-path-list-keeps', {
            name,
            path: done.path,
            list: [...kept].join(', '),
          }),
          remedy: sentence('name-the-file-that-is-meant-before-the-listing'),
        }
      : undefined;
  }
}

/** That a run would not show anything of a document. */
function nothingOfThisKernel(path: string): Diagnostic {
  return {
    code: 'SS7012',
    severity: 'error',
    path,
    message: sentence('the-kernel-beneath-has-no-function-of-this-document'),
    remedy: sentence('choose-a-kernel-that-has-one'),
  };
}
