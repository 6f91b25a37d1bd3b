/**
 * Packets that a Linux tree throws away, and sleepers it wakes, where `SOCKSCOPE_KERNEL` names one: places in its own
 * files, and the counters of its own statistics.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { mediaTexts } from '../cli/cli-fixture';
import { dropsOf, journalOf, wakeUpsOf } from '../scenario/journal-of';
import { realTree, wasmFiles } from './tree-fixture';

describe.skipIf(!realTree)('the journal of a run on a Linux tree', () => {
  let program: Program;
  beforeAll(async () => {
    const kernel = { loader: diskTree(realTree ?? ''), name: 'tree' };
    const opened = await openProgram({ media: mediaTexts(), wasm: wasmFiles(), cache: new ProgramCache(), kernel });
    expect(opened.program).toBeDefined();
    program = opened.program as Program;
  }, 120_000);

  test('a full backlog: the listener drops last ACKs and a SYN, and counts them', async () => {
    expect(dropsOf(await journalOf('backlog-overflow', program)).slice(0, 3)).toEqual([
      '9 [.] tcp_v4_do_rcv net/ipv4/tcp_ipv4.c discard: ListenOverflows ListenDrops',
      '12 [.] tcp_v4_do_rcv net/ipv4/tcp_ipv4.c discard: ListenOverflows ListenDrops',
      '13 [S] tcp_rcv_state_process net/ipv4/tcp_input.c discard: TcpAttemptFails',
    ]);
  });

  test('lost packets and wake-ups as on the bundled kernel', async () => {
    expect(dropsOf(await journalOf('syn-lost', program)).slice(0, 2)).toEqual(['1 [S] lost', '2 [S] lost']);
    expect(wakeUpsOf(await journalOf('handshake', program))).toMatchObject([
      { process: 'A', byProcess: 'B', place: { function: 'sock_def_readable', file: 'net/core/sock.c' } },
    ]);
  });

  test('nothing is dropped when all goes well', async () => {
    for (const name of ['handshake', 'connection-life']) {
      expect(dropsOf(await journalOf(name, program)), name).toEqual([]);
    }
  });
});
