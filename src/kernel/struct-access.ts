/**
 * Reading and writing fields of C structs by name.
 *
 * In: the debug information of whatever program runs (the bundled kernel, a real 2.4 tree, a document's listings) and
 * addresses. Out: numbers. A field that this program's struct does not have reads as undefined and ignores writes,
 * because versions differ. Algorithm: walk the record's fields along the dotted path once, then remember offset and
 * width.
 */
import type { DebugType } from '../abi/debug-info';
import type { Memory } from '../machine/memory';
import type { ServiceHost } from '../machine/service';

export interface FieldPlace {
  readonly offset: number;
  /** Bytes: 1, 2, 4 or 8 for scalars; the whole size for arrays and records. */
  readonly size: number;
}

/** One scalar field, found once: for what is read or written at every call. */
export interface Field {
  /** Unsigned value in the struct at `address`; undefined when the field does not exist. */
  get(address: number): number | undefined;
  /** False when the field does not exist. */
  set(address: number, value: number): boolean;
}

export class StructAccess {
  /** By struct name, then path. */
  private readonly places = new Map<string, Map<string, FieldPlace | undefined>>();

  constructor(readonly host: ServiceHost) {}

  /** Where `path` lies in `struct name` (or in the typedef `name`); undefined when there is no such field. */
  place(name: string, path: string): FieldPlace | undefined {
    let paths = this.places.get(name);
    if (!paths) {
      this.places.set(name, (paths = new Map()));
    }
    let place = paths.get(path);
    if (!place && !paths.has(path)) {
      place = this.walk(name, path);
      paths.set(path, place);
    }
    return place;
  }

  has(name: string, path: string): boolean {
    return this.place(name, path) !== undefined;
  }

  /** Size of `struct name` or of the typedef `name`, in bytes. */
  size(name: string): number | undefined {
    return this.host.structSize(name) ?? this.record(name)?.size;
  }

  /** A field to be used again and again. */
  field(name: string, path: string): Field {
    const { memory } = this.host;
    const place = this.place(name, path);
    return {
      get: (address) => (place ? load(memory, address + place.offset, place.size) : undefined),
      set: (address, value) => {
        if (place) {
          store(memory, address + place.offset, place.size, value);
        }
        return place !== undefined;
      },
    };
  }

  /** Unsigned value of a scalar field; undefined when the field does not exist. */
  get(address: number, name: string, path: string): number | undefined {
    const place = this.place(name, path);
    return place && load(this.host.memory, address + place.offset, place.size);
  }

  /** Writes a scalar field; false when the field does not exist. */
  set(address: number, name: string, path: string, value: number): boolean {
    const place = this.place(name, path);
    if (place) {
      store(this.host.memory, address + place.offset, place.size, value);
    }
    return place !== undefined;
  }

  /** Writes text into a `char[]` field, cut to fit and zero-terminated. */
  setText(address: number, name: string, path: string, text: string): void {
    const place = this.place(name, path);
    if (!place) {
      return;
    }
    this.host.memory.fill(address + place.offset, place.size, 0);
    for (let i = 0; i < Math.min(text.length, place.size - 1); i++) {
      this.host.memory.setU8(address + place.offset + i, text.charCodeAt(i) & 0xff);
    }
  }

  private record(name: string): Extract<DebugType, { kind: 'record' }> | undefined {
    const { typeNames, types } = this.host.debug;
    const type = types[typeNames[`struct ${name}`] ?? typeNames[name] ?? -1];
    return type?.kind === 'record' ? type : undefined;
  }

  private walk(name: string, path: string): FieldPlace | undefined {
    let record = this.record(name);
    if (!record) {
      const offset = this.host.fieldOffset(name, path);
      return offset === undefined ? undefined : { offset, size: 4 };
    }
    let offset = 0;
    let size = record.size;
    for (const part of path.split('.')) {
      const found: { offset: number; type: DebugType } | undefined = record && this.member(record, part);
      if (!found) {
        return undefined;
      }
      offset += found.offset;
      size = found.type.size;
      record = found.type.kind === 'record' ? found.type : undefined;
    }
    return { offset, size };
  }

  /** A member by name, looking through unnamed members. */
  private member(
    record: Extract<DebugType, { kind: 'record' }>,
    name: string,
  ): { offset: number; type: DebugType } | undefined {
    for (const field of record.fields) {
      const type = this.host.debug.types[field.type];
      if (!type) {
        continue;
      }
      if (field.name === name) {
        return { offset: field.offset, type };
      }
      const inner = field.name === '' && type.kind === 'record' ? this.member(type, name) : undefined;
      if (inner) {
        return { offset: field.offset + inner.offset, type: inner.type };
      }
    }
    return undefined;
  }
}

/** `size` 1, 2 or 4; of larger fields the first word. */
function load(memory: Memory, at: number, size: number): number {
  return size === 1 ? memory.u8(at) : size === 2 ? memory.u16(at) : memory.u32(at);
}

function store(memory: Memory, at: number, size: number, value: number): void {
  if (size === 1) {
    memory.setU8(at, value);
  } else if (size === 2) {
    memory.setU16(at, value);
  } else {
    memory.setU32(at, value);
    if (size === 8) {
      memory.setU32(at + 4, value < 0 ? 0xffffffff : 0);
    }
  }
}
