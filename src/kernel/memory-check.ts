/**
 * What may be touched: the check that every service makes before it reads or writes memory on behalf of C.
 *
 * In: a range of addresses. Out: nothing when all of it may be accessed, else the fault that the first bad byte stands
 * for.
 */
import type { Words } from '../sentences/sentence';
import type { Fault, FaultKind } from '../machine/fault';
import { rangeFault } from '../machine/guarded-memory';
import type { ServiceHost, ServiceResult } from '../machine/service';

/** The result that stops the machine with a fault. */
export function faultResult(kind: FaultKind, message: Words, address?: number): ServiceResult & object {
  return { kind: 'fault', fault: { kind, message, address } };
}

/** Checks that kernel C may access `[address, address + size)`; `what` names the access in the fault's message. */
export function checkRange(host: ServiceHost, address: number, size: number, what: string): Fault | undefined {
  return rangeFault(host.memory, host.map, address, size, what, false);
}
