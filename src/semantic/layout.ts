/**
 * Layout of structs and unions as `gcc -m32` does it.
 *
 * In: members in order, with type, optional bit width and requested alignment. Out: fields with offsets, size,
 * alignment.
 *
 * Algorithm: a cursor in bits. An ordinary member is placed at its alignment. A bit-field goes to the next free bit
 * unless it would then touch more alignment units of its declared type than the type itself has; then it starts at the
 * next such unit (System V i386 ABI, figure "bit-fields"; gcc `place_field`). Width 0 ends the unit. Unnamed bit-fields
 * do not raise the record's alignment. `packed` makes every alignment one byte and lets bit-fields follow each other bit
 * by bit; `#pragma pack(n)` lowers alignments to n bytes and does the same with bit-fields.
 */
import { alignUp } from '../base/bytes';
import type { Span } from '../source/source-file';
import type { CType, Field, RecordType } from './ctype';
import { alignOf, sizeOf } from './types';

export interface Member {
  readonly name: string | undefined;
  readonly type: CType;
  readonly spelling: string;
  readonly qualifiers?: number;
  /** Bits, for a bit-field. */
  readonly width?: number;
  /** `aligned(n)` on the member or on the typedef it uses, in bytes. */
  readonly align?: number;
  /** `packed` on the member itself. */
  readonly packed?: boolean;
  readonly span?: Span;
}

export interface LayoutOptions {
  readonly packed?: boolean;
  /**
   * `#pragma pack(n)`: an upper bound of each member's alignment, in bytes; bit-fields then follow each other bit by
   * bit.
   */
  readonly limit?: number;
  /** `aligned(n)` on the record, in bytes: a lower bound of its alignment. */
  readonly align?: number;
}

/** Largest size of an object in bytes: what a positive `ptrdiff_t` of i386 can count. */
export const maximumObjectSize = 0x7fffffff;

/** Lays the members out and completes `record` in place. */
export function layoutRecord(record: RecordType, members: readonly Member[], options: LayoutOptions): void {
  const placed = record.tag === 'union' ? placeUnion(members, options) : placeStruct(members, options);
  record.align = Math.max(placed.align, options.align ?? 1);
  record.size = roundUp(placed.size, record.align);
  record.fields = placed.fields;
  record.complete = true;
}

interface Placed {
  readonly fields: readonly Field[];
  readonly size: number;
  readonly align: number;
}

function placeStruct(members: readonly Member[], options: LayoutOptions): Placed {
  const fields: Field[] = [];
  let bits = 0;
  let align = 1;
  for (const member of members) {
    const memberAlign = memberAlignment(member, options);
    if (member.width === undefined) {
      const offset = roundUp(Math.ceil(bits / 8), memberAlign);
      fields.push(field(member, offset));
      bits = (offset + sizeOf(member.type)) * 8;
      align = Math.max(align, memberAlign);
      continue;
    }
    const unit = alignOf(member.type) * 8;
    if (member.width === 0) {
      bits = roundUp(bits, Math.max(unit, (member.align ?? 1) * 8));
      continue;
    }
    const packed = isPacked(member, options) || options.limit !== undefined;
    if (member.align !== undefined) {
      bits = roundUp(bits, Math.min(member.align, options.limit ?? member.align) * 8);
    }
    if (!packed && unitsTouched(bits, member.width, unit) > (sizeOf(member.type) * 8) / unit) {
      bits = roundUp(bits, unit);
    }
    fields.push(bitField(member, bits));
    bits += member.width;
    if (member.name !== undefined) {
      align = Math.max(align, memberAlign);
    }
  }
  return { fields, size: Math.ceil(bits / 8), align };
}

function placeUnion(members: readonly Member[], options: LayoutOptions): Placed {
  const fields: Field[] = [];
  let size = 0;
  let align = 1;
  for (const member of members) {
    if (member.width === 0) {
      continue;
    }
    fields.push(member.width === undefined ? field(member, 0) : bitField(member, 0));
    size = Math.max(size, member.width === undefined ? sizeOf(member.type) : Math.ceil(member.width / 8));
    if (member.width === undefined || member.name !== undefined) {
      align = Math.max(align, memberAlignment(member, options));
    }
  }
  return { fields, size, align };
}

/** How many alignment units of `unit` bits the field would touch, counted from the unit it starts in. */
function unitsTouched(bits: number, width: number, unit: number): number {
  return Math.ceil(((bits % unit) + width) / unit);
}

function isPacked(member: Member, options: LayoutOptions): boolean {
  return options.packed === true || member.packed === true;
}

function memberAlignment(member: Member, options: LayoutOptions): number {
  // What a bit-field asks of the record, `#pragma pack` lowers instead of `packed` (gcc `update_alignment_for_field`).
  const packed = isPacked(member, options) && (member.width === undefined || options.limit === undefined);
  const natural = packed ? 1 : alignOf(member.type);
  return Math.min(Math.max(natural, member.align ?? 1), options.limit ?? Infinity);
}

function field(member: Member, offset: number): Field {
  const { name, type, spelling, qualifiers, span } = member;
  return qualifiers ? { name, type, spelling, offset, qualifiers, span } : { name, type, spelling, offset, span };
}

/**
 * The storage unit is one of the declared type at its natural alignment when the field lies inside it, or else starts at
 * the byte that holds the lowest bit; then (packed records only) `bitOffset + bitSize` may exceed the bits of the type.
 */
function bitField(member: Member, bits: number): Field {
  const size = sizeOf(member.type);
  const width = member.width ?? 0;
  const align = alignOf(member.type);
  let offset = Math.floor(bits / 8 / align) * align;
  if (bits - offset * 8 + width > size * 8) {
    offset = Math.floor(bits / 8);
  }
  return { ...field(member, offset), bitOffset: bits - offset * 8, bitSize: width };
}

/** As `alignUp`, but right for sizes beyond 31 bits too, so that absurd arrays cannot wrap around. */
function roundUp(value: number, alignment: number): number {
  return value < 0x40000000 && (alignment & (alignment - 1)) === 0
    ? alignUp(value, alignment)
    : Math.ceil(value / alignment) * alignment;
}
