/**
 * What is known about the compiled program, looked up by name. In: `DebugInfo`. Out: functions, struct members with
 * offset and size, variables visible at a place, constants. Everything is optional: without a program, hovers still show
 * the notes.
 */
import type {
  DebugDamage,
  DebugField,
  DebugFunction,
  DebugGlobal,
  DebugInfo,
  DebugType,
  DebugVariable,
  TypeId,
} from '../abi/debug-info';

export type RecordType = Extract<DebugType, { readonly kind: 'record' }>;

/** A member of a struct, also one that lies in a nested struct or union without a tag. */
export interface FieldFacts {
  readonly record: RecordType;
  readonly field: DebugField;
  /** Bytes from the start of `record`, nested ones added up. */
  readonly offset: number;
  readonly size: number;
}

export class ProgramFacts {
  private readonly functions = new Map<string, DebugFunction>();
  private readonly globals = new Map<string, DebugGlobal[]>();

  constructor(readonly debug: DebugInfo) {
    for (const each of debug.functions) {
      const earlier = this.functions.get(each.name);
      if (!earlier || earlier.kind !== 'compiled') {
        this.functions.set(each.name, each);
      }
    }
    for (const each of debug.globals) {
      this.globals.set(each.name, [...(this.globals.get(each.name) ?? []), each]);
    }
  }

  type(id: TypeId): DebugType | undefined {
    return this.debug.types[id];
  }

  pathOf(file: number): string | undefined {
    return this.debug.files[file];
  }

  function(name: string): DebugFunction | undefined {
    return this.functions.get(name);
  }

  /** The function whose definition covers an offset of a file. */
  functionAt(path: string, offset: number): DebugFunction | undefined {
    return this.debug.functions.find(
      (each) =>
        each.kind === 'compiled' && each.start <= offset && offset < each.end && this.pathOf(each.file) === path,
    );
  }

  /** The local variable or parameter of this name in the function at an offset. */
  localAt(name: string, path: string, offset: number): DebugVariable | undefined {
    return this.functionAt(path, offset)?.variables.find((each) => each.name === name);
  }

  /** A global of this name, rather the one of `path` when several files have static ones. */
  global(name: string, path?: string): DebugGlobal | undefined {
    const all = this.globals.get(name) ?? [];
    return all.find((each) => this.pathOf(each.file) === path) ?? all[0];
  }

  /** Names of structs, unions and typedefs. */
  typeNames(): readonly string[] {
    return Object.keys(this.debug.typeNames).map((name) => name.replace(/^(?:struct|union|enum) /, ''));
  }

  /** Everything of the program that has a name, members aside. */
  names(): readonly string[] {
    return [
      ...this.functions.keys(),
      ...this.globals.keys(),
      ...Object.keys(this.debug.constants),
      ...this.typeNames(),
    ];
  }

  /** Names of functions that have C. */
  compiledNames(): readonly string[] {
    return this.debug.functions.filter(({ kind }) => kind === 'compiled').map(({ name }) => name);
  }

  constant(name: string): number | undefined {
    return Object.hasOwn(this.debug.constants, name) ? this.debug.constants[name] : undefined;
  }

  /** `struct` may be `sock`, `struct sock`, `union u` or a typedef. */
  record(name: string): RecordType | undefined {
    for (const key of [name, `struct ${name}`, `union ${name}`]) {
      const id = Object.hasOwn(this.debug.typeNames, key) ? this.debug.typeNames[key] : undefined;
      const type = id === undefined ? undefined : this.type(id);
      if (type?.kind === 'record') {
        return type;
      }
    }
    return undefined;
  }

  /** The type that a typedef or tag names, whatever it is. */
  named(name: string): DebugType | undefined {
    const id = Object.hasOwn(this.debug.typeNames, name) ? this.debug.typeNames[name] : undefined;
    return id === undefined ? undefined : this.type(id);
  }

  /** Why the layout of a type is not known: one of the records in it has a member that makes no sense. */
  damageOf(type: DebugType | undefined): DebugDamage | undefined {
    return type?.kind === 'array'
      ? this.damageOf(this.type(type.of))
      : type?.kind === 'record'
        ? type.damage
        : undefined;
  }

  /** The record that a type is, or points to, or is an array of. */
  recordBehind(id: TypeId | undefined): RecordType | undefined {
    for (let type = id === undefined ? undefined : this.type(id), depth = 0; type && depth < 8; depth++) {
      if (type.kind === 'record') {
        return type;
      }
      type = type.kind === 'pointer' ? this.type(type.to) : type.kind === 'array' ? this.type(type.of) : undefined;
    }
    return undefined;
  }

  /** A member by name, looked for in members without a name too. */
  field(record: RecordType, name: string): FieldFacts | undefined {
    for (const field of record.fields) {
      const type = this.type(field.type);
      if (field.name === name) {
        return { record, field, offset: field.offset, size: type?.size ?? 0 };
      }
      const inner = field.name === '' && type?.kind === 'record' ? this.field(type, name) : undefined;
      if (inner) {
        return { ...inner, offset: inner.offset + field.offset };
      }
    }
    return undefined;
  }

  /** The type of a variable of this name that is visible at an offset: a local first, then a global. */
  variableType(name: string, path: string, offset: number): TypeId | undefined {
    const visible = this.functionAt(path, offset)?.variables.filter(
      (each) => each.name === name && each.from <= offset && offset <= each.to,
    );
    return (
      visible?.[visible.length - 1]?.type ??
      this.functionAt(path, offset)?.variables.find((each) => each.name === name)?.type ??
      this.global(name, path)?.type
    );
  }
}
