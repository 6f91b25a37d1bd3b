/**
 * Heavy use of a real Linux 2.4.0, where `SOCKSCOPE_KERNEL` names one: bulk transfer, timers, echoes, a thousand
 * connections. Two runs leave the same bytes in all of memory and tell the same journal; afterwards the slab holds what
 * it held after boot.
 */
import { given } from '../../src/base/checked-access';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { bulkTransfer, connections, echoes } from '../../bench/workloads';
import { diskTree } from '../../src/hosts/disk-tree';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { PktRunner } from '../../src/scenario/pkt-runner';
import { runWorkload, type WorkloadRun } from '../../src/scenario/run-workload';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { SourceFile } from '../../src/source/source-file';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from './tree-fixture';

/** Ticks a second. */
const HZ = 100;
/** Heads of freed buffers that 2.4.0 keeps by design (sysctl_hot_list_len of net/core/skbuff.c). */
const hotList = 128;

interface Outcome {
  readonly failures: unknown;
  readonly end: string;
  readonly statements: number;
  readonly ticks: number;
  /** Live objects by cache, those that the scenario's processes and kept buffer heads account for aside. */
  readonly slab: Readonly<Record<string, number>>;
  readonly digest: string;
}

describe.skipIf(!realTree)('Linux 2.4.0 under load', () => {
  let program: Program;
  let booted: Outcome;
  beforeAll(async () => {
    const kernel = { loader: diskTree(given(realTree, 'real tree')), name: 'tree' };
    program = given(
      (await openProgram({ media: mediaTexts(), wasm: wasmFiles(), cache: new ProgramCache(), kernel })).program,
      'program',
    );
    booted = await run('0 close(3) = -1 EBADF\n');
  });

  async function run(text: string): Promise<Outcome> {
    const { scenario, diagnostics } = parseScenario(new SourceFile('load.pkt', text));
    expect(diagnostics).toEqual([]);
    return outcomeOf(
      await runWorkload(program.image, (kernel, host) => new PktRunner(scenario, kernel, host), {
        entries: program.entries,
        budget: 1_000_000_000,
      }),
    );
  }

  function outcomeOf({ workload, kernel, machine, stop }: WorkloadRun<PktRunner>): Outcome {
    const caches = kernel.slab.slab
      .statistics()
      .filter(
        ({ name, live }) => live > 0 && name !== 'task_struct' && !(name === 'skbuff_head_cache' && live <= hotList),
      );
    const { memory, map } = machine;
    const digest = createHash('sha256').update(
      JSON.stringify(machine.journal, (_key, value: unknown) => (value instanceof Uint8Array ? [...value] : value)),
    );
    digest.update(memory.read(0, Math.max(map.stacksEnd, machine.heapHigh)));
    return {
      failures: workload.failures,
      end: stop.kind,
      statements: machine.clock,
      ticks: memory.u32(machine.host.globalAddress('jiffies')!),
      slab: Object.fromEntries(caches.map(({ name, live }) => [name, live])),
      digest: digest.digest('hex'),
    };
  }

  async function check(text: string, seconds: number): Promise<void> {
    const first = await run(text);
    expect({ failures: first.failures, end: first.end, slab: first.slab }).toEqual({
      failures: [],
      end: 'end',
      slab: booted.slab,
    });
    expect(first.ticks - booted.ticks).toBeGreaterThanOrEqual(seconds * HZ);
    expect(await run(text)).toEqual(first);
  }

  test('256 KB in one direction, then 6,500 timer ticks', () => check(bulkTransfer(256 << 10, 65), 65));
  test('UDP and raw ICMP echo', () => check(echoes(25, 65), 65));
  test('a thousand connections', () => check(connections(1000, 70), 70));
});
