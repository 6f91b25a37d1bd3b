/**
 * Function definitions in the listings of a document.
 *
 * In: the tokens of each block, in order. Out: the definitions with the tokens of their bodies, the blocks that a body goes
 * over, and what is missing of it.
 *
 * A definition is a head (`definition-header.ts`) and a body up to its balanced brace. A body that does not end in its
 * block goes on in the next listing when that one ends it, begins no definition of its own before, and reads like
 * statements; else it ends before the next definition, the first sentence of prose, or the end of its block.
 */
import { itemAt, lastOf } from '../base/checked-access';
import type { Piece, ReadBlock } from './blocks';
import { headerBefore, type DefinitionHeader } from './definition-header';
import { findGap, type BodyGap } from './body-gaps';
import { isProgramListing, suspect } from './foreign-code';
import { eraMarks } from './kernel-versions';
import { Lex, type ListingTokens } from './lex-listing';

export interface FoundFunction {
  readonly header: DefinitionHeader;
  readonly pieces: readonly Piece[];
  /** The first thing that keeps it from being whole. */
  readonly gap: BodyGap | undefined;
  /** A program's, or another language's: not reported. */
  readonly foreign: boolean;
}

/** At most so many listings hold one function. */
const mostPieces = 20;

/** No document has more functions; what comes behind them is not read, which is told. */
export const mostFunctions = 3_000;

/** Definitions of all blocks in the order of the text. */
export function findFunctions(blocks: readonly ReadBlock[]): FoundFunction[] {
  const finder = new Finder(blocks);
  return finder.findAll();
}

interface Body {
  readonly pieces: Piece[];
  readonly closed: boolean;
}

class Finder {
  private readonly found: FoundFunction[] = [];
  private hasKernel = false;
  /** Of each block the first token that no function has taken. */
  private readonly from: number[];

  constructor(private readonly blocks: readonly ReadBlock[]) {
    this.from = blocks.map(() => 0);
  }

  findAll(): FoundFunction[] {
    this.blocks.forEach((_, index) => this.findIn(index));
    // Where one function is a program's and none has a sign of the kernel, the text is about programs.
    const program = !this.hasKernel && this.found.some(({ foreign }) => foreign);
    return program ? this.found.map((each) => ({ ...each, foreign: true })) : this.found;
  }

  private findIn(index: number): void {
    const { tokens, block } = itemAt(this.blocks, index);
    if (isPatch(tokens) || this.found.length >= mostFunctions) {
      return;
    }
    const bare = block.set === 'bare';
    const here: { found: Omit<FoundFunction, 'foreign'>; program: boolean; kernel: boolean }[] = [];
    for (let i = itemAt(this.from, index); i < tokens.length && this.found.length + here.length < mostFunctions; i++) {
      if (!tokens.is(i, '{') || !tokens.visible[i]) {
        continue;
      }
      const header = headerBefore(tokens, i, bare);
      if (!header || header.first < itemAt(this.from, index)) {
        i = bare ? i : this.behindBraces(tokens, i);
        continue;
      }
      const body = this.bodyOf(index, header);
      if (bare && body.closed && isWithinSentence(tokens, header.first, lastOf(body.pieces).to)) {
        i = lastOf(body.pieces).to - 1;
        continue;
      }
      const last = lastOf(body.pieces);
      const gap = findGap(this.blocks, header, body.pieces, body.closed);
      const suspicion = body.pieces
        .map(({ block: at, to }) =>
          suspect(itemAt(this.blocks, at).tokens, at === index ? header : atStart(header), to - 1),
        )
        .reduce((a, b) => ({ program: a.program || b.program, kernel: a.kernel || b.kernel }));
      this.hasKernel ||= suspicion.kernel || body.pieces.some((each) => hasEra(this.blocks, each));
      here.push({ found: { header, pieces: body.pieces, gap }, ...suspicion });
      if (last.block !== index) {
        this.from[last.block] = last.to;
        for (let between = index + 1; between < last.block; between++) {
          this.from[between] = itemAt(this.blocks, between).tokens.length;
        }
        break;
      }
      i = last.to - 1;
    }
    const program = here.some((each) => each.program) || isProgramListing(tokens, block.language);
    for (const { found, program: own, kernel } of here) {
      this.found.push({ ...found, foreign: own || (program && !kernel) });
    }
  }

  /** The closing brace of what is no function, when it is a short way off; else the brace itself. */
  private behindBraces(tokens: ListingTokens, brace: number): number {
    const isClass = [2, 3, 4].some((back) => /^(?:class|interface|namespace)$/.test(tokens.text(brace - back)));
    let depth = 0;
    for (let i = brace; i < tokens.length; i++) {
      if (!tokens.visible[i]) {
        continue;
      }
      if (tokens.is(i, '{')) {
        if (depth > 0 && !isClass && headerBefore(tokens, i, false)) {
          return brace;
        }
        depth++;
      } else if (tokens.is(i, '}') && --depth === 0) {
        return i;
      }
    }
    return brace;
  }

  private bodyOf(index: number, header: DefinitionHeader): Body {
    const { tokens, block } = itemAt(this.blocks, index);
    const own = this.walk(index, header.brace, 0);
    const first: Piece = { block: index, from: header.first, to: own.to };
    if (own.depth === 0) {
      return { pieces: [first], closed: true };
    }
    if (block.set !== 'bare' && own.to === tokens.length) {
      const rest = this.continued(index, own.depth);
      if (rest) {
        return { pieces: [first, ...rest], closed: true };
      }
    }
    return { pieces: [first], closed: false };
  }

  /** Pieces in the following listings that end a body which is `depth` braces deep; undefined when they do not. */
  private continued(index: number, depth: number): Piece[] | undefined {
    const pieces: Piece[] = [];
    let open = depth;
    for (let at = index + 1; at < this.blocks.length && pieces.length < mostPieces; at++) {
      const { block, tokens } = itemAt(this.blocks, at);
      if (block.set === 'bare' || tokens.length === 0) {
        continue;
      }
      if (isPatch(tokens) || !readsLikeStatements(tokens)) {
        return undefined;
      }
      const { to, depth: left } = this.walk(at, 0, open);
      pieces.push({ block: at, from: 0, to });
      if (left === 0) {
        return pieces;
      }
      if (to < tokens.length) {
        return undefined;
      }
      open = left;
    }
    return undefined;
  }

  /** Goes from token `from` until the braces are balanced, a new definition begins, or prose does. */
  private walk(index: number, from: number, depth: number): { to: number; depth: number } {
    const { tokens, block } = itemAt(this.blocks, index);
    const bare = block.set === 'bare';
    let open = depth;
    for (let i = from; i < tokens.length; i++) {
      if (!tokens.visible[i]) {
        continue;
      }
      if (tokens.is(i, '{')) {
        const nested = open > 0 ? headerBefore(tokens, i, bare) : undefined;
        if (nested && tokens.first[nested.first]) {
          return { to: lastStatement(tokens, from, nested.first), depth: open };
        }
        open++;
      } else if (tokens.is(i, '}') && --open === 0) {
        return { to: i + 1, depth: 0 };
      }
    }
    return { to: bare ? endOfCode(tokens, from) : tokens.length, depth: open };
  }
}

/** `此时 void test() { a = 1; } 在等待`: code quoted in a line of prose that goes on behind it. */
function isWithinSentence(tokens: ListingTokens, first: number, to: number): boolean {
  if (tokens.first[first]) {
    return false;
  }
  for (let i = first; i < to; i++) {
    if (tokens.first[i]) {
      return false;
    }
  }
  return to < tokens.length && !tokens.first[to];
}

/** Whether some kernel's own names stand in a piece. */
function hasEra(blocks: readonly ReadBlock[], { block, from, to }: Piece): boolean {
  return eraMarks(itemAt(blocks, block).tokens, from, to - 1).length > 0;
}

/** For the second piece: no head of its own. */
function atStart(header: DefinitionHeader): DefinitionHeader {
  return { ...header, first: 0, name: -1 };
}

/** Behind the last `;` or `}` before token `to`. */
function lastStatement(tokens: ListingTokens, from: number, to: number): number {
  let at = to;
  while (at > from + 1 && !tokens.is(at - 1, ';') && !tokens.is(at - 1, '}') && !tokens.is(at - 1, '{')) {
    at--;
  }
  return at;
}

/** Where text that was not set off stops being code: before the first line that begins with prose. */
function endOfCode(tokens: ListingTokens, from: number): number {
  for (let i = from; i < tokens.length; i++) {
    if (tokens.first[i] && tokens.kindOf(i) === Lex.prose) {
      return lastStatement(tokens, from, i);
    }
  }
  return lastStatement(tokens, from, tokens.length);
}

/** A difference of two files: its lines are of both. */
function isPatch(tokens: ListingTokens): boolean {
  for (let i = 0; i + 4 < Math.min(tokens.length, 400); i++) {
    if (tokens.first[i] && tokens.is(i, '@') && tokens.is(i + 1, '@') && tokens.is(i + 2, '-')) {
      return true;
    }
  }
  return false;
}

/** Whether a listing may go on with a body: most of its lines' ends are those of statements. */
function readsLikeStatements(tokens: ListingTokens): boolean {
  let lines = 0;
  let ends = 0;
  for (let i = 1; i <= tokens.length; i++) {
    if (i === tokens.length || tokens.first[i]) {
      lines++;
      ends += /^[;{},):]$/.test(tokens.text(i - 1)) || tokens.kindOf(i - 1) === Lex.directive ? 1 : 0;
      ends += tokens.kindOf(i - 1) === Lex.ellipsis || tokens.text(i - 1) === 'else' ? 1 : 0;
    }
  }
  return ends * 2 >= lines;
}
