/**
 * What the views say of a place in a stopped machine: what its number means, which list begins there, which arm of a union
 * is in use.
 *
 * In: a context, a struct's type and address, a path. Out: plain data. Everything is read by name; what the program lacks,
 * or what cannot be read, says nothing.
 */
import type { TypeId } from '../abi/debug-info';
import { holds } from '../semantic/fold';
import { linuxViews } from './linux-views';
import type { Condition, ListView, Operand, PartView, StructView } from './structure-views';
import { globalNamed, isReadable, type ValueContext } from './value-context';
import { NAMED_FAMILIES, type ValueFamily } from './value-families';
import { readInteger } from './scalar-bytes';
import { findField, recordOf, structId, typeOf } from './value-types';

/** What Linux calls numbers, for programs that have macros for it. */
const CONSTANTS: ReadonlyMap<string, number> = new Map(
  Object.values(NAMED_FAMILIES).flatMap((family) =>
    family.kind === 'values' || family.kind === 'flags' ? Object.entries(family.names) : [],
  ),
);

type Viewed = Pick<ValueContext, 'views'>;

function viewOf({ views = linuxViews }: Viewed, record: string | undefined): StructView | undefined {
  return record === undefined ? undefined : views.structs.get(record);
}

export function meaningOfField(context: Viewed, record: string, path: string): ValueFamily | undefined {
  const fields = viewOf(context, record)?.fields;
  return fields && Object.hasOwn(fields, path) ? fields[path] : undefined;
}

export function meaningOfVariable({ views = linuxViews }: Viewed, name: string): ValueFamily | undefined {
  return views.variables.get(name);
}

/** The list that begins in a member of a struct, or that a struct of this type is the head of. */
export function listAt(
  context: Pick<ValueContext, 'views' | 'debug'>,
  member: { readonly record?: string | undefined; readonly path?: string | undefined } | undefined,
  type: TypeId,
): ListView | undefined {
  const lists = viewOf(context, member?.record)?.lists;
  const { path } = member ?? {};
  const outer = lists && path !== undefined && Object.hasOwn(lists, path) ? lists[path] : undefined;
  return outer ?? viewOf(context, recordOf(context.debug, type)?.name)?.lists[''];
}

/** The member in use of the union that a member of a struct is; `address`: the union's. */
export function armAt(
  context: ValueContext,
  { record, path = '' }: { readonly record?: string | undefined; readonly path?: string | undefined },
  address: number,
): string | undefined {
  const unions = viewOf(context, record)?.unions;
  const arms = unions && Object.hasOwn(unions, path) ? unions[path] : undefined;
  const type = arms && record !== undefined ? structId(context.debug, record) : undefined;
  const union = type === undefined ? undefined : findField(context.debug, type, path);
  return type === undefined || !union
    ? undefined
    : arms?.find(({ when }) => holdsFor(context, when, type, address - union.offset))?.arm;
}

/** A structure in the bytes of another, and where it is. */
export interface FoundPart {
  readonly part: PartView;
  readonly type: TypeId;
  readonly address: number;
}

/** Other structures in the bytes of one, or that it points to, which are there now. */
export function partsOf(context: ValueContext, record: string, address: number): readonly FoundPart[] {
  const type = structId(context.debug, record);
  return (viewOf(context, record)?.parts ?? []).flatMap((part) => {
    const as = structId(context.debug, part.as);
    const field = type === undefined ? undefined : locate(context, type, address, stepsTo(part));
    if (
      as === undefined ||
      type === undefined ||
      !field ||
      (part.when && !holdsFor(context, part.when, type, address))
    ) {
      return [];
    }
    const at = part.inPlace ? field.address : numberAt(context, field);
    const size = typeOf(context.debug, as).size;
    const isThere =
      at !== undefined && isReadable(context, at, size) && isReadable(context, at + Math.max(size, 1) - 1, 1);
    return isThere ? [{ part, type: as, address: at }] : [];
  });
}

/** Members on the way to a part; derived from the views, which never change. */
const stepsOfPart = new WeakMap<PartView, readonly string[]>();

function stepsTo(part: PartView): readonly string[] {
  let steps = stepsOfPart.get(part);
  if (!steps) {
    steps = part.at.split(/\.|->/);
    stepsOfPart.set(part, steps);
  }
  return steps;
}

/** Where in a struct's own bytes the views see another one. */
export function partPlace(context: Viewed, record: string, part: string): string | undefined {
  return viewOf(context, record)?.parts.find(({ as, inPlace }) => as === part && inPlace === true)?.at;
}

function holdsFor(context: ValueContext, condition: Condition, type: TypeId, address: number): boolean {
  switch (condition.op) {
    case 'or':
      return holdsFor(context, condition.left, type, address) || holdsFor(context, condition.right, type, address);
    case 'and':
      return holdsFor(context, condition.left, type, address) && holdsFor(context, condition.right, type, address);
    case 'not':
      return !holdsFor(context, condition.of, type, address);
    case 'true':
      return (valueOf(context, condition.of, type, address) ?? 0) !== 0;
    default: {
      const left = valueOf(context, condition.left, type, address);
      const right = valueOf(context, condition.right, type, address);
      return left !== undefined && right !== undefined && compares(condition.op, left, right);
    }
  }
}

function compares(op: '==' | '!=' | '<' | '>' | '<=' | '>=' | '&', left: number, right: number): boolean {
  return op === '&' ? (left & right) !== 0 : holds(op, left, right);
}

/** A number, a field's value, a constant of the program, or the address of one of its globals. */
function valueOf(context: ValueContext, operand: Operand, type: TypeId, address: number): number | undefined {
  if ('number' in operand) {
    return operand.number;
  }
  const field = locate(context, type, address, operand.path);
  if (field) {
    return numberAt(context, field);
  }
  const [name = ''] = operand.path;
  const { constants } = context.debug;
  return operand.path.length > 1
    ? undefined
    : Object.hasOwn(constants, name)
      ? constants[name]
      : (CONSTANTS.get(name) ?? globalNamed(context.debug, name)?.address);
}

interface Located {
  readonly type: TypeId;
  readonly address: number;
  readonly bitOffset?: number | undefined;
  readonly bitSize?: number | undefined;
}

/** The field that a path leads to; a pointer on the way is followed when what it points to can be read. */
function locate(context: ValueContext, type: TypeId, address: number, path: readonly string[]): Located | undefined {
  let at: Located = { type, address };
  for (const name of path) {
    const pointer = typeOf(context.debug, at.type);
    if (pointer.kind === 'pointer') {
      const target = numberAt(context, at) ?? 0;
      if (!isReadable(context, target, Math.max(typeOf(context.debug, pointer.to).size, 1))) {
        return undefined;
      }
      at = { type: pointer.to, address: target };
    }
    const found = recordOf(context.debug, at.type) && findField(context.debug, at.type, name);
    if (!found) {
      return undefined;
    }
    const { field, offset } = found;
    at = { type: field.type, address: at.address + offset, bitOffset: field.bitOffset, bitSize: field.bitSize };
  }
  return at;
}

function numberAt({ debug, memory }: ValueContext, { type, address, bitOffset, bitSize }: Located): number | undefined {
  const of = typeOf(debug, type);
  if (!memory.contains(address, Math.max(of.size, 1))) {
    return undefined;
  }
  switch (of.kind) {
    case 'pointer':
      return memory.u32(address);
    case 'integer':
    case 'enum':
      return Number(
        readInteger(memory, address, of.size, of.signed, bitSize === undefined ? undefined : { bitOffset, bitSize }),
      );
    default:
      return undefined;
  }
}
