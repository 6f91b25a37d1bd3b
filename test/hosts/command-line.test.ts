/** The built command line, in processes of its own: its code is kept by one and run by the next. */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../../dist');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sockscope-line-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function answerTo(...words: string[]): string {
  const env = { ...process.env, SOCKSCOPE_CACHE: folder };
  const { stdout, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...words], { env, encoding: 'utf8' });
  return stdout + stderr;
}

/** Each file of kept code, and when it was written. */
const kept = (): readonly string[] =>
  readdirSync(join(folder, 'code')).map((name) => `${name} ${statSync(join(folder, 'code', name)).mtimeMs}`);

test('the bundle names its content in its first line, and is ASCII throughout', () => {
  const text = readFileSync(join(dist, 'command-line.js'), 'latin1');
  const [line, name] = /^\/\* ([0-9a-f]{16}) \*\//.exec(text) ?? [];
  const rest = text.slice(line?.length);
  expect(name).toBe(createHash('sha256').update(rest).digest('hex').slice(0, 16));
  expect(/[^\x00-\x7f]/.test(rest)).toBe(false);
});

// `explain` has the engine compile sparingly, which changes what code fits.
test.each([[['explain', 'tcp_accept']], [['list', '--lang', 'zh']]])(
  'sockscope %j keeps its code once, and answers the same with it',
  (words) => {
    const first = answerTo(...words);
    expect(first.length).toBeGreaterThan(100);
    answerTo(...words);
    const written = kept();
    expect(written).toHaveLength(1);
    expect([answerTo(...words), answerTo(...words)]).toEqual([first, first]);
    expect(kept()).toEqual(written);
  },
);

test('nothing is kept of what is no command, nor where nobody wants it', () => {
  answerTo('explian', 'tcp_accept');
  answerTo('list', '--no-cache');
  expect(existsSync(join(folder, 'code'))).toBe(false);
});
