/**
 * The only door from the core to files. It is synchronous because include look-up asks thousands of times; a host whose
 * file system is asynchronous (a browser) reads what may be asked for first and hands over a {@link MemoryLoader}.
 */
import type { Diagnostic } from './diagnostic';
import { SourceFile } from './source-file';

export interface FileLoader {
  /**
   * The file at `path`, or undefined when there is none that can be read as text. The same path gives the same object.
   */
  load(path: string): SourceFile | undefined;
  /** Whether `load` would give a file, without reading it where the host can tell. */
  has?(path: string): boolean;
  /**
   * What the host knows of a file's state without reading it: while it stays the same, so does the text. Undefined when
   * there is no such file, and when it might change again without another stamp.
   */
  stamp?(path: string): string | undefined;
  /** Files that are there and were not read, each with the reason. */
  problems?(): readonly Diagnostic[];
}

/** Whether a loader has a file. */
export function hasFile(loader: FileLoader, path: string): boolean {
  return loader.has?.(path) ?? loader.load(path) !== undefined;
}

/** Files held in memory: path → text. */
export class MemoryLoader implements FileLoader {
  private readonly files = new Map<string, SourceFile>();

  constructor(texts: Iterable<readonly [string, string]>) {
    for (const [path, text] of texts) {
      this.files.set(path, new SourceFile(path, text));
    }
  }

  load(path: string): SourceFile | undefined {
    return this.files.get(path);
  }

  /** Adds or replaces a file. */
  set(path: string, text: string): void {
    this.files.set(path, new SourceFile(path, text));
  }

  paths(): string[] {
    return [...this.files.keys()];
  }
}

/** Joins loaders: the first that has a path wins, so that an overlay comes before what it covers. */
export class OverlayLoader implements FileLoader {
  constructor(private readonly loaders: readonly FileLoader[]) {}

  load(path: string): SourceFile | undefined {
    for (const loader of this.loaders) {
      const file = loader.load(path);
      if (file) {
        return file;
      }
    }
    return undefined;
  }
}

/**
 * Joins a folder and a relative path and folds `.` and `..`; never climbs above the first segment of an absolute path.
 */
export function joinPath(folder: string, relative: string): string {
  const joined = relative.startsWith('/') || folder === '' ? relative : `${folder}/${relative}`;
  const absolute = joined.startsWith('/');
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') {
      continue;
    }
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') {
      parts.pop();
    } else if (part !== '..' || !absolute) {
      parts.push(part);
    }
  }
  return (absolute ? '/' : '') + parts.join('/');
}

/** The folder part of a path: everything before the last slash, or the empty string. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
