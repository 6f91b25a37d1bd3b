/**
 * `npm run fuzz`: inputs that nobody writes, through the command line. Each must end with status 0, 1 or 2, without a
 * stack trace or an internal error, within 5 s of processor time and 600 MB.
 *
 *   npm run fuzz                                  ten minutes' worth of all kinds, seed 1
 *   npm run fuzz -- --seconds 0                   all: 2,000 C files, scripts, programs and documents, 1,000 oracle cases and packs, 300 trees
 *   npm run fuzz -- --kind scripts --count 200    of one kind (c, scripts, json, packs, trees, programs, documents); --kind may be repeated
 *   npm run fuzz -- --seed 7 --first 120 --count 1   one case again, as reports name it
 *   npm run fuzz -- --kind dap --count 20000      the debug adapter instead: requests at random in ten sessions
 *   SOCKSCOPE_KERNEL=DIR                          damages copies of that tree too; half of the adapter's sessions run on it
 *
 *   --seconds N    begins no case after that time (600; 0: no bound)
 *   --keep DIR     where inputs that fail go, as found and reduced, with what was printed (test-results/fuzz)
 *   --jobs N       processes at once (half of the processors)
 *   --alone N      every Nth case also runs in a process of its own (20)
 *   --slack N      processor seconds more that a run may take (0): a processor that is shared gets less done in one
 *   --reduce N     tries that reducing one input may take (150; 0: none)
 *
 * Out: a line for each fault, a table at the end: cases, statuses, faults, the most processor time and memory of a run.
 * Exit status 1 when there was a fault, 2 for wrong usage. The same seed gives the same cases.
 *
 * A case runs in a process that lives long, then, when that went wrong, in one of its own: what it shows there counts;
 * what it shows only in the first is counted too when it is no matter of time and memory, and called "after others".
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { argumentsOf } from './arguments.mjs';
import { ensureModules, note } from './ensure.mjs';
import { fuzzAdapter } from './fuzz/adapter.mjs';
import { kinds, layOut, makeCase } from './fuzz/cases.mjs';
import { buildWorker, runAlone, Worker } from './fuzz/processes.mjs';
import { reduceList, reduceText } from './fuzz/reduce.mjs';
import { root } from './fuzz/sources.mjs';
import { filesOf, prepareTrees } from './fuzz/trees.mjs';
import { allowed, sameFault, verdictOf } from './fuzz/verdict.mjs';

function parsed() {
  return argumentsOf(import.meta.url, 'npm run fuzz', {
    options: {
      seed: { type: 'string', default: '1' },
      kind: { type: 'string', multiple: true, default: Object.keys(kinds) },
      count: { type: 'string' },
      first: { type: 'string', default: '0' },
      seconds: { type: 'string', default: '600' },
      keep: { type: 'string', default: join(root, 'test-results', 'fuzz') },
      jobs: { type: 'string', default: String(Math.ceil(availableParallelism() / 2)) },
      alone: { type: 'string', default: '20' },
      slack: { type: 'string', default: '0' },
      reduce: { type: 'string', default: '150' },
    },
  }).values;
}

function readOptions() {
  const values = parsed();
  const numbers = Object.fromEntries(
    [
      'seed',
      'first',
      'seconds',
      'jobs',
      'alone',
      'slack',
      'reduce',
      ...(values.count === undefined ? [] : ['count']),
    ].map((name) => [name, Number(values[name])]),
  );
  const wrong = Object.entries(numbers).find(([, number]) => !(number >= 0));
  const isAdapter = values.kind.length === 1 && values.kind[0] === 'dap';
  const unknown = isAdapter ? undefined : values.kind.find((kind) => !Object.hasOwn(kinds, kind));
  if (wrong || unknown) {
    note(unknown ? `--kind takes ${Object.keys(kinds).join(', ')}, or dap alone` : `--${wrong[0]} takes a number`);
    process.exit(2);
  }
  return { ...numbers, kinds: values.kind, keep: values.keep };
}

/** Requests to the debug adapter, and the table of its sessions. */
async function fuzzDap({ seed, count = 20_000, jobs }) {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--quiet', '--only=cli'], {
    stdio: ['ignore', 2, 2],
  });
  const scratch = mkdtempSync(join(tmpdir(), 'sockscope-fuzz-'));
  try {
    const environment = { ...process.env, SOCKSCOPE_CACHE: scratch };
    const { requests, faults, memory } = await fuzzAdapter({ seed, requests: count, environment, jobs });
    faults.forEach((fault) => console.log(fault));
    const megabytes = memory.map(({ early, late }) => `${Math.round(early / 1e6)} → ${Math.round(late / 1e6)}`);
    console.log(
      `${requests} requests in ${memory.length} sessions, ${faults.length} faults; MB of memory: ${megabytes.join(', ')}`,
    );
    process.exitCode = faults.length > 0 ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Cases of all kinds, mixed in proportion, so that a run cut short has seen some of each. */
function plan(options) {
  const wanted = options.kinds.map((kind) => ({ kind, count: options.count ?? kinds[kind].count }));
  return wanted
    .flatMap(({ kind, count }) =>
      Array.from({ length: count }, (_, index) => ({ kind, index: options.first + index, at: (index + 0.5) / count })),
    )
    .sort((one, two) => one.at - two.at);
}

class Fuzzer {
  constructor(options, scratch) {
    this.options = options;
    this.scratch = scratch;
    this.counts = new Map(
      options.kinds.map((kind) => [kind, { cases: 0, statuses: {}, faults: 0, processor: 0, resident: 0 }]),
    );
    this.known = new Map();
  }

  /** What the undamaged trees cost is no fault of the damage. */
  async prepare() {
    if (!this.options.kinds.includes('trees')) {
      return;
    }
    const folder = join(this.scratch, 'trees');
    const names = prepareTrees(folder, ['small', 'bundled', 'real']);
    this.trees = {
      folder,
      names,
      files: Object.fromEntries(names.map((name) => [name, filesOf(join(folder, name))])),
    };
    this.costs = {};
    for (const name of names) {
      const { processor } = await runAlone(folder, ['doctor', name], { processor: 120, resident: 2e9 });
      this.costs[join(folder, name)] = processor;
    }
  }

  limits(each) {
    return { processor: allowed.processor + 2 + this.more(each), resident: 1.2e9 };
  }

  more(each) {
    return this.options.slack + (each.tree === undefined ? 0 : this.costs[each.tree]);
  }

  /** The first fault of a case's runs. `run` is how one command line is run. */
  async faultOf(each, folder, run, count) {
    layOut(each, folder);
    for (const words of each.runs) {
      const result = await run(folder, words, this.limits(each));
      count?.(result);
      const verdict = verdictOf(result, words, this.more(each)) ?? each.judge?.(result, words);
      if (verdict) {
        return { ...verdict, words, result };
      }
    }
    return undefined;
  }

  async tryCase({ kind, index }, worker, folder) {
    const each = makeCase(kind, this.options.seed, index, this.trees);
    const counts = this.counts.get(kind);
    counts.cases++;
    const count = ({ status, signal, processor, resident }) => {
      const key = signal ?? status ?? 'none';
      counts.statuses[key] = (counts.statuses[key] ?? 0) + 1;
      counts.processor = Math.max(counts.processor, processor);
      counts.resident = Math.max(counts.resident, resident);
    };
    const inWorker = (...args) => worker.run(...args);
    const results = [];
    const first = await this.faultOf(each, folder, inWorker, (result) => results.push(result));
    const known = first && this.known.has(keyOf(kind, first));
    const again = !known && (first !== undefined || index % this.options.alone === 0);
    const alone = again ? await this.faultOf(each, folder, runAlone, count) : undefined;
    if (!again) {
      results.forEach(count);
    }
    const late = first && !known && !['time', 'memory'].includes(first.fault) ? { ...first, late: true } : undefined;
    const fault = known ? first : (alone ?? late);
    if (fault) {
      counts.faults++;
      // Reduced where it shows soonest.
      await this.tell(kind, index, each, fault, sameFault(first, fault) ? inWorker : runAlone, folder);
    }
  }

  async tell(kind, index, each, fault, run, folder) {
    const key = keyOf(kind, fault);
    const seen = (this.known.get(key) ?? 0) + 1;
    this.known.set(key, seen);
    const { seed } = this.options;
    const late = fault.late ? ' (after others)' : '';
    console.log(`${kind} ${seed}/${index}: ${fault.fault}${late}: ${fault.detail} [${each.about.slice(0, 120)}]`);
    const place = join(this.options.keep, `${kind}-${seed}-${index}`);
    const canReduce = seen === 1 && this.options.reduce > 0 && fault.fault !== 'other functions';
    const smaller = canReduce ? await this.reduced(each, fault, run, folder) : undefined;
    keepCase(smaller ?? each, join(place, smaller ? 'reduced' : 'found'), folder);
    if (smaller) {
      keepCase(each, join(place, 'found'), folder);
    }
    const { result, words } = fault;
    writeFileSync(
      join(place, 'what.txt'),
      `${key}${late}\nsockscope ${words.join(' ')}\n${each.about}\nstatus ${result.status} ${result.signal ?? ''}, ${result.processor} s, ${result.resident} bytes\n\n${result.thrown ?? ''}\n${result.err.slice(-5000)}\n`,
    );
  }

  async reduced(each, fault, run, folder) {
    const slow = ['time', 'memory', 'hang'].includes(fault.fault);
    const budget = { questions: slow ? Math.ceil(this.options.reduce / 15) : this.options.reduce };
    const runs = [fault.words];
    const holds = async (candidate) => sameFault(await this.faultOf({ ...candidate, runs }, folder, run), fault);
    if (each.damages) {
      const damages = await reduceList(each.damages, (list) => holds({ ...each, damages: list }), budget);
      return { ...each, runs, damages };
    }
    return { ...each, runs, data: await reduceText(each.data, (data) => holds({ ...each, data }), budget) };
  }

  table() {
    const rows = [...this.counts].map(([kind, { cases, statuses, faults, processor, resident }]) => [
      kind,
      String(cases),
      Object.entries(statuses)
        .map(([status, count]) => `${status}: ${count}`)
        .join(', '),
      String(faults),
      `${processor.toFixed(1)} s`,
      `${Math.round(resident / 1e6)} MB`,
    ]);
    const heads = ['kind', 'cases', 'statuses', 'faults', 'most time', 'most memory'];
    const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)));
    return [heads, ...rows].map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  }
}

/** Faults with the same key are one. */
function keyOf(kind, { fault, detail }) {
  return `${kind}: ${fault}: ${detail}`;
}

function keepCase(each, place, folder) {
  layOut(each, folder);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  if (each.damages) {
    writeFileSync(
      join(place, 'damages.json'),
      `${JSON.stringify({ tree: each.tree, damages: each.damages }, undefined, 1)}\n`,
    );
    const touched = each.damages.map(({ path }) => path).filter((path) => existsSync(join(folder, 'tree', path)));
    for (const path of touched) {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      // Two damages may have met in one file, and a link to a device is not copied over itself.
      rmSync(join(place, path), { recursive: true, force: true });
      cpSync(join(folder, 'tree', path), join(place, path), { recursive: true, verbatimSymlinks: true });
    }
  } else {
    cpSync(folder, place, { recursive: true });
  }
}

async function main() {
  const options = readOptions();
  const missing = ensureModules();
  if (missing.length > 0) {
    note(missing.join('\n'));
    process.exit(2);
  }
  if (options.kinds[0] === 'dap') {
    await fuzzDap(options);
    return;
  }
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--quiet', '--only=cli'], {
    stdio: ['ignore', 2, 2],
  });
  await buildWorker();
  const scratch = mkdtempSync(join(tmpdir(), 'sockscope-fuzz-'));
  const fuzzer = new Fuzzer(options, scratch);
  const cases = plan(options);
  let end = options.seconds > 0 ? Date.now() + options.seconds * 1000 : Infinity;
  // Interrupted once: the cases begun come to their end, and the table is shown.
  process.once('SIGINT', () => (end = 0));
  const job = async (_, number) => {
    const workers = Object.fromEntries(options.kinds.map((kind) => [kind === 'trees' ? 'trees' : 'texts', undefined]));
    Object.keys(workers).forEach((name) => (workers[name] = new Worker(name)));
    try {
      for (let each = cases.shift(); each && Date.now() < end; each = cases.shift()) {
        const worker = workers[each.kind === 'trees' ? 'trees' : 'texts'];
        await fuzzer.tryCase(each, worker, join(scratch, `case-${number}`));
      }
    } finally {
      Object.values(workers).forEach((worker) => worker.stop());
    }
  };
  const planned = cases.length;
  const progress = setInterval(() => note(`${planned - cases.length} of ${planned} cases begun`), 60_000);
  try {
    await fuzzer.prepare();
    await Promise.all(Array.from({ length: options.jobs }, job));
  } finally {
    clearInterval(progress);
    rmSync(scratch, { recursive: true, force: true });
  }
  fuzzer.table().forEach((line) => console.log(line));
  if (cases.length > 0) {
    console.log(`${cases.length} cases not run (--seconds, or interrupted)`);
  }
  const faults = [...fuzzer.counts.values()].reduce((sum, each) => sum + each.faults, 0);
  if (faults > 0) {
    console.log(`kept in ${options.keep}`);
  }
  process.exitCode = faults > 0 ? 1 : 0;
}

await main();
