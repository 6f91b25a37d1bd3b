/**
 * Declarations: specifiers come from their note, declarators are turned inside out (C99 6.7.5): from the name outwards,
 * each layer wraps the type so far.
 */
import { sentence } from '../sentences/sentence';
import { assert } from '../base/assert';
import type {
  Attribute,
  Declaration,
  Declarator,
  Designator,
  Enumerator,
  Expr,
  Initializer,
  InitializerItem,
  Parameter,
  Qualifiers,
  Storage,
  TypeSyntax,
} from './ast';
import { ExpressionConverter } from './convert-expression';
import type { AttributeNote, Fragment, SpecifiersNote } from './rendering';

/** A declarator being turned inside out. */
interface Declared {
  readonly name: string | undefined;
  /** Node of the name, or -1. */
  readonly nameNode: number;
  readonly type: TypeSyntax;
  readonly attributes: readonly Attribute[];
}

const qualifierWords = new Set(['const', 'volatile', 'restrict']);

export abstract class DeclarationConverter extends ExpressionConverter {
  /** A `declaration` or `field_declaration` node; undefined when it stands for something that was given up. */
  protected declaration(node: number): Declaration | undefined {
    const { tree } = this;
    const typeNode = tree.field(node, 'type');
    const note = this.note(typeNode);
    if (note?.kind !== 'specifiers') {
      return undefined;
    }
    const base = this.specifiedType(typeNode, note);
    const shared = note.attributes.map((attribute) => this.attribute(attribute));
    const declarators: Declarator[] = [];
    for (let child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
      if (tree.fieldName(child) === 'declarator') {
        const declarator = this.initDeclarator(child, base, shared);
        if (declarator) {
          declarators.push(declarator);
        }
      }
    }
    const last = declarators[declarators.length - 1];
    return {
      kind: 'declaration',
      storage: note.storage as Storage | undefined,
      inline: note.inline,
      base,
      declarators: last ? declarators : this.anonymousMember(node, typeNode, base, shared),
      ...this.declarationPlace(node, note),
    };
  }

  /** From the first specifier (a storage class has no piece of its own) to the end. */
  private declarationPlace(node: number, note: SpecifiersNote): { span: Declaration['span']; macro?: string } {
    const last = this.rendering.last[this.lastPiece(node)] as number;
    const macro = this.macroOf(note.first);
    const span = this.spanOfTokens(note.first, last);
    return macro === undefined ? { span } : { span, macro };
  }

  /** A member that is a struct or union without a tag and a name (C11 6.7.2.1 paragraph 13). */
  private anonymousMember(
    node: number,
    typeNode: number,
    base: TypeSyntax,
    attributes: readonly Attribute[],
  ): Declarator[] {
    if (this.tree.type(node) !== 'field_declaration' || base.kind !== 'record' || base.name !== undefined) {
      return [];
    }
    const span = this.spanOf(typeNode);
    return [
      { span, name: undefined, nameSpan: span, type: base, initializer: undefined, bitWidth: undefined, attributes },
    ];
  }

  private initDeclarator(node: number, base: TypeSyntax, shared: readonly Attribute[]): Declarator | undefined {
    const { tree } = this;
    const isInit = tree.type(node) === 'init_declarator';
    const declared = this.declarator(isInit ? tree.field(node, 'declarator') : node, base);
    const next = tree.nextSibling(node);
    const width =
      next >= 0 && tree.type(next) === 'bitfield_clause' ? this.expression(tree.firstChild(next)) : undefined;
    if (declared.name === undefined && width === undefined) {
      return undefined;
    }
    return {
      name: declared.name,
      nameSpan: this.spanOf(declared.nameNode >= 0 ? declared.nameNode : node),
      type: declared.type,
      initializer: isInit ? this.initializer(tree.field(node, 'value')) : undefined,
      bitWidth: width,
      attributes: [...shared, ...declared.attributes],
      ...this.place(node),
    };
  }

  /** The type of declarator `node` (or of none, when -1) around `base`. */
  protected declarator(node: number, base: TypeSyntax): Declared {
    if (node < 0) {
      return { name: undefined, nameNode: -1, type: base, attributes: [] };
    }
    return this.deeper(
      () => this.declaratorNode(node, base),
      () => ({
        name: undefined,
        nameNode: -1,
        type: { kind: 'error-type', message: sentence('nested-too-deeply'), span: this.spanOf(node) },
        attributes: [],
      }),
    );
  }

  private declaratorNode(node: number, base: TypeSyntax): Declared {
    const { tree } = this;
    const place = this.place(node);
    switch (tree.type(node)) {
      case 'identifier':
      case 'field_identifier':
      case 'type_identifier':
      case 'primitive_type': {
        const note = this.note(node);
        const attributes =
          note?.kind === 'declarator' ? note.attributes.map((attribute) => this.attribute(attribute)) : [];
        return {
          name: note?.kind === 'synthetic' ? undefined : this.text(node),
          nameNode: node,
          type: base,
          attributes,
        };
      }
      case 'pointer_declarator':
      case 'abstract_pointer_declarator': {
        const qualifiers = this.qualifiersAmong(node);
        return this.declarator(tree.field(node, 'declarator'), {
          kind: 'pointer',
          to: base,
          ...(qualifiers ? { qualifiers } : {}),
          ...place,
        });
      }
      case 'array_declarator':
      case 'abstract_array_declarator': {
        const size = tree.field(node, 'size');
        const known = size >= 0 && this.text(size) !== '*';
        return this.declarator(tree.field(node, 'declarator'), {
          kind: 'array',
          of: base,
          size: known ? this.expression(size) : undefined,
          ...place,
        });
      }
      case 'function_declarator':
      case 'abstract_function_declarator':
        return this.declarator(tree.field(node, 'declarator'), this.functionType(node, base));
      case 'parenthesized_declarator':
      case 'abstract_parenthesized_declarator':
        return this.declarator(tree.firstChild(node), base);
      default:
        this.syntaxError(this.spanOf(node), sentence('this-cannot-be-read-as-a-declarator'));
        return {
          name: undefined,
          nameNode: -1,
          type: { kind: 'error-type', message: sentence('syntax-error'), span: place.span },
          attributes: [],
        };
    }
  }

  private qualifiersAmong(node: number): Qualifiers | undefined {
    const { tree } = this;
    const found: { const?: boolean; volatile?: boolean; restrict?: boolean } = {};
    let any = false;
    for (let child = tree.firstChild(node); child >= 0; child = tree.nextSibling(child)) {
      const type = tree.type(child);
      if (type === 'type_qualifier' || type === 'ms_pointer_modifier') {
        const word = this.text(child).replace(/^__|__$/g, '');
        if (qualifierWords.has(word)) {
          found[word as 'const' | 'volatile' | 'restrict'] = true;
          any = true;
        }
      }
    }
    return any ? found : undefined;
  }

  private functionType(node: number, returns: TypeSyntax): TypeSyntax {
    const { tree } = this;
    const list = tree.field(node, 'parameters');
    const parameters: Parameter[] = [];
    const names: string[] = [];
    let variadic = false;
    for (const child of tree.childrenOf(list)) {
      const type = tree.type(child);
      if (type === 'variadic_parameter') {
        variadic = true;
      } else if (type === 'parameter_declaration' && this.note(tree.field(child, 'type'))?.kind === 'specifiers') {
        parameters.push(this.parameter(child));
      } else if (type === 'identifier' || type === 'parameter_declaration') {
        names.push(this.text(child));
      }
    }
    const only = parameters[0];
    const isVoid =
      parameters.length === 1 &&
      only &&
      only.name === undefined &&
      only.type.kind === 'basic' &&
      only.type.words.join() === 'void' &&
      !variadic;
    return {
      kind: 'function',
      returns,
      parameters: isVoid ? [] : parameters,
      variadic,
      prototype: parameters.length > 0 || variadic,
      ...(names.length > 0 ? { names } : {}),
      ...this.place(node),
    };
  }

  private parameter(node: number): Parameter {
    const { tree } = this;
    const typeNode = tree.field(node, 'type');
    const note = this.note(typeNode) as SpecifiersNote;
    const declared = this.declarator(tree.field(node, 'declarator'), this.specifiedType(typeNode, note));
    return { name: declared.name, type: declared.type, ...this.place(node) };
  }

  /** A `type_descriptor` node: a type name. */
  protected typeDescriptor(node: number): TypeSyntax {
    const { tree } = this;
    const typeNode = tree.field(node, 'type');
    const note = this.note(typeNode);
    if (note?.kind !== 'specifiers') {
      this.syntaxError(this.spanOf(node), sentence('this-cannot-be-read-as-a-type'));
      return { kind: 'error-type', message: sentence('syntax-error'), span: this.spanOf(node) };
    }
    return this.declarator(tree.field(node, 'declarator'), this.specifiedType(typeNode, note)).type;
  }

  protected typeFragment(fragment: Fragment): TypeSyntax {
    return this.withFragment<TypeSyntax>(
      fragment,
      (node) => this.typeDescriptor(node),
      (message) => ({ kind: 'error-type', message, span: this.spanOfTokens(fragment.from, fragment.to - 1) }),
    );
  }

  /** The type the specifiers name. */
  protected specifiedType(node: number, note: SpecifiersNote): TypeSyntax {
    const macro = this.macroOf(note.first);
    const span = this.spanOfTokens(note.first, Math.max(note.first, note.last));
    const qualified = note.const || note.volatile || note.restrict;
    const qualifiers: Qualifiers = {
      ...(note.const ? { const: true } : {}),
      ...(note.volatile ? { volatile: true } : {}),
      ...(note.restrict ? { restrict: true } : {}),
    };
    const place = { span, ...(macro === undefined ? {} : { macro }), ...(qualified ? { qualifiers } : {}) };
    if (note.tagged) {
      return this.taggedType(node, note, place);
    }
    if (note.typeof) {
      return note.typeof.kind === 'type'
        ? { kind: 'typeof-type', type: this.typeFragment(note.typeof), ...place }
        : { kind: 'typeof-expression', operand: this.expressionFragment(note.typeof), ...place };
    }
    if (note.named >= 0) {
      return { kind: 'named', name: this.tokens.text(note.named), ...place };
    }
    return { kind: 'basic', words: note.words, ...place };
  }

  private taggedType(
    node: number,
    note: SpecifiersNote,
    place: { span: TypeSyntax['span']; macro?: string; qualifiers?: Qualifiers },
  ): TypeSyntax {
    const { tree } = this;
    const nameNode = tree.field(node, 'name');
    const name = nameNode < 0 ? undefined : this.text(nameNode);
    const body = tree.field(node, 'body');
    const attributes = note.tagAttributes.map((attribute) => this.attribute(attribute));
    if (tree.type(node) === 'enum_specifier') {
      const enumerators =
        body < 0
          ? undefined
          : tree
              .childrenOf(body)
              .filter((child) => tree.type(child) === 'enumerator')
              .map((child) => this.enumerator(child));
      return { kind: 'enum', name, enumerators, attributes, ...place };
    }
    const members: Declaration[] = [];
    for (const child of body < 0 ? [] : tree.childrenOf(body)) {
      if (tree.type(child) === 'field_declaration') {
        members.push(this.declaration(child) ?? this.lostMember(child));
      }
    }
    return {
      kind: 'record',
      tag: tree.type(node) === 'union_specifier' ? 'union' : 'struct',
      name,
      members: body < 0 ? undefined : members,
      attributes,
      ...place,
    };
  }

  /** A member that could not be read: where it stood matters to the layout of the rest. */
  private lostMember(node: number): Declaration {
    const span = this.spanOf(node);
    const base: TypeSyntax = { kind: 'error-type', message: sentence('syntax-error'), span };
    return { span, kind: 'declaration', storage: undefined, inline: false, base, declarators: [] };
  }

  private enumerator(node: number): Enumerator {
    const value = this.tree.field(node, 'value');
    return {
      name: this.text(this.tree.field(node, 'name')),
      value: value < 0 ? undefined : this.expression(value),
      ...this.place(node),
    };
  }

  protected attribute(note: AttributeNote): Attribute {
    if (note.name < 0) {
      // `#pragma pack(n)`: no token names it.
      const zero = { file: this.tokens.file(0), start: 0, end: 0 };
      return {
        span: zero,
        name: 'pragma_pack',
        args: [{ kind: 'integer', value: BigInt(-note.name), decimal: true, unsigned: false, long: 0, span: zero }],
      };
    }
    const name = this.tokens
      .text(note.name)
      .replace(/^_+|_+$/g, '')
      .replace(/^Alignas$/, 'aligned');
    const span = this.tokens.span(note.name);
    return { span, name, args: note.args.map((argument) => this.attributeArgument(argument)) };
  }

  /** A type as an argument (`_Alignas(long)`) counts as its alignment. */
  private attributeArgument(fragment: Fragment): Expr {
    if (fragment.kind === 'type') {
      return {
        kind: 'alignof-type',
        type: this.typeFragment(fragment),
        least: true,
        span: this.spanOfTokens(fragment.from, fragment.to - 1),
      };
    }
    return this.expressionFragment(fragment);
  }

  protected initializer(node: number): Initializer {
    return this.tree.type(node) === 'initializer_list'
      ? this.initializerList(node)
      : { kind: 'expression', value: this.expression(node), ...this.place(node) };
  }

  protected initializerList(node: number): Initializer {
    const items = this.tree.childrenOf(node).map((child): InitializerItem => {
      if (this.tree.type(child) !== 'initializer_pair') {
        return { designators: [], value: this.deepInitializer(child) };
      }
      const designators = this.tree
        .childrenOf(child)
        .filter((part) => this.tree.fieldName(part) === 'designator')
        .map((part) => this.designator(part));
      return { designators, value: this.deepInitializer(this.tree.field(child, 'value')) };
    });
    return { kind: 'list', items, ...this.place(node) };
  }

  private deepInitializer(node: number): Initializer {
    return this.deeper(
      () => this.initializer(node),
      () => ({
        kind: 'expression',
        value: this.errorExpression(node, sentence('nested-too-deeply')),
        ...this.place(node),
      }),
    );
  }

  private designator(node: number): Designator {
    const { tree } = this;
    const span = this.spanOf(node);
    switch (tree.type(node)) {
      case 'subscript_designator':
        return { kind: 'index', index: this.expression(tree.firstChild(node)), span };
      case 'subscript_range_designator':
        return {
          kind: 'index',
          index: this.expression(tree.field(node, 'start')),
          last: this.expression(tree.field(node, 'end')),
          span,
        };
      case 'field_designator':
        return { kind: 'field', name: this.text(tree.firstChild(node)), span };
      default:
        assert(tree.type(node) === 'field_identifier', 'unknown designator');
        return { kind: 'field', name: this.text(node), span };
    }
  }
}
