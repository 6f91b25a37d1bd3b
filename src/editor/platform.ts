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

/** How far indexing is; whether to stop. */
export interface IndexTold {
  readonly progress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** What a tool answered, as text; `isError` where it is a sentence that says what to do. */
export interface AgentAnswer {
  readonly text: string;
  readonly isError: boolean;
}

/** The tools of `sockscope mcp`. */
export interface AgentTools {
  /** Rejects when they cannot be had. `folder` is where relative paths begin. */
  call(name: string, input: object, folder: string | undefined): Promise<AgentAnswer>;
  dispose(): void;
}

export interface Platform {
  /** Gives the event loop one turn. */
  breathe(): Promise<void>;
  /** The compiler's bundle in `dist/`: another build of it makes other images. */
  readonly compilerFile: string;
  /** Starts a compiling thread; undefined where there are none. */
  startCompiler(): Promise<CompilerPort | undefined>;
  /**
   * Indexes the names of a tree on disk in another thread. `before` is an index from earlier; the answer is undefined
   * when that one still holds. Rejects when the thread failed.
   */
  readonly indexTree?: (
    folder: string,
    before: Uint8Array | undefined,
    told: IndexTold,
  ) => Promise<Uint8Array | undefined>;
  /** Tools for agents, where a process can be had for them. */
  readonly agentTools?: AgentTools;
  /** Reads `file:` folders directly. */
  readonly diskTree?: DiskTree;
}
