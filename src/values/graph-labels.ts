/**
 * One line about a kernel object: what a reader would call it.
 *
 * In: a struct's type and address. Out: text in C and protocol terms (`TCP_LISTEN 0.0.0.0:8080`, `[S.] seq 7, ack 4, len
 * 0`), the same in every language. Fields are found by name; what a version lacks is left out of the line.
 */
import type { TypeId } from '../abi/debug-info';
import { HZ, WAIT_FLAGS } from '../abi/linux-process';
import { PROTOCOLS, SOCKET_STATES, SOCKET_TYPES, tcpStateName as nameOfState } from '../abi/linux-sockets';
import { locateField, readField } from './graph-read';
import { globalWord, isReadable, placeOf, symbolAt, type ValueContext } from './value-context';
import { formatIpv4, swap16 } from './value-scalar';
import { arrayText } from './value-text';
import { findField, structId, typeOf } from './value-types';

const { IPPROTO_TCP, IPPROTO_UDP } = PROTOCOLS;

/** One line about the object of a type at an address; empty where there is nothing to say. */
export type Label = (context: ValueContext, type: TypeId, address: number) => string;

/** Name of a TCP state value; empty for 0, which a sock has until sock_init_data gives it one. */
export function tcpStateName(value: number): string {
  return value === 0 ? '' : (nameOfState(value) ?? String(value));
}

/** Protocol name of a sock: `TCP`, `UDP`, `RAW`; empty while it has none. */
export function sockProtocol(context: ValueContext, type: TypeId, address: number): string {
  const protocol = readField(context, type, address, 'protocol') ?? 0;
  if (readField(context, type, address, 'type') === SOCKET_TYPES.SOCK_RAW) {
    return 'RAW';
  }
  if (protocol === IPPROTO_TCP || protocol === IPPROTO_UDP) {
    return protocol === IPPROTO_TCP ? 'TCP' : 'UDP';
  }
  // While inet_create is at work the operations table is known before the protocol number.
  const table = symbolAt(context.debug, readField(context, type, address, 'prot') ?? 0);
  return table === 'tcp_prot' ? 'TCP' : table === 'udp_prot' ? 'UDP' : table === 'raw_prot' ? 'RAW' : '';
}

/** `127.0.0.1:8080` from two fields of a sock, when either is set. */
export function sockEndpoint(
  context: ValueContext,
  type: TypeId,
  address: number,
  side: 'local' | 'remote',
): string | undefined {
  const ip = readField(context, type, address, side === 'local' ? 'rcv_saddr' : 'daddr') ?? 0;
  const port = swap16(readField(context, type, address, side === 'local' ? 'sport' : 'dport') ?? 0);
  return ip === 0 && port === 0 ? undefined : `${formatIpv4(ip)}:${port}`;
}

/** `TCP_ESTABLISHED 127.0.0.1:8080 ↔ 127.0.0.1:1024`. */
export function sockLabel(context: ValueContext, type: TypeId, address: number): string {
  const state = readField(context, type, address, 'state');
  const local = sockEndpoint(context, type, address, 'local');
  const remote = sockEndpoint(context, type, address, 'remote');
  const ends = [local, remote].filter((end) => end !== undefined).join(' ↔ ');
  return [state === undefined ? '' : tcpStateName(state), ends].filter((part) => part !== '').join(' ');
}

/** `SS_CONNECTED`. */
export function socketLabel(context: ValueContext, type: TypeId, address: number): string {
  const value = readField(context, type, address, 'state');
  return Object.entries(SOCKET_STATES).find(([, number]) => number === value)?.[0] ?? '';
}

/** A half-open or finished connection on a listener: who, and how far. */
export function requestLabel(context: ValueContext, type: TypeId, address: number): string {
  const ip = readField(context, type, address, 'af.v4_req.rmt_addr');
  const port = swap16(readField(context, type, address, 'rmt_port') ?? 0);
  const retransmissions = readField(context, type, address, 'retrans') ?? 0;
  const child = readField(context, type, address, 'sk') ?? 0;
  return `${ip === undefined ? '' : formatIpv4(ip)}:${port}${retransmissions > 0 ? `, retrans ${retransmissions}` : ''}${child === 0 ? '' : ' ✓'}`;
}

/** `pid 2 server`, and the flag of one that is woken alone. */
export function waiterLabel(context: ValueContext, type: TypeId, address: number): string {
  const exclusive = ((readField(context, type, address, 'flags') ?? 0) & WAIT_FLAGS.WQ_FLAG_EXCLUSIVE) !== 0;
  const task = readField(context, type, address, 'task') ?? 0;
  const taskType = structId(context.debug, 'task_struct');
  const label = taskType === undefined || !isReadable(context, task, 4) ? '?' : taskLabel(context, taskType, task);
  return exclusive ? `${label} (WQ_FLAG_EXCLUSIVE)` : label;
}

/** When a timer is due, while it is pending, and the function that it calls then: `+0.20 s <tcp_write_timer>`. */
export function timerLabel(context: ValueContext, type: TypeId, address: number): string {
  const called = symbolAt(context.debug, readField(context, type, address, 'function') ?? 0);
  const next = readField(context, type, address, 'list.next') ?? 0;
  const now = globalWord(context, 'jiffies');
  const isPending = next !== 0 && isReadable(context, next, 1) && now !== undefined;
  const left = ((readField(context, type, address, 'expires') ?? 0) - (now ?? 0)) | 0;
  const due = isPending ? `${left < 0 ? '−' : '+'}${(Math.abs(left) / HZ).toFixed(2)} s ` : '';
  return called === undefined ? '' : `${due}<${called}>`;
}

/** `pid 2 server`. */
export function taskLabel(context: ValueContext, type: TypeId, address: number): string {
  const pid = readField(context, type, address, 'pid');
  const comm = locateField(context, type, address, 'comm');
  const size = comm ? typeOf(context.debug, comm.field.type).size : 0;
  const name =
    comm && context.memory.contains(comm.address, size)
      ? arrayText(context.memory.read(comm.address, size))?.slice(1, -1)
      : undefined;
  return [pid === undefined ? '' : `pid ${pid}`, name ?? ''].filter((part) => part !== '').join(' ');
}

/**
 * A packet in the manner of tcpdump. Headers count when the kernel has set their pointers and they lie inside the
 * buffer; on the way down, before they exist, TCP's control block says the same (`struct tcp_skb_cb` in `skb->cb`).
 */
export function packetLabel(context: ValueContext, type: TypeId, address: number): string {
  const length = readField(context, type, address, 'len') ?? 0;
  return tcpHeaderLabel(context, type, address) ?? controlBlockLabel(context, type, address) ?? `len ${length}`;
}

function tcpHeaderLabel(context: ValueContext, type: TypeId, address: number): string | undefined {
  const head = readField(context, type, address, 'head') ?? 0;
  const end = readField(context, type, address, 'end') ?? 0;
  const transport = readField(context, type, address, 'h.raw') ?? 0;
  const network = readField(context, type, address, 'nh.raw') ?? 0;
  const header = structId(context.debug, 'tcphdr');
  const ip = structId(context.debug, 'iphdr');
  const inside = (at: number, size: number): boolean =>
    at >= head && at + size <= end && placeOf(context, at) === 'heap';
  if (header === undefined || ip === undefined || !inside(transport, 20) || !inside(network, 20)) {
    return undefined;
  }
  if (readField(context, ip, network, 'protocol') !== IPPROTO_TCP) {
    return undefined;
  }
  const bit = (name: string): boolean => readField(context, header, transport, name) === 1;
  const word = (name: string): number =>
    new DataView(
      context.memory.read(transport + (findField(context.debug, header, name)?.offset ?? 0), 4).buffer,
    ).getUint32(0);
  const flags = `${bit('syn') ? 'S' : ''}${bit('fin') ? 'F' : ''}${bit('rst') ? 'R' : ''}${bit('psh') ? 'P' : ''}${bit('ack') ? '.' : ''}`;
  const total = swap16(readField(context, ip, network, 'tot_len') ?? 0);
  const headers =
    4 * ((readField(context, ip, network, 'ihl') ?? 5) + (readField(context, header, transport, 'doff') ?? 5));
  return `[${flags}] seq ${word('seq')}${bit('ack') ? `, ack ${word('ack_seq')}` : ''}, len ${Math.max(total - headers, 0)}`;
}

function controlBlockLabel(context: ValueContext, type: TypeId, address: number): string | undefined {
  const block = structId(context.debug, 'tcp_skb_cb');
  const area = locateField(context, type, address, 'cb');
  if (block === undefined || !area) {
    return undefined;
  }
  const from = readField(context, block, area.address, 'seq');
  const to = readField(context, block, area.address, 'end_seq');
  const span = from === undefined || to === undefined ? 0 : (to - from) | 0;
  return span <= 0 || span > 0x10000
    ? undefined
    : `seq ${from}..${to}, len ${readField(context, type, address, 'len') ?? 0}`;
}
