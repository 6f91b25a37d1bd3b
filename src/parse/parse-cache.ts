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

/** The key of tokens `[from, to)`: two 32-bit hashes and the length. */
export interface ChunkKey {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

interface Entry extends ChunkKey {
  readonly chunk: ParsedChunk;
  /** Another chunk with the same first hash. */
  readonly next: Entry | undefined;
}

export class ParseCache {
  /** By the first hash: texts as keys would take longer to make than chunks to find. */
  private chunks = new Map<number, Entry>();
  private count = 0;
  private atomTable: AtomTable | undefined;
  private readonly fileNumbers = new WeakMap<SourceFile, number>();
  private fileCount = 0;

  /** The chunk with this key, if it was parsed before. */
  get({ a, b, length }: ChunkKey): ParsedChunk | undefined {
    let entry = this.chunks.get(a);
    while (entry && (entry.b !== b || entry.length !== length)) {
      entry = entry.next;
    }
    return entry?.chunk;
  }

  /** Keeps a chunk that was not there. */
  set({ a, b, length }: ChunkKey, chunk: ParsedChunk): void {
    if (this.count >= maximumChunks) {
      this.clear();
    }
    this.chunks.set(a, { a, b, length, chunk, next: this.chunks.get(a) });
    this.count++;
  }

  get size(): number {
    return this.count;
  }

  private clear(): void {
    this.chunks = new Map();
    this.count = 0;
  }

  /** Atoms mean something only within their table: another table empties the cache. */
  useTable(atomTable: AtomTable): void {
    if (this.atomTable !== atomTable) {
      this.atomTable = atomTable;
      this.clear();
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
 * What tells tokens `[from, to)` apart. Two different chunks meet with a chance near 2^-64.
 */
export function chunkKey(
  tokens: TokenStream,
  from: number,
  to: number,
  file: FileScope,
  fileNumbers: readonly number[],
  pack: number,
): ChunkKey {
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
  return { a: a | 0, b: b | 0, length: to - from };
}
