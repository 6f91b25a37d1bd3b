/**
 * Follows one translation unit while it is preprocessed, and puts definitions in place of others and members into structs.
 *
 * In: the growing token stream, and what takes whose place ({@link Replacing}). Out: the stream, changed as described
 * there. Brackets are counted over the stretch that was read last (within one no macro changes). At the `}` of a
 * definition with a wanted name what follows is put aside, the definition is cut off, the replacing text is read as if it
 * were included there, and the rest comes behind it.
 */
import { AddedCode } from './added-code';
import { known, type AtomTable } from './atoms';
import { sliceOf, type LexedFile } from './lexed-file';
import type { Replacing } from './replacing';
import type { TokenCache } from './token-cache';
import { TokenKind, type CutTokens, type TokenStream } from './token';

/** Follows one unit. */
export class ReplacingReader {
  /** Next token to look at. */
  private at = 0;
  private declaration = 0;
  private parens = 0;
  private braces = 0;
  /** `=` stands in the declaration. */
  private assigned = false;
  /** The parentheses of a declarator have closed. */
  private declared = false;
  /** Name of a wanted function whose parameters have begun, or -1. */
  private name = -1;
  /** The outermost braces are a function's. */
  private inBody = false;
  /** Records that are open and get members: at which depth of braces, and where the members are. */
  private readonly records: { readonly depth: number; readonly tag: string }[] = [];
  private readonly wanted: ReadonlySet<number>;
  private readonly tags: ReadonlySet<string>;
  private readonly added: AddedCode;

  constructor(
    private readonly replacing: Replacing,
    unit: string,
    private readonly stream: TokenStream,
    private readonly cache: TokenCache,
    /** Reads a file to its end, as if it were included. */
    private readonly read: (lexed: LexedFile) => void,
  ) {
    this.wanted = new Set([...replacing.names].map((name) => this.atomTable.intern(name)));
    this.tags = new Set(replacing.additions.flatMap(({ record }) => record ?? []));
    this.added = new AddedCode(replacing, unit, stream, cache, read);
  }

  private get atomTable(): AtomTable {
    return this.cache.atomTable;
  }

  /** Looks at what was read since it was called last. */
  advance(): void {
    const { stream } = this;
    for (; this.at < stream.length; this.at++) {
      switch (stream.atoms[this.at]) {
        case known['(']:
          this.openParenthesis();
          break;
        case known[')']:
          this.parens = Math.max(0, this.parens - 1);
          this.declared ||= this.parens === 0 && this.braces === 0 && !this.assigned;
          break;
        case known['{']:
          this.openBrace();
          break;
        case known['}']:
          this.closeBrace();
          break;
        case known['=']:
          this.assigned ||= this.braces === 0 && this.parens === 0;
          break;
        case known[';']:
          if (this.braces === 0) {
            this.begin(this.at + 1);
          }
          break;
        default:
          break;
      }
    }
  }

  /** The unit has come to its end. */
  finish(): void {
    this.added.atEnd();
  }

  /** A declaration begins. */
  private begin(at: number): void {
    this.declaration = at;
    this.parens = 0;
    this.assigned = false;
    this.declared = false;
    this.name = -1;
    this.inBody = false;
  }

  private openParenthesis(): void {
    const before = this.at - 1;
    if (
      this.braces === 0 &&
      this.parens === 0 &&
      !this.assigned &&
      before >= this.declaration &&
      this.wanted.has(this.stream.atoms[before] as number)
    ) {
      this.name = before;
    }
    this.parens++;
  }

  private openBrace(): void {
    const { atoms } = this.stream;
    const { at } = this;
    const word = atoms[at - 2];
    const tag =
      word === known.struct || word === known.union ? this.atomTable.text(atoms[at - 1] as number) : undefined;
    if (tag !== undefined && this.tags.has(`${this.atomTable.text(word as number)} ${tag}`)) {
      this.records.push({ depth: this.braces, tag: `${this.atomTable.text(word as number)} ${tag}` });
    }
    this.inBody ||= this.braces === 0 && this.declared && !this.assigned;
    this.braces++;
  }

  private closeBrace(): void {
    this.braces = Math.max(0, this.braces - 1);
    const record = this.records[this.records.length - 1];
    if (record?.depth === this.braces) {
      this.records.pop();
      this.addMembers(record.tag);
    }
    if (this.braces === 0 && this.inBody) {
      const { name } = this;
      if (name >= 0) {
        this.replace(name);
      } else {
        this.begin(this.at + 1);
      }
    }
  }

  /** Puts the members that a record gets before its closing brace. */
  private addMembers(tag: string): void {
    const rest = this.stream.cut(this.at);
    const lexed = this.cache.lexed(this.replacing.additionsFile);
    for (const addition of this.replacing.additions.filter(({ record }) => record === tag)) {
      const { start, end } = this.replacing.placeOf(addition);
      this.read(sliceOf(lexed, start, end, true));
    }
    this.at = this.stream.length;
    this.stream.append(rest);
  }

  private replace(nameAt: number): void {
    const { stream, replacing, declaration } = this;
    const name = stream.text(nameAt);
    const { path } = stream.file(nameAt);
    const wanted = replacing.get(name);
    if (!wanted || stream.file(nameAt) === replacing.file || !replacing.givesWay(name, path)) {
      this.begin(this.at + 1);
      return;
    }
    const rest = stream.cut(this.at + 1);
    const old = stream.cut(declaration);
    const own = old.fileOf[nameAt - declaration];
    const first = old.fileOf.findIndex((file) => file === own);
    replacing.gaveWay({
      name,
      path,
      start: old.starts[first] as number,
      end: Math.max(...Array.from(old.ends.subarray(first)).filter((_, index) => old.fileOf[first + index] === own)),
    });
    this.added.before(name, old);
    const begin = stream.length;
    this.read(sliceOf(this.cache.lexed(replacing.file), wanted.start, wanted.end, true));
    const fresh = stream.cut(begin);
    this.appendWithStorage(fresh, old, nameAt - declaration, this.atomTable.intern(name));
    this.begin(stream.length);
    // The loop goes on with the token behind.
    this.at = stream.length - 1;
    stream.append(rest);
  }

  /** The new definition, with the storage class and `inline` of the old one. */
  private appendWithStorage(fresh: CutTokens, old: CutTokens, oldName: number, name: number): void {
    const { stream } = this;
    const freshName = fresh.atoms.findIndex((atom, index) => atom === name && fresh.atoms[index + 1] === known['(']);
    const storage = storageOf(old.atoms.subarray(0, oldName));
    const given = storageOf(fresh.atoms.subarray(0, Math.max(0, freshName)));
    if (freshName < 0 || (storage.length === given.length && storage.every((atom) => given.includes(atom)))) {
      stream.append(fresh);
      return;
    }
    for (const atom of storage) {
      const [file, start, end] = [fresh.fileOf[0] as number, fresh.starts[0] as number, fresh.ends[0] as number];
      stream.push(TokenKind.identifier, atom, fresh.flags[0] as number, file, start, end, 0);
    }
    for (let i = 0; i < freshName; i++) {
      if (!given.includes(plainStorage(fresh.atoms[i] as number) ?? -1)) {
        stream.append(fresh, i, i + 1);
      }
    }
    stream.append(fresh, freshName);
  }
}

/** `static` and `inline` among the words of a declaration; `extern` says nothing of a definition. */
function storageOf(atoms: Int32Array): readonly number[] {
  return [...new Set(Array.from(atoms).flatMap((atom) => plainStorage(atom) ?? []))];
}

function plainStorage(atom: number): number | undefined {
  return atom === known.static
    ? known.static
    : atom === known.inline || atom === known.__inline || atom === known.__inline__
      ? known.inline
      : undefined;
}
