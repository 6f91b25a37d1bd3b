/** `--help` of the scripts tells their options; an option that there is not ends with one sentence. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe.each([
  ['bench', ['--rounds', '--document', '--load']],
  ['fuzz', ['--kind', '--count', '--seconds', '--seed']],
  ['fuzz-c', ['--count', '--seed']],
  ['mutate', ['--files', '--sample', '--seed']],
])('scripts/%s.mjs', (name, options) => {
  const run = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [`scripts/${name}.mjs`, ...args], { cwd: root, encoding: 'utf8' });

  test('--help and -h', () => {
    const { status, stdout, stderr } = run('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^`npm run /);
    options.forEach((option) => expect(stdout).toContain(option));
    expect(run('-h').stdout).toBe(stdout);
  });

  test('a misspelt option', () => {
    const { status, stdout, stderr } = run('--wings');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/--wings.*\n.* --help tells which options there are\n$/);
  });
});
