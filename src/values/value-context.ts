/**
 * What value display needs from a stopped machine, and what an address belongs to.
 *
 * In: debug information, bytes, memory map. Out: `placeOf` (is this address live, freed, user, nothing?) and `symbolAt`
 * (which function or global?). The shadow bytes of `src/abi/memory-map.ts` decide; without a map only the null page is
 * known to be bad.
 */
import type { DebugGlobal, DebugInfo } from '../abi/debug-info';
import {
  NULL_LIMIT,
  SHADOW_FREED,
  SHADOW_SHIFT,
  SHADOW_USER,
  SHADOW_VALID,
  TEXT_BASE,
  TEXT_STEP,
  type MemoryMap,
} from '../abi/memory-map';
import type { Told } from '../sentences/sentence';
import { itemAt } from '../base/checked-access';
import type { Memory } from '../machine/memory';
import type { ViewSet } from './structure-views';
import type { LiveObject, StackFrame } from './value-model';

/** The reading half of `Memory`; a copy of an earlier moment serves as well. */
export type ByteReader = Pick<Memory, 'contains' | 'u8' | 'u16' | 'u32' | 'u64' | 'read'>;

/** What one end of a TCP connection sends to the other: addresses and ports as they lie in memory, in network byte order. */
export interface Flow {
  readonly source: number;
  readonly sourcePort: number;
  readonly destination: number;
  readonly destinationPort: number;
}

/** The initial sequence number of a flow. */
export interface KnownStart {
  readonly sequence: number;
  /** The other end has answered it, or it is the answer: both ends go by it. */
  readonly isAnswered: boolean;
}

/** What was seen of the packets up to now. */
export type InitialSequence = (flow: Flow) => KnownStart | undefined;

export interface ValueContext {
  readonly debug: DebugInfo;
  readonly memory: ByteReader;
  readonly map?: MemoryMap;
  /** How structures are shown; as every kernel's when it is left out. */
  readonly views?: ViewSet | undefined;
  /** Initial sequence numbers, where packets are known. */
  readonly initialSequence?: InitialSequence | undefined;
}

/** Who has a sock, and what it is called. */
export interface SocketIdentity {
  readonly name: Told;
  /** The kernel made it for itself. */
  readonly isOwn: boolean;
  /** Name of the process that has a descriptor of it, or of its listener. */
  readonly process: string | undefined;
}

/** A stopped machine whose objects can be drawn and compared. */
export interface ObjectSource extends ValueContext {
  /** Objects the slab has handed out and not taken back, by address. */
  liveObjects?(): readonly LiveObject[];
  /** The socket that a sock at an address is; undefined when it is none. */
  socketAt?(address: number): SocketIdentity | undefined;
  /** The statement a frame stands at, as written. */
  statementText?(frame: StackFrame): string | undefined;
}

/** What kind of memory an address is in. */
export type AddressKind =
  'null' | 'data' | 'heap' | 'stack' | 'user' | 'freed' | 'unallocated' | 'function' | 'invalid';

/** Classifies an address of the machine. */
export function placeOf(context: ValueContext, address: number): AddressKind {
  if (address === 0) {
    return 'null';
  }
  if (address < NULL_LIMIT) {
    return 'invalid';
  }
  if (functionAt(context.debug, address) !== undefined) {
    return 'function';
  }
  if (!context.memory.contains(address, 1)) {
    return 'invalid';
  }
  const { map } = context;
  if (!map) {
    return 'heap';
  }
  if (address >= map.shadowStart) {
    return 'invalid';
  }
  const shadow = context.memory.u8(map.shadowStart + (address >>> SHADOW_SHIFT));
  switch (shadow) {
    case SHADOW_VALID:
      return address < map.dataEnd ? 'data' : address >= map.stacksStart ? 'stack' : 'heap';
    case SHADOW_FREED:
      return 'freed';
    case SHADOW_USER:
      return 'user';
    default:
      return address >= map.heapStart && address < map.heapEnd ? 'unallocated' : 'invalid';
  }
}

/** Whether `[address, address + size)` can be read and means something. */
export function isReadable(context: ValueContext, address: number, size: number): boolean {
  if (!context.memory.contains(address, Math.max(size, 1))) {
    return false;
  }
  const place = placeOf(context, address);
  return place !== 'null' && place !== 'invalid' && place !== 'function' && place !== 'unallocated';
}

/** How many of `size` bytes from an address on can be read and mean something. */
export function readableBytes(context: ValueContext, address: number, size: number): number {
  const end = address + size;
  for (let at = address; at < end; at = Math.min(((at >>> SHADOW_SHIFT) + 1) * (1 << SHADOW_SHIFT), end)) {
    if (!isReadable(context, at, 1)) {
      return at - address;
    }
  }
  return size;
}

/** Function id whose pointer value `value` is. */
function functionAt(debug: DebugInfo, value: number): number | undefined {
  const distance = value - TEXT_BASE;
  const id = distance / TEXT_STEP;
  return distance >= 0 && Number.isInteger(id) && id < debug.functions.length ? id : undefined;
}

/** `tcp_prot` or `tcp_prot+16` for an address inside a global, the name of a function. */
export function symbolAt(debug: DebugInfo, address: number): string | undefined {
  const id = functionAt(debug, address);
  if (id !== undefined) {
    return itemAt(debug.functions, id).name;
  }
  const global = globalAt(debug, address);
  if (!global) {
    return undefined;
  }
  return address === global.address ? global.name : `${global.name}+${address - global.address}`;
}

/** The global whose bytes contain `address`. */
export function globalAt(debug: DebugInfo, address: number): DebugGlobal | undefined {
  const sorted = sortedGlobals(debug);
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (itemAt(sorted, middle).address <= address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const candidate = sorted[low - 1];
  return candidate && address < candidate.address + Math.max(candidate.size, 1) ? candidate : undefined;
}

/** Derived from immutable debug information, so remembering it is no state. */
const globalsByAddress = new WeakMap<DebugInfo['globals'], readonly DebugGlobal[]>();

function sortedGlobals(debug: DebugInfo): readonly DebugGlobal[] {
  let sorted = globalsByAddress.get(debug.globals);
  if (!sorted) {
    sorted = [...debug.globals].sort((a, b) => a.address - b.address);
    globalsByAddress.set(debug.globals, sorted);
  }
  return sorted;
}

const globalsByName = new WeakMap<DebugInfo['globals'], ReadonlyMap<string, DebugGlobal>>();

/** The first global of a name. */
export function globalNamed({ globals }: DebugInfo, name: string): DebugGlobal | undefined {
  let named = globalsByName.get(globals);
  if (!named) {
    named = new Map([...globals].reverse().map((global) => [global.name, global]));
    globalsByName.set(globals, named);
  }
  return named.get(name);
}

/** Value of an integer global, when the program has it. */
export function globalWord(context: ValueContext, name: string): number | undefined {
  const global = sortedGlobals(context.debug).find((each) => each.name === name && each.size === 4);
  return global && context.memory.contains(global.address, 4) ? context.memory.u32(global.address) : undefined;
}
