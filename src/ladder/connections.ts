/**
 * TCP connections as their packets show them: numbers counted from the initial sequence number of their side, and which
 * packets were sent before.
 *
 * In: packets in the order in which they were sent. Out: for each, its numbers relative to the connection, and the packet
 * that it repeats. What stands in a packet is enough; nothing is asked of the kernel.
 */
import { endpointText, type PacketFacts } from './packet-facts';

/** What the packets before say of one. */
export interface PlaceInConnection {
  /** Sequence number less the initial one of its sender; undefined when that was not seen. */
  readonly sequence?: number;
  /** The same of the number that it acknowledges. */
  readonly acknowledgment?: number;
  /** Number of the packet that was sent first with these bytes. */
  readonly repeats?: number;
}

/** One direction of a connection. */
interface Direction {
  /** Initial sequence number. */
  initial: number | undefined;
  /** Packets that took room in the sequence, by their number: SYN, FIN, data. */
  readonly sent: { readonly number: number; readonly from: number; readonly room: number }[];
  /** Sequence number after the last of them. */
  next: number | undefined;
}

export class Connections {
  private readonly directions = new Map<string, Direction>();

  /** The packet with this number; packets are told in their order. */
  place(number: number, facts: PacketFacts): PlaceInConnection {
    const { tcp, length } = facts;
    if (!tcp) {
      return {};
    }
    const [from, to] = [endpointText(facts.source), endpointText(facts.destination)];
    const isSyn = tcp.flags.includes('SYN');
    let own = this.direction(`${from} ${to}`);
    if (isSyn && own.initial !== undefined && own.initial !== tcp.sequence && !tcp.flags.includes('ACK')) {
      // The same two ends begin anew.
      this.directions.delete(`${from} ${to}`);
      this.directions.delete(`${to} ${from}`);
      own = this.direction(`${from} ${to}`);
    }
    if (isSyn) {
      own.initial = tcp.sequence;
    }
    const other = this.directions.get(`${to} ${from}`);
    const room = length + (isSyn ? 1 : 0) + (tcp.flags.includes('FIN') ? 1 : 0);
    const repeats = room > 0 ? take(own, number, tcp.sequence, room) : undefined;
    return {
      ...(own.initial === undefined ? {} : { sequence: (tcp.sequence - own.initial) >>> 0 }),
      ...(!tcp.flags.includes('ACK') || other?.initial === undefined
        ? {}
        : { acknowledgment: (tcp.acknowledgment - other.initial) >>> 0 }),
      ...(repeats === undefined ? {} : { repeats }),
    };
  }

  private direction(key: string): Direction {
    let found = this.directions.get(key);
    if (!found) {
      found = { initial: undefined, sent: [], next: undefined };
      this.directions.set(key, found);
    }
    return found;
  }
}

/** Takes note of `room` numbers from `from` on; answers the packet that was the first with the first of them. */
function take(direction: Direction, number: number, from: number, room: number): number | undefined {
  const { sent, next } = direction;
  const isAhead = next === undefined || ((from - next) | 0) >= 0;
  const original = isAhead ? undefined : lastWith(sent, from);
  if (original === undefined) {
    sent.push({ number, from, room });
  }
  if (next === undefined || ((from + room - next) | 0) > 0) {
    direction.next = (from + room) | 0;
  }
  return original;
}

/** The latest of the packets in which sequence number `from` is. */
function lastWith(sent: Direction['sent'], from: number): number | undefined {
  for (let i = sent.length - 1; i >= 0; i--) {
    const each = sent[i];
    if (each && (from - each.from) >>> 0 < each.room) {
      return each.number;
    }
  }
  return undefined;
}
