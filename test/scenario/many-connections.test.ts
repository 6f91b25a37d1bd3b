/**
 * Many connections through one listener of the bundled kernel: what one costs does not grow with those before it, and
 * nothing of them is left.
 */
import { describe, expect, test } from 'vitest';
import { connections } from '../../bench/workloads';
import { runText } from './bundled-kernel';

/** Statements of a run, and the live objects of each cache after it; the scenario's processes aside. */
async function cost(count: number): Promise<{ statements: number; live: Readonly<Record<string, number>> }> {
  const { machine, kernel, stop, workload } = await runText(connections(count, 70));
  expect({ end: stop.kind, failures: workload.failures }).toEqual({ end: 'end', failures: [] });
  const caches = kernel.slab.slab.statistics().filter(({ name, live }) => live > 0 && name !== 'task_struct');
  return { statements: machine.clock, live: Object.fromEntries(caches.map(({ name, live }) => [name, live])) };
}

describe('connections through one listener', () => {
  test('the ten-thousandth costs what the hundredth cost, and the slab is as after boot', async () => {
    const [none, few, many] = [await cost(0), await cost(1000), await cost(10_000)];
    const each = (few.statements - none.statements) / 1000;
    expect((many.statements - few.statements) / 9000 / each).toBeLessThan(1.03);
    expect([few.live, many.live]).toEqual([none.live, none.live]);
  });
});
