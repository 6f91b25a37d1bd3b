/**
 * Macros by which GNU C tells hosted programs about the target (i386, ILP32, Linux, ELF): who compiles, which type has
 * which width, and the limits of each. The compiler calls itself GNU C 4.2.1: what programs ask of that version is here,
 * what later ones brought (vectors of its own, `__int128`, overflow builtins) is not. A long double has the range and the
 * precision of a double here, and is described so.
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
    DECIMAL_DIG: '9',
    NORM_MAX: '3.40282346638528859812e+38F',
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
    DECIMAL_DIG: '17',
    NORM_MAX: '1.7976931348623157e+308',
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

const widths: Readonly<Record<string, number>> = {
  SCHAR: 8,
  SHRT: 16,
  INT: 32,
  LONG: 32,
  LONG_LONG: 64,
  PTRDIFF: 32,
  SIZE: 32,
  WCHAR: 32,
  WINT: 32,
  INTPTR: 32,
  INTMAX: 64,
  SIG_ATOMIC: 32,
};

/** Suffixes of constants of each width, signed and unsigned. */
const constants: readonly (readonly [string, string, string])[] = [
  ['8', '', ''],
  ['16', '', ''],
  ['32', '', 'U'],
  ['64', 'LL', 'ULL'],
  ['MAX', 'LL', 'ULL'],
];

const identity: readonly Line[] = [
  ['__GNUC__', '4'],
  ['__GNUC_MINOR__', '2'],
  ['__GNUC_PATCHLEVEL__', '1'],
  ['__GNUC_STDC_INLINE__', '1'],
  ['__VERSION__', '"4.2.1 (SockScope)"'],
  ['__NO_INLINE__', '1'],
  ...['i386', '__i386', '__i386__', 'linux', '__linux', '__linux__', '__gnu_linux__'].map((name): Line => [name, '1']),
  ...['unix', '__unix', '__unix__', '__ELF__', '__code_model_32__'].map((name): Line => [name, '1']),
  ['__USER_LABEL_PREFIX__', ''],
  ['__REGISTER_PREFIX__', ''],
  ['__BIGGEST_ALIGNMENT__', '16'],
  ['__ORDER_PDP_ENDIAN__', '3412'],
  ['__FLOAT_WORD_ORDER__', '1234'],
  ['__SIG_ATOMIC_TYPE__', 'int'],
  ['__SIG_ATOMIC_MAX__', '2147483647'],
  ['__SIG_ATOMIC_MIN__', '(-2147483647 - 1)'],
  ['__WCHAR_MIN__', '(-2147483647L - 1)'],
  ['__STDC_IEC_559__', '1'],
  ['__STDC_ISO_10646__', '201706L'],
  ['__DECIMAL_DIG__', '17'],
];

function lines(): Line[] {
  const found: Line[] = [...identity];
  Object.entries(widths).forEach(([name, bits]) => found.push([`__${name}_WIDTH__`, `${bits}`]));
  for (const [bits, signed, unsigned] of constants) {
    found.push([`__INT${bits}_C(c)`, signed ? `c ## ${signed}` : 'c']);
    found.push([`__UINT${bits}_C(c)`, unsigned ? `c ## ${unsigned}` : 'c']);
  }
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
