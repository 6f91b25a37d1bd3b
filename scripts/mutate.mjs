/**
 * `npm run mutate -- FOLDER`: changes src/FOLDER in small ways, one at a time, and says which changes no test notices.
 *
 * In: a folder of `scripts/mutate/folders.json`, which names the tests that bear on it, and options:
 *   --files a,b    only files whose names begin so
 *   --sample N     only N of the changes, drawn by chance
 *   --seed S       another draw (1 unless given); the same seed draws the same changes of the same sources
 *   --workers N    so many changes at a time (1 unless given)
 * Out: for each file how many changes were noticed, then those that were not, with line and what was put there; the same
 * in `test-results/mutate/FOLDER.json`. Stryker does the work. Left aside are sentences for people (a test that repeats
 * them proves nothing) and what is computed once when a file is loaded (tables; every test would have to run for each).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { argumentsOf } from './arguments.mjs';
import { keyOf, mattersTo } from './mutate/choice.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results', 'mutate');
const folders = JSON.parse(readFileSync(join(root, 'scripts', 'mutate', 'folders.json'), 'utf8'));

const { values, positionals } = argumentsOf(import.meta.url, 'npm run mutate', {
  allowPositionals: true,
  options: {
    files: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
  },
});
const [folder] = positionals;
if (folder === undefined || folders[folder] === undefined || positionals.length > 1) {
  console.error(
    `npm run mutate -- FOLDER [--files a,b] [--sample N] [--seed S] [--workers N]; FOLDER is one of ${Object.keys(folders).join(', ')}`,
  );
  process.exit(2);
}

const silent = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, () => {}]),
);

/** Every change that can be made to the files, as Stryker will make them. */
async function allMutants(files) {
  const logger = { ...silent, isDebugEnabled: () => false };
  const sources = files.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: true };
  const { mutants } = await new Instrumenter(logger).instrument(sources, options);
  return mutants.filter((mutant) => mattersTo(mutant, readFileSync(mutant.fileName, 'utf8')));
}

/** N of them, in an order that only the seed and the change itself decide. */
function draw(mutants, count, seed) {
  const rank = (mutant) =>
    createHash('sha256')
      .update(`${seed}\n${keyOf(mutant, root)}`)
      .digest('hex');
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

/** Test files: those of a folder, or the one that is named. */
const tests = folders[folder].flatMap((path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(join(root, path), { recursive: true })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => posix.join(path, name)),
);

const wanted = values.files?.split(',');
const files = readdirSync(join(root, 'src', folder))
  .filter((name) => name.endsWith('.ts') && (!wanted || wanted.some((start) => name.startsWith(start))))
  .map((name) => join(root, 'src', folder, name));
const all = await allMutants(files);
const chosen = values.sample === undefined ? all : draw(all, Number(values.sample), values.seed);
console.log(
  `src/${folder}: ${files.length} files, ${all.length} changes${chosen.length < all.length ? `, ${chosen.length} of them drawn with seed ${values.seed}` : ''}`,
);

mkdirSync(results, { recursive: true });
const choice = join(results, `${folder}.choice.json`);
writeFileSync(choice, JSON.stringify(chosen.map((mutant) => keyOf(mutant, root))));
const report = join(results, `${folder}.json`);
rmSync(report, { force: true });
const touched = [...new Set(chosen.map(({ fileName }) => relative(root, fileName)))];
const started = Date.now();
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'),
    'run',
    'scripts/mutate/stryker.config.mjs',
  ],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      SOCKSCOPE_MUTATE_FILES: JSON.stringify(touched),
      SOCKSCOPE_MUTATE_TESTS: JSON.stringify(tests),
      SOCKSCOPE_MUTATE_CHOICE: choice,
      SOCKSCOPE_MUTATE_REPORT: report,
      SOCKSCOPE_MUTATE_WORKERS: values.workers,
      // A bundled kernel that one test compiled serves the others: no change is made to the compiler here.
      SOCKSCOPE_TEST_IMAGES: join(results, 'images'),
    },
  },
);
if (!existsSync(report)) {
  process.exit(status || 1);
}

/** Statuses that count as noticed. */
const noticed = new Set(['Killed', 'Timeout']);
const counted = new Set([...noticed, 'Survived', 'NoCoverage']);
const text = (source, { start, end }) => {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  return lines
    .join(' ')
    .slice(start.column - 1)
    .replace(/\s+/g, ' ');
};
const score = (mutants) => {
  const valid = mutants.filter(({ status: each }) => counted.has(each));
  const killed = valid.filter(({ status: each }) => noticed.has(each)).length;
  return {
    killed,
    valid: valid.length,
    percent: valid.length === 0 ? '-' : `${((100 * killed) / valid.length).toFixed(1)} %`,
  };
};
const { testFiles = {} } = JSON.parse(readFileSync(report, 'utf8'));
const silentTests = tests.filter((path) => !testFiles[path]);
if (silentTests.length > 0) {
  console.error(`these tests did not run, so that the figures below are too low: ${silentTests.join(', ')}`);
}
const reported = Object.entries(JSON.parse(readFileSync(report, 'utf8')).files);
for (const [path, { mutants }] of reported) {
  const { killed, valid, percent } = score(mutants);
  if (valid > 0) {
    console.log(
      `${percent.padStart(8)}  ${String(killed).padStart(4)} of ${String(valid).padEnd(4)}  ${basename(path)}`,
    );
  }
}
for (const [path, { source, mutants }] of reported) {
  for (const { location, replacement, status: each } of mutants) {
    if (each === 'Survived' || each === 'NoCoverage') {
      const short = (part) => (part.length > 90 ? `${part.slice(0, 90)}…` : part);
      const changed = `${short(text(source, location))}  →  ${short((replacement ?? '').replace(/\s+/g, ' '))}`;
      console.log(
        `${path}:${location.start.line}:${location.start.column} ${each === 'NoCoverage' ? '(no test) ' : ''}${changed}`,
      );
    }
  }
}
const { killed, valid, percent } = score(reported.flatMap(([, { mutants }]) => mutants));
console.log(
  `src/${folder}: ${percent}, ${killed} of ${valid} changes noticed, in ${Math.round((Date.now() - started) / 1000)} s`,
);
