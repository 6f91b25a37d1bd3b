/**
 * The kernel objects around what the reader looks at, as plain data: cards with their rows, one line about each, the
 * state of socks.
 *
 * In: a stopped machine, the frames looked at, pointers that the reader asked to follow. Out: everything that a picture
 * of the objects needs; nothing in it reads the machine any more.
 */
import { frameSocket } from './frame-socket';
import { buildGraph, cardId } from './graph-build';
import { focusOf, type Focus } from './graph-focus';
import { sockEndpoint, sockProtocol, tcpStateName } from './graph-labels';
import { readField } from './graph-read';
import { contextOf, graphRoots } from './graph-roots';
import { importantRows, restRows, type WantedBytes } from './graph-rows';
import { viewOf } from './graph-structs';
import type { GraphCard, GraphRoot, GraphRow, ObjectGraph } from './graph-types';
import { touchedBy, type TouchedBytes } from './touched';
import type { ObjectSource, SocketIdentity, ValueContext } from './value-context';
import type { StackFrame } from './value-model';
import { recordOf } from './value-types';

/** A pointer to follow. */
export interface FollowedPointer {
  readonly address: number;
  /** As written: `struct inode *`. */
  readonly type: string;
  readonly expression?: string;
}

/** Which fields beside the important ones are read; all where nothing is said. */
export interface FieldsWanted {
  /** Ids of cards of which all are. */
  readonly cards: ReadonlySet<string>;
  /** Of all cards lists, and fields in these bytes. */
  readonly bytes: readonly WantedBytes[];
}

/** A sock at a glance. */
export interface SockFacts {
  /** `TCP`, `UDP`, `RAW`; empty while it has none. */
  readonly protocol: string;
  /** `TCP_LISTEN`; for other protocols the same field means connected or not. */
  readonly state: string;
  /** `0.0.0.0:8080`. */
  readonly local: string | undefined;
  readonly remote: string | undefined;
}

export interface ObjectCard extends Omit<GraphCard, 'type' | 'access'> {
  /** Rows that the struct's view names. */
  readonly important: readonly GraphRow[];
  /** Other scalars and lists, in the order of the struct: all, or those that were asked for. */
  readonly others: readonly GraphRow[];
  /** How many of these the struct has. */
  readonly otherCount: number;
  /** One line on what it is right now: `TCP_LISTEN 0.0.0.0:8080`. */
  readonly summary: string | undefined;
  /** Statements executed before the slab handed it out. */
  readonly madeAt?: number | undefined;
  /** Of a sock only. */
  readonly sock: SockFacts | undefined;
  /** The socket it is, is part of, or was reached from. */
  readonly identity?: SocketIdentity | undefined;
}

export interface ObjectView {
  readonly cards: readonly ObjectCard[];
  /** The objects and variables of the frame looked at. */
  readonly focus: Focus;
  /** What the next statement names. */
  readonly touched: readonly TouchedBytes[];
  /** For each frame the socket that it is about. */
  readonly sockets: readonly (SocketIdentity | undefined)[];
  /** Objects that were reached and left off because the view is bounded. */
  readonly leftOff: number;
}

export function objectView(
  source: ObjectSource,
  frames: readonly StackFrame[],
  followed: readonly FollowedPointer[],
  fields?: FieldsWanted,
): ObjectView {
  const context = contextOf(source);
  const objects = [...(source.liveObjects?.() ?? [])].sort((a, b) => a.address - b.address);
  const [innermost] = frames;
  const text = innermost && source.statementText?.(innermost);
  const touched = innermost && text !== undefined ? touchedBy(context, innermost, text) : undefined;
  const graph = buildGraph({
    context,
    roots: [
      ...graphRoots(source, frames),
      ...(touched?.objects ?? []),
      ...followed.flatMap((pointer) => rootOf(context, pointer)),
    ],
    objects,
  });
  const madeAt = new Map(objects.map(({ address, allocatedAtClock }) => [address, allocatedAtClock]));
  return {
    cards: graph.cards.map((card) => ({
      ...objectCard(context, graph, card, fields),
      identity: identityOf(source, graph, card),
      madeAt: card.state === 'live' ? madeAt.get(card.address) : undefined,
    })),
    focus: focusOf(context, graph, frames, touched),
    touched: touched?.bytes ?? [],
    sockets: frames.map((frame) => frameSocket(source, frame)),
    leftOff: graph.leftOff,
  };
}

function rootOf({ debug }: ValueContext, { type: spelling, address, expression }: FollowedPointer): GraphRoot[] {
  const name = spelling
    .replace(/\b(const|volatile)\b/g, '')
    .replace(/\*\s*$/, '')
    .trim();
  const type = Object.hasOwn(debug.typeNames, name) ? debug.typeNames[name] : undefined;
  return type === undefined
    ? []
    : [{ type, address, expression: expression ?? `(${name} *) ${address}`, access: '->', cost: 0 }];
}

function objectCard(
  context: ValueContext,
  graph: ObjectGraph,
  card: GraphCard,
  fields: FieldsWanted | undefined,
): ObjectCard {
  const linked = (row: GraphRow): GraphRow => withCards(context, graph, row);
  const important = importantRows(context, graph, card);
  const names = new Set(important.map((row) => row.id));
  const wanted = fields?.cards.has(card.id) === true ? undefined : fields?.bytes;
  const { rows: others, count } = restRows(context, graph, card, names, wanted);
  return {
    ...card,
    important: important.map(linked),
    others: others.map(linked),
    otherCount: count,
    summary: summaryOf(context, card),
    sock: card.kind === 'sock' ? sockFacts(context, card) : undefined,
  };
}

/** Looks for the sock along the way on which the card was reached. */
function identityOf(source: ObjectSource, graph: ObjectGraph, start: GraphCard): SocketIdentity | undefined {
  const seen = new Set<string>();
  for (let card: GraphCard | undefined = start; card && card.state !== 'static' && !seen.has(card.id);) {
    seen.add(card.id);
    const sock = card.kind === 'socket' ? readField(source, card.type, card.address, 'sk') : card.address;
    const isSocket = card.kind === 'sock' || card.kind === 'socket';
    const found = isSocket && sock !== undefined && card.state !== 'freed' ? source.socketAt?.(sock) : undefined;
    if (found) {
      return found;
    }
    const { from }: GraphCard = card;
    card = graph.cards.find(({ id }) => id === from);
  }
  return undefined;
}

/** A list whose elements know their cards. */
function withCards(context: ValueContext, graph: ObjectGraph, row: GraphRow): GraphRow {
  const { chain } = row;
  if (!chain) {
    return row;
  }
  const cardOf = (type: number, address: number): string | undefined => {
    const record = recordOf(context.debug, type);
    const id = record && cardId(`${record.tag} ${record.name}`, address);
    return graph.cards.some((card) => card.id === id) ? id : undefined;
  };
  const items = chain.items.map((item) => ({ ...item, card: cardOf(item.type, item.address) }));
  return { ...row, chain: { ...chain, items } };
}

function summaryOf(context: ValueContext, card: GraphCard): string | undefined {
  const label = viewOf(recordOf(context.debug, card.type)?.name ?? '')?.label;
  const text = card.state === 'freed' ? '' : label?.(context, card.type, card.address);
  return text === '' ? undefined : text;
}

function sockFacts(context: ValueContext, { type, address }: GraphCard): SockFacts {
  const state = readField(context, type, address, 'state');
  return {
    protocol: sockProtocol(context, type, address),
    state: state === undefined ? '' : tcpStateName(state),
    local: sockEndpoint(context, type, address, 'local'),
    remote: sockEndpoint(context, type, address, 'remote'),
  };
}
