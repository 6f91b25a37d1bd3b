/**
 * Memory as services may touch it.
 *
 * In: addresses, most of which come from C. Out: the same as `Memory`, or a {@link ServiceFault} that says what is
 * wrong with the address. {@link GuardedMemory} is what a service sees of its caller's pointers: everything that is read
 * or written must be allocated, as for C itself. {@link ServiceMemory} may read all and write all that is the program's;
 * the words through which running code and the machine talk, the flags, the slab's books and the shadow are not.
 */
import { sentence } from '../sentences/sentence';
import { formatAddress } from '../base/bytes';
import { NULL_LIMIT, SHADOW_FREED, SHADOW_SHIFT, SHADOW_USER, SHADOW_VALID, type MemoryMap } from '../abi/memory-map';
import type { Fault } from './fault';
import { Memory, MemoryRangeError } from './memory';

/** Thrown within a service: a fault of the C that called it. */
export class ServiceFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.kind);
  }
}

/**
 * What is wrong with `[address, address + size)`: undefined when all of it is allocated and, unless `user` memory will
 * do, the kernel's. `what` names the access in the message.
 */
export function rangeFault(
  memory: Memory,
  map: MemoryMap,
  address: number,
  size: number,
  what: string,
  user: boolean,
): Fault | undefined {
  if (size <= 0) {
    return undefined;
  }
  if (address < NULL_LIMIT) {
    return {
      kind: 'null-dereference',
      message: sentence('what-null-pointer-address', { what, address: formatAddress(address) }),
      address,
    };
  }
  if (address + size > map.shadowStart) {
    return {
      kind: 'wild-dereference',
      message: sentence('what-nothing-is-at-address', { what, address: formatAddress(address) }),
      address,
    };
  }
  const first = map.shadowStart + (address >>> SHADOW_SHIFT);
  const end = map.shadowStart + ((address + size - 1) >>> SHADOW_SHIFT) + 1;
  for (let at = first; ;) {
    const bad = memory.firstUnlike(at, end - at, SHADOW_VALID);
    if (bad === undefined) {
      return undefined;
    }
    const state = memory.u8(bad);
    if (!(user && state === SHADOW_USER)) {
      return shadowFault(Math.max(address, (bad - map.shadowStart) << SHADOW_SHIFT), state, what);
    }
    at = memory.firstUnlike(bad, end - bad, SHADOW_USER) ?? end;
    if (at === end) {
      return undefined;
    }
  }
}

function shadowFault(address: number, state: number, what: string): Fault {
  const at = formatAddress(address);
  if (state === SHADOW_FREED) {
    return { kind: 'use-after-free', message: sentence('what-the-object-at-at-has-been-freed', { what, at }), address };
  }
  if (state === SHADOW_USER) {
    return { kind: 'user-dereference', message: sentence('what-at-is-user-memory', { what, at }), address };
  }
  return { kind: 'wild-dereference', message: sentence('what-nothing-is-at-address', { what, address: at }), address };
}

/** What a service sees of the memory that its caller's pointers lead to. */
export class GuardedMemory extends Memory {
  /** Whose accesses they are: named in the fault. */
  what = '';

  constructor(
    private readonly all: Memory,
    private readonly map: MemoryMap,
  ) {
    super(all.bytes.buffer as ArrayBuffer, all.bytes.length);
  }

  protected override checkRead(address: number, size: number): void {
    if (size > 0) {
      const fault = rangeFault(this.all, this.map, address, size, this.what, true);
      if (fault) {
        throw new ServiceFault(fault);
      }
    }
  }

  protected override checkWrite(address: number, size: number): void {
    this.checkRead(address, size);
  }
}

/** What services and the environment may write by themselves. */
export class ServiceMemory extends Memory {
  constructor(
    all: Memory,
    private readonly map: MemoryMap,
  ) {
    super(all.bytes.buffer as ArrayBuffer, all.bytes.length);
  }

  protected override checkWrite(address: number, size: number): void {
    if (size > 0 && (address < NULL_LIMIT || address + size > this.map.stacksEnd)) {
      throw new MemoryRangeError(address, size);
    }
  }
}
