/**
 * `npm test`: everything that must hold, from a fresh clone, with no input.
 *
 * In: the repository. Out: one line per suite with its counts and its time, the full output of a suite that failed, and
 * as the last line `N passed, N failed` (`, N skipped` when some were). Exit status 1 when anything failed.
 *
 * A suite that cannot run here (no way to run what gcc -m32 makes, no VS Code) says which and why. Under `CI=true` that is a failure,
 * elsewhere it counts as skipped. Type check, lint and build count as one test each.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureHost, ensureModules, ensureSystem } from './ensure.mjs';
import { programs32 } from './programs32.mjs';
import { countTests } from './test-counts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const strict = process.env.CI === 'true';
const bin = (name) => join(root, 'node_modules', name);
const total = { passed: 0, failed: 0, skipped: 0 };
const began = Date.now();

/** No suite may run longer; a hanging one is killed and has failed. */
const limitMilliseconds = 60 * 60_000;

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Runs node with arguments; gives the exit status and all it printed, in order. */
function runNode(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    });
    let output = '';
    const timer = setTimeout(() => {
      output += `\nkilled: longer than ${limitMilliseconds / 60_000} minutes\n`;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    }, limitMilliseconds);
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, output });
    });
  });
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function record(name, counts, started, output) {
  for (const key of Object.keys(total)) {
    total[key] += counts[key] ?? 0;
  }
  const { passed = 0, failed = 0, skipped = 0 } = counts;
  const skips = skipped > 0 ? `, ${skipped} skipped` : '';
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (failed > 0) {
    say(`\n----- ${name} failed -----\n${output.trim()}\n----- end of ${name} -----\n`);
  }
  say(`${name.padEnd(10)} ${passed} ok, ${failed} not ok${skips} (${seconds} s)`);
}

/** A program whose exit status is the verdict: one test. */
async function check(name, args) {
  const started = Date.now();
  const { status, output } = await runNode(args);
  record(name, status === 0 ? { passed: 1 } : { failed: 1 }, started, output);
}

/** A vitest project: as many tests as its JSON report counts; a file that cannot be loaded is one failure. */
async function vitest(project) {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'sockscope-report-'));
  const report = join(folder, 'report.json');
  try {
    const { status, output } = await runNode([
      ...[bin('vitest/vitest.mjs'), 'run', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ]);
    record(project, countTests(readReport(report), status), started, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite whose needs may be missing: runs it, or says loudly why not. */
async function vitestIfPossible(project, missing) {
  if (missing.length === 0) {
    await vitest(project);
    return;
  }
  say(`\n!!!!! the suite "${project}" cannot run here:`);
  for (const sentence of missing) {
    say(`!!!!!   ${sentence}`);
  }
  record(project, strict ? { failed: 1 } : { skipped: 1 }, Date.now(), missing.join('\n'));
}

function finish() {
  say(`whole run: ${((Date.now() - began) / 1000).toFixed(0)} s`);
  const skips = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  say(`${total.passed} passed, ${total.failed} failed${skips}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

async function main() {
  const missingModules = ensureModules();
  if (missingModules.length > 0) {
    record('install', { failed: 1 }, began, missingModules.join('\n'));
    return finish();
  }
  try {
    accessSync(root, constants.W_OK);
    accessSync(join(root, 'node_modules'), constants.W_OK);
  } catch ({ message }) {
    record(
      'install',
      { failed: 1 },
      began,
      `the tests write into dist/ and node_modules/ (${message}); run them in a clone of your own`,
    );
    return finish();
  }
  // The slow installations run while the processor checks types.
  const hostReady = ensureHost();
  await Promise.all([
    check('typecheck', [bin('typescript/bin/tsc'), '--noEmit']),
    check('build', ['scripts/build.mjs']),
  ]);
  await Promise.all([
    check('format', [bin('prettier/bin/prettier.cjs'), '--check', '.']),
    check('lint', [bin('eslint/bin/eslint.js'), '--max-warnings=0', '.']),
    vitest('tidy'),
  ]);
  await vitest('unit');
  const missingSystem = ensureSystem();
  const missingHost = await hostReady;
  const lacks = (...names) => names.flatMap((name) => missingSystem.get(name) ?? []);
  if (programs32().way === 'qemu') {
    say(`native: ${programs32().sentence}`);
  }
  await vitestIfPossible('native', lacks('programs32'));
  await vitestIfPossible('webview', lacks('browser', 'font'));
  await vitestIfPossible('vscode', [...lacks('browser', 'font'), ...missingHost]);
  finish();
}

await main();
