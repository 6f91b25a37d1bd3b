/** Where the time of a command goes: `--profile`, with a clock that goes on by one each time it is asked. */
import { describe, expect, test } from 'vitest';
import { Profile } from '../../src/cli/profile';
import { sockscope } from './cli-fixture';

describe('--profile', () => {
  test('a table on stderr; the output stays what it is', async () => {
    const [plain, measured] = [await sockscope('functions'), await sockscope('functions --profile')];
    expect(measured.status).toBe(0);
    expect(measured.out).toBe(plain.out);
    const lines = measured.err.trim().split('\n');
    expect(lines.map((line) => line.trim().replace(/^[\d.]+ ms {2}/, ''))).toEqual([
      'read files',
      'preprocess',
      'parse',
      'check types',
      'lower and link',
      'emit wasm',
      'start the machine',
      'run',
      'all else',
      'in all',
    ]);
  });

  test('as one object; a run has a machine and statements', async () => {
    const { err, status } = await sockscope('run tcp-socket --profile --json');
    expect(status).toBe(0);
    const { profile } = JSON.parse(err) as { profile: Record<string, number> };
    const { all, ...parts } = profile;
    for (const phase of ['instantiate', 'run']) {
      expect(parts[phase], phase).toBeGreaterThan(0);
    }
    expect(Object.values(parts).reduce((sum, each) => sum + each, 0)).toBeCloseTo(all ?? 0, 5);
  });

  test('in Chinese', async () => {
    expect((await sockscope('functions --profile --lang zh')).err).toMatch(/ms {2}预处理\n.*ms {2}语法分析\n/);
  });

  test('is refused where nothing is compiled', async () => {
    expect((await sockscope('list --profile')).status).toBe(2);
  });
});

test('a phase in the middle of another counts once', () => {
  let now = 0;
  const profile = new Profile(() => now);
  profile.enter('preprocess');
  now = 5;
  profile.during('read', () => (now = 12));
  now = 20;
  expect(profile.result()).toMatchObject({ preprocess: 13, read: 7, other: 0, all: 20 });
});
