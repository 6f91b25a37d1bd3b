/**
 * How the structures of Linux 2.4 are shown, as data: what their fields mean, which are lists, which arm of a union is in
 * use, which bytes are other structures.
 *
 * In: the tables of meanings. Out: the set of views that every kernel is shown with; files of the workspace add to it. What
 * a kernel lacks is passed over.
 */
import type { ListView, PartView, StructView, ViewSet } from './structure-views';
import { FIELDS, VARIABLES, type ValueFamily } from './value-families';
import { readCondition } from './view-condition';

/** Lists by struct and member; without a member the struct is itself the head. */
const LISTS: Readonly<Record<string, ListView>> = {
  sk_buff_head: { of: 'sk_buff', first: 'next', next: 'next' },
  'sock.backlog': { of: 'sk_buff', first: 'head', next: 'next' },
  'softnet_data.completion_queue': { of: 'sk_buff', next: 'next' },
  'tcp_opt.accept_queue': { of: 'open_request', next: 'dl_next' },
  'tcp_listen_opt.syn_table': { of: 'open_request', next: 'dl_next' },
  'tcp_bind_bucket.owners': { of: 'sock', next: 'bind_next' },
  'tcp_bind_hashbucket.chain': { of: 'tcp_bind_bucket', next: 'next' },
  'tcp_ehash_bucket.chain': { of: 'sock', next: 'next' },
  list_head: { of: 'list_head', first: 'next', next: 'next' },
  __wait_queue_head: { of: '__wait_queue', first: 'task_list.next', next: 'task_list', embedded: true },
  'timer_vec.vec': { of: 'timer_list', first: 'next', next: 'list', embedded: true },
  'timer_vec_root.vec': { of: 'timer_list', first: 'next', next: 'list', embedded: true },
};

/** Arms of unions by struct and member, each with when it is in use; the first that is. */
const UNIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sock.tp_pinfo': {
    af_tcp: 'protocol == IPPROTO_TCP && type != SOCK_RAW',
    tp_raw4: 'type == SOCK_RAW',
  },
  'sock.protinfo': { af_inet: 'family == PF_INET', af_unix: 'family == PF_UNIX', af_packet: 'family == PF_PACKET' },
  'sk_buff.h': {
    th: 'nh.raw >= head && h.raw > nh.raw && nh.iph->protocol == IPPROTO_TCP',
    uh: 'nh.raw >= head && h.raw > nh.raw && nh.iph->protocol == IPPROTO_UDP',
    icmph: 'nh.raw >= head && h.raw > nh.raw && nh.iph->protocol == IPPROTO_ICMP',
  },
  'sk_buff.nh': { iph: 'protocol == 8' },
  'inode.u': { socket_i: 'i_sock != 0' },
  'open_request.af': { v4_req: 'class != 0' },
};

/** The network header lies in the buffer, and behind it the transport's. */
const NETWORK = 'nh.raw >= head && nh.raw < tail';
const TRANSPORT = 'nh.raw >= head && h.raw > nh.raw && h.raw < tail';

/** TCP has taken the packet: the headers before its own are off. */
const TCP_HAS_IT = `${TRANSPORT} && nh.iph->protocol == IPPROTO_TCP && data >= h.raw`;

/** In a queue, without headers and without an owner: what TCP has to send, or to send again, has them in its copies. */
const WAITS_TO_BE_SENT = 'sk == 0 && list != 0 && h.raw == 0 && nh.raw == 0';

const header = (name: string, as: string, at: string, when: string): PartView => ({ name, as, at, ...whenever(when) });

/** Structures within the bytes of another, or that it points to. */
const PARTS: Readonly<Record<string, readonly PartView[]>> = {
  sk_buff: [
    header('IP header', 'iphdr', 'nh.raw', NETWORK),
    header('TCP header', 'tcphdr', 'h.raw', `${TRANSPORT} && nh.iph->protocol == IPPROTO_TCP`),
    header('UDP header', 'udphdr', 'h.raw', `${TRANSPORT} && nh.iph->protocol == IPPROTO_UDP`),
    header('ICMP header', 'icmphdr', 'h.raw', `${TRANSPORT} && nh.iph->protocol == IPPROTO_ICMP`),
    {
      ...header('TCP control block', 'tcp_skb_cb', 'cb', `sk->protocol == IPPROTO_TCP || ${TCP_HAS_IT}`),
      inPlace: true,
    },
    { ...header('TCP control block', 'tcp_skb_cb', 'cb', WAITS_TO_BE_SENT), inPlace: true },
    { ...header('IP control block', 'inet_skb_parm', 'cb', `sk == 0 && ${NETWORK} && data < h.raw`), inPlace: true },
  ],
};

function whenever(text: string): Pick<PartView, 'when'> {
  const when = readCondition(text);
  return when ? { when } : {};
}

function made(): ViewSet {
  const structs = new Map<string, { -readonly [Part in keyof StructView]: StructView[Part] }>();
  const of = (key: string): [view: { -readonly [Part in keyof StructView]: StructView[Part] }, path: string] => {
    const [name = '', ...path] = key.split('.');
    const view = structs.get(name) ?? { fields: {}, lists: {}, unions: {}, parts: [] };
    structs.set(name, view);
    return [view, path.join('.')];
  };
  for (const [key, family] of Object.entries(FIELDS)) {
    const [view, path] = of(key);
    view.fields = { ...view.fields, [path]: family };
  }
  for (const [key, list] of Object.entries(LISTS)) {
    const [view, path] = of(key);
    view.lists = { ...view.lists, [path]: list };
  }
  for (const [key, arms] of Object.entries(UNIONS)) {
    const [view, path] = of(key);
    const known = Object.entries(arms).flatMap(([arm, text]) => {
      const when = readCondition(text);
      return when ? [{ arm, when }] : [];
    });
    view.unions = { ...view.unions, [path]: known };
  }
  for (const [key, parts] of Object.entries(PARTS)) {
    of(key)[0].parts = parts;
  }
  return { structs, variables: new Map<string, ValueFamily>(Object.entries(VARIABLES)) };
}

export const linuxViews: ViewSet = made();
