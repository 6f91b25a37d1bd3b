/**
 * A struct or union with a member that makes no sense: what lies in front of the member can be used, its size, what lies
 * behind and its value cannot, wherever the record is part of something.
 */
import { english } from '../sentences/english';
import { describe, expect, test } from 'vitest';
import { parseUnit } from '../../src/parse/parse-unit';
import { preprocess } from '../../src/preprocess/preprocess';
import { checkUnit } from '../../src/semantic/check-unit';
import { MemoryLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';
import { check, checkC, messages, parser, symbolNamed } from './check-c';

const broken = 'struct s { int front; nowhere_t lost; int behind; }; struct s *p; ';
const cause = "error [nowhere_t] unknown type name 'nowhere_t'";

/** What is refused in `void f(void) { body }` behind the struct and `more`. */
function refused(body: string, more = '', definition = broken): string[] {
  const told = messages(checkC(`${definition}${more} void f(void) { ${body} }`));
  expect(told.shift()).toBe(cause);
  return told;
}

describe('allowed', () => {
  test.each([
    ['a member in front', 'p->front = 1;', ''],
    ['a pointer to it, copied', 'struct s *q = p;', ''],
    ['an array of pointers to it', 'q[0] = p; ', 'struct s *q[4];'],
    ['a struct that only points to it', 'h.a = sizeof(h);', 'struct holder { int a; struct s *s; } h;'],
    ['a member in front, nested', 'h->a = h->s.front;', 'struct holder { int a; struct s s; int b; } *h;'],
    ['a member of a union beside it', 'u->a = 1; u->s.front = 2;', 'union holder { struct s s; int a; } *u;'],
    ['its address', 'p = &h->s;', 'struct holder { int a; struct s s; } *h;'],
    ['an extern one', 'p = &other;', 'extern struct s other;'],
  ])('%s', (_what, body, more) => expect(refused(body, more)).toEqual([]));
});

describe('refused', () => {
  test.each([
    ['a member behind', 'p->behind = 1;', '', "where 'behind' lies in 'struct s' is not known"],
    ['the member itself', 'p->lost = 1;', '', "where 'lost' lies in 'struct s' is not known"],
    ['its size', 'int a = sizeof(struct s);', '', "sizeof of the incomplete type 'struct s'"],
    ['the size of a typedef', 'int a = sizeof(t);', 'typedef struct s t;', "sizeof of the incomplete type 'struct s'"],
    [
      'the size of an array',
      'int a = sizeof(*q);',
      'typedef struct s t[3]; t *q;',
      "sizeof of the incomplete type 'struct s [3]'",
    ],
    ['its value', '*p;', '', "'struct s' is incomplete, so its value cannot be used"],
    ['its value, passed', 'g(*p);', 'void g();', "'struct s' is incomplete, so its value cannot be used"],
    ['a step', 'p++;', '', "'struct s' is incomplete, so a pointer to it cannot be moved or subscripted"],
    ['an index', 'p = &p[1];', '', "'struct s' is incomplete, so a pointer to it cannot be moved or subscripted"],
    ['a variable', 'struct s v;', '', "variable 'v' has the incomplete type 'struct s'"],
    ['a variable with a value', 'struct s v = { 1 };', '', "variable 'v' has the incomplete type 'struct s'"],
    [
      'an array with its length from its values',
      'struct s v[] = { { 1 } };',
      '',
      "variable 'v' has the incomplete type 'struct s []'",
    ],
    ['a static variable', 'static struct s v = { 1 };', '', "variable 'v' has the incomplete type 'struct s'"],
    ['a literal', 'p = &(struct s){ 1 };', '', "a compound literal of the incomplete type 'struct s'"],
    [
      'behind a nested one',
      'h->b = 1;',
      'struct holder { int a; struct s s; int b; } *h;',
      "where 'b' lies in 'struct holder' is not known",
    ],
    [
      'behind a nested array',
      'h->b = 1;',
      'struct holder { int a; struct s s[2]; int b; } *h;',
      "where 'b' lies in 'struct holder' is not known",
    ],
    [
      'the size of a holder',
      'int a = sizeof *h;',
      'struct holder { int a; struct s s; } *h;',
      "sizeof of the incomplete type 'struct holder'",
    ],
    [
      'the size of a union',
      'int a = sizeof *h;',
      'union holder { int a; struct s s; } *h;',
      "sizeof of the incomplete type 'union holder'",
    ],
    [
      'an offset behind',
      'int a = __builtin_offsetof(struct s, behind);',
      '',
      "'struct s' has no member 'behind' that has an offset",
    ],
  ])('%s', (_what, body, more, message) => {
    const told = refused(body, more);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(message);
  });
  test('the remedy names the member at fault, though a nested one', () => {
    const { diagnostics } = checkC(
      `${broken}struct holder { int a; struct s s; int b; } *h; void f(void) { h->b = 1; }`,
    );
    expect(english(diagnostics.at(-1)?.remedy ?? '')).toBe("first correct member 'lost' of 'struct s', test.c:1");
  });
  test('a global one has no bytes, and what uses it stops', () => {
    const result = checkC(`${broken}struct s g = { 1 };`);
    expect(messages(result)).toEqual([cause, "error [g] variable 'g' has the incomplete type 'struct s'"]);
    expect(symbolNamed(result, 'g').data).toBeUndefined();
  });
});

describe('what else makes a member senseless', () => {
  test.each([
    ['a struct that is only declared', 'struct s { int a; struct other o; int b; }'],
    ['a length that is no constant', 'struct s { int a; char name[N]; int b; }'],
    ['too many bits', 'struct s { int a; int bits : 40; int b; }'],
    ['two of one name', 'struct s { int a; int a; int b; }'],
  ])('%s', (_what, definition) => {
    const told = messages(checkC(`${definition} *p; void f(void) { p->a = 1; p->b = sizeof *p; }`));
    expect(told).toHaveLength(3);
    expect(told[1]).toContain("where 'b' lies in 'struct s' is not known");
    expect(told[2]).toContain('sizeof of the incomplete type');
  });
  test.each([
    ['one that cannot be read', 'struct s { int a; int ( b; int c; } *p;'],
    ['a macro that is not defined', 'struct s { int a; OTHER_FIELDS; int c; } *p;'],
    ['a word alone on its line', 'struct s {\nint a;\nOTHER_FIELDS\nint c;\n} *p;'],
  ])('%s', (_what, definition) => {
    const file = new SourceFile('test.c', `${definition} int f(void) { return p->c; }`);
    const { tokens } = preprocess(file, { loader: new MemoryLoader([]), includePaths: [] });
    const { items, diagnostics } = parseUnit(tokens, parser);
    expect(diagnostics).toHaveLength(1);
    expect(messages(checkUnit('test.c', items))).toEqual(["error [p->c] where 'c' lies in 'struct s' is not known"]);
  });
});

test('an enumerator without a value has none, nor have those that count on from it', () => {
  const result = checkC(
    'enum e { A, B = nowhere, C, D = 7, E }; int v[] = { A, D, E }; int f(void) { return B; } int g(void) { return C; }',
  );
  expect(messages(result)).toEqual(["error [nowhere] 'nowhere' is not declared"]);
});

test('a struct of the name that was meant as a type is named', () => {
  const { diagnostics } = checkC('struct queue { int a; };\nqueue q;');
  expect(english(diagnostics[0]?.remedy ?? '')).toBe(
    "there is 'struct queue' (test.c:1): write that, or declare the name with typedef",
  );
});

test('a whole struct stays whole', () =>
  check('struct s { int a; int b; } *p;', 'p->b = sizeof *p', '(*[p:struct s *].b = 8);'));
