/**
 * Where a TCP sequence number stands in its connection: how far it is from the initial one of its side.
 *
 * In: a field that holds one, the value in it. Out: `ISS+8`, `IRS+1` (RFC 9293, 3.3.1: the initial send and the initial
 * receive sequence number), or nothing. The initial numbers are not guessed: no variable of Linux 2.4 keeps the one that
 * was sent, so they are those of the SYN and the SYN-ACK that were seen (`ValueContext.initialSequence`), and only while
 * the sock is in a state in which it has taken them over. A packet's numbers are told from its sender's side.
 */
import type { TypeId } from '../abi/debug-info';
import { TCP_STATES } from '../abi/linux-sockets';
import { isReadable, type Flow, type KnownStart, type ValueContext } from './value-context';
import type { ValueFamily } from './value-families';
import { findField, recordOf, structId, typeOf } from './value-types';
import { partPlace } from './view-facts';

type Side = Extract<ValueFamily, { kind: 'sequence' }>['side'];

/** A field of a struct, and where it is. */
export interface FieldPlace {
  readonly record: string;
  readonly path: string;
  readonly address: number;
}

/** An initial number, and the largest that can be in use, where that is known. */
interface Range {
  readonly start: number;
  readonly last?: number;
}

/** Structs that are one end of a connection, with where their sequence numbers are. */
const ENDS: readonly (readonly [name: string, numbers: string])[] = [
  ['sock', 'tp_pinfo.af_tcp'],
  ['tcp_tw_bucket', ''],
];
/** How far behind what comes next a number of the peer's may be: an urgent pointer is 16 bits wide. */
const BEYOND = 0xffff;
const { TCP_CLOSE, TCP_LISTEN, TCP_SYN_SENT } = TCP_STATES;

/** `ISS+8`; undefined when the initial number is not known for certain. */
export function sequenceText(context: ValueContext, side: Side, place: FieldPlace, value: number): string | undefined {
  const isSent = side === 'sent' || side === 'packet';
  const range = side === 'sent' || side === 'received' ? ofEnd(context, side, place) : ofPacket(context, side, place);
  const apart = range && (value - range.start) >>> 0;
  return range === undefined || apart === undefined || apart > (range.last === undefined ? 2 ** 31 : distanceTo(range))
    ? undefined
    : `${isSent ? 'ISS' : 'IRS'}+${apart}`;
}

function distanceTo({ start, last = start }: Range): number {
  return (last - start) >>> 0;
}

function ofEnd(context: ValueContext, side: 'sent' | 'received', place: FieldPlace): Range | undefined {
  for (const [name, numbers] of ENDS) {
    const end = structAround(context, name, numbers, place);
    const sent = end && flowOfEnd(end);
    if (sent) {
      const start = context.initialSequence?.(side === 'sent' ? sent : reversed(sent));
      return start && rangeOfEnd(end, side, start);
    }
  }
  return undefined;
}

function rangeOfEnd(end: Struct, side: 'sent' | 'received', { sequence, isAnswered }: KnownStart): Range | undefined {
  const state = end.get('state');
  const written = end.get('tp_pinfo.af_tcp.write_seq') ?? end.get('snd_nxt');
  const next = end.get('tp_pinfo.af_tcp.rcv_nxt') ?? end.get('rcv_nxt');
  if (state === TCP_CLOSE || state === TCP_LISTEN || written === undefined || next === undefined) {
    return undefined;
  }
  if (state === TCP_SYN_SENT) {
    // Nothing but the SYN is sent yet; the SYN of an earlier connection stands elsewhere.
    return side === 'sent' && written === (sequence + 1) >>> 0 ? { start: sequence, last: written } : undefined;
  }
  return isAnswered ? { start: sequence, last: side === 'sent' ? written : (next + BEYOND) >>> 0 } : undefined;
}

function ofPacket(context: ValueContext, side: 'packet' | 'acknowledged', place: FieldPlace): Range | undefined {
  const at = partPlace(context, 'sk_buff', place.record);
  const skb = at === undefined ? undefined : structAround(context, 'sk_buff', at, place);
  const headers = skb && flowOfHeaders(context, skb);
  const sent = headers ?? (skb && side === 'packet' ? flowOfQueue(context, skb) : undefined);
  const start = sent && context.initialSequence?.(side === 'packet' ? sent : reversed(sent));
  return start?.isAnswered ? { start: start.sequence } : undefined;
}

/** What is sent by an end; undefined for one that is not TCP's. */
function flowOfEnd(end: Struct): Flow | undefined {
  const [source, sourcePort] = [end.get('rcv_saddr'), end.get('sport')];
  const [destination, destinationPort] = [end.get('daddr'), end.get('dport')];
  return source !== undefined && sourcePort && destination && destinationPort
    ? { source, sourcePort, destination, destinationPort }
    : undefined;
}

/** By the headers that the packet has. */
function flowOfHeaders(context: ValueContext, skb: Struct): Flow | undefined {
  const [head = 0, network = 0, transport = 0, tail = 0] = ['head', 'nh.raw', 'h.raw', 'tail'].map((at) => skb.get(at));
  const isThere = network >= head && transport > network && transport < tail;
  const ip = isThere ? structAt(context, 'iphdr', network) : undefined;
  const tcp = isThere ? structAt(context, 'tcphdr', transport) : undefined;
  const [source, destination] = [ip?.get('saddr'), ip?.get('daddr')];
  const [sourcePort, destinationPort] = [tcp?.get('source'), tcp?.get('dest')];
  return ip?.get('protocol') === 6 && source !== undefined && destination !== undefined && sourcePort && destinationPort
    ? { source, sourcePort, destination, destinationPort }
    : undefined;
}

/** A packet without headers waits to be sent by the sock in whose write queue it is. */
function flowOfQueue(context: ValueContext, skb: Struct): Flow | undefined {
  const [list, sock] = [skb.get('list'), structAt(context, 'sock', skb.get('sk'))];
  return list && sock && list === sock.at('write_queue') ? flowOfEnd(sock) : undefined;
}

function reversed({ source, sourcePort, destination, destinationPort }: Flow): Flow {
  return { source: destination, sourcePort: destinationPort, destination: source, destinationPort: sourcePort };
}

/** A struct in memory, its fields by name. */
class Struct {
  constructor(
    private readonly context: ValueContext,
    private readonly type: TypeId,
    private readonly address: number,
  ) {}

  at(path: string): number | undefined {
    const found = findField(this.context.debug, this.type, path);
    return found && this.address + found.offset;
  }

  /** Value of an integer or a pointer; undefined when there is no such field. */
  get(path: string): number | undefined {
    const { memory, debug } = this.context;
    const found = findField(debug, this.type, path);
    const size = found && typeOf(debug, found.field.type).size;
    const at = this.address + (found?.offset ?? 0);
    return size === 4 ? memory.u32(at) : size === 2 ? memory.u16(at) : size === 1 ? memory.u8(at) : undefined;
  }
}

function structAt(context: ValueContext, name: string, address: number | undefined): Struct | undefined {
  const type = structId(context.debug, name);
  const size = type === undefined ? 0 : typeOf(context.debug, type).size;
  return type !== undefined && address !== undefined && size > 0 && isReadable(context, address, size)
    ? new Struct(context, type, address)
    : undefined;
}

/** The struct that a field lies in, be it in the struct of its own that is at `inner`. */
function structAround(
  context: ValueContext,
  name: string,
  inner: string,
  { record, path, address }: FieldPlace,
): Struct | undefined {
  const outer = structId(context.debug, name);
  const own = structId(context.debug, record);
  const field = own === undefined ? undefined : findField(context.debug, own, path);
  const part = outer === undefined || inner === '' ? undefined : findField(context.debug, outer, inner);
  if (!field) {
    return undefined;
  }
  const isWhole = record === name;
  const isPart = part !== undefined && (recordOf(context.debug, part.field.type)?.name ?? record) === record;
  return isWhole || isPart
    ? structAt(context, name, address - field.offset - (isWhole ? 0 : (part?.offset ?? 0)))
    : undefined;
}
