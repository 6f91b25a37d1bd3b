/**
 * Hover on a struct member. In: the record it belongs to (from debug information, when there is some) and the catalogue.
 * Out: its declaration, offset and size as the compiler laid it out, and what it means.
 */
import type { Catalog } from '../catalog/catalog';
import type { Entry } from '../catalog/entry';
import type { MemberBase } from './member-base';
import { noteOf } from './notes';
import type { ProgramFacts } from './program-facts';
import type { HoverPart } from './query-types';
import { bytesText, offsetText, same, words } from './words';

/** Parts of the hover on member `name` of `base`; empty when nothing is known of it. */
export function fieldParts(
  name: string,
  base: MemberBase,
  catalog: Catalog,
  facts: ProgramFacts | undefined,
): HoverPart[] {
  const parts: HoverPart[] = [];
  const { record } = base;
  const found = record && facts?.field(record, name);
  if (record && found && facts) {
    const { field, offset, size } = found;
    const bit = field.bitSize === undefined ? undefined : { offset: field.bitOffset ?? 0, size: field.bitSize };
    const owner = record.name ? `${record.tag} ${record.name}` : (base.key ?? record.tag);
    parts.push({ kind: 'code', text: `${declare(field.spelling, name, bit?.size)};  /* ${owner} */` });
    const place = field.file === undefined ? undefined : facts.pathOf(field.file);
    parts.push({
      kind: 'facts',
      items: [
        { label: words.offset, value: offsetText(offset, bit) },
        { label: words.size, value: bytesText(size) },
        ...(place ? [{ label: words.declaredIn, value: same(field.line ? `${place}:${field.line}` : place) }] : []),
      ],
    });
  }
  for (const entry of entriesOf(name, base, catalog)) {
    parts.push({ kind: 'note', note: noteOf(entry, 1, catalog) });
  }
  return parts;
}

/**
 * The entry of this struct's member; without a known struct, those of all structs that have such a member (at most
 * three).
 */
function entriesOf(name: string, base: MemberBase, catalog: Catalog): readonly Entry[] {
  const own = base.key ? catalog.field(base.key, name) : undefined;
  if (own) {
    return [own];
  }
  return base.key ? [] : catalog.fieldsNamed(name).slice(0, 3);
}

/** `void (*)(struct sock *)` and `unsigned char [8]` take the name inside. */
export function declare(spelling: string, name: string, bits?: number): string {
  const width = bits === undefined ? '' : ` : ${bits}`;
  if (spelling.includes('(*)')) {
    return spelling.replace('(*)', `(*${name})`);
  }
  const array = spelling.indexOf('[');
  if (array > 0) {
    return `${spelling.slice(0, array).trimEnd()} ${name}${spelling.slice(array)}`;
  }
  return spelling.endsWith('*') ? `${spelling}${name}${width}` : `${spelling} ${name}${width}`;
}
