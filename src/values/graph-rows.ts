/**
 * The fields of a card: the important ones of its struct first, the others behind them.
 *
 * In: one card of a graph, the parts of its object that have cards of their own. Out: rows in C terms, as their bytes are
 * (`graph-links.ts` adds what the other cards say of them), and the elements of each list that starts in a field. Records
 * of one scalar (`atomic_t`) are shown as that scalar; other records are unfolded to their scalars with dotted names.
 */
import type { TypeId } from '../abi/debug-info';
import { given, itemAt } from '../base/checked-access';
import { walkChain } from './graph-chains';
import { locateField, readField } from './graph-read';
import { viewOf } from './graph-structs';
import type { GraphCard, GraphRow } from './graph-types';
import type { Scalar } from './value-model';
import { symbolAt, type ValueContext } from './value-context';
import { placeOfField, valueNode } from './value-node';
import { partsOf } from './view-facts';
import { formatScalar, isScalar, type ValuePlace } from './value-scalar';
import { recordOf, shownFields, typeOf, type RecordDebugType } from './value-types';

/** Rows of a struct without a view of its own. */
const DEFAULT_ROWS = 8;
const MAX_ROWS = 400;
const MAX_DEPTH = 4;

/** A row as the bytes of its object make it: which card a pointer leads to, and how C reaches it, is said elsewhere. */
export interface BareRow extends Omit<GraphRow, 'expression' | 'target' | 'targetRow'> {
  /** What C writes behind the object. */
  readonly member: string;
}

/** What the object is called in the expressions of a list's elements. */
export const OBJECT = '_';

/** Important rows of a card; of the union with a part in use only its path. */
export function importantRows(context: ValueContext, card: GraphCard): readonly (BareRow | string)[] {
  const record = recordOf(context.debug, card.type);
  const view = record && viewOf(record.name);
  if (!view) {
    return restRows(context, card, [], new Set())
      .rows.slice(0, DEFAULT_ROWS)
      .map((row) => ({ ...row, important: true }));
  }
  return view.rows.flatMap((path): readonly (BareRow | string)[] => {
    if (path === view.part) {
      return [path];
    }
    const row = rowAt(context, card, path);
    return row ? [{ ...row, meaning: view.meanings?.get(path), important: true }] : [];
  });
}

/** Bytes of which somebody wants to know. */
export interface WantedBytes {
  readonly address: number;
  readonly size: number;
}

/**
 * Every scalar of a card in the order of the struct, lists as one row each, without the `shown` ones and without those of
 * `parts`; and how many these are. With `wanted`, only lists and what lies in these bytes, for a struct has hundreds of
 * fields and a reader sees few.
 */
export function restRows(
  context: ValueContext,
  card: GraphCard,
  parts: readonly WantedBytes[],
  shown: ReadonlySet<string>,
  wanted?: readonly WantedBytes[],
): { readonly rows: readonly BareRow[]; readonly count: number } {
  const record = recordOf(context.debug, card.type);
  if (!record) {
    return { rows: [], count: 0 };
  }
  const paths = pathsOf(context, card.type, record)
    .filter(({ offset }) =>
      parts.every((part) => card.address + offset < part.address || card.address + offset >= part.address + part.size),
    )
    .slice(0, MAX_ROWS)
    .filter(({ path }) => !shown.has(path));
  const chains = viewOf(record.name)?.chains ?? [];
  const isWanted = ({ path, offset, size }: RowPath): boolean =>
    wanted === undefined ||
    chains.includes(path) ||
    wanted.some((each) => {
      const at = card.address + offset;
      return each.address < at + size && at < each.address + each.size;
    });
  return { rows: paths.filter(isWanted).flatMap(({ path }) => rowAt(context, card, path) ?? []), count: paths.length };
}

/** A place in a struct that becomes a row. */
interface RowPath {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
}

/** Of each struct of a program once. */
const knownPaths = new WeakMap<ValueContext['debug'], Map<TypeId, readonly RowPath[]>>();

function pathsOf(context: ValueContext, type: TypeId, record: RecordDebugType): readonly RowPath[] {
  const known = knownPaths.get(context.debug) ?? new Map<TypeId, readonly RowPath[]>();
  knownPaths.set(context.debug, known);
  const paths = known.get(type) ?? scalarPaths(context, record, '', 0);
  known.set(type, paths);
  return paths;
}

/** Paths that become rows. */
function scalarPaths(
  context: ValueContext,
  record: RecordDebugType,
  prefix: string,
  depth: number,
): readonly RowPath[] {
  const chains = viewOf(record.name)?.chains ?? [];
  const fields = shownFields(record);
  return fields.flatMap((field) => {
    const inner = recordOf(context.debug, field.type);
    const path = field.name === '' ? prefix : prefix === '' ? field.name : `${prefix}.${field.name}`;
    const whole =
      !inner || depth >= MAX_DEPTH || chains.includes(field.name) || singleScalar(context, inner) !== undefined;
    return whole
      ? field.name === ''
        ? []
        : [{ path, offset: field.offset, size: typeOf(context.debug, field.type).size }]
      : scalarPaths(context, inner, path, depth + 1).map((each) => ({
          ...each,
          offset: each.offset + field.offset,
        }));
  });
}

/** The one scalar that a record consists of, by path. */
function singleScalar(context: ValueContext, record: RecordDebugType): string | undefined {
  const only = record.fields.length === 1 ? itemAt(record.fields, 0) : undefined;
  if (!only || only.name === '') {
    return undefined;
  }
  const type = typeOf(context.debug, only.type);
  if (isScalar(type)) {
    return only.name;
  }
  const inner = recordOf(context.debug, only.type);
  const deeper = inner && singleScalar(context, inner);
  return deeper === undefined ? undefined : `${only.name}.${deeper}`;
}

function rowAt(context: ValueContext, card: GraphCard, path: string): BareRow | undefined {
  const found = locateField(context, card.type, card.address, path);
  if (!found) {
    return undefined;
  }
  const inner = recordOf(context.debug, found.field.type);
  const deeper = inner && singleScalar(context, inner);
  const { field, address } =
    deeper === undefined ? found : given(locateField(context, card.type, card.address, `${path}.${deeper}`), 'member');
  const type = typeOf(context.debug, field.type);
  const full = deeper === undefined ? path : `${path}.${deeper}`;
  const common = {
    id: path,
    type: found.field.spelling,
    member: full,
    address,
    size: type.size,
    scalars: [],
    ...(field.bitSize === undefined ? {} : { isBitField: true }),
    important: false,
  };
  if (!context.memory.contains(address, type.size)) {
    return { ...common, display: '(unreadable)', mark: 'invalid' };
  }
  const starts = viewOf(recordOf(context.debug, card.type)?.name ?? '')?.chains?.includes(path) ?? false;
  const chain = starts ? walkChain(context, { ...card, expression: OBJECT, access: '->' }, path) : undefined;
  if (chain && (type.kind === 'record' || type.kind === 'array')) {
    return { ...common, display: `[${chain.items.length + chain.leftOff}]`, chain };
  }
  if (isScalar(type)) {
    const { scalar, ...shown } = formatScalar(context, type, address, scalarPlace(context, card.type, full));
    return { ...common, ...shown, scalars: [scalar], pointer: pointerOf(scalar), chain };
  }
  if (inner?.name === 'timer_list') {
    return { ...common, ...timerParts(context, found.field.type, address) };
  }
  const kept = partsOf(context, recordOf(context.debug, card.type)?.name ?? '', card.address).find(
    (part) => part.part.inPlace === true && part.address === address,
  );
  if (kept) {
    return { ...common, display: `struct ${kept.part.as} {…}` };
  }
  const node = valueNode(context, {
    name: path,
    type: field.type,
    spelling: field.spelling,
    address,
    place: scalarPlace(context, card.type, full),
  });
  return { ...common, display: node.display };
}

function pointerOf(scalar: Scalar): number | undefined {
  return scalar.kind === 'pointer' ? scalar.address : undefined;
}

/** `idle` timers are not linked; a pending one says when it fires and what then. */
function timerParts(
  context: ValueContext,
  type: TypeId,
  address: number,
): Pick<GraphRow, 'display' | 'scalars' | 'mark' | 'short'> {
  const called = readField(context, type, address, 'function') ?? 0;
  const symbol = symbolAt(context.debug, called);
  const target = symbol === undefined ? '' : ` <${symbol}>`;
  const then: Scalar = { kind: 'pointer', address: called, symbol };
  const pending = (readField(context, type, address, 'list.next') ?? 0) !== 0;
  const expires = locateField(context, type, address, 'expires');
  const at = expires && typeOf(context.debug, expires.field.type);
  if (!pending || !expires || !at || !isScalar(at)) {
    return { display: `—${target}`, scalars: [{ kind: 'none' }, then] };
  }
  const { display, short, mark, scalar } = formatScalar(context, at, expires.address, {
    record: 'timer_list',
    path: 'expires',
  });
  return {
    display: `${display}${target}`,
    short: `${short ?? display}${symbol === undefined ? '' : ` ${symbol}()`}`,
    scalars: [scalar, then],
    mark,
  };
}

/** The place of a dotted path: relative to the innermost tagged record along it. */
function scalarPlace(context: ValueContext, type: TypeId, path: string): ValuePlace {
  const known = knownPlaces.get(context.debug) ?? new Map<string, ValuePlace>();
  knownPlaces.set(context.debug, known);
  const key = `${type} ${path}`;
  const place = known.get(key) ?? placeOfPath(context, type, path);
  known.set(key, place);
  return place;
}

/** Of each path once. */
const knownPlaces = new WeakMap<ValueContext['debug'], Map<string, ValuePlace>>();

function placeOfPath(context: ValueContext, type: TypeId, path: string): ValuePlace {
  let place: ValuePlace = {};
  let record = recordOf(context.debug, type);
  for (const name of path.split('.')) {
    const field = record && memberThrough(context, record, name);
    if (!record || !field) {
      return place;
    }
    place = placeOfField(record, field, place);
    record = recordOf(context.debug, field.type);
  }
  return place;
}

function memberThrough(
  context: ValueContext,
  record: RecordDebugType,
  name: string,
): RecordDebugType['fields'][number] | undefined {
  for (const field of record.fields) {
    if (field.name === name) {
      return field;
    }
    const inner = field.name === '' ? recordOf(context.debug, field.type) : undefined;
    const found = inner && memberThrough(context, inner, name);
    if (found) {
      return found;
    }
  }
  return undefined;
}
