/**
 * The machine as services see it.
 *
 * In: the machine's parts and the few actions of its that services may cause. Out: a {@link ServiceHost}: memory, debug
 * information, tasks, the journal, the shadow. Nothing here has state of its own.
 */
import { assert } from '../base/assert';
import { alignUp } from '../base/bytes';
import type { DebugInfo } from '../abi/debug-info';
import { FRAME_RETURN, SHADOW_SHIFT, type MemoryMap } from '../abi/memory-map';
import { walkFrames, type MachineFrame } from './frames';
import { ServiceMemory } from './guarded-memory';
import type { Journal } from './journal';
import type { Happening } from './journal-entry';
import type { Interception } from './machine-types';
import type { Memory } from './memory';
import type { PlainData, ServiceHost, TaskId } from './service';
import { type StackPlace } from './service';
import { statementPlace } from './statement-places';
import type { Symbols } from './symbols';
import type { Task, TaskTable } from './tasks';

/** What a machine lends to its services. */
export interface HostParts {
  readonly memory: Memory;
  readonly debug: DebugInfo;
  readonly map: MemoryMap;
  readonly symbols: Symbols;
  readonly tasks: TaskTable;
  readonly events: Journal;
  /** Statements charged so far. */
  clock(): number;
  /** Whether all frames lie in memory. */
  hasStack(): boolean;
  currentTask(): TaskId;
  touched(bytes: number): void;
  switchTo(id: TaskId): void;
  push(task: Task, functionId: number, args: readonly number[], tag: PlainData): void;
  /** Takes the frame of the service off that a task sleeps in. */
  popService(task: Task): void;
  intercept(interception: Interception): void;
  record(happening: Happening): void;
  watchSlab(on: boolean): void;
  /** The heap is in use up to this address. */
  heapTouched(end: number): void;
}

/** The door through which services act on a machine. */
export function serviceHost(parts: HostParts): ServiceHost {
  const { memory, debug, map, symbols, tasks } = parts;
  const task = (id: TaskId): Task => {
    const found = tasks.get(id);
    assert(found, `no task ${id}`);
    return found;
  };
  return {
    memory: new ServiceMemory(memory, map),
    books: memory,
    debug,
    map,
    heap: { start: map.heapStart, end: map.heapEnd },
    get clock() {
      return parts.clock();
    },
    get currentTask() {
      return parts.currentTask();
    },
    set currentTask(id: TaskId) {
      parts.switchTo(id);
    },
    touched: (bytes) => parts.touched(bytes),
    globalAddress: (name) => symbols.globalAddress(name),
    fieldOffset: (structName, path) => symbols.fieldOffset(structName, path),
    structSize: (structName) => symbols.structSize(structName),
    functionId: (name) => symbols.functionId(name),
    functionPointer: (id) => symbols.functionPointer(id),
    functionAt: (pointer) => symbols.functionAt(pointer),
    hasTaskRoom: () => tasks.hasRoom(),
    createTask: () => {
      const created = tasks.create();
      assert(created, 'all task stacks are taken');
      return created.id;
    },
    destroyTask: (id) => tasks.destroy(id),
    pushCall: (id, functionId, args, tag) => parts.push(task(id), functionId, args, tag),
    unblock: (id, value) => {
      const blocked = task(id);
      assert(blocked.blocked, 'only a blocked task can be unblocked');
      memory.setU32(blocked.top + FRAME_RETURN, value >>> 0);
      parts.popService(blocked);
    },
    isBlocked: (id) => task(id).blocked,
    isIdle: (id) => task(id).top === 0,
    interceptCall: (functionId, nth, value) => parts.intercept({ functionId, left: Math.max(1, nth), value }),
    frames: () => framesNow(parts),
    stack: () => placed(framesNow(parts), debug),
    journal: (happening) => parts.record(happening),
    isHeard: () => parts.events.isHeard,
    watchSlab: (on) => parts.watchSlab(on),
    setShadow: (address, size, state) => {
      memory.fill(map.shadowStart + (address >> SHADOW_SHIFT), alignUp(size, 1 << SHADOW_SHIFT) >> SHADOW_SHIFT, state);
      if (address >= map.heapStart && address < map.heapEnd) {
        parts.heapTouched(address + size);
      }
    },
  };
}

/** Frames of it that are told: more calls than any packet or wake-up goes through. */
const TOLD_FRAMES = 64;

/** Of the task that runs; none while they are elsewhere. */
function framesNow(parts: HostParts): Iterable<MachineFrame> {
  const task = parts.hasStack() ? parts.tasks.get(parts.currentTask()) : undefined;
  return task ? walkFrames(task, parts.memory, parts.debug, TOLD_FRAMES) : [];
}

function* placed(frames: Iterable<MachineFrame>, debug: DebugInfo): Generator<StackPlace> {
  for (const { fp, functionId, statement: id, bottomOf } of frames) {
    const place = statementPlace(debug, id);
    if (place) {
      yield { fp, functionId, isPushed: bottomOf !== undefined, ...place };
    }
  }
}
