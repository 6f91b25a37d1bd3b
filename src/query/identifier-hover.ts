/**
 * Hover on an identifier that is no member: function, macro, variable, constant, type. In: its name and place. Out: what
 * the compiled program knows of it and what the catalogue says.
 */
import type { Catalog } from '../catalog/catalog';
import type { Bilingual } from '../base/bilingual';
import { noteOf } from './notes';
import { declare } from './field-hover';
import type { ProgramFacts, RecordType } from './program-facts';
import type { HoverPart, MacroFacts } from './query-types';
import { bytesText, functionKinds, same, words } from './words';

const longestExpansion = 600;
/** Members of a struct that are listed. */
const mostMembers = 40;

/** Parts about a function: signature, whether it runs from C, why not, where it is, and its note. */
export function functionParts(name: string, facts: ProgramFacts | undefined): HoverPart[] {
  const found = facts?.function(name);
  if (!found || !facts) {
    return [];
  }
  const path = facts.pathOf(found.file);
  const items: { label: Bilingual; value: Bilingual }[] = [{ label: words.runs, value: functionKinds[found.kind] }];
  if (found.reason) {
    items.push({ label: words.because, value: same(found.reason) });
  }
  if (path && found.line > 0) {
    items.push({
      label: found.kind === 'compiled' ? words.definedIn : words.declaredIn,
      value: same(`${path}:${found.line}`),
    });
  }
  return [
    { kind: 'code', text: signatureOf(name, facts) },
    { kind: 'facts', items },
  ];
}

/** `int inet_create(struct socket *sock, int protocol)`, as far as debug information tells. */
function signatureOf(name: string, facts: ProgramFacts): string {
  const found = facts.function(name);
  const type = found && facts.type(found.type);
  if (!found || type?.kind !== 'function') {
    return `${name}()`;
  }
  const parameters = type.parameters.map((id, index) => {
    const variable = found.variables.find((each) => each.parameter === index);
    return variable ? declare(variable.spelling, variable.name) : spellingOf(id, facts);
  });
  const list = [...parameters, ...(type.variadic ? ['...'] : [])].join(', ') || 'void';
  const returns = spellingOf(type.returns, facts);
  return `${found.linkage === 'internal' ? 'static ' : ''}${returns}${returns.endsWith('*') ? '' : ' '}${name}(${list})`;
}

/** A type as C would spell it. */
function spellingOf(id: number, facts: ProgramFacts, depth = 0): string {
  const type = facts.type(id);
  if (!type || depth > 6) {
    return '…';
  }
  switch (type.kind) {
    case 'void':
      return 'void';
    case 'integer':
    case 'floating':
      return type.name;
    case 'pointer': {
      const to = spellingOf(type.to, facts, depth + 1);
      return to.endsWith('*') ? `${to}*` : to.endsWith(')') ? to : `${to} *`;
    }
    case 'array':
      return `${spellingOf(type.of, facts, depth + 1)}[${type.length < 0 ? '' : type.length}]`;
    case 'record':
      return type.name ? `${type.tag} ${type.name}` : `${type.tag} {…}`;
    case 'enum':
      return type.name ? `enum ${type.name}` : 'enum {…}';
    case 'function':
      return `${spellingOf(type.returns, facts, depth + 1)} (*)(${type.parameters.map((each) => spellingOf(each, facts, depth + 1)).join(', ')})`;
  }
}

/** Parts about a macro: its definition, and where it stands. */
export function macroParts(macro: MacroFacts | undefined): HoverPart[] {
  if (!macro) {
    return [];
  }
  const replacement =
    macro.replacement.length > longestExpansion
      ? `${macro.replacement.slice(0, longestExpansion)} …`
      : macro.replacement;
  const parts: HoverPart[] = [
    { kind: 'code', text: `#define ${macro.name}${macro.parameters} ${replacement}`.trimEnd() },
  ];
  if (macro.path) {
    const value = same(macro.line ? `${macro.path}:${macro.line}` : macro.path);
    parts.push({ kind: 'facts', items: [{ label: words.definedIn, value }] });
  }
  return parts;
}

/** Parts about a variable, a constant or a type. */
export function symbolParts(name: string, path: string, offset: number, facts: ProgramFacts | undefined): HoverPart[] {
  if (!facts) {
    return [];
  }
  const local = facts.localAt(name, path, offset);
  if (local) {
    return [{ kind: 'code', text: `${declare(local.spelling, name)};` }];
  }
  const constant = facts.constant(name);
  if (constant !== undefined) {
    return [
      {
        kind: 'facts',
        items: [{ label: words.value, value: same(`${constant} (0x${(constant >>> 0).toString(16)})`) }],
      },
    ];
  }
  const global = facts.global(name, path);
  if (global) {
    const place = facts.pathOf(global.file);
    return [
      { kind: 'code', text: `${global.linkage === 'internal' ? 'static ' : ''}${declare(global.spelling, name)};` },
      {
        kind: 'facts',
        items: [
          { label: words.size, value: bytesText(global.size) },
          ...(place ? [{ label: words.definedIn, value: same(`${place}:${global.line}`) }] : []),
        ],
      },
    ];
  }
  const record = facts.record(name);
  if (record?.complete) {
    const place = record.file === undefined ? undefined : facts.pathOf(record.file);
    return [
      { kind: 'code', text: layoutOf(record, record.name || name, facts) },
      {
        kind: 'facts',
        items: [
          { label: words.size, value: bytesText(record.size) },
          { label: words.members, value: same(String(record.fields.length)) },
          ...(place ? [{ label: words.definedIn, value: same(`${place}:${record.line ?? 1}`) }] : []),
        ],
      },
    ];
  }
  return [];
}

/** A struct with offset and size of each member; of a long one the beginning. */
function layoutOf(record: RecordType, name: string, facts: ProgramFacts): string {
  const rows = record.fields.slice(0, mostMembers).map((field) => {
    const size = field.bitSize === undefined ? String(facts.type(field.type)?.size ?? 0) : `:${field.bitSize}`;
    return `\t/* ${String(field.offset).padStart(4)} ${size.padStart(5)} */ ${declare(field.spelling, field.name, field.bitSize)};`;
  });
  const more = record.fields.length - rows.length;
  return [`${record.tag} ${name} {`, ...rows, ...(more > 0 ? [`\t/* … ${more} */`] : []), '};'].join('\n');
}

/** The catalogue's note on an identifier. */
export function identifierNote(name: string, catalog: Catalog): HoverPart[] {
  const entry = catalog.identifier(name);
  return entry ? [{ kind: 'note', note: noteOf(entry, 1, catalog) }] : [];
}

/** The note of a struct or union, when there is one. */
export function typeNote(name: string | undefined, catalog: Catalog): HoverPart[] {
  const entry = name === undefined ? undefined : catalog.about('type', name);
  return entry ? [{ kind: 'note', note: noteOf(entry, 1, catalog) }] : [];
}
