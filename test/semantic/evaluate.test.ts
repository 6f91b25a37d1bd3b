import { given } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { describe, expect, test } from 'vitest';
import { parseExpression, parseTypeName } from '../../src/parse/parse-expression';
import { checkExpression, checkTypeName } from '../../src/semantic/evaluate-scope';
import { spellType } from '../../src/semantic/spelling';
import { checkC, functionNamed, parser, symbolNamed } from './check-c';
import { printValue } from './print-checked';

const program = `
typedef unsigned int u32;
enum state { CLOSED, OPEN = 4 };
struct sock { u32 daddr; struct sock *next; enum state state; char name[4]; };
static struct sock *head;
int count(struct sock *sk, int limit) { static int calls; struct sock *p = sk; { int limit = 3; p = p->next; } return limit; }
`;
const result = checkC(program);
const { symbol, locals } = functionNamed(result, 'count');

/** The value an expression has in `count`, and what is wrong with it. */
function evaluated(text: string): string {
  const { expr } = parseExpression(text, parser, result.unit.scope.typedefs.keys());
  const checked = checkExpression(given(expr, 'expr'), {
    unit: result.unit.scope,
    locals,
    function: symbol,
    statics: [symbolNamed(result, 'calls')],
  });
  return [printValue(checked.value), ...checked.diagnostics.map(({ message }) => wording(message, 'en'))].join(' // ');
}

describe('watch expressions', () => {
  test('see locals, statics, file scope, types and enumerators', () => {
    expect(evaluated('sk->next->daddr')).toBe('*[*[sk:struct sock *].next:struct sock *].daddr:unsigned int');
    expect(evaluated('head')).toBe('head:struct sock *');
    expect(evaluated('calls + 1')).toBe('(calls + 1)');
    expect(evaluated('sk->state == OPEN')).toBe('(*[sk:struct sock *].state:unsigned int == 4:unsigned int)');
    expect(evaluated('(u32)limit')).toBe('(unsigned int)limit');
    expect(evaluated('sizeof(struct sock)')).toBe('16:unsigned int');
    expect(evaluated('count')).toBe('count');
    expect(evaluated('sk->name')).toBe('&*[sk:struct sock *].name:char *');
  });
  test('the innermost variable of a name is meant', () => {
    const { expr } = parseExpression('limit', parser, []);
    const { place } = checkExpression(given(expr, 'expr'), { unit: result.unit.scope, locals, function: symbol });
    expect(place?.kind === 'local' && place.variable.parameter).toBeUndefined();
  });
  test('problems are diagnostics', () => {
    expect(evaluated('nothing')).toBe("TRAP // 'nothing' is not declared");
    expect(evaluated('sk->nxt')).toBe("TRAP // 'struct sock' has no member 'nxt'");
  });
  test('what an expression makes up does not reach the unit', () => {
    const before = result.unit.symbols.length;
    expect(evaluated('surprise(1)')).toMatch(/^surprise\(1\) \/\/ 'surprise' is called/);
    expect(evaluated('(struct other *)head')).toBe('(struct other *)head:struct sock *');
    expect(result.unit.symbols.length).toBe(before);
    expect(result.unit.scope.symbols.has('surprise')).toBe(false);
    expect(result.unit.scope.tags.has('struct other')).toBe(false);
  });
  test('temporaries and literals come with the value', () => {
    const { expr } = parseExpression('(struct sock){ .daddr = 1 }.daddr + *"a"', parser, []);
    const checked = checkExpression(given(expr, 'expr'), { unit: result.unit.scope, locals, function: symbol });
    expect(checked.temporaries.map(({ name }) => name)).toEqual(['.compound']);
    expect(checked.symbols.map(({ name }) => name)).toEqual(['.str']);
  });
});

test('type names', () => {
  const { type } = parseTypeName('struct sock *(*)[2]', parser, []);
  expect(
    spellType(given(checkTypeName(given(type, 'type'), { unit: result.unit.scope, locals: [] }).type, 'type')),
  ).toBe('struct sock *(*)[2]');
});

describe('the file scope of a unit', () => {
  test('by kind of name', () => {
    const { scope } = result.unit;
    expect([...scope.typedefs].map(([name, { spelling }]) => `${name} ${spelling}`)).toContain('u32 unsigned int');
    expect([...scope.tags.keys()]).toEqual(['enum state', 'struct sock']);
    expect(scope.enumerators.get('OPEN')?.value).toBe(4n);
    expect([...scope.symbols.keys()]).toEqual(['head', 'count']);
  });
});
