/** Short programs that once showed a fault, where the folder with them is there: what each has to do. */
import { wording } from '../../src/sentences/wording';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runFile } from './run-c';

const folder = fileURLToPath(new URL('../../../shared/inputs/', import.meta.url));
const program = (name: string): string => `${folder}${name}.c`;

describe.skipIf(!existsSync(folder))('programs of ../shared/inputs', () => {
  test.each([
    ['13-packed-enum', '1 2 4\n'],
    ['15-constructor', '3\n'],
    ['17-vla-parameter-two-dimensions', '3\n'],
    ['calloc-overflow', '(nil)\n(nil)\n(nil)\n'],
  ])('%s', async (name, output) => {
    const result = await runFile(program(name));
    expect({ output: result.output, status: result.status }).toEqual({ output, status: 0 });
  });
  test.each(['stack-smash', 'stack-smash-small'])('%s', async (name) => {
    const { fault, status } = await runFile(program(name));
    expect(fault?.kind).toMatch(/stack-damaged|out-of-bounds/);
    expect(fault?.place).toMatch(/:\d+:\d+$/);
    expect(status).toBeUndefined();
  });
  test('19-zero-width-space', async () => {
    const { diagnostics } = await runFile(program('19-zero-width-space'));
    expect(diagnostics.map(({ message }) => wording(message, 'en')).join()).toContain('U+200B zero width space');
  });
  test('output-flood', async () => {
    const { fault, output } = await runFile(program('output-flood'), { budget: 5_000 });
    expect(fault?.kind).toBe('budget');
    expect(output.length).toBeLessThan(1 << 20);
  });
});
