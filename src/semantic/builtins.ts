/**
 * GNU C's `__builtin_…` functions.
 *
 * In: a call by name. Out: a constant, a plain expression, or a `builtin` value that the lowering has code for. The second group is described
 * by {@link signatures}: result and parameter types, as gcc declares them.
 */
import type { ExprOf } from '../parse/ast';
import type { Place, Value } from './checked';
import type { Context, Operand } from './context';
import { assignable } from './conversions';
import type { CType } from './ctype';
import { convert, floating, integer, truth } from './fold';
import { libraryCall } from './library-calls';
import { failed, markAddressTaken, ofValue, valueOf } from './places';
import { charType, doubleType, floatType, intType, longDoubleType, longType, type TypeTable, unsignedIntType, unsignedLongLongType, unsignedShortType, voidType } from './types';

type Letter = 'v' | 'i' | 'u' | 'l' | 'q' | 'h' | 'p' | 's' | 'd' | 'f' | 'z';

/**
 * Result, then parameters: v void, i int, u unsigned int, l long, q unsigned long long, h unsigned short, p void *, s char *,
 * d double, f float, z size_t.
 */
const signatures: Readonly<Record<string, string | undefined>> = {
  trap: 'v', unreachable: 'v', abort: 'v', return_address: 'pu', frame_address: 'pu', alloca: 'pz',
  memcpy: 'pppz', memmove: 'pppz', memset: 'ppiz', memcmp: 'ippz', memchr: 'ppiz', strlen: 'zs', strcmp: 'iss', strncmp: 'issz', strcpy: 'sss', strncpy: 'sssz', strcat: 'sss',
  strchr: 'ssi', strrchr: 'ssi', abs: 'ii', labs: 'll', ffs: 'ii', clz: 'iu', ctz: 'iu', popcount: 'iu', parity: 'iu', clzl: 'iu', ctzl: 'iu', popcountl: 'iu', clzll: 'iq', ctzll: 'iq', popcountll: 'iq',
  bswap16: 'hh', bswap32: 'uu', bswap64: 'qq', fabs: 'dd', fabsf: 'ff', isnan: 'id', isinf: 'id', signbit: 'id', exit: 'vi', parityl: 'iu', parityll: 'iq', ffsl: 'ii', ffsll: 'iq',
};

/** Those that are calls of the library function of the same name. */
const library = new Set(['memcpy', 'memmove', 'memset', 'memcmp', 'memchr', 'strlen', 'strcmp', 'strncmp', 'strcpy', 'strncpy', 'strcat', 'strchr', 'strrchr', 'exit']);

const constants: Readonly<Record<string, readonly [CType, number] | undefined>> = {
  huge_val: [doubleType, Infinity], huge_valf: [floatType, Infinity], huge_vall: [longDoubleType, Infinity],
  inf: [doubleType, Infinity], inff: [floatType, Infinity], infl: [longDoubleType, Infinity], nan: [doubleType, NaN], nanf: [floatType, NaN], nanl: [longDoubleType, NaN],
};

const prefix = '__builtin_';

/** Whether a name belongs to the compiler. */
export function isBuiltin(name: string): boolean {
  return name.startsWith(prefix);
}

/** A call of a builtin; `name` is the whole name. */
export function callBuiltin(context: Context, expr: ExprOf<'call'>, name: string): Operand {
  const short = name.slice(prefix.length);
  const { span, args } = expr;
  const [first, second, third] = args;
  const constant = constants[short];
  if (constant) {
    return ofValue(floating(span, constant[0], constant[1]));
  }
  switch (short) {
    case 'constant_p':
      return first ? ofValue(integer(span, intType, isConstant(context, first) ? 1 : 0)) : wrongCount(context, expr, name);
    case 'expect':
      return first && second ? ofValue(convert(valueOf(context, first), longType)) : wrongCount(context, expr, name);
    case 'choose_expr': {
      if (!first || !second || !third) {
        return wrongCount(context, expr, name);
      }
      const known = truth(valueOf(context, first));
      if (known === undefined) {
        return failed(context, 'SS3004', first.span, 'the first argument of __builtin_choose_expr is not constant', 'use a constant expression');
      }
      return context.checker.operand(context, known ? second : third);
    }
    case 'prefetch':
    case 'va_end':
      return first ? ofValue(convert(valueOf(context, first), voidType)) : wrongCount(context, expr, name);
    case 'object_size':
      return ofValue(integer(span, unsignedIntType, -1));
    case 'va_start':
    case 'stdarg_start':
    case 'va_copy':
      return first ? variableArguments(context, expr, short) : wrongCount(context, expr, name);
    default:
      return plainBuiltin(context, expr, name, short);
  }
}

function wrongCount(context: Context, expr: ExprOf<'call'>, name: string): Operand {
  return failed(context, 'SS3002', expr.span, `${name} has the wrong number of arguments`, 'see the GNU C manual');
}

/** Constants, and string literals, are constant; nothing else is, since nothing is optimised. */
function isConstant(context: Context, expr: ExprOf<'call'>['args'][number]): boolean {
  context.unevaluated++;
  const value = valueOf(context, expr);
  context.unevaluated--;
  return value.kind === 'integer' || value.kind === 'floating' || (value.kind === 'address' && value.place.kind === 'global' && value.place.symbol.name === '.str');
}

function variableArguments(context: Context, expr: ExprOf<'call'>, short: string): Operand {
  const { span, args } = expr;
  const list = listPlace(context, args[0]!);
  if (!list) {
    return failed(context, 'SS3002', span, 'the first argument must be a va_list variable', 'declare it as va_list');
  }
  markAddressTaken(list);
  if (short === 'va_copy') {
    const source = args[1] && valueOf(context, args[1]);
    return source ? ofValue({ kind: 'va-copy', span, type: voidType, target: list, source }) : wrongCount(context, expr, '__builtin_va_copy');
  }
  if (context.function && !context.function.variadic) {
    return failed(context, 'SS3002', span, 'va_start in a function without variable arguments', "end its parameter list with ', ...'");
  }
  return ofValue({ kind: 'va-start', span, type: voidType, list });
}

/** The place of a `va_list` argument, which is a `char *`. */
export function listPlace(context: Context, expr: ExprOf<'call'>['args'][number]): Place | undefined {
  const operand = context.checker.operand(context, expr);
  return operand.kind === 'place' && operand.place.type.kind === 'pointer' ? operand.place : undefined;
}

function plainBuiltin(context: Context, expr: ExprOf<'call'>, name: string, short: string): Operand {
  const signature = Object.hasOwn(signatures, short) ? signatures[short] : undefined;
  if (signature === undefined) {
    return failed(context, 'SS3001', expr.callee.span, `'${name}' is not a builtin of this compiler`, 'write it in plain C');
  }
  const [result, ...parameters] = [...signature].map((letter) => typeOf(context.types, letter as Letter));
  if (parameters.length !== expr.args.length) {
    return wrongCount(context, expr, name);
  }
  const args: Value[] = [];
  for (const [index, argument] of expr.args.entries()) {
    const value = assignable(context, valueOf(context, argument), parameters[index]!, argument.span, `argument ${index + 1} of '${name}'`);
    if (value.kind === 'trap') {
      return ofValue(value);
    }
    args.push(value);
  }
  if (library.has(short)) {
    return ofValue(libraryCall(context, expr.span, short, context.types.function(result!, parameters, false, true), args));
  }
  return ofValue({ kind: 'builtin', span: expr.span, type: result!, name, args });
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
