/**
 * Macros for expressions typed by a person: `sk->state == TCP_LISTEN` needs the definition of TCP_LISTEN that the file
 * has. The definitions that an expression needs, and those they need in turn, are written before it; so are a few names
 * of C's own headers that a program may not have, because every C programmer knows them.
 */
import type { Program } from '../compile/program';
import type { MacroInfo } from '../preprocess/macro-table';

const word = /[A-Za-z_]\w*/g;
/** More definitions than any sensible expression needs. */
const LIMIT = 200;

/** By name: what stands behind it in a `#define`. */
const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    NULL: 'NULL ((void *) 0)',
    offsetof: 'offsetof(type, member) __builtin_offsetof(type, member)',
    ARRAY_SIZE: 'ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))',
    CHAR_BIT: 'CHAR_BIT 8',
    SCHAR_MIN: 'SCHAR_MIN (-128)',
    SCHAR_MAX: 'SCHAR_MAX 127',
    UCHAR_MAX: 'UCHAR_MAX 255',
    CHAR_MIN: 'CHAR_MIN (-128)',
    CHAR_MAX: 'CHAR_MAX 127',
    SHRT_MIN: 'SHRT_MIN (-32768)',
    SHRT_MAX: 'SHRT_MAX 32767',
    USHRT_MAX: 'USHRT_MAX 65535',
    INT_MIN: 'INT_MIN (-2147483647 - 1)',
    INT_MAX: 'INT_MAX 2147483647',
    UINT_MAX: 'UINT_MAX 4294967295U',
    LONG_MIN: 'LONG_MIN (-2147483647L - 1)',
    LONG_MAX: 'LONG_MAX 2147483647L',
    ULONG_MAX: 'ULONG_MAX 4294967295UL',
    LLONG_MIN: 'LLONG_MIN (-9223372036854775807LL - 1)',
    LLONG_MAX: 'LLONG_MAX 9223372036854775807LL',
    ULLONG_MAX: 'ULLONG_MAX 18446744073709551615ULL',
    strlen: 'strlen(s) ({ const char *__s = (s); unsigned int __n = 0; while (__s[__n]) __n++; __n; })',
    strcmp: compared('strcmp(a, b)', 'for (;; __a++, __b++)', '|| !*__a'),
    strncmp: compared('strncmp(a, b, n)', 'for (__n = (n); __n > 0; __n--, __a++, __b++)', '|| !*__a'),
    memcmp: compared('memcmp(a, b, n)', 'for (__n = (n); __n > 0; __n--, __a++, __b++)', ''),
  }),
);

/** Compares bytes up to the first that differ, or to where the loop ends or `or` says. */
function compared(head: string, loop: string, or: string): string {
  const bytes = 'const unsigned char *__a = (const unsigned char *) (a), *__b = (const unsigned char *) (b)';
  return `${head} ({ ${bytes}; int __d = 0; unsigned int __n = 0; ${loop} { __d = *__a - *__b; if (__d ${or}) break; } __d; })`;
}

/** The expression with the `#define` lines it needs in front; unchanged when it needs none. */
export function expandObjectMacros(
  text: string,
  find: (name: string) => MacroInfo | undefined,
  hasOwn: (name: string) => boolean,
): string {
  const wanted = new Map<string, string>();
  const queue = [text];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const [name] of next.matchAll(word)) {
      if (wanted.has(name) || wanted.size >= LIMIT) {
        continue;
      }
      const macro = find(name);
      if (macro?.span) {
        const parameters = macro.parameters ? `(${[...macro.parameters].join(', ')})` : '';
        wanted.set(name, `#define ${name}${parameters} ${macro.body.replace(/\s+/g, ' ')}`);
        queue.push(macro.body);
      } else {
        const known = hasOwn(name) ? undefined : KNOWN.get(name);
        if (known !== undefined) {
          wanted.set(name, `#define ${known}`);
        }
      }
    }
  }
  return wanted.size === 0 ? text : `${[...wanted.values()].join('\n')}\n${text}`;
}

/** Number that a name stands for in the program: of an enumerator, or of a macro that is a plain decimal number. */
export function constantOf(program: Program, name: string): number | undefined {
  const { constants } = program.image.debug;
  const body = program.macro(name, '')?.body ?? '';
  return Object.hasOwn(constants, name) ? constants[name] : /^\d+$/.test(body) ? Number(body) : undefined;
}
