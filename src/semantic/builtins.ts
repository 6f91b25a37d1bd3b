/**
 * GNU C's `__builtin_…` functions.
 *
 * In: a call by name. Out: a constant, a plain expression, or a `builtin` value that the lowering has code for. The
 * second group is described by the signatures of `builtin-signatures.ts`.
 */
import { given, itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import type { Expr, ExprOf } from '../parse/ast';
import { librarySignatures, orderedComparisons, ownSignatures } from './builtin-signatures';
import type { LocalVariable, Place, Value } from './checked';
import type { Context, Operand } from './context';
import { assignable, promoteArgument, usual } from './conversions';
import type { CType } from './ctype';
import { comma, convert, floating, integer, truth } from './fold';
import { libraryCall } from './library-calls';
import { addressAs, failed, localPlace, markAddressTaken, ofValue, temporary, valueOf } from './places';
import {
  charType,
  doubleType,
  floatType,
  intType,
  isArithmetic,
  longDoubleType,
  longLongType,
  longType,
  type TypeTable,
  unsignedIntType,
  unsignedLongLongType,
  unsignedShortType,
  voidType,
} from './types';

type Letter = 'v' | 'i' | 'u' | 'l' | 'q' | 'k' | 'h' | 'p' | 's' | 'd' | 'f' | 'z';

const constants: Readonly<Record<string, readonly [CType, number] | undefined>> = {
  huge_val: [doubleType, Infinity],
  huge_valf: [floatType, Infinity],
  huge_vall: [longDoubleType, Infinity],
  inf: [doubleType, Infinity],
  inff: [floatType, Infinity],
  infl: [longDoubleType, Infinity],
  nan: [doubleType, NaN],
  nanf: [floatType, NaN],
  nanl: [longDoubleType, NaN],
};

const prefix = '__builtin_';

/**
 * Whether a name belongs to the compiler: a builtin, or `alloca`, which no function could do, unless a variable is
 * called so.
 */
export function isBuiltin(context: Context, name: string): boolean {
  if (name === 'alloca') {
    const entity = context.scope.find(name);
    return (
      entity === undefined ||
      (entity.kind === 'symbol' && entity.symbol.kind === 'function' && entity.symbol.linkage === 'external')
    );
  }
  return name.startsWith(prefix);
}

/** A call of a builtin; `name` is the whole name. */
export function callBuiltin(context: Context, expr: ExprOf<'call'>, name: string): Operand {
  const short = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const { span, args } = expr;
  const [first, second, third] = args;
  const constant = Object.hasOwn(constants, short) ? constants[short] : undefined;
  if (constant) {
    return ofValue(floating(span, constant[0], constant[1]));
  }
  switch (short) {
    case 'constant_p':
      return first
        ? ofValue(integer(span, intType, isConstant(context, first) ? 1 : 0))
        : wrongCount(context, expr, name);
    case 'expect':
      return first && second
        ? expected(valueOf(context, first), valueOf(context, second))
        : wrongCount(context, expr, name);
    case 'choose_expr': {
      if (!first || !second || !third) {
        return wrongCount(context, expr, name);
      }
      const known = truth(valueOf(context, first));
      if (known === undefined) {
        return failed(
          context,
          'SS3004',
          first.span,
          sentence('the-first-argument-of-builtin-choose-expr-is-not'),
          sentence('use-a-constant-expression'),
        );
      }
      return context.checker.operand(context, known ? second : third);
    }
    case 'prefetch':
    case 'va_end':
      return first ? ofValue(convert(valueOf(context, first), voidType)) : wrongCount(context, expr, name);
    case 'object_size': {
      // Nothing is known about sizes; what is asked for is the largest or, from 2 on, the smallest possible.
      const kind = second && valueOf(context, second);
      return ofValue(integer(span, unsignedIntType, kind?.kind === 'integer' && kind.value >= 2n ? 0 : -1));
    }
    case 'classify_type':
      return first ? ofValue(integer(span, intType, classOf(context, first))) : wrongCount(context, expr, name);
    case 'alloca':
      return first ? allocation(context, expr, first) : wrongCount(context, expr, name);
    case 'va_start':
    case 'stdarg_start':
    case 'va_copy':
      return first ? variableArguments(context, expr, short) : wrongCount(context, expr, name);
    default:
      return orderedComparisons.has(short) && first && second
        ? orderedComparison(context, expr, name, [first, second])
        : plainBuiltin(context, expr, name, short);
  }
}

/** `__builtin_expect`: the first value. What is expected is usually a constant; otherwise it is evaluated too. */
function expected(value: Value, expectation: Value): Operand {
  const result = convert(value, longType);
  return ofValue(expectation.kind === 'integer' ? result : comma(value.span, convert(expectation, voidType), result));
}

/** Both operands are brought to one floating type. */
function orderedComparison(
  context: Context,
  expr: ExprOf<'call'>,
  name: string,
  [first, second]: readonly [Expr, Expr],
): Operand {
  const values = [valueOf(context, first), valueOf(context, second)] as const;
  const bad = values.find((value) => value.kind === 'trap');
  if (bad) {
    return ofValue(bad);
  }
  if (!values.every((value) => isArithmetic(value.type))) {
    return failed(
      context,
      'SS3002',
      expr.span,
      sentence('name-compares-numbers', { name }),
      sentence('pass-floating-point-values'),
    );
  }
  const { left, right, type } = usual(...values);
  const to = type.kind === 'floating' ? type : doubleType;
  return ofValue({
    kind: 'builtin',
    span: expr.span,
    type: intType,
    name,
    args: [convert(left, to), convert(right, to)],
  });
}

/** The classes of gcc's typeclass.h, after promotion and decay. */
function classOf(context: Context, expr: Expr): number {
  context.unevaluated++;
  const { type } = valueOf(context, expr);
  context.unevaluated--;
  const classes: Record<CType['kind'], number> = {
    void: 0,
    integer: 1,
    enum: 1,
    pointer: 5,
    array: 5,
    function: 5,
    floating: 8,
    record: 12,
  };
  return type.kind === 'record' && type.tag === 'union' ? 13 : classes[type.kind];
}

/**
 * `alloca(size)`: `__alloca(&mark, size)`, where the mark is a variable of the function that is zero at its beginning.
 * So the library can tell the blocks of this call of the function from those of an earlier one in the same place.
 */
function allocation(context: Context, expr: ExprOf<'call'>, size: Expr): Operand {
  const { span } = expr;
  const anything = context.types.pointer(voidType);
  const asked = assignable(
    context,
    valueOf(context, size),
    unsignedIntType,
    size.span,
    sentence('argument-number-of-name', { number: 1, name: "'alloca'" }),
  );
  if (!context.function) {
    return failed(
      context,
      'SS3004',
      span,
      sentence('alloca-is-called-outside-of-any-function'),
      sentence('use-an-array'),
    );
  }
  let mark: LocalVariable | undefined = context.function.allocations;
  if (!mark) {
    mark = temporary(context, span, '.allocations', unsignedIntType);
    mark.addressTaken = true;
    context.function.allocations = context.unevaluated === 0 ? mark : undefined;
  }
  const slot = convert(addressAs(localPlace(span, mark), context.types.pointer(mark.type)), anything);
  return ofValue(
    libraryCall(context, span, '__alloca', context.types.function(anything, [anything, unsignedIntType], false, true), [
      slot,
      asked,
    ]),
  );
}

function wrongCount(context: Context, expr: ExprOf<'call'>, name: string): Operand {
  return failed(
    context,
    'SS3002',
    expr.span,
    sentence('name-has-the-wrong-number-of-arguments', { name }),
    sentence('see-the-gnu-c-manual'),
  );
}

/** Constants, and string literals, are constant; nothing else is, since nothing is optimised. */
function isConstant(context: Context, expr: Expr): boolean {
  context.unevaluated++;
  const value = valueOf(context, expr);
  context.unevaluated--;
  return (
    value.kind === 'integer' ||
    value.kind === 'floating' ||
    (value.kind === 'address' && value.place.kind === 'global' && value.place.symbol.name === '.str')
  );
}

function variableArguments(context: Context, expr: ExprOf<'call'>, short: string): Operand {
  const { span, args } = expr;
  const list = listPlace(context, itemAt(args, 0));
  if (!list) {
    return failed(
      context,
      'SS3002',
      span,
      sentence('the-first-argument-must-be-a-va-list-variable'),
      sentence('declare-it-as-va-list'),
    );
  }
  markAddressTaken(list);
  if (short === 'va_copy') {
    const source = args[1] && valueOf(context, args[1]);
    return source
      ? ofValue({ kind: 'va-copy', span, type: voidType, target: list, source })
      : wrongCount(context, expr, '__builtin_va_copy');
  }
  if (context.function && !context.function.variadic) {
    return failed(
      context,
      'SS3002',
      span,
      sentence('va-start-in-a-function-without-variable-arguments'),
      sentence('end-its-parameter-list-with-an-ellipsis'),
    );
  }
  return ofValue({ kind: 'va-start', span, type: voidType, list });
}

/** The place of a `va_list` argument, which is a `char *`. */
export function listPlace(context: Context, expr: Expr): Place | undefined {
  const operand = context.checker.operand(context, expr);
  return operand.kind === 'place' && operand.place.type.kind === 'pointer' ? operand.place : undefined;
}

function plainBuiltin(context: Context, expr: ExprOf<'call'>, name: string, short: string): Operand {
  const own = Object.hasOwn(ownSignatures, short) ? ownSignatures[short] : undefined;
  const signature = own ?? (Object.hasOwn(librarySignatures, short) ? librarySignatures[short] : undefined);
  if (signature === undefined) {
    return failed(
      context,
      'SS3001',
      expr.callee.span,
      sentence('name-is-not-a-builtin-of-this-compiler', { name }),
      sentence('write-it-in-plain-c'),
    );
  }
  const variadic = signature.endsWith('…');
  const [result, ...parameters] = [...signature.replace('…', '')].map((letter) =>
    typeOf(context.types, letter as Letter),
  );
  if (variadic ? parameters.length > expr.args.length : parameters.length !== expr.args.length) {
    return wrongCount(context, expr, name);
  }
  const args: Value[] = [];
  for (const [index, argument] of expr.args.entries()) {
    const passed = valueOf(context, argument);
    const parameter = parameters[index];
    const value = parameter
      ? assignable(
          context,
          passed,
          parameter,
          argument.span,
          sentence('argument-number-of-name', { number: index + 1, name: `'${name}'` }),
        )
      : promoteArgument(passed);
    if (value.kind === 'trap') {
      return ofValue(value);
    }
    args.push(value);
  }
  if (own === undefined) {
    return ofValue(
      libraryCall(
        context,
        expr.span,
        short,
        context.types.function(given(result, 'result'), parameters, variadic, true),
        args,
      ),
    );
  }
  return ofValue({ kind: 'builtin', span: expr.span, type: given(result, 'result'), name, args });
}

function typeOf(types: TypeTable, letter: Letter): CType {
  switch (letter) {
    case 'v':
      return voidType;
    case 'i':
      return intType;
    case 'u':
    case 'z':
      return unsignedIntType;
    case 'l':
      return longType;
    case 'k':
      return longLongType;
    case 'q':
      return unsignedLongLongType;
    case 'h':
      return unsignedShortType;
    case 'p':
      return types.pointer(voidType);
    case 's':
      return types.pointer(charType);
    case 'd':
      return doubleType;
    case 'f':
      return floatType;
  }
}
