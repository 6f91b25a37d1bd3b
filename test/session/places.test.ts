/** Where names of a program are declared, and in which files its functions are. */
import { expect, test } from 'vitest';
import { breakAt, started } from './c-session';

const first = `int total;
  static int hidden = 3;
int declared(int n);
int twice(int n) {
  int sum = n + n;
  {
    int sum = 7;
    total = sum;
  }
  return sum + hidden;
}
int run(void) { return twice(4) + total; }
`;

test('a name is where it is declared: the innermost that can be used there, then functions and globals', async () => {
  const session = await started(first);
  breakAt(session, { line: 8 }, { line: 10 });
  await session.run('continue');
  const inner = session.stack(1)[0];
  const at = (name: string, frame = inner): string | undefined => {
    const place = session.places.of(name, frame);
    return place && `${place.path}:${place.line}`;
  };
  expect([at('sum'), at('n')]).toEqual(['t.c:7', 't.c:4']);
  expect([at('total'), at('hidden'), at('twice'), at('run')]).toEqual(['t.c:1', 't.c:2', 't.c:4', 't.c:12']);
  expect([at('declared'), at('nothing'), at('')]).toEqual([undefined, undefined, undefined]);
  await session.run('continue');
  expect(at('sum', session.stack(1)[0])).toBe('t.c:5');
  expect(at('sum', session.stack(1)[1])).toBeUndefined();
  expect(session.places.of('sum')).toBeUndefined();
  expect(session.places.of('total')).toEqual({ path: 't.c', line: 1, column: 1 });
  expect(session.places.of('twice')).toEqual({ path: 't.c', line: 4, column: 5, functionId: inner?.functionId });
});

test('units are the files with functions that are compiled', async () => {
  const session = await started(first);
  expect(session.places.units()).toEqual([{ path: 't.c', functions: 2 }]);
});
