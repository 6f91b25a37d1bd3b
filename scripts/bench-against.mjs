/**
 * `node scripts/bench-against.mjs DIR`: how fast this checkout is beside another one of the same repository.
 *
 *   --rounds N     how often each is measured (5 unless given)
 *   --only a,b     only rows whose names begin so
 *
 * In: another checkout whose `bench/engine.ts` answers the same requests, with its modules installed. Out: a Markdown
 * table on stdout: for each measurement the best of the rounds there and here, and their ratio (above 1: slower here), by
 * the clock and, on Linux, by the processor's time that the process took. The two take turns, each time in a fresh
 * process, so that what else the machine does hits both; of disturbed rounds the best is the one that was disturbed least.
 * On a machine that does other work the processor's time says more, for waiting is not in it; of the whole request it is,
 * so that of a step back it says little. The load of the machine is noted before and after.
 */
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from './arguments.mjs';
import { note } from './modules.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));

const { values, positionals } = argumentsOf(import.meta.url, 'node scripts/bench-against.mjs', {
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
  },
});
if (positionals.length !== 1) {
  note('node scripts/bench-against.mjs DIR [--rounds N] [--only a,b]');
  process.exit(2);
}
const there = resolve(positionals[0]);
const rounds = Math.max(1, Number(values.rounds) || 5);

/** A C program of the study, warm: milliseconds of one run. */
const kernel = (name, argument) => ({
  name: `${name}, run freely`,
  prepare: async (ask) => {
    await ask({ measure: 'load', kernel: name });
    for (let warm = 0; warm < 3; warm++) {
      await ask({ measure: 'run', argument });
    }
  },
  times: 10,
  measure: async (ask) => (await ask({ measure: 'run', argument })).milliseconds,
});

const opening = (name, request) => ({
  name,
  measure: async (ask, store) =>
    (
      await ask({
        measure: 'open',
        ...request,
        ...(request.store ? { store } : {}),
      })
    ).milliseconds,
});

const rows = [
  kernel('queue', 150_000),
  kernel('crc', 12_000),
  kernel('sieve', 2_400),
  kernel('fib', 33),
  {
    name: 'single steps, a million',
    measure: async (ask) => 1e9 / (await ask({ measure: 'single-steps' })).perSecond,
  },
  {
    name: 'F5 to the first stop',
    measure: async (ask) => (await ask({ measure: 'first-stop' })).milliseconds,
  },
  {
    name: 'F5 again',
    measure: async (ask) => (await ask({ measure: 'first-stop' })).again,
  },
  {
    name: 'step back after a million statements',
    measure: async (ask) => (await ask({ measure: 'step-back' })).milliseconds,
  },
  opening('bundled kernel, cold', {}),
  opening('bundled kernel, kept', { store: true }),
  ...(process.env.SOCKSCOPE_KERNEL
    ? [
        opening('tree, cold', { kernel: process.env.SOCKSCOPE_KERNEL }),
        opening('tree, kept', {
          kernel: process.env.SOCKSCOPE_KERNEL,
          store: true,
        }),
      ]
    : []),
  {
    name: 'load: 1,000 connections, a million statements',
    measure: async (ask) => perMillion(await ask({ measure: 'connections', count: 1000 })),
  },
  {
    name: 'load: 512 KB of TCP',
    measure: async (ask) => Math.min(...(await ask({ measure: 'transfer', rounds: 100 })).milliseconds),
  },
];

/** What both run may take another number of statements. */
const perMillion = ({ statements, milliseconds }) => (milliseconds * 1e6) / statements;

async function bundle(root) {
  execFileSync(process.execPath, ['scripts/build.mjs', '--quiet', '--only=cli'], { cwd: root, stdio: 'inherit' });
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: { 'bench-engine': join(root, 'bench', 'engine.ts') },
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['playwright-core'],
    alias: {
      'web-tree-sitter': join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs'),
    },
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'warning',
  });
}

/** Milliseconds of a processor that the threads of a process have taken; NaN where nobody counts them. */
function processorTime(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const times = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]));
    return times.reduce((sum, time) => sum + time, 0) / 1e6;
  } catch {
    return NaN;
  }
}

/** One row, once, in a fresh process. */
async function once(root, row, store) {
  const child = fork(join(root, 'dist', 'bench-engine.js'), {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let fail;
  const ended = new Promise((_, reject) => {
    fail = reject;
  });
  ended.catch(() => {});
  child.once('exit', (status) => fail(new Error(`the engine ended with status ${status}`)));
  const ask = (request) => {
    const answer = new Promise((resolved, refused) => {
      child.once('message', (message) => (message.error ? refused(new Error(message.error)) : resolved(message)));
    });
    child.send(request);
    return Promise.race([answer, ended]);
  };
  try {
    // What the engine loads by itself is in no figure.
    await (row.prepare ?? ((each) => each({ measure: 'load', kernel: 'fib' })))(ask);
    const before = processorTime(child.pid);
    const clock = [];
    for (let time = 0; time < (row.times ?? 1); time++) {
      clock.push(await row.measure(ask, store));
    }
    return {
      clock: Math.min(...clock),
      processor: (processorTime(child.pid) - before) / clock.length,
    };
  } finally {
    child.removeAllListeners();
    child.kill();
  }
}

const load = () =>
  loadavg()
    .map((each) => each.toFixed(1))
    .join(' ');

async function main() {
  await bundle(there);
  await bundle(here);
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-against-'));
  const wanted = values.only?.split(',');
  try {
    console.log(`Load of the machine before: ${load()}.\n`);
    console.log('| measurement | there, ms | here, ms | ratio | processor there, ms | here, ms | ratio |');
    console.log('|---|---:|---:|---:|---:|---:|---:|');
    for (const row of rows.filter(({ name }) => !wanted || wanted.some((start) => name.startsWith(start)))) {
      const times = { [there]: [], [here]: [] };
      for (let round = 0; round < rounds; round++) {
        for (const root of round % 2 === 0 ? [there, here] : [here, there]) {
          const store = join(folder, root === here ? 'here' : 'there');
          times[root].push(await once(root, row, store));
        }
      }
      const compared = ['clock', 'processor'].map((kind) => {
        const [before, now] = [there, here].map((root) => Math.min(...times[root].map((each) => each[kind])));
        return `${before.toFixed(1)} | ${now.toFixed(1)} | ${(now / before).toFixed(2)}`;
      });
      console.log(`| ${row.name} | ${compared.join(' | ')} |`);
    }
    console.log(`\nLoad of the machine after: ${load()}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
