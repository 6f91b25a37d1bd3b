/**
 * The tests of one folder, for `npm run mutate`: the files that SOCKSCOPE_MUTATE_TESTS names, the quickest first, for a
 * change is done with at the first test that notices it.
 */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** The longest time that each file has taken; the first run of all tests comes before the changes. */
const longest = new Map<string, number>();

class QuickestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const time = ({ moduleId, project }: TestSpecification): number => {
      const path = relative(this.ctx.config.root, moduleId);
      const { duration = 0 } = this.ctx.cache.getFileTestResults(`${project.name}:${path}`) ?? {};
      const most = Math.max(duration, longest.get(path) ?? 0);
      longest.set(path, most);
      return most;
    };
    const timed = files.map((file) => ({ file, time: time(file) }));
    return Promise.resolve(timed.sort((a, b) => a.time - b.time).map(({ file }) => file));
  }
}

export default defineConfig({
  test: {
    include: JSON.parse(process.env.SOCKSCOPE_MUTATE_TESTS ?? '[]') as string[],
    sequence: { sequencer: QuickestFirst },
    update: 'none',
    // Modules are read once for all test files of a run: most of a run's time is spent on that.
    isolate: false,
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
