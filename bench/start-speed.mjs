/**
 * How soon a run stands at its first stop, beside the time that gcc -O0 takes for the same C on the same machine.
 *
 * In: a folder for what is written, rounds, a way to start the engine in a fresh process, a Linux tree or none. Out: for
 * the bundled kernel the first start on a fresh profile and the second in the same editor; for the tree the first start
 * and that from a kept image. Each round runs gcc before and after ours; figures are medians, in milliseconds. Whether gcc
 * compiled all files is told: where it refuses one, it makes no code for it, and its time says little.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from './statistics.mjs';

/**
 * A header of 2.4 takes a comma expression for an lvalue, which GNU C allowed until gcc 4: with it gcc makes no code for
 * four of five files. In gcc's copy only the lvalue stands there.
 */
function asGccWants(files) {
  const header = join(files, 'include/linux/irq_cpustat.h');
  if (existsSync(header)) {
    writeFileSync(
      header,
      readFileSync(header, 'utf8').replace(/\(\(void\)\s*\(cpu\),\s*(irq_stat\[0\]\.member)\)/, '$1'),
    );
  }
}

/** A function that compiles all sources once and gives the milliseconds and whether it compiled all; undefined without gcc. */
async function gccOf(folder, kernel, startEngine) {
  if (spawnSync('gcc', ['--version'], { stdio: 'ignore' }).status !== 0) {
    return undefined;
  }
  const files = join(folder, kernel ? 'tree-files' : 'bundled-files');
  const objects = join(folder, 'objects');
  mkdirSync(objects, { recursive: true });
  const engine = startEngine();
  const { sources, includePaths, defines } = await engine
    .ask({ measure: 'sources', kernel, out: files })
    .finally(() => engine.stop());
  asGccWants(files);
  const names = Object.entries(defines).flatMap(([name, value]) => [`-U${name}`, `-D${name}=${value}`]);
  const args = [
    ...['-O0', '-w', '-std=gnu89', '-fno-builtin', '-nostdinc', '-c', ...names],
    ...includePaths.map((path) => `-I${join(files, path)}`),
    ...sources.map((path) => join(files, path)),
  ];
  return () => {
    const began = performance.now();
    const { status } = spawnSync('gcc', args, { cwd: objects, stdio: 'ignore' });
    return { milliseconds: performance.now() - began, isWhole: status === 0 };
  };
}

export async function measureStart(folder, rounds, startEngine, kernel) {
  const once = async (request) => {
    const engine = startEngine();
    return engine.ask(request).finally(() => engine.stop());
  };
  const times = async (tree, measure) => {
    const gcc = await gccOf(folder, tree, startEngine);
    const all = { gcc: [], first: [], again: [] };
    for (let round = 0; round < rounds; round++) {
      all.gcc.push(...(gcc ? [gcc()] : []));
      const { first, again } = await measure(round);
      all.first.push(first);
      all.again.push(again);
      all.gcc.push(...(gcc ? [gcc()] : []));
    }
    return {
      first: median(all.first),
      again: median(all.again),
      ...(gcc
        ? {
            gccMilliseconds: median(all.gcc.map(({ milliseconds }) => milliseconds)),
            gccIsWhole: all.gcc.every(({ isWhole }) => isWhole),
          }
        : {}),
    };
  };
  const bundled = await times(undefined, async () => {
    const { milliseconds, again } = await once({ measure: 'first-stop' });
    return { first: milliseconds, again };
  });
  if (!kernel) {
    return { bundled };
  }
  const tree = await times(kernel, async (round) => {
    const store = join(folder, `start-${round}`);
    const [first, again] = [
      await once({ measure: 'open', kernel, store }),
      await once({ measure: 'open', kernel, store }),
    ];
    return { first: first.milliseconds, again: again.milliseconds };
  });
  return { bundled, tree };
}
