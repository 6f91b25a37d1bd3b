/**
 * `npm run fuzz:c`: random C programs through our compiler and through `gcc -m32 -O0`; both must print the same
 * checksum.
 *
 *   npm run fuzz:c -- --count 300 --seed 1     programs of csmith with seeds 1, 2, …
 *
 * In: csmith and its headers (Debian: csmith, libcsmith-dev; installed here where that is possible), gcc -m32 and a way
 * to run what it makes (scripts/programs32.mjs). Out: a
 * line for each program that differs, with its seed, and `N passed, N failed, N skipped`: skipped are those gcc's
 * program does not finish in time (5 s; a minute where 32-bit programs run through qemu-i386). Programs that differ are kept in test-results/fuzz/. Exit status 1 when one
 * differs.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentsOf } from './arguments.mjs';
import { buildCli } from './built.mjs';
import { ensureSystem, installDebian, note } from './ensure.mjs';
import { requireModules } from './modules.mjs';
import { command32, programs32 } from './programs32.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const headers = ['/usr/include/csmith', '/usr/include/csmith-2.3.0', '/usr/local/include/csmith'];

/** Runs a program; resolves with how it ended and what it printed. */
function run(program, args, seconds) {
  return new Promise((resolve) => {
    const options = { timeout: seconds * 1000, killSignal: 'SIGKILL', maxBuffer: 16 << 20, encoding: 'utf8' };
    execFile(program, args, options, (error, stdout, stderr) =>
      resolve({ status: error ? (error.code ?? -1) : 0, killed: error?.killed === true, stdout, stderr }),
    );
  });
}

/** One seed: 'passed', 'skipped', or a sentence that says what differs. */
async function tryProgram(folder, include, seed) {
  const source = join(folder, `program-${seed}.c`);
  const binary = join(folder, `program-${seed}`);
  if ((await run('csmith', ['--seed', String(seed), '-o', source], 60)).status !== 0) {
    return 'skipped';
  }
  const compiled = await run('gcc', ['-m32', '-O0', '-w', '-I', include, '-o', binary, source], 120);
  const seconds = programs32().way === 'qemu' ? 60 : 5;
  const expected = compiled.status === 0 ? await run(...command32(binary), seconds) : compiled;
  if (expected.status !== 0) {
    return 'skipped';
  }
  // Some 50 times slower than native at worst, plus the compiler itself.
  const ours = await run(process.execPath, [join(root, 'dist', 'cli.js'), 'cc', source, '-I', include], 300);
  if (ours.status === 0 && ours.stdout === expected.stdout) {
    return 'passed';
  }
  mkdirSync(join(root, 'test-results', 'fuzz'), { recursive: true });
  await copyFile(source, join(root, 'test-results', 'fuzz', `program-${seed}.c`));
  const complaint = ours.stderr.split('\n').find((line) => line.trim() !== '');
  const printed = ours.killed
    ? 'did not finish'
    : (complaint ?? `printed ${JSON.stringify(ours.stdout.trim().slice(0, 60))}`);
  return `gcc printed ${JSON.stringify(expected.stdout.trim())}, ours ${printed}`;
}

async function main() {
  const { values } = argumentsOf(import.meta.url, 'npm run fuzz:c', {
    options: { count: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
  });
  const [count, first] = [Number(values.count), Number(values.seed)];
  if (!(count > 0 && Number.isInteger(first) && first >= 0)) {
    note('usage: npm run fuzz:c -- [--count N] [--seed N]');
    process.exit(2);
  }
  requireModules();
  const missing = [ensureSystem(['programs32']).get('programs32') ?? []].flat();
  if (missing.length === 0 && programs32().way === 'qemu') {
    note(programs32().sentence);
  }
  const csmithRuns = () => spawnSync('csmith', ['--version'], { stdio: 'ignore' }).status === 0;
  const includeFolder = () => headers.find((each) => existsSync(join(each, 'csmith.h')));
  const lacking = () =>
    new Map([
      ...(csmithRuns() ? [] : [['csmith', 'which makes the random programs']]),
      ...(includeFolder() ? [] : [['libcsmith-dev', 'the headers of csmith']]),
    ]);
  const hint = lacking().size > 0 ? installDebian(lacking()) : '';
  for (const [name, purpose] of lacking()) {
    missing.push(`${name} (${purpose}) is missing; install it${hint}`);
  }
  const include = includeFolder();
  if (missing.length > 0) {
    note(missing.join('\n'));
    process.exit(2);
  }
  buildCli();
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-fuzz-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  let next = first;
  const worker = async () => {
    for (let seed = next++; seed < first + count; seed = next++) {
      const verdict = await tryProgram(folder, include, seed);
      total[verdict in total ? verdict : 'failed']++;
      if (!(verdict in total)) {
        console.log(`seed ${seed}: ${verdict}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

await main();
