/** Scripts on a machine without the tools they need: a sentence for each, what to install, status 2, no stack trace. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));
/** Has nothing to run. */
const nowhere = fileURLToPath(new URL('.', import.meta.url));

function say(script: string, ...args: string[]): string[] {
  const { PATH: _path, SOCKSCOPE_CTESTSUITE: _suite, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(scripts, script), ...args], {
    encoding: 'utf8',
    env: { ...env, PATH: nowhere },
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  return stderr.trimEnd().split('\n');
}

test('the benchmark needs gcc', () => {
  expect(say('bench.mjs')).toEqual([expect.stringMatching(/there is no gcc.*install gcc/)]);
});

test('random C programs need gcc -m32 and csmith; the complaints come together', () => {
  const [gcc, csmith] = say('fuzz-c.mjs', '--count', '1');
  expect(gcc).toMatch(/there is no gcc; install gcc and gcc-multilib/);
  expect(csmith).toMatch(/^csmith \(.*\) is missing; install it/);
  expect(say('fuzz-c.mjs', '--count', 'x')).toEqual([expect.stringMatching(/^usage: /)]);
});

test('the programs of c-testsuite need a folder', () => {
  expect(say('test-c.mjs')).toEqual([expect.stringMatching(/set SOCKSCOPE_CTESTSUITE/)]);
});

test('programs that check themselves need a folder', () => {
  expect(say('against-gcc.mjs')).toEqual([expect.stringMatching(/^npm run test:gcc -- DIR/)]);
  expect(say('against-gcc.mjs', scripts)).toEqual([expect.stringMatching(/there is no gcc/)]);
});
