/**
 * Statements and whole external declarations as a skeleton (C99 6.8, 6.9). The structure is followed so that scopes are
 * known and every statement can be given up by itself. tree-sitter's grammar is helped in three places: a label at the
 * end of a block gets an empty statement, a `switch` body and a `case` that stands alone get braces. Such additions are
 * marked as ours.
 */
import { sentence, type Words } from '../sentences/sentence';
import { known } from '../preprocess/atoms';
import { TokenKind } from '../preprocess/token';
import { wordClass, WordClass } from './keywords';
import { DeclarationRenderer } from './render-declaration';
import type { AssemblerNote, Fragment, Rendering } from './rendering';

export const nestedFunctionMessage = sentence('nested-functions-are-not-supported');
const assemblerMessage = sentence('inline-assembler-cannot-be-run');

export class ChunkRenderer extends DeclarationRenderer {
  /** Renders an external declaration, all tokens of it. */
  externalDeclaration(): Rendering {
    while (this.at < this.end) {
      if (this.is(known[';'])) {
        this.at++;
      } else if (wordClass(this.atom()) === WordClass.staticAssert) {
        this.skipStaticAssert();
      } else if (wordClass(this.atom()) === WordClass.asm) {
        this.tellAssembler();
        this.at = this.end;
      } else {
        this.guarded('declaration', ';', () => {
          this.declaration('file');
          if (this.at < this.end && !this.failure) {
            this.problem(sentence('shown-is-not-expected-here', { shown: this.shown(this.at) }));
          }
          this.at = this.end;
        });
      }
    }
    return this.out;
  }

  /** Renders a single expression or type name, all tokens of it. */
  alone(): { fragment: Fragment; message: Words | undefined; token: number } {
    const from = this.at;
    const fragment = this.fragment(from, this.end);
    return { fragment, message: this.failure?.message, token: this.failure?.token ?? from };
  }

  private tellAssembler(): void {
    this.input.report({
      code: 'SS2002',
      severity: 'warning',
      span: this.tokens.span(this.at),
      message: assemblerMessage,
      remedy: sentence('write-it-in-c-reaching-it-is-a-stop'),
    });
  }

  protected functionBody(parameters: readonly number[]): void {
    this.scopes.push();
    parameters.forEach((name) => this.scopes.declare(name, false));
    if (this.is(known['{'])) {
      this.guarded('statement', '{ }', () => this.block());
    } else {
      this.expected(sentence('a-sign', { sign: '{' }));
    }
    this.scopes.pop();
  }

  protected block(): void {
    this.emit();
    this.scopes.push();
    while (this.at < this.end && !this.is(known['}'])) {
      if (this.isStrayWord()) {
        this.skipStrayWord();
      } else {
        this.statement(true);
      }
    }
    this.scopes.pop();
    if (this.at >= this.end && !this.failure) {
      // The chunk was cut where the next function begins: what there is of this one is kept.
      const last = this.end - 1;
      this.input.report({
        code: 'SS2001',
        severity: 'error',
        span: this.tokens.span(last),
        message: sentence('expected-a-closing-brace-at-the-end-of-the-function'),
        remedy: sentence('add-the-missing-closing-brace'),
      });
      this.emitSynthetic('}');
    } else {
      this.expect(known['}']);
    }
  }

  /** A word alone on its line, such as a reader's mark: it would do nothing if its semicolon stood behind it. */
  private isStrayWord(): boolean {
    const next = this.at + 1;
    const goesOn = this.is(known['}'], next) || this.is(known['{'], next) || this.kind(next) === TokenKind.identifier;
    return (
      this.isName() &&
      this.startsLine() &&
      next < this.end &&
      this.startsLine(next) &&
      goesOn &&
      !this.startsDeclaration()
    );
  }

  private skipStrayWord(): void {
    const message = sentence('expected-after-before', { before: this.shown(this.at) });
    this.input.report({
      code: 'SS2001',
      severity: 'error',
      span: this.tokens.span(this.at),
      message,
      remedy: sentence('correct-the-source-here-what-could-not-be-read-was'),
    });
    this.at++;
  }

  /** A statement or, in a block, a declaration; labels before it are kept even when it is given up. */
  private statement(inBlock: boolean): void {
    if (!inBlock && this.startsCase()) {
      this.emitSynthetic('{');
      this.statement(true);
      this.emitSynthetic('}');
      return;
    }
    this.labels();
    if (this.is(known['}']) || this.at >= this.end) {
      return;
    }
    this.deeper(() => this.guarded('statement', ';', () => this.unlabelled(inBlock)));
  }

  /** Whether, behind plain labels, a `case` or `default` stands here. */
  private startsCase(): boolean {
    let i = this.at;
    while (this.isName(i) && this.is(known[':'], i + 1)) {
      i += 2;
    }
    return this.is(known.case, i) || this.is(known.default, i);
  }

  private labels(): void {
    for (;;) {
      if (this.is(known.case)) {
        this.caseLabel();
      } else if (this.is(known.default) && this.is(known[':'], this.at + 1)) {
        this.emit();
        this.emit();
      } else if (this.isName() && this.is(known[':'], this.at + 1)) {
        this.emit('v');
        this.emit();
        this.attributesTo([]);
        if (this.is(known['}']) || this.at >= this.end) {
          this.emitSynthetic(';');
          return;
        }
      } else {
        return;
      }
    }
  }

  private caseLabel(): void {
    const piece = this.emit();
    this.guarded('expression', '0', () => this.expression({ colon: true }), known[':']);
    if (this.is(known['...'])) {
      const from = this.at + 1;
      let to = from;
      while (to < this.end && !this.is(known[':'], to) && !this.is(known[';'], to)) {
        to = this.is(known['('], to) ? this.matching(to) + 1 : to + 1;
      }
      this.out.notes.set(piece, { kind: 'fragment', fragment: this.fragment(from, to) });
      this.at = to;
    }
    if (this.is(known[':'])) {
      this.emit();
    } else {
      this.expected(sentence('a-sign', { sign: ':' }));
    }
  }

  private unlabelled(inBlock: boolean): void {
    const atom = this.atom();
    switch (atom) {
      case known['{']:
        return this.block();
      case known[';']:
        this.emit();
        return;
      case known.if:
        return this.ifStatement();
      case known.while:
        return this.whileStatement();
      case known.do:
        return this.doStatement();
      case known.for:
        return this.forStatement();
      case known.switch:
        return this.switchStatement();
      case known.return:
        return this.returnStatement();
      case known.goto:
        return this.gotoStatement();
      case known.break:
      case known.continue:
        this.emit();
        return this.expectSemicolon();
      case known.else:
        return this.problem(sentence('else-without-if'));
      default:
        break;
    }
    const value = wordClass(atom);
    if (value === WordClass.asm) {
      return this.assembler();
    }
    if (value === WordClass.localLabel) {
      return this.localLabels();
    }
    if (value === WordClass.staticAssert) {
      this.skipStaticAssert();
      this.emitSynthetic(';');
      return;
    }
    if (this.startsDeclaration()) {
      if (!inBlock) {
        this.problem(sentence('a-declaration-cannot-stand-here-without-braces'));
      }
      return this.declaration('block');
    }
    this.expression();
    this.expectSemicolon();
  }

  /** The statement an `if` or a loop controls. */
  private substatement(): void {
    if (this.is(known['}']) || this.at >= this.end) {
      this.expected(sentence('a-statement'));
      return;
    }
    this.statement(false);
  }

  private condition(): void {
    if (!this.expect(known['('])) {
      return;
    }
    this.guarded('expression', '0', () => this.expression());
    this.expect(known[')']);
  }

  /** Chains of `else if` are followed in a loop: generated code has long ones. */
  private ifStatement(): void {
    for (;;) {
      this.emit();
      this.condition();
      this.substatement();
      if (!this.is(known.else)) {
        return;
      }
      this.emit();
      if (!this.is(known.if)) {
        this.substatement();
        return;
      }
    }
  }

  private whileStatement(): void {
    this.emit();
    this.condition();
    this.substatement();
  }

  private doStatement(): void {
    this.emit();
    this.substatement();
    if (!this.is(known.while)) {
      return this.expected(sentence('a-sign', { sign: 'while' }));
    }
    this.emit();
    this.condition();
    this.expectSemicolon();
  }

  private forStatement(): void {
    this.emit();
    this.scopes.push();
    if (this.expect(known['('])) {
      if (this.startsDeclaration()) {
        this.declaration('block');
      } else {
        this.expression({}, true);
        this.expect(known[';']);
      }
      this.expression({}, true);
      this.expect(known[';']);
      this.expression({}, true);
      this.expect(known[')']);
    }
    this.substatement();
    this.scopes.pop();
  }

  private switchStatement(): void {
    this.emit();
    this.condition();
    if (this.is(known['{'])) {
      this.substatement();
    } else {
      this.emitSynthetic('{');
      this.statement(true);
      this.emitSynthetic('}');
    }
  }

  private returnStatement(): void {
    this.emit();
    this.expression({}, true);
    this.expectSemicolon();
  }

  private gotoStatement(): void {
    this.emit();
    if (this.is(known['*'])) {
      const from = this.at + 1;
      let to = from;
      while (to < this.end && !this.is(known[';'], to) && !this.is(known['}'], to)) {
        to++;
      }
      this.out.add('v', this.at, Math.max(this.at, to - 1), { kind: 'fragment', fragment: this.fragment(from, to) });
      this.at = to;
    } else if (this.isName()) {
      this.emit('v');
    } else {
      this.expected(sentence('a-label'));
    }
    this.expectSemicolon();
  }

  /** `__label__ name, … ;` */
  private localLabels(): void {
    const from = this.at;
    const names: number[] = [];
    do {
      this.at++;
      if (this.isName()) {
        names.push(this.at++);
      }
    } while (this.is(known[',']));
    this.out.add(';', from, this.at, { kind: 'local-labels', names });
    if (this.is(known[';'])) {
      this.at++;
    } else {
      this.expected(sentence('a-sign', { sign: ';' }));
    }
  }

  /**
   * An `asm` whose template has no instructions assigns to the outputs that an input is tied to (`"0"`), and does
   * nothing else; any other is a stop.
   */
  private assembler(): void {
    const from = this.at;
    const open = this.assemblerOpening();
    const operands = this.emptyAssemblerOperands(open);
    if (!operands) {
      this.tellAssembler();
    }
    while (this.at < this.end && !this.is(known[';']) && !this.is(known['}'])) {
      this.skipBalanced();
    }
    this.at += this.is(known[';']) ? 1 : 0;
    this.out.add(
      ';',
      from,
      this.at - 1,
      !operands
        ? { kind: 'error', message: assemblerMessage }
        : operands.length > 0
          ? { kind: 'assembler', operands }
          : undefined,
    );
  }

  private assemblerOpening(): number {
    let i = this.at + 1;
    while (i < this.end && !this.is(known['('], i) && !this.is(known[';'], i)) {
      i++;
    }
    return i;
  }

  /**
   * The operands of an `asm` that has no instructions and for which something is to be done, by their opening
   * parentheses: outputs with the input tied to them, and those that have effects of their own. Undefined for one with
   * instructions.
   */
  private emptyAssemblerOperands(open: number): AssemblerNote['operands'] | undefined {
    let i = open + 1;
    for (; this.kind(i) === TokenKind.string; i++) {
      if (!/^"(\s|\\[nt])*"$/.test(this.tokens.text(i))) {
        return undefined;
      }
    }
    if (this.kind(i - 1) !== TokenKind.string) {
      return undefined;
    }
    const close = this.matching(open);
    const lists: { readonly constraint: string; readonly at: number }[][] = [[], [], []];
    for (let list = -1; i < close;) {
      if (this.is(known[':'], i)) {
        list++;
      } else if (this.kind(i) === TokenKind.string && this.is(known['('], i + 1)) {
        lists[list]?.push({ constraint: this.tokens.text(i).slice(1, -1), at: i + 1 });
        i = this.matching(i + 1);
      }
      i++;
    }
    const [outputs = [], inputs = []] = lists;
    const tied = (index: number): number | undefined => inputs.find(({ constraint }) => constraint === `${index}`)?.at;
    const free = inputs.filter(({ constraint }) => !/^\d+$/.test(constraint));
    const operand = (at: number): Fragment => this.fragment(at, this.matching(at) + 1);
    return [
      ...outputs.map(({ at }, index) => ({ at, value: tied(index) })),
      ...free.map(({ at }) => ({ at, value: undefined })),
    ]
      .filter(({ at, value }) => value !== undefined || this.hasEffect(at))
      .map(({ at, value }) => ({ target: operand(at), value: value === undefined ? undefined : operand(value) }));
  }

  /** Whether a parenthesised operand may do more than name or give a value. */
  private hasEffect(open: number): boolean {
    const close = this.matching(open);
    for (let i = open + 1; i < close; i++) {
      if (
        this.is(known['++'], i) ||
        this.is(known['--'], i) ||
        this.is(known['='], i) ||
        (this.is(known['('], i) && this.isName(i - 1))
      ) {
        return true;
      }
    }
    return false;
  }
}
