/**
 * TCP states of every connection: where each end is, and how it came there.
 *
 * In: the journal up to now, and a stopped machine whose objects can be listed. Out: a {@link StatesModel}. An end is
 * known by its two addresses, so that a half-open request, the sock that comes of it and the time-wait bucket that stays
 * are one end. That a sock is ended by `tcp_time_wait` means that a bucket takes its place.
 */
import { formatAddress } from '../base/bytes';
import { EndNames } from '../ladder/end-names';
import { endpointOf } from '../ladder/owners';
import { endpointText } from '../ladder/packet-facts';
import type { EntryOf, JournalEntry } from '../machine/journal-entry';
import { bilingual } from '../sentences/wording';
import { cardId } from '../values/graph-build';
import { walkChain } from '../values/graph-chains';
import { sockEndpoint, sockProtocol, tcpStateName } from '../values/graph-labels';
import { locateField } from '../values/graph-read';
import { structId, typeOf } from '../values/value-types';
import { isReadable, type ObjectSource } from '../values/value-context';
import { formatIpv4, swap16 } from '../values/value-scalar';
import { Fields, liveObjectsOf } from './sock-fields';
import type { ConnectionStates, StateEnd, StatesModel, StateStep } from './states-model';

/** Connections shown at most: the newest. */
const MOST_CONNECTIONS = 100;
/** Requests of one listener that are looked at. */
const MOST_REQUESTS = 256;

/** The states of all connections; `origin`: virtual time of the first moment of the ladder. */
export function statesOf(journal: readonly JournalEntry[], source: ObjectSource, origin: number): StatesModel {
  const ends = new Ends();
  ends.tell(journal, origin);
  new PresentStates(source, ends).read();
  return ends.paired();
}

/** A listener's states with the one at which it began to listen, which is told of no probe. */
export function withListening(
  model: StatesModel,
  found: ReadonlyMap<string, Pick<StateStep, 'clock' | 'place'>>,
): StatesModel {
  const listening = (end: StateEnd): StateEnd => {
    const step = found.get(end.card ?? '');
    return step ? { ...end, steps: [...end.steps, { ...step, from: 'TCP_CLOSE', to: 'TCP_LISTEN', time: 0 }] } : end;
  };
  return { ...model, connections: model.connections.map(({ ends }) => ({ ends: ends.map(listening) })) };
}

/** Where a sock's state lies. */
export function placeOfState(source: ObjectSource, sock: number): { address: number; size: number } | undefined {
  const place = locateField(source, structId(source.debug, 'sock') ?? -1, sock, 'state');
  return place && { address: place.address, size: typeOf(source.debug, place.field.type).size };
}

type Growing = { -readonly [Key in keyof StateEnd]: StateEnd[Key] } & { steps: StateStep[] };

class Ends {
  /** In the order in which they are first heard of. */
  private readonly ends = new Map<string, Growing>();
  private names: EndNames | undefined;

  /** What has happened. */
  tell(journal: readonly JournalEntry[], origin: number): void {
    this.names = new EndNames(journal);
    for (const entry of journal) {
      if (entry.event === 'state' && entry.socket) {
        const { local, remote } = entry.socket;
        const peer = remote.port === 0 ? undefined : endpointText(endpointOf(remote));
        this.end(endpointText(endpointOf(local)), peer).steps.push(stepOf(entry, origin));
      }
    }
  }

  end(local: string, remote: string | undefined): Growing {
    const key = `${local} ${remote ?? ''}`;
    const known = this.ends.get(key);
    if (known) {
      return known;
    }
    const name = this.names?.of(local, remote);
    const end = { local, ...(remote === undefined ? {} : { remote }), ...(name && { name }), steps: [] };
    this.ends.set(key, end);
    return end;
  }

  /** Ends side by side with the other end of their connection. */
  paired(): StatesModel {
    const connections: ConnectionStates[] = [];
    const taken = new Set<Growing>();
    for (const end of this.ends.values()) {
      if (!taken.has(end)) {
        const other = end.remote === undefined ? undefined : this.ends.get(`${end.remote} ${end.local}`);
        const ends = other && other !== end ? [end, other] : [end];
        ends.forEach((each) => taken.add(each));
        connections.push({ ends });
      }
    }
    const isListener = ({ ends }: ConnectionStates): boolean => ends.some(({ state }) => state === 'TCP_LISTEN');
    const [listeners, others] = [connections.filter(isListener), connections.filter((each) => !isListener(each))];
    const all = [...listeners, ...others];
    const leftOff = Math.max(0, all.length - MOST_CONNECTIONS);
    return { connections: [...listeners, ...others.slice(leftOff)].slice(0, MOST_CONNECTIONS), leftOff };
  }
}

function stepOf({ from, to, clock, uptime, place }: EntryOf<'state'>, origin: number): StateStep {
  const step = { from, to: place?.function === 'tcp_time_wait' ? 'TCP_TIME_WAIT' : to, clock, time: uptime - origin };
  return place ? { ...step, place: { function: place.function, file: place.file, line: place.line } } : step;
}

/** What is there now. */
class PresentStates {
  private readonly sock: Fields;

  constructor(
    private readonly source: ObjectSource,
    private readonly ends: Ends,
  ) {
    this.sock = new Fields(source, 'sock');
  }

  read(): void {
    this.waiting();
    for (const address of liveObjectsOf(this.source, 'sock')) {
      this.present(address);
    }
  }

  private present(address: number): void {
    const { source, sock } = this;
    if (sock.type === undefined || sockProtocol(source, sock.type, address) !== 'TCP') {
      return;
    }
    const state = tcpStateName(sock.get(address, 'state') ?? 0);
    const local = sockEndpoint(source, sock.type, address, 'local');
    const isClosed = state === 'TCP_CLOSE';
    // A closed sock that had an end before is on its way out; one without a port has not begun.
    const end = this.ends.end(local ?? formatAddress(address), sockEndpoint(source, sock.type, address, 'remote'));
    if (!isClosed || end.state === undefined) {
      const identity = source.socketAt?.(address);
      const name = identity && { name: bilingual(identity.name) };
      Object.assign(end, { state, card: cardId('struct sock', address), address, isHalfOpen: false, ...name });
    }
    if (state === 'TCP_LISTEN') {
      this.requests(address, swap16(sock.get(address, 'sport') ?? 0));
    }
  }

  /** Connections that are half open: their SYN was answered, and there is no sock yet. */
  private requests(listener: number, port: number): void {
    const { source } = this;
    const table = new Fields(source, 'tcp_listen_opt');
    const request = new Fields(source, 'open_request');
    const options = this.sock.get(listener, 'tp_pinfo.af_tcp.listen_opt') ?? 0;
    if (table.type === undefined || options === 0) {
      return;
    }
    const start = { type: table.type, address: options, expression: '', access: '->' } as const;
    for (const { address } of walkChain(source, start, 'syn_table', MOST_REQUESTS)?.items ?? []) {
      const ip = (path: string): string => formatIpv4(request.get(address, path) ?? 0);
      const remote = `${ip('af.v4_req.rmt_addr')}:${swap16(request.get(address, 'rmt_port') ?? 0)}`;
      const card = cardId('struct open_request', address);
      Object.assign(this.ends.end(`${ip('af.v4_req.loc_addr')}:${port}`, remote), {
        state: 'TCP_SYN_RECV',
        card,
        address,
        isHalfOpen: true,
      });
    }
  }

  /** Buckets that keep the place of connections that are over. */
  private waiting(): void {
    const bucket = new Fields(this.source, 'tcp_tw_bucket');
    for (const address of liveObjectsOf(this.source, 'tcp_tw_bucket')) {
      if (isReadable(this.source, address, 4)) {
        const local = `${formatIpv4(bucket.get(address, 'rcv_saddr') ?? 0)}:${bucket.get(address, 'num')}`;
        const remote = `${formatIpv4(bucket.get(address, 'daddr') ?? 0)}:${swap16(bucket.get(address, 'dport') ?? 0)}`;
        const state = tcpStateName(bucket.get(address, 'substate') ?? bucket.get(address, 'state') ?? 0);
        const card = cardId('struct tcp_tw_bucket', address);
        const end = this.ends.end(local, remote);
        if (end.steps.at(-1)?.from === state) {
          end.steps.pop(); // the bucket waits for the FIN in the sock's place
        }
        Object.assign(end, { state, card, address });
      }
    }
  }
}
