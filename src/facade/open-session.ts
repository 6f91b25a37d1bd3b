/**
 * Opens a session: finds the scenario, compiles the kernel, puts machine, services and scenario together. Everything
 * that is wrong with what the user gave comes back as diagnostics; warnings may stand beside a session.
 */
import { type OnPhase } from '../base/phases';
import { createCParser, type CParser, type GrammarBytes } from '../parse/tree-sitter';
import { bootKernel } from '../scenario/boot-kernel';
import type { Scenario } from '../scenario/pkt-ast';
import { playing, prepareScenario, type ScenarioOptions } from '../scenario/prepared-scenario';
import { statementsFor } from '../scenario/run-workload';
import { findScenario } from '../scenario/scenario-list';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { Replacement } from '../source/replacement';
import { SourceFile } from '../source/source-file';
import { bundledKernel, partsOfFunctions } from '../trees/bundled-kernel';
import type { MediaFiles } from '../source/media-files';
import { identifyTree } from '../trees/identify-tree';
import { treeProblems, treeProgram } from '../trees/kernel-tree';
import { compileThroughStore, type Compiled, type ImageStore } from '../compile/image-cache';
import { compileProgram, type Program, type ProgramSource } from '../compile/program';
import { compileAhead } from '../machine/instantiate';
import { PackMemory } from '../catalog/kept-packs';
import { readViews } from '../catalog/read-views';
import { linuxViews } from '../values/linux-views';
import { mergedViews } from '../values/structure-views';
import { Session } from '../session/session';
import type { SessionApi } from '../session/session-api';
import { History } from '../history/history';
import { processName } from '../session/frame-names';
import { nearestName } from '../scenario/constants';
import { placeNamed } from './reach-place';

export type { History };

export interface OpenOptions extends ScenarioOptions {
  readonly media: MediaFiles;
  /** A parser, or the bytes to make one from. */
  readonly parser?: CParser;
  readonly wasm?: GrammarBytes | { readonly runtime: Uint8Array; readonly grammar: Uint8Array };
  /** Name of a bundled scenario. */
  readonly scenario?: string | undefined;
  /** A script's text instead; `path` is what diagnostics and journal entries name. */
  readonly script?: { readonly path: string; readonly text: string } | undefined;
  /** Replaces bundled sources (`net/ipv4/af_inet.c` → text): unsaved changes, experiments. */
  readonly overlay?: Readonly<Record<string, string>>;
  /** A user's Linux 2.4 source tree instead of the bundled kernel. `name` is how diagnostics call it. */
  readonly kernel?: { readonly loader: FileLoader; readonly name: string } | undefined;
  /** Functions of a document that take the place of the kernel's. */
  readonly replacement?: Replacement | undefined;
  /** Files that say how structures are shown, besides what is known of Linux. */
  readonly viewFiles?: readonly SourceFile[] | undefined;
  /** Statements that one command may execute before the run counts as endless. */
  readonly stepBudget?: number | undefined;
  /** Bytes of what has happened that are kept, about; what is older can be had by running again. */
  readonly journalRoom?: number | undefined;
  /** Keeps compiled programs between sessions of one host. */
  readonly cache?: ProgramCache;
  /** Told, before the parser is made, that nothing had to be compiled: it parses little. Only of programs that do not run. */
  readonly onKept?: (() => void) | undefined;
  /** Told of each phase from source to run as it begins. */
  readonly onPhase?: OnPhase | undefined;
  /** Compiles elsewhere, in place of `overlay`, `kernel` and `cache`. */
  readonly compile?: () => Promise<Compiled>;
}

export interface OpenedSession {
  readonly session?: SessionApi;
  /** Questions to the session's past. */
  readonly history?: History;
  readonly program?: Program;
  readonly diagnostics: readonly Diagnostic[];
  readonly scenarioPath?: string;
  /** One-based last line of the scenario's text. */
  readonly scenarioLastLine?: number;
  /** The user ended the compilation. */
  readonly cancelled?: boolean;
}

/** Of a copy that runs spans again nobody reads the journal. */
const COPY_ROOM = 256 << 10;
const DEFAULT_BUDGET = 50_000_000;

/**
 * Compiled programs: the last one in memory, and all in the host's store when it has one. The machine is always a fresh
 * one.
 */
export class ProgramCache {
  private last:
    { key: unknown; overlay: string; document: string | undefined; compiled: Promise<Compiled> } | undefined;
  private parser: Promise<CParser> | undefined;
  /** Annotation packs that were read. */
  readonly packs = new PackMemory();

  constructor(readonly store?: ImageStore) {}

  /** The host's one parser. */
  parserFrom(bytes: GrammarBytes): Promise<CParser> {
    return (this.parser ??= createCParser(bytes));
  }

  /**
   * `key`, `overlay` and the replacement's text say whether it is the program compiled last. A kept program that will run is
   * made ready for that while the rest of it is read.
   */
  compile(
    key: MediaFiles | FileLoader,
    overlay: Readonly<Record<string, string>>,
    name: string,
    make: () => ProgramSource,
    parser: PromiseLike<CParser>,
    replacement: Replacement | undefined,
    willRun: boolean,
  ): Promise<Compiled> {
    const text = JSON.stringify(overlay);
    const document = replacement && `${replacement.file.path}\n${replacement.file.text}`;
    if (this.last?.key !== key || this.last.overlay !== text || this.last.document !== document) {
      const compiled = this.store
        ? compileThroughStore(this.store, name, make(), parser, willRun ? { hasWasm: compileAhead } : {})
        : Promise.resolve(parser).then((made) => compileProgram(make(), made));
      this.last = { key, overlay: text, document, compiled };
    }
    return this.last.compiled;
  }
}

/** Compiles the kernel for questions that need no run; with `willRun` for a session. */
export async function openProgram(
  options: OpenOptions,
  willRun = false,
): Promise<Partial<Compiled> & { readonly parser: CParser; readonly diagnostics: readonly Diagnostic[] }> {
  const cache = options.cache ?? new ProgramCache();
  const parser = new Deferred(() => Promise.resolve(options.parser ?? cache.parserFrom(grammarOf(options))));
  if (willRun) {
    // A kept image is read while the parser, which only what is new and expressions need, is made.
    parser.begin().catch(() => undefined);
  }
  const compiled = await programFrom(options, cache, parser, willRun);
  if (!willRun && !parser.isBegun) {
    options.onKept?.();
  }
  return { ...compiled, parser: await parser };
}

/** A promise of what is begun when it is first awaited. */
class Deferred<T> implements PromiseLike<T> {
  private promise: Promise<T> | undefined;

  constructor(private readonly make: () => Promise<T>) {}

  get isBegun(): boolean {
    return this.promise !== undefined;
  }

  begin(): Promise<T> {
    return (this.promise ??= this.make());
  }

  then<Kept = T, Failed = never>(
    kept?: ((value: T) => Kept | PromiseLike<Kept>) | null,
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Kept | Failed> {
    return this.begin().then(kept, failed);
  }
}

async function programFrom(
  options: OpenOptions,
  cache: ProgramCache,
  parser: PromiseLike<CParser>,
  willRun: boolean,
): Promise<Partial<Compiled> & { readonly diagnostics: readonly Diagnostic[] }> {
  if (options.compile) {
    return options.compile();
  }
  const overlay = options.overlay ?? {};
  const { kernel, media, replacement, onPhase } = options;
  if (!kernel) {
    const { program, diagnostics } = await cache.compile(
      media,
      overlay,
      '',
      () => ({ ...bundledKernel(media, overlay, replacement), onPhase }),
      parser,
      replacement,
      willRun,
    );
    return { program, diagnostics };
  }
  const kind = identifyTree(kernel.loader, kernel.name);
  if ('severity' in kind) {
    return { diagnostics: [kind] };
  }
  const { program, diagnostics } = await cache.compile(
    kernel.loader,
    overlay,
    kernel.name,
    () => ({ ...treeProgram(kernel.loader, kind, media, replacement), onPhase }),
    parser,
    replacement,
    willRun,
  );
  return { program, diagnostics: [...treeProblems(kernel.loader), ...diagnostics] };
}

function grammarOf(options: OpenOptions): GrammarBytes {
  const { wasm } = options;
  if (!wasm) {
    throw new Error('internal error: a session needs a parser or the bytes of one');
  }
  return 'runtime' in wasm ? { runtimeWasm: wasm.runtime, grammarWasm: wasm.grammar } : wasm;
}

/** One-based line of the last event: what stands below it are comments, a story among them. */
function lastLine(file: SourceFile, { events }: Scenario): number {
  const end = events.reduce((furthest, each) => Math.max(furthest, each.start, each.end), 0);
  return file.positionAt(file.text.slice(0, end || undefined).trimEnd().length).line + 1;
}

/** Opens a session. Without one, `diagnostics` has at least one error. */
export async function openSession(options: OpenOptions): Promise<OpenedSession> {
  const file = options.script
    ? new SourceFile(options.script.path, options.script.text)
    : findScenario(options.media, options.scenario ?? 'tcp-socket');
  if ('code' in file) {
    return { diagnostics: [file] };
  }
  const prepared = prepareScenario(file, options);
  const scenarioProblems = prepared.diagnostics;
  if (prepared.isBroken) {
    return { diagnostics: scenarioProblems, scenarioPath: file.path };
  }
  const { program, parser, diagnostics, cancelled } = await openProgram(options, true);
  const read = (options.viewFiles ?? []).map(readViews);
  const all = [...scenarioProblems, ...diagnostics, ...read.flatMap((each) => each.diagnostics)];
  if (!program) {
    return { diagnostics: all, scenarioPath: file.path, cancelled };
  }
  const workload = playing(prepared, program);
  options.onPhase?.('instantiate');
  const { journalRoom } = options;
  const { kernel, machine } = await bootKernel(program, workload, { journalRoom });
  const views = mergedViews([linuxViews, ...read.map((each) => each.views)]);
  const session = new Session({
    machine,
    views,
    program,
    parser,
    kernel,
    partOf: options.kernel ? new Map() : partsOfFunctions(options.media),
    stepBudget: options.stepBudget ?? statementsFor(prepared.scenario, DEFAULT_BUDGET),
  });
  const history = new History({
    machine,
    views,
    program,
    processName: (task) => session.threads().find(({ id }) => id === task)?.name ?? '',
    parser,
    frontier: () => session.stop.frontier,
    placeNamed: (word) => placeNamed(word, program).place?.statement,
    nearest: nearestName,
    makeCopy: async (image, witness) => {
      const copy = await bootKernel({ ...program, image }, workload, { witness, journalRoom: COPY_ROOM });
      return { machine: copy.machine, processOf: (task) => processName(copy.kernel, task) };
    },
  });
  const scenarioLastLine = lastLine(file, prepared.scenario);
  return { session, history, program, diagnostics: all, scenarioPath: file.path, scenarioLastLine };
}
