/**
 * Names a fault: from the check that failed, the address, and what the shadow memory says about it.
 */
import { sentence, wordsOf, type Told } from '../sentences/sentence';
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
  message: sentence('every-process-sleeps-and-nothing-is-left-that-could'),
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
  { memory, map, debug }: { readonly memory: Memory; readonly map: MemoryMap; readonly debug: DebugInfo },
): Fault {
  const address = rawAddress >>> 0;
  const { expression } = point;
  const what = expression ? `'${expression}'` : sentence('this-statement');
  switch (point.check) {
    case 'division':
      return {
        kind: 'division-by-zero',
        message: sentence('what-divides-by-zero-or-its-quotient-does-not-fit', { what }),
        expression,
      };
    case 'function-pointer':
      return {
        kind: isPoisonAddress(address) ? 'use-after-free' : 'bad-function-pointer',
        message:
          address === 0
            ? sentence('what-calls-a-null-function-pointer', { what })
            : sentence('what-calls-through-address-which-is-no-function', { what, address: formatAddress(address) }),
        address,
        expression,
      };
    case 'bounds':
      return outOfBounds(rawAddress, Number(point.message), what, expression);
    case 'stack':
      return stackDamaged(expression);
    case 'unwritten':
      return { kind: 'uninitialised-read', message: wordsOf(point.message) ?? sentence('this-statement') };
    case 'trap':
      return {
        kind: 'trap',
        message: wordsOf(point.message) ?? sentence('what-cannot-be-executed', { what }),
        expression,
      };
    default:
      return memoryFault(address, expression, what, memory, map, debug);
  }
}

/** What was written over a frame is found when the function would return, or when its frame is gone on with. */
export function stackDamaged(expression?: string): Fault {
  return {
    kind: 'stack-damaged',
    message: sentence('the-stack-is-damaged-something-wrote-over-the-frame'),
    ...(expression === undefined ? {} : { expression }),
  };
}

export function stackOverflow(name: string | undefined): Fault {
  return { kind: 'stack-overflow', message: sentence('the-stack-is-used-up-in-name', { name: name ?? 'a function' }) };
}

/** What the host's engine threw in compiled code. Anything that it did not throw there is thrown on. */
export function engineFault(error: unknown): Fault {
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return { kind: 'stack-overflow', message: sentence('calls-are-nested-more-deeply-than-the-simulator-can') };
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return {
      kind: 'stack-damaged',
      message: sentence('the-stack-is-damaged-running-code-met-what-cannot-be', { message: error.message }),
    };
  }
  throw error;
}

function outOfBounds(index: number, length: number, what: Told, expression: string | undefined): Fault {
  return {
    kind: 'out-of-bounds',
    message: sentence('what-is-outside-of-its-array-the-index-is-index-and', { what, index: index | 0, length }),
    expression,
  };
}

function memoryFault(
  address: number,
  expression: string | undefined,
  what: Told,
  memory: Memory,
  map: MemoryMap,
  debug: DebugInfo,
): Fault {
  const at = formatAddress(address);
  if (address < NULL_LIMIT) {
    return {
      kind: 'null-dereference',
      message: sentence('what-reads-or-writes-through-a-null-pointer-address', { what, at }),
      address,
      expression,
    };
  }
  if (isPoisonAddress(address)) {
    return {
      kind: 'use-after-free',
      message: sentence('what-follows-a-pointer-that-was-read-from-freed', { what, at }),
      address,
      expression,
    };
  }
  if (address < map.shadowStart) {
    const state = memory.bytes[map.shadowStart + (address >> SHADOW_SHIFT)];
    if (state === SHADOW_FREED) {
      return {
        kind: 'use-after-free',
        message: sentence('what-reads-or-writes-an-object-that-was-freed', { what, at }),
        address,
        expression,
      };
    }
    if (state === SHADOW_USER) {
      return {
        kind: 'user-dereference',
        message: sentence('what-reads-or-writes-user-memory-directly-address-at', { what, at }),
        address,
        expression,
      };
    }
  }
  const name = debug.functions[Math.floor((address - TEXT_BASE) / TEXT_STEP)]?.name;
  return {
    kind: 'wild-dereference',
    message:
      name !== undefined && address >= TEXT_BASE
        ? sentence('access-to-the-code-of-a-function', { what, address: at, function: name })
        : sentence('access-where-nothing-was-allocated', { what, address: at }),
    address,
    expression,
  };
}

/** A call of a function that is neither compiled nor a service. */
export function missingFunction(name: string): Fault {
  return {
    kind: 'missing-function',
    message: sentence('function-is-defined-nowhere', { name }),
  };
}

/** A service was handed a function pointer that is none. */
export function noFunction(service: string, address: number): Fault {
  return { kind: 'bad-function-pointer', message: sentence('bad-service-callback', { name: service }), address };
}
