/**
 * What preprocessing keeps between translation units: the atoms, and each file's tokens by the file's identity. A host
 * keeps one for a source tree; a changed file is a new {@link SourceFile} and so a new entry.
 */
import type { SourceFile } from '../source/source-file';
import { AtomTable } from './atoms';
import { lexFile, type LexedFile } from './lexed-file';
import { computedMacros, predefinedFile } from './predefined';
import { TokenStream, type TokenColumns } from './token';

const none = {};
/** Tokens of a stream whose arrays are used again. */
const largestRoom = 1 << 20;

export class TokenCache {
  readonly atomTable = new AtomTable();
  /** How many tokens the last unit had: the next one will be about as long. */
  expectedLength = 1024;
  private room: TokenColumns | undefined;
  /** The same in all units, as macros of files are. */
  readonly computed = computedMacros();
  private readonly files = new WeakMap<SourceFile, LexedFile>();
  private readonly predefined = new WeakMap<object, LexedFile>();

  /** An empty stream. */
  newStream(): TokenStream {
    const { room } = this;
    this.room = undefined;
    return new TokenStream(this.atomTable, this.expectedLength, room);
  }

  /** Takes back a stream that nobody reads any more: the next one has its arrays. */
  giveBack({ kinds, atoms, flags, fileOf, starts, ends, macros }: TokenStream): void {
    this.room = kinds.length <= largestRoom ? { kinds, atoms, flags, fileOf, starts, ends, macros } : undefined;
  }

  /** The tokens of `file`, cut when they are asked for the first time. */
  lexed(file: SourceFile): LexedFile {
    let lexed = this.files.get(file);
    if (!lexed) {
      lexed = lexFile(file, this.atomTable);
      this.files.set(file, lexed);
    }
    return lexed;
  }

  /** What is defined before the first line; the same for the same `defines`. */
  predefinedBy(defines: Readonly<Record<string, string>> = none): LexedFile {
    let lexed = this.predefined.get(defines);
    if (!lexed) {
      lexed = this.lexed(predefinedFile(defines));
      this.predefined.set(defines, lexed);
    }
    return lexed;
  }
}
