/**
 * Which full queue a packet was refused for.
 *
 * In: packets that the kernel dropped, the sockets there are, and how full their queues were at such a moment. Out: the
 * queues' model with refusals. Of two limits the kernel looks at the SYN table's first when a SYN comes, and at the
 * accept queue alone when the last ACK of a handshake does.
 */
import type { EntryOf } from '../machine/journal-entry';
import { dropWords } from '../ladder/drop-words';
import type { EntryWords } from '../ladder/ladder';
import { endpointText, packetFacts, PROTOCOL, type PacketFacts } from '../ladder/packet-facts';
import type { QueueName, QueuesModel, RefusalModel, SocketQueuesModel } from './queues-model';

type Drop = EntryOf<'drop'>;
/** Queues of the sock at an address that take no packet of a size at a moment. */
export type FullAt = (clock: number, address: number, bytes: number) => Promise<ReadonlySet<QueueName>>;

/** Drops that are looked into: the newest. */
const MOST_DROPS = 16;

/** The model with what was refused. */
export async function withRefusals(
  model: QueuesModel,
  drops: readonly Drop[],
  fullAt: FullAt,
  words: EntryWords,
): Promise<QueuesModel> {
  const found = new Map<string, RefusalModel[]>();
  for (const drop of drops.filter(({ reason }) => reason.kind === 'freed').slice(-MOST_DROPS)) {
    const size = drop.length ?? drop.bytes.length;
    const facts = packetFacts(drop.bytes, size);
    const socket = facts && socketFor(model.sockets, facts);
    const name = socket && limitOf(facts, await fullAt(drop.clock, socket.address, size));
    if (name) {
      const key = `${socket.card} ${name}`;
      const { clock, packet } = drop;
      const text = dropWords(drop) ?? words(drop);
      found.set(key, [...(found.get(key) ?? []), { clock, ...(packet === undefined ? {} : { packet }), text }]);
    }
  }
  const refusals = (socket: SocketQueuesModel, name: QueueName): RefusalModel[] =>
    found.get(`${socket.card} ${name}`) ?? [];
  return {
    ...model,
    sockets: model.sockets.map((socket) => ({
      ...socket,
      queues: socket.queues.map((queue) => ({ ...queue, refusals: refusals(socket, queue.name) })),
    })),
  };
}

function limitOf({ tcp }: PacketFacts, full: ReadonlySet<QueueName>): QueueName | undefined {
  const order: readonly QueueName[] = tcp?.flags.includes('SYN') ? ['syn', 'accept', 'receive'] : ['accept', 'receive'];
  return order.find((name) => full.has(name));
}

/** The socket that a packet was for: the connection's, or else the one that any peer reaches. */
function socketFor(
  sockets: readonly SocketQueuesModel[],
  { source, destination, protocol }: PacketFacts,
): SocketQueuesModel | undefined {
  const [own, peer] = [endpointText(destination), endpointText(source)];
  const any = `0.0.0.0:${destination.port}`;
  const candidates = sockets.filter((socket) => PROTOCOL_NUMBERS[socket.protocol] === protocol);
  return (
    candidates.find(({ local, remote }) => (local === own || local === any) && remote === peer) ??
    candidates.find(({ local, remote }) => (local === own || local === any) && remote === undefined)
  );
}

const PROTOCOL_NUMBERS: Readonly<Record<string, number>> = { TCP: PROTOCOL.tcp, UDP: PROTOCOL.udp };
