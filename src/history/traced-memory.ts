/**
 * The machine's memory with the provenance of the bytes that were written in a span.
 *
 * In: loads, stores and copies of running code, the beginning and end of services. Out: memory as it is, and for each byte
 * written where it came from. What TypeScript writes (services, the scenario) is seen by comparing the bytes that
 * somebody wants to know of; the services that copy are known by name.
 */
import type { Machine } from '../machine/machine';
import { byteOf, type BytePart, type Provenance, type Value } from './provenance';

/** Services that copy `size` bytes from one address to another: positions of these among the argument words. */
const copying: ReadonlyMap<string, { readonly to: number; readonly from: number; readonly size: number }> = new Map(
  [
    ...['memcpy', '__memcpy', '__constant_memcpy', 'memmove', 'strncpy', 'strncpy_from_user'],
    ...['copy_from_user', '__copy_from_user', '__generic_copy_from_user'],
    ...['copy_to_user', '__copy_to_user', '__generic_copy_to_user'],
  ].map((name) => [name, { to: 0, from: 1, size: 2 }]),
);
/** These sum the bytes up as they copy them. */
const summing = [
  'csum_partial_copy',
  'csum_partial_copy_nocheck',
  'csum_partial_copy_from_user',
  'csum_and_copy_from_user',
  'csum_and_copy_to_user',
  'csum_partial_copy_generic',
];
/** Bytes that a copying service is followed over. */
const LARGEST = 1 << 20;

/** How bytes are read: as a type of wasm, or a narrow integer with or without sign. */
export type Reading = 'i32' | 'i64' | 'f32' | 'f64' | 'signed' | 'unsigned';

export interface Watched {
  readonly address: number;
  readonly size: number;
}

export class TracedMemory {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly written = new Map<number, BytePart>();
  /** C expressions by the address that each was checked with. */
  readonly names = new Map<number, string>();
  private seen: Uint8Array;
  /** Frames that have returned so far. */
  returns = 0;
  /** Frames that had when the watched bytes were last written by code. */
  returnsAtWrite = 0;
  private serving: { readonly name: string; readonly args: readonly number[] } | undefined;

  constructor(
    machine: Machine,
    private readonly watched: Watched,
  ) {
    const { buffer } = machine.wasm.wasmMemory;
    this.view = new DataView(buffer);
    this.bytes = new Uint8Array(buffer);
    this.seen = this.watchedNow();
  }

  private watchedNow(): Uint8Array {
    return this.bytes.slice(this.watched.address, this.watched.address + this.watched.size);
  }

  word(address: number): number {
    return this.view.getInt32(address, true);
  }

  setWord(address: number, value: number): void {
    this.view.setInt32(address, value, true);
  }

  /** An expression of C that names what lies at an address. */
  named(address: number, expression: string): void {
    this.names.set(address, expression);
  }

  load(address: number, size: number, type: Reading): { readonly value: Value; readonly from: Provenance } {
    const value = this.read(address, size, type);
    const isFresh = Array.from({ length: size }, (_, index) => this.written.has(address + index)).some(Boolean);
    return {
      value,
      from: isFresh
        ? { kind: 'bytes', parts: this.partsAt(address, size), value }
        : { kind: 'load', address, size, value },
    };
  }

  private read(address: number, size: number, type: Reading): Value {
    const { view } = this;
    switch (type) {
      case 'i32':
        return view.getInt32(address, true);
      case 'i64':
        return view.getBigInt64(address, true);
      case 'f32':
        return view.getFloat32(address, true);
      case 'f64':
        return view.getFloat64(address, true);
      case 'signed':
        return size === 1 ? view.getInt8(address) : view.getInt16(address, true);
      case 'unsigned':
        return size === 1 ? view.getUint8(address) : view.getUint16(address, true);
    }
  }

  store(address: number, size: number, value: Value, from: Provenance, type: Reading = 'i32'): void {
    const { view } = this;
    if (type === 'f32') {
      view.setFloat32(address, Number(value), true);
    } else if (type === 'f64') {
      view.setFloat64(address, Number(value), true);
    } else {
      for (let index = 0; index < size; index++) {
        view.setUint8(address + index, byteOf(value, index));
      }
    }
    for (let index = 0; index < size; index++) {
      this.written.set(address + index, { from, index });
    }
    this.writes(address, size);
  }

  private writes(address: number, size: number): void {
    const { watched } = this;
    if (address < watched.address + watched.size && address + size > watched.address) {
      this.returnsAtWrite = this.returns;
    }
  }

  copy(to: number, from: number, size: number): void {
    const parts = this.partsAt(from, size);
    this.bytes.copyWithin(to, from, from + size);
    parts.forEach((part, index) => this.written.set(to + index, part));
    this.writes(to, size);
  }

  fill(to: number, size: number, value: Value, from: Provenance): void {
    this.bytes.fill(byteOf(value, 0), to, to + size);
    for (let index = 0; index < size; index++) {
      this.written.set(to + index, { from, index: 0 });
    }
    this.writes(to, size);
  }

  /** What the bytes at an address are, as far as they were written in the span; else that they were loaded. */
  partsAt(address: number, size: number): BytePart[] {
    return Array.from({ length: size }, (_, index) => {
      const at = address + index;
      return (
        this.written.get(at) ?? { from: { kind: 'load', address: at, size: 1, value: this.bytes[at] ?? 0 }, index: 0 }
      );
    });
  }

  /** Where a byte came from that was written in the span. */
  partOf(address: number): BytePart | undefined {
    return this.written.get(address);
  }

  beginService(name: string, args: readonly number[]): void {
    this.seen = this.watchedNow();
    this.serving = { name, args };
  }

  /** `resultAt`: where the service leaves its result. */
  endService(from: Extract<Provenance, { kind: 'service' }>, resultAt: number): void {
    const { name, args } = this.serving ?? { name: '', args: [] };
    this.noteChanges(from);
    const places = copying.get(name) ?? (summing.includes(name) ? { to: 1, from: 0, size: 2 } : undefined);
    if (places) {
      const [to = 0, source = 0, size = 0] = [args[places.to], args[places.from], args[places.size]].map(
        (word) => (word ?? 0) >>> 0,
      );
      const parts = size <= LARGEST ? this.partsAt(source, size) : [];
      parts.forEach((part, index) => {
        if (this.bytes[to + index] === this.bytes[source + index]) {
          this.written.set(to + index, part);
        }
      });
      this.writes(to, size);
    }
    for (let index = 0; index < 8; index++) {
      this.written.set(resultAt + index, { from, index });
    }
    this.serving = undefined;
  }

  /**
   * Running code begins or ends: what changed since it last ended was done by something else, and so was what was laid
   * down for a call, even where it is the same as before.
   */
  beginRun(laidDown?: Watched): void {
    this.noteChanges({ kind: 'outside' });
    const { address, size } = this.watched;
    for (let at = address; laidDown && at < address + size; at++) {
      if (at >= laidDown.address && at < laidDown.address + laidDown.size) {
        this.written.set(at, { from: { kind: 'outside' }, index: 0 });
      }
    }
  }

  endRun(): void {
    this.seen = this.watchedNow();
  }

  private noteChanges(from: Provenance): void {
    const now = this.watchedNow();
    now.forEach((byte, index) => {
      if (byte !== this.seen[index]) {
        this.returnsAtWrite = from.kind === 'outside' ? 0 : this.returns;
        this.written.set(this.watched.address + index, { from, index });
      }
    });
    this.seen = now;
  }
}
