/**
 * What a path of members means that a person writes without a place: `sock.protinfo.af_inet.ttl` from a struct,
 * `tcp_prot.accept` from a variable of the program, `sk->state` from what variables of that name mostly are. In: the
 * words, the compiled program. Out: the last member's struct, and where in memory it lies when a variable has it.
 */
import type { DebugGlobal, TypeId } from '../abi/debug-info';
import type { FieldFacts, ProgramFacts, RecordType } from './program-facts';

export interface PathEnd {
  readonly record: RecordType;
  /** The member's name. */
  readonly name: string;
  /** Under which the catalogue knows the struct. */
  readonly key: string;
  /** The member of a variable of the program. */
  readonly address?: number;
}

interface Start {
  readonly record: RecordType;
  readonly key: string;
  readonly address?: number;
}

/** Undefined when the words are no path, or one of its members does not exist. */
export function pathEnd(words: string, facts: ProgramFacts): PathEnd | undefined {
  const steps = words.replace(/\[\w*\]/g, '').split(/\s*(?:\.|->)\s*/);
  const [first = '', ...path] = steps;
  const name = path.pop();
  if (name === undefined || steps.some((step) => !/^[A-Za-z_]\w*$/.test(step))) {
    return undefined;
  }
  for (const start of startsOf(first, /^\w+\s*->/.test(words), facts)) {
    const end = follow(start, path, name, facts);
    if (end) {
      return end;
    }
  }
  return undefined;
}

/** What the first name may be, the likeliest first: behind it stands a dot or an arrow. */
function startsOf(name: string, isPointer: boolean, facts: ProgramFacts): Start[] {
  const record = facts.record(name);
  const tag: Start[] = record ? [{ record, key: record.name || name }] : [];
  const global = facts.global(name);
  const own = global ? startOf(global.type, facts, name) : undefined;
  const variable: Start[] =
    own && global ? [isPlace(global, own.record, facts) ? { ...own, address: global.address } : own] : [];
  const usual = startOf(usualType(name, facts), facts, name);
  const local: Start[] = usual ? [usual] : [];
  return isPointer ? [...local, ...variable, ...tag] : [...tag, ...variable, ...local];
}

function isPlace({ type }: DebugGlobal, record: RecordType, facts: ProgramFacts): boolean {
  return facts.type(type) === record;
}

function startOf(type: TypeId | undefined, facts: ProgramFacts, name: string): Start | undefined {
  const record = facts.recordBehind(type);
  return record && { record, key: record.name || name };
}

/** The struct that most variables of a name are or point to. */
function usualType(name: string, facts: ProgramFacts): TypeId | undefined {
  const counts = new Map<TypeId, number>();
  for (const { variables } of facts.debug.functions) {
    for (const each of variables) {
      if (each.name === name && facts.recordBehind(each.type)) {
        counts.set(each.type, (counts.get(each.type) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function follow(start: Start, path: readonly string[], name: string, facts: ProgramFacts): PathEnd | undefined {
  let { record, key, address } = start;
  for (const step of path) {
    const found = facts.field(record, step);
    const next = found && facts.recordBehind(found.field.type);
    if (!found || !next) {
      return undefined;
    }
    address = address !== undefined && facts.type(found.field.type) === next ? address + found.offset : undefined;
    key = next.name || `${key}.${step}`;
    record = next;
  }
  const last: FieldFacts | undefined = facts.field(record, name);
  return last && { record, name, key, ...(address !== undefined && { address: address + last.offset }) };
}
