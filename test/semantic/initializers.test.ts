import { describe, expect, test } from 'vitest';
import { bodyOf, checkC, imageOf, messages, symbolNamed } from './check-c';
import { sizeOf } from '../../src/semantic/types';

/** The image of `x` that declarations give, with the problems found. */
function image(text: string): string {
  const result = checkC(text);
  const problems = messages(result);
  return imageOf(result, 'x') + (problems.length > 0 ? ` // ${problems.join('; ')}` : '');
}

describe('static objects', () => {
  test('scalars', () => {
    expect(image('int x = 0x11223344;')).toBe('44 33 22 11');
    expect(image('short x = -2;')).toBe('fe ff');
    expect(image('long long x = -1;')).toBe('ff ff ff ff ff ff ff ff');
    expect(image('float x = 1;')).toBe('00 00 80 3f');
    expect(image('double x = -2;')).toBe('00 00 00 00 00 00 00 c0');
    expect(image('long double x = 1;')).toBe('00 00 00 00 00 00 f0 3f 00 00 00 00');
    expect(image('int x = {7};')).toBe('07 00 00 00');
    expect(image('_Bool x = 5;')).toBe('01');
    expect(image('enum e { A = 3, B } x = B;')).toBe('04 00 00 00');
  });
  test('addresses', () => {
    const other = 'int y[4]; struct { char a; int b[2]; } s; void f(void);';
    expect(image(`${other} int *x = &y[3];`)).toBe('<y+12>');
    expect(image(`${other} char *x = (char *)&y + 4;`)).toBe('<y+4>');
    expect(image(`${other} int *x = &s.b[1];`)).toBe('<s+8>');
    expect(image(`${other} void (*x)(void) = f;`)).toBe('<f>');
    expect(image(`${other} void *x[] = { &f, y, 0 };`)).toBe('<f> <y> 00 00 00 00');
    expect(image(`${other} unsigned long x = (unsigned long)&y + 1;`)).toBe('<y+1>');
    expect(image(`${other} int x = &y[3] - y;`)).toBe('03 00 00 00');
    expect(image(`${other} int x = (char *)&s.b[1] - (char *)&s;`)).toBe('08 00 00 00');
    expect(image('char *x = "ab" + 1;')).toBe('<.str+1>');
    expect(image('extern int x; int *y = &x; int x = 1;')).toBe('01 00 00 00');
    expect(image('struct l { struct l *next, *prev; } x = { &x, &x };')).toBe('<x> <x>');
  });
  test('arrays', () => {
    expect(image('char x[] = "ab";')).toBe('61 62 00');
    expect(image('char x[2] = "ab";')).toBe('61 62');
    expect(image('char x[5] = {"ab"};')).toBe('61 62 00 00 00');
    expect(image('char x[2][3] = {"ab", "c"};')).toBe('61 62 00 63 00 00');
    expect(image('short x[] = { 1, [3] = 2, 5 };')).toBe('01 00 00 00 00 00 02 00 05 00');
    expect(image('char x[] = { [1 ... 3] = 7, 8 };')).toBe('00 07 07 07 08');
    expect(image('char x[2][2] = { 1, 2, 3 };')).toBe('01 02 03 00');
    expect(image('char x[2][2] = { {1}, {2} };')).toBe('01 00 02 00');
    expect(image('char x[2][2] = { [1][0] = 5, 6 };')).toBe('00 00 05 06');
    expect(image('char x[3] = { 1, 2, 3, 4 };')).toBe(
      '01 02 03 // warning [4] more values than the object has room for',
    );
    expect(image('long x[] = L"a";')).toBe('61 00 00 00 00 00 00 00');
    expect(sizeOf(symbolNamed(checkC('int x[] = { 1, 2, 3 }; int y = sizeof x;'), 'x').type)).toBe(12);
    expect(imageOf(checkC('int x[] = { 1, 2, 3 }; int y = sizeof x;'), 'y')).toBe('0c 00 00 00');
  });
  test('records', () => {
    const s = 'struct s { char a; struct { short b, c; } d; char e[2]; };';
    expect(image(`${s} struct s x = { 1, 2, 3, 4, 5 };`)).toBe('01 00 02 00 03 00 04 05');
    expect(image(`${s} struct s x = { 1, { 2, 3 }, { 4, 5 } };`)).toBe('01 00 02 00 03 00 04 05');
    expect(image(`${s} struct s x = { .d = { .c = 3 }, .e[1] = 5 };`)).toBe('00 00 00 00 03 00 00 05');
    expect(image(`${s} struct s x = { .d.b = 2, 3, 4 };`)).toBe('00 00 02 00 03 00 04 00');
    expect(image(`${s} struct s x = { .d = 2, 3, 4, .a = 1 };`)).toBe('01 00 02 00 03 00 04 00');
    expect(image(`${s} struct s x[2] = { [1] = 1, 2, .a = 5 };`)).toMatch(/'.a' names a member/);
    expect(image('struct { struct { } e; char c; } x = { .e = 1, 2 };')).toMatch(/^02/);
    expect(image(`${s} struct s x = { a: 1, e: "xy" };`)).toBe('01 00 00 00 00 00 78 79');
    expect(image(`${s} struct s x = { 1, 2, 3, "z" };`)).toBe('01 00 02 00 03 00 7a 00');
    expect(image(`${s} struct s x[] = { { 1 }, [2] = { 2 } };`).split(' ').length).toBe(24);
    expect(image('union { char a[4]; int b; } x = { "ab" };')).toBe('61 62 00 00');
    expect(image('union { char a; int b; } x = { .b = 258 };')).toBe('02 01 00 00');
    expect(image('struct { int a; union { int b; char c; }; int d; } x = { 1, 2, 3 };')).toBe(
      '01 00 00 00 02 00 00 00 03 00 00 00',
    );
    expect(image('struct { int a; union { int b; char c; }; int d; } x = { .c = 2, 3 };')).toBe(
      '00 00 00 00 02 00 00 00 03 00 00 00',
    );
    expect(image('struct { int n; char a[]; } x = { 1, "ab" };')).toBe('01 00 00 00 61 62 00');
    expect(image('struct { int n; char a[0]; } x = { 1, { 5 } };')).toBe('01 00 00 00 05');
  });
  test('bit-fields', () => {
    expect(image('struct { unsigned a:3, b:5; int :4; int c:4; } x = { 5, 1, -1 };')).toBe('0d f0 00 00');
    expect(image('struct { unsigned char a:4, b:4; } x = { .b = 4, .a = 5 };')).toBe('45');
  });
  test('compound literals and their copies', () => {
    expect(image('typedef struct { int l; } lock; struct { int a; lock k; } x = { 1, (lock){ 2 } };')).toBe(
      '01 00 00 00 02 00 00 00',
    );
    expect(image('struct s { int a; } x = (struct s){ 3 };')).toBe('03 00 00 00');
    expect(image('int *x = (int[]){ 1, 2 };')).toBe('<.compound>');
    expect(image('typedef struct { int l; } lock; void f(void) { static lock x = (lock){ 4 }; }')).toBe('04 00 00 00');
  });
  test('later values win', () => {
    expect(image('int y; int *x[] = { &y, [0] = 0 };')).toBe('00 00 00 00');
    expect(image('char x[] = { [0 ... 3] = 1, [1] = 2 };')).toBe('01 02 01 01');
  });
  test('what is not constant is told, the rest stays', () => {
    expect(image('int y; int x[2] = { y, 2 };')).toBe(
      '00 00 00 00 02 00 00 00 // error [y] the initialiser of a static object must be constant',
    );
    expect(image('int y; char x = (char)(unsigned long)&y;')).toMatch(/must be constant/);
    expect(image('struct s { int a; } x = { .b = 1 };')).toBe("00 00 00 00 // error [.b] 'struct s' has no member 'b'");
    expect(image('char x[2] = { [2] = 1 };')).toBe('00 00 // error [[2]] index 2 is outside of the array');
  });
});

describe('automatic objects', () => {
  test('values and stores', () => {
    expect(bodyOf('', 'int x = 3.5;')).toBe('x := 3;');
    expect(bodyOf('int i;', 'int x[3] = { i, 2 };')).toBe('x := zero 0=i 4=2;');
    expect(bodyOf('int i;', 'int x[2] = { i, 2 };')).toBe('x := 0=i 4=2;');
    expect(bodyOf('struct s { int a, b; } y;', 'struct s x = y;')).toBe('x := y:struct s;');
    expect(bodyOf('struct s { int a, b; } y;', 'struct s x[2] = { y };')).toBe('x := zero 0=y:struct s;');
    expect(bodyOf('struct s { int a, b; } y;', 'struct { int i; struct s s; } x = { 1, y };')).toBe(
      'x := 0=1 4=y:struct s;',
    );
    expect(bodyOf('struct s { unsigned a:3, b:4; };', 'struct s x = { 1, 2 };')).toBe(
      'x := zero 0.0:3=1:unsigned int 0.3:4=2:unsigned int;',
    );
    expect(bodyOf('', 'char x[4] = "ab";')).toBe('x := zero 0<-.str[3];');
    expect(bodyOf('', 'char x[] = "ab";')).toBe('x := 0<-.str[3];');
    expect(bodyOf('', 'struct { int a; } x = {};')).toBe('x := zero;');
  });
  test('many constants are copied from an image', () => {
    expect(bodyOf('', 'int x[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };')).toBe('x := 0<-.image[48];');
    expect(bodyOf('int i;', 'int x[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, i };')).toMatch(/44=i;$/);
  });
  test('a variable is in scope in its own initialiser', () => {
    expect(bodyOf('void *m(int);', 'struct { int a[5]; } *p = m(sizeof *p);')).toBe(
      'p := (struct {...} *)m((int)20:unsigned int):void *;'.replace('(int)20:unsigned int', '20'),
    );
  });
});
