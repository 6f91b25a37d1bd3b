/**
 * Look-ups by name in the debug information: globals, struct fields, functions. Services find every kernel struct
 * through these, so that they work on any tree whose structs have the fields they need.
 */
import type { DebugInfo, DebugType, TypeId } from '../abi/debug-info';
import { TEXT_BASE, TEXT_STEP } from '../abi/memory-map';

export class Symbols {
  private readonly globals = new Map<string, number>();
  private readonly functions = new Map<string, number>();
  private readonly records = new Map<string, Extract<DebugType, { kind: 'record' }> | undefined>();
  private readonly offsets = new Map<string, number | undefined>();

  constructor(readonly debug: DebugInfo) {
    for (const global of debug.globals) {
      if (global.function === undefined && (global.linkage === 'external' || !this.globals.has(global.name))) {
        this.globals.set(global.name, global.address);
      }
    }
    debug.functions.forEach((fn, id) => {
      if (fn.linkage === 'external' || !this.functions.has(fn.name)) {
        this.functions.set(fn.name, id);
      }
    });
  }

  globalAddress(name: string): number | undefined {
    return this.globals.get(name);
  }

  functionId(name: string): number | undefined {
    return this.functions.get(name);
  }

  functionPointer(id: number): number {
    return TEXT_BASE + id * TEXT_STEP;
  }

  functionAt(pointer: number): number | undefined {
    const distance = (pointer >>> 0) - TEXT_BASE;
    const id = distance / TEXT_STEP;
    return distance >= 0 && Number.isInteger(id) && id < this.debug.functions.length ? id : undefined;
  }

  private recordOf(structName: string): Extract<DebugType, { kind: 'record' }> | undefined {
    let record = this.records.get(structName);
    if (!record && !this.records.has(structName)) {
      record = this.findRecord(structName);
      this.records.set(structName, record);
    }
    return record;
  }

  private findRecord(structName: string): Extract<DebugType, { kind: 'record' }> | undefined {
    const id =
      this.debug.typeNames[`struct ${structName}`] ??
      this.debug.typeNames[`union ${structName}`] ??
      this.debug.typeNames[structName];
    const type = id === undefined ? undefined : this.debug.types[id];
    return type?.kind === 'record' ? type : undefined;
  }

  structSize(structName: string): number | undefined {
    return this.recordOf(structName)?.size;
  }

  /** Offset of a dotted member path; anonymous members are looked through. */
  fieldOffset(structName: string, path: string): number | undefined {
    const key = `${structName}.${path}`;
    if (!this.offsets.has(key)) {
      this.offsets.set(key, this.findOffset(structName, path));
    }
    return this.offsets.get(key);
  }

  private findOffset(structName: string, path: string): number | undefined {
    let type: DebugType | undefined = this.recordOf(structName);
    let offset = 0;
    for (const name of path.split('.')) {
      if (type?.kind !== 'record') {
        return undefined;
      }
      const found = this.findField(type, name);
      if (!found) {
        return undefined;
      }
      offset += found.offset;
      type = this.debug.types[found.type];
    }
    return offset;
  }

  private findField(
    type: Extract<DebugType, { kind: 'record' }>,
    name: string,
  ): { offset: number; type: TypeId } | undefined {
    for (const field of type.fields) {
      if (field.name === name) {
        return field;
      }
      const inner = this.debug.types[field.type];
      if (field.name === '' && inner?.kind === 'record') {
        const found = this.findField(inner, name);
        if (found) {
          return { offset: field.offset + found.offset, type: found.type };
        }
      }
    }
    return undefined;
  }
}
