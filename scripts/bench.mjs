/**
 * `npm run bench`: how fast the engine is, next to `gcc -O0` on the same C and the same machine.
 *
 *   npm run bench                everything
 *   npm run bench -- --rounds 3  fewer repetitions (7 by default)
 *   npm run bench -- --start    only first stops (F5 fresh and again, a tree's first start and kept), beside gcc -O0 of the same C
 *   npm run bench -- --open      only how long it takes to open a kernel
 *   npm run bench -- --document   only the reading of an annotated document
 *   npm run bench -- --names     only reading the tree in SOCKSCOPE_KERNEL: hovers, the index of names beside ctags and clangd where there are such, and `explain` with a kept image
 *   npm run bench -- --stops     only stops as an editor sees them, through the debug adapter (beside gdb, where there is one)
 *   npm run bench -- --history   only questions to the past and going back, over 1 and 10 million statements
 *   npm run bench -- --history --long   besides, what a run of 100 million statements keeps in memory, at each tenth of it (a minute);
 *                                      --million 1000 makes it a longer one
 *   npm run bench -- --inspector only the inspector's page in Chromium: steps with up to 10,000 sockets alive, scrubbing, a long ladder
 *   npm run bench -- --load      only connections (1,000, 10,000 and 50,000) and the bulk transfer
 *   SOCKSCOPE_KERNEL=DIR         a Linux 2.4 tree, measured too: its opening, cold and from the cache of compiled programs, connections and the bulk transfer
 *
 * In: bench/kernels/*.c, gcc, the engine (bench/engine.ts, bundled here). Out: a table on stdout and
 * `bench/results/latest.json`. Each round runs gcc, the engine, gcc again, so that a slow moment of the machine hits
 * both; the figure is the median, the ratio that of the medians (1.00 = as fast as gcc -O0), the mean of ratios the
 * geometric one. Both sides must compute the same number, or the benchmark fails (exit status 1). Where programs of
 * `gcc -m32` run through an emulator, their times are told as such and are in no ratio; where they do not run, they are
 * missing.
 */
import { execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clangdIndex } from '../bench/clangd-index.mjs';
import { explainTimes } from '../bench/explain-times.mjs';
import { nativeTransfer } from '../bench/native-transfer.mjs';
import * as report from '../bench/report.mjs';
import { measureStops } from '../bench/stop-speed.mjs';
import { measureStart } from '../bench/start-speed.mjs';
import { geometricMean, median } from '../bench/statistics.mjs';
import { argumentsOf } from './arguments.mjs';
import { buildCli, buildExtension } from './built.mjs';
import { note, requireModules } from './modules.mjs';
import { command32, programs32 } from './programs32.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The kernels of the study: the argument makes gcc -O0 run for 15 to 90 ms. */
const kernels = [
  { name: 'queue', argument: 150_000 },
  { name: 'crc', argument: 12_000 },
  { name: 'sieve', argument: 2_400 },
  { name: 'fib', argument: 33 },
];

/** Compiles a kernel with gcc; the function runs it and gives the result and the milliseconds it took. */
function nativeKernel(folder, name, flags) {
  const binary = join(folder, `${name}${flags.join('')}`);
  const sources = [join(root, 'bench', 'kernels', `${name}.c`), join(root, 'bench', 'native-driver.c')];
  execFileSync('gcc', ['-O0', ...flags, '-o', binary, ...sources], { stdio: ['ignore', 'ignore', 'inherit'] });
  return (argument) => {
    const args = [String(argument)];
    const [command, given] = flags.includes('-m32') ? command32(binary, args) : [binary, args];
    const [result, nanoseconds] = execFileSync(command, given, { encoding: 'utf8' }).trim().split(' ').map(Number);
    return { result, milliseconds: nanoseconds / 1e6 };
  };
}

/** An engine in a process of its own; `ask` sends one request of bench/engine.ts and gives its answer. */
function startEngine(execArgv = []) {
  const child = fork(join(root, 'dist', 'bench-engine.js'), {
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise((_, reject) => {
    child.once('exit', (status) => reject(new Error(`the engine ended with status ${status}`)));
  });
  // Only of interest while somebody asks.
  ended.catch(() => {});
  const answer = () =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => (message.error ? reject(new Error(message.error)) : resolve(message)));
    });
  const ask = (request) => {
    child.send(request);
    return Promise.race([answer(), ended]);
  };
  return { ask, stop: () => child.kill() };
}

async function measureKernel(folder, { name, argument }, rounds) {
  const native = nativeKernel(folder, name, []);
  const native32 = programs32().way === 'none' ? undefined : nativeKernel(folder, name, ['-m32']);
  const engine = startEngine();
  try {
    await engine.ask({ measure: 'load', kernel: name });
    const run = () => engine.ask({ measure: 'run', argument });
    // Warm: V8 replaces the first code by better code while it runs.
    for (let warm = 0; warm < 3; warm++) {
      await run();
    }
    const times = { gcc: [], gcc32: [], engine: [] };
    let statements = 0;
    for (let round = 0; round < rounds; round++) {
      const before = native(argument);
      const ours = await run();
      const after = native(argument);
      const narrow = native32?.(argument);
      for (const { result } of narrow ? [before, narrow] : [before]) {
        if (ours.result >>> 0 !== result) {
          throw new Error(`${name}: gcc computes ${result}, the engine ${ours.result >>> 0}`);
        }
      }
      times.gcc.push(before.milliseconds, after.milliseconds);
      times.gcc32.push(...(narrow ? [narrow.milliseconds] : []));
      times.engine.push(ours.milliseconds);
      statements = ours.statements;
    }
    const gcc = median(times.gcc);
    const ours = median(times.engine);
    return {
      name,
      statements,
      gccMilliseconds: gcc,
      engineMilliseconds: ours,
      engineStatementsPerSecond: statements / (ours / 1000),
      relativeSpeed: gcc / ours,
      ...report.narrowFigures(programs32(), native32 && median(times.gcc32), ours),
    };
  } finally {
    engine.stop();
  }
}

/** Measurements that have no gcc beside them; each in a fresh process, the median of each figure. */
async function measureSession(rounds) {
  const results = {};
  for (const measure of ['single-steps', 'step-back']) {
    const answers = [];
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      const engine = startEngine();
      try {
        answers.push(await engine.ask({ measure }));
      } finally {
        engine.stop();
      }
    }
    const figures = Object.keys(answers[0]);
    results[measure] = Object.fromEntries(
      figures.map((figure) => [figure, median(answers.map((answer) => answer[figure]))]),
    );
  }
  return results;
}

/** Questions to the past, over one and ten million statements, each in a fresh process, with what else the machine did. */
async function measureHistory() {
  const answers = [];
  for (const statements of [1_000_000, 10_000_000]) {
    const engine = startEngine(['--expose-gc']);
    try {
      answers.push({ load: loadavg()[0], ...(await engine.ask({ measure: 'history', statements })) });
    } finally {
      engine.stop();
    }
  }
  return answers;
}

/** What a long run keeps in memory, in a fresh process: at each tenth of it. */
async function measureHistoryMemory(statements) {
  const engine = startEngine(['--expose-gc']);
  try {
    return await engine.ask({ measure: 'history-memory', statements });
  } finally {
    engine.stop();
  }
}

/** The index of names of a tree, each in a fresh process with ctags before it: the medians. Then hovers, and clangd. */
async function measureNames(folder, rounds) {
  const kernel = process.env.SOCKSCOPE_KERNEL ? resolve(process.env.SOCKSCOPE_KERNEL) : undefined;
  if (!kernel) {
    note('bench: SOCKSCOPE_KERNEL names no tree to index');
    process.exit(2);
  }
  const tags = [];
  const tagsCpu = [];
  const answers = [];
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    const began = performance.now();
    // `times` tells the processor's time of the children in its second line.
    const ran = spawnSync('sh', ['-c', 'ctags -R -f "$0" net include kernel && times', join(folder, 'tags')], {
      cwd: kernel,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (ran.status === 0) {
      tags.push(performance.now() - began);
      tagsCpu.push(childMilliseconds(ran.stdout));
    }
    const engine = startEngine();
    try {
      answers.push(await engine.ask({ measure: 'names', kernel }));
    } finally {
      engine.stop();
    }
  }
  const figures = Object.keys(answers[0]).map((key) => [key, median(answers.map((each) => each[key]))]);
  const beside = tags.length > 0 ? { ctags: median(tags), ctagsCpu: median(tagsCpu) } : {};
  const hovers = await askOnce({ measure: 'hovers', kernel });
  const clangd = await clangdIndex(kernel, join(folder, 'clangd'));
  const explain = explainTimes(root, kernel, join(folder, 'explain'), rounds);
  return { ...Object.fromEntries(figures), ...beside, hovers, clangd, explain, load: loadavg()[0] };
}

/** One question to an engine of its own. */
async function askOnce(request) {
  const engine = startEngine();
  try {
    return await engine.ask(request);
  } finally {
    engine.stop();
  }
}

/** What the shell's `times` says of its children: `0m0.71s 0m0.12s` in its second line. */
function childMilliseconds(text) {
  const spent = [...(text.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0);
}

/** The inspector's page, each measurement in a fresh process with a fresh browser. */
async function measureInspector() {
  buildExtension();
  const answers = {};
  for (const of of [10, 100, 1000, 10_000, 'scrub', 'ladder']) {
    const engine = startEngine();
    try {
      answers[of] = { load: loadavg()[0], ...(await engine.ask({ measure: 'inspector', of })) };
    } finally {
      engine.stop();
    }
  }
  return answers;
}

/** Reading an annotated document, in a fresh process. */
function measureDocument() {
  return askOnce({ measure: 'document' });
}

/**
 * Opening a kernel up to the first stop in inet_create: cold, and with the compiled program on disk; each in a fresh
 * process.
 */
async function measureOpening(folder, rounds) {
  const kernel = process.env.SOCKSCOPE_KERNEL ? resolve(process.env.SOCKSCOPE_KERNEL) : undefined;
  const store = join(folder, 'images');
  const opening = async (request) => {
    const answers = [];
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      const engine = startEngine();
      try {
        answers.push(await engine.ask({ measure: 'open', ...request }));
      } finally {
        engine.stop();
      }
    }
    return {
      milliseconds: median(answers.map(({ milliseconds }) => milliseconds)),
      peakMiB: median(answers.map(({ peakMiB }) => peakMiB)),
    };
  };
  const both = async (tree) => {
    const cold = await opening({ kernel: tree });
    // One that is not counted fills the store.
    const engine = startEngine();
    try {
      await engine.ask({ measure: 'open', kernel: tree, store });
    } finally {
      engine.stop();
    }
    return { cold, cached: await opening({ kernel: tree, store }) };
  };
  return { bundled: await both(undefined), ...(kernel ? { tree: await both(kernel) } : {}) };
}

/** Connections on the bundled kernel and on the tree, each measurement in a fresh process: rounds of a thousand, then ten and fifty thousand once. */
async function measureLoad(rounds) {
  const kernel = process.env.SOCKSCOPE_KERNEL ? resolve(process.env.SOCKSCOPE_KERNEL) : undefined;
  const both = {};
  for (const [name, tree] of Object.entries(kernel ? { bundled: undefined, tree: kernel } : { bundled: undefined })) {
    const answers = [];
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      const engine = startEngine();
      try {
        answers.push(await engine.ask({ measure: 'connections', kernel: tree, count: 1000 }));
      } finally {
        engine.stop();
      }
    }
    const many = [];
    for (const count of [10_000, 50_000]) {
      const engine = startEngine();
      try {
        many.push(await engine.ask({ measure: 'connections', kernel: tree, count }));
      } finally {
        engine.stop();
      }
    }
    both[name] = {
      ...answers[0],
      milliseconds: median(answers.map(({ milliseconds }) => milliseconds)),
      many,
    };
  }
  return both;
}

/**
 * 512 KB through the loopback device: the bundled kernel here and, by the same C, natively; the tree here only. Native
 * rounds run before and after. Each side's figure is the median of its rounds.
 */
async function measureTransfer(folder, rounds) {
  const native = nativeTransfer(folder);
  const kernel = process.env.SOCKSCOPE_KERNEL ? resolve(process.env.SOCKSCOPE_KERNEL) : undefined;
  const both = {};
  for (const [name, tree] of Object.entries(kernel ? { bundled: undefined, tree: kernel } : { bundled: undefined })) {
    const times = { gcc: [], engine: [] };
    let statements = 0;
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      const before = tree || !native ? [] : native(16, 100);
      const engine = startEngine();
      try {
        const ours = await engine.ask({ measure: 'transfer', kernel: tree, rounds: 200 });
        if (before.length > 0 && before[0].sum !== ours.sum) {
          throw new Error(`transfer: gcc's receiver has the sum ${before[0].sum}, the engine's ${ours.sum}`);
        }
        times.engine.push(...ours.milliseconds);
        statements = ours.statements;
      } finally {
        engine.stop();
      }
      const after = tree || !native ? [] : native(16, 100);
      times.gcc.push(...[...before, ...after].map(({ milliseconds }) => milliseconds));
    }
    const milliseconds = median(times.engine);
    const gcc = times.gcc.length > 0 ? median(times.gcc) : undefined;
    both[name] = { statements, milliseconds, ...report.narrowFigures(programs32(), gcc, milliseconds) };
  }
  return both;
}

async function bundleEngine() {
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: { 'bench-engine': join(root, 'bench', 'engine.ts') },
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['playwright-core'],
    alias: { 'web-tree-sitter': join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs') },
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'warning',
  });
}

/** Without gcc there is nothing to compare with. */
function requireGcc() {
  if (spawnSync('gcc', ['--version'], { stdio: 'ignore' }).status !== 0) {
    note(
      'bench: there is no gcc, which the engine is compared with; install gcc (--open, --load and --document do without)',
    );
    process.exit(2);
  }
}

const starts = (folder, rounds) =>
  measureStart(
    folder,
    Math.min(rounds, 5),
    startEngine,
    process.env.SOCKSCOPE_KERNEL ? resolve(process.env.SOCKSCOPE_KERNEL) : undefined,
  );

const print = (lines) => lines.forEach((line) => console.log(line));

function printAll({ kernels: rows, geometricMeanRelativeSpeed, session, ...results }) {
  const { stops, document, history, start, opening, load, transfer } = results;
  print(report.kernelLines(rows, geometricMeanRelativeSpeed, programs32()));
  print(report.sessionLines(session));
  print(report.stopLines(stops));
  print(report.documentLines(document));
  print(report.historyLines(history));
  print(report.startLines(start));
  print(report.openingLines(opening));
  print(report.loadLines(load));
  print(report.transferLines(transfer));
}

async function main() {
  const { values } = argumentsOf(import.meta.url, 'npm run bench', {
    options: {
      rounds: { type: 'string', default: '7' },
      open: { type: 'boolean', default: false },
      start: { type: 'boolean', default: false },
      load: { type: 'boolean', default: false },
      document: { type: 'boolean', default: false },
      history: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      million: { type: 'string', default: '100' },
      stops: { type: 'boolean', default: false },
      names: { type: 'boolean', default: false },
      inspector: { type: 'boolean', default: false },
    },
  });
  const rounds = Math.max(1, Number(values.rounds) || 7);
  requireModules();
  const { open, start, load, document, stops, history, names, inspector } = values;
  if (![open, start, load, document, stops, history, names, inspector].some(Boolean)) {
    requireGcc();
  }
  buildCli();
  await bundleEngine();
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-bench-'));
  try {
    if (values.start) {
      print(report.startLines(await starts(folder, rounds)));
      return;
    }
    if (values.open) {
      print(report.openingLines(await measureOpening(folder, rounds)));
      return;
    }
    if (values.stops) {
      print(report.stopLines(await measureStops(folder, rounds)));
      return;
    }
    if (values.history) {
      print(report.historyLines(await measureHistory()));
      if (values.long) {
        print(report.memoryLines(await measureHistoryMemory(Number(values.million) * 1_000_000)));
      }
      return;
    }
    if (names) {
      print(report.namesLines(await measureNames(folder, rounds)));
      return;
    }
    if (inspector) {
      print(report.inspectorLines(await measureInspector()));
      return;
    }
    if (values.document) {
      print(report.documentLines(await measureDocument()));
      return;
    }
    if (values.load) {
      print(report.loadLines(await measureLoad(rounds)));
      print(report.transferLines(await measureTransfer(folder, rounds)));
      return;
    }
    const rows = [];
    for (const kernel of kernels) {
      rows.push(await measureKernel(folder, kernel, rounds));
    }
    const results = {
      machine: {
        processor: cpus()[0]?.model ?? 'unknown',
        cores: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
        node: process.version,
        programs32: programs32().way,
      },
      rounds,
      kernels: rows,
      geometricMeanRelativeSpeed: geometricMean(rows.map(({ relativeSpeed }) => relativeSpeed)),
      session: await measureSession(rounds),
      stops: await measureStops(folder, rounds),
      document: await measureDocument(),
      history: await measureHistory(),
      start: await starts(folder, rounds),
      opening: await measureOpening(folder, rounds),
      load: await measureLoad(rounds),
      transfer: await measureTransfer(folder, rounds),
    };
    printAll(results);
    mkdirSync(join(root, 'bench', 'results'), { recursive: true });
    writeFileSync(join(root, 'bench', 'results', 'latest.json'), `${JSON.stringify(results, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  note(`bench: ${error.message}`);
  process.exitCode = 1;
});
