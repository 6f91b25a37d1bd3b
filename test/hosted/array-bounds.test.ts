/** Subscripts of arrays whose length is known, and what C does beyond them on purpose. */
import { english } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { check, run } from './run-c';

async function outside(body: string, expression: string, before = ''): Promise<void> {
  const { fault, status } = await run(body, before);
  expect({ kind: fault?.kind, expression: fault?.expression, status }, body).toEqual({
    kind: 'out-of-bounds',
    expression,
    status: undefined,
  });
}

describe('an index outside of its array is a stop at the statement', () => {
  test('of locals, globals, members, rows', async () => {
    await outside('int a[4], i; for (i = 0; i < 5; i++) a[i] = i;', 'a[i]');
    await outside('volatile int i = -1; char c[3]; c[i] = 1;', 'c[i]');
    await outside('unsigned i = 8; t[i] = 1;', 't[i]', 'static int t[8];');
    await outside('struct { int a[3]; int b; } s; volatile int i = 3; s.a[i]++;', 's.a[i]');
    await outside('struct s { int a[3]; int b; } v, *p = &v; volatile int i = 3; p->a[i] += 2;', 'p->a[i]');
    await outside('int m[2][3]; volatile int i = 3; m[1][i] = 0;', 'm[1][i]');
    await outside('int m[2][3]; volatile int i = 2; m[i][0] = 0;', 'm[i]');
    await outside('volatile long long i = 4; int a[4]; a[i] = 0;', 'a[i]');
    await outside('int a[4]; a[4] = 1;', 'a[4]');
    await outside('volatile int i = 4; return "abc"[i];', '"abc"[i]');
    await outside('volatile unsigned char i = 200; int a[100]; a[i] = 1;', 'a[i]');
  });
  test('with the index and the length', async () => {
    const { fault } = await run('int a[4]; volatile int i = 4; a[i] = 1;');
    expect(english(fault?.message ?? '')).toBe(
      "'a[i]' is outside of its array: the index is 4, and there are 4 elements",
    );
  });
});

describe('what C allows', () => {
  test('the address behind the last element, of an array, a row, a member', () =>
    check(
      `int a[4] = { 1, 2, 3, 4 }, m[2][3] = { { 0 } }, n = 4, s = 0, *p; struct s { int x, y; } t[2]; volatile int two = 2;
       for (p = a; p < &a[n]; p++) s += *p; for (p = m[0]; p < m[two]; p++) s++; printf("%d %d %d\\n", s, (int)(&a[4] - a), (int)(&t[two].x - &t[0].x));`,
      '16 4 4\n',
    ));
  test('the last array of a structure behind a pointer is the beginning of more; members of a union overlap', () =>
    check(
      `struct one { int n; char d[1]; } *o = malloc(40); struct open { int n; int d[]; } *q = malloc(40); struct none { int n; int d[0]; } *z = malloc(40); int i;
       union { char few[2]; char many[10]; } u; volatile int three = 3;
       for (i = 0; i < 8; i++) { o->d[i] = i; q->d[i] = i; z->d[i] = i; } u.few[three] = 5;
       printf("%d %d %d %d\\n", o->d[7], q->d[7], z->d[7], u.many[3]);`,
      '7 7 7 5\n',
    ));
  test('pointers are not checked against an array', () =>
    check('int a[4] = { 1, 2, 3, 4 }, *p = a + 2; printf("%d %d\\n", p[-2], p[1]);', '1 4\n'));
  test('old GNU C also goes through a matrix by its first row', () =>
    check('int m[2][3], i; for (i = 0; i < 6; i++) m[0][i] = i; printf("%d\\n", m[1][2]);', '5\n', '', {
      dialect: 'gnu89',
    }));
});
