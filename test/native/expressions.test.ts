/**
 * Expressions in a stopped machine against `gcc -m32`: the same C around both, each expression with its value, its size
 * and whether its type is signed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Scalar } from '../../src/values/value-model';
import { started } from '../session/c-session';
import { canRun32, gcc, output32 } from './run32';

const context = `
#define LIMIT 7
#define TWICE(x) ((x) + (x))
#define MAX(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a > _b ? _a : _b; })
typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32;
enum color { RED, GREEN = 5, FAR = -1 };
struct inner { short a; char b[5]; long long big; };
struct outer { u8 state; struct inner in; struct outer *next; int list[6]; unsigned low:3, high:7; int minus:4;
  union { int left; u8 bytes[4]; } u; };
struct outer first = { 7, { -3, "abc", 1LL << 40 }, 0, { 10, 20, 30, 40, 50, 60 }, 5, 100, -2, { 0x01020304 } };
struct outer second = { 1, { 2, "xy", 3 }, &first, { 1, 2, 3, 4, 5, 6 }, 1, 2, 3, { -1 } };
char text[8] = "hello";
int twice(int n) { return 2 * n; }
int run(void) {
  signed char c = -100; unsigned char uc = 200; short s = -30000; unsigned short us = 60000;
  int i = -5, zero = 0; unsigned u = 4000000000U; long long ll = -5000000000LL; unsigned long long ull = ~0ULL;
  float f = 1.5f; double d = -2.25; enum color g = GREEN; struct outer *p = &second; int *q = &first.list[2];
  const char *t = text; int a[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
  return i + zero + (int) u + c + uc + s + us + g + (int) ll + (int) ull + (int) f + (int) d + p->state + *q + *t + a[1][1]; /* here */
}
`;

// prettier-ignore
const expressions: readonly string[] = [
  // Promotions and conversions.
  'c', 'uc', 's', 'us', 'i', 'u', 'll', 'ull', 'c + uc', 'uc + uc', 's * s', 'us + us', 'c + 0u', '-uc', '~uc', '~us', '-u', '+c', '!c', '!zero',
  'i < u', 'i < 0u', 'c < uc', '(unsigned char) i', '(signed char) 200', '(short) 70000', '(int) ll', '(u32) ll', '(long long) u', '(long long) i',
  'ull + 1', 'll + u', 'u + i', 'i * u', '(u8) (uc + uc)', "'a'", "'\\xff'", '(char) 255', '0xffffffff', '4294967296', '2147483648', '0x80000000', '077', '1u', '1ll', '1ull',
  // Arithmetic.
  '7 / 2', '-7 / 2', '-7 % 3', '7 % -3', 'u / 3', 'u % 7', 'll / 3', 'll % 7', 'ull / 10', 'ull % 10', 'i / 2u', '2147483647 + 0u + 1', '65536u * 65536u',
  '1 << 4', '1u << 31', '-16 >> 2', 'u >> 4', 'c << 1', 'uc << 24 >> 24', '1ll << 40', 'll >> 33', 'ull >> 60', 'us >> 4',
  '5 & 3', '5 | 3', '5 ^ 3', 'u & 0xff', '~0', '~0u', 'll & 0xffff', '-1 & 0xffLL', 'i ^ u',
  // Comparisons, logic, selection.
  'i == -5', 'i != -5', 'c >= -100', 'u > 3999999999u', 'll < 0', 'ull > 0', 'f < d', 'd == -2.25', 'p && p->next', '!p || p->state', 'zero ? 1 : 2u', 'i ? -1 : 1u', 'i ?: 3', 'zero ?: 3', '(i, u)', 'uc ? c : ll',
  // Pointers, arrays and members.
  '*q', 'q[1]', 'q[-1]', '*(q + 2)', 'q - first.list', '&q[3] - q', '(char *) &q[3] - (char *) q', 'p->next->state', 'p->next->in.a', '(*p).in.big', 'p->next->in.b[1]', 't[1]', '*t', 't[1] == text[1]', '2[q]', 'a[1][2]', '*a[1]', '(*a)[1]', '*(*(a + 1) + 1)',
  'first.low', 'first.high', 'first.minus', 'first.low + first.minus', 'first.low - 6', '-first.high', 'first.u.bytes[0]', 'first.u.bytes[3]', 'second.u.left', '&first == p->next', 'p->next == 0', 'p > &first || p < &first', '(u32) &first.list[1] - (u32) &first.list[0]', '((struct outer *) 0 == 0)',
  // Sizes and offsets.
  'sizeof(int)', 'sizeof(struct outer)', 'sizeof first.in', 'sizeof *p', 'sizeof p', 'sizeof text', 'sizeof "text"', 'sizeof(a)', 'sizeof a[0]', 'sizeof(c + c)', "sizeof 'a'", 'sizeof(long long)', 'sizeof(long double)', 'sizeof(enum color)', '__builtin_offsetof(struct outer, in.big)', 'sizeof(text) / sizeof(text[0])', '(u32) &((struct outer *) 0)->list[2]',
  // Constants, macros, calls, statement expressions, literals.
  'LIMIT', 'TWICE(i)', 'LIMIT * TWICE(2)', 'RED', 'GREEN', 'FAR', 'g', 'g == GREEN', 'MAX(i, 3)', 'MAX(i, 3) + MAX(1, 2)', 'twice(21)', 'twice(twice(i))', '({ int n = 0; int k; for (k = 0; k < 6; k++) n += first.list[k]; n; })', '({ i; })', '"abc"[1]', "*(\"abc\" + 2)", '((struct inner) { 4, "z", 9 }).big', '((int[]) { 3, 1, 4 })[2]', '(int) sizeof(char[10])',
  // Floating point to integers, and the other way round.
  '(int) f', '(int) d', '(unsigned char) 3.99', '(int) (f * 3)', '(int) (d + f)', '(long long) -1.5e10', '(int) 1e3f', 'f > 1', '!d', 'd && f', '(int) (u + 0.5 > u)', '(_Bool) 0.1', '(_Bool) 256', '(int) (1 / 4.0 * 100)',
];

test('at least 120 expressions have the value, the size and the signedness that gcc gives them', async ({ skip }) => {
  skip(!canRun32(), 'no 32-bit programs here');
  expect(expressions.length).toBeGreaterThan(120);
  const expected = ofGcc();
  const session = await started(context);
  const line = context.slice(0, context.indexOf('/* here */')).split('\n').length;
  session.setBreakpoints('t.c', [{ line }]);
  await session.run('continue');
  const frame = session.stack(session.stop.thread)[0];
  const ours = expressions.map((expression) => {
    const value = (text: string): string => numberOf(session.evaluate(text, frame).value?.scalar);
    return `${expression} = ${value(expression)} (${value(`sizeof((${expression}) + 0)`)} ${value(`(__typeof__((${expression}) + 0)) -1 < 0`)})`;
  });
  expect(ours).toEqual(expected);
});

function numberOf(scalar: Scalar | undefined): string {
  return scalar?.kind === 'integer' ? String(BigInt.asIntN(64, BigInt(scalar.value))) : (scalar?.kind ?? 'nothing');
}

/** What gcc says of each: its value as a 64-bit number, the size and the signedness of its promoted type. */
function ofGcc(): string[] {
  const print = (expression: string): string =>
    `printf("%s = %lld (%d %d)\\n", ${JSON.stringify(expression)}, (long long) (${expression}), (int) sizeof((${expression}) + 0), (__typeof__((${expression}) + 0)) -1 < 0);`;
  const program = context
    .replace('  return i + zero', `${expressions.map(print).join('\n')}\n  return i + zero`)
    .replace(/^/, '#include <stdio.h>\n');
  const directory = mkdtempSync(join(tmpdir(), 'expressions-'));
  try {
    const source = join(directory, 'e.c');
    writeFileSync(source, `${program}\nint main(void) { run(); return 0; }\n`);
    gcc('-w', '-O0', '-std=gnu89', source, '-o', join(directory, 'e'));
    return output32(join(directory, 'e')).trimEnd().split('\n');
  } finally {
    rmSync(directory, { recursive: true });
  }
}
