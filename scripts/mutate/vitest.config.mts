/** The tests of one folder, for `npm run mutate`: the files that SOCKSCOPE_MUTATE_TESTS names. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: JSON.parse(process.env.SOCKSCOPE_MUTATE_TESTS ?? '[]') as string[],
    update: 'none',
    // Modules are read once for all test files of a run: most of a run's time is spent on that.
    isolate: false,
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
