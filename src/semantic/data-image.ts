/**
 * Images of static objects: what an initialiser leaves in memory before the program starts.
 *
 * In: the entries of a walk. Out: bytes, and the words into which the linker puts addresses. Bit-fields are merged into
 * their bytes; a later entry replaces what an earlier one wrote.
 */
import { itemAt } from '../base/checked-access';
import { sentence } from '../sentences/sentence';
import type { Initializer } from '../parse/ast';
import type { DataInitializer, GlobalSymbol, Value } from './checked';
import { staticConstant, type StaticConstant } from './address-constants';
import type { Context } from './context';
import type { CType, Field } from './ctype';
import { walkInitializer, type Entry, type Walked } from './initializer-walk';
import { sizeOf } from './types';

/** Largest image of one object: a bound on memory, far above what kernels use. */
export const maximumImage = 64 * 1024 * 1024;

/** Gives a static object its image and completes its type. */
export function initializeStatic(context: Context, symbol: GlobalSymbol, initializer: Initializer): void {
  const outer = context.staticData;
  context.staticData = true;
  const walked = walkInitializer(context, symbol.type, initializer);
  context.staticData = outer;
  symbol.type = walked.type;
  symbol.data = imageOf(context, walked);
}

/** The image of a walked initialiser; entries that are not constant are reported and left zero. */
function imageOf(context: Context, walked: Walked): DataInitializer {
  const image = zeroImage(context, walked.size, walked.entries[0]);
  for (const entry of walked.entries) {
    if (!image.write(entry)) {
      const { value } = entry as Extract<Entry, { kind: 'value' }>;
      if (value.kind !== 'trap') {
        context.reporter.error(
          'SS3004',
          value.span,
          sentence('the-initialiser-of-a-static-object-must-be-constant'),
          sentence('assign-it-when-the-program-runs'),
        );
      }
    }
  }
  return image.finish();
}

/** The image when every entry is constant, or undefined. Reports nothing. */
export function constantImage(walked: Walked): DataInitializer | undefined {
  if (walked.size > maximumImage) {
    return undefined;
  }
  const image = new ImageWriter(walked.size);
  return walked.entries.every((entry) => image.write(entry)) ? image.finish() : undefined;
}

function zeroImage(context: Context, size: number, first: Entry | undefined): ImageWriter {
  const most = Math.min(maximumImage, context.unit.imageRoom);
  if (size > most) {
    const span = first?.kind === 'value' ? first.value.span : first?.literal.span;
    if (span) {
      context.reporter.error(
        'SS3007',
        span,
        sentence('the-initialised-object-is-larger-than-most-bytes', { most }),
        sentence('fill-it-at-run-time'),
      );
    }
    return new ImageWriter(0);
  }
  context.unit.imageRoom -= size;
  return new ImageWriter(size);
}

class ImageWriter {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly relocations = new Map<
    number,
    { readonly offset: number; readonly symbol: GlobalSymbol; readonly addend: number }
  >();

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  finish(): DataInitializer {
    return { bytes: this.bytes, relocations: [...this.relocations.values()].sort((a, b) => a.offset - b.offset) };
  }

  /** False when the entry's value is not constant. */
  write(entry: Entry): boolean {
    if (entry.offset + sizeOf(entry.type) > this.bytes.length && !(entry.kind === 'value' && entry.field)) {
      return true;
    }
    if (entry.kind === 'string') {
      this.string(entry);
      return true;
    }
    const data = copied(entry.value);
    if (data) {
      this.copy(entry.offset, data, sizeOf(entry.type));
      return true;
    }
    const constant = staticConstant(entry.value);
    if (!constant || entry.type.kind === 'record') {
      return false;
    }
    if (entry.field) {
      return this.bits(entry.offset, entry.field, constant);
    }
    this.forget(entry.offset, sizeOf(entry.type));
    return this.scalar(entry.offset, entry.type, constant);
  }

  private string({ offset, type, literal }: Extract<Entry, { kind: 'string' }>): void {
    this.forget(offset, sizeOf(type));
    this.bytes.fill(0, offset, offset + sizeOf(type));
    const count = type.length ?? 0;
    if (literal.units) {
      literal.units.subarray(0, count).forEach((unit, index) => this.view.setUint32(offset + index * 4, unit, true));
    } else {
      this.bytes.set(literal.bytes.subarray(0, count), offset);
    }
  }

  private copy(offset: number, data: DataInitializer, size: number): void {
    this.forget(offset, size);
    this.bytes.set(data.bytes.subarray(0, size), offset);
    for (const relocation of data.relocations) {
      this.relocations.set(offset + relocation.offset, { ...relocation, offset: offset + relocation.offset });
    }
  }

  private scalar(offset: number, type: CType, constant: StaticConstant): boolean {
    const size = sizeOf(type);
    switch (constant.kind) {
      case 'address':
        if (size !== 4) {
          return false;
        }
        this.view.setUint32(offset, 0, true);
        this.relocations.set(offset, { offset, symbol: constant.symbol, addend: constant.addend });
        return true;
      case 'floating':
        if (size === 4) {
          this.view.setFloat32(offset, constant.value, true);
        } else {
          this.view.setFloat64(offset, constant.value, true);
        }
        return true;
      case 'integer':
        for (let i = 0; i < size; i++) {
          this.bytes[offset + i] = Number((constant.value >> BigInt(i * 8)) & 0xffn);
        }
        return true;
    }
  }

  private bits(offset: number, field: Field, constant: StaticConstant): boolean {
    if (constant.kind !== 'integer') {
      return false;
    }
    const start = field.bitOffset ?? 0;
    for (let i = 0; i < (field.bitSize ?? 0); i++) {
      const at = offset + ((start + i) >> 3);
      const mask = 1 << ((start + i) & 7);
      const set = (constant.value >> BigInt(i)) & 1n;
      const byte = itemAt(this.bytes, at);
      this.bytes[at] = set ? byte | mask : byte & ~mask;
    }
    return true;
  }

  /** Drops addresses that are about to be overwritten. */
  private forget(offset: number, size: number): void {
    if (this.relocations.size > 0) {
      for (let at = offset; at < offset + size && size <= 64; at++) {
        this.relocations.delete(at);
      }
      if (size > 64) {
        for (const at of [...this.relocations.keys()].filter((key) => key >= offset && key < offset + size)) {
          this.relocations.delete(at);
        }
      }
    }
  }
}

/** The image of a record value that is a compound literal at file scope or in a static initialiser. */
function copied(value: Value): DataInitializer | undefined {
  return value.kind === 'load' &&
    value.type.kind === 'record' &&
    value.place.kind === 'global' &&
    value.place.symbol.linkage === 'none'
    ? value.place.symbol.data
    : undefined;
}
