/**
 * What waits in the queues of every socket right now, against its limits.
 *
 * In: a stopped machine whose objects can be listed. Out: a {@link QueuesModel} without refusals. Limits are those by
 * which the kernel decides: the SYN table is full at 2^max_qlen_log requests, the accept queue holds one connection more
 * than the backlog, packets that were received count with the memory they take (rmem_alloc against rcvbuf).
 */
import { formatAddress } from '../base/bytes';
import { TCP_STATES } from '../abi/linux-sockets';
import { bilingual } from '../sentences/wording';
import { cardId } from '../values/graph-build';
import { walkChain } from '../values/graph-chains';
import { sockEndpoint, sockProtocol, tcpStateName } from '../values/graph-labels';
import { isReadable, type ObjectSource, type ValueContext } from '../values/value-context';
import { structId, typeOf } from '../values/value-types';
import { isIdle } from './queue-words';
import type { QueueModel, QueueName, QueuesModel, SocketQueuesModel } from './queues-model';
import { Fields, liveObjectsOf } from './sock-fields';

/** Sockets shown at most. */
const MOST_SOCKETS = 200;
/** Elements of one queue that are looked at, and of those that are told. */
const MOST_WALKED = 400;
const MOST_TOLD = 24;

/** A queue of packets: where it lies, and by what it is limited. */
interface PacketQueue {
  readonly name: QueueName;
  readonly path: string;
  /** Members with the memory that is taken, and the most that may be. */
  readonly memory?: readonly [taken: string, limit: string];
  /** Only connections have it, or only other sockets. */
  readonly tcp?: boolean;
  /** Told only when something is in it. */
  readonly isRare?: boolean;
}

const RECEIVED = ['rmem_alloc.counter', 'rcvbuf'] as const;
const PACKET_QUEUES: readonly PacketQueue[] = [
  { name: 'receive', path: 'receive_queue', memory: RECEIVED },
  { name: 'prequeue', path: 'tp_pinfo.af_tcp.ucopy.prequeue', tcp: true, isRare: true },
  { name: 'backlog', path: 'backlog' },
  { name: 'out-of-order', path: 'tp_pinfo.af_tcp.out_of_order_queue', tcp: true },
  { name: 'write', path: 'write_queue', memory: ['wmem_queued', 'sndbuf'], tcp: true },
  { name: 'write', path: 'write_queue', memory: ['wmem_alloc.counter', 'sndbuf'], tcp: false },
];

/** The queues of all sockets. */
export function readQueues(source: ObjectSource): QueuesModel {
  const reader = new QueueReader(source);
  const all = liveObjectsOf(source, 'sock').flatMap((address) => reader.socket(address) ?? []);
  const ranked = all
    .map((socket, index) => ({ socket, index, rank: rankOf(socket) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  const sockets = ranked.slice(0, MOST_SOCKETS).map(({ socket }) => socket);
  return { sockets, leftOff: all.length - sockets.length, lacking: reader.lacking };
}

/** Which of a socket's queues have no room for a packet of a size at this moment. */
export function fullQueues(source: ObjectSource, address: number, bytes: number): ReadonlySet<QueueName> {
  const queues = new QueueReader(source).socket(address)?.queues ?? [];
  const least = bytes + (structSize(source.debug, 'sk_buff') ?? 0);
  const isFull = ({ isFull: is, memory = 0, memoryLimit = Infinity }: QueueModel): boolean =>
    is || memory + least >= memoryLimit;
  return new Set(queues.filter(isFull).map(({ name }) => name));
}

function structSize(debug: ValueContext['debug'], name: string): number | undefined {
  const type = structId(debug, name);
  return type === undefined ? undefined : typeOf(debug, type).size;
}

function rankOf(socket: SocketQueuesModel): number {
  return socket.state === 'TCP_LISTEN' ? 0 : isIdle(socket) ? 2 : 1;
}

class QueueReader {
  private readonly sock: Fields;
  private readonly table: Fields;
  private readonly packet: Fields;
  private readonly socketStruct: Fields;

  constructor(private readonly context: ObjectSource) {
    this.sock = new Fields(context, 'sock');
    this.table = new Fields(context, 'tcp_listen_opt');
    this.packet = new Fields(context, 'sk_buff');
    this.socketStruct = new Fields(context, 'socket');
  }

  get lacking(): readonly string[] {
    return [...this.sock.lacking, ...this.table.lacking, ...this.packet.lacking];
  }

  /** The queues of the sock at an address; nothing for one that is the kernel's own. */
  socket(address: number): SocketQueuesModel | undefined {
    const { context, sock } = this;
    const { type } = sock;
    if (type === undefined || !isReadable(context, address, 4)) {
      return undefined;
    }
    const protocol = sockProtocol(context, type, address);
    const state = sock.get(address, 'state');
    const isTcp = protocol === 'TCP';
    const isListener = isTcp && state === TCP_STATES.TCP_LISTEN;
    const local = sockEndpoint(context, type, address, 'local');
    const remote = sockEndpoint(context, type, address, 'remote');
    const identity = context.socketAt?.(address);
    const queues = isListener ? this.ofListener(address) : this.ofPackets(address, isTcp);
    return this.isOwn(address, protocol)
      ? undefined
      : {
          card: cardId('struct sock', address),
          address,
          ...(identity && { name: bilingual(identity.name) }),
          protocol,
          state: state === undefined ? '' : tcpStateName(state),
          ...(local === undefined ? {} : { local }),
          ...(remote === undefined ? {} : { remote }),
          queues,
        };
  }

  /** ICMP and TCP keep raw sockets for what they send themselves: no process has them open. */
  private isOwn(address: number, protocol: string): boolean {
    const socket = this.sock.get(address, 'socket') ?? 0;
    return protocol === 'RAW' && socket !== 0 && this.socketStruct.get(socket, 'file') === 0;
  }

  private ofListener(address: number): QueueModel[] {
    const { sock, table } = this;
    const options = sock.get(address, 'tp_pinfo.af_tcp.listen_opt');
    const requests = options === undefined || options === 0 ? undefined : table.get(options, 'qlen');
    const logarithm = options === undefined || options === 0 ? undefined : table.get(options, 'max_qlen_log');
    const waiting = sock.get(address, 'ack_backlog');
    const backlog = sock.get(address, 'max_ack_backlog');
    const syn = requests !== undefined &&
      logarithm !== undefined &&
      options !== undefined && {
        ...this.requests('syn', table.type, options, 'syn_table'),
        length: requests,
        limit: 2 ** logarithm,
        isFull: requests >= 2 ** logarithm,
      };
    const accept = waiting !== undefined &&
      backlog !== undefined && {
        ...this.requests('accept', sock.type, address, 'tp_pinfo.af_tcp.accept_queue'),
        length: waiting,
        limit: backlog + 1,
        isFull: waiting > backlog,
      };
    const received = this.ofPackets(address, true).filter(({ length }) => length > 0);
    return [...(syn ? [syn] : []), ...(accept ? [accept] : []), ...received];
  }

  private requests(
    name: QueueName,
    type: number | undefined,
    address: number,
    path: string,
  ): Pick<QueueModel, 'name' | 'items' | 'isBroken' | 'refusals'> {
    const chain = type === undefined ? undefined : this.walk(type, address, path, MOST_TOLD);
    const items = (chain?.items ?? []).map((item) => ({
      card: cardId('struct open_request', item.address),
      label: item.label,
    }));
    return { name, items, ...(chain?.broken ? { isBroken: true } : {}), refusals: [] };
  }

  private ofPackets(address: number, isTcp: boolean): QueueModel[] {
    return PACKET_QUEUES.flatMap((queue) => {
      const model = queue.tcp === !isTcp ? undefined : this.packets(address, queue);
      return model && !(queue.isRare && model.length === 0) ? [model] : [];
    });
  }

  private packets(address: number, { name, path, memory }: PacketQueue): QueueModel | undefined {
    const { sock, packet } = this;
    const chain =
      sock.type === undefined || !sock.has(path) ? undefined : this.walk(sock.type, address, path, MOST_WALKED);
    if (!chain) {
      return undefined;
    }
    const sizes = chain.items.map((item) => packet.get(item.address, 'len') ?? 0);
    const taken = memory && sock.get(address, memory[0]);
    const limit = memory && sock.get(address, memory[1]);
    const isLimited = taken !== undefined && limit !== undefined && limit > 0;
    return {
      name,
      length: chain.items.length + chain.leftOff,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      ...(isLimited ? { memory: taken, memoryLimit: limit } : {}),
      items: chain.items.slice(0, MOST_TOLD).map((item, index) => ({
        card: cardId('struct sk_buff', item.address),
        label: item.label,
        bytes: sizes[index] ?? 0,
      })),
      ...(chain.broken ? { isBroken: true } : {}),
      isFull: isLimited && taken >= limit,
      refusals: [],
    };
  }

  private walk(type: number, address: number, path: string, most: number): ReturnType<typeof walkChain> {
    return walkChain(this.context, { type, address, expression: formatAddress(address), access: '->' }, path, most);
  }
}
