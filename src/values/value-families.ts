/**
 * What the numbers in well-known fields mean: a table from fields and variables to families of constants, and the
 * families.
 *
 * In: nothing; pure data. Out: tables, from which the views are made (`linux-views.ts`). C types say little here: `sock->state` is a
 * `volatile unsigned char` that holds a TCP state, `sport` a 16-bit number in network byte order. Values are those of
 * Linux 2.4 on i386 (src/abi, include/linux/skbuff.h, include/linux/if.h, include/net/{sock,tcp}.h); where the program that runs defines a constant of the same name (`DebugInfo.constants`), its value counts instead.
 */

import { OPEN_FLAGS } from '../abi/linux-files';
import { TASK_STATES, WAIT_FLAGS } from '../abi/linux-process';
import {
  ADDRESS_FAMILIES,
  MESSAGE_FLAGS,
  PATH_MTU_DISCOVERY,
  PROTOCOL_FAMILIES,
  PROTOCOLS,
  SHUTDOWN_FLAGS,
  SHUTDOWN_HOW,
  SOCKET_STATES,
  SOCKET_TYPES,
  TCP_STATES,
} from '../abi/linux-sockets';

export type ValueFamily =
  /** One of several named values. */
  | { readonly kind: 'values'; readonly names: Readonly<Record<string, number>> }
  /** Bits that can be set together; `zero` names the value 0. */
  | {
      readonly kind: 'flags';
      readonly names: Readonly<Record<string, number>>;
      readonly zero?: string | undefined;
      /** They are in network byte order. */
      readonly network?: boolean;
    }
  /** 0, an errno value, or its negative. */
  | { readonly kind: 'errno' }
  /** A negative errno value, or something else that is not negative. */
  | { readonly kind: 'negative-errno' }
  /** A 16-bit port, an IPv4 address, a 16- or 32-bit number: all in network byte order. */
  | { readonly kind: 'port' | 'ipv4' | 'network-order' }
  /**
   * A TCP sequence number, in the order of the machine: one that this end counts for what it sends or receives (in the sock
   * of the connection), or one of a packet that is sent or that acknowledges (in its control block).
   */
  | { readonly kind: 'sequence'; readonly side: 'sent' | 'received' | 'packet' | 'acknowledged' }
  /** An absolute time in jiffies, and a duration in jiffies. */
  | { readonly kind: 'jiffies' | 'duration' };

const values = (names: Readonly<Record<string, number>>): ValueFamily => ({ kind: 'values', names });
const flags = (names: Readonly<Record<string, number>>, zero?: string): ValueFamily => ({ kind: 'flags', names, zero });

/** `TCP_A, TCP_B` from a first value on. */
function sequence(first: number, ...names: string[]): Record<string, number> {
  return Object.fromEntries(names.map((name, index) => [name, first + index]));
}

const socketStates = values(SOCKET_STATES);
const tcpStates = values(TCP_STATES);
const socketTypes = values(SOCKET_TYPES);
const families = values(PROTOCOL_FAMILIES);
const addressFamilies = values(ADDRESS_FAMILIES);
const protocols = values(PROTOCOLS);
const shutdown = flags(SHUTDOWN_FLAGS);
const shutdownHow = values(SHUTDOWN_HOW);
const userLocks = flags({ SOCK_SNDBUF_LOCK: 1, SOCK_RCVBUF_LOCK: 2, SOCK_BINDADDR_LOCK: 4, SOCK_BINDPORT_LOCK: 8 });
const socketFlags = flags({ SO_ACCEPTCON: 1 << 16, SO_WAITDATA: 1 << 17, SO_NOSPACE: 1 << 18 });
const { TASK_RUNNING: _running, ...sleepingStates } = TASK_STATES;
const taskStates = flags(sleepingStates, 'TASK_RUNNING');
const waitFlags = flags(WAIT_FLAGS);
const { O_RDONLY: _readOnly, ...setOpenFlags } = OPEN_FLAGS;
const openFlags = flags(setOpenFlags);
const messageFlags = flags(MESSAGE_FLAGS);
const congestionStates = values(
  sequence(0, 'TCP_CA_Open', 'TCP_CA_Disorder', 'TCP_CA_CWR', 'TCP_CA_Recovery', 'TCP_CA_Loss'),
);
const tcpTimers = values(sequence(1, 'TCP_TIME_RETRANS', 'TCP_TIME_DACK', 'TCP_TIME_PROBE0', 'TCP_TIME_KEEPOPEN'));
const ackPending = flags({ TCP_ACK_SCHED: 1, TCP_ACK_TIMER: 2, TCP_ACK_PUSHED: 4 });
const pathMtu = values(PATH_MTU_DISCOVERY);
const packetTypes = values(
  sequence(0, 'PACKET_HOST', 'PACKET_BROADCAST', 'PACKET_MULTICAST', 'PACKET_OTHERHOST', 'PACKET_OUTGOING'),
);
const checksums = values(sequence(0, 'CHECKSUM_NONE', 'CHECKSUM_HW', 'CHECKSUM_UNNECESSARY'));
const deviceFlags = flags({
  IFF_UP: 1,
  IFF_BROADCAST: 2,
  IFF_LOOPBACK: 8,
  IFF_POINTOPOINT: 0x10,
  IFF_RUNNING: 0x40,
  IFF_NOARP: 0x80,
  IFF_MULTICAST: 0x1000,
});
const etherTypes = values({ 'htons(ETH_P_IP)': 0x0008, 'htons(ETH_P_ARP)': 0x0608 });
/** No loss has set a limit yet: slow start goes on. */
const threshold = values({ '∞': 0x7fffffff });
const timeouts = values({ MAX_SCHEDULE_TIMEOUT: 0x7fffffff });
const allocation = flags({ __GFP_WAIT: 1, __GFP_HIGH: 2, __GFP_IO: 4, __GFP_DMA: 8, __GFP_HIGHMEM: 0x10 });
const fragment: ValueFamily = { kind: 'flags', names: { IP_DF: 0x4000, IP_MF: 0x2000 }, network: true };
const tcpFlags = flags({
  TCPCB_FLAG_FIN: 1,
  TCPCB_FLAG_SYN: 2,
  TCPCB_FLAG_RST: 4,
  TCPCB_FLAG_PSH: 8,
  TCPCB_FLAG_ACK: 0x10,
  TCPCB_FLAG_URG: 0x20,
});
const errno: ValueFamily = { kind: 'errno' };
const negativeErrno: ValueFamily = { kind: 'negative-errno' };
const port: ValueFamily = { kind: 'port' };
const ipv4: ValueFamily = { kind: 'ipv4' };
const networkOrder: ValueFamily = { kind: 'network-order' };
const sentSequence: ValueFamily = { kind: 'sequence', side: 'sent' };
const receivedSequence: ValueFamily = { kind: 'sequence', side: 'received' };
const packetSequence: ValueFamily = { kind: 'sequence', side: 'packet' };
const packetAcknowledgment: ValueFamily = { kind: 'sequence', side: 'acknowledged' };
const jiffies: ValueFamily = { kind: 'jiffies' };
const duration: ValueFamily = { kind: 'duration' };

/** By `record.path`, where `path` runs through untagged members (`tcp_opt.ack.pending`). */
export const FIELDS: Readonly<Record<string, ValueFamily>> = {
  'socket.state': socketStates,
  'socket.type': socketTypes,
  'socket.flags': socketFlags,
  'sock.state': tcpStates,
  'sock.family': families,
  'sock.type': socketTypes,
  'sock.protocol': protocols,
  'sock.shutdown': shutdown,
  'sock.userlocks': userLocks,
  'sock.allocation': allocation,
  'sock.daddr': ipv4,
  'sock.rcv_saddr': ipv4,
  'sock.saddr': ipv4,
  'sock.dport': port,
  'sock.sport': port,
  'sock.err': errno,
  'sock.err_soft': errno,
  'sock.rcvtimeo': timeouts,
  'sock.sndtimeo': timeouts,
  'sock.lingertime': duration,
  'inet_opt.pmtudisc': pathMtu,
  'inet_opt.mc_addr': ipv4,
  'proto_ops.family': families,
  'net_proto_family.family': families,
  'inet_protosw.type': socketTypes,
  'inet_protosw.protocol': protocols,
  'inet_protocol.protocol': protocols,
  'tcp_opt.ca_state': congestionStates,
  'tcp_opt.snd_ssthresh': threshold,
  'tcp_opt.pending': tcpTimers,
  'tcp_opt.ack.pending': ackPending,
  'tcp_opt.ack.timeout': jiffies,
  'tcp_opt.ack.ato': duration,
  'tcp_opt.timeout': jiffies,
  'tcp_opt.rto': duration,
  'tcp_opt.snd_nxt': sentSequence,
  'tcp_opt.snd_una': sentSequence,
  'tcp_opt.snd_sml': sentSequence,
  'tcp_opt.snd_up': sentSequence,
  'tcp_opt.write_seq': sentSequence,
  'tcp_opt.pushed_seq': sentSequence,
  'tcp_opt.high_seq': sentSequence,
  'tcp_opt.rtt_seq': sentSequence,
  'tcp_opt.undo_marker': sentSequence,
  'tcp_opt.rcv_nxt': receivedSequence,
  'tcp_opt.rcv_wup': receivedSequence,
  'tcp_opt.copied_seq': receivedSequence,
  'tcp_opt.snd_wl1': receivedSequence,
  'tcp_opt.syn_seq': receivedSequence,
  'tcp_opt.fin_seq': receivedSequence,
  'tcp_opt.urg_seq': receivedSequence,
  'tcp_opt.keepalive_time': duration,
  'tcp_opt.keepalive_intvl': duration,
  'tcp_opt.linger2': duration,
  'open_request.rmt_port': port,
  'open_request.expires': jiffies,
  'tcp_v4_open_req.loc_addr': ipv4,
  'tcp_v4_open_req.rmt_addr': ipv4,
  'tcp_skb_cb.flags': tcpFlags,
  'tcp_skb_cb.when': jiffies,
  'tcp_skb_cb.seq': packetSequence,
  'tcp_skb_cb.end_seq': packetSequence,
  'tcp_skb_cb.ack_seq': packetAcknowledgment,
  'tcp_tw_bucket.state': tcpStates,
  'tcp_tw_bucket.substate': tcpStates,
  'tcp_tw_bucket.timeout': duration,
  'tcp_tw_bucket.snd_nxt': sentSequence,
  'tcp_tw_bucket.rcv_nxt': receivedSequence,
  'tcp_tw_bucket.syn_seq': receivedSequence,
  'tcp_tw_bucket.dport': port,
  'tcp_tw_bucket.sport': port,
  'tcp_tw_bucket.daddr': ipv4,
  'tcp_tw_bucket.rcv_saddr': ipv4,
  'timer_list.expires': jiffies,
  'task_struct.state': taskStates,
  '__wait_queue.flags': waitFlags,
  'file.f_flags': openFlags,
  'msghdr.msg_flags': messageFlags,
  'sk_buff.pkt_type': packetTypes,
  'sk_buff.ip_summed': checksums,
  'sk_buff.protocol': etherTypes,
  'net_device.flags': deviceFlags,
  'sockaddr.sa_family': addressFamilies,
  'sockaddr_in.sin_family': addressFamilies,
  'sockaddr_in.sin_port': port,
  'in_addr.s_addr': ipv4,
  'iphdr.protocol': protocols,
  'iphdr.saddr': ipv4,
  'iphdr.daddr': ipv4,
  'iphdr.tot_len': networkOrder,
  'iphdr.id': networkOrder,
  'iphdr.frag_off': fragment,
  'iphdr.check': networkOrder,
  'tcphdr.source': port,
  'tcphdr.dest': port,
  'tcphdr.seq': networkOrder,
  'tcphdr.ack_seq': networkOrder,
  'tcphdr.window': networkOrder,
  'tcphdr.check': networkOrder,
  'udphdr.source': port,
  'udphdr.dest': port,
  'udphdr.len': networkOrder,
  'udphdr.check': networkOrder,
  'rtable.rt_dst': ipv4,
  'rtable.rt_src': ipv4,
  'rtable.rt_gateway': ipv4,
  'in_ifaddr.ifa_local': ipv4,
  'in_ifaddr.ifa_address': ipv4,
  'in_ifaddr.ifa_mask': ipv4,
  'in_ifaddr.ifa_broadcast': ipv4,
};

/** By name, for parameters and locals of integer type: how the socket layer's functions call these things. */
export const VARIABLES: Readonly<Record<string, ValueFamily>> = {
  err: negativeErrno,
  error: negativeErrno,
  retval: negativeErrno,
  ret: negativeErrno,
  rc: negativeErrno,
  res: negativeErrno,
  result: negativeErrno,
  status: negativeErrno,
  errcode: negativeErrno,
  copied: negativeErrno,
  rto: duration,
  family: families,
  protocol: protocols,
  type: socketTypes,
  how: shutdownHow,
  saddr: ipv4,
  daddr: ipv4,
  rcv_saddr: ipv4,
  nexthop: ipv4,
  sport: port,
  dport: port,
  timeo: timeouts,
  timeout: timeouts,
};

/** Families by the names that files of views use for them. */
export const NAMED_FAMILIES: Readonly<Record<string, ValueFamily>> = {
  'socket-states': socketStates,
  'tcp-states': tcpStates,
  'socket-types': socketTypes,
  families,
  'address-families': addressFamilies,
  protocols,
  shutdown,
  'user-locks': userLocks,
  'socket-flags': socketFlags,
  'task-states': taskStates,
  'wait-flags': waitFlags,
  'open-flags': openFlags,
  'message-flags': messageFlags,
  'congestion-states': congestionStates,
  'tcp-timers': tcpTimers,
  'packet-types': packetTypes,
  'device-flags': deviceFlags,
  timeouts,
  allocation,
  fragment,
  'tcp-flags': tcpFlags,
  errno,
  'negative-errno': negativeErrno,
  port,
  ipv4,
  'network-order': networkOrder,
  'sent-sequence': sentSequence,
  'received-sequence': receivedSequence,
  'packet-sequence': packetSequence,
  'packet-acknowledgment': packetAcknowledgment,
  jiffies,
  duration,
};
