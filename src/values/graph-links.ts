/**
 * What the other cards of a graph say of a card's rows: where each pointer leads, which elements of a list are cards, and
 * how C reaches the field.
 *
 * In: a graph, one of its cards, the card's rows as its bytes make them (`graph-rows.ts`). Out: whole rows. A row that would
 * be as it was the last time is the same object, so that who has drawn it knows.
 */
import { itemAt } from '../base/checked-access';
import { memberExpression } from './c-expression';
import { cardId } from './graph-build';
import { locateField } from './graph-read';
import { OBJECT, type BareRow } from './graph-rows';
import { viewOf } from './graph-structs';
import type { GraphCard, GraphChainItem, GraphRow, ObjectGraph } from './graph-types';
import { sameScalar } from './scalar-value';
import type { ValueContext } from './value-context';
import { recordOf, typeOf } from './value-types';

const FROM_OBJECT = `${OBJECT}->`;

export class GraphLinks {
  private readonly ids: ReadonlySet<string>;
  /** The same for two graphs of the same cards. */
  readonly key: string;

  constructor(
    private readonly context: ValueContext,
    private readonly graph: ObjectGraph,
  ) {
    this.ids = new Set(graph.cards.map(({ id }) => id));
    this.key = graph.cards.map(({ id, inside }) => `${id} ${inside ?? ''}`).join();
  }

  /** Parts of a card's object that have cards of their own. */
  partsOf(card: GraphCard): readonly GraphCard[] {
    return this.graph.cards.filter(({ inside }) => inside === card.id);
  }

  /** The rows of a card; `before`: those that the same bare rows have become for an earlier graph. */
  rows(card: GraphCard, bare: readonly (BareRow | string)[], before: readonly GraphRow[] = []): readonly GraphRow[] {
    const known = new Map(before.map((row) => [row.id, row]));
    return bare.flatMap((row) => {
      const linked = typeof row === 'string' ? this.partRow(card, row) : this.linked(card, row);
      const old = linked && known.get(linked.id);
      return linked ? [old && isSame(old, linked) ? old : linked] : [];
    });
  }

  private linked(card: GraphCard, { member, ...row }: BareRow): GraphRow {
    const expression = memberExpression(card.expression, card.access, member);
    const target = row.pointer === undefined || row.mark === 'function' ? undefined : this.targetOf(row, row.pointer);
    return {
      ...row,
      expression,
      ...target,
      ...(row.chain
        ? { chain: { ...row.chain, items: row.chain.items.map((item) => this.withCard(card, item)) } }
        : {}),
    };
  }

  /** Where a pointer leads: the card that starts there with that type, else the smallest card around it. */
  private targetOf({ type }: Pick<GraphRow, 'type'>, value: number): Pick<GraphRow, 'target' | 'targetRow'> {
    let found: GraphCard | undefined;
    for (const card of value === 0 ? [] : this.graph.cards) {
      if (value >= card.address && value < card.address + card.size) {
        if (card.address === value && type.startsWith(card.typeName)) {
          return { target: card.id };
        }
        found = found === undefined || card.size < found.size ? card : found;
      }
    }
    return found === undefined
      ? {}
      : {
          target: found.id,
          ...(value === found.address ? {} : { targetRow: rowAround(this.context, found, value - found.address) }),
        };
  }

  /** An element of a list that knows its card, and how C reaches it from this one. */
  private withCard(card: GraphCard, item: GraphChainItem): GraphChainItem {
    const record = recordOf(this.context.debug, item.type);
    const id = record && cardId(`${record.tag} ${record.name}`, item.address);
    const expression = item.expression.startsWith(FROM_OBJECT)
      ? memberExpression(card.expression, card.access, item.expression.slice(FROM_OBJECT.length))
      : item.expression;
    return { ...item, expression, card: id !== undefined && this.ids.has(id) ? id : undefined };
  }

  /** The row of the union whose member in use has a card of its own: names the member and leads to the card. */
  private partRow(card: GraphCard, path: string): GraphRow | undefined {
    const { context } = this;
    const found = locateField(context, card.type, card.address, path);
    const [part] = this.partsOf(card);
    if (!found || !part) {
      return undefined;
    }
    const member = recordOf(context.debug, found.field.type)?.fields.find(
      (field) => field.type === part.type && found.address + field.offset === part.address,
    );
    return {
      id: path,
      type: part.typeName,
      display: `.${member?.name ?? ''}`,
      scalars: [],
      expression: part.expression,
      address: part.address,
      size: part.size,
      target: part.id,
      meaning: viewOf(recordOf(context.debug, card.type)?.name ?? '')?.meanings?.get(path),
      important: true,
    };
  }
}

/** Whether a row of the same object shows the same. */
function isSame(a: GraphRow, b: GraphRow): boolean {
  return (
    a.display === b.display &&
    a.expression === b.expression &&
    a.target === b.target &&
    a.targetRow === b.targetRow &&
    a.pointer === b.pointer &&
    a.mark === b.mark &&
    a.short === b.short &&
    a.type === b.type &&
    a.address === b.address &&
    a.size === b.size &&
    a.meaning === b.meaning &&
    a.important === b.important &&
    a.scalars.length === b.scalars.length &&
    a.scalars.every((scalar, index) => sameScalar(scalar, itemAt(b.scalars, index))) &&
    isSameList(a.chain, b.chain)
  );
}

function isSameList(a: GraphRow['chain'], b: GraphRow['chain']): boolean {
  return a === undefined || b === undefined
    ? a === b
    : a.leftOff === b.leftOff &&
        a.broken === b.broken &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => {
          const other = b.items[index];
          return (
            item.address === other?.address &&
            item.type === other.type &&
            item.label === other.label &&
            item.card === other.card &&
            item.expression === other.expression
          );
        });
}

/** Important row of a card whose bytes contain `offset`. */
function rowAround(context: ValueContext, card: GraphCard, offset: number): string | undefined {
  const record = recordOf(context.debug, card.type);
  return (
    record &&
    viewOf(record.name)?.rows.find((path) => {
      const found = locateField(context, card.type, 0, path);
      return (
        found !== undefined &&
        offset >= found.address &&
        offset < found.address + Math.max(typeOf(context.debug, found.field.type).size, 1)
      );
    })
  );
}
