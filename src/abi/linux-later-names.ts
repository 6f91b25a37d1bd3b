/**
 * Names that the socket layer has in kernels after 2.4, which books and notes of today use, and what 2.4 calls the same.
 *
 * In: a name. Out: names of 2.4, members as `struct.member`: what comes nearest, though a part may have been done
 * elsewhere. A member of a later `struct sock` with a prefix (`sk_state`, `inet_sport`) is one of 2.4's without it.
 */

// prettier-ignore
const NAMES: ReadonlyMap<string, string> = new Map(Object.entries({
  // Requests, the accept queue, listening.
  inet_csk_accept: 'tcp_accept', inet_csk_listen_start: 'tcp_listen_start', inet_csk_listen_stop: 'tcp_listen_stop',
  inet_csk_wait_for_connect: 'wait_for_connect', inet_csk_search_req: 'tcp_v4_search_req',
  inet_csk_reqsk_queue_add: 'tcp_acceptq_queue', reqsk_queue_add: 'tcp_acceptq_queue',
  inet_csk_reqsk_queue_hash_add: 'tcp_v4_synq_add', inet_csk_route_req: 'tcp_v4_route_req',
  inet_csk_reqsk_queue_prune: 'tcp_synack_timer', tcp_conn_request: 'tcp_v4_conn_request',
  inet_reqsk_alloc: 'tcp_openreq_alloc', reqsk_alloc: 'tcp_openreq_alloc', reqsk_free: 'tcp_openreq_free',
  request_sock: 'open_request', inet_request_sock: 'open_request', tcp_request_sock: 'open_request',
  request_sock_ops: 'or_calltable', request_sock_queue: 'tcp_listen_opt', listen_sock: 'tcp_listen_opt',
  // Ports and hash tables, TIME_WAIT.
  inet_csk_get_port: 'tcp_v4_get_port', inet_csk_bind_conflict: 'tcp_bind_conflict',
  inet_timewait_sock: 'tcp_tw_bucket', tcp_timewait_sock: 'tcp_tw_bucket', inet_bind_bucket: 'tcp_bind_bucket',
  inet_bind_hashbucket: 'tcp_bind_hashbucket', inet_ehash_bucket: 'tcp_ehash_bucket', inet_hashinfo: 'tcp_hashinfo',
  inet_hash: 'tcp_v4_hash', __inet_hash: '__tcp_v4_hash', inet_unhash: 'tcp_unhash', inet_put_port: 'tcp_put_port',
  inet_bind_bucket_create: 'tcp_bucket_create', __inet_lookup: '__tcp_v4_lookup',
  __inet_lookup_established: '__tcp_v4_lookup_established', __inet_lookup_listener: 'tcp_v4_lookup_listener',
  inet_lookup_listener: 'tcp_v4_lookup_listener', __inet_inherit_port: '__tcp_inherit_port',
  // A sock's parts: one struct has all of them in 2.4.
  tcp_sock: 'tcp_opt', inet_sock: 'inet_opt', inet_connection_sock: 'tcp_opt', tcp_sk: 'sock.tp_pinfo',
  inet_sk: 'sock.protinfo', inet_csk: 'sock.tp_pinfo', sk_wq: 'sock.sleep',
  icsk_accept_queue: 'tcp_opt.accept_queue',
  icsk_bind_hash: 'sock.prev', icsk_rto: 'tcp_opt.rto', icsk_retransmits: 'tcp_opt.retransmits',
  icsk_backoff: 'tcp_opt.backoff', icsk_pending: 'tcp_opt.pending', icsk_syn_retries: 'tcp_opt.syn_retries',
  icsk_probes_out: 'tcp_opt.probes_out', icsk_af_ops: 'tcp_opt.af_specific', inet_connection_sock_af_ops: 'tcp_func',
  // Timers, waiting, ends.
  inet_csk_destroy_sock: 'tcp_destroy_sock', inet_csk_reset_xmit_timer: 'tcp_reset_xmit_timer',
  inet_csk_clear_xmit_timer: 'tcp_clear_xmit_timer', inet_csk_init_xmit_timers: 'tcp_init_xmit_timers',
  inet_csk_reset_keepalive_timer: 'tcp_reset_keepalive_timer', __inet_stream_connect: 'inet_stream_connect',
  sk_stream_wait_connect: 'wait_for_tcp_connect', sk_stream_wait_memory: 'wait_for_tcp_memory',
  sk_wait_data: 'tcp_data_wait',
  // System calls and files.
  __sys_socket: 'sys_socket', __sys_bind: 'sys_bind', __sys_listen: 'sys_listen', __sys_accept4: 'sys_accept',
  __sys_connect: 'sys_connect', __sys_sendto: 'sys_sendto', __sys_recvfrom: 'sys_recvfrom',
  __sock_create: 'sock_create', sock_alloc_file: 'sock_map_fd',
  // Packets, waiting queues, memory.
  transport_header: 'sk_buff.h',
  skb_copy_datagram_iter: 'skb_copy_datagram_iovec', skb_copy_datagram_msg: 'skb_copy_datagram_iovec',
  tcp_hdr: 'sk_buff.h', udp_hdr: 'sk_buff.h', ip_hdr: 'sk_buff.nh', eth_hdr: 'sk_buff.mac',
  network_header: 'sk_buff.nh', mac_header: 'sk_buff.mac', sk_eat_skb: 'tcp_eat_skb',
  __tcp_transmit_skb: 'tcp_transmit_skb', __netif_receive_skb: 'net_rx_action',
  __netif_receive_skb_core: 'net_rx_action', netif_receive_skb: 'net_rx_action', dst_output: 'dst_entry.output',
  dst_input: 'dst_entry.input', wait_queue_entry: '__wait_queue', wait_queue_entry_t: 'wait_queue_t',
  wait_queue_head: '__wait_queue_head', kmem_cache: 'kmem_cache_s', iov_iter: 'iovec',
}));

/** Prefixes that members of a sock have got. */
const PREFIX = /^(?:sk|skc|inet)_(?=\w)/;

/** What 2.4 may call what a later kernel calls `name`, the likeliest first; none for most names. */
export function namesBefore(name: string): readonly string[] {
  const known = NAMES.get(name);
  const member = PREFIX.test(name) ? name.replace(PREFIX, '') : undefined;
  return [...(known === undefined ? [] : [known]), ...(member === undefined ? [] : [`sock.${member}`])];
}
