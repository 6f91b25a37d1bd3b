/**
 * Struct and union specifiers. In: the member declarations. Out: the record type, laid out by `layout.ts`, its tag
 * declared. A member that makes no sense is reported; what lies in front of it stays usable, and the record
 * counts as incomplete (`RecordType.damage`).
 */
import { sentence } from '../sentences/sentence';
import type { Declaration, Declarator, TypeSyntax } from '../parse/ast';
import { startOf, type Span } from '../source/source-file';
import { readAttributes } from './attributes';
import type { Context, Resolved } from './context';
import type { CType, Damage, RecordType } from './ctype';
import { integerConstant } from './integer-constants';
import { layoutRecord, maximumObjectSize, type Member } from './layout';
import { spellSyntax, spellType } from './spelling';
import { alignOf, damageOf, incompleteRecord, integerOf, isComplete, sizeOf, voidType } from './types';

type RecordSyntax = Extract<TypeSyntax, { kind: 'record' }>;

/** The type a struct or union specifier stands for; undefined when the tag names something else. */
export function resolveRecord(context: Context, syntax: RecordSyntax): RecordType | undefined {
  const known = context.unit.defined.get(syntax);
  if (known?.kind === 'record') {
    return known;
  }
  const { name, tag } = syntax;
  const visible =
    name === undefined ? undefined : syntax.members ? context.scope.findTagHere(name) : context.scope.findTag(name);
  if (visible && (visible.kind !== 'record' || visible.tag !== tag)) {
    context.reporter.error(
      'SS3005',
      syntax.span,
      sentence('name-is-declared-not-a-wanted', {
        name,
        declared: visible.kind === 'enum' ? 'enum' : visible.tag,
        wanted: tag,
      }),
      sentence('use-another-tag'),
    );
    return undefined;
  }
  if (!syntax.members) {
    return visible ?? declareTag(context, syntax);
  }
  if (visible?.complete && context.unit.memo && !context.unit.completed.has(visible)) {
    // Another unit defined this tag otherwise: this unit cannot share its types.
    context.unit.conflict = true;
    return visible;
  }
  if (visible?.complete) {
    context.reporter.error(
      'SS3005',
      syntax.span,
      sentence('tag-name-is-defined-twice', { tag, name }),
      sentence('remove-one-definition'),
    );
    return visible;
  }
  return define(context, syntax, visible ?? declareTag(context, syntax, true), syntax.members);
}

/** Gives a declared record its members. */
function define(
  context: Context,
  syntax: RecordSyntax,
  record: RecordType,
  declarations: NonNullable<RecordSyntax['members']>,
): RecordType {
  // Where its members are is where the type is defined, not where its tag was mentioned first.
  record.span = syntax.span;
  context.unit.defined.set(syntax, record);
  context.unit.completed.add(record);
  context.unit.fileScope.complete(record);
  const attributes = readAttributes(context, syntax.attributes);
  const { list, damage } = members(context, record, declarations);
  layoutRecord(record, list, attributes);
  if (damage) {
    record.damage = damage;
  }
  if (attributes.transparent) {
    record.transparent = true;
  }
  if (record.size > maximumObjectSize) {
    context.reporter.error(
      'SS3003',
      syntax.span,
      sentence('record-is-larger-than-the-address-space', { record: spellType(record) }),
      sentence('make-its-arrays-smaller'),
    );
    record.damage = damageAt(record, syntax.span, undefined);
    record.size = 0;
    record.fields = [];
  }
  return record;
}

/** `struct tag;`: declares the tag in the scope at hand even when an outer scope has it. */
export function declareTag(context: Context, syntax: RecordSyntax, defining = false): RecordType {
  const { name, tag, span } = syntax;
  const memo = context.scope === context.unit.fileScope && name !== undefined ? context.unit.memo : undefined;
  const shared = memo?.sharedRecord(`${tag} ${name}`);
  if (name !== undefined && shared && !(defining && shared.complete)) {
    context.scope.declareTag(name, shared);
    return shared;
  }
  const record = incompleteRecord(tag, name, span);
  if (name !== undefined) {
    context.scope.declareTag(name, record);
    if (!shared && span.file.path !== context.unit.path) {
      memo?.shareRecord(`${tag} ${name}`, record);
    }
  }
  return record;
}

interface Members {
  /** Those whose place can be known: up to the first that makes no sense, or all others of a union. */
  readonly list: readonly Member[];
  readonly damage: Damage | undefined;
}

function members(context: Context, record: RecordType, declarations: readonly Declaration[]): Members {
  const list: Member[] = [];
  const names = new Set<string>();
  let damage: Damage | undefined;
  const hurt = (span: Span, member: string | undefined): void => {
    damage ??= damageAt(record, span, member);
  };
  const add = (member: Member): void => {
    if (damage && record.tag === 'struct') {
      return;
    }
    const within = damageOf(member.type);
    // What is known of it can be used where its own place is certain; its alignment is part of what is not known.
    if (
      !within ||
      record.tag === 'union' ||
      list.length === 0 ||
      alignOf(member.type) >= alignOf(context.types.pointer(voidType))
    ) {
      list.push(member);
    }
    damage ??= within;
  };
  for (const declaration of declarations) {
    if (declaration.declarators.length === 0) {
      const base = context.checker.resolve(context, declaration.base);
      if (base?.type.kind === 'record' && base.type.name === undefined) {
        const spelling = spellSyntax(declaration.base, base.type);
        add({ name: undefined, type: base.type, spelling, span: declaration.span });
      } else if (!base) {
        hurt(declaration.span, undefined);
      }
      continue;
    }
    for (const declarator of declaration.declarators) {
      const member = memberOf(context, declarator);
      if (!member) {
        hurt(declarator.nameSpan, declarator.name);
        continue;
      }
      if (member.name !== undefined && names.has(member.name)) {
        const message = sentence('record-has-two-members-named-member', {
          record: spellType(record),
          member: member.name,
        });
        context.reporter.error('SS3005', declarator.nameSpan, message, sentence('rename-one'));
        hurt(declarator.nameSpan, member.name);
        continue;
      }
      if (member.name !== undefined) {
        names.add(member.name);
      }
      add(member);
    }
  }
  return { list, damage };
}

function damageAt(record: RecordType, span: Span, member: string | undefined): Damage {
  return { member, record: spellType(record), path: span.file.path, line: startOf(span).line };
}

function memberOf(context: Context, declarator: Declarator): Member | undefined {
  const resolved = context.checker.resolve(context, declarator.type);
  if (!resolved) {
    return undefined;
  }
  const attributes = readAttributes(context, declarator.attributes);
  const align = Math.max(resolved.align ?? 1, attributes.align ?? 1);
  const common = {
    name: declarator.name,
    type: resolved.type,
    spelling: spellSyntax(declarator.type, resolved.type),
    qualifiers: resolved.qualifiers,
    align: align > 1 ? align : undefined,
    packed: attributes.packed,
    span: declarator.nameSpan,
  };
  if (declarator.bitWidth) {
    const width = bitWidth(context, declarator, resolved.type);
    return width === undefined ? undefined : { ...common, width };
  }
  return isMemberType(context, declarator, resolved) ? common : undefined;
}

/** Objects of unknown size cannot be members, but for `T name[]`, which takes no room. */
function isMemberType(context: Context, declarator: Declarator, { type }: Resolved): boolean {
  const open = type.kind === 'array' && type.length === undefined && isComplete(type.of);
  if (open || isComplete(type) || damageOf(type)) {
    return true;
  }
  const what =
    declarator.name === undefined ? sentence('an-unnamed-member') : sentence('member-name', { name: declarator.name });
  const remedy =
    type.kind === 'function'
      ? sentence('declare-a-pointer-to-the-function')
      : sentence('define-the-type-first-or-use-a-pointer');
  context.reporter.error(
    'SS3003',
    declarator.span,
    sentence('what-has-the-incomplete-type-type', { what, type: spellType(type) }),
    remedy,
  );
  return false;
}

function bitWidth(context: Context, declarator: Declarator, type: CType): number | undefined {
  const what =
    declarator.name === undefined
      ? sentence('an-unnamed-bit-field')
      : sentence('bit-field-name', { name: declarator.name });
  const written =
    declarator.bitWidth && integerConstant(context, declarator.bitWidth, sentence('the-width-of', { what }));
  if (written === undefined) {
    return undefined;
  }
  const width = written.value;
  const integer = integerOf(type);
  const bits = integer?.name === '_Bool' ? 1 : sizeOf(type) * 8;
  if (!integer || width < 0n || width > BigInt(bits) || (width === 0n && declarator.name !== undefined)) {
    context.reporter.error(
      'SS3002',
      declarator.span,
      sentence('what-of-type-type-cannot-have-width-bits', { what, type: spellType(type), width: String(width) }),
      sentence('use-1-to-bits-bits-of-an-integer-type', { bits }),
    );
    return undefined;
  }
  return Number(width);
}
