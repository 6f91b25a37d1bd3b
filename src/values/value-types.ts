/**
 * Questions about the types of a compiled program: how a type is spelled, where a field lies.
 *
 * In: `DebugInfo`. Out: plain answers; nothing here reads memory. Field paths are dotted and look through anonymous
 * members, as C's own member access does.
 */
import type { DebugField, DebugInfo, DebugType, TypeId } from '../abi/debug-info';
import { itemAt } from '../base/checked-access';

export type RecordDebugType = Extract<DebugType, { kind: 'record' }>;

/** A field found by path, with its offset from the start of the outermost record. */
export interface FoundField {
  readonly field: DebugField;
  readonly offset: number;
}

/**
 * The type of an id; a record that is only declared where the id comes from is the one defined elsewhere in the program.
 */
export function typeOf(debug: DebugInfo, id: TypeId): DebugType {
  return itemAt(debug.types, completeId(debug, id));
}

/** The id of a record's definition for the id of its declaration; any other id as it is. */
export function completeId(debug: DebugInfo, id: TypeId): TypeId {
  const type = debug.types[id];
  const declared = type?.kind === 'record' && !type.complete && type.name !== '';
  return declared ? (definitions(debug).get(`${type.tag} ${type.name}`) ?? id) : id;
}

/** Derived from immutable debug information, so remembering it is no state. */
const definitionsOf = new WeakMap<DebugInfo['types'], ReadonlyMap<string, TypeId>>();

function definitions(debug: DebugInfo): ReadonlyMap<string, TypeId> {
  let found = definitionsOf.get(debug.types);
  if (!found) {
    found = new Map(
      debug.types.flatMap((type, id) =>
        type.kind === 'record' && type.complete && type.name !== '' ? [[`${type.tag} ${type.name}`, id] as const] : [],
      ),
    );
    definitionsOf.set(debug.types, found);
  }
  return found;
}

/**
 * The same program with types behind its own, which are the beginning of `types`; more may follow. What its names mean
 * does not change.
 */
export function withMoreTypes(debug: DebugInfo, types: readonly DebugType[]): DebugInfo {
  definitionsOf.set(types, definitions(debug));
  return { ...debug, types };
}

/** The complete record behind a type id, if it is one. */
export function recordOf(debug: DebugInfo, id: TypeId): RecordDebugType | undefined {
  const type = debug.types[completeId(debug, id)];
  return type?.kind === 'record' && type.complete ? type : undefined;
}

/** The type id of `struct name`, when the program has it complete. */
export function structId(debug: DebugInfo, name: string): TypeId | undefined {
  const id = debug.typeNames[`struct ${name}`];
  return id !== undefined && recordOf(debug, id) ? completeId(debug, id) : undefined;
}

/** Finds `a.b.c` in a record; undefined when this program's record has no such field. */
export function findField(debug: DebugInfo, record: TypeId, path: string): FoundField | undefined {
  let ofProgram = foundFields.get(debug);
  if (!ofProgram) {
    ofProgram = new Map();
    foundFields.set(debug, ofProgram);
  }
  let ofRecord = ofProgram.get(record);
  if (!ofRecord) {
    ofRecord = new Map();
    ofProgram.set(record, ofRecord);
  }
  let found = ofRecord.get(path);
  if (found === undefined) {
    found = walkTo(debug, record, path) ?? null;
    if (ofRecord.size < MOST_PATHS) {
      ofRecord.set(path, found);
    }
  }
  return found ?? undefined;
}

/** What has been found, and what is not there: a picture asks for the same fields at every stop. */
const foundFields = new WeakMap<DebugInfo, Map<TypeId, Map<string, FoundField | null>>>();
/** Paths of a record that are remembered: users ask for any that come to their minds. */
const MOST_PATHS = 2000;

function walkTo(debug: DebugInfo, record: TypeId, path: string): FoundField | undefined {
  let type: TypeId | undefined = record;
  let offset = 0;
  let found: DebugField | undefined;
  for (const name of path.split('.')) {
    const step: FoundField | undefined = type === undefined ? undefined : findMember(debug, type, name);
    if (!step) {
      return undefined;
    }
    offset += step.offset;
    found = step.field;
    type = step.field.type;
  }
  return found && { field: found, offset };
}

function findMember(debug: DebugInfo, record: TypeId, name: string): FoundField | undefined {
  const type = recordOf(debug, record);
  for (const field of type?.fields ?? []) {
    if (field.name === name) {
      return { field, offset: field.offset };
    }
    if (field.name === '') {
      const inner = findMember(debug, field.type, name);
      if (inner) {
        return { field: inner.field, offset: field.offset + inner.offset };
      }
    }
  }
  return undefined;
}

/** A type in C's declarator syntax around `inner` (empty for a type name): `int (*)(struct sock *)`. */
export function spellType(debug: DebugInfo, id: TypeId, inner = ''): string {
  const type = debug.types[id];
  switch (type?.kind) {
    case undefined:
      return '?';
    case 'void':
      return join('void', inner);
    case 'integer':
    case 'floating':
      return join(type.name, inner);
    case 'enum':
      return join(type.name === '' ? 'enum {…}' : `enum ${type.name}`, inner);
    case 'record':
      return join(type.name === '' ? `${type.tag} {…}` : `${type.tag} ${type.name}`, inner);
    case 'pointer': {
      const target = debug.types[type.to]?.kind;
      const star = `*${inner}`;
      return spellType(debug, type.to, target === 'array' || target === 'function' ? `(${star})` : star);
    }
    case 'array':
      return spellType(debug, type.of, `${inner}[${type.length < 0 ? '' : type.length}]`);
    case 'function': {
      const parameters = type.parameters.map((parameter) => spellType(debug, parameter));
      const list = [...parameters, ...(type.variadic ? ['...'] : [])].join(', ');
      return spellType(debug, type.returns, `${inner}(${list === '' ? 'void' : list})`);
    }
  }
}

function join(base: string, inner: string): string {
  return inner === '' ? base : `${base} ${inner}`;
}

/** Members of the kernel's unions that this program's sockets use; any other union is shown by its first member. */
const USED_MEMBERS = new Set(['af_inet', 'af_tcp', 'socket_i']);

/**
 * The fields of a record worth showing: all of a struct's, one of a union's, because its other members are the same
 * bytes.
 */
export function shownFields(record: RecordDebugType): readonly DebugField[] {
  if (record.tag !== 'union') {
    return record.fields;
  }
  const used = record.fields.find((field) => USED_MEMBERS.has(field.name)) ?? record.fields[0];
  return used ? [used] : [];
}

/** A member seen from the nearest record with a tag. */
export interface TaggedMember {
  readonly record: string;
  readonly path: string;
}

/** The member at a path of a record, by the nearest record with a tag on the way: `sock` or one inside it. */
export function memberAt(debug: DebugInfo, record: TypeId, path: string): TaggedMember | undefined {
  const names = path.split('.');
  for (let from = names.length - 1; from >= 0; from--) {
    const outer = from === 0 ? record : findField(debug, record, names.slice(0, from).join('.'))?.field.type;
    const tag = outer === undefined ? undefined : recordOf(debug, outer)?.name;
    if (tag) {
      return { record: tag, path: names.slice(from).join('.') };
    }
  }
  return undefined;
}
