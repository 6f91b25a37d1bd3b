/**
 * From a type as written to a type.
 *
 * In: `TypeSyntax` (declarators already inside out). Out: the `CType` with its qualifiers, or undefined when it has none
 * and a diagnostic was given. Typedefs and tags are looked up in the scope at hand; records and enums met on the way are
 * declared.
 */
import { sentence } from '../sentences/sentence';
import { unreachable } from '../base/assert';
import type { Parameter, TypeSyntax } from '../parse/ast';
import { startOf } from '../source/source-file';
import { basicType } from './basic-types';
import type { Context, Resolved } from './context';
import type { CType } from './ctype';
import { resolveEnum } from './enums';
import { maximumObjectSize } from './layout';
import { operandType, isTrap, toValue } from './places';
import { qualifierBits } from './qualifiers';
import { resolveRecord } from './records';
import { spellType } from './spelling';
import { isComplete, sizeOf } from './types';
import { isVariable } from './variable-arrays';

type SyntaxOf<K extends TypeSyntax['kind']> = Extract<TypeSyntax, { kind: K }>;

/** Resolves a type name, a specifier or a declarator's type. */
export function resolveType(context: Context, syntax: TypeSyntax): Resolved | undefined {
  if (!context.enter(syntax.span)) {
    return undefined;
  }
  try {
    const resolved = resolveUnqualified(context, syntax);
    const own = qualifierBits(syntax.qualifiers);
    return resolved && own ? { ...resolved, qualifiers: resolved.qualifiers | own } : resolved;
  } finally {
    context.leave();
  }
}

function resolveUnqualified(context: Context, syntax: TypeSyntax): Resolved | undefined {
  switch (syntax.kind) {
    case 'basic':
      return resolveBasic(context, syntax);
    case 'named':
      return resolveNamed(context, syntax);
    case 'record':
      return plain(resolveRecord(context, syntax));
    case 'enum':
      return plain(resolveEnum(context, syntax));
    case 'typeof-expression':
      return typeOfExpression(context, syntax);
    case 'typeof-type':
      return resolveType(context, syntax.type);
    case 'pointer': {
      const to = resolveType(context, syntax.to);
      return to && plain(context.types.pointer(to.type, to.qualifiers));
    }
    case 'array':
      return resolveArray(context, syntax);
    case 'function':
      return resolveFunction(context, syntax);
    case 'error-type':
      return undefined;
    default:
      return unreachable(syntax, 'type syntax');
  }
}

function plain(type: CType | undefined): Resolved | undefined {
  return type && { type, qualifiers: 0 };
}

function resolveBasic(context: Context, syntax: SyntaxOf<'basic'>): Resolved | undefined {
  const type = basicType(syntax.words);
  if (!type) {
    context.reporter.error(
      'SS3003',
      syntax.span,
      sentence('words-is-not-a-type-of-this-compiler', { words: syntax.words.join(' ') }),
      sentence('use-one-of-the-integer-or-floating-types-of-c99'),
    );
  }
  return plain(type);
}

function resolveNamed(context: Context, syntax: SyntaxOf<'named'>): Resolved | undefined {
  const entity = context.scope.find(syntax.name);
  if (entity?.kind === 'typedef') {
    return { type: entity.type, qualifiers: entity.qualifiers, align: entity.align };
  }
  if (entity?.kind !== 'unusable') {
    const tag = context.scope.findTag(syntax.name);
    const what = tag && `${tag.kind === 'enum' ? 'enum' : tag.tag} ${syntax.name}`;
    const place = tag?.span ? `${tag.span.file.path}:${startOf(tag.span).line}` : undefined;
    context.reporter.error(
      'SS3003',
      syntax.span,
      sentence('unknown-type-name-syntax', { syntax: syntax.name }),
      what
        ? place
          ? sentence('there-is-what-at-place-write-that', { what, place })
          : sentence('there-is-what-write-that', { what })
        : sentence('declare-it-with-typedef-or-include-the-header-that'),
      { name: syntax.name },
    );
  }
  return undefined;
}

function typeOfExpression(context: Context, syntax: SyntaxOf<'typeof-expression'>): Resolved | undefined {
  context.unevaluated++;
  const operand = context.checker.operand(context, syntax.operand);
  context.unevaluated--;
  if (isTrap(operand)) {
    return undefined;
  }
  return { type: operandType(operand), qualifiers: operand.kind === 'place' ? operand.qualifiers : 0 };
}

function resolveArray(context: Context, syntax: SyntaxOf<'array'>): Resolved | undefined {
  const of = resolveType(context, syntax.of);
  if (!of) {
    return undefined;
  }
  if (of.type.kind === 'void' || of.type.kind === 'function') {
    context.reporter.error(
      'SS3002',
      syntax.span,
      sentence('an-array-of-type-is-not-possible', { type: spellType(of.type) }),
      sentence('use-pointers-as-elements'),
    );
    return undefined;
  }
  if (!syntax.size) {
    return { ...of, type: context.types.array(of.type, undefined) };
  }
  const value = toValue(context, context.checker.operand(context, syntax.size));
  if (value.kind !== 'integer' || value.type.kind !== 'integer') {
    if (
      value.kind !== 'trap' &&
      value.type.kind === 'integer' &&
      context.variableArray?.syntax === syntax &&
      isComplete(of.type)
    ) {
      context.variableArray.length = value;
      return { ...of, type: context.types.array(of.type, undefined) };
    }
    if (value.kind !== 'trap' && value.type.kind === 'integer') {
      context.reporter.error(
        'SS3008',
        syntax.size.span,
        sentence('an-array-of-variable-length-is-supported-only-as-the'),
        sentence('give-the-array-a-constant-length'),
      );
    } else if (value.kind !== 'trap') {
      context.reporter.error(
        'SS3004',
        syntax.size.span,
        sentence('an-array-length-must-be-an-integer'),
        sentence('give-the-array-a-constant-length'),
      );
    }
    return undefined;
  }
  if (value.value < 0n || value.value * BigInt(Math.max(1, sizeOf(of.type))) > BigInt(maximumObjectSize)) {
    context.reporter.error(
      'SS3003',
      syntax.size.span,
      value.value < 0n
        ? sentence('an-array-length-must-not-be-negative')
        : sentence('the-array-is-larger-than-the-address-space'),
      sentence('use-a-smaller-length'),
    );
    return undefined;
  }
  return { ...of, type: context.types.array(of.type, Number(value.value)) };
}

function resolveFunction(context: Context, syntax: SyntaxOf<'function'>): Resolved | undefined {
  const returns = resolveType(context, syntax.returns);
  if (!returns) {
    return undefined;
  }
  if (returns.type.kind === 'array' || returns.type.kind === 'function') {
    context.reporter.error(
      'SS3002',
      syntax.span,
      sentence('a-function-cannot-return-type', { type: spellType(returns.type) }),
      sentence('return-a-pointer'),
    );
    return undefined;
  }
  const parameters: CType[] = [];
  let bad = false;
  for (const [index, parameter] of syntax.parameters.entries()) {
    const resolved = resolveParameter(context, parameter);
    if (!resolved) {
      bad = true;
    } else if (resolved.type.kind === 'void' && index === 0 && syntax.parameters.length === 1) {
      break;
    } else {
      parameters.push(resolved.type);
    }
  }
  return bad ? undefined : plain(context.types.function(returns.type, parameters, syntax.variadic, syntax.prototype));
}

/** The type of a parameter after adjustment: arrays and functions become pointers (C99 6.7.5.3p7-8). */
export function resolveParameter(context: Context, parameter: Parameter): Resolved | undefined {
  const { type: syntax } = parameter;
  if (syntax.kind === 'array') {
    // Its own length does not matter and need not be constant.
    const of = resolveRow(context, syntax.of);
    return of && plain(context.types.pointer(of.type, of.qualifiers));
  }
  if (syntax.kind === 'pointer' && isVariable(context, syntax.to)) {
    const to = resolveRow(context, syntax.to);
    return to && plain(context.types.pointer(to.type, to.qualifiers));
  }
  const resolved = resolveType(context, syntax);
  return resolved && adjustParameter(context, resolved);
}

/** What an array parameter's elements are; a row whose length is known only when the function is called has none here. */
function resolveRow(context: Context, syntax: TypeSyntax): Resolved | undefined {
  if (syntax.kind !== 'array' || !isVariable(context, syntax)) {
    return resolveType(context, syntax);
  }
  const of = resolveRow(context, syntax.of);
  return of && { ...of, type: context.types.array(of.type, undefined) };
}

/** Arrays and functions become pointers; a parameter of enum type stays one. */
export function adjustParameter(context: Context, resolved: Resolved): Resolved {
  if (resolved.type.kind === 'array') {
    return { type: context.types.pointer(resolved.type.of, resolved.qualifiers), qualifiers: 0 };
  }
  if (resolved.type.kind === 'function') {
    return { type: context.types.pointer(resolved.type), qualifiers: 0 };
  }
  return resolved;
}
