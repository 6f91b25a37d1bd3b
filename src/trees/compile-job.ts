/**
 * Compiling in another thread: the job, its answer, and the conversation between the two sides. All of it plain data.
 *
 * In: what the editor knows of a kernel (shipped data, a folder or its files, unsaved changes). Out: an image as bytes
 * with what is wrong with the sources, which {@link openCompiled} turns into a program on the side that runs it. The
 * store of compiled images stays on the editor's side: the compiling side asks for entries and hands new ones over.
 */
import { createCParser, type GrammarBytes } from '../parse/tree-sitter';
import type { Diagnostic } from '../source/diagnostic';
import { hasFile, MemoryLoader, OverlayLoader, type FileLoader } from '../source/file-loader';
import { bundledKernel } from './bundled-kernel';
import {
  compileAndKeep,
  keptImage,
  programOf,
  type Compiled,
  type CompilePace,
  type ImageStore,
} from '../compile/image-cache';
import { decodeInSteps, restoreDiagnostic, storeDiagnostic, type StoredDiagnostic } from '../compile/image-codec';
import { identifyTree, type TreeKind } from './identify-tree';
import { treeFiles, treeProblems, treeProgram } from './kernel-tree';
import type { MediaFiles } from '../source/media-files';
import { loaderWith } from '../compile/in-place';
import type { CompileProgress, ProgramSource } from '../compile/program';
import type { Replacement } from '../source/replacement';
import { SourceFile } from '../source/source-file';
import type { Encoding } from '../source/text-encoding';

/** What the bundled kernel is called in a store. */
const bundledName = '';

/** A user's tree: on a disk that both sides can read, or all its files. */
export interface TreeSource {
  /** How diagnostics call it. */
  readonly name: string;
  readonly folder?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A replacement as plain data. */
export interface PlainReplacement {
  readonly path: string;
  /** The C at its offsets, and the document as it is shown. */
  readonly text: string;
  readonly shown: string;
  readonly encoding: Encoding;
  readonly functions: Replacement['functions'];
  readonly declarations: Replacement['declarations'];
}

/** For the way to another thread. */
export function plainReplacement({ file, shown, functions, declarations }: Replacement): PlainReplacement {
  return { path: file.path, text: file.text, shown: shown.text, encoding: file.encoding, functions, declarations };
}

function replacementFrom(plain: PlainReplacement | undefined): Replacement | undefined {
  return (
    plain && {
      file: new SourceFile(plain.path, plain.text, plain.encoding),
      shown: new SourceFile(plain.path, plain.shown, plain.encoding),
      functions: plain.functions,
      declarations: plain.declarations,
    }
  );
}

export interface CompileJob {
  readonly media: MediaFiles;
  readonly grammar: GrammarBytes;
  /** Texts that take the place of files, by path. */
  readonly overlay: Readonly<Record<string, string>>;
  readonly tree?: TreeSource | undefined;
  /** Functions that take the place of the kernel's. */
  readonly document?: PlainReplacement | undefined;
  /** Names the build of the compiler, for the store. */
  readonly build: string;
}

export interface CompileAnswer {
  readonly image?: Uint8Array | undefined;
  readonly kind?: TreeKind;
  readonly diagnostics: readonly StoredDiagnostic[];
}

/** Reads a tree from disk, where there is one. */
export type DiskTree = (folder: string) => FileLoader;

/** What the compiling side says. */
export type CompilerMessage =
  | { readonly type: 'progress'; readonly step: CompileProgress }
  | { readonly type: 'read'; readonly key: string }
  | { readonly type: 'write'; readonly key: string; readonly bytes: Uint8Array }
  | { readonly type: 'done'; readonly answer: CompileAnswer }
  | { readonly type: 'failed'; readonly message: string };

/** What the editor's side says: first the job, then an answer to each `read`. */
export type EditorMessage =
  | { readonly type: 'compile'; readonly job: CompileJob }
  | { readonly type: 'entry'; readonly bytes: Uint8Array | undefined };

/** The tree's files with the unsaved ones on top. */
export function treeLoader(
  { folder, files }: TreeSource,
  overlay: Readonly<Record<string, string>>,
  diskTree: DiskTree | undefined,
): FileLoader {
  const below: FileLoader = files
    ? new MemoryLoader(Object.entries(files))
    : folder !== undefined && diskTree
      ? diskTree(folder)
      : new MemoryLoader([]);
  const edited = new MemoryLoader(Object.entries(overlay));
  const loader = new OverlayLoader([edited, below]);
  return {
    load: (path) => loader.load(path),
    has: (path) => edited.load(path) !== undefined || hasFile(below, path),
    stamp: (path) => (edited.load(path) ? undefined : below.stamp?.(path)),
    problems: () => below.problems?.() ?? [],
  };
}

/** Compiles, or takes the image from the store. Rejects when `pace` ends it. */
export async function runCompileJob(
  { media, grammar, overlay, tree, document }: CompileJob,
  store: ImageStore,
  diskTree: DiskTree | undefined,
  pace: CompilePace,
): Promise<CompileAnswer> {
  const replacement = replacementFrom(document);
  const imageOf = async (name: string, source: ProgramSource): Promise<CompileAnswer> => {
    const kept = await keptImage(store, name, source);
    if (kept) {
      return { image: kept.bytes, diagnostics: kept.diagnostics };
    }
    const { bytes, diagnostics } = await compileAndKeep(store, name, source, await createCParser(grammar), pace);
    return { image: bytes, diagnostics: plain(diagnostics) };
  };
  if (!tree) {
    return imageOf(bundledName, bundledKernel(media, overlay, replacement));
  }
  const loader = treeLoader(tree, overlay, diskTree);
  const kind = identifyTree(loader, tree.name);
  if ('severity' in kind) {
    return { diagnostics: plain([kind]) };
  }
  const { image, diagnostics } = await imageOf(tree.name, treeProgram(loader, kind, media, replacement));
  return { image, kind, diagnostics: [...plain(treeProblems(loader)), ...diagnostics] };
}

function plain(diagnostics: readonly Diagnostic[]): StoredDiagnostic[] {
  return diagnostics.map(storeDiagnostic);
}

/**
 * The answer to a job whose image is in the store, without another thread; undefined when it is not there or has
 * another text. Only where the sources are at hand: those of a tree would have to be read first.
 */
export async function keptAnswer(
  { media, overlay, tree, document }: CompileJob,
  store: ImageStore,
): Promise<CompileAnswer | undefined> {
  const source = tree ? undefined : bundledKernel(media, overlay, replacementFrom(document));
  const kept = source && (await keptImage(store, bundledName, source));
  return kept && { image: kept.bytes, diagnostics: kept.diagnostics };
}

/**
 * The program of an answer, on the side that runs it; `breathe` gives the host a turn between parts, `hasWasm` is told the
 * wasm before the rest is read. `tree` has the files that were compiled.
 */
export async function openCompiled(
  { image, kind, diagnostics }: CompileAnswer,
  job: Pick<CompileJob, 'media' | 'overlay' | 'document'>,
  tree: FileLoader | undefined,
  breathe: () => Promise<void>,
  hasWasm: (wasm: Uint8Array) => void,
): Promise<Compiled> {
  const files = tree && kind ? treeFiles(tree, kind, job.media) : undefined;
  const loader = files?.loader ?? tree ?? bundledKernel(job.media, job.overlay).loader;
  const replacement = replacementFrom(job.document);
  const shown = loaderWith(loader, replacement);
  const told = diagnostics.map((each) => restoreDiagnostic(each, shown));
  if (!image) {
    return { program: undefined, diagnostics: told };
  }
  await breathe();
  const steps = decodeInSteps(image, shown);
  for (;;) {
    const { done, value } = steps.next();
    if (!done && value) {
      hasWasm(value);
    }
    await breathe();
    if (done) {
      return { program: value && programOf(value, loader, files?.entries, replacement), diagnostics: told };
    }
  }
}

/** The compiling side's end of the conversation; `post` moves the bytes it is given. */
export function serveCompiler(
  post: (message: CompilerMessage, moved: readonly Uint8Array[]) => void,
  diskTree: DiskTree | undefined,
): (message: EditorMessage) => void {
  let entry: ((bytes: Uint8Array | undefined) => void) | undefined;
  const store = (build: string): ImageStore => ({
    build,
    read: (key) =>
      new Promise((resolve) => {
        entry = resolve;
        post({ type: 'read', key }, []);
      }),
    write: (key, bytes) => {
      // A copy: the bytes themselves go over with the answer.
      const copy = bytes.slice();
      post({ type: 'write', key, bytes: copy }, [copy]);
      return Promise.resolve();
    },
  });
  return (message) => {
    if (message.type === 'entry') {
      entry?.(message.bytes);
      return;
    }
    const pace: CompilePace = { progress: (step) => post({ type: 'progress', step }, []) };
    runCompileJob(message.job, store(message.job.build), diskTree, pace).then(
      (answer) => post({ type: 'done', answer }, answer.image ? [answer.image] : []),
      (error: unknown) =>
        post({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }, []),
    );
  };
}
