/** Expressions that name types, members of structs without a tag, and things that C's headers have a macro for. */
import { beforeAll, describe, expect, test } from 'vitest';
import { wording } from '../../src/sentences/wording';
import type { Session } from '../../src/session/session';
import type { ValueNode } from '../../src/values/value-model';
import { started } from '../session/c-session';

const text = `enum color { RED, GREEN = 4, BLUE };
union both { int whole; char parts[4]; };
struct tcp_opt { int head; struct { unsigned char pending, quick; } ack; union { unsigned char ca_state; int wide; }; };
struct pair { int a; struct pair *next; int cells[3]; };
struct tcp_opt opt = { 1, { 1, 2 }, { 3 } };
enum color paint = GREEN;
union both mixed = { 0x41424344 };
int INT_MIN = 4;
int *nowhere;
struct pair one = { 7, 0, { 1, 2, 3 } };
struct pair *first = &one, *x;
int words[1] = { 0x00434241 };
void nothing(int n) { opt.head += n; opt.head -= n; }
int run(int INT_MAX) {
  int CHAR_BIT = INT_MAX + 1;
  struct pair *p = first;
  int total = CHAR_BIT + INT_MIN;
  return total + p->a + (nowhere != 0);
}
`;
let session: Session;
beforeAll(async () => {
  session = await started(text, [[['run', 3]]]);
  for (let steps = 0; steps < 3; steps++) {
    await session.run('over');
  }
});

const evaluated = (expression: string): ValueNode | string => {
  const { value, diagnostics } = session.evaluate(expression, session.stack(1)[0], { sideEffects: false });
  return value ?? diagnostics.map(({ message }) => wording(message, 'en')).join();
};
const shown = (expression: string): string => {
  const value = evaluated(expression);
  return typeof value === 'string' ? value : value.display;
};

describe('what is named', () => {
  test.each([
    ['INT_MAX', '3'],
    ['CHAR_BIT', '4'],
    ['INT_MIN', '4'],
    ['SHRT_MAX', '32767'],
    ['(enum color) 4', '4'],
    ['(enum color) 9', '9'],
    ['paint', '4 (GREEN)'],
    ['paint == GREEN', '1'],
    ['BLUE', '5'],
    ['sizeof(enum color)', '4'],
    ['sizeof(union both)', '4'],
    ['((union both *) &mixed)->parts[0]', "68 'D'"],
    ['sizeof(struct pair)', '20'],
    ['sizeof(struct nothing)', /nothing/],
    ['opt.ack.pending', /^0x1 \(.*\)$/],
    ['(&opt)->ack.pending', /^0x1 \(.*\)$/],
    ['opt.ca_state', /^3 \(.*\)$/],
    ['opt.ack.quick', '2'],
    ['words', '{4407873}'],
    ['p->cells[1]', '2'],
    ['p->cells', '{1, 2, 3}'],
    ['*p', '{a = 7, next = NULL, cells = {…}}'],
  ])('%s', (expression, value) =>
    typeof value === 'string' ? expect(shown(expression)).toBe(value) : expect(shown(expression)).toMatch(value),
  );
  test('a call without a value', () =>
    expect(evaluated('nothing(0)')).toMatchObject({
      type: 'void',
      display: '(no value)',
      scalar: { kind: 'none' },
      named: 0,
      indexed: 0,
    }));
  test('what lies nowhere has no address', () => {
    expect(evaluated('INT_MAX + 1')).toMatchObject({ display: '4', address: undefined, size: 4 });
    expect(evaluated('one')).toMatchObject({ expression: 'one', size: 20 });
  });
});

describe('the pointer that leads nowhere, by name', () => {
  test.each([
    ['*nowhere', "'nowhere' is null"],
    ['nowhere[2]', "'nowhere' is null"],
    ['*(nowhere + 2)', "'nowhere' is null"],
    ['p->next->a', "'p->next' is null"],
    ['p->next->next->a', "'p->next' is null"],
    ['(p->next)->a', "'p->next' is null"],
    ['p->next->cells[1]', "'p->next' is null"],
    ['1 + p->next->a', "'p->next' is null"],
    ['p->a + *nowhere', "'nowhere' is null"],
    ['-p->next->a', "'p->next' is null"],
    ['!p->next->a', "'p->next' is null"],
    ['~p->next->a', "'p->next' is null"],
    ['(char) p->next->a', "'p->next' is null"],
    ['p->a ? *nowhere : 0', "'nowhere' is null"],
    ['p->next->a == 1', "'p->next' is null"],
    ['p->a && *nowhere', "'nowhere' is null"],
    ['(p->a, *nowhere)', "'nowhere' is null"],
    ['words[p->next->a]', "'p->next' is null"],
    ['x->a', "'x' is null"],
    ['x ->a', "'x' is null"],
    ['p->next->cells[0]@2', "'p->next' is null"],
    ['((int *) 16)[0]', /null page/],
    ['*(int *) 0x70000000', /no memory/],
    ['*(int *) run', /code of a function/],
  ])('%s', (expression, problem) =>
    typeof problem === 'string'
      ? expect(shown(expression)).toContain(problem)
      : expect(shown(expression)).toMatch(problem),
  );
});

test('C that is refused, or names nothing, is no command', () => {
  expect(shown('p = 0')).toContain('would change');
  expect(shown('x = p')).toContain('would change');
  expect(shown('q->a')).toContain("'q' is not declared");
  expect(shown('p q')).toContain("'q' is not declared");
  expect(shown('p/x 255')).toBe('0xff');
  expect(shown('p -1')).toContain('0x');
});
