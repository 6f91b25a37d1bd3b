/**
 * Names a fault: from the check that failed, the address, and what the shadow memory says about it.
 */
import { formatAddress } from '../base/bytes';
import type { DebugInfo, ResumePoint } from '../abi/debug-info';
import {
  NULL_LIMIT,
  POISON_FREE,
  SHADOW_FREED,
  SHADOW_SHIFT,
  SHADOW_USER,
  TEXT_BASE,
  TEXT_STEP,
  type MemoryMap,
} from '../abi/memory-map';
import type { Fault } from './fault';
import type { Memory } from './memory';

/** No task can run, and nothing will change that. */
export const deadlock: Fault = {
  kind: 'deadlock',
  message: 'every process sleeps and nothing is left that could wake one',
};

const FREE_WORD = POISON_FREE * 0x01010101;
/** Members of an object reached through a poisoned pointer lie within this many bytes of the pattern. */
const NEAR = 0x10000;

/** Whether an address is, or lies near, the pattern that freed memory is filled with. */
function isPoisonAddress(address: number): boolean {
  return Math.abs((address >>> 0) - FREE_WORD) < NEAR;
}

export function describeFault(
  point: ResumePoint,
  rawAddress: number,
  memory: Memory,
  map: MemoryMap,
  debug: DebugInfo,
): Fault {
  const address = rawAddress >>> 0;
  const { expression } = point;
  const what = expression ? `'${expression}'` : 'this statement';
  switch (point.check) {
    case 'division':
      return { kind: 'division-by-zero', message: `${what} divides by zero, or its quotient does not fit`, expression };
    case 'function-pointer':
      return {
        kind: isPoisonAddress(address) ? 'use-after-free' : 'bad-function-pointer',
        message:
          address === 0
            ? `${what} calls a null function pointer`
            : `${what} calls through ${formatAddress(address)}, which is no function`,
        address,
        expression,
      };
    case 'bounds':
      return outOfBounds(rawAddress, Number(point.message), what, expression);
    case 'stack':
      return stackDamaged(expression);
    case 'trap':
      return { kind: 'trap', message: point.message ?? `${what} cannot be executed`, expression };
    default:
      return memoryFault(address, expression, what, memory, map, debug);
  }
}

/** What was written over a frame is found when the function would return, or when its frame is gone on with. */
export function stackDamaged(expression?: string): Fault {
  return {
    kind: 'stack-damaged',
    message: 'the stack is damaged: something wrote over the frame of a function that has not returned',
    ...(expression === undefined ? {} : { expression }),
  };
}

export function stackOverflow(name: string | undefined): Fault {
  return { kind: 'stack-overflow', message: `the stack is used up in ${name ?? 'a function'}` };
}

/** What the host's engine threw in compiled code. Anything that it did not throw there is thrown on. */
export function engineFault(error: unknown): Fault {
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return { kind: 'stack-overflow', message: 'calls are nested more deeply than the simulator can follow' };
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return {
      kind: 'stack-damaged',
      message: `the stack is damaged: running code met what cannot be (${error.message})`,
    };
  }
  throw error;
}

function outOfBounds(index: number, length: number, what: string, expression: string | undefined): Fault {
  return {
    kind: 'out-of-bounds',
    message: `${what} is outside of its array: the index is ${index | 0}, and there are ${length} elements`,
    expression,
  };
}

function memoryFault(
  address: number,
  expression: string | undefined,
  what: string,
  memory: Memory,
  map: MemoryMap,
  debug: DebugInfo,
): Fault {
  const at = formatAddress(address);
  if (address < NULL_LIMIT) {
    return {
      kind: 'null-dereference',
      message: `${what} reads or writes through a null pointer (address ${at})`,
      address,
      expression,
    };
  }
  if (isPoisonAddress(address)) {
    return {
      kind: 'use-after-free',
      message: `${what} follows a pointer that was read from freed memory (address ${at})`,
      address,
      expression,
    };
  }
  if (address < map.shadowStart) {
    const state = memory.bytes[map.shadowStart + (address >> SHADOW_SHIFT)];
    if (state === SHADOW_FREED) {
      return {
        kind: 'use-after-free',
        message: `${what} reads or writes an object that was freed (address ${at})`,
        address,
        expression,
      };
    }
    if (state === SHADOW_USER) {
      return {
        kind: 'user-dereference',
        message: `${what} reads or writes user memory directly (address ${at}); the kernel must use copy_from_user or copy_to_user`,
        address,
        expression,
      };
    }
  }
  const name = debug.functions[Math.floor((address - TEXT_BASE) / TEXT_STEP)]?.name;
  const hint = name !== undefined && address >= TEXT_BASE ? `, the code of ${name}` : '';
  return {
    kind: 'wild-dereference',
    message: `${what} reads or writes at ${at}${hint}, where nothing was allocated`,
    address,
    expression,
  };
}

/** A call of a function that is neither compiled nor a service. */
export function missingFunction(name: string): Fault {
  return {
    kind: 'missing-function',
    message: `${name} is called, but it is defined nowhere: neither C nor a service of that name exists`,
  };
}

/** A service was handed a function pointer that is none. */
export function noFunction(service: string, address: number): Fault {
  return { kind: 'bad-function-pointer', message: `${service} calls through a pointer that is no function`, address };
}
