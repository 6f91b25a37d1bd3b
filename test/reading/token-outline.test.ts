import { describe, expect, test } from 'vitest';
import { normalise } from '../../src/reading/outline';
import { outlineOf } from '../../src/reading/token-outline';

/** The statements of the only function in `text`, as `[label] kind head`. */
function check(text: string, expected: readonly string[]): void {
  const functions = outlineOf(text);
  expect(functions).toHaveLength(1);
  expect(
    functions[0]!.statements.map(({ kind, normal, under }) => `${under ? `[${under}] ` : ''}${kind} ${normal}`),
  ).toEqual(expected);
}

describe('statements of a function', () => {
  test('heads of control statements and simple statements', () => {
    check('int f(int a) { int b = 1; if (a) b = 2; else { b--; } while (b) b--; return (b); }', [
      'plain int b = 1',
      'if if ( a )',
      'plain b = 2',
      'plain b --',
      'while while ( b )',
      'plain b --',
      'return return b',
    ]);
  });

  test('a do loop ends with its condition, a for keeps its three parts together', () => {
    check('void f(void) { do { g(); } while (h()); for (;;) { break; } }', [
      'plain g ( )',
      'do-while while ( h ( ) )',
      'for for ( ; ; )',
      'plain break',
    ]);
  });

  test('labels name what comes after them, and only inside their block', () => {
    check('int f(int a) { switch (a) { case 1: g(); break; default: goto out; } h(); out: return 0; }', [
      'switch switch ( a )',
      '[case 1] case case 1',
      '[case 1] plain g ( )',
      '[case 1] plain break',
      '[default] case default',
      '[default] goto goto out',
      'plain h ( )',
      '[out] label out',
      '[out] return return 0',
    ]);
  });

  test('a label runs the first statement after it', () => {
    const text = 'int f(int a) { switch (a) { case 1: case 2: g(); } return 0; }';
    const [, one] = outlineOf(text)[0]!.statements;
    expect(text.slice(one!.runs.start, one!.runs.end)).toBe('g();');
  });

  test('comments, directives and the second branch of a conditional are not seen', () => {
    check('/* f */ int f(void)\n{\n#ifdef X\n  if (a) {\n#else\n  if (b) {\n#endif\n    g(); // one\n  }\n}\n', [
      'if if ( a )',
      'plain g ( )',
    ]);
  });

  test('broken text still gives what can be read', () => {
    check('int f(void) { g(; h(); }', ['plain g (', 'plain h ( )']);
    expect(outlineOf('}}} int f(void) { a = 1; ')).toEqual([]);
  });

  test('a macro that takes a block, and an initialiser with braces', () => {
    check('void f(void) { list_for_each(p, q) { g(p); } struct s t = { 1, { 2 } }; }', [
      'while list_for_each ( p , q )',
      'plain g ( p )',
      'plain struct s t = { 1 , { 2 } }',
    ]);
  });
});

describe('listings inside documents', () => {
  test('prose around a listing does not matter, typographic signs are read as C', () => {
    const text =
      "1.1 新建\n在net/ipv4/af_inet.c中\nstatic int f(int a)\n{\nreturn –EINVAL; /* don’t */\n}\n说明 don't\nint g(void)\n{\nreturn ‘a’;\n}\n";
    expect(outlineOf(text).map(({ name, statements }) => [name, statements.map((each) => each.normal)])).toEqual([
      ['f', ['return - EINVAL']],
      ['g', ["return 'a'"]],
    ]);
  });

  test('spelling differences that mean nothing vanish in the normal form', () => {
    expect(normalise('sk->num=protocol ;')).toBe(normalise('sk -> num = /* x */ protocol'));
  });
});
