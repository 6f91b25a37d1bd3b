/**
 * Objects as cards, as the inspector shows them: rows, marks, what changed, and what is new.
 *
 * In: the objects at this stop, the changes of the last move as the session reports them, and how every list was at the
 * stop before (`Displays`). Out: card models, those in focus first. A row is changed when a reported change lies in it, a
 * list also when its elements are others. An object is new when the last step made it.
 */
import type { Bilingual } from '../base/bilingual';
import { bilingual } from '../sentences/wording';
import type { CardGroup, CardModel, ChainModel, RowModel } from '../protocol/inspector-model';
import {
  type FrameVariables,
  type GraphRow,
  type ObjectCard,
  type ObjectView,
  nameOfScalar,
  type Change,
} from '../facade/session';

/** What every row of a card showed: `row`, and for lists `row element`. */
type CardDisplays = ReadonlyMap<string, string>;

/** The same of all cards. */
export type Displays = ReadonlyMap<string, CardDisplays>;

export interface CardInput {
  readonly objects: ObjectView;
  readonly changes: readonly Change[];
  /** Displays at the stop before; undefined at the first. */
  readonly before: Displays | undefined;
  /** Clock before the last move, when it was a step. */
  readonly steppedFrom: number | undefined;
  readonly expanded: ReadonlySet<string>;
  /** The cards of the stop before. */
  readonly kept: KeptCards;
}

/** Cards as they were made, by their ids. */
export type KeptCards = ReadonlyMap<string, MadeCard>;

interface MadeCard {
  readonly card: ObjectCard;
  readonly model: CardModel;
  readonly displays: CardDisplays;
}

const keyOf = (...parts: readonly string[]): string => parts.join(' ');

/** All cards, and what their rows say now. */
export function cardModels(input: CardInput): {
  readonly cards: readonly CardModel[];
  readonly displays: Displays;
  readonly kept: KeptCards;
} {
  const { cards, focus } = input.objects;
  const inFocus = new Map(focus.objects.map(({ card }, index) => [card, index]));
  const place = ({ id }: ObjectCard): number => inFocus.get(id) ?? focus.objects.length;
  const ordered = [...focus.frames.map(frameCard), ...[...cards].sort((a, b) => place(a) - place(b))];
  const names = new Map(focus.objects.map(({ card, name }) => [card, name]));
  const made = ordered.map((card) => madeCard(input, card, names.get(card.id) ?? titleOf(card)));
  return {
    cards: made.map(({ model }) => model),
    displays: new Map(made.map(({ card, displays }) => [card.id, displays])),
    kept: new Map(made.map((each) => [each.card.id, each])),
  };
}

/** The card of the stop before, where it is the same object and nothing is marked in it then or now; else a new one. */
function madeCard(input: CardInput, card: ObjectCard, title: string): MadeCard {
  const before = input.kept.get(card.id);
  const { changes, objects } = input;
  const isQuiet = ![...changes, ...objects.touched].some((bytes) => overlaps(bytes, card));
  const isSame =
    before?.card === card &&
    before.model.title === title &&
    before.model.expanded === input.expanded.has(card.id) &&
    isNewIn(input, card) === before.model.isNew &&
    isQuiet &&
    !before.model.rows.some(isMarked);
  if (isSame) {
    return before;
  }
  const displays = new Map<string, string>();
  return { card, model: cardModel(input, card, title, displays), displays };
}

function isMarked({ changed, touched, chain }: RowModel): boolean {
  return changed === true || touched === true || chain?.items.some(({ isNew }) => isNew) === true;
}

function isNewIn({ steppedFrom }: CardInput, { madeAt }: ObjectCard): boolean {
  return steppedFrom !== undefined && madeAt !== undefined && madeAt >= steppedFrom;
}

/** A frame's variables as an object that has them for its fields. */
function frameCard({ id, function: name, address, size, rows }: FrameVariables): ObjectCard {
  return {
    ...{ id, address, size, variables: [], state: 'stack', kind: 'frame', typeName: 'frame' },
    ...{ expression: `${name}()`, important: rows, others: [], otherCount: 0, summary: undefined, sock: undefined },
  };
}

function groupOf({ frame, state, identity, kind }: ObjectCard): CardGroup {
  if (identity?.isOwn === true) {
    return { kind: 'kernel' };
  }
  const isSocket = kind === 'sock' || kind === 'socket';
  return identity?.process !== undefined && (isSocket || frame === undefined)
    ? { kind: 'process', name: identity.process }
    : frame !== undefined
      ? { kind: 'frame', name: frame }
      : { kind: state === 'static' ? 'shared' : 'other' };
}

/** Kinds that are a socket or the TCP in it. */
const SOCKET_KINDS: ReadonlySet<string> = new Set(['sock', 'socket', 'protocol-part']);

/** The name of the socket that a card shows. */
export function socketName({ kind, identity }: ObjectCard): Bilingual | undefined {
  return identity && SOCKET_KINDS.has(kind) ? bilingual(identity.name) : undefined;
}

function cardModel(input: CardInput, card: ObjectCard, title: string, displays: Map<string, string>): CardModel {
  const { important, others: rest } = card;
  const toModel = (row: GraphRow): RowModel => rowModel(input, card, row, displays);
  const shown = important.map(toModel);
  const others = rest.map(toModel);
  const expanded = input.expanded.has(card.id);
  const added = expanded ? others : others.filter((row) => row.changed);
  return {
    id: card.id,
    kind: card.kind,
    type: card.typeName,
    title,
    socket: socketName(card),
    frame: card.frame,
    summary: card.summary,
    address: card.address,
    size: card.size,
    state: card.state,
    isNew: isNewIn(input, card),
    group: groupOf(card),
    rows: [...shown, ...added],
    hiddenRows: card.otherCount - added.length,
    expanded,
    variables: card.variables,
  };
}

function rowModel(
  { objects, changes, before, steppedFrom }: CardInput,
  card: ObjectCard,
  row: GraphRow,
  displays: Map<string, string>,
): RowModel {
  const key = row.id;
  const known = before?.get(card.id);
  const chain = row.chain && chainModel(row.chain, key, steppedFrom === undefined ? undefined : known, displays);
  // A list is shown by its elements' names: those decide whether it changed.
  const text = chain ? `[${chain.items.map((item) => item.id).join(', ')}]` : row.display;
  displays.set(key, chain ? `${row.display} ${text}` : row.display);
  const earlier = known?.get(key);
  // A part has a card of its own: that is where its changes are told.
  const isPart = row.pointer === undefined && row.target !== undefined;
  const change = isPart ? undefined : changes.find((each) => isIn(each, row));
  const isOtherList = chain !== undefined && earlier !== undefined && earlier !== `${row.display} ${text}`;
  return {
    id: row.id,
    name: row.id,
    type: row.type,
    display: row.display,
    mark: row.mark,
    short: memberText(row, change) ?? row.short,
    meaning: row.meaning,
    ...(objects.touched.some((bytes) => overlaps(bytes, row)) ? { touched: true } : {}),
    ...(change || isOtherList ? { changed: true, ...wasBefore(row, change, earlier, chain !== undefined) } : {}),
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

interface Bytes {
  readonly address: number;
  readonly size: number;
}

function overlaps(a: Bytes, b: Bytes): boolean {
  return a.address < b.address + b.size && b.address < a.address + a.size;
}

/** Whether a change lies in a row; bit-fields lie in the same bytes and are told apart by name. */
function isIn(change: Change, row: GraphRow): boolean {
  return overlaps(change, row) && (!row.isBitField || lastName(change.member?.path ?? '') === lastName(row.id));
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Of a struct in the bytes of a member that has changed, which of its own members it was. */
function memberText({ display }: GraphRow, change: Change | undefined): string | undefined {
  return change && display.endsWith('{…}') ? `${lastMember(change)} ${change.to}` : undefined;
}

function lastMember({ path }: Change): string {
  return path.replace(/^.*(->|\.)/, '');
}

const NOTHING = '';

/** How a changed row was before: the change where it is all of the row, else what the row showed. */
function wasBefore(
  row: GraphRow,
  change: Change | undefined,
  earlier: string | undefined,
  isChain: boolean,
): Pick<RowModel, 'was' | 'wasName'> {
  if (isChain) {
    // Of a list only the number of elements.
    return { was: earlier?.split(' ')[0] };
  }
  if (change && row.display.endsWith('{…}')) {
    return { was: `${lastMember(change)} ${change.from}` };
  }
  const isAll = change?.address === row.address && change.size === row.size;
  return change && (isAll || earlier === undefined || earlier === row.display)
    ? { was: change.from, wasName: nameOfScalar(change.before) }
    : { was: earlier };
}

function chainModel(
  { items, leftOff, broken }: NonNullable<GraphRow['chain']>,
  key: string,
  before: CardDisplays | undefined,
  displays: Map<string, string>,
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
