/**
 * Statements and external declarations. tree-sitter's `case` takes all statements up to the next `case`; ours labels one
 * statement, and the others follow it in the block. A label directly before another labels that one.
 */
import { sentence } from '../sentences/sentence';
import type { Block, Declaration, Expr, FunctionDefinition, Initializer, Stmt, Storage, TopLevel } from './ast';
import { DeclarationConverter } from './convert-declaration';
import { nestedFunctionMessage } from './render-statement';
import type { Fragment } from './rendering';
import type { TypeSyntax } from './ast';

/** What can follow a label that has no statement of its own yet. */
type Labelled = Extract<Stmt, { kind: 'case' | 'default' | 'label' }>;

export class ChunkConverter extends DeclarationConverter {
  /** The external declarations of the tree. */
  topLevel(): TopLevel[] {
    const items: TopLevel[] = [];
    for (const child of this.tree.childrenOf(0)) {
      const type = this.tree.type(child);
      const item =
        type === 'function_definition'
          ? this.functionDefinition(child)
          : type === 'declaration'
            ? this.declaration(child)
            : undefined;
      if (item) {
        items.push(item);
      }
    }
    return items;
  }

  /** A fragment by itself: for watch expressions and type names. */
  alone(fragment: Fragment): { expr?: Expr; type?: TypeSyntax } {
    return fragment.kind === 'type'
      ? { type: this.typeFragment(fragment) }
      : { expr: this.expressionFragment(fragment) };
  }

  private functionDefinition(node: number): FunctionDefinition | undefined {
    const { tree } = this;
    const typeNode = tree.field(node, 'type');
    const note = this.note(typeNode);
    if (note?.kind !== 'specifiers') {
      return undefined;
    }
    const base = this.specifiedType(typeNode, note);
    const declared = this.declarator(tree.field(node, 'declarator'), base);
    const oldStyle: Declaration[] = [];
    let bodyNode = tree.field(node, 'body');
    if (this.note(bodyNode)?.kind === 'synthetic') {
      const children = tree.childrenOf(bodyNode);
      bodyNode = children[children.length - 1] ?? bodyNode;
      for (const child of children.slice(0, -1)) {
        const declaration = tree.type(child) === 'declaration' ? this.declaration(child) : undefined;
        if (declaration) {
          oldStyle.push(declaration);
        }
      }
    }
    const outer = this.input.functionName;
    this.input.functionName = declared.name ?? '';
    const body = this.block(bodyNode);
    this.input.functionName = outer;
    const last = this.rendering.last[this.lastPiece(node)] as number;
    const macro = this.macroOf(note.first);
    return {
      span: this.spanOfTokens(note.first, last),
      kind: 'function',
      name: declared.name ?? '',
      nameSpan: this.spanOf(declared.nameNode >= 0 ? declared.nameNode : node),
      storage: note.storage as Storage | undefined,
      inline: note.inline,
      type: declared.type,
      oldStyle,
      attributes: [...note.attributes.map((attribute) => this.attribute(attribute)), ...declared.attributes],
      body,
      ...(macro === undefined ? {} : { macro }),
    };
  }

  protected block(node: number): Block {
    const note = this.note(node);
    if (note?.kind === 'error') {
      const place = this.place(node);
      return { kind: 'block', items: [{ kind: 'error-statement', message: note.message, ...place }], ...place };
    }
    return { kind: 'block', items: this.statements(this.tree.childrenOf(node)), ...this.place(node) };
  }

  /** A list of block items, with labels joined to what they label. */
  private statements(nodes: readonly number[]): Stmt[] {
    const flat: Stmt[] = [];
    for (const node of nodes) {
      this.statement(node, flat);
    }
    // From the end: a label without a statement takes the one behind it.
    const items: Stmt[] = [];
    for (const item of flat.reverse()) {
      const open = openLabel(item);
      const next = open && items.pop();
      items.push(open && next ? withBody(item as Labelled, next) : item);
    }
    return items.reverse();
  }

  /** Converts one node, and appends what it gives (a `case` gives several). */
  private statement(node: number, out: Stmt[]): void {
    this.deeper(
      () => this.statementNode(node, out),
      () => {
        this.syntaxError(this.spanOf(node), sentence('this-is-nested-too-deeply'));
        out.push({ kind: 'error-statement', message: sentence('nested-too-deeply'), ...this.place(node) });
      },
    );
  }

  private statementNode(node: number, out: Stmt[]): void {
    const { tree } = this;
    const place = this.place(node);
    switch (tree.type(node)) {
      case 'compound_statement':
        this.compound(node).forEach((statement) => out.push(statement));
        return;
      case 'expression_statement':
        out.push(this.expressionStatement(node));
        return;
      case 'declaration':
        out.push(this.declarationStatement(node));
        return;
      case 'function_definition':
        out.push(this.nestedFunction(node));
        return;
      case 'if_statement':
        out.push(this.ifStatement(node));
        return;
      case 'while_statement':
        out.push({
          kind: 'while',
          condition: this.part(node, 'condition'),
          body: this.single(tree.field(node, 'body')),
          ...place,
        });
        return;
      case 'do_statement':
        out.push({
          kind: 'do-while',
          body: this.single(tree.field(node, 'body')),
          condition: this.part(node, 'condition'),
          ...place,
        });
        return;
      case 'for_statement':
        out.push(this.forStatement(node));
        return;
      case 'switch_statement':
        out.push({
          kind: 'switch',
          control: this.part(node, 'condition'),
          body: this.single(tree.field(node, 'body')),
          ...place,
        });
        return;
      case 'case_statement':
        this.caseStatement(node, out);
        return;
      case 'labeled_statement':
        this.labelStatement(node, out);
        return;
      default:
        out.push(this.jump(node));
    }
  }

  private jump(node: number): Stmt {
    const place = this.place(node);
    switch (this.tree.type(node)) {
      case 'return_statement': {
        const value = this.tree.firstChild(node);
        return { kind: 'return', value: value < 0 ? undefined : this.expression(value), ...place };
      }
      case 'goto_statement':
        return this.gotoStatement(node);
      case 'break_statement':
        return { kind: 'break', ...place };
      case 'continue_statement':
        return { kind: 'continue', ...place };
      default:
        this.syntaxError(place.span, sentence('this-cannot-be-read-as-a-statement'));
        return { kind: 'error-statement', message: sentence('syntax-error'), ...place };
    }
  }

  private declarationStatement(node: number): Stmt {
    const declaration = this.declaration(node);
    return declaration
      ? {
          span: declaration.span,
          kind: 'declaration-statement',
          declaration,
          ...(declaration.macro === undefined ? {} : { macro: declaration.macro }),
        }
      : { kind: 'empty', ...this.place(node) };
  }

  private nestedFunction(node: number): Stmt {
    const place = this.place(node);
    this.input.report({
      code: 'SS2002',
      severity: 'error',
      span: place.span,
      message: nestedFunctionMessage,
      remedy: sentence('move-the-function-out-of-the-one-around-it'),
    });
    return { kind: 'error-statement', message: nestedFunctionMessage, ...place };
  }

  /** A block, or the statements within braces that we added. */
  private compound(node: number): Stmt[] {
    return this.note(node)?.kind === 'synthetic' ? this.statements(this.tree.childrenOf(node)) : [this.block(node)];
  }

  /** Exactly one statement: where the grammar of C has one. */
  private single(node: number): Stmt {
    const out: Stmt[] = [];
    this.statement(node, out);
    const joined = out.length === 1 ? out[0] : undefined;
    return joined ?? { kind: 'block', items: out, ...this.place(node) };
  }

  /** Chains of `else if` are walked in a loop, and put together from the end. */
  private ifStatement(node: number): Stmt {
    const { tree } = this;
    const chain: number[] = [];
    let otherwise: Stmt | undefined;
    for (let link = node; ;) {
      chain.push(link);
      const clause = tree.field(link, 'alternative');
      const next = clause < 0 ? -1 : tree.firstChild(clause);
      if (next < 0 || tree.type(next) !== 'if_statement') {
        otherwise = next < 0 ? undefined : this.single(next);
        break;
      }
      link = next;
    }
    let result: Stmt = { kind: 'empty', ...this.place(node) };
    for (const link of chain.reverse()) {
      result = {
        kind: 'if',
        condition: this.part(link, 'condition'),
        then: this.single(tree.field(link, 'consequence')),
        otherwise,
        ...this.place(link),
      };
      otherwise = result;
    }
    return result;
  }

  private part(node: number, field: string): Expr {
    return this.expression(this.tree.field(node, field));
  }

  private expressionStatement(node: number): Stmt {
    const place = this.place(node);
    const child = this.tree.firstChild(node);
    if (child >= 0) {
      return { kind: 'expression-statement', value: this.expression(child), ...place };
    }
    const note = this.note(node);
    if (note?.kind === 'local-labels') {
      return { kind: 'local-labels', names: note.names.map((token) => this.tokens.text(token)), ...place };
    }
    if (note?.kind === 'assembler') {
      const parts = note.operands.map(({ target, value }): Expr => {
        const to = this.expressionFragment(target);
        return value
          ? { kind: 'assign', operator: '=', target: to, value: this.expressionFragment(value), span: to.span }
          : to;
      });
      return {
        kind: 'expression-statement',
        value: parts.reduce((left, right) => ({ kind: 'comma', left, right, span: place.span })),
        ...place,
      };
    }
    return note?.kind === 'error'
      ? { kind: 'error-statement', message: note.message, ...place }
      : { kind: 'empty', ...place };
  }

  private forStatement(node: number): Stmt {
    const { tree } = this;
    const optional = (field: string): Expr | undefined =>
      tree.field(node, field) < 0 ? undefined : this.part(node, field);
    const initializer = tree.field(node, 'initializer');
    const initial =
      initializer >= 0 && tree.type(initializer) === 'declaration'
        ? this.declaration(initializer)
        : optional('initializer');
    return {
      kind: 'for',
      initial,
      condition: optional('condition'),
      step: optional('update'),
      body: this.single(tree.field(node, 'body')),
      ...this.place(node),
    };
  }

  private caseStatement(node: number, out: Stmt[]): void {
    const { tree } = this;
    const value = tree.field(node, 'value');
    const note = this.note(node);
    const last = note?.kind === 'fragment' ? this.expressionFragment(note.fragment) : undefined;
    const place = this.labelPlace(node, value >= 0 ? value : node, value < 0);
    out.push(
      value >= 0
        ? { kind: 'case', value: this.expression(value), last, body: undefined, ...place }
        : { kind: 'default', body: undefined, ...place },
    );
    for (const child of tree.childrenOf(node)) {
      if (child !== value) {
        this.statement(child, out);
      }
    }
  }

  /** A label's own place, without the statements behind it. */
  private labelPlace(node: number, last: number, firstOnly: boolean): { span: Stmt['span']; macro?: string } {
    const first = this.token(node);
    const end = firstOnly ? first : (this.rendering.last[this.lastPiece(last)] as number);
    const macro = this.macroOf(first);
    const span = this.spanOfTokens(first, end);
    return macro === undefined ? { span } : { span, macro };
  }

  private labelStatement(node: number, out: Stmt[]): void {
    const { tree } = this;
    const label = tree.field(node, 'label');
    out.push({ kind: 'label', name: this.text(label), body: undefined, ...this.labelPlace(label, label, true) });
    const body = tree.nextSibling(label);
    const isOurs = body >= 0 && tree.type(body) === 'expression_statement' && this.note(body)?.kind === 'synthetic';
    if (body >= 0 && !isOurs) {
      this.statement(body, out);
    }
  }

  private gotoStatement(node: number): Stmt {
    const label = this.tree.field(node, 'label');
    const note = this.note(label);
    return note?.kind === 'fragment'
      ? { kind: 'goto-computed', target: this.expressionFragment(note.fragment), ...this.place(node) }
      : { kind: 'goto', label: this.text(label), ...this.place(node) };
  }

  protected override initializerList(node: number): Initializer {
    return super.initializerList(node);
  }
}

/** Whether the innermost of the labels has no statement yet. */
function openLabel(item: Stmt): boolean {
  return (
    (item.kind === 'case' || item.kind === 'default' || item.kind === 'label') &&
    (item.body === undefined || openLabel(item.body))
  );
}

function withBody(item: Labelled, body: Stmt): Stmt {
  return { ...item, body: item.body ? withBody(item.body as Labelled, body) : body };
}
