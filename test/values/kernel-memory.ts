/**
 * A small kernel memory for tests: debug information laid out from a compact description, and objects written by field
 * name.
 *
 * In: `structs({ name: { field: 'type', … } })`, where a type is `u8 u16 u32 i32 i64 char`, an enum or struct name,
 * `*type` for a pointer, `fn` for a function pointer, `type[n]`, `type:bits`, or a nested object for an untagged struct
 * (`union: {…}` for a union). Out: a `KernelMemory` with `debug`, `memory`, `map`, and methods that allocate, write and
 * free. Layout follows the i386.
 */
import { given, itemAt, valueAt } from '../../src/base/checked-access';
import type { DebugField, DebugFunction, DebugGlobal, DebugInfo, DebugType, TypeId } from '../../src/abi/debug-info';
import {
  POISON_ALLOC,
  POISON_FREE,
  SHADOW_FREED,
  SHADOW_GUARD,
  SHADOW_UNALLOCATED,
  SHADOW_USER,
  SHADOW_VALID,
  TEXT_BASE,
  TEXT_STEP,
  type MemoryMap,
} from '../../src/abi/memory-map';
import { Memory } from '../../src/machine/memory';
import type { LiveObject } from '../../src/values/value-model';
import type { ValueContext } from '../../src/values/value-context';
import { findField, typeOf } from '../../src/values/value-types';

export type Description = { readonly [field: string]: string | Description };

const MAP: MemoryMap = {
  dataStart: 0x1000,
  dataEnd: 0x4000,
  heapStart: 0x4000,
  heapEnd: 0x14000,
  userStart: 0x14000,
  userEnd: 0x16000,
  stacksStart: 0x16000,
  stacksEnd: 0x1e000,
  shadowStart: 0x1e000,
  flagsStart: 0x1fe00,
  flagsEnd: 0x20000,
  slabStart: 0x20000,
  slabEnd: 0x20000,
  pages: 2,
};
const INTEGERS: Readonly<Record<string, DebugType>> = {
  u8: { kind: 'integer', name: 'unsigned char', size: 1, signed: false },
  char: { kind: 'integer', name: 'char', size: 1, signed: true },
  u16: { kind: 'integer', name: 'unsigned short', size: 2, signed: false },
  i16: { kind: 'integer', name: 'short', size: 2, signed: true },
  u32: { kind: 'integer', name: 'unsigned int', size: 4, signed: false },
  i32: { kind: 'integer', name: 'int', size: 4, signed: true },
  i64: { kind: 'integer', name: 'long long', size: 8, signed: true },
  double: { kind: 'floating', name: 'double', size: 8 },
  void: { kind: 'void', size: 0 },
};
const SPELLINGS: Readonly<Record<string, string>> = {
  u8: 'unsigned char',
  u16: '__u16',
  u32: '__u32',
  i32: 'int',
  i16: 'short',
  i64: 'long long',
};

export class KernelMemory {
  readonly types: DebugType[] = [];
  readonly typeNames: Record<string, TypeId> = {};
  readonly functions: DebugFunction[] = [];
  readonly globals: DebugGlobal[] = [];
  readonly constants: Record<string, number> = {};
  readonly objects: LiveObject[] = [];
  readonly memory = new Memory(new ArrayBuffer(MAP.flagsEnd));
  readonly map = MAP;
  private readonly ids = new Map<string, TypeId>();
  private heapAt = MAP.heapStart;
  private dataAt = MAP.dataStart;
  private stackAt = MAP.stacksStart;

  constructor(
    structs: Readonly<Record<string, Description>>,
    enums: Readonly<Record<string, Readonly<Record<string, number>>>> = {},
  ) {
    this.shadow(0, MAP.stacksEnd, SHADOW_VALID);
    this.shadow(0, MAP.dataStart, SHADOW_GUARD);
    this.shadow(MAP.heapStart, MAP.heapEnd - MAP.heapStart, SHADOW_UNALLOCATED);
    this.shadow(MAP.userStart, MAP.userEnd - MAP.userStart, SHADOW_USER);
    for (const [name, members] of Object.entries(enums)) {
      const id =
        this.types.push({
          kind: 'enum',
          name: '',
          size: 4,
          signed: false,
          enumerators: Object.entries(members).map(([each, value]) => ({ name: each, value })),
        }) - 1;
      this.ids.set(name, id);
    }
    // Reserve the ids first: structs refer to each other.
    for (const name of Object.keys(structs)) {
      const id =
        this.types.push({ kind: 'record', tag: 'struct', name, size: 0, align: 1, complete: false, fields: [] }) - 1;
      this.ids.set(name, id);
      this.typeNames[`struct ${name}`] = id;
    }
    for (const [name, fields] of Object.entries(structs)) {
      this.types[valueAt(this.ids, name)] = this.layOut(name, 'struct', fields);
    }
  }

  get debug(): DebugInfo {
    return {
      files: ['test.c'],
      types: this.types,
      functions: this.functions,
      statements: [],
      globals: [...this.globals],
      typeNames: this.typeNames,
      constants: this.constants,
    };
  }

  get context(): ValueContext {
    return { debug: this.debug, memory: this.memory, map: this.map };
  }

  /** Id of a type by its description. */
  type(description: string | Description): TypeId {
    if (typeof description !== 'string') {
      return (
        this.types.push(
          this.layOut(
            '',
            'union' in description ? 'union' : 'struct',
            'union' in description ? (description.union as Description) : description,
          ),
        ) - 1
      );
    }
    const known = this.ids.get(description);
    if (known !== undefined) {
      return known;
    }
    const id = this.types.push(this.simpleType(description)) - 1;
    this.ids.set(description, id);
    return id;
  }

  private simpleType(description: string): DebugType {
    const array = /^(.*)\[(\d+)\]$/.exec(description);
    if (array) {
      const of = this.type(itemAt(array, 1));
      return { kind: 'array', size: itemAt(this.types, of).size * Number(array[2]), of, length: Number(array[2]) };
    }
    if (description === 'fn') {
      const to =
        this.types.push({ kind: 'function', size: 0, returns: this.type('i32'), parameters: [], variadic: false }) - 1;
      return { kind: 'pointer', size: 4, to };
    }
    if (description.startsWith('*')) {
      return { kind: 'pointer', size: 4, to: this.type(description.slice(1)) };
    }
    const integer = INTEGERS[description];
    if (!integer) {
      throw new Error(`no type ${description}`);
    }
    return integer;
  }

  private layOut(name: string, tag: 'struct' | 'union', description: Description): DebugType {
    const fields: DebugField[] = [];
    let offset = 0;
    let align = 1;
    let bit = 0;
    for (const [field, described] of Object.entries(description)) {
      const bits = typeof described === 'string' ? /^(.*):(\d+)$/.exec(described) : null;
      const type = this.type(bits ? itemAt(bits, 1) : described);
      const { size } = itemAt(this.types, type);
      const alignment = this.alignment(type);
      align = Math.max(align, alignment);
      if (bits) {
        const width = Number(bits[2]);
        fields.push({
          name: field,
          type,
          spelling: this.spell(itemAt(bits, 1)),
          offset,
          bitOffset: bit,
          bitSize: width,
        });
        bit += width;
        continue;
      }
      if (bit > 0) {
        offset += Math.ceil(bit / 8);
        bit = 0;
      }
      const at = tag === 'union' ? 0 : (offset + alignment - 1) & -alignment;
      fields.push({
        name: field.startsWith('_anonymous') ? '' : field,
        type,
        spelling: this.spell(described),
        offset: at,
      });
      offset = tag === 'union' ? Math.max(offset, size) : at + size;
    }
    const end = offset + Math.ceil(bit / 8);
    return { kind: 'record', tag, name, size: (end + align - 1) & -align, align, complete: true, fields };
  }

  private alignment(id: TypeId): number {
    const type = itemAt(this.types, id);
    return type.kind === 'record'
      ? type.align
      : type.kind === 'array'
        ? this.alignment(type.of)
        : Math.min(Math.max(type.size, 1), 4);
  }

  private spell(described: string | Description): string {
    if (typeof described !== 'string') {
      return 'union' in described ? 'union {…}' : 'struct {…}';
    }
    const [, stars, base, array] = /^(\**)([^[]*)(\[\d+\])?$/.exec(described)!;
    const spelled =
      base === 'fn'
        ? 'int (*)(void)'
        : (SPELLINGS[given(base, 'base')] ??
          (`struct ${base}` in this.typeNames ? `struct ${base}` : given(base, 'base')));
    return `${spelled}${stars ? ` ${stars}` : ''}${array ? ` ${array}` : ''}`;
  }

  /** A function; gives its pointer value. */
  function(name: string, kind: DebugFunction['kind'] = 'compiled'): number {
    const known = this.functions.findIndex((each) => each.name === name);
    if (known >= 0) {
      return TEXT_BASE + TEXT_STEP * known;
    }
    const id =
      this.functions.push({
        name,
        kind,
        type: this.type('fn'),
        file: 0,
        line: 1,
        column: 1,
        endLine: 9,
        start: 0,
        end: 999,
        linkage: 'external',
        firstStatement: 0,
        statementCount: 0,
        variables: [],
        frameSize: 0,
        unused: [],
        labels: [],
        resumePoints: [],
      }) - 1;
    return TEXT_BASE + TEXT_STEP * id;
  }

  /** A global of a type; gives its address. */
  global(name: string, type: string): number {
    const id = this.type(type);
    const { size } = itemAt(this.types, id);
    const address = this.dataAt;
    this.dataAt += (size + 15) & -16;
    this.globals.push({
      name,
      type: id,
      spelling: this.spell(type),
      address,
      size,
      linkage: 'external',
      file: 0,
      line: 1,
    });
    return address;
  }

  /** A slab object filled as the slab fills fresh ones, or with zeros. */
  allocate(struct: string, cache = struct, fill = 0): number {
    const size = (itemAt(this.types, this.type(struct)).size + 15) & -16;
    const address = this.heapAt;
    this.heapAt += size;
    this.memory.fill(address, size, fill);
    this.shadow(address, size, SHADOW_VALID);
    this.objects.push({ address, size, cache });
    return address;
  }

  allocatePoisoned(struct: string): number {
    return this.allocate(struct, struct, POISON_ALLOC);
  }

  free(address: number): void {
    const at = this.objects.findIndex((each) => each.address === address);
    const [object] = this.objects.splice(at, 1);
    this.memory.fill(address, given(object, 'object').size, POISON_FREE);
    this.shadow(address, given(object, 'object').size, SHADOW_FREED);
  }

  /** Bytes on a stack for a struct. */
  onStack(struct: string): number {
    const address = this.stackAt;
    this.stackAt += (itemAt(this.types, this.type(struct)).size + 15) & -16;
    return address;
  }

  /** Writes fields by path: numbers, or text for char arrays. */
  write(struct: string, address: number, values: Readonly<Record<string, number | string>>): void {
    for (const [path, value] of Object.entries(values)) {
      const found = findField(this.debug, this.type(struct), path);
      if (!found) {
        throw new Error(`no field ${struct}.${path}`);
      }
      const at = address + found.offset;
      const type = typeOf(this.debug, found.field.type);
      if (typeof value === 'string') {
        this.memory.write(at, new TextEncoder().encode(`${value}\0`));
      } else if (found.field.bitSize !== undefined) {
        const mask = (2 ** found.field.bitSize - 1) << given(found.field.bitOffset, 'bit offset');
        this.memory.setU32(at, (this.memory.u32(at) & ~mask) | (value << given(found.field.bitOffset, 'bit offset')));
      } else if (type.size === 1) {
        this.memory.setU8(at, value);
      } else if (type.size === 2) {
        this.memory.setU16(at, value);
      } else {
        this.memory.setU32(at, value >>> 0);
      }
    }
  }

  /** Address of a field. */
  at(struct: string, address: number, path: string): number {
    return address + findField(this.debug, this.type(struct), path)!.offset;
  }

  /** The same program at this moment: a copy that later writes do not change. */
  snapshot(): ValueContext {
    return { debug: this.debug, memory: new Memory(this.memory.bytes.slice().buffer), map: this.map };
  }

  private shadow(address: number, size: number, state: number): void {
    this.memory.fill(MAP.shadowStart + (address >>> 4), size >>> 4, state);
  }
}
