/**
 * What a translation unit is given for the functions of a document: constants, and declarations and functions of the
 * document's own that the program beneath lacks.
 *
 * In: the additions of a round, the unit's token stream. Out: their tokens, once a unit, before the first function that
 * needs them: constants, declarations in the order of the text, prototypes of the functions, the functions with those
 * that they call before them. A function that is not `static` is defined in the first unit that needs it and declared in
 * the others.
 */
import type { Addition } from '../source/replacement';
import { known } from './atoms';
import { sliceOf, type LexedFile } from './lexed-file';
import type { Replacing } from './replacing';
import type { TokenCache } from './token-cache';
import { TokenKind, type CutTokens, type TokenStream } from './token';

export class AddedCode {
  private readonly given = new Set<Addition>();

  constructor(
    private readonly replacing: Replacing,
    private readonly unit: string,
    private readonly stream: TokenStream,
    private readonly cache: TokenCache,
    /** Reads a file to its end, as if it were included. */
    private readonly read: (lexed: LexedFile) => void,
  ) {}

  /** Puts at the end of the stream what a function of the document needs; `old` is the definition that gives way to it. */
  before(name: string, old: CutTokens): void {
    const functions: Addition[] = [];
    this.collect(name, functions);
    this.give([name, ...functions.map((each) => each.name)], functions, { name, tokens: old });
  }

  /** Puts at the end of the stream what the unit's own code calls. */
  atEnd(): void {
    for (const addition of this.replacing.additions) {
      if (addition.kind === 'function' && addition.text === this.unit && !this.given.has(addition)) {
        this.given.add(addition);
        const functions: Addition[] = [];
        this.collect(addition.name, functions);
        functions.push(addition);
        this.give(
          functions.map((each) => each.name),
          functions,
        );
      }
    }
  }

  /** The added functions that a function calls and that the unit has not yet, the called before the callers. */
  private collect(caller: string, functions: Addition[]): void {
    for (const addition of this.replacing.additions) {
      if (addition.kind === 'function' && addition.functions.includes(caller) && !this.given.has(addition)) {
        this.given.add(addition);
        if (this.isDefinedHere(addition)) {
          this.collect(addition.name, functions);
        }
        functions.push(addition);
      }
    }
  }

  private isDefinedHere(addition: Addition): boolean {
    const { file, start, end } = this.replacing.placeOf(addition);
    const { atoms } = sliceOf(this.cache.lexed(file), start, end, true);
    const isStatic = atoms.subarray(0, Math.max(0, atoms.indexOf(known['{']))).includes(known.static);
    return isStatic || this.replacing.isHome(addition.name, this.unit);
  }

  private give(
    users: readonly string[],
    functions: readonly Addition[],
    replaced?: { readonly name: string; readonly tokens: CutTokens },
  ): void {
    const { replacing, cache } = this;
    const needed = replacing.additions.filter(
      (each) =>
        (each.kind === 'constant' || each.kind === 'declaration') &&
        !this.given.has(each) &&
        each.functions.some((name) => users.includes(name)),
    );
    for (const kind of ['constant', 'declaration'] as const) {
      const ordered = needed.filter((each) => each.kind === kind).sort((a, b) => a.start - b.start);
      for (const addition of ordered) {
        this.given.add(addition);
        const { file, start, end } = replacing.placeOf(addition);
        this.read(sliceOf(cache.lexed(file), start, end, true));
      }
    }
    const bodies = functions.map((addition) => ({ addition, tokens: this.definition(addition) }));
    if (replaced && bodies.some(({ tokens }) => tokens.atoms.includes(cache.atomTable.intern(replaced.name)))) {
      this.prototype(replaced.tokens);
    }
    bodies.forEach(({ tokens }) => this.prototype(tokens));
    for (const { addition, tokens } of bodies) {
      if (this.isDefinedHere(addition)) {
        this.stream.append(tokens);
      }
    }
  }

  private definition(addition: Addition): CutTokens {
    const { stream } = this;
    const at = stream.length;
    const { file, start, end } = this.replacing.placeOf(addition);
    this.read(sliceOf(this.cache.lexed(file), start, end, true));
    return stream.cut(at);
  }

  /** The head of a definition as a declaration; of one in the manner before ANSI C there is none. */
  private prototype(tokens: CutTokens): void {
    const brace = tokens.atoms.indexOf(known['{']);
    if (brace > 0 && tokens.atoms[brace - 1] === known[')']) {
      const { stream } = this;
      stream.append(tokens, 0, brace);
      const [file, start, end] = [tokens.fileOf[brace] ?? 0, tokens.starts[brace] ?? 0, tokens.ends[brace] ?? 0];
      stream.push(TokenKind.punctuator, known[';'], 0, file, start, end, 0);
    }
  }
}
