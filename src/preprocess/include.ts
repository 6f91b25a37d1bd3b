/**
 * Where `#include` looks (GNU C's rules): `"name"` first beside the including file, then along the include paths,
 * `<name>` only along the paths; `include_next` goes on behind the path that gave the including file. A name from a
 * source never leaves what the loader offers: the loader decides what exists.
 */
import { folderOf, joinPath, type FileLoader } from '../source/file-loader';
import type { SourceFile } from '../source/source-file';

export interface FoundFile {
  readonly file: SourceFile;
  /** Index of the include path that gave it, or -1 when it lay beside the including file. */
  readonly pathIndex: number;
}

export class IncludeFinder {
  private readonly answers = new Map<string, FoundFile | null>();

  constructor(
    private readonly loader: FileLoader,
    /** Searched in order. */
    private readonly paths: readonly string[],
  ) {}

  /** The file `name` stands for, written in `from`; `next` is the path index to start behind for `#include_next`. */
  find(name: string, quoted: boolean, from: SourceFile, next?: number): FoundFile | undefined {
    const folder = quoted && next === undefined ? folderOf(from.path) : undefined;
    const key = `${folder ?? '<'}\n${next ?? ''}\n${name}`;
    let answer = this.answers.get(key);
    if (answer === undefined) {
      answer = this.search(name, folder, next ?? -1) ?? null;
      this.answers.set(key, answer);
    }
    return answer ?? undefined;
  }

  private search(name: string, folder: string | undefined, behind: number): FoundFile | undefined {
    if (name.startsWith('/')) {
      const file = this.loader.load(joinPath('', name));
      return file && { file, pathIndex: -1 };
    }
    if (folder !== undefined) {
      const file = this.loader.load(joinPath(folder, name));
      if (file) {
        return { file, pathIndex: -1 };
      }
    }
    for (let i = behind + 1; i < this.paths.length; i++) {
      const file = this.loader.load(joinPath(this.paths[i] ?? '', name));
      if (file) {
        return { file, pathIndex: i };
      }
    }
    return undefined;
  }
}
