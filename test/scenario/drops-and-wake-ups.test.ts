/**
 * What the journal tells of sleepers that are woken and of packets that are thrown away, on the bundled kernel; on a
 * Linux tree `test/tree/drops.test.ts` does the same.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { openProgram } from '../../src/facade/open-session';
import type { Program } from '../../src/compile/program';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';
import { dropsOf, journalOf, wakeUpsOf } from './journal-of';
import { programCache } from '../program-cache';

const media = mediaTexts();

describe('the journal of a run', () => {
  let program: Program;
  beforeAll(async () => {
    const opened = await openProgram({ media, wasm: wasmFiles(), cache: programCache() });
    expect(opened.program).toBeDefined();
    program = opened.program as Program;
  });

  test('who wakes whom, where, and from which queue', async () => {
    const [first, ...more] = wakeUpsOf(await journalOf('handshake', program));
    expect(first).toMatchObject({
      process: 'A',
      byProcess: 'B',
      place: { function: 'sock_def_readable', file: 'net/core/sock.c' },
    });
    expect(first?.queue).toBeGreaterThan(0xc0000000 - 2 ** 32);
    expect(more).toEqual([]);
  });

  test('the end of a time limit wakes by an interrupt', async () => {
    expect(wakeUpsOf(await journalOf('accept-timeout', program))).toMatchObject([
      { by: 0, place: { function: 'process_timeout' } },
    ]);
  });

  test('nothing is dropped when all goes well', async () => {
    for (const name of ['handshake', 'connection-life', 'half-close']) {
      expect(dropsOf(await journalOf(name, program)), name).toEqual([]);
    }
  });

  test('what a full backlog cannot take is dropped: last ACKs by the listener, a SYN, SYN-ACKs of the retry', async () => {
    const drops = dropsOf(await journalOf('backlog-overflow', program));
    expect(drops.slice(0, 4)).toEqual([
      '9 [.] tcp_v4_do_rcv net/ipv4/tcp_ipv4.c',
      '12 [.] tcp_v4_do_rcv net/ipv4/tcp_ipv4.c',
      '13 [S] tcp_rcv_state_process net/ipv4/tcp_input.c discard:',
      '17 [S.] tcp_rcv_established net/ipv4/tcp_input.c',
    ]);
  });

  test('packets that the script never answers are told when they are sent again', async () => {
    expect(dropsOf(await journalOf('syn-lost', program))).toEqual(['1 [S] lost', '2 [S] lost', '3 [S] lost']);
  });

  test('datagrams for which there is no room, and a segment that nobody waits for', async () => {
    expect(dropsOf(await journalOf('udp-full-queue', program)).join('\n')).toMatch(/\budp_queue_rcv_skb\b/);
    expect(dropsOf(await journalOf('closed-port', program)).join('\n')).toMatch(/\btcp_v4_rcv\b/);
  });

  test('two runs tell the same', async () => {
    const [one, two] = [await journalOf('backlog-overflow', program), await journalOf('backlog-overflow', program)];
    expect(one).toEqual(two);
  });
});
