/**
 * Numbers C types for debug information: the same type from several translation units gets one id, recognised by its
 * spelling and layout, so that `struct sock` is one type however many files declare it.
 *
 * In: C types; for a program that is compiled already, its types, which keep their ids. Out: debug types by id, those
 * that were not known behind the others. The types of the program itself are only read.
 */
import type { CType, Damage, Field, RecordType } from '../semantic/ctype';
import type { DebugDamage, DebugField, DebugType, FileId, TypeId } from '../abi/debug-info';
import { startOf, type Span } from '../source/source-file';
import { sizeOf } from './scalar';

export class DebugTypes {
  readonly types: DebugType[];
  private readonly byObject = new WeakMap<CType, TypeId>();
  private keys: Map<string, TypeId> | undefined;

  /** `fileId` is undefined for what is no file of the program. */
  constructor(
    private readonly fileId: (path: string) => FileId | undefined,
    private readonly known: readonly DebugType[] = [],
  ) {
    this.types = [...known];
  }

  /** A C type stands for a known id. */
  bind(type: CType, id: TypeId): void {
    if (!this.byObject.has(type)) {
      this.byObject.set(type, id);
    }
  }

  /** Ids by key. Known records have none: their C types are made from them, and bound. */
  private get byKey(): Map<string, TypeId> {
    if (!this.keys) {
      this.keys = new Map();
      for (const [id, type] of this.known.entries()) {
        const key = type.kind === 'record' ? undefined : JSON.stringify(type);
        if (key !== undefined && !this.keys.has(key)) {
          this.keys.set(key, id);
        }
      }
    }
    return this.keys;
  }

  idOf(type: CType): TypeId {
    const known = this.byObject.get(type);
    if (known !== undefined) {
      return known;
    }
    if (type.kind === 'record') {
      return this.record(type);
    }
    const described = this.describe(type);
    return this.intern(type, JSON.stringify(described), () => described);
  }

  private intern(type: CType, key: string, make: () => DebugType): TypeId {
    let id = this.byKey.get(key);
    if (id === undefined) {
      id = this.types.push(make()) - 1;
      this.byKey.set(key, id);
    }
    this.byObject.set(type, id);
    return id;
  }

  private describe(type: Exclude<CType, RecordType>): DebugType {
    switch (type.kind) {
      case 'void':
        return { kind: 'void', size: 0 };
      case 'integer':
        return { kind: 'integer', name: type.name, size: type.size, signed: type.signed };
      case 'floating':
        return { kind: 'floating', name: type.name, size: type.size };
      case 'pointer':
        return { kind: 'pointer', size: 4, to: this.idOf(type.to) };
      case 'array':
        return { kind: 'array', size: sizeOf(type), of: this.idOf(type.of), length: type.length ?? -1 };
      case 'enum':
        return {
          kind: 'enum',
          name: type.name ?? '',
          size: type.underlying.size,
          signed: type.underlying.signed,
          enumerators: type.enumerators.map(({ name, value }) => ({ name, value: Number(value) })),
        };
      case 'function':
        return {
          kind: 'function',
          size: 0,
          returns: this.idOf(type.returns),
          parameters: type.parameters.map((parameter) => this.idOf(parameter)),
          variadic: type.variadic,
        };
    }
  }

  /** Records can contain pointers to themselves: the id exists before the fields are described. */
  private record(type: RecordType): TypeId {
    const key = recordKey(type);
    const existing = this.byKey.get(key);
    if (existing !== undefined) {
      this.byObject.set(type, existing);
      return existing;
    }
    // An incomplete declaration stands for the complete one when another unit has it under the same tag.
    const head = {
      kind: 'record',
      tag: type.tag,
      name: type.name ?? '',
      size: type.complete ? type.size : 0,
      align: type.align,
      complete: type.complete,
    } as const;
    const id = this.types.push({ ...head, fields: [] }) - 1;
    this.byKey.set(key, id);
    this.byObject.set(type, id);
    const place = this.place(type.span);
    const damage = type.damage ? { damage: this.damage(type.damage) } : {};
    const fields = type.complete ? type.fields.map((field) => this.field(field)) : [];
    this.types[id] = { ...head, ...place, ...damage, fields };
    return id;
  }

  private damage({ member = '', record, path, line }: Damage): DebugDamage {
    return { member, record, file: this.fileId(path) ?? -1, line };
  }

  private place(span: Span | undefined): { file?: FileId; line?: number } {
    const file = span && this.fileId(span.file.path);
    return file === undefined || !span ? {} : { file, line: startOf(span).line };
  }

  private field(field: Field): DebugField {
    const place = this.place(field.span);
    const bits = field.bitSize !== undefined ? { bitOffset: field.bitOffset ?? 0, bitSize: field.bitSize } : {};
    return {
      name: field.name ?? '',
      type: this.idOf(field.type),
      spelling: field.spelling,
      offset: field.offset,
      ...bits,
      ...place,
    };
  }
}

function recordKey(type: RecordType): string {
  if (!type.complete) {
    return `incomplete ${type.tag} ${type.name ?? ''}`;
  }
  const fields = type.fields.map(
    (field) => `${field.name ?? ''}:${field.spelling}@${field.offset}.${field.bitOffset ?? ''}.${field.bitSize ?? ''}`,
  );
  return `${type.damage ? 'damaged ' : ''}${type.tag} ${type.name ?? ''} ${type.size} {${fields.join(';')}} ${type.name ? '' : placeKey(type)}`;
}

/** Untagged records with the same members are still different types when they stand in different places. */
function placeKey(type: RecordType): string {
  return type.span ? `${type.span.file.path}:${type.span.start}` : '';
}
