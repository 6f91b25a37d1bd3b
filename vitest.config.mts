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

/** For suites that wait for other programs: what must appear may take its time on a loaded machine. */
const slow = { testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000, interval: 100 } } };
/** Where 32-bit programs run through an emulator, and on any machine: a limit only ends what hangs. */
const emulated = { testTimeout: 900_000, hookTimeout: 900_000 };

export default defineConfig({
  test: {
    // Two cores are the machine to plan for; more workers than cores only add memory.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/tidy/**', 'test/native/**', 'test/webview/**', 'test/vscode/**'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'webview', include: ['test/webview/**/*.test.ts'], ...slow } },
      { test: { name: 'native', include: ['test/native/**/*.test.ts'], ...emulated } },
      {
        test: { name: 'vscode', include: ['test/vscode/**/*.suite.ts'], ...slow, fileParallelism: false },
      },
    ],
  },
});
