/**
 * Stryker's checker that lets only the chosen changes through. In: the keys in the file that SOCKSCOPE_MUTATE_CHOICE
 * names. Out: the others count as not compiling, so that they neither run nor enter the score.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PluginKind, declareFactoryPlugin } from '@stryker-mutator/api/plugin';
import { keyOf } from './choice.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

function sampleChecker() {
  let chosen = new Set();
  return {
    init: () => {
      chosen = new Set(JSON.parse(readFileSync(process.env.SOCKSCOPE_MUTATE_CHOICE, 'utf8')));
      return Promise.resolve();
    },
    group: (mutants) => Promise.resolve([mutants.map(({ id }) => id)]),
    check: (mutants) =>
      Promise.resolve(
        Object.fromEntries(
          mutants.map((mutant) => [
            mutant.id,
            chosen.has(keyOf(mutant, root)) ? { status: 'passed' } : { status: 'compileError', reason: 'not drawn' },
          ]),
        ),
      ),
  };
}
sampleChecker.inject = [];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, 'sample', sampleChecker)];
