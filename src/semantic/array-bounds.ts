/**
 * How many elements of an array may be named by a subscript.
 *
 * In: the place that is subscripted. Out: the length when it is known, and no idiom of C reaches beyond it on purpose:
 * the last member of a structure behind a pointer is often the beginning of more, of one element or none in any C, of
 * any length in kernels (`sa_data`); members of a union overlap what is larger; kernels also index through a whole
 * matrix by its first row.
 */
import type { Place } from './checked';
import type { Context } from './context';
import { sizeOf } from './types';

/** Elements of the array that is the place; undefined where an index is not to be checked against its type. */
export function lengthOf(context: Context, array: Place): number | undefined {
  const { type } = array;
  if (type.kind !== 'array' || !type.length || sizeOf(type.of) === 0) {
    return undefined;
  }
  const old = context.unit.dialect === 'gnu89';
  if (array.kind === 'dereference') {
    return old ? undefined : type.length;
  }
  if (array.kind !== 'member') {
    return type.length;
  }
  const { trailing, overlaid, root } = whereIn(array);
  const known = root.kind === 'local' || root.kind === 'global' || root.kind === 'compound-literal';
  return overlaid || (trailing && !known && (old || type.length === 1)) ? undefined : type.length;
}

interface Position {
  /** Nothing follows it in the records it is a member of. */
  readonly trailing: boolean;
  /** It is a member of a union that is larger. */
  readonly overlaid: boolean;
  readonly root: Place;
}

function whereIn(place: Place): Position {
  let trailing = true;
  let overlaid = false;
  let current = place;
  while (current.kind === 'member') {
    const { field, base } = current;
    if (base.type.kind === 'record') {
      const end = field.offset + sizeOf(field.type);
      overlaid ||= base.type.tag === 'union' && end < base.type.size;
      trailing &&= base.type.fields.every((other) => other === field || other.offset < end);
    }
    current = base;
  }
  return { trailing, overlaid, root: current };
}
