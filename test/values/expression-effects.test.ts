/** What an expression leaves behind that calls C: nothing where it must not change anything, and nothing when it does not end. */
import { beforeEach, describe, expect, test } from 'vitest';
import { wording } from '../../src/sentences/wording';
import type { Session } from '../../src/session/session';
import { shown, started } from '../session/c-session';

const text = `int sleep_here(void);
struct pair { int a, b; };
int count, list[4];
struct pair made(int n) { struct pair p = { n, n + 1 }; return p; }
int twice(int n) { return 2 * n; }
int bump(int n) { count += n; return count; }
int wrong(int *p) { count++; return *p; }
int forever(void) { for (;;) count++; }
int asleep(void) { count++; return sleep_here(); }
int deep(int n) { return n == 0 ? 0 : 1 + deep(n - 1); }
int length(const char *s) { int n = 0; while (s[n]) n++; return n; }
int run(int n) {
  int local = n;
  local++;
  return local;
}
`;
let session: Session;
beforeEach(async () => {
  session = await started(text, [[['run', 3]]]);
  await session.run('over');
});

const ask = (expression: string, sideEffects: boolean): string => {
  const { value, diagnostics } = session.evaluate(expression, session.stack(1)[0], { sideEffects });
  return value?.display ?? diagnostics.map(({ message }) => wording(message, 'en')).join();
};
const moment = (): unknown => [
  session.stop.clock,
  session.stop.frontier,
  shown(session, 'count'),
  shown(session, 'local'),
  session.stack(1).length,
  session.journal().length,
];

describe.each([false, true])('with changes allowed: %s', (allowed) => {
  test.each([
    ['twice(21)', '42'],
    ['twice(twice(5)) + local', '23'],
    ['deep(100)', '100'],
    ['length("hello") + length("")', '5'],
    ['made(4).b', '5'],
    ['made(4)', '{a = 4, b = 5}'],
    ['"abc"', '"abc"'],
    ['"abc"[1] + 0', '98'],
  ])('%s is %s', (expression, value) => {
    const before = moment();
    expect(ask(expression, allowed)).toBe(value);
    expect(moment()).toEqual(before);
  });
  test.each([
    ['wrong(0)', /0x00000000/],
    ['*(int *) 16', /0x00000010/],
    ['forever()', /does not come to its end/],
    ['asleep()', /does not come to its end/],
    ['1 / (local - 3)', /./],
    ['deep(1000000)', /./],
  ])('%s has no value and changes nothing', async (expression, problem) => {
    const before = moment();
    expect(ask(expression, allowed)).toMatch(problem);
    expect(moment()).toEqual(before);
    expect((await session.run('continue')).reason).toBe('end');
  });
});

describe('a call that changes something', () => {
  test('is refused where nothing may change, and leaves no trace', async () => {
    const before = moment();
    for (const expression of ['bump(2)', 'list[bump(1)]', '(bump(1), twice(1))', 'local = 9', 'list[0] = 1']) {
      expect(ask(expression, false), expression).toContain('would change the program');
      expect(moment()).toEqual(before);
    }
    expect((await session.run('continue')).reason).toBe('end');
  });
  test('stays where it may', () => {
    expect(ask('bump(2)', true)).toBe('2');
    expect(ask('bump(5) + count', true)).toBe('14');
    expect(shown(session, 'count')).toBe('7');
    expect(ask('local = twice(local)', true)).toBe('6');
    expect(shown(session, 'local')).toBe('6');
  });
  test('that adds nothing changes nothing', () => {
    const before = moment();
    expect(session.evaluate('bump(0)', session.stack(1)[0]).value?.display).toBe('0');
    expect(session.evaluate('bump(0)', session.stack(1)[0], { sideEffects: true }).changed).toBe(false);
    expect(moment()).toEqual(before);
  });
});

test('at the end of a run expressions have values too', async () => {
  await session.run('continue');
  expect([
    session.evaluate('twice(4)', undefined).value?.display,
    session.evaluate('count', undefined).value?.display,
  ]).toEqual(['8', '0']);
  expect(session.stop.reason).toBe('end');
});
