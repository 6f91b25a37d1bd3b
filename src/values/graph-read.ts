/**
 * Reading a struct's field by name, for the code that walks kernel objects.
 *
 * In: a context, a type, an address, a dotted field path. Out: the field's address or its integer value, or undefined
 * where this program's struct has no such field or the bytes are not there.
 */
import type { TypeId } from '../abi/debug-info';
import type { ValueContext } from './value-context';
import { readInteger } from './scalar-bytes';
import { findField, typeOf, type FoundField } from './value-types';

/** The field and where it lies. */
export function locateField(
  context: ValueContext,
  type: TypeId,
  address: number,
  path: string,
): (FoundField & { readonly address: number }) | undefined {
  const found = findField(context.debug, type, path);
  return found && { ...found, address: address + found.offset };
}

/** Value of an integer, enum or pointer field, as a number. */
export function readField(context: ValueContext, type: TypeId, address: number, path: string): number | undefined {
  const located = locateField(context, type, address, path);
  if (!located) {
    return undefined;
  }
  const fieldType = typeOf(context.debug, located.field.type);
  if (!context.memory.contains(located.address, fieldType.size)) {
    return undefined;
  }
  switch (fieldType.kind) {
    case 'pointer':
      return context.memory.u32(located.address);
    case 'integer':
    case 'enum':
      return Number(readInteger(context.memory, located.address, fieldType.size, fieldType.signed, located.field));
    default:
      return undefined;
  }
}

/** Type a pointer field points to. */
export function pointedType(context: ValueContext, type: TypeId, path: string): TypeId | undefined {
  const found = findField(context.debug, type, path);
  const fieldType = found && typeOf(context.debug, found.field.type);
  return fieldType?.kind === 'pointer' ? fieldType.to : undefined;
}
