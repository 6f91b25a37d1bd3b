/**
 * Expressions: tree-sitter's nodes to ours. Parentheses vanish. A cast before an assignment is a cast of its target (an
 * lvalue cast, as old GNU C has): the grammar reads `(T)x = y` as `(T)(x = y)`, which nobody can have meant without
 * parentheses.
 */
import { sentence, type Words } from '../sentences/sentence';
import type { AssignOperator, BinaryOperator, Block, Expr, Initializer, TypeSyntax, UnaryOperator } from './ast';
import { TokenKind } from '../preprocess/token';
import { characterValue, parseFloating, parseInteger, parseQuoted } from '../preprocess/literal';
import { ConverterBase, isFunctionName } from './convert-base';
import { convertSpecial, type SpecialHost } from './convert-special';
import type { Fragment } from './rendering';

export abstract class ExpressionConverter extends ConverterBase {
  protected abstract typeDescriptor(node: number): TypeSyntax;
  protected abstract initializerList(node: number): Initializer;
  protected abstract block(node: number): Block;

  /** Any expression node. */
  protected expression(node: number): Expr {
    return this.deeper(
      () => this.expressionNode(node),
      () => {
        this.syntaxError(this.spanOf(node), sentence('this-is-nested-too-deeply'));
        return this.errorExpression(node, sentence('nested-too-deeply'));
      },
    );
  }

  protected errorExpression(node: number, message: Words): Expr {
    return { kind: 'error', message, ...this.place(node) };
  }

  protected expressionFragment(fragment: Fragment): Expr {
    return this.withFragment<Expr>(
      fragment,
      (node) => this.expression(node),
      (message) => ({ kind: 'error', message, span: this.spanOfTokens(fragment.from, fragment.to - 1) }),
    );
  }

  private expressionNode(node: number): Expr {
    const { tree } = this;
    switch (tree.type(node)) {
      case 'identifier':
      case 'number_literal':
      case 'char_literal':
      case 'string_literal':
        return this.leaf(node);
      case 'concatenated_string':
        return this.strings(node, tree.childrenOf(node));
      case 'parenthesized_expression':
        return this.parenthesized(node);
      case 'comma_expression':
        return {
          kind: 'comma',
          left: this.fieldExpression(node, 'left'),
          right: this.fieldExpression(node, 'right'),
          ...this.place(node),
        };
      case 'assignment_expression':
        return {
          kind: 'assign',
          operator: this.operator(node) as AssignOperator,
          target: this.fieldExpression(node, 'left'),
          value: this.fieldExpression(node, 'right'),
          ...this.place(node),
        };
      case 'binary_expression':
        return this.binary(node);
      case 'unary_expression':
      case 'pointer_expression':
        return {
          kind: 'unary',
          operator: this.operator(node) as UnaryOperator,
          operand: this.fieldExpression(node, 'argument'),
          ...this.place(node),
        };
      case 'update_expression':
        return this.update(node);
      case 'conditional_expression': {
        const then = tree.field(node, 'consequence');
        return {
          kind: 'conditional',
          condition: this.fieldExpression(node, 'condition'),
          then: then < 0 ? undefined : this.expression(then),
          otherwise: this.fieldExpression(node, 'alternative'),
          ...this.place(node),
        };
      }
      case 'cast_expression':
        return this.cast(node);
      default:
        return this.accessOrSize(node);
    }
  }

  /** What stands behind a name or around a type: calls, subscripts, members, `sizeof`, compound literals. */
  private accessOrSize(node: number): Expr {
    const { tree } = this;
    switch (tree.type(node)) {
      case 'sizeof_expression': {
        const type = tree.field(node, 'type');
        return type >= 0
          ? { kind: 'sizeof-type', type: this.typeDescriptor(type), ...this.place(node) }
          : { kind: 'sizeof-expression', operand: this.fieldExpression(node, 'value'), ...this.place(node) };
      }
      case 'call_expression':
        return {
          kind: 'call',
          callee: this.fieldExpression(node, 'function'),
          args: tree.childrenOf(tree.field(node, 'arguments')).map((child) => this.expression(child)),
          ...this.place(node),
        };
      case 'subscript_expression':
        return {
          kind: 'index',
          base: this.fieldExpression(node, 'argument'),
          index: this.fieldExpression(node, 'index'),
          ...this.place(node),
        };
      case 'field_expression':
        return {
          kind: 'member',
          base: this.fieldExpression(node, 'argument'),
          name: this.text(tree.field(node, 'field')),
          arrow: this.operator(node) === '->',
          ...this.place(node),
        };
      case 'compound_literal_expression':
        return {
          kind: 'compound-literal',
          type: this.typeDescriptor(tree.field(node, 'type')),
          initializer: this.initializerList(tree.field(node, 'value')),
          ...this.place(node),
        };
      default:
        this.syntaxError(this.spanOf(node), sentence('this-cannot-be-read-as-an-expression'));
        return this.errorExpression(node, sentence('syntax-error'));
    }
  }

  private update(node: number): Expr {
    const argument = this.tree.field(node, 'argument');
    const prefix = this.tree.start(this.tree.field(node, 'operator')) < this.tree.start(argument);
    const delta = this.operator(node) === '++' ? 1 : -1;
    return prefix
      ? { kind: 'increment', delta, prefix, operand: this.expression(argument), ...this.place(node) }
      : this.postfix(node, argument, delta);
  }

  private fieldExpression(node: number, field: string): Expr {
    return this.expression(this.tree.field(node, field));
  }

  private operator(node: number): string {
    return this.text(this.tree.field(node, 'operator'));
  }

  /** `argument++`: the grammar takes `!x++` for `(!x)++`, so prefix operators are put outside again. */
  private postfix(node: number, argument: number, delta: 1 | -1): Expr {
    const type = this.tree.type(argument);
    if (type === 'unary_expression' || type === 'pointer_expression') {
      return {
        kind: 'unary',
        operator: this.operator(argument) as UnaryOperator,
        operand: this.postfix(node, this.tree.field(argument, 'argument'), delta),
        ...this.place(node),
      };
    }
    return { kind: 'increment', delta, prefix: false, operand: this.expression(argument), ...this.place(node) };
  }

  /** A chain of left operands is walked in a loop: `a + b + …` may be very long. */
  private binary(node: number): Expr {
    const { tree } = this;
    const chain: number[] = [];
    let left = node;
    while (tree.type(left) === 'binary_expression') {
      chain.push(left);
      left = tree.field(left, 'left');
    }
    let result = this.expression(left);
    for (const link of chain.reverse()) {
      result = {
        kind: 'binary',
        operator: this.operator(link) as BinaryOperator,
        left: result,
        right: this.fieldExpression(link, 'right'),
        ...this.place(link),
      };
    }
    return result;
  }

  private parenthesized(node: number): Expr {
    const child = this.tree.firstChild(node);
    if (this.tree.type(child) === 'compound_statement') {
      return { kind: 'statement-expression', body: this.block(child), ...this.place(node) };
    }
    return this.expression(child);
  }

  private cast(node: number): Expr {
    const { tree } = this;
    const casts: number[] = [];
    let inner = node;
    while (tree.type(inner) === 'cast_expression') {
      casts.push(inner);
      inner = tree.field(inner, 'value');
    }
    const wrap = (operand: Expr): Expr =>
      casts.reverse().reduce<Expr>(
        (value, link) => ({
          kind: 'cast',
          type: this.typeDescriptor(tree.field(link, 'type')),
          operand: value,
          ...this.place(link),
        }),
        operand,
      );
    if (tree.type(inner) !== 'assignment_expression') {
      return wrap(this.expression(inner));
    }
    return {
      kind: 'assign',
      operator: this.operator(inner) as AssignOperator,
      target: wrap(this.fieldExpression(inner, 'left')),
      value: this.fieldExpression(inner, 'right'),
      ...this.place(node),
    };
  }

  /** A node that stands for one token, or for a placeholder. */
  private leaf(node: number): Expr {
    const note = this.note(node);
    if (note?.kind === 'special') {
      return convertSpecial(note, this.place(node), this.specialHost());
    }
    if (note?.kind === 'error') {
      return this.errorExpression(node, note.message);
    }
    const token = this.token(node);
    switch (this.tokens.kinds[token]) {
      case TokenKind.number:
        return this.number(node, this.tokens.text(token));
      case TokenKind.character: {
        const { value, wide, malformed } = characterValue(this.tokens.text(token));
        if (malformed) {
          this.syntaxError(
            this.spanOf(node),
            sentence('text-is-not-a-valid-character-constant', { text: this.tokens.text(token) }),
          );
        }
        return { kind: 'character', value, wide, ...this.place(node) };
      }
      case TokenKind.string:
        return this.strings(node, [node]);
      default:
        return { kind: 'identifier', name: this.tokens.text(token), ...this.place(node) };
    }
  }

  private number(node: number, text: string): Expr {
    const integer = parseInteger(text);
    if (integer) {
      return { kind: 'integer', ...integer, ...this.place(node) };
    }
    const floating = parseFloating(text);
    if (floating) {
      return { kind: 'floating', ...floating, ...this.place(node) };
    }
    // GNU C marks imaginary numbers by i or j among the letters behind.
    const real = text.replace(/[ij](?=[flu]*$)/i, '');
    const isImaginary = real !== text && (parseInteger(real) ?? parseFloating(real)) !== undefined;
    const message = isImaginary ? 'text-is-an-imaginary-number' : 'text-is-not-a-valid-number';
    this.syntaxError(this.spanOf(node), sentence(message, { text }));
    return this.errorExpression(node, sentence('invalid-number'));
  }

  /** Adjacent string literals are one (C99 6.4.5 paragraph 4); wide when any of them is. */
  private strings(node: number, parts: readonly number[]): Expr {
    const literals = parts.map((part) => {
      const token = this.token(part);
      return isFunctionName(this.tokens.atoms[token] as number)
        ? JSON.stringify(this.input.functionName)
        : this.tokens.text(token);
    });
    const wide = literals.some((literal) => literal.startsWith('L'));
    const units: number[] = [];
    for (const literal of literals) {
      const quoted = /^L?"/.test(literal)
        ? parseQuoted(wide && !literal.startsWith('L') ? `L${literal}` : literal)
        : undefined;
      if (!quoted || quoted.malformed) {
        this.syntaxError(
          this.spanOf(node),
          quoted
            ? sentence('this-string-has-an-unknown-escape-sequence')
            : sentence('literal-stands-beside-a-string', { literal }),
        );
      }
      for (const unit of quoted?.units ?? []) {
        units.push(unit);
      }
    }
    const bytes = wide ? new Uint8Array(Uint32Array.from(units).buffer) : Uint8Array.from(units);
    return { kind: 'string', bytes, ...(wide ? { units: Uint32Array.from(units) } : {}), ...this.place(node) };
  }

  private specialHost(): SpecialHost {
    return {
      expression: (fragment) => this.expressionFragment(fragment),
      type: (fragment) => this.typeFragment(fragment),
      tokenText: (token) => this.tokens.text(token),
    };
  }
}
