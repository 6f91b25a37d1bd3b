/**
 * Members of kernel structs by name, found once and read many times.
 *
 * In: a stopped machine. Out: numbers; undefined where this kernel's struct has no such member or the bytes are not
 * there. What was asked for and is not a member is remembered, so that a view can say what it cannot show.
 */
import type { ObjectSource, ValueContext } from '../values/value-context';
import { readInteger } from '../values/scalar-bytes';
import { findField, structId, typeOf, type FoundField } from '../values/value-types';
import type { TypeId } from '../abi/debug-info';

/** The members of `struct name`. */
export class Fields {
  readonly type: TypeId | undefined;
  private readonly places = new Map<string, FoundField | undefined>();

  constructor(
    private readonly context: ValueContext,
    readonly struct: string,
  ) {
    this.type = structId(context.debug, struct);
  }

  /** Value of an integer, enum or pointer member of the struct at an address. */
  get(address: number, path: string): number | undefined {
    const place = this.place(path);
    const type = place && typeOf(this.context.debug, place.field.type);
    if (!type || !this.context.memory.contains(address + place.offset, type.size)) {
      return undefined;
    }
    const at = address + place.offset;
    switch (type.kind) {
      case 'pointer':
        return this.context.memory.u32(at);
      case 'integer':
      case 'enum':
        return Number(readInteger(this.context.memory, at, type.size, type.signed, place.field));
      default:
        return undefined;
    }
  }

  /** Address of a member. */
  at(address: number, path: string): number | undefined {
    const place = this.place(path);
    return place && address + place.offset;
  }

  has(path: string): boolean {
    return this.place(path) !== undefined;
  }

  /** `struct sock.receive_queue` of those asked for that are no members. */
  get lacking(): readonly string[] {
    return [...this.places].flatMap(([path, place]) => (place ? [] : [`struct ${this.struct}.${path}`]));
  }

  private place(path: string): FoundField | undefined {
    if (!this.places.has(path)) {
      this.places.set(path, this.type === undefined ? undefined : findField(this.context.debug, this.type, path));
    }
    return this.places.get(path);
  }
}

/** Addresses of the objects that the slab has handed out of a cache. */
export function liveObjectsOf(source: ObjectSource, name: 'sock' | 'tcp_tw_bucket'): readonly number[] {
  return (source.liveObjects?.() ?? []).filter(({ cache }) => cache === name).map(({ address }) => address);
}
