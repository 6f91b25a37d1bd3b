/**
 * Members that some Linux 2.4 has and others do not: what a listing may use that the kernel beneath it lacks.
 *
 * In: nothing. Out: facts, as compiled layouts of 2.4.0, 2.4.16, 2.4.22 and 2.4.37 tell them; `from` is the first of
 * these that has the member.
 */
import type { KnownMember } from '../source/replacement';

// prettier-ignore
export const laterMembers: readonly KnownMember[] = [
  { record: 'struct sock', name: 'use_write_queue', declaration: 'unsigned char use_write_queue;', from: '2.4.16' },
  { record: 'struct sock', name: 'route_caps', declaration: 'int route_caps;', from: '2.4.16' },
  { record: 'struct inet_opt', name: 'id', declaration: '__u16 id;', from: '2.4.16' },
  { record: 'struct tcp_opt', name: 'syn_seq', declaration: '__u32 syn_seq;', from: '2.4.0' },
  { record: 'struct tcp_opt', name: 'fin_seq', declaration: '__u32 fin_seq;', from: '2.4.0' },
  { record: 'struct tcp_opt', name: 'sndmsg_page', declaration: 'struct page *sndmsg_page;', from: '2.4.16' },
  { record: 'struct tcp_opt', name: 'sndmsg_off', declaration: '__u32 sndmsg_off;', from: '2.4.16' },
  { record: 'struct tcp_opt', name: 'last_synq_overflow', declaration: 'unsigned long last_synq_overflow;', from: '2.4.16' },
  { record: 'struct tcp_opt', name: 'frto_counter', declaration: '__u8 frto_counter;', from: '2.4.22' },
  { record: 'struct tcp_opt', name: 'frto_highmark', declaration: '__u32 frto_highmark;', from: '2.4.22' },
  { record: 'struct tcp_opt', name: 'adv_cong', declaration: '__u8 adv_cong;', from: '2.4.37' },
  { record: 'struct sk_buff', name: 'used', declaration: 'volatile char used;', from: '2.4.0' },
  { record: 'struct sk_buff', name: 'data_len', declaration: 'unsigned int data_len;', from: '2.4.16' },
  { record: 'struct sk_buff', name: 'real_dev', declaration: 'struct net_device *real_dev;', from: '2.4.22' },
  { record: 'struct tcp_listen_opt', name: 'hash_rnd', declaration: '__u32 hash_rnd;', from: '2.4.22' },
  { record: 'struct open_request', name: 'index', declaration: '__u8 index;', from: '2.4.0' },
  { record: 'struct tcp_func', name: 'hash_connecting', declaration: 'int (*hash_connecting)(struct sock *);', from: '2.4.0' },
  { record: 'struct ipv4_config', name: 'log_martians', declaration: 'int log_martians;', from: '2.4.0' },
];
