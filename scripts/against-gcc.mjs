/**
 * `npm run test:gcc -- DIR`: C programs that check themselves, as gcc's torture tests do, through `sockscope cc` and
 * through `gcc -m32 -O0`.
 *
 *   --budget N     statements that a program may take (100,000,000)
 *   --only A,B     these programs alone
 *
 * In: a folder whose `.c` files are programs, folders in it too; gcc -m32 and a way to run what it makes. Out: a Markdown
 * table of those that differ or are refused, by reason, and how many end as gcc's do (same status, same output). Where
 * gcc refuses a program, or its own does not end with status 0, the program does not count. Exit status 1 when one
 * differs or ends badly, 2 for wrong usage; what is refused with a diagnostic is no failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { argumentsOf } from './arguments.mjs';
import { buildCli } from './built.mjs';
import { buildWorker, Worker } from './fuzz/processes.mjs';
import { note, requireModules } from './modules.mjs';
import { command32, programs32 } from './programs32.mjs';

const limits = { processor: 60, resident: 1.2e9 };

/** What a test says that gcc is to be told: options of the language alone. */
function optionsOf(source) {
  const told = /dg-options\s+"([^"]*)"/.exec(source)?.[1] ?? '';
  return told.split(/\s+/).filter((option) => /^-(?:std|f|D)/.test(option));
}

/** How gcc's program ends: `{ status, out }`; undefined when there is none or it is not content with itself. */
function byGcc(path, folder) {
  const binary = join(folder, 'program');
  const options = optionsOf(readFileSync(path, 'latin1'));
  const made = spawnSync('gcc', ['-m32', '-O0', '-w', ...options, '-o', binary, path, '-lm'], { timeout: 120_000 });
  if (made.status !== 0) {
    return undefined;
  }
  const [program, args] = command32(binary);
  const ran = spawnSync(program, args, { cwd: folder, encoding: 'latin1', timeout: 60_000, input: '' });
  return ran.status === 0 ? { status: 0, out: ran.stdout } : undefined;
}

/** The first error in words that fit all programs with the same one: without names, numbers and advice. */
function reasonOf({ err, stopped, thrown }) {
  if (stopped ?? thrown) {
    return stopped ?? thrown;
  }
  const line = err.split('\n').find((each) => / error: /.test(each)) ?? err.split('\n')[0] ?? '';
  return line
    .replace(/^.*? error: /, '')
    .replace(/ \([^()]*\)(?= \[)/, '')
    .replace(/'[^' ]*' (?=is (?:not a valid|an imaginary) number)/, '… ');
}

/** 'same', or `{ kind, reason }`. */
async function compare(worker, path, folder, budget) {
  const expected = byGcc(path, folder);
  if (!expected) {
    return { kind: 'does not count' };
  }
  const ours = await worker.run(resolve(path, '..'), ['cc', basename(path), '--budget', budget], limits);
  if (ours.status === 0 && ours.out === expected.out) {
    return { kind: 'same' };
  }
  const refused = ours.status === 2 && !ours.thrown && / error: /.test(ours.err);
  const reason = ours.status === 0 ? 'other output' : reasonOf(ours);
  return { kind: refused ? 'refused' : 'differs', reason };
}

function tableOf(results) {
  const groups = new Map();
  for (const [name, { kind, reason }] of results) {
    if (kind === 'refused' || kind === 'differs') {
      const key = `${kind} | ${reason.replaceAll('|', '\\|')}`;
      groups.set(key, [...(groups.get(key) ?? []), name]);
    }
  }
  const rows = [...groups].sort(([a, x], [b, y]) => a.slice(0, 3).localeCompare(b.slice(0, 3)) || y.length - x.length);
  return [
    '| | first error | programs | |',
    '|---|---|---:|---|',
    ...rows.map(([key, names]) => `| ${key} | ${names.length} | ${names.join(', ')} |`),
  ];
}

async function main() {
  const { values, positionals } = argumentsOf(import.meta.url, 'npm run test:gcc', {
    allowPositionals: true,
    options: { budget: { type: 'string', default: '100000000' }, only: { type: 'string' } },
  });
  const [dir] = positionals;
  if (positionals.length !== 1 || !statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    note('npm run test:gcc -- DIR: a folder with C programs, such as gcc/testsuite/gcc.c-torture/execute');
    process.exit(2);
  }
  const found = programs32();
  if (found.way === 'none') {
    note(`npm run test:gcc: ${found.sentence}`);
    process.exit(2);
  }
  requireModules();
  buildCli();
  await buildWorker();
  const only = values.only?.split(',');
  const names = readdirSync(dir, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.c') && (!only || only.includes(name)))
    .sort();
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-gcc-'));
  const worker = new Worker('texts');
  const results = [];
  try {
    for (const name of names) {
      results.push([name, await compare(worker, join(dir, name), folder, values.budget)]);
      if (results.length % 100 === 0) {
        note(`${results.length} of ${names.length} programs`);
      }
    }
  } finally {
    worker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const count = (kind) => results.filter(([, result]) => result.kind === kind).length;
  console.log(tableOf(results).join('\n'));
  console.log(
    `\n${names.length} programs: ${count('same')} end as gcc's, ${count('refused')} refused, ` +
      `${count('differs')} differ, ${count('does not count')} do not count`,
  );
  process.exitCode = count('differs') > 0 || names.length === 0 ? 1 : 0;
}

await main();
