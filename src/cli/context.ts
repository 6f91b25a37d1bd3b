/**
 * What a command is given: its arguments, the language, output in the agreed forms, and the compiled kernel on demand.
 */
import { wordingIn } from '../sentences/wording';
import type { Told, Words } from '../sentences/sentence';
import { Catalog } from '../catalog/catalog';
import { decodePacks, encodePacks, packsKey } from '../catalog/kept-packs';
import type { Bilingual } from '../base/bilingual';
import type { Language } from '../catalog/language';
import { oneLine } from '../catalog/language';
import type { AnnotatedDocument } from '../document/document-model';
import { runnableDocument } from '../document/in-place-of';
import { documentDifferences, shortenedListings } from '../query/document-differences';
import { DocumentView } from '../query/document-view';
import { Query } from '../query/query';
import { Reader } from '../reading/reader';
import { openProgram, type ProgramCache } from '../facade/open-session';
import { functionNames, knowledgeOf, macroText, type Program } from '../facade/program';
import { formatDiagnostic, hasErrors, type Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { Replacement } from '../source/replacement';
import { SourceFile } from '../source/source-file';
import type { Arguments } from './arguments';
import { phaseNames, Profile } from './profile';
import { visibleJson, visibleLine, visibleText } from './visible-text';
import type { CliIo } from './cli-io';
import { suggestion } from './suggestion';

/** 0: done. 1: an expectation failed, or what was asked for is not there. 2: bad usage or bad input. */
export type ExitStatus = 0 | 1 | 2;

export interface RunningDocument {
  readonly document: AnnotatedDocument;
  readonly replacement: Replacement;
}

/** A compiled kernel as commands get it. */
export interface Compiled {
  readonly query: Query;
  readonly program: Program | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly ok: boolean;
}

export class Context {
  private knowledge: Promise<Compiled> | undefined;
  /** Measures, when `--profile` is given. */
  readonly profile: Profile | undefined;

  constructor(
    readonly io: CliIo,
    readonly args: Arguments,
    readonly cache: ProgramCache,
    readonly language: Language,
  ) {
    this.profile = args.flag('profile') ? new Profile(() => io.now()) : undefined;
  }

  /** Lets the host handle input; true once nobody reads the answer any more. */
  readonly breathe = async (): Promise<boolean> => {
    await this.io.breathe();
    return this.io.closed();
  };

  get json(): boolean {
    return this.args.flag('json');
  }

  /**
   * The tree that `--kernel` names; undefined for the bundled kernel. The same object each time, so that it is compiled
   * once.
   */
  get kernel(): { readonly loader: FileLoader; readonly name: string } | undefined {
    const name = this.args.value('kernel');
    return (this.tree ??= name === undefined ? undefined : { loader: this.measured(this.io.kernelTree(name)), name });
  }
  private tree: { readonly loader: FileLoader; readonly name: string } | undefined;

  /** As if `--kernel` named this folder; to be called before anything is compiled. */
  useTree(name: string): void {
    this.tree = { loader: this.measured(this.io.kernelTree(name)), name };
  }

  /**
   * The document that `--document` names, and what of it takes the place of the kernel's functions; undefined where none
   * is named. `failed`, and told, when it cannot be read or nothing of it can run.
   */
  get document(): RunningDocument | 'failed' | undefined {
    const path = this.args.value('document');
    return (this.read ??= path === undefined ? undefined : this.readDocument(path));
  }
  private read: RunningDocument | 'failed' | undefined;

  private readDocument(path: string): RunningDocument | 'failed' {
    const opened = this.io.openFile(path);
    if ('code' in opened) {
      this.report([opened]);
      return 'failed';
    }
    const { document, replacement, diagnostics } = runnableDocument(opened);
    this.report(diagnostics);
    if (!replacement) {
      return 'failed';
    }
    return { document, replacement };
  }

  /** Tells which listings of the document were shortened without a mark. */
  tellShortened(program: Program | undefined): void {
    const { replacement, replaced, loader } = program ?? {};
    if (replacement && replaced) {
      const load = (path: string): SourceFile | undefined => loader?.load(path);
      this.report(shortenedListings(replacement, documentDifferences(replacement, replaced, load)));
    }
  }

  /** The kernel with a document's functions, as `--document` would have it. */
  compiledWith(document: RunningDocument): Promise<Compiled> {
    this.read = document;
    this.onlyReads = true;
    return this.compiled();
  }

  /** That nothing of the document runs is no mistake for who only reads it. */
  forReaders(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return diagnostics.map((each) => (each.code === 'SS7012' ? { ...each, severity: 'warning' } : each));
  }
  private onlyReads = false;

  /** What of the document runs; to be asked for when reading it did not fail. */
  get replacement(): Replacement | undefined {
    const { document } = this;
    return document === 'failed' ? undefined : document?.replacement;
  }

  /** A text in the chosen language; both on one line for `both`. */
  say(text: Bilingual): string {
    return oneLine(text, this.language);
  }

  line(text: string): void {
    this.io.stdout(`${visibleText(text)}\n`);
  }

  errorLine(text: string): void {
    this.io.stderr(`${visibleText(text)}\n`);
  }

  /** A loader whose reading counts as such. */
  measured(loader: FileLoader): FileLoader {
    return this.profile?.reading(loader) ?? loader;
  }

  /** Where the time went, on stderr, so that the output stays what it is: a table, or one object. */
  tellProfile(): void {
    const { profile } = this;
    if (profile) {
      const spent = profile.result();
      if (this.json) {
        this.io.stderr(`${visibleJson({ profile: spent })}\n`);
      } else {
        const names = Object.keys(phaseNames) as (keyof typeof phaseNames)[];
        names.forEach((name) =>
          this.errorLine(`${spent[name].toFixed(1).padStart(9)} ms  ${this.say(phaseNames[name])}`),
        );
      }
    }
  }

  printJson(value: unknown): void {
    this.io.stdout(`${visibleJson(value, 1)}\n`);
  }

  /** One value on one line. */
  jsonLine(value: unknown): void {
    this.io.stdout(`${visibleJson(value)}\n`);
  }

  /** Prints diagnostics to stderr in the fixed form, each once for a command; answers whether one of them is an error. */
  report(diagnostics: readonly Diagnostic[]): boolean {
    for (const line of diagnostics.map((each) => visibleLine(this.formatted(each)))) {
      if (!this.reported.has(line)) {
        this.reported.add(line);
        this.io.stderr(`${line}\n`);
      }
    }
    return hasErrors(diagnostics);
  }
  private readonly reported = new Set<string>();

  /** A diagnostic in the fixed form, in the chosen language. */
  formatted(diagnostic: Diagnostic): string {
    return formatDiagnostic(diagnostic, this.language);
  }

  /** What a run tells, in the chosen language. */
  sentence(text: Told): string {
    return wordingIn(text, this.language);
  }

  fail(code: Diagnostic['code'], message: Words, remedy?: Words): 2 {
    this.report([{ code, severity: 'error', message, remedy }]);
    return 2;
  }

  /**
   * Catalogue of the bundled packs and of those in `.sockscope/annotations` of the present folder. What is wrong with
   * them is told once.
   */
  catalog(): Catalog {
    if (!this.known) {
      const bundled = this.bundledPacks();
      this.known = Catalog.load([...bundled, ...this.userPacks()], this.cache.packs.packsOf(bundled));
      this.packsAreWrong = this.report([...this.packProblems, ...this.known.diagnostics]);
    }
    return this.known;
  }
  private known: Catalog | undefined;

  /** Takes the shipped packs as they were read before, where the host keeps such things; else keeps them. */
  private async takeKeptPacks(): Promise<void> {
    const { store, packs: read } = this.cache;
    const files = this.bundledPacks();
    if (!store || read.has(files)) {
      return;
    }
    const key = packsKey(files, store.build);
    const kept = await store.read(key);
    if (kept) {
      read.take(files, decodePacks(new TextDecoder().decode(kept), files));
      return;
    }
    const packs = [...read.packsOf(files).values()];
    if (packs.every(({ diagnostics }) => diagnostics.length === 0)) {
      await store.write(key, new TextEncoder().encode(encodePacks(packs)));
    }
  }

  /** Whether a pack has an error. */
  packsAreWrong = false;

  bundledPacks(): SourceFile[] {
    return Object.entries(this.io.media())
      .filter(([path]) => path.startsWith('media/annotations/') && /\.ya?ml$/.test(path))
      .map(([path, text]) => new SourceFile(path, text));
  }

  private userPacks(): SourceFile[] {
    const { files, problems } = this.filesOfFolder('.sockscope/annotations');
    this.packProblems = problems;
    return files;
  }

  /** Files that say how structures are shown, of the present folder; those that cannot be read are told. */
  viewFiles(): readonly SourceFile[] {
    const { files, problems } = this.filesOfFolder('.sockscope/views');
    this.report(problems);
    return files;
  }

  /** YAML files of a folder in the present one, and what keeps others from being read. */
  private filesOfFolder(folder: string): { readonly files: SourceFile[]; readonly problems: Diagnostic[] } {
    const listed = this.io.listFiles(folder, ['.yaml', '.yml'], '.');
    const problems = [...listed.problems];
    const files = listed.files.flatMap((path) => {
      const opened = this.io.openFile(path);
      if ('code' in opened) {
        problems.push(opened);
        return [];
      }
      return [opened];
    });
    return { files, problems };
  }
  private packProblems: Diagnostic[] = [];

  /**
   * The compiled kernel with the notes on it. Problems of the sources are reported once; `ok` is false when the bundled
   * kernel has an error or a tree cannot be compiled at all: what a tree has wrong here and there stops only a run that
   * comes to it. `readsLittle`: a few functions at most are parsed after that.
   */
  async compiled({ readsLittle = false } = {}): Promise<Compiled> {
    return (this.knowledge ??= this.compile(readsLittle));
  }

  /** The parser's bytes in the form in which the parser takes them. */
  grammar(): { readonly runtimeWasm: Uint8Array; readonly grammarWasm: Uint8Array } {
    const { runtime, grammar } = this.io.parserWasm();
    return { runtimeWasm: runtime, grammarWasm: grammar };
  }

  private async compile(readsLittle: boolean): Promise<Compiled> {
    if (this.document === 'failed') {
      return { query: await this.queryOn(undefined), program: undefined, diagnostics: [], ok: false };
    }
    const { program, diagnostics } = await openProgram({
      onPhase: this.profile?.enter,
      // The process would not end before the engine has optimised what is used once.
      onKept: readsLittle ? () => this.io.compileSparingly?.() : undefined,
      media: this.io.media(),
      wasm: this.io.parserWasm(),
      cache: this.cache,
      kernel: this.kernel,
      replacement: this.replacement,
    });
    this.profile?.enter('other');
    const failed = this.report(this.onlyReads ? this.forReaders(diagnostics) : diagnostics);
    this.tellShortened(program);
    return {
      query: await this.queryOn(program),
      program,
      diagnostics,
      ok: program !== undefined && (!failed || this.kernel !== undefined || this.replacement !== undefined),
    };
  }

  /** Whether the program has all the functions that the command line names; says which it has not. */
  functionsExist(program: Program): boolean {
    const known = new Set(functionNames(program));
    const unknown = this.args.words.filter((word) => !known.has(word));
    for (const word of unknown) {
      this.fail(
        'SS4001',
        { en: `there is no function '${word}' in the compiled kernel`, zh: `已编译的内核里没有函数“${word}”` },
        suggestion(word, known),
      );
    }
    return unknown.length === 0;
  }

  /** Reads sources as they are written; `program` knows what macros stand for. */
  async reader(program?: Program): Promise<Reader> {
    const parser = await this.cache.parserFrom(this.grammar());
    return new Reader(parser, (name, path) => macroText(program, name, path));
  }

  /** Questions about a program's sources. */
  async queryOn(program: Program | undefined): Promise<Query> {
    await this.takeKeptPacks();
    const reader = await this.reader(program);
    const { document } = this;
    const view =
      document === undefined || document === 'failed'
        ? undefined
        : new DocumentView(document.document, this.catalog(), reader);
    return new Query({
      catalog: this.catalog(),
      reader,
      document: (file) => (view && isText(file, view.document.file) ? view : undefined),
      ...knowledgeOf(program),
    });
  }
}

/** Whether two files are the same text under the same path: a program that is used again has its own object of it. */
function isText(a: SourceFile, b: SourceFile): boolean {
  return a === b || (a.path === b.path && a.text === b.text);
}
