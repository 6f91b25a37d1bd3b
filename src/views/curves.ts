/**
 * Graphs over time from the kernel's own variables of a connection.
 *
 * In: the journal, which tells the socks that there were and their ends, and how the bytes of some of them changed. Out: a
 * {@link CurvesModel}. Sequence numbers count from the initial one of their side; a variable that has not its meaning yet
 * (a threshold without end, a number before the first SYN) has no point.
 */
import type { DebugInfo } from '../abi/debug-info';
import { HZ } from '../abi/linux-process';
import { swapLong, swapShort } from '../base/bytes';
import { EndNames } from '../ladder/end-names';
import { endpointOf } from '../ladder/owners';
import { endpointText, packetFacts } from '../ladder/packet-facts';
import type { JournalEntry, SocketEnds } from '../machine/journal-entry';
import { findField, structId, typeOf } from '../values/value-types';
import type { Ladder } from '../ladder/ladder-model';
import { packetWords } from '../ladder/packet-words';
import {
  BETWEEN_CHOICES,
  type Curve,
  type CurveName,
  type CurvePacket,
  type CurvePanel,
  type CurvePoint,
  type CurvesModel,
  type EndCurves,
  type PanelName,
} from './curves-model';

/** What changed: as `history/samples.ts` has it. */
export interface SockSample {
  readonly clock: number;
  readonly time: number;
  readonly bytes: Uint8Array;
}

/** A sock of which there are graphs. */
export interface SampledSock {
  readonly address: number;
  readonly size: number;
  readonly local: string;
  readonly remote?: string;
}

/** Connections that are drawn at once. */
const MOST_CONNECTIONS = 6;

interface Gauge {
  readonly name: CurveName;
  readonly panel: PanelName;
  readonly path: string;
  /** What is drawn of the member's value; undefined where it means nothing. */
  readonly value: (value: number, read: (path: string) => number | undefined, initial: number) => number | undefined;
}

const TCP = 'tp_pinfo.af_tcp';
/** A threshold that never was set. */
const WITHOUT_END = 0x7fff_ffff;
const milliseconds = (jiffies: number): number => (jiffies * 1000) / HZ;
const plain = (value: number): number => value;
const relative = (value: number, initial: number): number | undefined =>
  value === 0 ? undefined : (value - initial) | 0;

const GAUGES: readonly Gauge[] = [
  { name: 'sent', panel: 'sequence', path: `${TCP}.snd_nxt`, value: (value, _, initial) => relative(value, initial) },
  {
    name: 'acknowledged',
    panel: 'sequence',
    path: `${TCP}.snd_una`,
    value: (value, _, initial) => relative(value, initial),
  },
  {
    name: 'edge',
    panel: 'sequence',
    path: `${TCP}.snd_wnd`,
    value: (value, read, initial) => {
      const start = relative(read(`${TCP}.snd_una`) ?? 0, initial);
      return start === undefined || value === 0 ? undefined : start + value;
    },
  },
  { name: 'cwnd', panel: 'window', path: `${TCP}.snd_cwnd`, value: (value) => (value === 0 ? undefined : value) },
  {
    name: 'ssthresh',
    panel: 'window',
    path: `${TCP}.snd_ssthresh`,
    value: (value) => (value >= WITHOUT_END || value === 0 ? undefined : value),
  },
  {
    name: 'rto',
    panel: 'timers',
    path: `${TCP}.rto`,
    value: (value) => (value === 0 ? undefined : milliseconds(value)),
  },
  // The kernel keeps eight times the average.
  {
    name: 'srtt',
    panel: 'timers',
    path: `${TCP}.srtt`,
    value: (value) => (value === 0 ? undefined : milliseconds(value / 8)),
  },
  { name: 'receive', panel: 'queues', path: 'receive_queue.qlen', value: plain },
  { name: 'write', panel: 'queues', path: 'write_queue.qlen', value: plain },
  { name: 'out-of-order', panel: 'queues', path: `${TCP}.out_of_order_queue.qlen`, value: plain },
];
const LISTENER_GAUGES: readonly Gauge[] = [
  { name: 'accept', panel: 'accept', path: 'ack_backlog', value: plain },
  { name: 'accept-limit', panel: 'accept', path: 'max_ack_backlog', value: (value) => value + 1 },
];

/** `a ↔ b`, by which a connection is asked for. */
function sockName({ local, remote }: Pick<SampledSock, 'local' | 'remote'>): string {
  return remote === undefined ? local : `${local} ↔ ${remote}`;
}

/** The socks that the journal tells of, each once, those with most packets first. */
export function sampledSocks(journal: readonly JournalEntry[], debug: DebugInfo): readonly SampledSock[] {
  const type = structId(debug, 'sock');
  const size = type === undefined ? 0 : typeOf(debug, type).size;
  const socks = new Map<string, SampledSock>();
  const packets = new Map<string, number>();
  const count = (name: string): void => void packets.set(name, (packets.get(name) ?? 0) + 1);
  for (const entry of journal) {
    if ((entry.event === 'state' || entry.event === 'return') && entry.socket && entry.socket.local.port !== 0) {
      const sock = { address: entry.socket.sock, size, ...endsOf(entry.socket) };
      socks.set(`${sockName(sock)} ${sock.address}`, sock);
    } else if (entry.event === 'packet') {
      const facts = packetFacts(entry.bytes, entry.length);
      if (facts?.tcp) {
        const [source, destination] = [endpointText(facts.source), endpointText(facts.destination)];
        count(sockName({ local: source, remote: destination }));
        count(sockName({ local: destination, remote: source }));
      }
    }
  }
  return [...socks.values()].sort((a, b) => (packets.get(sockName(b)) ?? 0) - (packets.get(sockName(a)) ?? 0));
}

/** The socks of the connections that are asked for (several between bars), or of the first. */
export function chosenSocks(socks: readonly SampledSock[], choice: string | undefined): readonly SampledSock[] {
  const [first] = socks;
  const wanted = choice === undefined ? (first ? [sockName(first)] : []) : choice.split(BETWEEN_CHOICES);
  const chosen = wanted.slice(-MOST_CONNECTIONS).flatMap((name) => connectionOf(socks, name));
  return [...new Set(chosen)];
}

function connectionOf(socks: readonly SampledSock[], name: string): readonly SampledSock[] {
  const first = socks.find((sock) => sockName(sock) === name || sock.local === name);
  const isOf = (sock: SampledSock, { local, remote }: SampledSock): boolean =>
    sock.local === local && sock.remote === remote;
  return first === undefined
    ? []
    : socks.filter(
        (sock) =>
          isOf(sock, first) ||
          (first.remote !== undefined && isOf(sock, { ...first, local: first.remote, remote: first.local })),
      );
}

function endsOf({ local, remote }: SocketEnds): Pick<SampledSock, 'local' | 'remote'> {
  return {
    local: endpointText(endpointOf(local)),
    ...(remote.port === 0 ? {} : { remote: endpointText(endpointOf(remote)) }),
  };
}

/** The graphs of some socks. */
export function curvesOf(
  journal: readonly JournalEntry[],
  debug: DebugInfo,
  all: readonly SampledSock[],
  sampled: readonly { readonly sock: SampledSock; readonly samples: readonly SockSample[] }[],
  { rows, origin }: Pick<Ladder, 'rows' | 'origin'>,
  clock: number,
): CurvesModel {
  const uptimes = journal.flatMap((entry) => ('uptime' in entry ? [entry.uptime] : []));
  const members = new Members(debug);
  const names = new EndNames(journal);
  const ends = new Map<string, EndCurves>();
  for (const { sock, samples } of sampled) {
    const initial = initialSequence(journal, sock);
    const gauges = sock.remote === undefined ? LISTENER_GAUGES : GAUGES;
    const own = samples.filter(({ bytes }) => members.isOf(bytes, sock));
    const curves = gauges.flatMap((gauge) => members.curve(gauge, own, initial, origin) ?? []);
    const panels = panelsOf(gauges, curves);
    const known = ends.get(sockName(sock));
    // An end whose sock was made again goes on where it was.
    if (panels.length > 0 && !known) {
      ends.set(sockName(sock), { ...endsText(sock), ...named(names, sock), panels, packets: packetsOf(rows, sock) });
    }
  }
  const shown = new Set(sampled.flatMap(({ sock }) => [sockName(sock)]));
  const firsts = sampled.filter(
    ({ sock }, index) =>
      !sampled
        .slice(0, index)
        .some((before) => connectionOf([before.sock, sock], sockName(sock)).includes(before.sock)),
  );
  return {
    ends: [...ends.values()],
    shown: firsts.map(({ sock }) => sockName(sock)),
    clock,
    time: Math.max(0, (uptimes.at(-1) ?? 0) - origin, ...lastTimes([...ends.values()])),
    others: [...new Map(all.map((sock) => [sockName(sock), sock]))]
      .filter(([choice]) => !shown.has(choice))
      .map(([choice, sock]) => ({ choice, ...named(names, sock) })),
    lacking: members.lacking,
  };
}

/** When each curve changed last: a timer changes things before anything is told of it. */
function lastTimes(ends: readonly EndCurves[]): readonly number[] {
  return ends.flatMap(({ panels }) =>
    panels.flatMap(({ curves }) => curves.map(({ points }) => points.at(-1)?.time ?? 0)),
  );
}

/** The ladder's packets from and to a sock. */
function packetsOf(rows: Ladder['rows'], { local, remote }: SampledSock): readonly CurvePacket[] {
  return rows.flatMap((row) => {
    const isSent = row.kind === 'packet' && row.source === local && row.destination === remote;
    const isReceived = row.kind === 'packet' && row.source === remote && row.destination === local;
    return row.kind === 'packet' && (isSent || isReceived)
      ? [{ clock: row.clock, time: row.time, isSent, text: `#${row.number} ${packetWords(row)}` }]
      : [];
  });
}

function named(names: EndNames, { local, remote }: SampledSock): Pick<EndCurves, 'name'> {
  const name = names.of(local, remote);
  return name ? { name } : {};
}

function endsText({ local, remote }: SampledSock): Pick<EndCurves, 'local' | 'remote'> {
  return { local, ...(remote === undefined ? {} : { remote }) };
}

function panelsOf(gauges: readonly Gauge[], curves: readonly Curve[]): CurvePanel[] {
  const names = [...new Set(gauges.map(({ panel }) => panel))];
  return names
    .map((name) => ({
      name,
      curves: curves.filter((curve) => gauges.some((gauge) => gauge.name === curve.name && gauge.panel === name)),
    }))
    .filter((panel) => panel.curves.length > 0);
}

/** The sequence number of the first SYN that the sock sent. */
function initialSequence(journal: readonly JournalEntry[], { local, remote }: SampledSock): number {
  for (const entry of journal) {
    const facts = entry.event === 'packet' ? packetFacts(entry.bytes, entry.length) : undefined;
    if (
      facts?.tcp?.flags.includes('SYN') &&
      endpointText(facts.source) === local &&
      endpointText(facts.destination) === remote
    ) {
      return facts.tcp.sequence;
    }
  }
  return 0;
}

/** Members of `struct sock` in copies of its bytes. */
class Members {
  private readonly places = new Map<string, { readonly offset: number; readonly size: number } | undefined>();

  constructor(private readonly debug: DebugInfo) {}

  get lacking(): readonly string[] {
    return [...this.places].flatMap(([path, place]) => (place ? [] : [`struct sock.${path}`]));
  }

  /** Whether the bytes are those of a sock with these ends. */
  isOf(bytes: Uint8Array, { local, remote }: SampledSock): boolean {
    const end = (address: string, port: number): string =>
      endpointText(endpointOf({ address: swapLong(this.read(bytes, address) ?? 0), port }));
    const own = end('rcv_saddr', this.read(bytes, 'num') ?? 0);
    const peer = this.read(bytes, 'dport') ?? 0;
    return own === local && (remote === undefined ? peer === 0 : end('daddr', swapShort(peer)) === remote);
  }

  /** Undefined when the member is not there, or never has a meaning. */
  curve(gauge: Gauge, samples: readonly SockSample[], initial: number, origin: number): Curve | undefined {
    const points: CurvePoint[] = [];
    for (const { clock, time, bytes } of samples) {
      const raw = this.read(bytes, gauge.path);
      const value = raw === undefined ? undefined : gauge.value(raw, (path) => this.read(bytes, path), initial);
      if (value !== undefined && value !== points.at(-1)?.value) {
        points.push({ clock, time: Math.max(0, time - origin), value });
      }
    }
    return points.length === 0 ? undefined : { name: gauge.name, member: gauge.path, points };
  }

  /** Unsigned value of a scalar member of up to four bytes. */
  private read(bytes: Uint8Array, path: string): number | undefined {
    const place = this.place(path);
    if (!place || place.offset + place.size > bytes.length) {
      return undefined;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset + place.offset, place.size);
    return place.size === 1 ? view.getUint8(0) : place.size === 2 ? view.getUint16(0, true) : view.getUint32(0, true);
  }

  private place(path: string): { readonly offset: number; readonly size: number } | undefined {
    if (!this.places.has(path)) {
      const type = structId(this.debug, 'sock');
      const found = type === undefined ? undefined : findField(this.debug, type, path);
      const size = found && typeOf(this.debug, found.field.type).size;
      this.places.set(path, found && size !== undefined && size <= 4 ? { offset: found.offset, size } : undefined);
    }
    return this.places.get(path);
  }
}
