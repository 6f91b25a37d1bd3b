/**
 * What may be touched: the check that every service makes before it reads or writes memory on behalf of C.
 *
 * In: a range of addresses. Out: nothing when all of it may be accessed, else the fault that the first bad byte stands
 * for. Algorithm: one look at the shadow byte of each 16-byte granule in the range (see `memory-map.ts`).
 */
import { formatAddress } from '../base/bytes';
import { NULL_LIMIT, SHADOW_FREED, SHADOW_SHIFT, SHADOW_USER, SHADOW_VALID } from '../ir/memory-map';
import type { Fault, FaultKind } from '../machine/fault';
import type { ServiceHost, ServiceResult } from '../machine/service';

/** The result that stops the machine with a fault. */
export function faultResult(kind: FaultKind, message: string, address?: number): ServiceResult & object {
  return { kind: 'fault', fault: { kind, message, address } };
}

/** Checks that kernel C may access `[address, address + size)`; `what` names the access in the fault's message. */
export function checkRange(host: ServiceHost, address: number, size: number, what: string): Fault | undefined {
  if (size <= 0) {
    return undefined;
  }
  if (address < NULL_LIMIT) {
    return { kind: 'null-dereference', message: `${what}: null pointer ${formatAddress(address)}`, address };
  }
  const end = address + size;
  const { map, memory } = host;
  if (end > map.shadowStart) {
    return { kind: 'wild-dereference', message: `${what}: nothing is at ${formatAddress(address)}`, address };
  }
  const first = address >>> SHADOW_SHIFT;
  const bad = memory.firstUnlike(map.shadowStart + first, ((end - 1) >>> SHADOW_SHIFT) - first + 1, SHADOW_VALID);
  return bad === undefined
    ? undefined
    : shadowFault(Math.max(address, (bad - map.shadowStart) << SHADOW_SHIFT), memory.u8(bad), what);
}

function shadowFault(address: number, state: number, what: string): Fault {
  const at = formatAddress(address);
  if (state === SHADOW_FREED) {
    return { kind: 'use-after-free', message: `${what}: the object at ${at} has been freed`, address };
  }
  if (state === SHADOW_USER) {
    return { kind: 'user-dereference', message: `${what}: ${at} is user memory`, address };
  }
  return { kind: 'wild-dereference', message: `${what}: nothing is at ${at}`, address };
}
