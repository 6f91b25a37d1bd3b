/**
 * What differs between the hosts that the extension runs in: a Node process, or a browser's worker.
 *
 * In: implementations in `src/hosts`. Out: turns of the event loop, a thread to compile in, files on disk where there
 * are any.
 */
import type { CompilerMessage, DiskTree, EditorMessage } from '../facade/compile-jobs';

/** A compiling thread, for one job. */
export interface CompilerPort {
  post(message: EditorMessage, moved: readonly Uint8Array[]): void;
  /** `failed`: the thread could not start, or died. */
  listen(receive: (message: CompilerMessage) => void, failed: (error: unknown) => void): void;
  /** Ends the thread, whatever it does. */
  stop(): void;
}

export interface Platform {
  /** Gives the event loop one turn. */
  breathe(): Promise<void>;
  /** The compiler's bundle in `dist/`: another build of it makes other images. */
  readonly compilerFile: string;
  /** Starts a compiling thread; undefined where there are none. */
  startCompiler(): Promise<CompilerPort | undefined>;
  /** Reads `file:` folders directly. */
  readonly diskTree?: DiskTree;
}
