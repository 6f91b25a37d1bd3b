/**
 * Every bundled scenario on the bundled kernel: it reads without diagnostics, runs to its end, and everything is as it
 * says.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runText } from './bundled-kernel';

const FOLDER = join(import.meta.dirname, '../../media/scenarios');
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.pkt'))
  .sort();

test.each(names)('%s', async (name) => {
  const run = await runText(readFileSync(join(FOLDER, name), 'utf8'), name);
  expect(run.workload.failures).toEqual([]);
  expect(run.stop).toEqual({ kind: 'end' });
  expect(run.workload.done).toBe(true);
});
