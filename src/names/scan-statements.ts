/**
 * Statements of functions. In: a block's tokens. Out, into the state: names of its declarations, labels and expressions.
 * What begins a statement decides: a keyword, a label, a declaration; everything else is an expression up to its `;`, or
 * up to the block of a macro that makes a loop.
 */
import { known } from '../preprocess/atoms';
import { wordClass, WordClass } from '../parse/keywords';
import { Act, Kind, Space } from './roles';
import { Where, type DeclarationScan } from './scan-declarations';
import type { ExpressionScan } from './scan-expressions';
import { deepest, isOpening, type ScanState } from './scan-state';

export class StatementScan {
  constructor(
    private readonly state: ScanState,
    private readonly expressions: ExpressionScan,
    private readonly declarations: DeclarationScan,
  ) {}

  /** Reads a block from its brace to behind it. */
  block(open: number, behind: number): void {
    const { state } = this;
    if (state.depth > deepest) {
      this.expressions.read(open + 1, behind);
      return;
    }
    state.depth++;
    const mark = state.openBlock();
    const first = state.definitions.length;
    for (let i = open + 1; i < behind - 1;) {
      i = this.statement(i, behind - 1);
    }
    // Locals hold to the end of their block.
    const end = state.endOf(behind - 1);
    for (let i = first; i < state.definitions.length; i++) {
      const each = state.definitions[i];
      if (each?.kind === Kind.local && each.owner === this.owner && each.end === state.endOf(each.token)) {
        each.end = end;
      }
    }
    state.closeBlock(mark);
    state.depth--;
  }

  /** Reads the body of the function that was defined last. */
  body(open: number, behind: number): void {
    const { definitions } = this.state;
    let owner = definitions.length - 1;
    while (owner >= 0 && definitions[owner]?.kind !== Kind.function) {
      owner--;
    }
    const outer = this.owner;
    this.owner = owner;
    this.block(open, behind);
    const end = this.state.endOf(behind - 1);
    for (let i = owner + 1; i < definitions.length; i++) {
      const each = definitions[i];
      if (each?.kind === Kind.local && each.end === this.state.endOf(each.token)) {
        each.end = end;
      }
    }
    this.owner = outer;
  }
  /** Index of the function's definition. */
  private owner = -1;

  /** Reads what begins at `i`; answers the index behind it, always further on. */
  private statement(i: number, to: number): number {
    const { tokens } = this.state;
    const atom = tokens.atom(i);
    if (atom === known['{']) {
      const behind = this.state.behind(i, to);
      this.block(i, behind);
      return behind;
    }
    if (wordClass(Math.max(0, atom)) === WordClass.statement) {
      return this.keyword(i, to);
    }
    if (tokens.isName(i) && tokens.atom(i + 1) === known[':'] && i + 1 < to) {
      this.state.mark(i, Space.label, Act.define);
      return i + 2;
    }
    if (this.isDeclaration(i, to)) {
      return this.declarations.read(i, to, Where.block, this.owner);
    }
    return this.expression(i, to);
  }

  private keyword(i: number, to: number): number {
    const { state } = this;
    const { tokens } = state;
    switch (tokens.atom(i)) {
      case known.if:
      case known.while:
      case known.switch:
      case known.for: {
        if (tokens.atom(i + 1) !== known['(']) {
          return i + 1;
        }
        const behind = state.behind(i + 1, to);
        const declares = tokens.atom(i) === known.for && this.isDeclaration(i + 2, behind - 1);
        const from = declares ? this.declarations.read(i + 2, behind - 1, Where.block, this.owner) : i + 2;
        this.expressions.read(from, behind - 1);
        return behind;
      }
      case known.goto:
        if (tokens.isName(i + 1)) {
          state.mark(i + 1, Space.label, Act.read);
          return i + 2;
        }
        return this.expression(i + 1, to);
      case known.case: {
        let colon = i + 1;
        while (colon < to && tokens.atom(colon) !== known[':'] && tokens.atom(colon) !== known[';']) {
          colon = isOpening(tokens.atom(colon)) ? state.behind(colon, to) : colon + 1;
        }
        this.expressions.read(i + 1, colon);
        return colon + 1;
      }
      case known.return:
        return this.expression(i + 1, to);
      default:
        return i + 1;
    }
  }

  /** An expression up to its `;`, or to the block that a macro's loop runs. */
  private expression(from: number, to: number): number {
    const { tokens, partner } = this.state;
    for (let i = from; i < to;) {
      const atom = tokens.atom(i);
      if (atom === known[';']) {
        this.expressions.read(from, i);
        return i + 1;
      }
      if (atom === known['{']) {
        this.expressions.read(from, i);
        return Math.max(i, from);
      }
      if (atom === known['('] || atom === known['[']) {
        const close = partner[i] ?? -1;
        i = close > i && close < to ? close + 1 : i + 1;
      } else {
        i++;
      }
    }
    this.expressions.read(from, to);
    return to;
  }

  /** A declaration begins with a word for types, or with a name before what is declared. */
  private isDeclaration(i: number, to: number): boolean {
    const { state } = this;
    const { tokens } = state;
    const atom = tokens.atom(i);
    if (!tokens.isName(i)) {
      const word = wordClass(Math.max(0, atom));
      return (
        (word >= WordClass.storage && word <= WordClass.enum) ||
        word === WordClass.typeof ||
        word === WordClass.extension
      );
    }
    if (state.isLocal(atom)) {
      return false;
    }
    let next = i + 1;
    if (tokens.isName(next)) {
      const after = tokens.atom(next + 1);
      return (
        next < to &&
        (after === known[';'] ||
          after === known['='] ||
          after === known[','] ||
          after === known['['] ||
          tokens.isName(next + 1))
      );
    }
    while (tokens.atom(next) === known['*']) {
      next++;
    }
    const after = tokens.atom(next + 1);
    return (
      next > i + 1 &&
      next < to &&
      tokens.isName(next) &&
      (after === known[';'] || after === known['='] || after === known[','] || after === known['['])
    );
  }
}
