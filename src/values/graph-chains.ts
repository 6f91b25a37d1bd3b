/**
 * Walks the kernel's lists: packet queues, the accept queue, the SYN table, wait queues, the owners of a port.
 *
 * In: a card's type and address, the field a list starts in, and how its elements hang together (a list of the views). Out:
 * the elements in order, with one line about each. Walks are bounded, and a list that leads into memory that is no element
 * is given up to there and called broken.
 */
import { formatAddress } from '../base/bytes';
import type { TypeId } from '../abi/debug-info';
import type { ListView } from './structure-views';
import { locateField } from './graph-read';
import { viewOf } from './graph-structs';
import type { GraphChain, GraphChainItem } from './graph-types';
import { isReadable, placeOf, type ValueContext } from './value-context';
import { memberExpression } from './c-expression';
import { findField, memberAt, structId, typeOf } from './value-types';
import { listAt } from './view-facts';

/** Elements listed, and elements walked to count the rest. */
export const LISTED = 12;
const WALKED = 500;

export interface ChainStart {
  readonly type: TypeId;
  readonly address: number;
  readonly expression: string;
  readonly access: '.' | '->';
}

/**
 * The list that starts in field `path` of an object, its first `listed` elements, with lines about them when it is to be
 * `labelled`; undefined when the program has no such field or element type, or no list is known there.
 */
export function walkChain(
  context: ValueContext,
  start: ChainStart,
  path: string,
  listed = LISTED,
  labelled = true,
): GraphChain | undefined {
  const field = locateField(context, start.type, start.address, path);
  const list = field && listAt(context, memberAt(context.debug, start.type, path), field.field.type);
  const expression = memberExpression(start.expression, start.access, path);
  return (
    list && walkList(context, list, { type: field.field.type, address: field.address, expression }, listed, labelled)
  );
}

/** The list whose head is at an address; undefined when the program has no such element type, or no such link in it. */
export function walkList(
  context: ValueContext,
  list: ListView,
  head: { readonly type: TypeId; readonly address: number; readonly expression: string },
  listed = LISTED,
  labelled = true,
): GraphChain | undefined {
  const { debug, memory } = context;
  const of = structId(debug, list.of);
  const link = of === undefined ? undefined : findField(debug, of, list.next);
  const type = typeOf(debug, head.type);
  if (of === undefined || !link) {
    return undefined;
  }
  const walker = new Walker(context, of, list, link.offset, listed, labelled);
  if (type.kind === 'array') {
    for (let index = 0; index < type.length && index < WALKED; index++) {
      const at = head.address + index * typeOf(debug, type.of).size;
      const first = memory.contains(at, 4) ? memory.u32(at) : 0;
      walker.walk(first, `${head.expression}[${index}]`, 0);
    }
    return walker.result();
  }
  const first = list.first === undefined ? undefined : findField(debug, head.type, list.first);
  if (list.first !== undefined && !first) {
    return undefined;
  }
  const at = head.address + (first?.offset ?? 0);
  if (!memory.contains(at, 4)) {
    return undefined;
  }
  // A ring comes back to the record that holds its first link.
  const inner = list.first?.includes('.')
    ? findField(debug, head.type, list.first.slice(0, list.first.lastIndexOf('.')))
    : undefined;
  const ring = head.address + (inner?.offset ?? 0);
  const expression = list.first === undefined ? head.expression : memberExpression(head.expression, '.', list.first);
  walker.walk(memory.u32(at), expression, ring);
  return walker.result();
}

class Walker {
  private readonly items: GraphChainItem[] = [];
  private count = 0;
  private broken = false;
  private readonly visited = new Set<number>();

  constructor(
    private readonly context: ValueContext,
    private readonly type: TypeId,
    private readonly list: ListView,
    /** Of the link in an element. */
    private readonly offset: number,
    private readonly listed: number,
    private readonly labelled: boolean,
  ) {}

  /** Through the links up to NULL or back to the ring's head. */
  walk(first: number, firstExpression: string, ring: number): void {
    const { context, list, type } = this;
    const label = this.labelled ? viewOf(list.of)?.label : undefined;
    // Links to `list_head` lie inside the elements.
    const inside = list.embedded === true ? this.offset : 0;
    let link = first;
    let expression = firstExpression;
    while (link !== 0 && link !== ring && this.accept(link - inside)) {
      const element = link - inside;
      this.count++;
      if (this.items.length < this.listed) {
        const cast = `(struct ${list.of} *) ${formatAddress(element)}`;
        this.items.push({
          type,
          address: element,
          label: label?.(context, type, element) ?? '',
          expression: list.embedded === true ? cast : expression,
        });
        expression = this.items.length < LISTED ? memberExpression(expression, '->', list.next) : cast;
      }
      link = context.memory.u32(element + this.offset);
    }
  }

  /** Whether the walk goes on with an element there. */
  private accept(address: number): boolean {
    const readable = isReadable(this.context, address, typeOf(this.context.debug, this.type).size);
    if (!readable || placeOf(this.context, address) === 'freed' || this.visited.has(address) || this.count >= WALKED) {
      // Fill bytes where the first element should be: the head was never initialised, which is no broken list.
      this.broken ||= this.count > 0 || readable;
      return false;
    }
    this.visited.add(address);
    return true;
  }

  result(): GraphChain {
    return { items: this.items, leftOff: this.count - this.items.length, broken: this.broken };
  }
}
