/**
 * Compiled programs kept from one run of the host to the next.
 *
 * In: what is to be compiled, and a store that the host hands over. Out: the program. It is taken from the store when every file that
 * was asked for while it was compiled still has the same content (or is still absent); else compiled and stored. A
 * stored program has everything that running, stepping and reading need; expressions typed by a person need the checked
 * units, which are compiled again when the first one comes.
 */
import { contentHash } from '../base/bytes';
import type { CParser } from '../parse/tree-sitter';
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { SourceFile } from '../source/source-file';
import { decodeProgram, encodeProgram, IMAGE_FORMAT, type FilesRead, type StoredProgram } from './image-codec';
import { compileProgram, type Program, type ProgramSource } from './program';
import { storedMacro, storeMacros } from './stored-macros';

/** Where a host keeps compiled programs. Neither function fails: what cannot be read is absent, what cannot be written is not kept. */
export interface ImageStore {
  /** Names the compiler: changes whenever another build of it might give another image. */
  readonly build: string;
  /** `key` is 16 hex digits. */
  read(key: string): Promise<Uint8Array | undefined>;
  write(key: string, bytes: Uint8Array): Promise<void>;
}

export interface Compiled {
  readonly program: Program | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** `name` tells kernels of the same shape apart, so that they do not take each other's place in the store. */
export async function compileThroughStore(store: ImageStore, name: string, source: ProgramSource, parser: CParser): Promise<Compiled> {
  const key = keyOf(store, name, source);
  const bytes = await store.read(key);
  const stored = bytes && decodeProgram(bytes, source.loader);
  if (stored && unchanged(stored.files, source.loader)) {
    return { program: new StoredImageProgram(stored, source, parser), diagnostics: stored.diagnostics };
  }
  const recorder = new RecordingLoader(source.loader);
  const { program, diagnostics } = compileProgram({ ...source, loader: recorder }, parser);
  if (program) {
    await store.write(key, encodeProgram({ image: program.image, files: recorder.filesRead(), diagnostics, macros: storeMacros(program.macroTables) }));
  }
  return { program, diagnostics };
}

function keyOf(store: ImageStore, name: string, { sources, includePaths, defines, dialect, build }: ProgramSource): string {
  const parts = [IMAGE_FORMAT, store.build, name, sources, includePaths, defines, dialect, build];
  return contentHash(JSON.stringify(parts, (_key, value: unknown) => (value instanceof Set ? [...value] : value)));
}

function hashOf(file: SourceFile | undefined): string | null {
  return file ? contentHash(file.text) : null;
}

function unchanged(files: FilesRead, loader: FileLoader): boolean {
  return Object.entries(files).every(([path, hash]) => hashOf(loader.load(path)) === hash);
}

/** Remembers what was asked for. */
class RecordingLoader implements FileLoader {
  private readonly asked = new Map<string, SourceFile | undefined>();

  constructor(private readonly loader: FileLoader) {}

  load(path: string): SourceFile | undefined {
    const file = this.loader.load(path);
    this.asked.set(path, file);
    return file;
  }

  filesRead(): FilesRead {
    return Object.fromEntries([...this.asked].map(([path, file]) => [path, hashOf(file)]));
  }
}

/** A program whose image comes from the store; the rest is compiled when something asks for it. */
class StoredImageProgram implements Program {
  private compiled: Program | undefined;

  constructor(
    private readonly stored: StoredProgram,
    private readonly source: ProgramSource,
    private readonly parser: CParser,
  ) {}

  get image(): Program['image'] {
    return this.stored.image;
  }

  get loader(): FileLoader {
    return this.source.loader;
  }

  get entries(): Program['entries'] {
    return this.source.entries;
  }

  get units(): Program['units'] {
    return this.whole().units;
  }

  get linked(): Program['linked'] {
    return this.whole().linked;
  }

  get macroTables(): Program['macroTables'] {
    return this.whole().macroTables;
  }

  /** Types that only an expression mentions are added to the stored debug information as well. */
  typeId(type: Parameters<Program['typeId']>[0]): number {
    const whole = this.whole();
    const id = whole.typeId(type);
    const known = this.image.debug.types as unknown[];
    known.push(...whole.image.debug.types.slice(known.length));
    return id;
  }

  expandConstants(path: string, text: string): string {
    return this.whole().expandConstants(path, text);
  }

  macro(name: string, path: string): ReturnType<NonNullable<Program['macro']>> {
    return storedMacro(this.stored.macros, name, path, this.loader);
  }

  private whole(): Program {
    if (!this.compiled) {
      const { program } = compileProgram(this.source, this.parser);
      if (!program) {
        throw new Error('internal error: a program that is in the store cannot be compiled again');
      }
      this.compiled = program;
    }
    return this.compiled;
  }
}
