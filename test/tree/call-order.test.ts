/**
 * The order in which things happen to processes: on the bundled kernel as on a real 2.4.0, where `SOCKSCOPE_KERNEL`
 * names one. In: every bundled scenario. Compared: calls, returns, sleeps, forks and ends of processes, in one row.
 */
import { given } from '../../src/base/checked-access';
import { beforeAll, describe, expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { PktRunner } from '../../src/scenario/pkt-runner';
import { scenarioOn } from '../../src/scenario/pkt-variants';
import { runWorkload } from '../../src/scenario/run-workload';
import { listScenarios } from '../../src/scenario/scenario-list';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from './tree-fixture';

const media = mediaTexts();
const BUDGET = 50_000_000;
const COMPARED: ReadonlySet<string> = new Set(['call', 'return', 'sleep', 'fork', 'exit']);

/** Scenarios in which the kernels differ on purpose, as their texts say. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  ['busy-sock', 'without memory for the FIN tcp_send_fin sleeps; it yields in 2.4.0'],
  ['busy-timers', 'the same'],
  ['init-fails', '2.4.0 frees what was never set up'],
  ['interrupted-transfer', 'a sender whose time is over goes on in 2.4.0'],
  ['raw-own-header', '2.4.0 takes packets that are shorter than a header'],
  ['tcp-options', 'SIOCATMARK belongs to urgent data'],
  ['udp-waits', 'a reader that shutdown wakes goes round for ever in 2.4.0'],
]);

async function happenings(path: string, program: Program): Promise<readonly string[]> {
  const { scenario } = parseScenario(new SourceFile(path, media[path]!));
  const { machine } = await runWorkload(
    program.image,
    (kernel, host) => new PktRunner(scenarioOn(scenario, program.entries?.version), kernel, host),
    { budget: BUDGET, entries: program.entries },
  );
  return machine.journal
    .filter(({ event }) => COMPARED.has(event))
    .map((entry) =>
      [
        entry.event,
        'pid' in entry ? entry.pid : undefined,
        'text' in entry ? entry.text : undefined,
        'value' in entry ? entry.value : undefined,
      ]
        .filter((each) => each !== undefined)
        .join(' '),
    );
}

describe.skipIf(!realTree)('what happens to processes, on a Linux tree', () => {
  let tree: Program;
  let bundled: Program;
  beforeAll(async () => {
    const options = { media, wasm: wasmFiles() };
    const kernel = { loader: diskTree(given(realTree, 'real tree')), name: 'tree' };
    tree = given((await openProgram({ ...options, cache: new ProgramCache(), kernel })).program, 'program');
    bundled = given((await openProgram({ ...options, cache: new ProgramCache() })).program, 'program');
  }, 120_000);

  const same = listScenarios(media).filter(({ name }) => !DIFFERENT.has(name));
  test.each(same.map(({ file }) => file))('%s', async (path) => {
    expect(await happenings(path, bundled)).toEqual(await happenings(path, tree));
  });
});
