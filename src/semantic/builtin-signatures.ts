/**
 * What GNU C's `__builtin_…` functions take and give, as gcc declares them: the table behind `builtins.ts`.
 *
 * A signature is the result and then the parameters, a letter each: v void, i int, u unsigned int, l long, q unsigned long long, k long long,
 * h unsigned short, p void *, s char *, d double, f float, z size_t; `…` at the end means variable arguments.
 */

/** Those that the lowering has code for. */
export const ownSignatures: Readonly<Record<string, string | undefined>> = {
  trap: 'v', unreachable: 'v', abort: 'v', return_address: 'pu', frame_address: 'pu', abs: 'ii', labs: 'll', llabs: 'kk',
  ffs: 'ii', ffsl: 'ii', ffsll: 'iq', clz: 'iu', clzl: 'iu', clzll: 'iq', ctz: 'iu', ctzl: 'iu', ctzll: 'iq', clrsb: 'ii', clrsbl: 'il', clrsbll: 'ik',
  popcount: 'iu', popcountl: 'iu', popcountll: 'iq', parity: 'iu', parityl: 'iu', parityll: 'iq', bswap16: 'hh', bswap32: 'uu', bswap64: 'qq',
  fabs: 'dd', fabsf: 'ff', fabsl: 'dd', copysign: 'ddd', copysignf: 'fff', copysignl: 'ddd', signbit: 'id', signbitf: 'if', signbitl: 'id',
  isnan: 'id', isnanf: 'if', isnanl: 'id', isinf: 'id', isinff: 'if', isinfl: 'id', isfinite: 'id', finite: 'id', finitef: 'if', finitel: 'id',
};

/** Those that are calls of the library function of the same name. */
export const librarySignatures: Readonly<Record<string, string | undefined>> = {
  memcpy: 'pppz', memmove: 'pppz', memset: 'ppiz', memcmp: 'ippz', memchr: 'ppiz', mempcpy: 'pppz', bcopy: 'vppz', bzero: 'vpz', bcmp: 'ippz',
  strlen: 'zs', strnlen: 'zsz', strcmp: 'iss', strncmp: 'issz', strcpy: 'sss', strncpy: 'sssz', strcat: 'sss', strncat: 'sssz', stpcpy: 'sss', stpncpy: 'sssz',
  strchr: 'ssi', strrchr: 'ssi', index: 'ssi', rindex: 'ssi', strstr: 'sss', strspn: 'zss', strcspn: 'zss', strpbrk: 'sss', strdup: 'ss',
  malloc: 'pz', calloc: 'pzz', realloc: 'ppz', free: 'vp', exit: 'vi',
  printf: 'is…', fprintf: 'ips…', sprintf: 'iss…', snprintf: 'iszs…', vprintf: 'isp', vfprintf: 'ipsp', vsprintf: 'issp', vsnprintf: 'iszsp',
  puts: 'is', putchar: 'ii', fputs: 'isp', fputc: 'iip', fwrite: 'zpzzp', toupper: 'ii', tolower: 'ii', isdigit: 'ii',
  sqrt: 'dd', sqrtf: 'ff', floor: 'dd', floorf: 'ff', ceil: 'dd', ceilf: 'ff', trunc: 'dd', truncf: 'ff', round: 'dd', roundf: 'ff',
  sin: 'dd', cos: 'dd', tan: 'dd', exp: 'dd', log: 'dd', pow: 'ddd', powf: 'fff', fmod: 'ddd', fmodf: 'fff', fmin: 'ddd', fmax: 'ddd', ldexp: 'ddi',
};

/** `__builtin_isless(a, b)` and its like compare what the usual conversions make of the operands (C99 7.12.14). */
export const orderedComparisons: ReadonlySet<string> = new Set(['isgreater', 'isgreaterequal', 'isless', 'islessequal', 'islessgreater', 'isunordered']);
