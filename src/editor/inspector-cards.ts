/**
 * Objects as cards, as the inspector shows them: rows, marks, what changed, and what is new.
 *
 * In: the objects at this stop, the changes of the last move as the session reports them, and how every row was
 * displayed at the stop before (`Displays`). Out: card models. A row is changed when a reported change lies in it; where
 * the session reports none (after a long move) a row is changed when it has another value than before.
 */
import { itemAt } from '../base/checked-access';
import type { CardModel, ChainModel, RowModel } from '../protocol/inspector-model';
import {
  type GraphRow,
  type ObjectCard,
  type ObjectView,
  nameOfScalar,
  sameScalar,
  type Change,
  type Scalar,
} from '../facade/session';

/** What a row showed: its text, and the values that it compares by. */
interface Shown {
  readonly display: string;
  readonly scalars: readonly Scalar[];
}

/** What every row of every card showed: `card row`, and for lists `card row element`. */
export type Displays = ReadonlyMap<string, Shown>;

export interface CardInput {
  readonly objects: ObjectView;
  readonly changes: readonly Change[];
  /** Displays at the stop before; undefined at the first. */
  readonly before: Displays | undefined;
  readonly expanded: ReadonlySet<string>;
}

const keyOf = (...parts: readonly string[]): string => parts.join(' ');

/** All cards, and what their rows say now. */
export function cardModels(input: CardInput): { readonly cards: readonly CardModel[]; readonly displays: Displays } {
  const displays = new Map<string, Shown>();
  const cards = input.objects.cards.map((card) => cardModel(input, card, displays));
  return { cards, displays };
}

function cardModel(input: CardInput, card: ObjectCard, displays: Map<string, Shown>): CardModel {
  const { before } = input;
  const { important, others: rest } = card;
  const isNew = before !== undefined && !before.has(card.id);
  displays.set(card.id, NOTHING);
  const toModel = (row: GraphRow): RowModel => rowModel(input, card, row, isNew, displays);
  const shown = important.map(toModel);
  const others = rest.map(toModel);
  const expanded = input.expanded.has(card.id);
  const added = expanded ? others : others.filter((row) => row.changed);
  return {
    id: card.id,
    kind: card.kind,
    type: card.typeName,
    title: titleOf(card),
    frame: card.frame,
    summary: card.summary,
    address: card.address,
    size: card.size,
    state: card.state,
    isNew,
    rows: [...shown, ...added],
    hiddenRows: rest.length - added.length,
    expanded,
    variables: card.variables,
  };
}

function rowModel(
  { changes, before }: CardInput,
  card: ObjectCard,
  row: GraphRow,
  isNew: boolean,
  displays: Map<string, Shown>,
): RowModel {
  const key = keyOf(card.id, row.id);
  const chain = row.chain && chainModel(row.chain, key, isNew ? undefined : before, displays);
  // A list is shown by its elements' names: those decide whether it changed.
  const text = chain ? `[${chain.items.map((item) => item.id).join(', ')}]` : row.display;
  const now = chain
    ? { display: `${row.display} ${text}`, scalars: [] }
    : { display: row.display, scalars: row.scalars };
  displays.set(key, now);
  const earlier = isNew ? undefined : before?.get(key);
  const differs = earlier !== undefined && !sameShown(earlier, now);
  const change = changes.find((each) => isIn(each, row));
  // A part has a card of its own: that is where its changes are told.
  const isPart = row.pointer === undefined && row.target !== undefined;
  const exact = !isPart && change?.address === row.address && change.size === row.size && !chain;
  const changed = isPart ? false : exact ? true : changes.length === 0 || chain || change ? differs : false;
  return {
    id: row.id,
    name: row.id,
    type: row.type,
    display: row.display,
    mark: row.mark,
    short: row.short,
    ...(changed ? { changed: true, ...wasBefore(exact ? change : undefined, earlier, chain !== undefined) } : {}),
    pointer: row.pointer,
    target: row.target,
    targetRow: row.targetRow,
    expression: row.expression,
    address: row.address,
    size: row.size,
    chain,
  };
}

/** The way to the object; where there is none but a cast address, its struct's name. */
export function titleOf(card: ObjectCard): string {
  return /^\(struct \w+ \*\) 0x/.test(card.expression)
    ? (card.variables[0] ?? card.typeName.replace('struct ', ''))
    : card.expression.replace(/^\(\(struct (\w+) \*\) 0x[0-9a-f]+\)/, '$1').replace(/^\(struct \w+ \*\) /, '');
}

/** Whether a change lies in a row; bit-fields lie in the same bytes and are told apart by name. */
function isIn({ address, size, member }: Change, row: GraphRow): boolean {
  return (
    address < row.address + row.size &&
    row.address < address + size &&
    (!row.isBitField || lastName(member?.path ?? '') === lastName(row.id))
  );
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

const NOTHING: Shown = { display: '', scalars: [] };

/**
 * Whether a row shows the same value. Texts decide only where there are no values: that of an absolute time carries the
 * distance to now, which changes with every tick.
 */
function sameShown(a: Shown, b: Shown): boolean {
  return a.scalars.length > 0 && a.scalars.length === b.scalars.length
    ? a.scalars.every((scalar, index) => sameScalar(scalar, itemAt(b.scalars, index)))
    : a.display === b.display;
}

/** How a changed row was before: the change of the session where it is that of the row, else what the row showed. */
function wasBefore(
  change: Change | undefined,
  earlier: Shown | undefined,
  isChain: boolean,
): Pick<RowModel, 'was' | 'wasName'> {
  if (change) {
    return { was: change.from, wasName: nameOfScalar(change.before) };
  }
  const [scalar] = earlier?.scalars ?? [];
  return {
    // Of a list only the number of elements.
    was: isChain ? earlier?.display.split(' ')[0] : earlier?.display,
    wasName: scalar && earlier?.scalars.length === 1 ? nameOfScalar(scalar) : undefined,
  };
}

function chainModel(
  { items, leftOff, broken }: NonNullable<GraphRow['chain']>,
  key: string,
  before: Displays | undefined,
  displays: Map<string, Shown>,
): ChainModel {
  return {
    leftOff,
    ...(broken ? { broken } : {}),
    items: items.map((item) => {
      const id = `${item.type}@${item.address}`;
      displays.set(keyOf(key, id), NOTHING);
      return {
        id,
        label: item.label,
        address: item.address,
        card: item.card,
        isNew: before !== undefined && !before.has(keyOf(key, id)),
      };
    }),
  };
}
