/**
 * `SOCKSCOPE_CTESTSUITE=DIR npm run test:c`: runs the programs of c-testsuite through `sockscope cc`.
 *
 * In: a checkout of c-testsuite (its `tests/single-exec/NNNNN.c`, each with the output expected of it in
 * `NNNNN.c.expected`), or any folder of such pairs. Out: a line for each program that fails, with the reason, and `N
 * passed, N failed`. A program passes when it prints what is expected and returns 0. Exit status 1 when one fails, 2
 * without a folder.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCli } from './built.mjs';
import { note, requireModules } from './modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const limitMilliseconds = 30_000;

/** Runs one program; resolves with undefined when it passes, else with the reason. */
function runProgram(path) {
  const expected = readFileSync(`${path}.expected`, 'utf8');
  return new Promise((resolve) => {
    const options = { timeout: limitMilliseconds, killSignal: 'SIGKILL', maxBuffer: 16 << 20, encoding: 'utf8' };
    execFile(process.execPath, [join(root, 'dist', 'cli.js'), 'cc', path], options, (error, stdout, stderr) => {
      const complaint = stderr.split('\n').find((line) => line.trim() !== '') ?? '';
      if (error?.killed) {
        resolve(`ran longer than ${limitMilliseconds / 1000} s`);
      } else if (error) {
        resolve(`exit status ${error.code}: ${complaint}`);
      } else {
        resolve(stdout === expected ? undefined : `printed something else than expected ${complaint}`);
      }
    });
  });
}

async function main() {
  const given = process.env.SOCKSCOPE_CTESTSUITE;
  const folder = given && [join(given, 'tests', 'single-exec'), given].find((each) => existsSync(each));
  if (!folder) {
    note('set SOCKSCOPE_CTESTSUITE to a checkout of c-testsuite');
    process.exit(2);
  }
  requireModules();
  buildCli();
  const programs = readdirSync(folder)
    .filter((name) => name.endsWith('.c') && existsSync(join(folder, `${name}.expected`)))
    .sort();
  const reasons = new Map();
  const waiting = [...programs];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      reasons.set(name, await runProgram(join(folder, name)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const failed = programs.filter((name) => reasons.get(name) !== undefined);
  for (const name of failed) {
    console.log(`${name}: ${reasons.get(name)}`);
  }
  console.log(`${programs.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 || programs.length === 0 ? 1 : 0;
}

await main();
