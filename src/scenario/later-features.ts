/**
 * Calls, constants and words of packetdrill's language that stand for something Linux 2.4 does not have, or that lies
 * outside the socket layer: each is refused by its name, with a sentence that says what it belongs to.
 *
 * In: a name, or a cursor before one. Out: what it belongs to; a diagnostic.
 */
import { sentence, type Told, type Words } from '../sentences/sentence';
import type { PktCursor } from './pkt-cursor';

/** What a name belongs to, and whether Linux 2.4 has it (then it lies below or beside the sockets). */
interface Foreign {
  readonly feature: Told;
  readonly beside?: true;
}

const FAST_OPEN: Foreign = { feature: 'TCP Fast Open' };
const ZERO_COPY: Foreign = { feature: sentence('zero-copy-sending') };
const EPOLL: Foreign = { feature: 'epoll' };
const IPV6: Foreign = { feature: 'IPv6', beside: true };
const SCTP: Foreign = { feature: 'SCTP' };
const MPTCP: Foreign = { feature: 'Multipath TCP' };
const TUNNELS: Foreign = { feature: sentence('encapsulation-ip-in-ip-gre-mpls-psp'), beside: true };
const STAMPS: Foreign = { feature: sentence('time-stamps-of-sent-and-received-data') };
const ACCURATE_ECN: Foreign = { feature: sentence('accurate-ecn') };
const FILES: Foreign = { feature: sentence('files-and-pipes'), beside: true };
const WAITING: Foreign = { feature: sentence('waiting-for-several-descriptors-select-poll'), beside: true };
const LATER_TCP: Foreign = { feature: sentence('tcp-of-later-kernels') };
const LATER_SOCKETS: Foreign = { feature: sentence('sockets-of-later-kernels') };
const MESSAGES: Foreign = { feature: sentence('calls-with-several-buffers-readv-writev-sendmsg'), beside: true };
const QUEUES: Foreign = { feature: sentence('event-queues-of-the-bsds') };
const REPAIR: Foreign = { feature: sentence('checkpointing-connections-tcp-repair') };

// prettier-ignore
const NAMES: readonly (readonly [foreign: Foreign, names: string])[] = [
  [FAST_OPEN, `MSG_FASTOPEN TCP_FASTOPEN TCP_FASTOPEN_CONNECT TCP_FASTOPEN_KEY TCP_FASTOPEN_NO_COOKIE TCP_SAVE_SYN TCP_SAVED_SYN`],
  [ZERO_COPY, `MSG_ZEROCOPY SO_ZEROCOPY TCP_ZEROCOPY_RECEIVE SO_EE_ORIGIN_ZEROCOPY SO_EE_CODE_ZEROCOPY_COPIED`],
  [EPOLL, `epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait EPOLLIN EPOLLOUT EPOLLERR EPOLLHUP EPOLLRDHUP EPOLLET EPOLLONESHOT EPOLLEXCLUSIVE
    EPOLL_CTL_ADD EPOLL_CTL_MOD EPOLL_CTL_DEL`],
  [IPV6, `ipv6 icmpv6 flowlabel inet6_addr sin6_family sin6_port sin6_addr packet_too_big SOL_IPV6 SOL_ICMPV6 IPPROTO_ICMPV6 IPV6_V6ONLY IPV6_TCLASS IPV6_MTU
    IPV6_RECVERR IPV6_UNICAST_HOPS IPV6_FLOWINFO IPV6_AUTOFLOWLABEL no_route admin_prohibited not_neighbour address_unreachable exceeded_hop_limit
    exceeded_frag_time header_field unknown_next_header unknown_option`],
  [SCTP, `sctp SOL_SCTP SCTP_NODELAY SCTP_INITMSG SCTP_RTOINFO SCTP_ASSOCINFO SCTP_STATUS SCTP_EVENT SCTP_EVENTS SCTP_MAXSEG SCTP_MAX_BURST SCTP_DELAYED_SACK
    SCTP_PEER_ADDR_PARAMS SCTP_DEFAULT_SEND_PARAM SCTP_PRIMARY_ADDR SCTP_AUTOCLOSE SCTP_FRAGMENT_INTERLEAVE sctp_bindx sctp_connectx sctp_sendmsg sctp_recvmsg
    sctp_send sctp_sendx sctp_sendv sctp_recvv sctp_peeloff sctp_getpaddrs sctp_freepaddrs sctp_getladdrs sctp_freeladdrs sctp_opt_info`],
  [MPTCP, `IPPROTO_MPTCP SOL_MPTCP MPTCP_INFO mptcp mp_capable mp_join mp_fail mp_fastclose mp_prio mp_tcprst add_address rm_address dss mpcapable mpjoin`],
  [TUNNELS, `gre GREv0 mpls ipv4 encap psp spi psp_rx_assoc psp_tx_assoc tun`],
  [STAMPS, `SO_TIMESTAMPING SO_TIMESTAMPNS SCM_TIMESTAMPING SCM_TIMESTAMPNS SO_EE_ORIGIN_TIMESTAMPING SOF_TIMESTAMPING_TX_SOFTWARE SOF_TIMESTAMPING_TX_SCHED
    SOF_TIMESTAMPING_TX_ACK SOF_TIMESTAMPING_RX_SOFTWARE SOF_TIMESTAMPING_SOFTWARE SOF_TIMESTAMPING_OPT_ID SOF_TIMESTAMPING_OPT_TSONLY SOF_TIMESTAMPING_OPT_CMSG
    SCM_TSTAMP_SND SCM_TSTAMP_SCHED SCM_TSTAMP_ACK`],
  [ACCURATE_ECN, `ECN e0b e1b ceb`],
  [FILES, `open openat pipe pipe2 splice tee vmsplice sendfile mmap munmap SPLICE_F_NONBLOCK SPLICE_F_MOVE SPLICE_F_MORE O_DIRECT`],
  [WAITING, `poll ppoll select pselect POLLIN POLLOUT POLLERR POLLHUP POLLRDHUP POLLPRI POLLRDNORM POLLWRNORM`],
  [MESSAGES, `sendmsg recvmsg sendmmsg recvmmsg readv writev msg_name msg_iov msg_flags msg_control`],
  [LATER_TCP, `TCP_CONGESTION TCP_MD5SIG TCP_USER_TIMEOUT TCP_NOTSENT_LOWAT TCP_TIMESTAMP TCP_CC_INFO TCP_INQ TCP_CM_INQ TCP_ULP TCP_TX_DELAY TCP_THIN_LINEAR_TIMEOUTS
    TCP_THIN_DUPACK TCP_COOKIE_TRANSACTIONS TCP_MD5SIG_EXT TCP_RTO_MAX_MS TCP_RTO_MIN_US TCP_DELACK_MAX_US`],
  [LATER_SOCKETS, `accept4 cap_set SO_RCVBUFFORCE SO_SNDBUFFORCE SO_MARK SO_RXQ_OVFL SO_PEEK_OFF SO_BUSY_POLL SO_MAX_PACING_RATE SO_INCOMING_CPU SO_TXTIME SO_PROTOCOL SO_DOMAIN
    SO_COOKIE SO_PREFER_BUSY_POLL MSG_CMSG_CLOEXEC MSG_WAITFORONE UDP_SEGMENT UDP_GRO UDP_CORK F_DUPFD_CLOEXEC IP_MINTTL IP_TRANSPARENT
    IP_BIND_ADDRESS_NO_PORT dup3`],
  [REPAIR, `TCP_REPAIR TCP_REPAIR_QUEUE TCP_QUEUE_SEQ TCP_REPAIR_OPTIONS TCP_REPAIR_WINDOW`],
  [QUEUES, `kqueue kevent TCP_NOOPT TCP_NOPUSH TCP_FUNCTION_BLK`],
];

const FOREIGN: ReadonlyMap<string, Foreign> = new Map(
  NAMES.flatMap(([foreign, names]) => names.split(/\s+/).map((name) => [name, foreign] as const)),
);
/** Families of constants that are too many to list. */
const BY_BEGINNING: readonly (readonly [beginning: string, foreign: Foreign])[] = [
  ['TCP_FASTOPEN', FAST_OPEN],
  ['MPTCP', MPTCP],
  ['SCTP', SCTP],
  ['EPOLL', EPOLL],
  ['IPV6', IPV6],
  ['SOF_TIMESTAMPING', STAMPS],
  ['SCM_', STAMPS],
  ['TCP_NLA', STAMPS],
  ['SO_EE_', STAMPS],
  ['SPLICE_', FILES],
  ['POLL', WAITING],
  ['TCP_REPAIR', REPAIR],
  ['PSP_', TUNNELS],
];

/** Sentence and remedy for a name that is refused; undefined for any other name. */
export function laterFeature(name: string): { readonly message: Words; readonly remedy: Words } | undefined {
  const foreign = FOREIGN.get(name) ?? BY_BEGINNING.find(([beginning]) => name.startsWith(beginning))?.[1];
  return (
    foreign && {
      message: foreign.beside
        ? sentence('name-belongs-to-feature-which-is-not-simulated', { name, feature: foreign.feature })
        : sentence('name-belongs-to-feature-which-linux-2-4-does-not', { name, feature: foreign.feature }),
      remedy: sentence('leave-it-out-media-scenarios-readme-md-lists-what'),
    }
  );
}

/** Refuses the next token when it is such a name; whether it was. */
export function refuseLater(cursor: PktCursor, name = cursor.peek().text): boolean {
  const later = cursor.peek().kind === 'string' ? undefined : laterFeature(name);
  if (later) {
    cursor.fail(later.message, later.remedy, 'SS5009');
  }
  return later !== undefined;
}
