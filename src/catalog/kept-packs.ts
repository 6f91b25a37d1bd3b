/**
 * Packs as they were read, so that the YAML of the shipped ones is not read each time: in a process, and as text and back
 * for a host that keeps such things. In: packs without a fault, and their files. Out: packs by path; JSON in which a file
 * stands by its path. A text that is no such JSON gives none.
 */
import { contentHash } from '../base/bytes';
import { SourceFile } from '../source/source-file';
import { loadPack, type Pack } from './load-pack';

/** What the packs of these files are kept under. */
export function packsKey(files: readonly SourceFile[], build: string): string {
  return contentHash(['packs', build, ...files.flatMap(({ path, text }) => [path, contentHash(text)])].join('\n'));
}

export function encodePacks(packs: readonly Pack[]): string {
  return JSON.stringify(packs, (_, value: unknown) =>
    value instanceof SourceFile ? { file: value.path, isFile: true } : value,
  );
}

/** The packs by their files' paths. */
export function decodePacks(text: string, files: readonly SourceFile[]): ReadonlyMap<string, Pack> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  try {
    const packs = JSON.parse(text) as readonly Pack[];
    putFiles(packs, byPath);
    return new Map(packs.map((pack) => [pack.path, pack]));
  } catch {
    return new Map();
  }
}

/** Puts the files where their paths stand. A walk of its own: `JSON.parse` with a reviver takes five times as long. */
function putFiles(value: object, byPath: ReadonlyMap<string, SourceFile>): void {
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    if (isFile(inner)) {
      (value as Record<string, unknown>)[key] = byPath.get(inner.file);
    } else if (typeof inner === 'object' && inner !== null) {
      putFiles(inner, byPath);
    }
  }
}

function isFile(value: unknown): value is { readonly file: string } {
  return typeof value === 'object' && value !== null && (value as { readonly isFile?: unknown }).isFile === true;
}

/** Packs that a process has read: for the next question about the same texts. */
export class PackMemory {
  private readonly known = new Map<string, { readonly text: string; readonly pack: Pack }>();

  /** Whether all of these files have been read. */
  has(files: readonly SourceFile[]): boolean {
    return files.every(({ path, text }) => this.known.get(path)?.text === text);
  }

  /** The packs of these files by path; what has not been read is read now. */
  packsOf(files: readonly SourceFile[]): ReadonlyMap<string, Pack> {
    return new Map(
      files.map((file) => {
        const known = this.known.get(file.path);
        const pack = known?.text === file.text ? known.pack : loadPack(file);
        this.known.set(file.path, { text: file.text, pack });
        return [file.path, pack];
      }),
    );
  }

  /** These files have been read elsewhere. */
  take(files: readonly SourceFile[], packs: ReadonlyMap<string, Pack>): void {
    for (const { path, text } of files) {
      const pack = packs.get(path);
      if (pack) {
        this.known.set(path, { text, pack });
      }
    }
  }
}
