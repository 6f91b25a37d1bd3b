/**
 * Bytes of the machine that a person may write: those that C could write too.
 *
 * In: memory with its map, a range. Out: how many bytes of it, from its beginning, are allocated; for the byte behind
 * them what is wrong with it.
 */
import { formatAddress } from '../base/bytes';
import { NULL_LIMIT, SHADOW_SHIFT, SHADOW_USER, SHADOW_VALID, type MemoryMap } from '../abi/memory-map';
import type { Memory } from '../machine/memory';
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';

/** How many of `size` bytes from `address` on can be written. */
export function writable(memory: Memory, map: MemoryMap, address: number, size: number): number {
  let at = address;
  while (at < address + size && isAllocated(memory, map, at)) {
    at = ((at >>> SHADOW_SHIFT) + 1) * (1 << SHADOW_SHIFT);
  }
  return Math.min(at, address + size) - address;
}

function isAllocated(memory: Memory, map: MemoryMap, address: number): boolean {
  if (address < NULL_LIMIT || address >= map.shadowStart) {
    return false;
  }
  const state = memory.u8(map.shadowStart + (address >>> SHADOW_SHIFT));
  return state === SHADOW_VALID || state === SHADOW_USER;
}

export function notWritable(address: number): Diagnostic {
  return {
    code: 'SS3004',
    severity: 'error',
    message: sentence('nothing-can-be-written-at-address', { address: formatAddress(address) }),
  };
}
