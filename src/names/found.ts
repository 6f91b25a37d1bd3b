/**
 * What the index finds, as fronts show it: plain data with paths, offsets and names. In: references, definitions, calls.
 * Out: the same, those first that matter for the i386.
 */
import { itemAt } from '../base/checked-access';
import { placeBefore, positionIn } from './file-names';
import type { Call, TreeCalls } from './calls';
import { Act, isLocal, Kind, Space, spaceOf } from './roles';
import type { Reference, TreeSymbol, TreeSymbols } from './symbols';
import type { Definition, TreeNames } from './tree-names';

export type FoundKind = keyof typeof Kind;
export type FoundAct = keyof typeof Act;

export interface FoundDefinition {
  readonly name: string;
  readonly kind: FoundKind;
  readonly path: string;
  /** Offsets of the name. */
  readonly start: number;
  readonly end: number;
  /** Place of the name, from 0. */
  readonly line: number;
  readonly column: number;
  /** Where the whole ends, from 0. */
  readonly endLine: number;
  readonly endColumn: number;
  /** Offset behind the whole. */
  readonly behind: number;
  /** The struct of a member. */
  readonly owner?: string;
}

export interface FoundReference {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** Place of the name, from 0. */
  readonly line: number;
  readonly column: number;
  readonly act: FoundAct;
  /** The function around it. */
  readonly function?: string;
  /** It is not known whose member it is. */
  readonly uncertain?: boolean;
  /** For a call through a member: `proto_ops.bind`. */
  readonly through?: string;
}

const kinds = Object.keys(Kind) as FoundKind[];
const acts = Object.keys(Act) as FoundAct[];

export function foundDefinition(tree: TreeNames, definition: Definition): FoundDefinition {
  const { file, place, kind, end } = definition;
  const name = tree.nameOf(definition);
  const start = place < 0 ? end : itemAt(file.offsets, place);
  const owner = ownerName(tree, definition);
  const behind = Math.max(end, start + name.length);
  const last = positionIn(file, behind);
  return {
    name,
    kind: itemAt(kinds, kind),
    path: file.path,
    start,
    end: start + name.length,
    ...positionIn(file, start),
    endLine: last.line,
    endColumn: last.column,
    behind,
    ...(owner !== undefined && { owner }),
  };
}

function foundReference(tree: TreeNames, { file, place, act, uncertain }: Reference): FoundReference {
  const start = itemAt(file.offsets, place);
  const around = tree.functionAround(file, start);
  return {
    path: file.path,
    start,
    end: start + tree.nameOf({ file, place }).length,
    ...positionIn(file, start),
    act: itemAt(acts, act),
    ...(around && { function: tree.nameOf(around) }),
    ...(uncertain && { uncertain }),
  };
}

/** A call, and for one through a member which member that is. */
function foundCall(tree: TreeNames, call: Call): FoundReference {
  const { through } = call;
  const member = through && foundDefinition(tree, through.member);
  return {
    ...foundReference(tree, { ...call, act: Act.call }),
    ...(member && { through: member.owner === undefined ? member.name : `${member.owner}.${member.name}` }),
  };
}

/** Definitions of a symbol; of one that each architecture has, that of the i386. */
export function definitionsFound(symbols: TreeSymbols, symbol: TreeSymbol): readonly FoundDefinition[] {
  return preferred(symbols.definitionsOf(symbol)).map((each) => foundDefinition(symbols.tree, each));
}

/** References to a symbol; to a function also the calls through members that hold it. */
export function referencesFound(symbols: TreeSymbols, calls: TreeCalls, symbol: TreeSymbol): readonly FoundReference[] {
  const found = symbols.referencesTo(symbol).map((each) => foundReference(symbols.tree, each));
  const through =
    symbol.kind === 'global'
      ? calls.callsOf(symbol.name).flatMap((each) => (each.through ? foundCall(symbols.tree, each) : []))
      : [];
  return [...found, ...through];
}

/** Without those of other architectures, where there are more; the IPv4 stack first, other protocol families last. */
export function preferred<T extends { readonly file: { readonly path: string } }>(all: readonly T[]): readonly T[] {
  const own = all.filter(({ file }) => !/(?:^|\/)asm-(?!i386|generic|sim)\w+\//.test(file.path));
  const rank = ({ file }: T): number =>
    file.path.startsWith('net/ipv4/') ? 0 : /^net\/(?!core\/)[^/]+\//.test(file.path) ? 2 : 1;
  return [...(own.length > 0 ? own : all)].sort((a, b) => rank(a) - rank(b));
}

function ownerName(tree: TreeNames, { file, owner, kind }: Definition): string | undefined {
  if (kind !== Kind.member || owner < 0) {
    return undefined;
  }
  const all = [...tree.definitionsIn(file)];
  const names: string[] = [];
  for (let at = all[owner]; at; at = all[at.owner]) {
    const name = tree.nameOf(at);
    if (name !== '') {
      return [name, ...names].join('.');
    }
    // A struct without a tag goes by the member that is of it.
    const index = at.index;
    const holder = all.find((each) => each.kind === Kind.member && (each.form & 3) === 3 && each.type === index);
    names.unshift(...(holder ? [tree.nameOf(holder)] : []));
  }
  return names.length > 0 ? names.join('.') : undefined;
}

/** Definitions of a file as they stand in one another: members in structs, structs in structs; without locals. */
export interface OutlineItem extends FoundDefinition {
  readonly children: readonly OutlineItem[];
}

export function outlineOf(tree: TreeNames, path: string): readonly OutlineItem[] {
  const file = tree.get(path);
  const all = file ? [...tree.definitionsIn(file)] : [];
  const functions = new Set(all.filter(({ kind }) => kind === Kind.function).map(({ index }) => index));
  const below = new Map<number, Definition[]>();
  for (const each of all) {
    if (each.kind !== Kind.local && each.kind !== Kind.declaration && !functions.has(each.owner)) {
      below.set(each.owner, [...(below.get(each.owner) ?? []), each]);
    }
  }
  const itemsOf = (owner: number): OutlineItem[] =>
    (below.get(owner) ?? []).flatMap((each) => {
      const children = itemsOf(each.index);
      // What is in a struct without a tag stands where the struct does.
      return each.place < 0 ? children : [{ ...foundDefinition(tree, each), children }];
    });
  return itemsOf(-1).map(endingBeforeNext);
}

/** A function whose brace nobody closes ends on the line before the next function. */
function endingBeforeNext(item: OutlineItem, index: number, all: readonly OutlineItem[]): OutlineItem {
  const next = item.kind === 'function' ? all.slice(index + 1).find(({ kind }) => kind === 'function') : undefined;
  return next && next.start < item.behind
    ? { ...item, endLine: Math.max(item.line, next.line - 1), endColumn: 0, behind: next.start - next.column }
    : item;
}

/** Offsets at which the value of a parameter or a local variable stands, between two lines (from 0, the last included). */
export function localsOnLines(tree: TreeNames, path: string, first: number, last: number): ReadonlySet<number> {
  const file = tree.get(path);
  const found = new Set<number>();
  const end = file?.lines[last + 1] ?? Infinity;
  for (
    let place = file ? placeBefore(file, (file.lines[first] ?? 0) - 1) + 1 : 0;
    file && place < file.offsets.length;
    place++
  ) {
    const offset = itemAt(file.offsets, place);
    const packed = itemAt(file.roles, place);
    if (offset >= end) {
      break;
    }
    if (spaceOf(packed) === Space.ordinary && (packed & isLocal) !== 0) {
      found.add(offset);
    }
  }
  return found;
}
