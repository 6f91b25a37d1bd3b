/**
 * Walks the kernel's lists: packet queues, the accept queue, the SYN table, wait queues, the owners of a port.
 *
 * In: a card's type and address, the field a list starts in, and how its elements hang together. Out: the elements in
 * order, with one line about each. Walks are bounded, and a list that leads into memory that is no element is given up
 * to there and called broken.
 */
import { formatAddress } from '../base/bytes';
import type { TypeId } from '../abi/debug-info';
import { packetLabel, requestLabel, sockLabel, waiterLabel, type Label } from './graph-labels';
import { locateField, readField } from './graph-read';
import type { ChainKind } from './graph-structs';
import type { GraphChain, GraphChainItem } from './graph-types';
import { isReadable, placeOf, type ValueContext } from './value-context';
import { memberExpression } from './value-node';
import { findField, structId, typeOf } from './value-types';

/** Elements listed, and elements walked to count the rest. */
const LISTED = 12;
const WALKED = 500;

export interface ChainStart {
  readonly type: TypeId;
  readonly address: number;
  readonly expression: string;
  readonly access: '.' | '->';
}

/**
 * The list that starts in field `path` of an object, its first `listed` elements; undefined when the program has no such
 * field or element type.
 */
export function walkChain(
  context: ValueContext,
  start: ChainStart,
  path: string,
  kind: ChainKind,
  listed = LISTED,
): GraphChain | undefined {
  const field = locateField(context, start.type, start.address, path);
  if (!field) {
    return undefined;
  }
  const expression = memberExpression(start.expression, start.access, path);
  const walker = new Walker(context, listed);
  switch (kind) {
    case 'packet-queue':
      return walker.follow(
        'sk_buff',
        'next',
        readField(context, field.field.type, field.address, 'next'),
        memberExpression(expression, '.', 'next'),
        packetLabel,
        field.address,
      );
    case 'packet-list':
      return walker.follow(
        'sk_buff',
        'next',
        readField(context, field.field.type, field.address, 'head'),
        memberExpression(expression, '.', 'head'),
        packetLabel,
      );
    case 'request-list':
      return walker.follow(
        'open_request',
        'dl_next',
        readField(context, start.type, start.address, path),
        expression,
        requestLabel,
      );
    case 'owner-list':
      return walker.follow(
        'sock',
        'bind_next',
        readField(context, start.type, start.address, path),
        expression,
        sockLabel,
      );
    case 'request-table':
      return walker.followTable(field.field.type, field.address, expression);
    case 'wait-queue':
      return walker.followWaiters(field.field.type, field.address);
  }
}

class Walker {
  private readonly items: GraphChainItem[] = [];
  private count = 0;
  private broken = false;
  private readonly visited = new Set<number>();

  constructor(
    private readonly context: ValueContext,
    private readonly listed: number,
  ) {}

  /** Singly linked through pointer field `link`, up to NULL or back to `head`. */
  follow(
    struct: string,
    link: string,
    first: number | undefined,
    expression: string,
    label: Label,
    head = 0,
  ): GraphChain | undefined {
    const type = structId(this.context.debug, struct);
    if (type === undefined || first === undefined) {
      return undefined;
    }
    this.walk(type, link, first, expression, label, head);
    return this.result();
  }

  /** An array of list heads, one list after the other. */
  followTable(table: TypeId, address: number, expression: string): GraphChain | undefined {
    const array = typeOf(this.context.debug, table);
    const type = structId(this.context.debug, 'open_request');
    if (array.kind !== 'array' || type === undefined) {
      return undefined;
    }
    for (let index = 0; index < array.length; index++) {
      if (this.context.memory.contains(address + 4 * index, 4)) {
        this.walk(
          type,
          'dl_next',
          this.context.memory.u32(address + 4 * index),
          `${expression}[${index}]`,
          requestLabel,
          0,
        );
      }
    }
    return this.result();
  }

  /** A `list_head` ring whose elements contain their link as `task_list`. */
  followWaiters(headType: TypeId, headAddress: number): GraphChain | undefined {
    const { context } = this;
    const type = structId(context.debug, '__wait_queue');
    const ring = locateField(context, headType, headAddress, 'task_list');
    const link = type === undefined ? undefined : findField(context.debug, type, 'task_list');
    const next = ring && findField(context.debug, ring.field.type, 'next');
    if (type === undefined || !ring || !link || !next || !context.memory.contains(ring.address, 8)) {
      return undefined;
    }
    let at = context.memory.u32(ring.address + next.offset);
    // Never initialised: zeros or fill bytes, and nobody waits.
    while (at !== ring.address && at !== 0 && this.accept(type, at - link.offset)) {
      const entry = at - link.offset;
      this.add({
        type,
        address: entry,
        label: waiterLabel(context, type, entry),
        expression: `(struct __wait_queue *) ${formatAddress(entry)}`,
      });
      at = context.memory.u32(at + next.offset);
    }
    return this.result();
  }

  private walk(type: TypeId, link: string, first: number, firstExpression: string, label: Label, head: number): void {
    let at = first;
    let expression = firstExpression;
    while (at !== 0 && at !== head && this.accept(type, at)) {
      this.add({ type, address: at, label: label(this.context, type, at), expression });
      at = readField(this.context, type, at, link) ?? 0;
      expression = this.items.length < this.listed ? memberExpression(expression, '->', link) : expression;
    }
  }

  /** Whether the walk goes on with an element there. */
  private accept(type: TypeId, address: number): boolean {
    const readable = isReadable(this.context, address, typeOf(this.context.debug, type).size);
    if (!readable || placeOf(this.context, address) === 'freed' || this.visited.has(address) || this.count >= WALKED) {
      // Fill bytes where the first element should be: the head was never initialised, which is no broken list.
      this.broken ||= this.count > 0 || readable;
      return false;
    }
    this.visited.add(address);
    return true;
  }

  private add(item: GraphChainItem): void {
    this.count++;
    if (this.items.length < this.listed) {
      this.items.push(item);
    }
  }

  private result(): GraphChain {
    return { items: this.items, leftOff: this.count - this.items.length, broken: this.broken };
  }
}
