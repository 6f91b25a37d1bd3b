/**
 * What must hold of every tree, whole or broken: of `SOCKSCOPE_KERNEL` and of each folder in `SOCKSCOPE_TREES` (as in a
 * PATH). No summary says more than its details; what is not whole has no layout; what is no 2.4 is told.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';
import { ProgramFacts } from '../../src/query/program-facts';
import { doctorLines } from '../../src/trees/doctor-text';
import { identifyTree } from '../../src/trees/identify-tree';
import { examineTree } from '../../src/trees/kernel-doctor';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from './tree-fixture';

const trees = [realTree ?? '', ...(process.env['SOCKSCOPE_TREES'] ?? '').split(delimiter)].filter(
  (path) => path !== '',
);
const media = mediaTexts();

describe.skipIf(trees.length === 0)('every tree', () => {
  test.each(trees)('%s', async (folder) => {
    const loader = diskTree(folder);
    const kind = identifyTree(loader, folder);
    if ('severity' in kind) {
      expect(english(kind.message)).toMatch(/^this is /);
      return;
    }
    const cache = new ProgramCache();
    const { program, diagnostics } = await openProgram({
      media,
      wasm: wasmFiles(),
      cache,
      kernel: { loader, name: folder },
    });
    const health = examineTree(kind, program, diagnostics);
    const { errors, errorPlaces, compiled, whole, damages, functions } = health;
    expect(errorPlaces.compiled + errorPlaces.uncalled + errorPlaces.elsewhere).toBe(errors);
    expect(errorPlaces.compiled > 0).toBe(whole < compiled);
    const lines = doctorLines(health).map(({ en }) => en);
    expect(itemAt(lines, 0).endsWith('can be stepped')).toBe(functions.every(({ steppable }) => steppable === 'yes'));
    expect(lines.filter((line) => line.startsWith('not whole: '))).toHaveLength(damages.length);
    const facts = new ProgramFacts(given(program, 'program').image.debug);
    for (const record of damages.flatMap(({ record: owner, others }) => [owner, ...others])) {
      expect(facts.damageOf(facts.record(record)), record).toBeDefined();
    }
  });
});
