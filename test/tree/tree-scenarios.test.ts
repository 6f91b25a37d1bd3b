/**
 * Every bundled scenario on a real Linux 2.4, of whatever version, where `SOCKSCOPE_KERNEL` names one: what a scenario
 * says of a Linux tree holds too, faults included.
 */
import { given } from '../../src/base/checked-access';
import { beforeAll, describe, expect, test } from 'vitest';
import { runScript } from '../../src/facade/check-script';
import { diskTree } from '../../src/hosts/disk-tree';
import { listScenarios } from '../../src/scenario/scenario-list';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from './tree-fixture';

const media = mediaTexts();

describe.skipIf(!realTree)('bundled scenarios on a Linux tree', () => {
  let program: Program;
  beforeAll(async () => {
    const kernel = { loader: diskTree(given(realTree, 'real tree')), name: 'tree' };
    program = given(
      (await openProgram({ media, wasm: wasmFiles(), cache: new ProgramCache(), kernel })).program,
      'program',
    );
  });

  test.each(listScenarios(media).map(({ file }) => file))('%s', async (path) => {
    const result = await runScript(new SourceFile(path, media[path]!), program, {
      macros: new Map(),
      rewrites: [],
      budget: 50_000_000,
    });
    expect({ ...result, calls: undefined }).toEqual({ id: path, passed: true, calls: undefined });
  });
});
