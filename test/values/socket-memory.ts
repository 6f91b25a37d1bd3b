/**
 * The socket layer's structs, shortened, in a `KernelMemory`: enough of `include/net/sock.h` and its neighbours for the
 * tests of values and of the object graph. Field names and types are the kernel's; the fields left out are those no test
 * looks at.
 */
import { KernelMemory } from './kernel-memory';

export const SOCKET_STATES = { SS_FREE: 0, SS_UNCONNECTED: 1, SS_CONNECTING: 2, SS_CONNECTED: 3, SS_DISCONNECTING: 4 };

export function socketMemory(): KernelMemory {
  return new KernelMemory(
    {
      list_head: { next: '*list_head', prev: '*list_head' },
      atomic_t: { counter: 'i32' },
      spinlock_t: { gcc_is_buggy: 'i32' },
      __wait_queue_head: { lock: 'spinlock_t', task_list: 'list_head' },
      __wait_queue: { flags: 'u32', task: '*task_struct', task_list: 'list_head' },
      task_struct: { state: 'i32', pid: 'i32', comm: 'char[16]', sigpending: 'i32' },
      timer_list: { list: 'list_head', expires: 'u32', data: 'u32', function: 'fn' },
      sk_buff_head: { next: '*sk_buff', prev: '*sk_buff', qlen: 'u32', lock: 'spinlock_t' },
      iphdr: {
        ihl: 'u8:4',
        version: 'u8:4',
        tos: 'u8',
        tot_len: 'u16',
        id: 'u16',
        frag_off: 'u16',
        ttl: 'u8',
        protocol: 'u8',
        check: 'u16',
        saddr: 'u32',
        daddr: 'u32',
      },
      sk_buff: {
        next: '*sk_buff',
        prev: '*sk_buff',
        list: '*sk_buff_head',
        sk: '*sock',
        h: { union: { raw: '*u8' } },
        nh: { union: { raw: '*u8' } },
        cb: 'char[48]',
        len: 'u32',
        users: 'atomic_t',
        head: '*u8',
        data: '*u8',
        tail: '*u8',
        end: '*u8',
        destructor: 'fn',
      },
      tcp_v4_open_req: { loc_addr: 'u32', rmt_addr: 'u32' },
      open_request: {
        dl_next: '*open_request',
        rcv_isn: 'u32',
        snt_isn: 'u32',
        rmt_port: 'u16',
        mss: 'u16',
        retrans: 'u8',
        expires: 'u32',
        sk: '*sock',
        af: { union: { v4_req: 'tcp_v4_open_req' } },
      },
      tcp_listen_opt: {
        max_qlen_log: 'u8',
        qlen: 'i32',
        qlen_young: 'i32',
        clock_hand: 'i32',
        syn_table: '*open_request[8]',
      },
      tcp_bind_bucket: {
        port: 'u16',
        fastreuse: 'i16',
        next: '*tcp_bind_bucket',
        owners: '*sock',
        pprev: '**tcp_bind_bucket',
      },
      tcp_func: { queue_xmit: 'fn', conn_request: 'fn', syn_recv_sock: 'fn' },
      tcp_opt: {
        tcp_header_len: 'i32',
        rcv_nxt: 'u32',
        snd_nxt: 'u32',
        snd_una: 'u32',
        ack: { pending: 'u8', quick: 'u8', ato: 'u32', timeout: 'u32' },
        snd_wnd: 'u32',
        mss_cache: 'u16',
        ca_state: 'u8',
        retransmits: 'u8',
        rto: 'u32',
        snd_cwnd: 'u32',
        snd_ssthresh: 'u32',
        packets_out: 'u32',
        retransmit_timer: 'timer_list',
        delack_timer: 'timer_list',
        out_of_order_queue: 'sk_buff_head',
        af_specific: '*tcp_func',
        write_seq: 'u32',
        copied_seq: 'u32',
        rcv_wnd: 'u32',
        reordering: 'u8',
        listen_opt: '*tcp_listen_opt',
        accept_queue: '*open_request',
        accept_queue_tail: '*open_request',
      },
      icmp_filter: { data: 'u32' },
      raw_opt: { filter: 'icmp_filter' },
      proto: {
        close: 'fn',
        connect: 'fn',
        accept: 'fn',
        init: 'fn',
        destroy: 'fn',
        sendmsg: 'fn',
        recvmsg: 'fn',
        bind: 'fn',
        backlog_rcv: 'fn',
        hash: 'fn',
        unhash: 'fn',
        get_port: 'fn',
        name: 'char[32]',
      },
      proto_ops: {
        family: 'i32',
        release: 'fn',
        bind: 'fn',
        connect: 'fn',
        accept: 'fn',
        getname: 'fn',
        listen: 'fn',
        shutdown: 'fn',
        sendmsg: 'fn',
        recvmsg: 'fn',
      },
      sock: {
        daddr: 'u32',
        rcv_saddr: 'u32',
        dport: 'u16',
        num: 'u16',
        next: '*sock',
        bind_next: '*sock',
        state: 'u8',
        zapped: 'u8',
        sport: 'u16',
        family: 'u16',
        reuse: 'u8',
        shutdown: 'u8',
        refcnt: 'atomic_t',
        lock: { slock: 'spinlock_t', users: 'u32', wq: '__wait_queue_head' },
        rcvbuf: 'i32',
        sleep: '*__wait_queue_head',
        receive_queue: 'sk_buff_head',
        write_queue: 'sk_buff_head',
        sndbuf: 'i32',
        prev: '*sock',
        dead: 'char',
        backlog: { head: '*sk_buff', tail: '*sk_buff' },
        prot: '*proto',
        tp_pinfo: { union: { af_tcp: 'tcp_opt', tp_raw4: 'raw_opt' } },
        err: 'i32',
        ack_backlog: 'u16',
        max_ack_backlog: 'u16',
        type: 'u16',
        protocol: 'u8',
        rcvtimeo: 'i32',
        timer: 'timer_list',
        socket: '*socket',
        state_change: 'fn',
        backlog_rcv: 'fn',
        destruct: 'fn',
      },
      socket: {
        state: 'socket_state',
        flags: 'u32',
        ops: '*proto_ops',
        inode: '*void',
        file: '*void',
        sk: '*sock',
        wait: '__wait_queue_head',
        type: 'i16',
        passcred: 'u8',
      },
      sockaddr: { sa_family: 'u16', sa_data: 'char[14]' },
      in_addr: { s_addr: 'u32' },
      sockaddr_in: { sin_family: 'u16', sin_port: 'u16', sin_addr: 'in_addr', __pad: 'u8[8]' },
      oddments: {
        low: 'u32:3',
        high: 'u32:5',
        wide: 'i64',
        letters: 'char[8]',
        number: 'double',
        bytes: 'u8[6]',
        _anonymous1: { union: { word: 'u32', half: 'u16' } },
      },
    },
    { socket_state: SOCKET_STATES },
  );
}

/** An empty ring: the head points to itself. */
export function emptyRing(kernel: KernelMemory, struct: string, object: number, path: string): void {
  const at = kernel.at(struct, object, path);
  kernel.memory.setU32(at, at);
  kernel.memory.setU32(at + 4, at);
}

/** A TCP socket as `socket()` leaves it: socket, sock, operations. */
export function tcpSocket(kernel: KernelMemory): { readonly socket: number; readonly sk: number } {
  const ops =
    kernel.globals.find((each) => each.name === 'inet_stream_ops')?.address ??
    kernel.global('inet_stream_ops', 'proto_ops');
  const prot = kernel.globals.find((each) => each.name === 'tcp_prot')?.address ?? kernel.global('tcp_prot', 'proto');
  kernel.write('proto', prot, {
    name: 'TCP',
    init: kernel.function('tcp_v4_init_sock'),
    close: kernel.function('tcp_close'),
    accept: kernel.function('tcp_accept'),
  });
  kernel.write('proto_ops', ops, {
    family: 2,
    release: kernel.function('inet_release'),
    listen: kernel.function('inet_listen'),
  });
  const socket = kernel.allocate('socket', 'size-64');
  const sk = kernel.allocate('sock');
  kernel.write('socket', socket, { state: 1, type: 1, ops, sk });
  kernel.write('sock', sk, {
    state: 7,
    family: 2,
    type: 1,
    protocol: 6,
    prot,
    socket,
    sleep: kernel.at('socket', socket, 'wait'),
    'refcnt.counter': 1,
    zapped: 1,
    backlog_rcv: kernel.function('tcp_v4_do_rcv'),
    'tp_pinfo.af_tcp.rto': 300,
    'tp_pinfo.af_tcp.snd_cwnd': 2,
    'tp_pinfo.af_tcp.mss_cache': 536,
    rcvbuf: 87380,
    sndbuf: 16384,
  });
  for (const queue of ['receive_queue', 'write_queue', 'tp_pinfo.af_tcp.out_of_order_queue', 'lock.wq.task_list']) {
    emptyRing(kernel, 'sock', sk, queue);
  }
  emptyRing(kernel, 'socket', socket, 'wait.task_list');
  return { socket, sk };
}
