/**
 * What differs between two moments, field by field, in C terms.
 *
 * In: the same object before and after (its type, address and C path), as two `ValueContext`s over the same debug
 * information. Out: one `Change` for each scalar that differs, with how it was and is, as value and as text. Bytes are
 * compared first, so an object that did not change costs one comparison. Unions are reported through the members that
 * the reader's path names, else through their first member, because the same bytes under six names are one change.
 */
import type { TypeId } from '../abi/debug-info';
import { sameScalar } from './scalar-value';
import type { Change, MemberName } from './value-model';
import type { ByteReader, ValueContext } from './value-context';
import { memberExpression, postfixOperand } from './c-expression';
import { placeOfField } from './value-node';
import { formatScalar, isScalar, type ValuePlace } from './value-scalar';
import { arrayText } from './value-text';
import { partsOf, type FoundPart } from './view-facts';
import { shownFields, spellType, typeOf, type RecordDebugType } from './value-types';

/** The earlier moment, when it knows by itself what changed since. */
export interface EarlierMemory extends ByteReader {
  changed?(address: number, size: number): boolean;
}

/** An object to compare. */
export interface DiffPlace {
  readonly type: TypeId;
  readonly address: number;
  /** C expression of the object, such as `sk` dereferenced. */
  readonly path: string;
  /** How members are reached from `path`: `->` when it is a pointer. */
  readonly access?: '.' | '->';
  /** Spelling of the object's type, when known. */
  readonly spelling?: string;
  readonly place?: ValuePlace;
  /** Byte ranges within the object to leave out, because another place reports them under a better name. */
  readonly except?: readonly { readonly offset: number; readonly size: number }[];
}

/**
 * Changes of all `places`, at most `limit`, in their order; bytes reported once are not reported again under another
 * path.
 */
export function diffObjects(
  before: ValueContext,
  after: ValueContext,
  places: readonly DiffPlace[],
  limit = 200,
): readonly Change[] {
  const found: Change[] = [];
  for (const place of places) {
    if (found.length >= limit) {
      break;
    }
    found.push(...diffPlace(before, after, place).filter((change) => !isExcepted(place, change)));
  }
  return withoutRepeats(found.slice(0, limit));
}

/** The same field reached by two paths is one change: the shorter path stays. */
function withoutRepeats(changes: readonly Change[]): readonly Change[] {
  const key = ({ address, path }: Change): string => `${address} ${path.replace(/^.*[.>]/s, '')}`;
  const best = new Map<string, Change>();
  for (const change of changes) {
    const other = best.get(key(change));
    if (!other || change.path.length < other.path.length) {
      best.set(key(change), change);
    }
  }
  return changes.filter((change) => best.get(key(change)) === change);
}

function isExcepted(place: DiffPlace, change: Change): boolean {
  const offset = change.address - place.address;
  return (place.except ?? []).some((range) => offset >= range.offset && offset < range.offset + range.size);
}

/** Whether both moments have the same `size` bytes at `address`. Bytes out of range differ from nothing. */
function sameBytes(before: EarlierMemory, after: ByteReader, address: number, size: number): boolean {
  if (before.changed) {
    return !before.changed(address, size);
  }
  if (!before.contains(address, size) || !after.contains(address, size)) {
    return true;
  }
  let at = 0;
  for (; at + 4 <= size; at += 4) {
    if (before.u32(address + at) !== after.u32(address + at)) {
      return false;
    }
  }
  for (; at < size; at++) {
    if (before.u8(address + at) !== after.u8(address + at)) {
      return false;
    }
  }
  return true;
}

function diffPlace(before: ValueContext, after: ValueContext, place: DiffPlace): readonly Change[] {
  const type = typeOf(after.debug, place.type);
  if (sameBytes(before.memory, after.memory, place.address, type.size)) {
    return [];
  }
  if (isScalar(type)) {
    const was = formatScalar(before, type, place.address, place.place ?? {});
    const is = formatScalar(after, type, place.address, place.place ?? {});
    // Neighbours in the unit of a bit-field, padding of a long double: other bytes, and the same value.
    return sameScalar(was.scalar, is.scalar)
      ? []
      : [
          {
            path: place.path,
            from: was.display,
            to: is.display,
            before: was.scalar,
            after: is.scalar,
            member: memberOf(place.place),
            address: place.address,
            size: type.size,
            type: place.spelling ?? spellType(after.debug, place.type),
          },
        ];
  }
  if (type.kind === 'record' && type.complete) {
    return diffRecord(before, after, type, place);
  }
  if (type.kind === 'array' && type.length > 0) {
    return diffArray(before, after, type.of, type.length, place);
  }
  return [];
}

function memberOf(place: ValuePlace | undefined): MemberName | undefined {
  const { record, path } = place ?? {};
  return record !== undefined && path !== undefined ? { record, path } : undefined;
}

function diffRecord(
  before: ValueContext,
  after: ValueContext,
  record: RecordDebugType,
  place: DiffPlace,
): readonly Change[] {
  const fields = shownFields(record);
  const parts = partsOf(after, record.name, place.address).filter(({ part }) => part.inPlace === true);
  return fields.flatMap((field) => {
    const inside = parts.find(({ address }) => address === place.address + field.offset);
    return inside
      ? diffPart(before, after, inside, place, field.name)
      : diffPlace(before, after, {
          type: field.type,
          address: place.address + field.offset,
          path: field.name === '' ? place.path : memberExpression(place.path, place.access ?? '.', field.name),
          access: field.name === '' ? place.access : '.',
          spelling: field.spelling,
          place: placeOfField(record, field, place.place ?? {}),
        });
  });
}

/** A struct that is kept in the bytes of a member: its members say more than the bytes. */
function diffPart(
  before: ValueContext,
  after: ValueContext,
  { part, type, address }: FoundPart,
  { path, access = '.' }: DiffPlace,
  member: string,
): readonly Change[] {
  return diffPlace(before, after, {
    type,
    address,
    path: `(struct ${part.as} *) ${memberExpression(path, access, member)}`,
    access: '->',
  });
}

function diffArray(
  before: ValueContext,
  after: ValueContext,
  of: TypeId,
  length: number,
  place: DiffPlace,
): readonly Change[] {
  const element = typeOf(after.debug, of);
  if (element.kind === 'integer' && element.size === 1) {
    return [diffBytes(before, after, length, place, element.name)];
  }
  const changes: Change[] = [];
  for (let index = 0; index < length; index++) {
    changes.push(
      ...diffPlace(before, after, {
        type: of,
        address: place.address + index * element.size,
        path: `${postfixOperand(place.path)}[${index}]`,
        place: place.place,
      }),
    );
  }
  return changes;
}

/** An array of bytes changes as a whole: as text when it is text, else as the bytes around the first difference. */
function diffBytes(
  before: ValueContext,
  after: ValueContext,
  length: number,
  place: DiffPlace,
  element: string,
): Change {
  const was = before.memory.read(place.address, length);
  const is = after.memory.read(place.address, length);
  const [from, to] = element === 'char' ? [arrayText(was), arrayText(is)] : [];
  const asText = from !== undefined && to !== undefined && from !== to;
  const first = was.findIndex((byte, index) => byte !== is[index]);
  const bytes = (all: Uint8Array): string =>
    [...all.subarray(first, first + 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return {
    path: asText || first <= 0 ? place.path : `${place.path}[${first}]`,
    from: asText ? from : bytes(was),
    to: asText ? to : bytes(is),
    before: { kind: 'none' },
    after: { kind: 'none' },
    member: memberOf(place.place),
    address: asText ? place.address : place.address + Math.max(first, 0),
    size: asText ? length : 1,
    type: place.spelling ?? `${element} [${length}]`,
  };
}
