/**
 * What each socket of the Internet is called, wherever it is spoken of: `listener 127.0.0.1:8080`, `client :32768`,
 * `child of listener #2`.
 *
 * In: socks as they are made, put into TCP's tables and freed (`sock_init_data`, `__tcp_v4_hash`, `sk_free`, the same in
 * every 2.4), their fields. Out: names. What a socket has become it stays: a listener that is closed is still called by
 * its address. Children are counted over the whole run, in the order in which they come into the tables; what a kernel
 * makes for itself while it boots is called the kernel's.
 */
import { dottedQuad, formatAddress, swapLong } from '../base/bytes';
import { ADDRESS_FAMILIES, PROTOCOLS, SOCKET_TYPES, TCP_STATES } from '../abi/linux-sockets';
import { sentence, type Sentence } from '../sentences/sentence';
import type { Probe, ServiceHost } from '../machine/service';
import type { Processes } from './processes';
import { StatefulModule } from './service-module';
import { SocketEndsReader } from './socket-ends';
import { StructAccess, type Field } from './struct-access';

/** The protocol of a type, while inet_create has not written it yet. */
const USUAL: Readonly<Record<number, number>> = {
  [SOCKET_TYPES.SOCK_STREAM]: PROTOCOLS.IPPROTO_TCP,
  [SOCKET_TYPES.SOCK_DGRAM]: PROTOCOLS.IPPROTO_UDP,
};

/** Protocols by their numbers: `TCP`, `UDP` … */
const PROTOCOL_NAMES: ReadonlyMap<number | undefined, string> = new Map(
  Object.entries(PROTOCOLS)
    .reverse()
    .map(([name, number]): [number, string] => [number, name.replace('IPPROTO_', '')]),
);

type Role = 'listener' | 'client' | 'child';

type Known = {
  /** Among the sockets, or the children. */
  readonly number: number;
  /** The kernel made it for itself. */
  readonly own: boolean;
  readonly role: Role | null;
  /** The end that it had when it took its role; later it may have none. */
  readonly address: number;
  readonly port: number;
};

type NamesState = {
  socks: { [address: string]: Known };
  made: number;
  children: number;
};

type FieldName = 'family' | 'type' | 'protocol' | 'state' | 'address' | 'port';

export class SocketNames extends StatefulModule<NamesState> {
  readonly name = 'socket-names';
  readonly services = [];
  private fields: Readonly<Record<FieldName, Field>> | undefined;
  private ends: SocketEndsReader | undefined;
  /** What each sock was called last. */
  private readonly last = new Map<number, Sentence>();

  readonly probes: readonly Probe[] = [
    { function: 'sock_init_data', entered: (call) => this.isMade(call.arg(1)) },
    { function: '__tcp_v4_hash', entered: (call) => this.isHashed(call.arg(0)) },
    { function: 'sk_free', entered: (call) => void delete this.state.socks[formatAddress(call.arg(0))] },
  ];

  constructor(private readonly processes: Processes) {
    super({ socks: {}, made: 0, children: 0 });
  }

  override start(host: ServiceHost): void {
    super.start(host);
    const structs = new StructAccess(host);
    this.ends = new SocketEndsReader(host);
    this.fields = {
      family: structs.field('sock', 'family'),
      type: structs.field('sock', 'type'),
      protocol: structs.field('sock', 'protocol'),
      state: structs.field('sock', 'state'),
      address: structs.field('sock', 'rcv_saddr'),
      port: structs.field('sock', 'num'),
    };
  }

  /**
   * The name of a sock; undefined when it is none of the Internet's, or memory that nobody has made a sock of yet. One
   * that stays is the same object again, so that a long journal has few of them.
   */
  of(sock: number): Sentence | undefined {
    const name = this.nameNow(sock);
    const last = this.last.get(sock);
    if (name === undefined || (last && isSame(last, name))) {
      return name && last;
    }
    this.last.set(sock, name);
    return name;
  }

  private nameNow(sock: number): Sentence | undefined {
    if (!this.host.memory.contains(sock, 4) || this.read('family', sock) !== ADDRESS_FAMILIES.AF_INET) {
      return undefined;
    }
    const known = this.state.socks[formatAddress(sock)];
    if (this.read(known ? 'type' : 'state', sock) === 0) {
      return undefined;
    }
    // Every sock but a child, which begins as a copy of its listener, has been through sock_init_data.
    const role = known ? (known.role ?? this.roleNow(sock)) : 'child';
    const port = this.read('port', sock) || (known?.port ?? 0);
    const address = this.read('port', sock) === 0 && known ? known.address : this.read('address', sock);
    const protocol = this.protocolOf(sock);
    if (known?.own === true) {
      return sentence('socket-of-the-kernel', { protocol });
    }
    if (role === 'child') {
      return sentence('socket-child', { number: known?.number ?? this.state.children + 1 });
    }
    if (role === 'client' && port !== 0) {
      return sentence('socket-client', { port });
    }
    const end = `${dottedQuad(swapLong(address))}:${port}`;
    return role === 'listener'
      ? sentence('socket-listener', { end })
      : port === 0
        ? sentence('socket-without-port', { protocol, number: known?.number })
        : sentence('socket-with-port', { protocol, end });
  }

  /** Whether the kernel made the sock for itself. */
  isOwn(sock: number): boolean {
    return this.state.socks[formatAddress(sock)]?.own === true;
  }

  /** The sock behind a file; undefined when it is no socket. */
  sockOf(file: number): number | undefined {
    return this.ends?.sockOf(file);
  }

  /** The listener that a connection came to which is not accepted yet. */
  listenerOf(sock: number): number | undefined {
    const known = this.state.socks[formatAddress(sock)];
    const wanted = (address: number): boolean =>
      this.read('state', address) === TCP_STATES.TCP_LISTEN && this.read('port', address) === this.read('port', sock);
    return known && known.role !== 'child' ? undefined : Object.keys(this.state.socks).map(Number).find(wanted);
  }

  /** A sock begins to connect. */
  connects(sock: number): void {
    this.takeRole(sock, 'client');
  }

  private isMade(sock: number): void {
    const own = this.processes.current.call === null;
    this.state.made += own ? 0 : 1;
    this.state.socks[formatAddress(sock)] = { number: this.state.made, own, role: null, address: 0, port: 0 };
  }

  private isHashed(sock: number): void {
    const key = formatAddress(sock);
    if (!this.state.socks[key]) {
      this.state.children++;
      const ends = { address: this.read('address', sock), port: this.read('port', sock) };
      this.state.socks[key] = { number: this.state.children, own: false, role: 'child', ...ends };
      return;
    }
    const role = this.roleNow(sock);
    if (role !== null) {
      this.takeRole(sock, role);
    }
  }

  private takeRole(sock: number, role: Role): void {
    const known = this.state.socks[formatAddress(sock)];
    if (known && known.role !== 'child') {
      const ends = { address: this.read('address', sock), port: this.read('port', sock) };
      this.state.socks[formatAddress(sock)] = { ...known, role, ...ends };
    }
  }

  /** What a sock's state says it is. */
  private roleNow(sock: number): Role | null {
    if (this.protocolOf(sock) !== 'TCP') {
      return null;
    }
    const state = this.read('state', sock);
    return state === TCP_STATES.TCP_LISTEN ? 'listener' : state === TCP_STATES.TCP_SYN_SENT ? 'client' : null;
  }

  private protocolOf(sock: number): string {
    const type = this.read('type', sock);
    const protocol = this.read('protocol', sock) || USUAL[type];
    const short = PROTOCOL_NAMES.get(protocol) ?? '';
    return type === SOCKET_TYPES.SOCK_RAW ? `raw ${short}` : short;
  }

  private read(field: FieldName, sock: number): number {
    return this.fields?.[field].get(sock) ?? 0;
  }
}

function isSame({ id, args = {} }: Sentence, other: Sentence): boolean {
  return id === other.id && Object.entries(args).every(([name, value]) => other.args?.[name] === value);
}
