/**
 * Compiled programs kept from one run of the host to the next.
 *
 * In: what is to be compiled, and a store that the host hands over. Out: the program. It is taken from the store when
 * every file that was asked for while it was compiled still has the same content (or is still absent), which a file in the
 * same state as then has without being read; else compiled and stored. A stored program has everything: running, stepping,
 * reading, and expressions typed by a person.
 */
import { contentHash } from '../base/bytes';
import type { CParser } from '../parse/tree-sitter';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { Replacement } from '../source/replacement';
import type { SourceFile } from '../source/source-file';
import {
  decodeHead,
  decodeInSteps,
  encodeProgram,
  IMAGE_FORMAT,
  type FilesRead,
  type FileStamps,
  type StoredDiagnostic,
  type StoredHead,
  type StoredProgram,
} from './image-codec';
import {
  compileInSteps,
  type CompiledProgram,
  type CompileProgress,
  type Program,
  type ProgramSource,
} from './program';
import { loaderWith } from './in-place';
import { storedMacro, storeMacros } from './stored-macros';

/**
 * Where a host keeps compiled programs. Neither function fails: what cannot be read is absent, what cannot be written is
 * not kept.
 */
export interface ImageStore {
  /** Names the compiler: changes whenever another build of it might give another image. */
  readonly build: string;
  /** `key` is 16 hex digits. */
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** What could not be read or kept, and why. */
  problems?(): readonly Diagnostic[];
}

export interface Compiled {
  readonly program: Program | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Somebody ended the compilation before its time. */
  readonly cancelled?: boolean;
}

/** What came of it, and the image as bytes for whoever keeps it elsewhere. */
export interface CompiledImage extends Compiled {
  readonly bytes: Uint8Array | undefined;
}

/** How a compilation fits into its host. */
export interface CompilePace {
  /** Before each step. */
  readonly progress?: (step: CompileProgress) => void;
  /** Gives the host a turn before each step; false ends the compilation. */
  readonly breathe?: () => Promise<boolean>;
  /** Told the wasm of a kept image before the rest is read, and that of a new one before it is kept. */
  readonly hasWasm?: (wasm: Uint8Array) => void;
}

/** Thrown when `breathe` said no. */
class CompileCancelled extends Error {}

/**
 * `name` tells kernels of the same shape apart, so that they do not take each other's place in the store. Rejects with
 * {@link CompileCancelled}.
 */
export async function compileThroughStore(
  store: ImageStore,
  name: string,
  source: ProgramSource,
  parser: CParser | PromiseLike<CParser>,
  pace: CompilePace = {},
): Promise<CompiledImage> {
  const kept = await keptImage(store, name, source);
  const stored = kept && (await decodeAtPace(kept.bytes, loaderWith(source.loader, source.replacement), pace));
  if (stored) {
    const program = programOf(stored, source.loader, source.entries, source.replacement);
    return { program, diagnostics: stored.diagnostics, bytes: kept.bytes };
  }
  return compileAndKeep(store, name, source, await parser, pace);
}

/** Compiles whatever the store has, and stores it. Rejects with {@link CompileCancelled}. */
export async function compileAndKeep(
  store: ImageStore,
  name: string,
  source: ProgramSource,
  parser: CParser,
  pace: CompilePace,
): Promise<CompiledImage> {
  const recorder = new RecordingLoader(source.loader);
  const { program, diagnostics, macroTables } = await compileAtPace({ ...source, loader: recorder }, parser, pace);
  if (!program) {
    return { program, diagnostics, bytes: undefined };
  }
  pace.hasWasm?.(program.image.wasm);
  const bytes = encodeProgram({
    image: program.image,
    files: recorder.filesRead(),
    stamps: recorder.stampsRead(),
    diagnostics,
    macros: storeMacros(macroTables),
    replaced: program.replaced,
  });
  await store.write(keyOf(store, name, source), bytes);
  return { program, diagnostics, bytes };
}

/** An image that fits what is to be compiled; nothing of it was decoded but what says so. */
export interface KeptImage {
  readonly bytes: Uint8Array;
  readonly diagnostics: readonly StoredDiagnostic[];
}

/** What the store has for a program whose files are what they were. */
export async function keptImage(
  store: ImageStore,
  name: string,
  source: ProgramSource,
): Promise<KeptImage | undefined> {
  const bytes = await store.read(keyOf(store, name, source));
  const head = bytes && decodeHead(bytes);
  return head && unchanged(head, source.loader) ? { bytes, diagnostics: head.diagnostics } : undefined;
}

async function decodeAtPace(
  bytes: Uint8Array,
  loader: FileLoader,
  { breathe, hasWasm }: CompilePace,
): Promise<StoredProgram | undefined> {
  const steps = decodeInSteps(bytes, loader);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
    if (value) {
      hasWasm?.(value);
    }
    if (breathe && !(await breathe())) {
      throw new CompileCancelled();
    }
  }
}

async function compileAtPace(
  source: ProgramSource,
  parser: CParser,
  { progress, breathe }: CompilePace,
): Promise<CompiledProgram> {
  const steps = compileInSteps(source, parser);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
    progress?.(value);
    if (breathe && !(await breathe())) {
      throw new CompileCancelled();
    }
  }
}

/** A stored image as a program: nothing of it needs the sources, only showing them does. */
export function programOf(
  stored: StoredProgram,
  below: FileLoader,
  entries: ProgramSource['entries'],
  replacement?: Replacement,
): Program {
  const { image, replaced } = stored;
  const loader = loaderWith(below, replacement, replaced?.additions);
  // The macros are read when one is asked for.
  const macro: Program['macro'] = (name, path) => storedMacro(stored.macros, name, path, loader);
  return { image, loader, entries, macro, replacement, replaced };
}

function keyOf(
  store: ImageStore,
  name: string,
  { sources, includePaths, defines, dialect, build, replacement }: ProgramSource,
): string {
  const document = replacement && [
    replacement.file.path,
    contentHash(replacement.file.text),
    replacement.functions,
    replacement.declarations,
  ];
  const parts = [IMAGE_FORMAT, store.build, name, sources, includePaths, defines, dialect, build, document];
  return contentHash(JSON.stringify(parts, (_key, value: unknown) => (value instanceof Set ? [...value] : value)));
}

function hashOf(file: SourceFile | undefined): string | null {
  return file ? contentHash(file.text) : null;
}

/** A file that is in the state in which it was read is not read again. */
function unchanged({ files, stamps }: Pick<StoredHead, 'files' | 'stamps'>, loader: FileLoader): boolean {
  return Object.entries(files).every(([path, hash]) => {
    const stamp = stamps[path];
    return (stamp !== undefined && loader.stamp?.(path) === stamp) || hashOf(loader.load(path)) === hash;
  });
}

/** Remembers what was asked for. */
class RecordingLoader implements FileLoader {
  private readonly asked = new Map<string, SourceFile | undefined>();
  private readonly stamps = new Map<string, string>();

  constructor(private readonly loader: FileLoader) {}

  load(path: string): SourceFile | undefined {
    if (this.asked.has(path)) {
      return this.asked.get(path);
    }
    const stamp = this.loader.stamp?.(path);
    const file = this.loader.load(path);
    this.asked.set(path, file);
    if (file && stamp !== undefined) {
      this.stamps.set(path, stamp);
    }
    return file;
  }

  filesRead(): FilesRead {
    return Object.fromEntries([...this.asked].map(([path, file]) => [path, hashOf(file)]));
  }

  stampsRead(): FileStamps {
    return Object.fromEntries(this.stamps);
  }
}
