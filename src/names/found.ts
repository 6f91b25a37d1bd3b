/**
 * What the index finds, as fronts show it: plain data with paths, offsets and names. In: references, definitions, calls.
 */
import { itemAt } from '../base/checked-access';
import type { Call, TreeCalls } from './calls';
import { Act, Kind } from './roles';
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
  /** Offset behind the whole. */
  readonly behind: number;
  /** The struct of a member. */
  readonly owner?: string;
}

export interface FoundReference {
  readonly path: string;
  readonly start: number;
  readonly end: number;
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
  return {
    name,
    kind: itemAt(kinds, kind),
    path: file.path,
    start,
    end: start + name.length,
    behind: Math.max(end, start + name.length),
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

/** References to a symbol; to a function also the calls through members that hold it. */
export function referencesFound(symbols: TreeSymbols, calls: TreeCalls, symbol: TreeSymbol): readonly FoundReference[] {
  const found = symbols.referencesTo(symbol).map((each) => foundReference(symbols.tree, each));
  const through =
    symbol.kind === 'global'
      ? calls.callsOf(symbol.name).flatMap((each) => (each.through ? foundCall(symbols.tree, each) : []))
      : [];
  return [...found, ...through];
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
