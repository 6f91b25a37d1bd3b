/** Initial sequence numbers as packets show them: what is known of them, and what is not said because it is in doubt. */
import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/machine/journal-entry';
import { InitialSequences } from '../../src/session/initial-sequences';

const [SYN, ACK] = [2, 16];
/** Who sends to whom: from A to B, or back. */
type Way = 'there' | 'back';

interface Segment {
  readonly way: Way;
  readonly flags: number;
  readonly seq: number;
  readonly ack?: number;
}

const flows = {
  there: { source: 0x0100000a, sourcePort: 0x5000, destination: 0x0200000a, destinationPort: 0x901f },
  back: { source: 0x0200000a, sourcePort: 0x901f, destination: 0x0100000a, destinationPort: 0x5000 },
} as const;

function entry({ way, flags, seq, ack = 0 }: Segment, at: number): JournalEntry {
  const view = new DataView(new ArrayBuffer(40));
  const { source, sourcePort, destination, destinationPort } = flows[way];
  view.setUint8(0, 0x45);
  view.setUint8(9, 6);
  view.setUint32(12, source, true);
  view.setUint32(16, destination, true);
  view.setUint16(20, sourcePort, true);
  view.setUint16(22, destinationPort, true);
  view.setUint32(24, seq);
  view.setUint32(28, ack);
  view.setUint8(33, flags);
  return {
    ...{ event: 'packet', direction: 'in', device: 'wire', packet: at, bytes: new Uint8Array(view.buffer) },
    ...{ clock: at, thread: 0, uptime: at as Extract<JournalEntry, { event: 'packet' }>['uptime'] },
  };
}

/** What is known after each packet: `A's number, B's number`, in brackets while it is not answered. */
function known(...segments: readonly Segment[]): string[] {
  const journal: JournalEntry[] = [];
  const sequences = new InitialSequences(() => journal);
  return segments.map((segment, at) => {
    journal.push(entry(segment, at));
    return (['there', 'back'] as const)
      .map((way) => sequences.of(flows[way]))
      .map((start) => (start === undefined ? '-' : start.isAnswered ? `${start.sequence}` : `(${start.sequence})`))
      .join(' ');
  });
}

const syn = (seq: number, way: Way = 'there'): Segment => ({ way, flags: SYN, seq });
const synAck = (seq: number, ack: number, way: Way = 'back'): Segment => ({ way, flags: SYN | ACK, seq, ack });

describe('initial sequence numbers', () => {
  test('are those of the SYN and of the SYN-ACK that answers it, also when they are sent again', () => {
    expect(known(syn(100), syn(100), synAck(900, 101), synAck(900, 101), syn(100))).toEqual([
      '(100) -',
      '(100) -',
      '100 900',
      '100 900',
      '100 900',
    ]);
    expect(known(syn(0xffffffff), synAck(0, 0))).toEqual(['(4294967295) -', '4294967295 0']);
  });

  test('of crossing SYNs are known when one is answered', () => {
    expect(known(syn(100), syn(900, 'back'), synAck(100, 901, 'there'), synAck(900, 101))).toEqual([
      '(100) -',
      '(100) (900)',
      '100 900',
      '100 900',
    ]);
  });

  test('are not taken from a SYN-ACK that answers something else, and in doubt not told', () => {
    expect(known(synAck(900, 101), syn(100), synAck(900, 55))).toEqual(['- -', '(100) -', '(100) -']);
    expect(known(syn(100), synAck(900, 101), synAck(901, 101))).toEqual(['(100) -', '100 900', '100 -']);
  });

  test('of the next connection take the place of those before; a SYN that belongs to none makes them unknown', () => {
    expect(known(syn(100), synAck(900, 101), syn(500), synAck(950, 501))).toEqual([
      '(100) -',
      '100 900',
      '(500) -',
      '500 950',
    ]);
    expect(known(syn(100), synAck(900, 101), syn(7, 'back')).at(-1)).toBe('- (7)');
  });

  test('are those of the moment: what comes later does not count after going back', () => {
    let journal: readonly JournalEntry[] = [syn(100), synAck(900, 101), syn(500)].map(entry);
    const sequences = new InitialSequences(() => journal);
    expect(sequences.of(flows.there)).toEqual({ sequence: 500, isAnswered: false });
    journal = journal.slice(0, 2);
    expect(sequences.of(flows.there)).toEqual({ sequence: 100, isAnswered: true });
    journal = journal.slice(1); // the oldest entries are forgotten
    expect(sequences.of(flows.there)).toBeUndefined();
  });

  test('a reset, a fragment and what is no TCP say nothing', () => {
    const bytes = (change: (view: DataView) => void): JournalEntry => {
      const made = entry(syn(100), 0);
      if (made.event === 'packet') {
        change(new DataView(made.bytes.buffer));
      }
      return made;
    };
    for (const change of [
      (view: DataView): void => view.setUint8(33, SYN | 4),
      (view: DataView): void => view.setUint16(6, 8),
      (view: DataView): void => view.setUint8(9, 17),
      (view: DataView): void => view.setUint8(0, 0x65),
    ]) {
      expect(new InitialSequences(() => [bytes(change)]).of(flows.there)).toBeUndefined();
    }
  });
});
