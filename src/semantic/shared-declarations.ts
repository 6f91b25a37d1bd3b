/**
 * Declarations of headers, resolved once for many translation units.
 *
 * In: a declaration at file scope (the parser gives units that share a header the same objects) and the file scope of a
 * unit. Out: the types it declares, as resolved in an earlier unit when every name that was looked up then means the
 * same now.
 *
 * Each entry holds what the resolution read from the file scope and what it declared there. It is used again when all
 * reads give the same entities; its declarations are then repeated. Struct tags of headers stand for one record in all
 * units, whichever mentions them first, so that the order of includes does not matter; a unit that defines such a tag
 * otherwise notices (`UnitState.conflict`) and is checked without sharing. Objects and functions are never shared: each
 * unit declares its own.
 */
import type { RecordType } from './ctype';
import type { Entity, Recording, Scope, Tag } from './scope';
import { TypeTable } from './types';

interface Entry {
  readonly recording: Recording;
  readonly result: unknown;
}

/** Resolutions kept for one declaration, for units whose names differ. */
const maximumVariants = 4;

export class SharedDeclarations {
  /** Derived types of all units that share. */
  readonly types = new TypeTable();
  /** Names the compiler declares before the first line. */
  readonly predeclared = new Map<string, Entity>();
  private readonly entries = new WeakMap<object, Entry[]>();
  private readonly records = new Map<string, RecordType>();

  /** The record that `struct tag` or `union tag` of a header stands for in every unit. */
  sharedRecord(key: string): RecordType | undefined {
    return this.records.get(key);
  }

  shareRecord(key: string, record: RecordType): void {
    this.records.set(key, record);
  }

  /** The result of an earlier resolution of `item` that holds in this scope, with its effects repeated. */
  recall<T>(item: object, scope: Scope, completed: Set<Tag>): { readonly result: T } | undefined {
    const entry = this.entries.get(item)?.find(({ recording }) => holds(recording, scope, this.records));
    if (!entry) {
      return undefined;
    }
    repeat(entry.recording, scope, completed);
    return { result: entry.result as T };
  }

  /** Keeps a resolution that went without a diagnostic. */
  keep(item: object, recording: Recording, result: unknown): void {
    const variants = this.entries.get(item) ?? [];
    this.entries.set(item, [{ recording, result }, ...variants.slice(0, maximumVariants - 1)]);
  }
}

function holds(recording: Recording, scope: Scope, shared: ReadonlyMap<string, RecordType>): boolean {
  for (const [name, found] of recording.names) {
    if (scope.names.get(name) !== found) {
      return false;
    }
  }
  for (const [name, found] of recording.tags) {
    const now = scope.tags.get(name);
    if (now !== found && !sameShared(now ?? found, found ?? declaredBy(recording, name), shared)) {
      return false;
    }
  }
  return true;
}

/** A tag that was not declared yet then or is not now, but stands for the same shared record either way. */
function sameShared(a: Tag | undefined, b: Tag | undefined, shared: ReadonlyMap<string, RecordType>): boolean {
  return a !== undefined && a === b && a.kind === 'record' && shared.get(`${a.tag} ${a.name}`) === a;
}

function declaredBy(recording: Recording, name: string): Tag | undefined {
  return recording.declaredTags.find(([declared]) => declared === name)?.[1];
}

function repeat(recording: Recording, scope: Scope, completed: Set<Tag>): void {
  for (const [name, found] of recording.tags) {
    if (found && !scope.tags.has(name)) {
      scope.declareTag(name, found);
    }
  }
  for (const [name, tag] of recording.declaredTags) {
    scope.declareTag(name, tag);
  }
  for (const [name, entity] of recording.declaredNames satisfies readonly [string, Entity][]) {
    scope.declare(name, entity);
  }
  for (const tag of recording.completed) {
    completed.add(tag);
  }
}
