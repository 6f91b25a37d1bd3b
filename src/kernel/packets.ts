/**
 * Packets known again.
 *
 * In: packets with their numbers (`wire.ts`) as they come in over a device or go out on the wire. Out: for bytes that lie
 * in memory later, which packet they are and how things stood when it came; and the number of a packet of which one that
 * goes out is a repetition, which only happens when nobody has answered. Algorithm: of the newest packets the headers are
 * remembered and compared; of segments on the wire, what a peer would acknowledge.
 */
import { PROTOCOLS } from '../abi/linux-sockets';
import type { PlainData } from '../machine/service';
import { StatefulModule } from './service-module';

/** Bytes by which a packet is known again: IP and TCP headers without options, or more of shorter ones. */
export const KNOWN_BY = 40;
/** Packets that are remembered: more than a device's queue holds (netdev_max_backlog). */
const REMEMBERED = 320;
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
export interface Arrival {
  readonly packet: number;
  readonly moment: Moment;
  /** Its end was acknowledged before already: it brings nothing new. */
  readonly isKnown: boolean;
}

/** The ends of a segment, from sender to receiver. */
type Ends = {
  readonly from: number;
  readonly to: number;
  /** The sender's port in the upper half. */
  readonly ports: number;
};

type PacketState = {
  /** Headers of the newest that arrived, the newest last. */
  recent: { readonly head: Uint8Array; readonly packet: number; readonly moment: Moment; readonly isKnown: boolean }[];
  /** The last acknowledgement in each direction of a connection, the newest last. */
  acknowledged: (Ends & { readonly next: number })[];
  /** What segments sent on the wire would have acknowledged, and their numbers, oldest first. */
  unanswered: { readonly key: string; readonly packet: number }[];
};

export class Packets extends StatefulModule<PacketState> {
  readonly name = 'packets';
  readonly services = [];

  constructor() {
    super({ recent: [], acknowledged: [], unanswered: [] });
  }

  /** What was remembered is never changed: a checkpoint shares it with the running device. */
  override save(): PlainData {
    return copyOf(this.state);
  }

  override restore(state: PlainData): void {
    this.state = copyOf(state as PacketState);
  }

  /** Packet `packet` comes in. */
  arrives(packet: number, bytes: Uint8Array, moment: Moment): void {
    const { recent } = this.state;
    recent.push({ head: bytes.slice(0, KNOWN_BY), packet, moment, isKnown: this.isAcknowledged(bytes) });
    if (recent.length > REMEMBERED) {
      recent.shift();
    }
  }

  /** A packet goes out, on whatever device. */
  leaves(bytes: Uint8Array): void {
    const segment = tcpOf(bytes);
    if (segment && segment.acknowledges && !segment.rst) {
      const { acknowledged } = this.state;
      const ends = endsOf(bytes, segment);
      const at = this.acknowledgement(ends);
      acknowledged.splice(at < 0 ? 0 : at, at < 0 && acknowledged.length < UNANSWERED ? 0 : 1);
      acknowledged.push({ ...ends, next: segment.ack });
    }
  }

  /** Where the acknowledgement of these ends stands; -1 when there is none. The newest is soonest found. */
  private acknowledgement({ from, to, ports }: Ends): number {
    const { acknowledged } = this.state;
    for (let at = acknowledged.length - 1; at >= 0; at--) {
      const each = acknowledged[at];
      if (each?.ports === ports && each.from === from && each.to === to) {
        return at;
      }
    }
    return -1;
  }

  /** Whether the other side has acknowledged a segment up to its end. */
  isAcknowledged(bytes: Uint8Array): boolean {
    const segment = tcpOf(bytes);
    if (!segment) {
      return false;
    }
    const { payload, syn, fin, seq } = segment;
    const end = (seq + payload + Number(syn) + Number(fin)) >>> 0;
    if (end === seq) {
      return false;
    }
    const { from, to, ports } = endsOf(bytes, segment);
    const answers = { from: to, to: from, ports: ((ports << 16) | (ports >>> 16)) >>> 0 };
    return this.state.acknowledged[this.acknowledgement(answers)]?.next === end;
  }

  /** The newest packet that arrived with these headers. */
  find(head: Uint8Array): Arrival | undefined {
    const { recent } = this.state;
    for (let at = recent.length - 1; at >= 0; at--) {
      const each = recent[at];
      if (each?.head.length === head.length && each.head.every((byte, index) => byte === head[index])) {
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

/** Addresses and ports of a segment. */
function endsOf(bytes: Uint8Array, { at }: TcpHeader): Ends {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { from: view.getUint32(12), to: view.getUint32(16), ports: view.getUint32(at) };
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = view.getUint8(at + 13);
  return {
    at,
    flags,
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    rst: (flags & 4) !== 0,
    seq: view.getUint32(at + 4),
    acknowledges: (flags & 16) !== 0,
    ack: view.getUint32(at + 8),
    payload: Math.max(0, view.getUint16(2) - at - (view.getUint8(at + 12) >> 4) * 4),
  };
}
