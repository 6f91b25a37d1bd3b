import { inEnglish } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { bodyOf, checkC, functionNamed, messages } from './check-c';
import { printStatement } from './print-checked';

const all = 'int i, j; void g(int); ';

describe('statements', () => {
  test('loops and branches', () => {
    expect(bodyOf(all, 'if (i) g(1); else if (j) g(2); else { }')).toBe(
      'if i g(1):void; else if j g(2):void; else {  }',
    );
    expect(bodyOf(all, 'while (i--) { if (j) continue; break; }')).toBe('while (i +-1) { if j continue; break; }');
    expect(bodyOf(all, 'do i++; while (i < 3);')).toBe('do (i +1); while (i < 3);');
    expect(bodyOf(all, 'for (int k = 0; k < 3; k++) g(k);')).toBe('for (k := 0; (k < 3); (k +1)) g(k):void;');
    expect(bodyOf(all, 'for (;;) ;')).toBe('for ( ; ) ;');
    expect(bodyOf(all, 'for (i = 0, j = 1; ; ) break;')).toBe('for (((void)(i = 0), (j = 1)); ; ) break;');
  });
  test('switch', () => {
    expect(bodyOf('char c;', 'switch (c) { case 1: case 2: break; case 5 ... 7: c = 1; default: ; }')).toBe(
      'switch (int)c:char [1 2 5..7 default] { case 1: case 2: break; case 5: (c = 1:char); default: ; }',
    );
    expect(bodyOf('unsigned u;', 'switch (u) { case -1: ; }')).toBe(
      'switch u:unsigned int [4294967295] { case 4294967295: ; }',
    );
    expect(bodyOf('int i;', 'switch (i) { case 1: switch (i) { case 1: ; } case 2: ; }')).toMatch(/^switch i \[1 2\]/);
    expect(bodyOf('int i;', 'switch (i) { case 1: case 1: ; }')).toMatch(
      /error \[case 1\] case 1 is in the switch twice$/,
    );
    expect(bodyOf('int i;', 'switch (i) { case i: ; }')).toMatch(/a case label is not an integer constant$/);
  });
  test('labels', () => {
    expect(bodyOf(all, 'goto out; again: g(1); goto again; out: ;')).toBe(
      'goto out; again: g(1):void; goto again; out: ;',
    );
    expect(bodyOf('', 'goto nowhere;')).toBe("TRAP; // error [goto nowhere;] there is no label 'nowhere' in 'f'");
    expect(bodyOf('', 'void *p = &&a; goto *p; a: ;')).toBe('p := 1:void *; goto *p:void *; a: ;');
    expect(bodyOf('', 'static int d[] = { &&b - &&a }; goto *(&&a + d[0]); a: b: ;')).toMatch(
      /^goto \*\(2:void \*.*; a: b: ;$/,
    );
    expect(bodyOf('', 'a: { __label__ a; a: goto a; } goto a;')).toBe('a: { a#1: goto a#1; } goto a;');
    expect(bodyOf('', 'void *p = &&nowhere;')).toMatch(/error \[&&nowhere\] there is no label 'nowhere' in 'f'$/);
  });
  test('return', () => {
    const f = (text: string): string => printStatement(functionNamed(checkC(text), 'f').body);
    expect(f('char f(void) { return 300; }')).toBe('{ return 44:char; }');
    expect(f('int *f(void) { return 0; }')).toBe('{ return 0:int *; }');
    expect(f('void g(void); void f(void) { return g(); }')).toBe('{ return g():void; }');
    expect(messages(checkC('int f(void) { return; }'))).toEqual([
      "warning [return;] 'return' without a value in a function that returns 'int'",
    ]);
  });
  test('scopes', () => {
    expect(bodyOf('', 'int a = 1; { char a = 2; a; } a;')).toBe('a := 1; { a := 2:char; a:char; } a;');
    expect(bodyOf('typedef int t;', '{ int t = 1; t; }')).toBe('{ t := 1; t; }');
  });
});

describe('what gcc 2.95 accepts with a warning', () => {
  test('undeclared functions, mixed pointers and integers', () => {
    expect(bodyOf('', 'h(1);')).toBe("h(1); // warning [h] 'h' is called but nowhere declared; taken as int h()");
    expect(bodyOf('int i; int *p;', 'p = i;')).toMatch(
      /^\(p = \(int \*\)i\); \/\/ warning \[p = i\] assignment makes a pointer/,
    );
    expect(bodyOf('int i; int *p;', 'i = p;')).toMatch(/^\(i = \(int\)p:int \*\); \/\/ warning/);
    expect(bodyOf('long *l; int *p;', 'p = l;')).toMatch(/unrelated pointer types 'long \*' and 'int \*'/);
    expect(bodyOf('unsigned char *u; char *p;', 'p = u;')).toBe('(p = (char *)u:unsigned char *);');
  });
});

describe('errors stay in their statement', () => {
  test('a bad expression is a trap, the rest runs', () => {
    expect(bodyOf('int i;', 'i = 1; i = nothing + 2; i = 3;')).toBe(
      "(i = 1); TRAP; (i = 3); // error [nothing] 'nothing' is not declared",
    );
    expect(bodyOf('struct s { int rcv_saddr; } *p;', 'p->rcv_sadr;')).toMatch(/has no member 'rcv_sadr'/);
    expect(bodyOf('int i;', 'if (missing) i = 1;')).toMatch(/^if TRAP \(i = 1\);/);
    expect(bodyOf('', 'struct u x; x.a = 1; return;')).toBe(
      "TRAP; return; // error [x] variable 'x' has the incomplete type 'struct u'",
    );
    expect(bodyOf('', 'unknown_t *x = 0;')).toMatch(/^TRAP; \/\/ error \[unknown_t\] unknown type name/);
    expect(bodyOf('void v(int);', 'v(1, 2);')).toBe("TRAP; // error [v(1, 2)] 'v' takes 1 argument, not 2");
    expect(bodyOf('struct s { int a; } x; int i;', 'i = x; x + 1; x = 3; *i; i(); !x;')).toMatch(/^(TRAP; ){6}/);
    expect(bodyOf('int g(void);', 'g() = 2; &g(); break;')).toMatch(/^TRAP; TRAP; TRAP; \/\//);
  });
  test('a diagnostic has a place, a code and a remedy', () => {
    const [diagnostic] = checkC('int f(void) { return x; }').diagnostics;
    expect(inEnglish(diagnostic)).toMatchObject({
      code: 'SS3001',
      severity: 'error',
      message: "'x' is not declared",
      remedy: 'declare it, or include the header that does',
    });
  });
  test('one mistake is told once', () => {
    expect(messages(checkC('unknown_t v; int f(void) { v = 1; return v + v; }'))).toEqual([
      "error [unknown_t] unknown type name 'unknown_t'",
    ]);
  });
});
