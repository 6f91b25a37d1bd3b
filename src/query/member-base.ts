/**
 * Which struct a member belongs to: for the cursor on `rto` in `sk->tp_pinfo.af_tcp.rto`, the answer is `tcp_opt`.
 *
 * In: the node of the member's name in the syntax tree of its file. Out: the record and the key under which the
 * catalogue knows it. Follows the postfix expression (C99 6.5.2) inwards: names, members, calls and indexes; a cast
 * counts as what it says. Types come from debug information, or where there is none from the declaration
 * `struct X *name` before it in the text.
 */
import type { TypeId } from '../abi/debug-info';
import { itemAt } from '../base/checked-access';
import type { TreeNode } from '../parse/live-tree';
import type { SourceFile } from '../source/source-file';
import type { ProgramFacts, RecordType } from './program-facts';

export interface MemberBase {
  readonly record?: RecordType;
  /** `sock`, or `tcp_opt.ack` for a struct without a tag inside another. */
  readonly key?: string;
}

interface Found {
  readonly type?: TypeId;
  readonly base: MemberBase;
}

const nothing: Found = { base: {} };
const deepest = 60;

export class MemberResolver {
  constructor(
    private readonly file: SourceFile,
    private readonly facts: ProgramFacts | undefined,
  ) {}

  /** The base of the member that `name` names; undefined when it is no member. */
  baseOf(name: TreeNode): MemberBase | undefined {
    const { parent } = name;
    if (parent?.type === 'field_expression') {
      const argument = parent.childForFieldName('argument');
      return argument ? this.typeOf(argument, 0).base : {};
    }
    // `.name =` in an initialiser has nothing before it.
    return parent?.type === 'field_designator' ? {} : this.declaredIn(name);
  }

  private text(node: TreeNode | null | undefined): string {
    return node ? this.file.text.slice(node.startIndex, node.endIndex) : '';
  }

  private typeOf(node: TreeNode, depth: number): Found {
    const inner = (part: TreeNode | null | undefined): Found =>
      part && depth < deepest ? this.typeOf(part, depth + 1) : nothing;
    switch (node.type) {
      case 'identifier':
        return this.variable(node);
      case 'field_expression':
        return this.member(node, inner);
      case 'call_expression':
        return this.call(node, inner);
      case 'cast_expression':
        return this.cast(node.childForFieldName('type'));
      case 'subscript_expression':
      case 'pointer_expression':
      case 'update_expression':
        return inner(node.childForFieldName('argument'));
      case 'parenthesized_expression':
        return inner(node.namedChildren.find(({ type }) => type !== 'comment'));
      case 'assignment_expression':
        return inner(node.childForFieldName('left'));
      case 'conditional_expression':
        return inner(node.childForFieldName('consequence'));
      default:
        return nothing;
    }
  }

  private member(node: TreeNode, inner: (part: TreeNode | null) => Found): Found {
    const { base } = inner(node.childForFieldName('argument'));
    const field = base.record && this.facts?.field(base.record, this.text(node.childForFieldName('field')));
    return field ? this.typed(field.field.type, base.key ? `${base.key}.${field.field.name}` : undefined) : nothing;
  }

  private call(node: TreeNode, inner: (part: TreeNode | null) => Found): Found {
    const name = node.childForFieldName('function');
    const type = name?.type === 'identifier' ? this.facts?.function(this.text(name))?.type : inner(name).type;
    let called = type === undefined ? undefined : this.facts?.type(type);
    called = called?.kind === 'pointer' ? this.facts?.type(called.to) : called;
    return called?.kind === 'function' ? this.typed(called.returns, undefined) : nothing;
  }

  private cast(type: TreeNode | null): Found {
    const specifier = type?.childForFieldName('type');
    return specifier ? this.named(this.text(specifier.childForFieldName('name') ?? specifier)) : nothing;
  }

  private variable(node: TreeNode): Found {
    const name = this.text(node);
    const type = this.facts?.variableType(name, this.file.path, node.startIndex);
    if (type !== undefined) {
      return this.typed(type, undefined);
    }
    // The nearest declaration before it that reads `struct X *name`.
    const before = this.file.text.slice(0, node.startIndex);
    const declared = [...before.matchAll(new RegExp(`\\b(?:struct|union)\\s+(\\w+)[\\s*]+${name}\\b`, 'g'))].pop();
    return declared ? this.named(itemAt(declared, 1)) : nothing;
  }

  private named(name: string): Found {
    const record = this.facts?.record(name);
    return { base: { record, key: record?.name || name } };
  }

  private typed(type: TypeId, path: string | undefined): Found {
    const record = this.facts?.recordBehind(type);
    return { type, base: record ? { record, key: record.name || path } : {} };
  }

  /** For a member's own declaration inside `struct X { … }`. */
  private declaredIn(name: TreeNode): MemberBase | undefined {
    if (name.type !== 'field_identifier') {
      return undefined;
    }
    const outer: string[] = [];
    for (let node = name.parent; node; node = node.parent) {
      if (node.type !== 'struct_specifier' && node.type !== 'union_specifier') {
        continue;
      }
      const tag = this.text(node.childForFieldName('name'));
      if (tag !== '') {
        const record = this.facts?.record(tag);
        return {
          record: outer.length === 0 ? record : this.inner(record, outer),
          key: [record?.name || tag, ...outer].join('.'),
        };
      }
      if (node.parent?.type !== 'field_declaration') {
        return undefined;
      }
      const member = this.text(node.parent.childForFieldName('declarator'));
      outer.unshift(/^\w*/.exec(member)?.[0] ?? '');
    }
    return undefined;
  }

  private inner(record: RecordType | undefined, path: readonly string[]): RecordType | undefined {
    let at = record;
    for (const name of path) {
      at = at && this.facts?.recordBehind(this.facts.field(at, name)?.field.type);
    }
    return at;
  }
}
