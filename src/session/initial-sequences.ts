/**
 * Initial sequence numbers of TCP connections, as their packets have shown them up to now.
 *
 * In: the journal of a moment. Out: for what one end sends to the other, the number of its SYN, and whether both ends go by
 * it: a SYN-ACK acknowledged it, or it is the SYN-ACK's. Nothing is guessed: a SYN with another number makes what was known
 * of an answered connection unknown, as do two SYN-ACKs that differ. The answer is a function of the moment alone.
 */
import { tcpOf } from '../kernel/packets';
import type { JournalEntry } from '../machine/journal-entry';
import type { Flow, KnownStart } from '../values/value-context';

interface Start {
  sequence: number;
  isAnswered: boolean;
  /** Two that cannot both be true were seen. */
  isDoubtful: boolean;
}

/** The part of a SYN that counts here. */
interface Syn {
  readonly flow: Flow;
  readonly sequence: number;
  /** The number that it acknowledges; undefined for a SYN that answers none. */
  readonly acknowledged: number | undefined;
}

export class InitialSequences {
  private starts = new Map<string, Start>();
  /** What has been read of the journal: its first and its last entry then, and how many there were. */
  private first: JournalEntry | undefined;
  private last: JournalEntry | undefined;
  private count = 0;

  constructor(private readonly journal: () => readonly JournalEntry[]) {}

  of(flow: Flow): KnownStart | undefined {
    this.read();
    const start = this.starts.get(keyOf(flow));
    return start && !start.isDoubtful ? { sequence: start.sequence, isAnswered: start.isAnswered } : undefined;
  }

  /** Reads what is new of the journal, or all of it when it is not the one from before with more behind it. */
  private read(): void {
    const journal = this.journal();
    const isLonger = journal[0] === this.first && journal[this.count - 1] === this.last;
    if (!isLonger) {
      this.starts = new Map();
      this.count = 0;
    }
    for (let index = this.count; index < journal.length; index++) {
      const entry = journal[index];
      const syn = entry?.event === 'packet' ? synOf(entry.bytes) : undefined;
      if (syn) {
        this.see(syn);
      }
    }
    this.count = journal.length;
    this.first = journal[0];
    this.last = journal[journal.length - 1];
  }

  private see({ flow, sequence, acknowledged }: Syn): void {
    const key = keyOf(flow);
    const back = keyOf(reversed(flow));
    const [own, other] = [this.starts.get(key), this.starts.get(back)];
    if (acknowledged === undefined) {
      if (own?.sequence !== sequence) {
        if (other?.isAnswered === true) {
          this.starts.delete(back); // another connection of the same ends, or a packet that belongs to none
        }
        this.starts.set(key, { sequence, isAnswered: false, isDoubtful: false });
      }
    } else if (other && acknowledged === (other.sequence + 1) >>> 0) {
      other.isAnswered = true;
      if (own && own.sequence !== sequence) {
        own.isDoubtful = true;
      } else {
        this.starts.set(key, { sequence, isAnswered: true, isDoubtful: own?.isDoubtful ?? false });
      }
    }
  }
}

function keyOf({ source, sourcePort, destination, destinationPort }: Flow): string {
  return `${source} ${sourcePort} ${destination} ${destinationPort}`;
}

function reversed({ source, sourcePort, destination, destinationPort }: Flow): Flow {
  return { source: destination, sourcePort: destinationPort, destination: source, destinationPort: sourcePort };
}

/** What a packet says that is a SYN, from its IP header on. */
function synOf(bytes: Uint8Array): Syn | undefined {
  const segment = tcpOf(bytes);
  if (!segment?.syn || segment.rst) {
    return undefined;
  }
  const { at, seq, acknowledges, ack } = segment;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ((view.getUint16(6) & 0x1fff) !== 0) {
    return undefined; // a later fragment has no header
  }
  return {
    flow: {
      source: view.getUint32(12, true),
      sourcePort: view.getUint16(at, true),
      destination: view.getUint32(16, true),
      destinationPort: view.getUint16(at + 2, true),
    },
    sequence: seq,
    acknowledged: acknowledges ? ack : undefined,
  };
}
