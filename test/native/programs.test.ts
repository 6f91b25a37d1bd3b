/**
 * C programs of our own, one per area of the language, against `gcc -m32 -O0`: the same output and exit status. Floating
 * point is compared with SSE arithmetic: x87 registers keep more digits than the types have.
 */
import { english } from '../sentences/english';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hasErrors } from '../../src/source/diagnostic';
import { runFile } from '../hosted/run-c';
import { canRun32, gcc, run32 } from './run32';

const folder = fileURLToPath(new URL('programs/', import.meta.url));
const programs = readdirSync(folder).filter((name) => name.endsWith('.c'));
const flags = ['-std=gnu99', '-O0', '-w', '-msse2', '-mfpmath=sse', '-fno-strict-aliasing', '-fwrapv'];

/** Output and exit status of the program as gcc compiles it. */
function native(path: string): { output: string; status: number | null } {
  const work = mkdtempSync(join(tmpdir(), 'programs-'));
  try {
    gcc(...flags, '-o', join(work, 'a'), path, '-lm');
    const { stdout, status } = run32(join(work, 'a'), '', 'latin1');
    return { output: stdout, status };
  } finally {
    rmSync(work, { recursive: true });
  }
}

describe.skipIf(!canRun32())('programs do what gcc -m32 makes of them', () => {
  test.each(programs)('%s', async (name) => {
    const path = join(folder, name);
    const ours = await runFile(path);
    expect(ours.diagnostics.filter((each) => hasErrors([each])).map(({ message }) => english(message))).toEqual([]);
    expect(ours.fault).toBeUndefined();
    const expected = native(path);
    expect(ours.output.split('\n')).toEqual(expected.output.split('\n'));
    expect(ours.status).toBe(expected.status);
  });
});
