/**
 * A short part of `npm run fuzz`, always the same: some cases of each kind, with verdicts on status and words alone.
 * What the whole run looks for in time and memory is not looked for here.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, run unbuilt by npm run fuzz
import { kinds, layOut, makeCase } from '../../scripts/fuzz/cases.mjs';
// @ts-expect-error plain JavaScript, run unbuilt by npm run fuzz
import { reduceText } from '../../scripts/fuzz/reduce.mjs';
// @ts-expect-error plain JavaScript, run unbuilt by npm run fuzz
import { filesOf, prepareTrees } from '../../scripts/fuzz/trees.mjs';
// @ts-expect-error plain JavaScript, run unbuilt by npm run fuzz
import { verdictOf } from '../../scripts/fuzz/verdict.mjs';
import { runCli } from '../../src/cli/main';
import { nodeIo } from '../../src/hosts/node-io';
import { wasmFiles } from '../tree/tree-fixture';
import { mediaTexts } from '../cli/cli-fixture';
import { programCache } from '../program-cache';

interface FuzzCase {
  readonly about: string;
  readonly data?: Buffer;
  readonly runs: readonly (readonly string[])[];
  readonly judge?: (result: Record<string, unknown>, words: readonly string[]) => unknown;
}

const scratch = mkdtempSync(join(tmpdir(), 'sockscope-fuzz-test-'));
const stood = process.cwd();
const cache = programCache();
const media = mediaTexts();
const io = nodeIo(join(import.meta.dirname, '../../dist/cli.js'), () => false);
let trees: unknown;

beforeAll(() => {
  mkdirSync(join(scratch, 'trees'));
  const names = prepareTrees(join(scratch, 'trees'), ['small']);
  trees = { folder: join(scratch, 'trees'), names, files: { small: filesOf(join(scratch, 'trees', 'small')) } };
});
afterAll(() => {
  process.chdir(stood);
  rmSync(scratch, { recursive: true, force: true });
});

/** Runs a command line in the present folder on the real file system. */
async function run(words: readonly string[]): Promise<Record<string, unknown>> {
  const printed = { out: '', err: '' };
  try {
    const doors = {
      ...io,
      stdout: (text: string) => void (printed.out = (printed.out + text).slice(-100_000)),
      stdoutBytes: () => undefined,
      stderr: (text: string) => void (printed.err = (printed.err + text).slice(-100_000)),
      media: () => media,
      parserWasm: () => wasmFiles(),
    };
    return { status: await runCli(words, doors, cache), ...printed };
  } catch (error) {
    return { thrown: (error as Error).stack, ...printed };
  }
}

test.each([
  ['c', 6],
  ['scripts', 10],
  ['json', 10],
  ['packs', 2],
  ['trees', 3],
  ['programs', 10],
  ['documents', 6],
] as const)('%s: every case ends with a status and a sentence', async (kind, count) => {
  for (let index = 0; index < count; index++) {
    const each = makeCase(kind, 'test', index, trees) as FuzzCase;
    layOut(each, join(scratch, 'case'));
    process.chdir(join(scratch, 'case'));
    for (const words of each.runs) {
      const result = await run(words);
      const verdict: unknown = verdictOf(result, words) ?? each.judge?.(result, words);
      expect({ kind, index, ...each, words, verdict }).toMatchObject({ verdict: undefined });
    }
    process.chdir(stood);
  }
});

test('the same seed gives the same cases, another one others', () => {
  const made = (kind: string, seed: number): string => {
    const { data, ...rest } = makeCase(kind, seed, 8, trees) as FuzzCase;
    return `${JSON.stringify(rest)} ${data?.toString('latin1')}`;
  };
  for (const kind of Object.keys(kinds)) {
    const [one, again, other] = [made(kind, 3), made(kind, 3), made(kind, 4)];
    expect([one === again, one === other]).toEqual([true, false]);
  }
});

test('a text is reduced to what shows the fault', async () => {
  const holds = async (data: Buffer): Promise<boolean> => /a.*b/s.test(data.toString());
  const long = Buffer.from(`one two\n${'x '.repeat(500)}\nthree a four\n\nfive b\nsix\n`);
  expect(String(await reduceText(long, holds, { questions: 500 }))).toBe('ab');
});

test.each([
  [{ status: 3, out: '', err: '' }, 'status'],
  [{ status: 0, out: '', err: 'TypeError: x\n    at f (/a/b.js:1:2)\n' }, 'stack trace'],
  [{ status: 2, out: '', err: 'internal error: y' }, 'internal error'],
  [{ status: 1, out: '', err: '', processor: 6 }, 'time'],
  [{ status: 1, out: '', err: '', resident: 7e8 }, 'memory'],
  [{ thrown: 'RangeError: z', out: '', err: '' }, 'exception'],
  [{ status: null, signal: 'SIGABRT', out: '', err: '' }, 'signal'],
  [{ status: 1, out: '1 passed, 2 failed', err: 'a.pkt:1:1: error: no [SS5001]', processor: 1 }, undefined],
])('a run is judged: %j', (result, fault) => expect(verdictOf(result, ['check', 'a.pkt'])?.fault).toBe(fault));
