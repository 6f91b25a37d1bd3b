/**
 * Turning a call into words on the kernel's stack, and back.
 *
 * In: parameter values (numbers, bytes, "room for an answer"). Out: a {@link PlannedCall}: the words, the user-memory
 * buffers they point to, and where answers will stand. After the call `readAnswer` gives them as plain data and
 * `releaseBuffers` gives the buffers back.
 */
import type { UserMemory } from '../kernel/user-memory';
import type { Memory } from '../machine/memory';
import { readLong, readShort } from './byte-order';

/** Where something that the kernel writes will stand. */
export type AnswerPlace =
  | {
      readonly what: 'data' | 'value';
      readonly address: number;
      readonly size: number;
      readonly lengthAddress?: number;
    }
  | { readonly what: 'address'; readonly address: number; readonly size: number; readonly lengthAddress: number }
  | { readonly what: 'length'; readonly address: number; readonly size: 4 }
  | { readonly what: 'pair'; readonly address: number; readonly size: 8 };

export interface PlannedCall {
  readonly words: readonly number[];
  readonly buffers: readonly number[];
  readonly answers: readonly AnswerPlace[];
}

/** What a call wrote to user memory. */
export interface CallAnswer {
  readonly data?: Uint8Array;
  readonly value?: Uint8Array;
  /** The first bytes of the address buffer, at most as many as the length says. */
  readonly address?: Uint8Array;
  readonly length?: number;
  readonly pair?: readonly number[];
}

/** Size of struct sockaddr_in. */
export const ADDRESS_SIZE = 16;
/** Room for an address answer: more than the kernel will ever write. */
export const ADDRESS_ROOM = 128;
/** Largest buffer a call may ask for: user memory has a MiB, of which a call's other buffers take some. */
export const BUFFER_LIMIT = 1_000_000;

/** Builds one call; `failed` is set when user memory cannot hold what it needs. */
export class CallBuilder {
  private readonly words: number[] = [];
  private readonly buffers: number[] = [];
  private readonly answers: AnswerPlace[] = [];
  failed = false;

  constructor(
    private readonly user: UserMemory,
    private readonly memory: Memory,
  ) {}

  word(value: number): void {
    this.words.push(value >>> 0);
  }

  /** A pointer to these bytes. */
  bytes(bytes: ArrayLike<number>): number {
    const address = this.room(bytes.length);
    if (address !== 0) {
      this.memory.write(address, Uint8Array.from(bytes));
    }
    this.word(address);
    return address;
  }

  /** A pointer to room for an answer of `size` bytes. */
  answer(what: 'data' | 'value' | 'pair', size: number): void {
    const address = this.room(size);
    this.word(address);
    this.answers.push(what === 'pair' ? { what, address, size: 8 } : { what, address, size });
  }

  /** A pointer to room for a socket address or an option value, to be followed by {@link lengthPointer}. */
  roomWithLength(what: 'address' | 'value', size: number): void {
    const address = this.room(size);
    this.word(address);
    this.answers.push(what === 'address' ? { what, address, size, lengthAddress: 0 } : { what, address, size });
  }

  /** A pointer to an int that says how long the room before it is. */
  lengthPointer(length: number): void {
    const address = this.bytes([length & 0xff, (length >>> 8) & 0xff, (length >>> 16) & 0xff, (length >>> 24) & 0xff]);
    const last = this.answers[this.answers.length - 1];
    if (last && (last.what === 'address' || last.what === 'value')) {
      this.answers[this.answers.length - 1] = { ...last, lengthAddress: address };
    }
    this.answers.push({ what: 'length', address, size: 4 });
  }

  plan(): PlannedCall {
    return { words: this.words, buffers: this.buffers, answers: this.answers };
  }

  private room(size: number): number {
    const address = size > BUFFER_LIMIT ? undefined : this.user.allocate(size);
    if (address === undefined) {
      this.failed = true;
      return 0;
    }
    this.buffers.push(address);
    return address;
  }
}

/** Reads what the kernel wrote; `result` limits data to what the call said it transferred. */
export function readAnswer(memory: Memory, answers: readonly AnswerPlace[], result: number): CallAnswer {
  const answer: { -readonly [key in keyof CallAnswer]: CallAnswer[key] } = {};
  for (const place of answers) {
    const length = 'lengthAddress' in place && place.lengthAddress ? memory.i32(place.lengthAddress) : place.size;
    const size = Math.max(0, Math.min(place.size, length));
    switch (place.what) {
      case 'data':
        answer.data = memory.read(place.address, Math.max(0, Math.min(place.size, result)));
        break;
      case 'value':
        answer.value = memory.read(place.address, size);
        break;
      case 'address':
        answer.address = memory.read(place.address, size);
        break;
      case 'length':
        answer.length = memory.i32(place.address);
        break;
      case 'pair':
        answer.pair = [memory.i32(place.address), memory.i32(place.address + 4)];
        break;
    }
  }
  return answer;
}

export function releaseBuffers(user: UserMemory, buffers: readonly number[]): void {
  buffers.forEach((address) => user.release(address));
}

/** Parts of a `struct sockaddr_in` (family in host order, the rest in network order). */
export function readSocketAddress(bytes: Uint8Array): {
  readonly family: number;
  readonly port: number;
  readonly ip: number;
} {
  return { family: (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8), port: readShort(bytes, 2), ip: readLong(bytes, 4) };
}
