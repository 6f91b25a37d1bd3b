/** What the benchmark says of `-m32` times: never a ratio of one that came through an emulator. */
import { describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, run unbuilt by npm run bench
import * as untyped from '../../bench/report.mjs';
import type { Programs32 } from '../../scripts/programs32.mjs';

type Figures = Readonly<Record<string, number>>;
const report = untyped as {
  narrowFigures(how: Programs32, milliseconds: number | undefined, ours: number): Figures;
  kernelLines(rows: readonly object[], mean: number, how: Programs32): string[];
  transferLines(transfer: Readonly<Record<string, Figures>>): string[];
};

const ways: Record<string, Programs32> = {
  native: { way: 'native' },
  qemu: { way: 'qemu', emulator: 'qemu-i386', sentence: 'they run through qemu-i386' },
  none: { way: 'none', need: 'gcc-multilib', sentence: 'install gcc-multilib' },
};
const rowWith = (narrow: Figures): object => ({
  ...{ name: 'queue', gccMilliseconds: 20, engineMilliseconds: 25, engineStatementsPerSecond: 4e8, relativeSpeed: 0.8 },
  ...narrow,
});
const printed = (way: Programs32, milliseconds?: number): string =>
  [
    ...report.kernelLines([rowWith(report.narrowFigures(way, milliseconds, 25))], 0.8, way),
    ...report.transferLines({
      bundled: { statements: 1e6, milliseconds: 25, ...report.narrowFigures(way, milliseconds, 25) },
    }),
  ].join('\n');

describe('times of gcc -m32', () => {
  test('by themselves: a time and its ratio', () => {
    expect(report.narrowFigures(ways['native']!, 50, 25)).toEqual({ gcc32Milliseconds: 50, relativeSpeed32: 2 });
    expect(printed(ways['native']!, 50)).toContain('gcc -m32 -O0 50.00 ms, relative speed 2.00');
  });

  test('through an emulator: a time that says so, and no ratio', () => {
    expect(report.narrowFigures(ways['qemu']!, 50, 25)).toEqual({ qemu32Milliseconds: 50 });
    const text = printed(ways['qemu']!, 50);
    expect(text).toContain('-m32 qemu');
    expect(text).toContain('they run through qemu-i386');
    expect(text).toContain('through qemu 50.00 ms, no ratio');
    expect(text).not.toContain('relative speed 2.00');
  });

  test('none: missing, and why; the ratio to gcc -O0 stays', () => {
    expect(report.narrowFigures(ways['none']!, undefined, 25)).toEqual({});
    const text = printed(ways['none']!);
    expect(text).toMatch(/queue +20\.0 +missing +25\.0 .* 0\.80/);
    expect(text).toContain('-m32: missing: install gcc-multilib');
  });
});
