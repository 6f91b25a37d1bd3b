/**
 * The kernel objects around what the reader looks at, as plain data: cards with their rows, one line about each, the
 * state of socks.
 *
 * In: a stopped machine, the frames looked at, pointers that the reader asked to follow. Out: everything that a picture
 * of the objects needs; nothing in it reads the machine any more.
 */
import { frameSocket } from './frame-socket';
import { buildGraph } from './graph-build';
import { focusOf, type Focus } from './graph-focus';
import { sockEndpoint, sockProtocol, tcpStateName } from './graph-labels';
import { readField } from './graph-read';
import { contextOf, graphRoots } from './graph-roots';
import { GraphLinks } from './graph-links';
import { importantRows, restRows, type WantedBytes } from './graph-rows';
import { viewOf } from './graph-structs';
import type { GraphCard, GraphRoot, ObjectGraph } from './graph-types';
import { RememberedCards, type CardReading } from './remembered-cards';
import { touchedBy, type TouchedBytes } from './touched';
import type { ObjectCard, SockFacts } from './object-card';
import type { ObjectSource, SocketIdentity, ValueContext } from './value-context';
import type { StackFrame } from './value-model';
import { recordOf } from './value-types';

export type { ObjectCard, SockFacts };

/** A pointer to follow. */
export interface FollowedPointer {
  readonly address: number;
  /** As written: `struct inode *`. */
  readonly type: string;
  readonly expression?: string;
}

/** What is read: all where nothing is said. */
export interface FieldsWanted {
  /** Ids of cards of which all fields are. */
  readonly cards: ReadonlySet<string>;
  /** Of all cards lists, and fields in these bytes. */
  readonly bytes: readonly WantedBytes[];
  /** Only cards in focus, and these. */
  readonly only?: ReadonlySet<string> | undefined;
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

/** `remembered`: what is kept from stop to stop of one source, so that what has not changed is not read again. */
export function objectView(
  source: ObjectSource,
  frames: readonly StackFrame[],
  followed: readonly FollowedPointer[],
  fields?: FieldsWanted,
  remembered = new RememberedCards(),
): ObjectView {
  const context = contextOf(source);
  const objects = [...(source.liveObjects?.() ?? [])].sort((a, b) => a.address - b.address);
  const [innermost] = frames;
  const text = innermost && source.statementText?.(innermost);
  const touched = innermost && text !== undefined ? touchedBy(context, innermost, text) : undefined;
  const graph = buildGraph({
    context,
    roots: [
      ...graphRoots(source, frames, objects),
      ...(touched?.objects ?? []),
      ...followed.flatMap((pointer) => rootOf(context, pointer)),
    ],
    objects,
  });
  const madeAt = new Map(objects.map(({ address, allocatedAtClock }) => [address, allocatedAtClock]));
  const maker = new CardMaker(source, graph, fields, remembered);
  const focus = focusOf(context, graph, frames, touched);
  const only = fields?.only && new Set([...fields.only, ...focus.objects.map(({ card }) => card)]);
  const cards = (only ? graph.cards.filter(({ id }) => only.has(id)) : graph.cards).map((card) =>
    maker.card(card, card.state === 'live' ? madeAt.get(card.address) : undefined),
  );
  remembered.end(only === undefined);
  return {
    cards,
    focus,
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

/** Makes the cards of one graph whole. */
class CardMaker {
  private readonly context: ValueContext;
  private readonly links: GraphLinks;
  private readonly byId: ReadonlyMap<string, GraphCard>;

  constructor(
    private readonly source: ObjectSource,
    graph: ObjectGraph,
    private readonly fields: FieldsWanted | undefined,
    private readonly remembered: RememberedCards,
  ) {
    this.context = contextOf(source);
    this.links = new GraphLinks(this.context, graph);
    this.byId = new Map(graph.cards.map((card) => [card.id, card]));
  }

  /** A card; the one of the stop before when it would be the same. */
  card(card: GraphCard, madeAt: number | undefined): ObjectCard {
    const parts = this.links.partsOf(card);
    const wanted = this.wantedOf(card);
    const asked = JSON.stringify([card.type, card.state === 'freed', parts.map(({ address }) => address), wanted]);
    const { important, others, ...facts } = this.remembered.reading(this.context, card, asked, (context) =>
      readCard(context, card, parts, wanted),
    );
    const before = this.remembered.shown(card.id);
    const around = [this.links.key, card.expression, card.access, ...parts.map(({ expression }) => expression)];
    const rows = this.remembered.rows(card.id, around.join(' '), () => ({
      important: this.links.rows(card, important, before?.important),
      others: this.links.rows(card, others, before?.others),
    }));
    const made: ObjectCard = {
      ...card,
      ...facts,
      important: rows.important,
      others: rows.others,
      identity: this.identityOf(card),
      madeAt,
    };
    return before && isSameCard(before, made) ? before : this.remembered.show(made);
  }

  /** Which of the fields that are not important are wanted: undefined for all, else those in these bytes. */
  private wantedOf(card: GraphCard): readonly WantedBytes[] | undefined {
    return this.fields?.cards.has(card.id) === true
      ? undefined
      : this.fields?.bytes
          .filter(({ address, size }) => address < card.address + card.size && card.address < address + size)
          .map(({ address, size }) => ({ address, size }));
  }

  /** Looks for the sock along the way on which the card was reached. */
  private identityOf(start: GraphCard): SocketIdentity | undefined {
    const { source } = this;
    const seen = new Set<string>();
    for (let card: GraphCard | undefined = start; card && !seen.has(card.id);) {
      seen.add(card.id);
      const isSocket = card.kind === 'sock' || card.kind === 'socket';
      // A table that all share is nobody's, whoever leads to it; a socket may lie among the variables of the kernel.
      if (card.state === 'static' && !isSocket) {
        return undefined;
      }
      const sock = card.kind === 'socket' ? readField(source, card.type, card.address, 'sk') : card.address;
      const found = isSocket && sock !== undefined && card.state !== 'freed' ? source.socketAt?.(sock) : undefined;
      if (found) {
        return found;
      }
      card = card.from === undefined ? undefined : this.byId.get(card.from);
    }
    return undefined;
  }
}

function readCard(
  context: ValueContext,
  card: GraphCard,
  parts: readonly WantedBytes[],
  wanted: readonly WantedBytes[] | undefined,
): CardReading {
  const important = importantRows(context, card);
  const names = new Set(important.map((row) => (typeof row === 'string' ? row : row.id)));
  const { rows: others, count } = restRows(context, card, parts, names, wanted);
  return {
    important,
    others,
    otherCount: count,
    summary: summaryOf(context, card),
    sock: card.kind === 'sock' ? sockFacts(context, card) : undefined,
  };
}

/** Whether two cards show the same; their rows are the same objects then. */
function isSameCard(a: ObjectCard, b: ObjectCard): boolean {
  const { important, others, ...rest } = a;
  return (
    isSameList(important, b.important) &&
    isSameList(others, b.others) &&
    (Object.keys(rest) as (keyof typeof rest)[]).every(
      (key) => rest[key] === b[key] || JSON.stringify(rest[key]) === JSON.stringify(b[key]),
    )
  );
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((each, index) => each === b[index]));
}

function summaryOf(context: ValueContext, card: GraphCard): string | undefined {
  const label = viewOf(recordOf(context.debug, card.type)?.name ?? '')?.label;
  const text = card.state === 'freed' ? '' : label?.(context, card.type, card.address);
  return text === '' ? undefined : text;
}

function sockFacts(context: ValueContext, { type, address }: GraphCard): SockFacts {
  const state = readField(context, type, address, 'state');
  const protocol = sockProtocol(context, type, address);
  const end = (side: 'local' | 'remote'): string | undefined => {
    const text = sockEndpoint(context, type, address, side);
    // A raw socket has the number of its protocol where others have a port.
    return protocol === 'RAW' ? text?.replace(/:\d+$/, '') : text;
  };
  return {
    protocol,
    state: state === undefined ? '' : tcpStateName(state),
    local: end('local'),
    remote: end('remote'),
  };
}
