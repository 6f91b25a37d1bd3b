/** A number of statements that may run is kept exactly, whether code runs freely or is stepped. */
import { expect, test } from 'vitest';
import { BoundedRun } from '../../src/machine/bounded-run';
import { inParts } from '../../src/base/parts';
import { Traveller } from '../../src/machine/traveller';
import { prepare } from './c-machine';

const endless = `int f(int n) { return n + 1; }
int run(void)
{
	int a = 0, b = 0;
	for (;;) {
		a = f(a); b += a; b ^= 3; b -= a;
		if (b & 1)
			while (a % 7) { a++; b++; }
	}
}
`;
const straight = `int run(void) { int a = 0; for (;;) { ${'a = a * 5 + 1; '.repeat(400)} } }`;

test.each([
  ['calls and loops', endless],
  ['four hundred statements in a row', straight],
])('%s', async (_, text) => {
  for (const statements of [0, 1, 777, 10_001, 54_321]) {
    const { machine } = await prepare(text);
    const run = new BoundedRun(machine, statements);
    let most = 0;
    while (run.advance(100_000)) {
      most = Math.max(most, machine.clock);
    }
    expect([machine.clock, most, run.spent]).toEqual([statements, statements, true]);
  }
});

test('forward ends there too, and goes on from there', async () => {
  const { machine } = await prepare(endless);
  const traveller = new Traveller(machine);
  for (let times = 1; times <= 3; times++) {
    const result = await traveller.forward(() => false, { stepping: false, budget: 123_457 });
    expect([result.kind, machine.clock]).toEqual(['budget', times * 123_457]);
  }
});

test('what ends before is no matter of the number', async () => {
  const { machine } = await prepare('int run(void) { int a = 1; a++; return a; }');
  const run = new BoundedRun(machine, 1000);
  let last = run.advance(100);
  while (last && last.kind !== 'end') {
    last = run.advance(100);
  }
  expect([last, machine.clock]).toEqual([{ kind: 'end' }, 3]);
});

test('work in parts breathes between them, and ends when a breath says so', async () => {
  function* work(): Generator<undefined, string> {
    yield;
    yield;
    return 'done';
  }
  let breaths = 0;
  const breathe = (last: number) => (): Promise<boolean> => Promise.resolve(++breaths === last);
  expect([await inParts(work(), breathe(99)), breaths]).toEqual([{ result: 'done' }, 2]);
  expect([await inParts(work(), breathe(4)), breaths]).toEqual(['stopped', 4]);
});
