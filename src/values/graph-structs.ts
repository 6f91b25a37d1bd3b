/**
 * How the structs of the socket layer are shown: which fields matter, which pointers to follow, which lists start in
 * them, what is said of them in one line.
 *
 * In: nothing; pure data, by struct name. Out: `viewOf`. Fields a version of the kernel lacks are skipped where they are
 * used, and a struct without an entry is shown with its first fields and not followed.
 */
import {
  packetLabel,
  requestLabel,
  sockLabel,
  socketLabel,
  taskLabel,
  timerLabel,
  waiterLabel,
  type Label,
} from './graph-labels';
import type { FieldMeaning, GraphCardKind } from './graph-types';

/** Rows by what they are about, in order. */
function grouped(
  groups: Readonly<Partial<Record<FieldMeaning, readonly string[]>>>,
): Pick<StructView, 'rows' | 'meanings'> {
  const all = Object.entries(groups) as [FieldMeaning, readonly string[]][];
  return {
    rows: all.flatMap(([, paths]) => paths),
    meanings: new Map(all.flatMap(([meaning, paths]) => paths.map((path) => [path, meaning] as const))),
  };
}

export interface StructView {
  readonly kind: GraphCardKind;
  /** How much further a step to it takes one from what the reader looks at: small is shown first. */
  readonly cost: number;
  /** Dotted paths of the fields shown first, in order. */
  readonly rows: readonly string[];
  /** What fields of `rows` are about, where that tells them apart. */
  readonly meanings?: ReadonlyMap<string, FieldMeaning>;
  /** Dotted paths of pointers to follow. */
  readonly follow?: readonly string[];
  /** Dotted paths of fields in which lists start, which the views describe. */
  readonly chains?: readonly string[];
  /** One line on what the object is right now. */
  readonly label?: Label;
  /** Row of the union whose member in use becomes a card of its own. */
  readonly part?: string;
}

const VIEWS: Readonly<Record<string, StructView>> = {
  socket: {
    kind: 'socket',
    label: socketLabel,
    cost: 1,
    rows: ['state', 'type', 'flags', 'ops', 'sk', 'wait', 'file', 'inode'],
    follow: ['sk', 'ops'],
    chains: ['wait'],
  },
  sock: {
    kind: 'sock',
    label: sockLabel,
    cost: 1,
    ...grouped({
      identity: ['state', 'family', 'type', 'protocol'],
      addresses: ['num', 'rcv_saddr', 'sport', 'daddr', 'dport'],
      links: ['prot', 'tp_pinfo', 'socket', 'sleep'],
      queues: ['receive_queue', 'write_queue', 'backlog', 'ack_backlog', 'max_ack_backlog'],
      functions: ['backlog_rcv', 'destruct'],
      life: ['refcnt', 'zapped', 'dead', 'shutdown', 'err', 'lock.users'],
    }),
    follow: ['prot', 'socket'],
    part: 'tp_pinfo',
    chains: ['receive_queue', 'write_queue', 'error_queue', 'backlog', 'lock.wq'],
  },
  tcp_opt: {
    kind: 'protocol-part',
    cost: 1,
    ...grouped({
      sending: ['snd_una', 'snd_nxt', 'write_seq'],
      receiving: ['rcv_nxt', 'copied_seq'],
      windows: ['snd_wnd', 'rcv_wnd', 'mss_cache'],
      congestion: ['snd_cwnd', 'snd_ssthresh', 'packets_out'],
      timers: ['rto', 'srtt', 'retransmits', 'backoff', 'retransmit_timer'],
      queues: ['out_of_order_queue', 'listen_opt', 'accept_queue'],
      functions: ['af_specific'],
      life: ['reordering'],
    }),
    follow: ['listen_opt', 'af_specific'],
    chains: ['out_of_order_queue', 'ucopy.prequeue', 'accept_queue'],
  },
  raw_opt: { kind: 'protocol-part', cost: 1, rows: ['filter'] },
  proto: {
    kind: 'operations',
    cost: 2,
    rows: [
      'name',
      'init',
      'connect',
      'accept',
      'bind',
      'get_port',
      'hash',
      'unhash',
      'sendmsg',
      'recvmsg',
      'backlog_rcv',
      'close',
      'destroy',
    ],
  },
  proto_ops: {
    kind: 'operations',
    cost: 2,
    rows: ['family', 'bind', 'listen', 'accept', 'connect', 'sendmsg', 'recvmsg', 'shutdown', 'release', 'getname'],
  },
  tcp_func: {
    kind: 'operations',
    cost: 4,
    rows: ['queue_xmit', 'send_check', 'conn_request', 'syn_recv_sock', 'net_header_len'],
  },
  tcp_listen_opt: {
    kind: 'queue',
    cost: 1,
    rows: ['qlen', 'qlen_young', 'max_qlen_log', 'syn_table', 'clock_hand'],
    chains: ['syn_table'],
  },
  open_request: {
    kind: 'request',
    label: requestLabel,
    cost: 2,
    rows: [
      'af.v4_req.rmt_addr',
      'rmt_port',
      'af.v4_req.loc_addr',
      'rcv_isn',
      'snt_isn',
      'mss',
      'retrans',
      'expires',
      'acked',
      'sk',
      'class',
    ],
    follow: ['sk'],
  },
  tcp_bind_bucket: {
    kind: 'bind-bucket',
    cost: 4,
    rows: ['port', 'fastreuse', 'owners'],
    chains: ['owners'],
  },
  tcp_tw_bucket: {
    kind: 'other',
    cost: 2,
    rows: [
      'substate',
      'rcv_saddr',
      'num',
      'daddr',
      'dport',
      'timeout',
      'rcv_nxt',
      'snd_nxt',
      'rcv_wnd',
      'refcnt',
      'tb',
    ],
  },
  sk_buff: {
    kind: 'packet',
    label: packetLabel,
    cost: 2,
    rows: [
      'len',
      'sk',
      'list',
      'dev',
      'data',
      'tail',
      'h.raw',
      'nh.raw',
      'users',
      'cloned',
      'pkt_type',
      'protocol',
      'truesize',
      'destructor',
    ],
    follow: ['sk'],
  },
  sk_buff_head: { kind: 'queue', cost: 3, rows: ['qlen', 'next', 'prev'] },
  __wait_queue: { kind: 'waiter', label: waiterLabel, cost: 2, rows: ['task', 'flags'], follow: ['task'] },
  task_struct: {
    kind: 'task',
    label: taskLabel,
    cost: 3,
    rows: ['pid', 'comm', 'state', 'sigpending', 'cap_effective'],
  },
  file: {
    kind: 'file',
    cost: 5,
    rows: ['f_flags', 'f_count', 'f_dentry', 'f_op', 'private_data'],
    follow: ['f_dentry'],
  },
  dentry: { kind: 'file', cost: 6, rows: ['d_count', 'd_inode'], follow: ['d_inode'] },
  inode: { kind: 'file', cost: 5, rows: ['i_ino', 'i_sock', 'i_mode', 'i_count'] },
  sockaddr_in: { kind: 'address', cost: 1, rows: ['sin_family', 'sin_port', 'sin_addr'] },
  sockaddr: { kind: 'address', cost: 2, rows: ['sa_family', 'sa_data'] },
  msghdr: {
    kind: 'other',
    cost: 2,
    rows: ['msg_name', 'msg_namelen', 'msg_iov', 'msg_iovlen', 'msg_flags'],
    follow: ['msg_iov'],
  },
  iovec: { kind: 'other', cost: 3, rows: ['iov_base', 'iov_len'] },
  timer_list: { kind: 'timer', label: timerLabel, cost: 4, rows: ['expires', 'function', 'data', 'list.next'] },
  dst_entry: { kind: 'device', cost: 6, rows: ['dev', '__refcnt', 'input', 'output', 'pmtu', 'error'] },
  rtable: { kind: 'device', cost: 6, rows: ['rt_dst', 'rt_src', 'rt_gateway', 'rt_flags'] },
  net_device: { kind: 'device', cost: 6, rows: ['name', 'ifindex', 'flags', 'mtu', 'hard_start_xmit'] },
  iphdr: { kind: 'packet', cost: 2, rows: ['saddr', 'daddr', 'protocol', 'ttl', 'tot_len', 'id'] },
  tcphdr: {
    kind: 'packet',
    cost: 2,
    rows: ['source', 'dest', 'seq', 'ack_seq', 'syn', 'ack', 'fin', 'rst', 'psh', 'window'],
  },
  udphdr: { kind: 'packet', cost: 2, rows: ['source', 'dest', 'len', 'check'] },
  net_proto_family: { kind: 'operations', cost: 4, rows: ['family', 'create'] },
};

/** Slab caches whose objects are one struct: shown even when no variable leads to them. */
export const CACHE_STRUCTS: Readonly<Record<string, string>> = {
  sock: 'sock',
  tcp_open_request: 'open_request',
  tcp_bind_bucket: 'tcp_bind_bucket',
  skbuff_head_cache: 'sk_buff',
};

/** How `struct name` is shown, when it has a view of its own. */
export function viewOf(name: string): StructView | undefined {
  return Object.hasOwn(VIEWS, name) ? VIEWS[name] : undefined;
}
