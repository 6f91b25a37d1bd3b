/**
 * The test suites, as vitest projects.
 *
 * In: `test/**`. Out: five projects, each run alone with `npx vitest run --project NAME`, all by `npm test`:
 *   unit    everything not named below; needs nothing but the dependencies
 *   tidy    rules about the source tree itself
 *   native  compares with `gcc -m32`; needs gcc-multilib, and qemu-user where 32-bit programs do not run
 *   webview the inspector's page in headless Chromium
 *   vscode  drives a real VS Code in a headless browser (files `*.suite.ts`); needs what scripts/vscode-host.mjs installs
 * A path works too: `npx vitest run test/preprocess`.
 */
import { defineConfig } from 'vitest/config';

/** No test is about speed: these only end what hangs, also on one slow core and where C runs through an emulator. */
const patient = { testTimeout: 900_000, hookTimeout: 900_000 };
/** For suites that look at a page: what must appear may take its time. */
const page = { ...patient, expect: { poll: { timeout: 180_000, interval: 100 } } };

export default defineConfig({
  test: {
    // Two cores are the machine to plan for; more workers than cores only add memory.
    maxWorkers: 2,
    // A golden file that is missing fails; `npm run goldens` writes it.
    update: 'none',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/tidy/**', 'test/native/**', 'test/webview/**', 'test/vscode/**'],
          // Nothing is kept in the user's folder; tests that look at what is kept name one.
          env: { SOCKSCOPE_CACHE: '' },
          ...patient,
        },
      },
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'], ...patient } },
      { test: { name: 'webview', include: ['test/webview/**/*.test.ts'], ...page } },
      { test: { name: 'native', include: ['test/native/**/*.test.ts'], ...patient } },
      {
        test: { name: 'vscode', include: ['test/vscode/**/*.suite.ts'], ...page, fileParallelism: false },
      },
    ],
  },
});
