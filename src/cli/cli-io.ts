/**
 * The command line's doors to the outside, handed in by the host: output, files, shipped data. Nothing below `src/hosts`
 * touches process or disk, so that commands can be tested with texts.
 */
import type { Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { SourceFile } from '../source/source-file';
import type { ImageStore } from '../facade/compile-jobs';
import type { MediaFiles } from '../source/media-files';

/** Files of a folder, and what of it was not looked at, with the reasons. */
export interface FolderListing {
  readonly files: readonly string[];
  readonly problems: readonly Diagnostic[];
}

export interface CliIo {
  stdout(text: string): void;
  stdoutBytes(bytes: Uint8Array): void;
  stderr(text: string): void;
  stderrBytes(bytes: Uint8Array): void;
  /** A source by path, or why it was not read: only regular files of bearable size are. */
  openFile(path: string): SourceFile | Diagnostic;
  /** Whether there is nothing of this name: no file, no folder, no link. */
  isMissing(path: string): boolean;
  /** Replaces what a file has, or makes it; answers why that was not possible. */
  writeFile(path: string, content: string | Uint8Array): Diagnostic | undefined;
  /**
   * Files below a folder whose name ends in one of `endings`, as paths that `openFile` takes, and what was passed over;
   * empty when there is no such folder. `inside` must not be left through links; by default it is the folder.
   */
  listFiles(folder: string, endings: readonly string[], inside?: string): FolderListing;
  /** Size and date of a file that `listFiles` named: the same stamp is the same text. */
  stampOf?(path: string): string | undefined;
  media(): MediaFiles;
  /** A kernel tree's files by path below its top folder, read when they are asked for. */
  kernelTree(folder: string): FileLoader;
  /** Compiled programs kept in a folder (`--cache`), by default the user's for such things; and those that were shipped. */
  imageStore?(folder: string | undefined): ImageStore;
  /** Folder of the package, for commands that edit the bundled annotations. */
  readonly packageRoot: string;
  parserWasm(): { readonly runtime: Uint8Array; readonly grammar: Uint8Array };
  /** `zh_CN.UTF-8`: from LC_ALL, LC_MESSAGES or LANG. */
  readonly locale: string | undefined;
  readonly version: string;
  /** True once the reader of stdout has gone away: go on no longer. */
  readonly closed: () => boolean;
  /** Milliseconds, from any moment on: what takes how long. */
  now(): number;
  /** Has the engine optimise no more of what it compiles. */
  compileSparingly?(): void;
  /** Lets the host handle input between slices of a run. */
  breathe(): Promise<void>;
}
