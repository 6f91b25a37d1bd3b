/**
 * Builds the object graph: from the roots along pointer fields to live kernel objects, nearest first.
 *
 * In: roots (variables of the frames, objects of the slab), the bytes. Out: cards without their rows. The walk is
 * Dijkstra's: a candidate's distance is its referrer's plus the cost of its struct (`graph-structs.ts`), ties broken by
 * order of discovery, so the same state gives the same graph. A pointer is followed only to bytes that can be that
 * object: a slab object with room for it, a global, a stack. The walk stops at `limit` cards; what is left in the queue
 * then is counted.
 */
import { ADDRESS_FAMILIES } from '../abi/linux-sockets';
import { formatAddress } from '../base/bytes';
import type { TypeId } from '../abi/debug-info';
import { given, itemAt } from '../base/checked-access';
import { LISTED, walkChain } from './graph-chains';
import { sockProtocol } from './graph-labels';
import { locateField, pointedType, readField } from './graph-read';
import { type StructView, viewOf } from './graph-structs';
import type { GraphCard, GraphCardState, GraphInput, GraphRoot, ObjectGraph } from './graph-types';
import { NearestFirst } from './graph-queue';
import { inReadingOrder } from './graph-order';
import type { LiveObject } from './value-model';
import { globalAt, placeOf, type ValueContext } from './value-context';
import { memberExpression } from './c-expression';
import { completeId, recordOf, structId } from './value-types';

const DEFAULT_LIMIT = 40;

interface Candidate extends GraphRoot {
  readonly inside?: string;
  readonly from?: string;
  readonly via?: string | undefined;
}

/** The objects around the roots. */
export function buildGraph(input: GraphInput): ObjectGraph {
  return new GraphBuilder(input).build();
}

/** Id of the card for an object: struct name and address. */
export function cardId(typeName: string, address: number): string {
  return `${typeName.replace(/^(struct|union) /, '').replace(/\s+/g, '_')}@${formatAddress(address)}`;
}

class GraphBuilder {
  private readonly context: ValueContext;
  private readonly limit: number;
  private readonly cards = new Map<string, GraphCard>();
  private readonly variables = new Map<string, string[]>();
  private readonly leftOff = new Set<string>();
  private readonly queue = new NearestFirst<Candidate>();

  constructor(private readonly input: GraphInput) {
    this.context = input.context;
    this.limit = input.limit ?? DEFAULT_LIMIT;
  }

  build(): ObjectGraph {
    for (const root of this.input.roots) {
      this.offer(root);
    }
    for (let next = this.queue.take(); next; next = this.queue.take()) {
      this.visit(next);
    }
    const cards = [...this.cards.values()].map((card) => ({ ...card, variables: this.variables.get(card.id) ?? [] }));
    return { cards: inReadingOrder(this.context, cards), leftOff: this.leftOff.size };
  }

  /** Puts a candidate in the queue when its target can be such an object. */
  private offer(offered: Candidate): void {
    const type = completeId(this.context.debug, offered.type);
    const candidate = this.asInternetAddress(type === offered.type ? offered : { ...offered, type });
    if (
      candidate.address !== 0 &&
      recordOf(this.context.debug, candidate.type) &&
      this.stateOf(candidate) !== undefined
    ) {
      this.queue.add(candidate);
    }
  }

  private visit(candidate: Candidate): void {
    const record = given(recordOf(this.context.debug, candidate.type), 'record');
    const view = viewOf(record.name);
    const typeName = record.name === '' ? candidate.expression : `${record.tag} ${record.name}`;
    const id = cardId(typeName, candidate.address);
    const known = this.cards.get(id);
    if (candidate.variable !== undefined && (known || this.cards.size < this.limit)) {
      const names = this.variables.get(id) ?? [];
      this.variables.set(id, names.includes(candidate.variable) ? names : [...names, candidate.variable]);
    }
    if (known) {
      this.add(candidate, known);
      return;
    }
    if (this.cards.size >= this.limit) {
      this.leftOff.add(id);
      return;
    }
    const state = given(this.stateOf(candidate), 'state');
    const global = state === 'static' ? globalAt(this.context.debug, candidate.address) : undefined;
    const named = global?.address === candidate.address && global.type === candidate.type;
    const card: GraphCard = {
      id,
      kind: view?.kind ?? 'other',
      type: candidate.type,
      typeName,
      address: candidate.address,
      size: record.size,
      state,
      expression: named ? global.name : candidate.expression,
      access: named ? '.' : candidate.access,
      frame: named ? undefined : candidate.frame,
      inside: candidate.inside,
      from: candidate.from,
      via: candidate.via,
      variables: [],
    };
    this.cards.set(id, card);
    if (view && state !== 'freed') {
      this.follow(card, view, record.name, candidate.cost);
    }
  }

  /** Another way to an object that has a card: what is part of another is that however it was found. */
  private add({ inside, from, via }: Candidate, known: GraphCard): void {
    if (inside !== undefined && known.inside === undefined) {
      this.cards.set(known.id, { ...known, inside, from, via, state: 'embedded' });
    } else if (from !== undefined && known.from === undefined) {
      this.cards.set(known.id, { ...known, from, via });
    }
  }

  private follow(card: GraphCard, view: StructView, struct: string, cost: number): void {
    for (const path of view.follow ?? []) {
      const to = pointedType(this.context, card.type, path);
      const address = readField(this.context, card.type, card.address, path);
      if (to !== undefined && address !== undefined) {
        this.offer({
          type: to,
          address,
          expression: memberExpression(card.expression, card.access, path),
          access: '->',
          cost: cost + this.costOf(to),
          frame: card.frame,
          ...wayFrom(card, memberExpression(card.expression, card.access, path)),
        });
      }
    }
    for (const path of view.chains ?? []) {
      for (const [index, item] of (walkChain(this.context, card, path, LISTED, false)?.items ?? []).entries()) {
        this.offer({
          type: item.type,
          address: item.address,
          expression: item.expression,
          access: '->',
          cost: cost + this.costOf(item.type) + index / 16,
          frame: card.frame,
          ...wayFrom(card, item.expression),
        });
      }
    }
    if (struct === 'sock') {
      this.followSock(card, cost);
    }
  }

  /** The part of the protocol union that is in use, and TCP's bind bucket, which 2.4 keeps in `prev`. */
  private followSock(card: GraphCard, cost: number): void {
    const protocol = sockProtocol(this.context, card.type, card.address);
    const member = protocol === 'TCP' ? 'tp_pinfo.af_tcp' : protocol === 'RAW' ? 'tp_pinfo.tp_raw4' : undefined;
    const part = member === undefined ? undefined : locateField(this.context, card.type, card.address, member);
    if (part && member !== undefined && recordOf(this.context.debug, part.field.type)) {
      this.offer({
        type: part.field.type,
        address: part.address,
        expression: memberExpression(card.expression, card.access, member),
        access: '.',
        cost: cost + 1,
        inside: card.id,
        frame: card.frame,
        ...wayFrom(card, memberExpression(card.expression, card.access, member)),
      });
    }
    const bucket = structId(this.context.debug, 'tcp_bind_bucket');
    const prev = readField(this.context, card.type, card.address, 'prev') ?? 0;
    if (protocol === 'TCP' && bucket !== undefined && prev !== 0 && this.isObjectOf(prev, 'tcp_bind_bucket')) {
      const expression = `(struct tcp_bind_bucket *) ${memberExpression(card.expression, card.access, 'prev')}`;
      this.offer({
        type: bucket,
        address: prev,
        expression,
        access: '->',
        cost: cost + this.costOf(bucket),
        frame: card.frame,
        ...wayFrom(card, memberExpression(card.expression, card.access, 'prev')),
      });
    }
  }

  private isObjectOf(address: number, cache: string): boolean {
    const object = this.objectAround(address);
    return object !== undefined && object.address === address && object.cache === cache;
  }

  private costOf(type: TypeId): number {
    const record = recordOf(this.context.debug, type);
    return (record && viewOf(record.name)?.cost) ?? 8;
  }

  /** `struct sockaddr` whose family says Internet is shown as what it is. */
  private asInternetAddress(candidate: Candidate): Candidate {
    const { debug, memory } = this.context;
    const record = recordOf(debug, candidate.type);
    const internet = structId(debug, 'sockaddr_in');
    if (record?.name !== 'sockaddr' || internet === undefined || !memory.contains(candidate.address, record.size)) {
      return candidate;
    }
    const expression =
      candidate.access === '->'
        ? `(struct sockaddr_in *) ${candidate.expression}`
        : `*(struct sockaddr_in *) &${candidate.expression}`;
    return readField(this.context, candidate.type, candidate.address, 'sa_family') === ADDRESS_FAMILIES.AF_INET
      ? { ...candidate, type: internet, expression }
      : candidate;
  }

  /** Where the object lives; undefined when the bytes cannot be such an object. */
  private stateOf({ address, type, inside, unsure }: Candidate): GraphCardState | undefined {
    const { size } = given(recordOf(this.context.debug, type), 'record');
    if (!this.context.memory.contains(address, size)) {
      return undefined;
    }
    if (inside !== undefined) {
      return 'embedded';
    }
    switch (placeOf(this.context, address)) {
      case 'data':
        return 'static';
      case 'stack':
        return 'stack';
      case 'user':
        return 'user';
      case 'freed':
        // A local that was not assigned yet is common; a field or a parameter that leads to freed memory is news.
        return unsure === true ? undefined : 'freed';
      case 'heap': {
        if (!this.input.objects || this.input.objects.length === 0) {
          return 'live';
        }
        const object = this.objectAround(address);
        return object && address + size <= object.address + object.size ? 'live' : undefined;
      }
      default:
        return undefined;
    }
  }

  private objectAround(address: number): LiveObject | undefined {
    const objects = this.input.objects ?? [];
    let low = 0;
    let high = objects.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (itemAt(objects, middle).address <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const candidate = objects[low - 1];
    return candidate && address < candidate.address + candidate.size ? candidate : undefined;
  }
}

/** How one comes from a card to what an expression begins with it for. */
function wayFrom(
  { id, expression }: GraphCard,
  to: string,
): { readonly from: string; readonly via: string | undefined } {
  return { from: id, via: to.startsWith(expression) ? to.slice(expression.length) : undefined };
}
