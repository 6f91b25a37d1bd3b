/**
 * Parsed chunks kept between translation units. The key of a chunk is everything its tree depends on: the spelling and
 * place of each token, which of its names stand for types, and the packing in force. Headers shared by many files are so
 * parsed once.
 */
import type { SourceFile } from '../source/source-file';
import type { AtomTable } from '../preprocess/atoms';
import { TokenKind, type TokenStream } from '../preprocess/token';
import type { ParsedChunk } from './parse-chunk';
import type { FileScope } from './scopes';

/** A kernel tree's network layer has 4,000; when edits have left this many, all are forgotten. */
const maximumChunks = 100_000;

export interface CachedChunk extends ParsedChunk {
  /** The same for the same text at the same place with the same types in scope, in every session. */
  readonly chunk: string;
}

export class ParseCache {
  private chunks = new Map<string, CachedChunk>();
  private atomTable: AtomTable | undefined;
  private readonly fileNumbers = new WeakMap<SourceFile, number>();
  private fileCount = 0;

  /** The chunk with this key, if it was parsed before. */
  get(key: string): CachedChunk | undefined {
    return this.chunks.get(key);
  }

  set(key: string, chunk: CachedChunk): void {
    if (this.chunks.size >= maximumChunks) {
      this.chunks.clear();
    }
    this.chunks.set(key, chunk);
  }

  get size(): number {
    return this.chunks.size;
  }

  /** Atoms mean something only within their table: another table empties the cache. */
  useTable(atomTable: AtomTable): void {
    if (this.atomTable !== atomTable) {
      this.atomTable = atomTable;
      this.chunks = new Map();
    }
  }

  /** A number for each file of a stream, the same for the same file in all streams. */
  fileNumbersOf(tokens: TokenStream): number[] {
    return tokens.files.map((file) => {
      let number = this.fileNumbers.get(file);
      if (number === undefined) {
        number = ++this.fileCount;
        this.fileNumbers.set(file, number);
      }
      return number;
    });
  }
}

/**
 * The key of tokens `[from, to)`: two 32-bit hashes and the length. Two different chunks meet with a chance near 2^-64.
 */
export function chunkKey(
  tokens: TokenStream,
  from: number,
  to: number,
  file: FileScope,
  fileNumbers: readonly number[],
  pack: number,
): string {
  const { atoms, kinds, starts, ends, fileOf, macros } = tokens;
  const { types } = file;
  let a = 0x811c9dc5 ^ pack;
  let b = 0x9747b28c ^ (to - from);
  for (let i = from; i < to; i++) {
    const atom = atoms[i] as number;
    const isType = kinds[i] === TokenKind.identifier && types.has(atom) ? 1 : 0;
    const word = atom * 2 + isType;
    const place = (starts[i] as number) + Math.imul(fileNumbers[fileOf[i] as number] as number, 0x9e3779b1);
    a = Math.imul(a ^ word, 0x01000193);
    a = Math.imul(a ^ place, 0x01000193) ^ (a >>> 15);
    b = Math.imul(b ^ place ^ ((ends[i] as number) << 7), 0x5bd1e995);
    b = Math.imul(b ^ word ^ ((macros[i] as number) << 11), 0x5bd1e995) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(36)}:${(b >>> 0).toString(36)}:${to - from}`;
}
