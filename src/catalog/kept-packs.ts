/**
 * Packs as they were read, as text and back, so that the YAML of the shipped ones is not read each time. In: packs without
 * a fault, and their files. Out: JSON in which a file stands by its path. A text that is no such JSON gives none.
 */
import { contentHash } from '../base/bytes';
import { SourceFile } from '../source/source-file';
import type { Pack } from './load-pack';

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
    const packs = JSON.parse(text, (_, value: unknown) =>
      isFile(value) ? byPath.get(value.file) : value,
    ) as readonly Pack[];
    return new Map(packs.map((pack) => [pack.path, pack]));
  } catch {
    return new Map();
  }
}

function isFile(value: unknown): value is { readonly file: string } {
  return typeof value === 'object' && value !== null && (value as { readonly isFile?: unknown }).isFile === true;
}
