/**
 * The names in expressions and initialisers. In: a stretch of tokens. Out, into the state: what is done with each name,
 * which token says whose member it is, and which functions are put into which members.
 *
 * One pass from left to right that looks at the neighbours of each name; brackets are gone through, not down into. What
 * stands in front of a chain `a->b[i].c` (a `&`, a `++`) counts for its last name.
 */
import { known } from '../preprocess/atoms';
import { wordClass, WordClass } from '../parse/keywords';
import { Act, Space, type ActNumber } from './roles';
import { deepest, isOpening, type ScanState } from './scan-state';
import { tokenNumber, tokenText } from './token-list';

const assignments = new Set<number>(
  (['*=', '/=', '%=', '+=', '-=', '<<=', '>>=', '&=', '^=', '|='] as const).map((sign) => known[sign]),
);

export class ExpressionScan {
  /** For each depth of brackets the token in front of the chain that was begun there. */
  private readonly before: number[] = [];

  constructor(
    private readonly state: ScanState,
    /** Reads the block of `({ … })`: from its brace to behind it. */
    private readonly block: (open: number, behind: number) => void,
  ) {}

  /** Reads `[from, to)`. */
  read(from: number, to: number): void {
    const { tokens } = this.state;
    let depth = 0;
    for (let i = from; i < to;) {
      const atom = tokens.atom(i);
      if (tokens.isName(i)) {
        this.name(i, depth);
        i++;
      } else if (atom === known['('] && tokens.atom(i + 1) === known['{'] && this.state.depth < deepest) {
        const behind = this.state.behind(i + 1, to);
        this.block(i + 1, behind);
        i = behind;
      } else if (wordClass(atom) === WordClass.record || wordClass(atom) === WordClass.enum) {
        if (tokens.isName(i + 1)) {
          this.state.mark(i + 1, Space.tag, Act.read);
        }
        i += 2;
      } else {
        if (isOpening(atom)) {
          if (!this.continuesChain(i)) {
            this.before[depth] = i - 1;
          }
          depth++;
        } else if (atom === known[')'] || atom === known[']'] || atom === known['}']) {
          depth = Math.max(0, depth - 1);
        }
        i++;
      }
    }
  }

  /**
   * An initialiser that begins at `from`; answers the index behind it. `table` is the definition that is initialised;
   * what stands in braces within braces counts for the same.
   */
  initializer(from: number, to: number, table: number): number {
    const { tokens } = this.state;
    if (tokens.atom(from) !== known['{'] || this.state.depth > deepest) {
      const end = this.endOfItem(from, to);
      this.read(from, end);
      return end;
    }
    const behind = this.state.behind(from, to);
    this.state.depth++;
    let position = 0;
    for (let i = from + 1; i < behind - 1; position++) {
      i = this.item(i, behind - 1, table, position);
      i += i < behind - 1 ? 1 : 0;
    }
    this.state.depth--;
    return behind;
  }

  /** `.name = value`, `name: value`, `[index] = value` or a value; answers the index of the comma behind it. */
  private item(from: number, to: number, table: number, position: number): number {
    const { tokens, state } = this;
    let i = from;
    let member = -1;
    if (tokens.isName(i) && tokens.atom(i + 1) === known[':']) {
      member = i;
      i += 2;
    }
    while (tokens.atom(i) === known['.'] || tokens.atom(i) === known['[']) {
      if (tokens.atom(i) === known['[']) {
        const behind = state.behind(i, to);
        this.read(i + 1, behind - 1);
        i = behind;
      } else {
        member = i + 1;
        i += 2;
      }
    }
    if (i > from) {
      i += tokens.atom(i) === known['='] ? 1 : 0;
      if (member >= 0 && tokens.isName(member)) {
        state.mark(member, Space.member, Act.write);
      }
    }
    const end = this.initializer(i, to, table);
    this.slot(table, member, position, i, end);
    return this.endOfItem(end, to);
  }

  /** Takes down a value that is a name alone, with a `&` or a cast at most. */
  private slot(table: number, member: number, position: number, from: number, end: number): void {
    const { tokens, state } = this;
    let i = from;
    if (tokens.atom(i) === known['(']) {
      i = state.behind(i, end);
    }
    i += tokens.atom(i) === known['&'] ? 1 : 0;
    if (tokens.isName(i) && i + 1 === end) {
      state.slots.push({ table, member, position, value: i });
    }
  }

  /** Index of the next `,` or `;` outside of brackets. */
  endOfItem(from: number, to: number): number {
    const { tokens, state } = this;
    for (let i = from; i < to;) {
      const atom = tokens.atom(i);
      if (atom === known[','] || atom === known[';']) {
        return i;
      }
      i = isOpening(atom) ? state.behind(i, to) : i + 1;
    }
    return to;
  }

  private get tokens(): ScanState['tokens'] {
    return this.state.tokens;
  }

  /** What is done with the name at `i`, by what stands around it. */
  private name(i: number, depth: number): void {
    const { tokens, state } = this;
    const previous = tokens.atom(i - 1);
    const isMember = previous === known['.'] || previous === known['->'];
    if (!isMember) {
      this.before[depth] = i - 1;
    }
    const act = this.act(i, this.before[depth] ?? i - 1);
    if (!isMember) {
      state.mark(i, Space.ordinary, act, state.isLocal(tokens.atom(i)));
      return;
    }
    state.mark(i, Space.member, act);
    state.bases[i] = this.base(i - 2);
    if (act === Act.write && tokens.atom(i + 1) === known['=']) {
      this.slot(-1, i, 0, i + 2, this.endOfItem(i + 2, Math.min(tokens.length, i + 12)));
    }
  }

  private act(i: number, before: number): ActNumber {
    const { tokens, state } = this;
    let next = i + 1;
    if (tokens.atom(next) === known['(']) {
      return Act.call;
    }
    while (tokens.atom(next) === known['[']) {
      next = state.behind(next, tokens.length);
    }
    const sign = tokens.atom(next);
    if (sign === known['=']) {
      return Act.write;
    }
    if (sign === known['++'] || sign === known['--'] || assignments.has(sign)) {
      return Act.update;
    }
    if (sign === known['.'] || sign === known['->']) {
      return Act.read;
    }
    const front = tokens.atom(before);
    if (front === known['++'] || front === known['--']) {
      return Act.update;
    }
    return front === known['&'] && !this.endsOperand(before - 1) ? Act.address : Act.read;
  }

  /** What stands at `i` is the end of an operand: an operator behind it takes two. */
  private endsOperand(i: number): boolean {
    const atom = this.tokens.atom(i);
    if (atom === known[')']) {
      // `(struct sockaddr *)&addr`: a cast is no operand.
      const open = this.state.partner[i] ?? -1;
      return !this.isCast(open, i);
    }
    return this.tokens.isName(i) || atom === known[']'] || atom === tokenNumber || atom === tokenText;
  }

  private isCast(open: number, close: number): boolean {
    const first = wordClass(Math.max(0, this.tokens.atom(open + 1)));
    const isType = first >= WordClass.qualifier && first <= WordClass.typeof;
    return open >= 0 && (isType || (this.tokens.isName(open + 1) && this.tokens.atom(close - 1) === known['*']));
  }

  /** An opening bracket behind a name or another bracket belongs to the chain there. */
  private continuesChain(i: number): boolean {
    const before = this.tokens.atom(i - 1);
    return this.tokens.isName(i - 1) || before === known[')'] || before === known[']'];
  }

  /** The token that tells the type of what ends at `i`: a name, or the tag of a cast; -1 for none. */
  private base(from: number): number {
    const { tokens, state } = this;
    let i = from;
    for (let rounds = 0; rounds < 20; rounds++) {
      if (tokens.isName(i)) {
        return i;
      }
      const open = state.partner[i] ?? -1;
      if (open < 0 || open >= i) {
        return -1;
      }
      if (tokens.atom(i) === known[')'] && !this.continuesChain(open)) {
        return this.inside(open + 1, i);
      }
      i = open - 1;
    }
    return -1;
  }

  /** The same of what stands in parentheses. */
  private inside(from: number, to: number): number {
    const { tokens, state } = this;
    let i = from;
    while (
      i < to &&
      (tokens.atom(i) === known['('] || tokens.atom(i) === known['*'] || tokens.atom(i) === known['&'])
    ) {
      i++;
    }
    if (wordClass(Math.max(0, tokens.atom(i))) === WordClass.record) {
      return tokens.isName(i + 1) ? i + 1 : -1;
    }
    if (!tokens.isName(i)) {
      return -1;
    }
    for (;;) {
      let next = i + 1;
      while (tokens.atom(next) === known['['] || tokens.atom(next) === known['(']) {
        next = state.behind(next, to);
      }
      const sign = tokens.atom(next);
      if ((sign !== known['.'] && sign !== known['->']) || next + 1 >= to) {
        return i;
      }
      i = next + 1;
    }
  }
}
