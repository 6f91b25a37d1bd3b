/**
 * A small in-memory machine for tests of services: memory with shadow, a few structs and globals, tasks that are only
 * numbers.
 */
import type { DebugField, DebugInfo, DebugType } from '../../src/abi/debug-info';
import { SHADOW_SHIFT, SHADOW_UNALLOCATED, SHADOW_VALID, type MemoryMap } from '../../src/abi/memory-map';
import { Memory } from '../../src/machine/memory';
import type { Happening } from '../../src/machine/journal-entry';
import type {
  PlainData,
  Service,
  ServiceCall,
  ServiceHost,
  ServiceModule,
  ServiceResult,
  StackFrame,
  StackPlace,
} from '../../src/machine/service';

const MAP: MemoryMap = {
  dataStart: 0x1000,
  dataEnd: 0x2000,
  heapStart: 0x2000,
  heapEnd: 0x20000,
  userStart: 0x20000,
  userEnd: 0x30000,
  stacksStart: 0x30000,
  stacksEnd: 0x38000,
  shadowStart: 0x38000,
  flagsStart: 0x3c000,
  flagsEnd: 0x3d000,
  slabStart: 0x3d000,
  slabEnd: 0x3f000,
  pages: 4,
};

/** Fields as name and size, laid out one after the other. */
export type StructShape = { readonly [field: string]: number };

export class FakeHost implements ServiceHost {
  readonly memory = new Memory(new ArrayBuffer(0x40000));
  readonly books = this.memory;
  readonly map = MAP;
  readonly heap = { start: MAP.heapStart, end: MAP.heapEnd };
  isHeard = (): boolean => true;
  readonly debug: DebugInfo;
  readonly entries: Happening[] = [];
  readonly blocked = new Set<number>();
  /** Tasks in the middle of C. */
  readonly busy = new Set<number>();
  readonly pushed: { task: number; functionId: number; args: readonly number[]; tag: PlainData }[] = [];
  clock = 0;
  touched(): void {}
  stack(): readonly StackPlace[] {
    return [];
  }
  frames(): readonly StackFrame[] {
    return [];
  }
  currentTask = 0;
  private nextTask = 1;

  constructor(
    structs: { readonly [name: string]: StructShape } = {},
    private readonly globals: { readonly [name: string]: number } = {},
    private readonly functions: readonly string[] = [],
  ) {
    const types: DebugType[] = [{ kind: 'void', size: 0 }];
    const typeNames: { [name: string]: number } = {};
    for (const [name, shape] of Object.entries(structs)) {
      let offset = 0;
      const fields: DebugField[] = [];
      for (const [field, size] of Object.entries(shape)) {
        types.push({ kind: 'integer', name: 'int', size, signed: false });
        fields.push({ name: field, type: types.length - 1, spelling: 'int', offset });
        offset += size;
      }
      types.push({ kind: 'record', tag: 'struct', name, size: offset, align: 4, complete: true, fields });
      typeNames[`struct ${name}`] = types.length - 1;
    }
    this.debug = { files: [], types, functions: [], statements: [], globals: [], typeNames, constants: {} };
    this.setShadow(0, MAP.stacksEnd, SHADOW_VALID);
    this.setShadow(MAP.heapStart, MAP.heapEnd - MAP.heapStart, SHADOW_UNALLOCATED);
  }

  globalAddress(name: string): number | undefined {
    return this.globals[name];
  }

  fieldOffset(): number | undefined {
    return undefined;
  }

  structSize(): number | undefined {
    return undefined;
  }

  functionId(name: string): number | undefined {
    const id = this.functions.indexOf(name);
    return id < 0 ? undefined : id;
  }

  functionPointer(id: number): number {
    return 0xc0100000 + 16 * id;
  }

  functionAt(pointer: number): number | undefined {
    const id = (pointer - 0xc0100000) / 16;
    return Number.isInteger(id) && id >= 0 && id < this.functions.length ? id : undefined;
  }

  hasTaskRoom(): boolean {
    return true;
  }

  createTask(): number {
    return this.nextTask++;
  }

  destroyTask(task: number): void {
    this.blocked.delete(task);
  }

  pushCall(task: number, functionId: number, args: readonly number[], tag: PlainData): void {
    this.pushed.push({ task, functionId, args, tag });
  }

  unblock(task: number): void {
    this.blocked.delete(task);
  }

  isBlocked(task: number): boolean {
    return this.blocked.has(task);
  }

  isIdle(task: number): boolean {
    return !this.blocked.has(task) && !this.busy.has(task);
  }

  journal(happening: Happening): void {
    this.entries.push(happening);
  }

  watchSlab(): void {
    // Everything goes through the services here.
  }

  setShadow(address: number, size: number, state: number): void {
    this.memory.fill(MAP.shadowStart + (address >> SHADOW_SHIFT), (size + 15) >> SHADOW_SHIFT, state);
  }
}

/** Calls a service of a module with argument words; bytes and texts are put at `at` first. */
export function callService(host: FakeHost, module: ServiceModule, name: string, ...words: number[]): ServiceResult {
  const service = module.services.find((candidate) => candidate.name === name) as Service;
  return service.call(serviceCall(host, words));
}

export function serviceCall(host: FakeHost, words: readonly number[]): ServiceCall {
  return {
    host,
    memory: host.memory,
    task: host.currentTask,
    arg: (index) => (words[index] ?? 0) >>> 0,
    int: (index) => (words[index] ?? 0) | 0,
    argAddress: () => 0,
    caller: undefined,
  };
}

/** Puts a zero-terminated text into the data region; answers its address. */
export function putText(host: FakeHost, text: string, address = 0x1100): number {
  host.memory.write(
    address,
    Uint8Array.from(`${text}\0`, (letter) => letter.charCodeAt(0)),
  );
  return address;
}

/** Kind of fault of a result, or undefined. */
export function faultOf(result: ServiceResult): string | undefined {
  return typeof result === 'object' && result.kind === 'fault' ? result.fault.kind : undefined;
}
