/** How `npm run mutate` calls Stryker; what varies comes from `scripts/mutate.mjs` through the environment. */
import { fileURLToPath } from 'node:url';

const { SOCKSCOPE_MUTATE_FILES, SOCKSCOPE_MUTATE_REPORT, SOCKSCOPE_MUTATE_WORKERS } = process.env;

export default {
  mutate: JSON.parse(SOCKSCOPE_MUTATE_FILES ?? '[]'),
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/mutate/vitest.config.mts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', fileURLToPath(new URL('./sample-checker.mjs', import.meta.url))],
  checkers: ['sample'],
  coverageAnalysis: 'perTest',
  // What is computed when a file is loaded belongs to no test: all of them would have to run for each change.
  ignoreStatic: true,
  concurrency: Number(SOCKSCOPE_MUTATE_WORKERS ?? 1),
  // A busy machine may take its time for the first run of all tests.
  dryRunTimeoutMinutes: 40,
  timeoutMS: 30_000,
  disableTypeChecks: true,
  ignorePatterns: ['dist', 'out', 'bench', 'coverage', '.vscode-test', 'test/vscode', 'test/webview', 'test/native'],
  tempDirName: 'test-results/mutate/sandbox',
  cleanTempDir: 'always',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: SOCKSCOPE_MUTATE_REPORT },
  allowEmpty: true,
  logLevel: 'warn',
};
