/** Capture files: read back block by block, and by tshark where there is one (Debian: tshark). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capturedPackets, packetOrigins, pcapng } from '../../src/facade/ladder';

import { scenarioNames, withRun } from './ladder-of-run';

/** A block's type, and its body and options as bytes. */
interface Block {
  readonly type: number;
  readonly body: Uint8Array;
}

/** The blocks of a file; throws when their lengths do not agree. */
function blocksOf(file: Uint8Array): Block[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const blocks: Block[] = [];
  for (let at = 0; at < file.length;) {
    const size = view.getUint32(at + 4, true);
    expect(size % 4).toBe(0);
    expect(view.getUint32(at + size - 4, true)).toBe(size);
    blocks.push({ type: view.getUint32(at, true), body: file.subarray(at + 8, at + size - 4) });
    at += size;
  }
  return blocks;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a capture file', () => {
  const packet = {
    time: 2 ** 33 + 5,
    device: 'lo',
    direction: 'out',
    bytes: Uint8Array.of(1, 2, 3),
    length: 300,
  } as const;

  test('has a section, an interface for each device, and the packets', () => {
    const file = pcapng([packet, { ...packet, device: 'wire', direction: 'in' }, packet], 'us');
    expect(blocksOf(file).map(({ type }) => type)).toEqual([0x0a0d0d0a, 1, 1, 6, 6, 6]);
  });

  test('keeps time, lengths, direction and comment', () => {
    const body = blocksOf(pcapng([{ ...packet, comment: 'sent 于 here' }], 'us')).at(-1)?.body ?? new Uint8Array();
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    expect([0, 4, 8, 12, 16].map((at) => view.getUint32(at, true))).toEqual([0, 2, 5, 3, 300]);
    expect([...body.subarray(20, 24)]).toEqual([1, 2, 3, 0]);
    const comment = view.getUint16(26, true);
    expect([view.getUint16(24, true), text(body.subarray(28, 28 + comment))]).toEqual([1, 'sent 于 here']);
  });

  test('cuts a comment that is longer than an option between letters', () => {
    const [, , block] = blocksOf(pcapng([{ ...packet, comment: '于'.repeat(30_000) }], 'us'));
    const view = new DataView(block!.body.buffer, block!.body.byteOffset);
    expect(view.getUint16(26, true)).toBe(65_535 - (65_535 % 3));
  });

  test('says of each packet which call and which statement sent it', async () => {
    const origins = await withRun('handshake', (session) =>
      packetOrigins(session, [...session.journal()], async () => false),
    );
    expect(origins).toHaveLength(8);
    expect(origins[0]).toMatch(
      /^statement \d+\nB \(pid 101\): connect\(3, \.\.\., \.\.\.\)\nloopback_xmit drivers\/net\/\S+:\d+\n/,
    );
    expect(origins[0]).toMatch(/\ntcp_transmit_skb net\/ipv4\/tcp_output\.c:\d+\n/);
  });
});

const tshark = spawnSync('tshark', ['--version']).status === 0;
if (!tshark) {
  console.warn('capture files are not read by tshark: there is none here (Debian: apt-get install tshark)');
}

describe.skipIf(!tshark)('tshark', () => {
  /** Scenarios that send the kernel broken packets on purpose. */
  const broken = new Set([
    'bad-packets',
    'broken-segments',
    'udp-checksum',
    'unbelievable-addresses',
    'wire-echo',
    'wire-timestamp',
  ]);

  /** Fields of each packet of a file. */
  function fieldsOf(file: Uint8Array, names: readonly string[]): string[][] {
    const folder = mkdtempSync(join(tmpdir(), 'capture-'));
    try {
      const path = join(folder, 'run.pcapng');
      writeFileSync(path, file);
      const checks = ['tcp', 'udp', 'ip'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]);
      // Ports of ours that other protocols are known for carry no such thing here.
      const ports = ['-d', 'tcp.port==8080,data', '--disable-protocol', 'cpfi', '--disable-protocol', 'http'];
      const fields = names.flatMap((name) => ['-e', name]);
      const { stdout, status } = spawnSync('tshark', ['-r', path, ...checks, ...ports, '-T', 'fields', ...fields], {
        encoding: 'utf8',
        maxBuffer: 64 << 20,
      });
      expect(status).toBe(0);
      return stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split('\t'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('finds no malformed packet and no wrong checksum in any scenario', { timeout: 300_000 }, async () => {
    // A file may have several sections, so all scenarios go into one.
    const files: Uint8Array[] = [];
    const origins: string[] = [];
    for (const scenario of scenarioNames()) {
      const packets = await withRun(scenario, (session) => capturedPackets(session.journal()));
      files.push(pcapng(packets, 'sockscope'));
      origins.push(...packets.map(({ direction }) => (direction === 'in' && broken.has(scenario) ? '' : scenario)));
    }
    const read = fieldsOf(Buffer.concat(files), [
      ...['tcp', 'udp', 'ip', 'icmp'].map((name) => `${name}.checksum.status`),
      '_ws.malformed',
    ]);
    expect(read).toHaveLength(origins.length);
    expect(origins.length).toBeGreaterThan(1000);
    const wrong = read.flatMap((fields, i) =>
      origins[i] !== '' && (fields[4] !== '' || fields.slice(0, 4).some((status) => status.startsWith('0')))
        ? [`${origins[i]}: ${fields.join(' ')}`]
        : [],
    );
    expect(wrong).toEqual([]);
  });

  test('sees the fast retransmission in fast-retransmit', async () => {
    const packets = await withRun('fast-retransmit', (session) => capturedPackets(session.journal()));
    const names = fieldsOf(pcapng(packets, 'sockscope'), ['frame.number', 'tcp.analysis.fast_retransmission']);
    expect(names.filter(([, is]) => is !== '').map(([number]) => number)).toEqual(['14']);
  });
});
