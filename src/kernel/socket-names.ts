/**
 * What each socket of the Internet is called, wherever it is spoken of: `listener 127.0.0.1:8080`, `client :32768`,
 * `child of listener #2`.
 *
 * In: socks as they are made, put into TCP's tables and freed (`sock_init_data`, `__tcp_v4_hash`, `sk_free`, the same in
 * every 2.4), their fields. Out: names. What a socket has become it stays: a listener that is closed is still called by
 * its address. Children are counted over the whole run, in the order in which they come into the tables; what a kernel
 * makes for itself while it boots is called the kernel's.
 */
import { dottedQuad, swapLong } from '../base/bytes';
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

/** What a sock's name depends on. What is known of one is replaced, never changed. */
interface Reasons {
  readonly known: Known | undefined;
  readonly type: number;
  readonly state: number;
  readonly protocol: number;
  readonly port: number;
  readonly address: number;
  readonly children: number;
}

type NamesState = {
  socks: { [address: number]: Known };
  made: number;
  children: number;
};

type FieldName = 'family' | 'type' | 'protocol' | 'state' | 'address' | 'port';

export class SocketNames extends StatefulModule<NamesState> {
  readonly name = 'socket-names';
  readonly services = [];
  private fields: Readonly<Record<FieldName, Field>> | undefined;
  private ends: SocketEndsReader | undefined;
  /** What each sock was called last, and why. */
  private readonly last = new Map<number, { readonly name: Sentence; readonly reasons: Reasons }>();

  readonly probes: readonly Probe[] = [
    { function: 'sock_init_data', entered: (call) => this.isMade(call.arg(1)) },
    { function: '__tcp_v4_hash', entered: (call) => this.isHashed(call.arg(0)) },
    { function: 'sk_free', entered: (call) => void delete this.state.socks[call.arg(0)] },
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
    const last = this.last.get(sock);
    if (last && this.holds(last.reasons, sock)) {
      return last.name;
    }
    const reasons = this.reasonsOf(sock);
    if (!reasons) {
      return undefined;
    }
    const now = this.nameFor(reasons);
    const name = last && saysTheSame(last.name, now) ? last.name : now;
    this.last.set(sock, { name, reasons });
    return name;
  }

  /** Whether a sock's name depends on the same as when it was last told. */
  private holds({ known, type, state, protocol, port, address, children }: Reasons, sock: number): boolean {
    return (
      this.host.memory.contains(sock, 4) &&
      this.read('family', sock) === ADDRESS_FAMILIES.AF_INET &&
      this.knownOf(sock) === known &&
      this.read('state', sock) === state &&
      this.read('port', sock) === port &&
      this.read('address', sock) === address &&
      this.read('type', sock) === type &&
      this.read('protocol', sock) === protocol &&
      (known ? 0 : this.state.children) === children
    );
  }

  private knownOf(sock: number): Known | undefined {
    return this.state.socks[sock];
  }

  private reasonsOf(sock: number): Reasons | undefined {
    if (!this.host.memory.contains(sock, 4) || this.read('family', sock) !== ADDRESS_FAMILIES.AF_INET) {
      return undefined;
    }
    const known = this.knownOf(sock);
    const type = this.read('type', sock);
    const state = this.read('state', sock);
    return (known ? type : state) === 0
      ? undefined
      : {
          known,
          type,
          state,
          protocol: this.read('protocol', sock),
          port: this.read('port', sock),
          address: this.read('address', sock),
          children: known ? 0 : this.state.children,
        };
  }

  private nameFor({
    known,
    type,
    state,
    protocol: number,
    port: portNow,
    address: addressNow,
    children,
  }: Reasons): Sentence {
    // Every sock but a child, which begins as a copy of its listener, has been through sock_init_data.
    const protocol = protocolName(type, number);
    const role = known ? (known.role ?? roleIn(state, protocol)) : 'child';
    const port = portNow || (known?.port ?? 0);
    const address = portNow === 0 && known ? known.address : addressNow;
    if (known?.own === true) {
      return sentence('socket-of-the-kernel', { protocol });
    }
    if (role === 'child') {
      return sentence('socket-child', { number: known?.number ?? children + 1 });
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
    return this.knownOf(sock)?.own === true;
  }

  /** The sock behind a file; undefined when it is no socket. */
  sockOf(file: number): number | undefined {
    return this.ends?.sockOf(file);
  }

  /** The listener that a connection came to which is not accepted yet. */
  listenerOf(sock: number): number | undefined {
    const known = this.knownOf(sock);
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
    this.state.socks[sock] = { number: this.state.made, own, role: null, address: 0, port: 0 };
  }

  private isHashed(sock: number): void {
    if (!this.state.socks[sock]) {
      this.state.children++;
      const ends = { address: this.read('address', sock), port: this.read('port', sock) };
      this.state.socks[sock] = { number: this.state.children, own: false, role: 'child', ...ends };
      return;
    }
    const role = this.roleNow(sock);
    if (role !== null) {
      this.takeRole(sock, role);
    }
  }

  private takeRole(sock: number, role: Role): void {
    const known = this.knownOf(sock);
    if (known && known.role !== 'child') {
      const ends = { address: this.read('address', sock), port: this.read('port', sock) };
      this.state.socks[sock] = { ...known, role, ...ends };
    }
  }

  private roleNow(sock: number): Role | null {
    return roleIn(this.read('state', sock), protocolName(this.read('type', sock), this.read('protocol', sock)));
  }

  private read(field: FieldName, sock: number): number {
    return this.fields?.[field].get(sock) ?? 0;
  }
}

/** What a sock's state says it is. */
function roleIn(state: number, protocol: string): Role | null {
  if (protocol !== 'TCP') {
    return null;
  }
  return state === TCP_STATES.TCP_LISTEN ? 'listener' : state === TCP_STATES.TCP_SYN_SENT ? 'client' : null;
}

function protocolName(type: number, number: number): string {
  const short = PROTOCOL_NAMES.get(number || USUAL[type]) ?? '';
  return type === SOCKET_TYPES.SOCK_RAW ? `raw ${short}` : short;
}

function saysTheSame({ id, args = {} }: Sentence, other: Sentence): boolean {
  return id === other.id && Object.entries(args).every(([name, value]) => other.args?.[name] === value);
}
