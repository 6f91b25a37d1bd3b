/**
 * Where a name is defined. In: the name, the struct it is a member of (if any), the compiled program, its macro. Out: a
 * place.
 */
import type { MemberBase } from './member-base';
import type { ProgramFacts } from './program-facts';
import type { Definition, MacroFacts } from './query-types';

export function definitionOf(
  name: string,
  base: MemberBase | undefined,
  facts: ProgramFacts | undefined,
  macro: MacroFacts | undefined,
  path: string,
): Definition | undefined {
  const member = base?.record && facts?.field(base.record, name)?.field;
  if (member?.file !== undefined && member.line) {
    return place(facts?.pathOf(member.file), member.line, 1, 'field');
  }
  if (macro?.path && macro.line) {
    return { path: macro.path, line: macro.line, column: 1, what: 'macro' };
  }
  const found = facts?.function(name);
  if (found && found.line > 0) {
    return place(facts?.pathOf(found.file), found.line, found.column, 'function');
  }
  const global = facts?.global(name, path);
  if (global) {
    return place(facts?.pathOf(global.file), global.line, 1, 'variable');
  }
  const record = facts?.record(name);
  return record?.file !== undefined && record.line
    ? place(facts?.pathOf(record.file), record.line, 1, 'type')
    : undefined;
}

function place(
  path: string | undefined,
  line: number,
  column: number,
  what: Definition['what'],
): Definition | undefined {
  return path === undefined ? undefined : { path, line, column, what };
}
