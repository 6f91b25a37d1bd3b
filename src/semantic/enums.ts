/**
 * Enum specifiers. In: `enum e { A, B = 4 }`. Out: the type, with its enumerators declared in the scope at hand. The
 * underlying type is unsigned int when no value is negative and int otherwise, as gcc chooses; values beyond 32 bits
 * take long long.
 */
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import type { TypeSyntax } from '../parse/ast';
import { readAttributes } from './attributes';
import type { Context } from './context';
import type { EnumType, IntegerType } from './ctype';
import { integerConstant } from './integer-constants';
import {
  intType,
  longLongType,
  shortType,
  signedCharType,
  unsignedCharType,
  unsignedIntType,
  unsignedLongLongType,
  unsignedShortType,
} from './types';

type EnumSyntax = Extract<TypeSyntax, { kind: 'enum' }>;

/** The type an enum specifier stands for; undefined when the tag names something else. */
export function resolveEnum(context: Context, syntax: EnumSyntax): EnumType | undefined {
  const known = context.unit.defined.get(syntax);
  if (known?.kind === 'enum') {
    return known;
  }
  const { name } = syntax;
  const visible =
    name === undefined ? undefined : syntax.enumerators ? context.scope.findTagHere(name) : context.scope.findTag(name);
  if (visible && visible.kind !== 'enum') {
    context.reporter.error(
      'SS3005',
      syntax.span,
      sentence('name-is-a-tag-not-an-enum', { name, tag: visible.tag }),
      sentence('use-another-tag'),
    );
    return undefined;
  }
  if (visible && (!syntax.enumerators || visible.complete)) {
    if (syntax.enumerators && context.unit.memo && !context.unit.completed.has(visible)) {
      context.unit.conflict = true;
    } else if (syntax.enumerators) {
      context.reporter.error(
        'SS3005',
        syntax.span,
        sentence('enum-name-is-defined-twice', { name }),
        sentence('remove-one-definition'),
      );
    }
    return visible;
  }
  const type: EnumType = visible ?? {
    kind: 'enum',
    name,
    span: syntax.span,
    complete: false,
    underlying: unsignedIntType,
    enumerators: [],
  };
  if (name !== undefined) {
    context.scope.declareTag(name, type);
  }
  if (syntax.enumerators) {
    const { packed } = readAttributes(context, syntax.attributes);
    defineEnumerators(context, type, syntax.enumerators, packed);
    context.unit.defined.set(syntax, type);
    context.unit.completed.add(type);
    context.unit.fileScope.complete(type);
  }
  return type;
}

function defineEnumerators(
  context: Context,
  type: EnumType,
  list: NonNullable<EnumSyntax['enumerators']>,
  packed: boolean,
): void {
  const enumerators: EnumType['enumerators'][number][] = [];
  let next = 0n;
  let low = 0n;
  let high = 0n;
  let lost = false;
  for (const { name, value: expr, span } of list) {
    const given = expr && integerConstant(context, expr, sentence('the-value-of-enumerator', { name }))?.value;
    // A value that makes no sense is not that of the next ones either.
    lost = expr ? given === undefined : lost;
    const value: bigint = given ?? next;
    if (context.scope.findHere(name)) {
      context.reporter.error(
        'SS3005',
        span,
        sentence('name-is-declared-already', { name }),
        sentence('use-another-name'),
      );
    } else if (lost) {
      context.scope.declare(name, {
        kind: 'unusable',
        message: sentence('the-value-of-name-is-not-known', { name }),
        span,
      });
      continue;
    } else {
      context.scope.declare(name, { kind: 'enumerator', value, type: holding(value), span });
    }
    enumerators.push({ name, value, span });
    next = value + 1n;
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  type.enumerators = enumerators;
  type.underlying = packed
    ? smallest(low, high)
    : low < 0n
      ? holding(low) === intType && holding(high) === intType
        ? intType
        : longLongType
      : high <= 0xffffffffn
        ? unsignedIntType
        : unsignedLongLongType;
  type.complete = true;
}

/** What a packed enum is stored as. */
function smallest(low: bigint, high: bigint): IntegerType {
  const signed = [signedCharType, shortType, intType, longLongType];
  const unsigned = [unsignedCharType, unsignedShortType, unsignedIntType, unsignedLongLongType];
  const fits = (bits: bigint): boolean =>
    low < 0n
      ? BigInt.asIntN(Number(bits), low) === low && BigInt.asIntN(Number(bits), high) === high
      : high >> bits === 0n;
  const index = [8n, 16n, 32n, 64n].findIndex(fits);
  return itemAt(low < 0n ? signed : unsigned, index < 0 ? 3 : index);
}

/** The type of an enumerator: int where it fits (C99 6.7.2.2p2), else the next one that holds it. */
function holding(value: bigint): IntegerType {
  if (value >= -0x80000000n && value <= 0x7fffffffn) {
    return intType;
  }
  return value >= 0n && value <= 0xffffffffn
    ? unsignedIntType
    : value > 0x7fffffffffffffffn
      ? unsignedLongLongType
      : longLongType;
}
