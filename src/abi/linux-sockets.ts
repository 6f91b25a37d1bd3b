/**
 * Numbers of the socket layer in Linux 2.4 on the i386: families, types, protocols, levels and options, flags of
 * messages, states, ICMP (include/linux/{net,socket,in,tcp,icmp}.h, include/asm-i386/socket.h, include/net/*.h).
 *
 * In: nothing. Out: tables from a name to its number, one for each family of names, in the order in which a reader meets
 * them. `test/abi` compares them with the C headers. What later kernels added stands in {@link LATER_SOCKET_NAMES} only.
 */

/** `TCP_A, TCP_B` from a first value on. */
function sequence<Name extends string>(first: number, ...names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, index) => [name, first + index])) as Record<Name, number>;
}

// prettier-ignore
export const ADDRESS_FAMILIES = {
  AF_UNSPEC: 0, AF_UNIX: 1, AF_INET: 2, AF_AX25: 3, AF_IPX: 4, AF_APPLETALK: 5, AF_INET6: 10, AF_NETLINK: 16,
  AF_PACKET: 17,
} as const;

// prettier-ignore
export const PROTOCOL_FAMILIES = {
  PF_UNSPEC: 0, PF_UNIX: 1, PF_INET: 2, PF_INET6: 10, PF_NETLINK: 16, PF_PACKET: 17,
} as const;

export const SOCKET_TYPES = {
  ...sequence(1, 'SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'SOCK_RDM', 'SOCK_SEQPACKET'),
  SOCK_PACKET: 10,
} as const;

// prettier-ignore
export const PROTOCOLS = {
  IPPROTO_IP: 0, IPPROTO_ICMP: 1, IPPROTO_IGMP: 2, IPPROTO_IPIP: 4, IPPROTO_TCP: 6, IPPROTO_EGP: 8, IPPROTO_PUP: 12,
  IPPROTO_UDP: 17, IPPROTO_IDP: 22, IPPROTO_IPV6: 41, IPPROTO_RSVP: 46, IPPROTO_GRE: 47, IPPROTO_ESP: 50,
  IPPROTO_AH: 51, IPPROTO_PIM: 103, IPPROTO_COMP: 108, IPPROTO_RAW: 255,
} as const;

/** Other names of addresses, families and limits that a program writes. */
// prettier-ignore
export const SOCKET_NAMES = {
  AF_LOCAL: ADDRESS_FAMILIES.AF_UNIX, AF_MAX: 32, PF_LOCAL: PROTOCOL_FAMILIES.PF_UNIX, IPPROTO_MAX: 256,
  SOMAXCONN: 128, INADDR_ANY: 0, INADDR_LOOPBACK: 0x7f000001, INADDR_BROADCAST: 0xffffffff, INADDR_NONE: 0xffffffff,
} as const;

export const SHUTDOWN_HOW = sequence(0, 'SHUT_RD', 'SHUT_WR', 'SHUT_RDWR');
export const SHUTDOWN_FLAGS = { RCV_SHUTDOWN: 1, SEND_SHUTDOWN: 2 } as const;

// prettier-ignore
export const OPTION_LEVELS = {
  SOL_IP: 0, SOL_SOCKET: 1, SOL_TCP: 6, SOL_UDP: 17, SOL_RAW: 255,
} as const;

// prettier-ignore
export const SOCKET_OPTIONS = {
  SO_DEBUG: 1, SO_REUSEADDR: 2, SO_TYPE: 3, SO_ERROR: 4, SO_DONTROUTE: 5, SO_BROADCAST: 6, SO_SNDBUF: 7, SO_RCVBUF: 8,
  SO_KEEPALIVE: 9, SO_OOBINLINE: 10, SO_NO_CHECK: 11, SO_PRIORITY: 12, SO_LINGER: 13, SO_BSDCOMPAT: 14,
  SO_PASSCRED: 16, SO_PEERCRED: 17, SO_RCVLOWAT: 18, SO_SNDLOWAT: 19, SO_RCVTIMEO: 20, SO_SNDTIMEO: 21,
  SO_BINDTODEVICE: 25, SO_PEERNAME: 28, SO_TIMESTAMP: 29,
  TCP_NODELAY: 1, TCP_MAXSEG: 2, TCP_CORK: 3, TCP_KEEPIDLE: 4, TCP_KEEPINTVL: 5, TCP_KEEPCNT: 6, TCP_SYNCNT: 7,
  TCP_LINGER2: 8, TCP_DEFER_ACCEPT: 9, TCP_WINDOW_CLAMP: 10, TCP_INFO: 11,
  IP_TOS: 1, IP_TTL: 2, IP_HDRINCL: 3, IP_OPTIONS: 4, IP_RECVOPTS: 6, IP_RETOPTS: 7, IP_PKTINFO: 8,
  IP_MTU_DISCOVER: 10, IP_RECVERR: 11, IP_RECVTTL: 12, IP_RECVTOS: 13, IP_MTU: 14, IP_FREEBIND: 15,
  ICMP_FILTER: 1,
} as const;

export const PATH_MTU_DISCOVERY = sequence(0, 'IP_PMTUDISC_DONT', 'IP_PMTUDISC_WANT', 'IP_PMTUDISC_DO');

// prettier-ignore
export const MESSAGE_FLAGS = {
  MSG_OOB: 1, MSG_PEEK: 2, MSG_DONTROUTE: 4, MSG_CTRUNC: 8, MSG_PROBE: 0x10, MSG_TRUNC: 0x20, MSG_DONTWAIT: 0x40,
  MSG_EOR: 0x80, MSG_WAITALL: 0x100, MSG_FIN: 0x200, MSG_SYN: 0x400, MSG_CONFIRM: 0x800, MSG_RST: 0x1000,
  MSG_ERRQUEUE: 0x2000, MSG_NOSIGNAL: 0x4000,
} as const;

/** What `sk->state` holds, in TCP and in those that borrow its states. */
// prettier-ignore
export const TCP_STATES = sequence(
  1, 'TCP_ESTABLISHED', 'TCP_SYN_SENT', 'TCP_SYN_RECV', 'TCP_FIN_WAIT1', 'TCP_FIN_WAIT2', 'TCP_TIME_WAIT', 'TCP_CLOSE',
  'TCP_CLOSE_WAIT', 'TCP_LAST_ACK', 'TCP_LISTEN', 'TCP_CLOSING',
);

/** The name of a TCP state; undefined for a number that is none. */
export function tcpStateName(state: number): string | undefined {
  return Object.keys(TCP_STATES)[state - TCP_STATES.TCP_ESTABLISHED];
}

/** What `socket->state` holds. */
// prettier-ignore
export const SOCKET_STATES = sequence(
  0, 'SS_FREE', 'SS_UNCONNECTED', 'SS_CONNECTING', 'SS_CONNECTED', 'SS_DISCONNECTING',
);

export const ICMP_TYPES = {
  ICMP_ECHOREPLY: 0,
  ICMP_DEST_UNREACH: 3,
  ICMP_SOURCE_QUENCH: 4,
  ICMP_REDIRECT: 5,
  ICMP_ECHO: 8,
  ICMP_TIME_EXCEEDED: 11,
  ICMP_PARAMETERPROB: 12,
} as const;

/** Codes of ICMP_DEST_UNREACH. */
// prettier-ignore
export const ICMP_UNREACHABLE_CODES = sequence(
  0, 'ICMP_NET_UNREACH', 'ICMP_HOST_UNREACH', 'ICMP_PROT_UNREACH', 'ICMP_PORT_UNREACH', 'ICMP_FRAG_NEEDED',
);

/** Names that 2.4.0 does not know, with the numbers of the kernels that do: a script can show how it refuses them. */
// prettier-ignore
export const LATER_SOCKET_NAMES = {
  SOCK_NONBLOCK: 0x800, SOCK_CLOEXEC: 0x80000, SO_REUSEPORT: 15, SO_ACCEPTCONN: 30, SOL_ICMP: 1, TCP_QUICKACK: 12,
  MSG_MORE: 0x8000, IPPROTO_SCTP: 132, IPPROTO_UDPLITE: 136,
} as const;
