/**
 * The bytes of packets that lie in buffers of the kernel's, as the journal keeps them.
 *
 * In: the address of a struct sk_buff. Out: the packet from its network header on, cut as a snapshot length does.
 */
import { alignUp } from '../base/bytes';
import type { Memory } from '../machine/memory';
import type { Field, StructAccess } from './struct-access';

/**
 * Bytes of a packet that the journal keeps: all headers that it can have (60 bytes each), and the beginning of its data.
 */
const SNAPSHOT = 256;
/** Packets that share a buffer: one for each would keep the garbage collector busy. */
const SHARED = 64;

/** `length`: bytes of the whole packet, when there are more than `bytes`. */
export interface Snapshot {
  readonly bytes: Uint8Array;
  readonly length?: number;
}

export class Snapshots {
  private readonly data: Field;
  private readonly size: Field;
  private readonly networkHeader: Field;
  private store = new Uint8Array(0);
  private storedWords = new Int32Array(0);
  private used = 0;

  constructor(structs: StructAccess) {
    this.data = structs.field('sk_buff', 'data');
    this.size = structs.field('sk_buff', 'len');
    this.networkHeader = structs.field('sk_buff', 'nh.raw');
  }

  /** The first bytes of a packet of IPv4, as many as there are; undefined for all else. */
  head(memory: Memory, skb: number, most: number): Uint8Array | undefined {
    const header = this.networkHeader.get(skb) ?? 0;
    if (header === 0 || !memory.contains(header, 20) || memory.u8(header) >> 4 !== 4) {
      return undefined;
    }
    const size = Math.min((memory.u8(header + 2) << 8) | memory.u8(header + 3), most);
    return memory.contains(header, size) ? memory.bytes.subarray(header, header + size) : undefined;
  }

  /**
   * From the network header on: a tree's loopback device is handed an Ethernet header before it, and on the way in the
   * headers have been taken off.
   */
  take(memory: Memory, skb: number): Snapshot | undefined {
    const data = this.data.get(skb);
    const size = this.size.get(skb);
    if (data === undefined || size === undefined) {
      return undefined;
    }
    const header = this.networkHeader.get(skb) ?? data;
    const start = header !== 0 && data + size - header > 0 && Math.abs(data - header) <= SNAPSHOT ? header : data;
    const length = data + size - start;
    const kept = Math.min(length, SNAPSHOT);
    if (!memory.contains(start, kept)) {
      return undefined;
    }
    const bytes = this.kept(memory, start, kept);
    return kept < length ? { bytes, length } : { bytes };
  }

  /** A copy that shares its buffer with the packets before. */
  private kept(from: Memory, start: number, size: number): Uint8Array {
    if (this.used + size > this.store.length) {
      this.store = new Uint8Array(SHARED * SNAPSHOT);
      this.storedWords = new Int32Array(this.store.buffer);
      this.used = 0;
    }
    const at = this.used;
    this.used = alignUp(at + size, 4);
    if ((start & 3) === 0) {
      for (let i = 0; i < size; i += 4) {
        this.storedWords[(at + i) >> 2] = from.words[(start + i) >> 2] ?? 0;
      }
    } else {
      this.store.set(from.bytes.subarray(start, start + size), at);
    }
    return this.store.subarray(at, at + size);
  }
}
