/**
 * Packets known again.
 *
 * In: packets with their numbers (`wire.ts`) as they come in over a device or go out on the wire. Out: for bytes that lie
 * in memory later, which packet they are and how things stood when it came; and the number of a packet of which one that
 * goes out is a repetition, which only happens when nobody has answered. Algorithm: of the newest packets the headers are
 * remembered and compared; of segments on the wire, what a peer would acknowledge; of each direction of a connection,
 * what was acknowledged last.
 */
import { PROTOCOLS } from '../abi/linux-sockets';
import type { PlainData } from '../machine/service';
import { StatefulModule } from './service-module';

/** Bytes by which a packet is known again: IP and TCP headers without options, or more of shorter ones. */
export const KNOWN_BY = 40;
/** Bytes of a packet that are shared with whoever has it; of a longer one only the headers are kept. */
const SHORT = 256;
/** Packets that are remembered: more than a device's queue holds (netdev_max_backlog). */
const REMEMBERED = 320;
/** Directions of connections whose last acknowledgement is remembered. */
const DIRECTIONS = 512;
/** Segments on the wire of which a repetition would be noticed. */
const UNANSWERED = 512;

/** How things stand when a packet arrives. */
export type Moment = {
  /** Changes that packets have brought about so far. */
  readonly effects: number;
  /** Counts of what went wrong so far. */
  readonly counters: readonly number[];
};

/** A packet that has arrived. */
export type Arrival = Moment & {
  readonly packet: number;
  /** Its headers, and perhaps more. */
  readonly bytes: Uint8Array;
  /** Its end was acknowledged before already: it brings nothing new. */
  readonly isKnown: boolean;
};

type Acknowledgement = {
  /** The ends of the segment, as {@link endsOf} gives them. */
  readonly ends: string;
  readonly next: number;
};

type PacketState = {
  /** The newest that arrived, the newest last. */
  recent: Arrival[];
  /** The last acknowledgement in each direction of a connection, the newest last; while it runs, in a map. */
  acknowledged: readonly Acknowledgement[];
  /** What segments sent on the wire would have acknowledged, and their numbers, oldest first. */
  unanswered: { readonly key: string; readonly packet: number }[];
};

export class Packets extends StatefulModule<PacketState> {
  readonly name = 'packets';
  readonly services = [];

  /** Arrivals since this device was made, those of other moments too: whether there was one since. */
  arrivals = 0;
  /** The last acknowledgement by the ends of its segment, the newest last. */
  private acknowledged = new Map<string, Acknowledgement>();

  constructor() {
    super({ recent: [], acknowledged: [], unanswered: [] });
  }

  /** What was remembered is never changed: a checkpoint shares it with the running device. */
  override save(): PlainData {
    return { ...copyOf(this.state), acknowledged: [...this.acknowledged.values()] };
  }

  override restore(state: PlainData): void {
    const { acknowledged, ...rest } = state as PacketState;
    this.state = copyOf({ ...rest, acknowledged: [] });
    this.acknowledged = new Map(acknowledged.map((each) => [each.ends, each]));
  }

  /** Packet `packet` comes in. */
  arrives(packet: number, bytes: Uint8Array, moment: Moment): void {
    this.remember(packet, bytes, moment, tcpOf(bytes));
  }

  /** Packet `packet` goes out and comes in again: on the loopback device. */
  returns(packet: number, bytes: Uint8Array, moment: Moment): void {
    const segment = tcpOf(bytes);
    this.acknowledges(bytes, segment);
    this.remember(packet, bytes, moment, segment);
  }

  /** A packet goes out, on whatever device. */
  leaves(bytes: Uint8Array): void {
    this.acknowledges(bytes, tcpOf(bytes));
  }

  private remember(
    packet: number,
    bytes: Uint8Array,
    { effects, counters }: Moment,
    segment: TcpHeader | undefined,
  ): void {
    this.arrivals++;
    const { recent } = this.state;
    const kept = bytes.length > SHORT ? bytes.slice(0, KNOWN_BY) : bytes;
    recent.push({ bytes: kept, packet, effects, counters, isKnown: this.hasBeenAcknowledged(bytes, segment) });
    if (recent.length > REMEMBERED) {
      recent.shift();
    }
  }

  private acknowledges(bytes: Uint8Array, segment: TcpHeader | undefined): void {
    if (!segment || !segment.acknowledges || segment.rst) {
      return;
    }
    const { acknowledged } = this;
    const ends = endsOf(bytes, segment.at);
    const next = segment.ack;
    const known = acknowledged.get(ends);
    // While there is much room the order does not matter.
    if (known && acknowledged.size <= DIRECTIONS / 2) {
      if (known.next !== next) {
        acknowledged.set(ends, { ends, next });
      }
      return;
    }
    acknowledged.delete(ends);
    acknowledged.set(ends, { ends, next });
    const [oldest] = acknowledged.size > DIRECTIONS ? acknowledged.keys() : [];
    if (oldest !== undefined) {
      acknowledged.delete(oldest);
    }
  }

  /** Whether the other side has acknowledged a segment up to its end. */
  isAcknowledged(bytes: Uint8Array): boolean {
    return this.hasBeenAcknowledged(bytes, tcpOf(bytes));
  }

  private hasBeenAcknowledged(bytes: Uint8Array, segment: TcpHeader | undefined): boolean {
    if (!segment) {
      return false;
    }
    const { payload, syn, fin, seq } = segment;
    const end = (seq + payload + Number(syn) + Number(fin)) >>> 0;
    if (end === seq) {
      return false;
    }
    return this.acknowledged.get(endsOf(bytes, segment.at, true))?.next === end;
  }

  /** The newest packet that arrived with these headers. */
  find(head: Uint8Array): Arrival | undefined {
    const { recent } = this.state;
    for (let at = recent.length - 1; at >= 0; at--) {
      const each = recent[at];
      if (each && isHead(each.bytes, head)) {
        return each;
      }
    }
    return undefined;
  }

  /** Packet `packet` goes out on the wire: the number of an earlier one that it repeats. */
  repeats(bytes: Uint8Array, packet: number): number | undefined {
    const key = acknowledgedBy(bytes);
    if (key === undefined) {
      return undefined;
    }
    const { unanswered } = this.state;
    const at = unanswered.findIndex((each) => each.key === key);
    const earlier = at < 0 ? undefined : unanswered.splice(at, 1)[0]?.packet;
    unanswered.push({ key, packet });
    if (unanswered.length > UNANSWERED) {
      unanswered.shift();
    }
    return earlier;
  }
}

function copyOf({ recent, acknowledged, unanswered }: PacketState): PacketState {
  return { recent: [...recent], acknowledged: [...acknowledged], unanswered: [...unanswered] };
}

/** Ends, sequence number, length and flags of a TCP segment that a peer must acknowledge; undefined for all else. */
function acknowledgedBy(bytes: Uint8Array): string | undefined {
  const segment = tcpOf(bytes);
  return segment && (segment.payload > 0 || segment.syn || segment.fin)
    ? [...bytes.subarray(12, 20), ...bytes.subarray(segment.at, segment.at + 8), segment.payload, segment.flags].join()
    : undefined;
}

/** Whether a packet, or what is kept of it, begins with these bytes and has no others among those it is known by. */
function isHead(bytes: Uint8Array, head: Uint8Array): boolean {
  if (Math.min(bytes.length, KNOWN_BY) !== head.length) {
    return false;
  }
  for (let at = head.length - 1; at >= 0; at--) {
    if (bytes[at] !== head[at]) {
      return false;
    }
  }
  return true;
}

/** Texts of ends that were asked for, by ports: each is made and hashed once. */
const knownEnds = new Map<number, { readonly from: number; readonly to: number; readonly text: string }>();
const KNOWN_ENDS = 1024;

/** Addresses and ports of a segment whose TCP header is at `at`, from sender to receiver; `answers`: of its answers. */
function endsOf(bytes: Uint8Array, at: number, answers = false): string {
  const from = long(bytes, answers ? 16 : 12);
  const to = long(bytes, answers ? 12 : 16);
  const ports = answers ? ((short(bytes, at + 2) << 16) | short(bytes, at)) >>> 0 : long(bytes, at);
  const known = knownEnds.get(ports);
  if (known?.from === from && known.to === to) {
    return known.text;
  }
  if (knownEnds.size >= KNOWN_ENDS) {
    knownEnds.clear();
  }
  const text = textOf(bytes, at, answers);
  knownEnds.set(ports, { from, to, text });
  return text;
}

function textOf(bytes: Uint8Array, at: number, answers: boolean): string {
  const [from, to] = answers ? [2, 0] : [0, 2];
  return String.fromCharCode(
    short(bytes, 12 + 2 * from),
    short(bytes, 14 + 2 * from),
    short(bytes, 12 + 2 * to),
    short(bytes, 14 + 2 * to),
    short(bytes, at + from),
    short(bytes, at + to),
  );
}

function short(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** The number in four bytes. */
function long(bytes: Uint8Array, at: number): number {
  return ((short(bytes, at) << 16) | short(bytes, at + 2)) >>> 0;
}

/** What the headers of a TCP segment say. */
export interface TcpHeader {
  /** Where it begins. */
  readonly at: number;
  readonly flags: number;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly seq: number;
  readonly acknowledges: boolean;
  readonly ack: number;
  /** Bytes of data. */
  readonly payload: number;
}

/** The TCP header of an IP packet of which the first bytes are at hand; undefined for other packets. */
export function tcpOf(bytes: Uint8Array): TcpHeader | undefined {
  const at = ((bytes[0] ?? 0) & 15) * 4;
  if ((bytes[0] ?? 0) >> 4 !== 4 || bytes[9] !== PROTOCOLS.IPPROTO_TCP || bytes.length < at + 20) {
    return undefined;
  }
  const flags = bytes[at + 13] ?? 0;
  return {
    at,
    flags,
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    rst: (flags & 4) !== 0,
    seq: long(bytes, at + 4),
    acknowledges: (flags & 16) !== 0,
    ack: long(bytes, at + 8),
    payload: Math.max(0, short(bytes, 2) - at - ((bytes[at + 12] ?? 0) >> 4) * 4),
  };
}
