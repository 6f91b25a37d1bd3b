/**
 * Macros by which GNU C tells hosted programs about the target's types (i386, ILP32): which type has which width, and
 * the limits of each. A long double has the range and the precision of a double here, and is described so.
 */

type Line = readonly [string, string];

/** A limit macro's value: the type's own suffix behind it. */
const integers: readonly {
  readonly names: readonly string[];
  readonly type: string;
  readonly bits: number;
  readonly signed: boolean;
}[] = [
  { names: ['INT8', 'INT_LEAST8', 'INT_FAST8'], type: 'signed char', bits: 8, signed: true },
  { names: ['INT16', 'INT_LEAST16'], type: 'short int', bits: 16, signed: true },
  { names: ['INT32', 'INT_LEAST32', 'INT_FAST16', 'INT_FAST32', 'INTPTR'], type: 'int', bits: 32, signed: true },
  { names: ['INT64', 'INT_LEAST64', 'INT_FAST64', 'INTMAX'], type: 'long long int', bits: 64, signed: true },
  { names: ['UINT8', 'UINT_LEAST8', 'UINT_FAST8'], type: 'unsigned char', bits: 8, signed: false },
  { names: ['UINT16', 'UINT_LEAST16', 'CHAR16'], type: 'short unsigned int', bits: 16, signed: false },
  {
    names: ['UINT32', 'UINT_LEAST32', 'UINT_FAST16', 'UINT_FAST32', 'UINTPTR', 'CHAR32'],
    type: 'unsigned int',
    bits: 32,
    signed: false,
  },
  {
    names: ['UINT64', 'UINT_LEAST64', 'UINT_FAST64', 'UINTMAX'],
    type: 'long long unsigned int',
    bits: 64,
    signed: false,
  },
];

const sizes: Readonly<Record<string, number>> = {
  SHORT: 2,
  INT: 4,
  LONG: 4,
  LONG_LONG: 8,
  POINTER: 4,
  FLOAT: 4,
  DOUBLE: 8,
  LONG_DOUBLE: 12,
  SIZE_T: 4,
  PTRDIFF_T: 4,
  WCHAR_T: 4,
  WINT_T: 4,
};

const floats: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  FLT: {
    MANT_DIG: '24',
    DIG: '6',
    MIN_EXP: '(-125)',
    MAX_EXP: '128',
    MIN_10_EXP: '(-37)',
    MAX_10_EXP: '38',
    MAX: '3.40282346638528859812e+38F',
    MIN: '1.17549435082228750797e-38F',
    EPSILON: '1.19209289550781250000e-7F',
    DENORM_MIN: '1.40129846432481707092e-45F',
  },
  DBL: {
    MANT_DIG: '53',
    DIG: '15',
    MIN_EXP: '(-1021)',
    MAX_EXP: '1024',
    MIN_10_EXP: '(-307)',
    MAX_10_EXP: '308',
    MAX: '1.7976931348623157e+308',
    MIN: '2.2250738585072014e-308',
    EPSILON: '2.2204460492503131e-16',
    DENORM_MIN: '4.9406564584124654e-324',
  },
};

function lines(): Line[] {
  const found: Line[] = [];
  for (const { names, type, bits, signed } of integers) {
    const largest = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
    const suffix = `${bits >= 32 && !signed ? 'U' : ''}${bits === 64 ? 'LL' : ''}`;
    for (const name of names) {
      found.push([`__${name}_TYPE__`, type]);
      if (!name.startsWith('CHAR')) {
        found.push([`__${name}_MAX__`, `${largest}${suffix}`]);
      }
    }
  }
  found.push(
    ['__SIZE_MAX__', '4294967295U'],
    ['__PTRDIFF_MAX__', '2147483647'],
    ['__WCHAR_MAX__', '2147483647L'],
    ['__WINT_MAX__', '4294967295U'],
    ['__WINT_MIN__', '0U'],
  );
  Object.entries(sizes).forEach(([name, size]) => found.push([`__SIZEOF_${name}__`, `${size}`]));
  found.push(['__FLT_RADIX__', '2'], ['__FLT_EVAL_METHOD__', '0'], ['__FINITE_MATH_ONLY__', '0']);
  for (const [name, limits] of Object.entries(floats)) {
    for (const [limit, value] of Object.entries({
      ...limits,
      HAS_INFINITY__: '1',
      HAS_QUIET_NAN__: '1',
      HAS_DENORM__: '1',
    })) {
      const ends = limit.endsWith('__') ? limit : `${limit}__`;
      found.push([`__${name}_${ends}`, value]);
      if (name === 'DBL') {
        found.push([`__LDBL_${ends}`, /[.e]/.test(value) ? `${value}L` : value]);
      }
    }
  }
  return found;
}

/** Name → body. */
export const targetMacros: Readonly<Record<string, string>> = Object.fromEntries(lines());
