/**
 * Expressions as a skeleton (C99 6.5). The text is passed on token by token; what is decided here is which parentheses
 * hold a type and which a value, so that tree-sitter cannot take one for the other:
 *   ( type-name ) …        cast, compound literal, sizeof: the type is `int` with a note
 *   ( name )               always a value: the name is written as a number
 *   ( { … } )              statement expression
 * Forms the grammar lacks become a placeholder `0` with fragments that are parsed by themselves.
 */
import { sentence } from '../sentences/sentence';
import { known } from '../preprocess/atoms';
import { TokenKind } from '../preprocess/token';
import { needsOperandBefore, startsType, wordClass, WordClass } from './keywords';
import { RenderBase } from './render-base';
import { operatorForms, type AttributeNote, type Fragment, type SpecialForm } from './rendering';

export interface ExpressionEnd {
  /** A comma at the outermost level ends it. */
  readonly comma?: boolean;
  /** A colon that belongs to no `?` ends it. */
  readonly colon?: boolean;
}

/** Operands that a special form cannot do without. */
const argumentsOf: Readonly<Record<SpecialForm, number>> = {
  'least-alignof': 1,
  alignof: 1,
  'va-arg': 2,
  offsetof: 2,
  'types-compatible': 2,
  generic: 3,
  'label-address': 0,
};

export abstract class ExpressionRenderer extends RenderBase {
  protected abstract block(): void;
  protected abstract typeName(): void;
  protected abstract initializerList(): void;

  /**
   * Renders up to a closing bracket, `;`, `...`, or what `stop` says. An expression that holds nothing is a problem
   * unless `mayBeEmpty`.
   */
  protected expression(stop: ExpressionEnd = {}, mayBeEmpty = false): void {
    this.deeper(() => this.expressionTokens(stop, mayBeEmpty));
  }

  private expressionTokens(stop: ExpressionEnd, mayBeEmpty: boolean): void {
    const from = this.at;
    const open = { ternaries: 0 };
    let operand = false;
    while (this.at < this.end) {
      const after: boolean | undefined =
        this.kind() === TokenKind.punctuator ? this.sign(operand, stop, open) : this.plainToken(operand);
      if (after === undefined) {
        break;
      }
      operand = after;
    }
    if (this.at === from ? !mayBeEmpty : !operand) {
      this.expected(sentence('an-expression'));
    }
  }

  /** A literal or a word; answers like `word`. */
  private plainToken(operand: boolean): boolean | undefined {
    switch (this.kind()) {
      case TokenKind.number:
        this.emit('1');
        return true;
      case TokenKind.character:
        this.emit("'a'");
        return true;
      case TokenKind.string:
        this.emit('""');
        return true;
      case TokenKind.identifier:
        return this.word(operand);
      default:
        this.problem(sentence('stray-shown-in-the-program', { shown: this.shown(this.at) }));
        this.at++;
        return operand;
    }
  }

  /** A punctuator; answers like `word`. */
  private sign(operand: boolean, stop: ExpressionEnd, open: { ternaries: number }): boolean | undefined {
    switch (this.atom()) {
      case known[')']:
      case known[']']:
      case known['}']:
      case known[';']:
      case known['{']:
      case known['...']:
        return undefined;
      case known[',']:
        if (stop.comma) {
          return undefined;
        }
        break;
      case known['?']:
        open.ternaries++;
        break;
      case known[':']:
        if (open.ternaries === 0 && stop.colon) {
          return undefined;
        }
        open.ternaries--;
        break;
      case known['(']:
        return this.parenthesis(operand);
      case known['[']:
        this.subscript();
        return true;
      case known['.']:
      case known['->']:
        this.emit();
        if (this.isName()) {
          this.emit('v');
        } else {
          this.expected(sentence('a-member-name'));
        }
        return true;
      case known['++']:
      case known['--']:
        this.emit();
        return operand;
      case known['&&']:
        if (!operand && this.isName(this.at + 1)) {
          const label = this.at + 1;
          this.out.add('0', this.at, label, { kind: 'special', form: 'label-address', parts: [], extra: label });
          this.at += 2;
          return true;
        }
        this.needs(operand);
        break;
      default:
        if (needsOperandBefore.has(this.atom())) {
          this.needs(operand);
        }
        break;
    }
    this.emit();
    return false;
  }

  /** An operator stands here that needs an operand before it. The parser would look for long what thousands could mean. */
  private needs(operand: boolean): void {
    if (!operand) {
      this.expected(sentence('an-expression'));
    }
  }

  /**
   * A word in an expression: whether an operand stands before the next token, or undefined when the word ends the
   * expression.
   */
  private word(operand: boolean): boolean | undefined {
    const atom = this.atom();
    switch (wordClass(atom)) {
      case WordClass.none:
        if (operand && this.startsLine() && !this.afterString()) {
          return undefined;
        }
        if (operand && !this.afterString()) {
          this.expected(sentence('a-semicolon-or-an-operator'));
        }
        this.name();
        return true;
      case WordClass.extension:
        this.at++;
        return operand;
      case WordClass.operator: {
        const form = operatorForms.get(atom);
        if (!form) {
          this.emit('sizeof');
          return this.is(known['(']) ? this.parenthesis(false, true) : false;
        }
        this.special(form);
        return true;
      }
      case WordClass.attribute:
        if (operand) {
          return undefined;
        }
        this.attribute();
        return false;
      default:
        if (!operand) {
          this.problem(sentence('shown-is-not-expected-in-an-expression', { shown: this.shown(this.at) }));
          this.at++;
          return operand;
        }
        return undefined;
    }
  }

  private afterString(): boolean {
    const atom = this.atom();
    const functionName = atom === known.__FUNCTION__ || atom === known.__func__ || atom === known.__PRETTY_FUNCTION__;
    return functionName && this.at > this.input.from && this.kind(this.at - 1) === TokenKind.string;
  }

  /**
   * A name used as a value. Beside a string literal, the name of the current function is a string literal too (GNU C
   * before 3.4).
   */
  private name(): void {
    const atom = this.atom();
    const functionName = atom === known.__FUNCTION__ || atom === known.__func__ || atom === known.__PRETTY_FUNCTION__;
    this.emit(
      functionName && (this.kind(this.at - 1) === TokenKind.string || this.kind(this.at + 1) === TokenKind.string)
        ? '""'
        : this.startsCall()
          ? '0'
          : 'v',
    );
  }

  /** At the start of a statement `a * b` and `a (b)` could declare something: a name there is written as a number. */
  private startsCall(): boolean {
    const next = this.atom(this.at + 1);
    return next === known['*'] || next === known['('];
  }

  /** Whether a comma stands before the bracket that closes the one just opened. */
  private commaBeforeCloser(): boolean {
    let depth = 0;
    for (let i = this.at; i < this.end && depth >= 0; i++) {
      const atom = this.atom(i);
      if (atom === known['('] || atom === known['['] || atom === known['{']) {
        depth++;
      } else if (atom === known[')'] || atom === known[']'] || atom === known['}']) {
        depth--;
      } else if (depth === 0 && atom === known[',']) {
        return true;
      }
    }
    return false;
  }

  private subscript(): void {
    this.emit();
    const comma = this.commaBeforeCloser();
    if (comma) {
      this.emitSynthetic('(');
    }
    this.expression();
    if (comma) {
      this.emitSynthetic(')');
    }
    this.expect(known[']']);
  }

  /**
   * `(` and what it opens, up to behind `)`. Gives whether that is an operand (not so for a cast). `operand`: an operand
   * stands before it, so it opens the arguments of a call.
   */
  private parenthesis(operand: boolean, afterSizeof = false): boolean {
    const next = this.at + 1;
    if (this.is(known['{'], next)) {
      this.emit();
      this.deeper(() => this.block());
      this.expect(known[')']);
      return true;
    }
    if (operand) {
      this.emit();
      this.expression({}, true);
      this.expect(known[')']);
      return true;
    }
    if (this.startsTypeName(next)) {
      this.emit();
      this.deeper(() => this.typeName());
      this.expect(known[')']);
      if (this.is(known['{'])) {
        this.deeper(() => this.initializerList());
        return true;
      }
      return afterSizeof;
    }
    this.emit();
    if (this.isName() && this.is(known[')'], this.at + 1)) {
      this.emit('0');
    } else {
      this.expression();
    }
    this.expect(known[')']);
    return true;
  }

  /** Whether the tokens behind a `(` at `index` are a type name. Unknown names count where nothing else makes sense. */
  protected startsTypeName(index: number): boolean {
    let i = index;
    while (wordClass(this.atom(i)) === WordClass.extension) {
      i++;
    }
    const atom = this.atom(i);
    if (startsType(atom) || (wordClass(atom) === WordClass.attribute && i < this.end)) {
      return true;
    }
    if (!this.isName(i)) {
      return false;
    }
    if (this.scopes.isType(atom)) {
      return true;
    }
    let stars = i + 1;
    while (this.is(known['*'], stars)) {
      stars++;
    }
    if (!this.is(known[')'], stars)) {
      return false;
    }
    const behind = this.kind(stars + 1);
    return (
      stars > i + 1 ||
      behind === TokenKind.number ||
      behind === TokenKind.string ||
      behind === TokenKind.character ||
      this.isName(stars + 1)
    );
  }

  /** `__attribute__ (( … ))`: nothing is written; the attributes are given. */
  protected attribute(): AttributeNote[] {
    const notes: AttributeNote[] = [];
    this.at++;
    if (!this.is(known['('])) {
      this.expected(sentence('a-sign', { sign: '((' }));
      return notes;
    }
    const close = this.matching(this.at);
    let i = this.at + 2;
    while (i < close - 1) {
      if (this.kind(i) === TokenKind.identifier) {
        const name = i;
        const args: Fragment[] = [];
        i++;
        if (this.is(known['('], i)) {
          const end = this.matching(i);
          this.argumentFragments(i + 1, end).forEach((fragment) => args.push(fragment));
          i = end + 1;
        }
        notes.push({ name, args });
      } else {
        i++;
      }
    }
    this.at = Math.min(close + 1, this.end);
    return notes;
  }

  /** Takes all attributes that stand here. */
  protected attributesTo(list: AttributeNote[]): void {
    while (this.at < this.end && wordClass(this.atom()) === WordClass.attribute) {
      this.attribute().forEach((each) => list.push(each));
    }
  }

  /** Splits `[from, to)` at commas and renders each part apart, as an expression or a type. */
  protected argumentFragments(from: number, to: number): Fragment[] {
    return this.betweenCommas(from, to).flatMap(([start, end]) => (end > start ? [this.fragment(start, end)] : []));
  }

  /** Parts of `[from, to)` between the commas that stand in no brackets, empty ones too. */
  private betweenCommas(from: number, to: number): (readonly [start: number, end: number])[] {
    const parts: (readonly [number, number])[] = [];
    let start = from;
    let depth = 0;
    for (let i = from; i <= to; i++) {
      const atom = this.atom(i);
      if (i === to || (depth === 0 && atom === known[','])) {
        parts.push([start, i]);
        start = i + 1;
      }
      depth +=
        atom === known['('] || atom === known['['] || atom === known['{']
          ? 1
          : atom === known[')'] || atom === known[']'] || atom === known['}']
            ? -1
            : 0;
    }
    return parts;
  }

  /** Renders `[from, to)` apart: as a type name when it starts like one. */
  protected fragment(from: number, to: number): Fragment {
    // What follows the parenthesis tells nothing here: in `typeof(x) y` a lone name is a type only when it is known as
    // one.
    const lone = to === from + 1 && this.isName(from);
    const kind = (lone ? this.scopes.isType(this.atom(from)) : this.startsTypeName(from)) ? 'type' : 'expression';
    const rendering = this.apart(from, to, () => {
      const first = this.out;
      first.add(kind === 'type' ? 'int v = sizeof (' : 'int v = (', from, from, { kind: 'synthetic' });
      this.deeper(() => {
        if (kind === 'type') {
          this.typeName();
        } else {
          this.expression();
        }
      });
      this.out.add(') ;', to - 1, to - 1, { kind: 'synthetic' });
    });
    return { kind, rendering, from, to };
  }

  private special(form: SpecialForm): void {
    const first = this.at;
    if (!this.is(known['('], first + 1)) {
      // GNU C allows `__alignof__ expression` too.
      this.at++;
      this.expected(sentence('a-sign', { sign: '(' }));
      return;
    }
    const close = this.matching(first + 1);
    if (close >= this.end) {
      this.at = this.end;
      this.expected(sentence('a-sign', { sign: ')' }));
      return;
    }
    let parts: Fragment[];
    let extra = -1;
    if (form === 'generic') {
      ({ parts, extra } = this.genericParts(first + 2, close));
    } else if (form === 'offsetof') {
      parts = this.offsetofParts(first + 2, close);
    } else {
      parts = this.argumentFragments(first + 2, close);
    }
    if (parts.length < argumentsOf[form]) {
      this.problem(sentence('shown-has-too-few-arguments', { shown: this.shown(first) }), first);
    }
    this.out.add('0', first, close, { kind: 'special', form, parts, extra });
    this.at = close + 1;
  }

  /** The type, and the member designator written as an expression on a name of ours: `v . member [ index ]`. */
  private offsetofParts(from: number, close: number): Fragment[] {
    let comma = from;
    while (comma < close && !this.is(known[','], comma)) {
      comma = this.is(known['('], comma) ? this.matching(comma) + 1 : comma + 1;
    }
    if (comma + 1 >= close) {
      return [];
    }
    const type = this.fragment(from, comma);
    const rendering = this.apart(comma + 1, close, () => {
      this.out.add('int v = ( v .', comma + 1, comma + 1, { kind: 'synthetic' });
      this.emit('v');
      if (this.at < close) {
        // Pretend the name before is an operand: `.member` and `[index]` go on from it.
        while (this.at < close && !this.failure) {
          if (this.is(known['['])) {
            this.subscript();
          } else if (this.is(known['.']) && this.isName(this.at + 1)) {
            this.emit();
            this.emit('v');
          } else {
            this.expected(sentence('a-member-designator'));
          }
        }
      }
      this.out.add(') ;', close - 1, close - 1, { kind: 'synthetic' });
    });
    return [type, { kind: 'expression', rendering, from: comma + 1, to: close }];
  }

  /** Control expression, then type and value of each association; `default` has only a value, its place is given. */
  private genericParts(from: number, close: number): { parts: Fragment[]; extra: number } {
    const parts: Fragment[] = [];
    let extra = -1;
    const push = (start: number, end: number): void => {
      if (parts.length === 0) {
        parts.push(this.fragment(start, end));
        return;
      }
      let colon = start;
      while (colon < end && !this.is(known[':'], colon)) {
        colon++;
      }
      if (colon + 1 >= end) {
        this.problem(sentence('expected-a-colon-in-generic'), start);
        return;
      }
      if (this.is(known.default, start)) {
        extra = parts.length;
      } else {
        parts.push(this.fragment(start, colon));
      }
      parts.push(this.fragment(colon + 1, end));
    };
    this.betweenCommas(from, close).forEach(([start, end]) => push(start, end));
    return { parts, extra };
  }
}
