/** Requests at random, a short part of `npm run fuzz -- --kind dap`: all answered, no nonsense granted, nothing breaks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzzAdapter } from '../../scripts/fuzz/adapter.mjs';

test('two sessions of random requests and a malformed frame', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'sockscope-random-'));
  try {
    const environment = { ...process.env, SOCKSCOPE_CACHE: cache };
    const { faults } = await fuzzAdapter({ seed: 20, sessions: 2, requests: 300, environment, jobs: 1 });
    expect(faults).toEqual([]);
  } finally {
    rmSync(cache, { recursive: true });
  }
});
