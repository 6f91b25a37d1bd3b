/**
 * Turns catalogue entries into notes to show. In: an entry, and the catalogue that its references lead into. Out: a
 * {@link Note} with a heading in both languages.
 */
import type { Catalog } from '../catalog/catalog';
import type { Entry } from '../catalog/entry';
import type { Bilingual } from '../base/bilingual';
import type { Note } from './query-types';

export function noteOf(entry: Entry, confidence = 1, catalog?: Catalog): Note {
  const related = entry.see.flatMap((id) => {
    const other = catalog?.get(id);
    return other ? [{ id, title: headingOf(other) }] : [];
  });
  const moments = entry.claims.map(({ scenario, at }) => ({ scenario, at }));
  return {
    id: entry.id,
    title: headingOf(entry),
    text: entry.text,
    source: entry.source,
    see: entry.see,
    confidence,
    ...(related.length > 0 ? { related } : {}),
    ...(entry.picture === undefined ? {} : { picture: entry.picture }),
    ...(entry.code.length > 0 ? { code: entry.code } : {}),
    ...(moments.length > 0 ? { moments } : {}),
    ...(entry.partOf === undefined ? {} : { partOf: entry.partOf }),
  };
}

function headingOf(entry: Entry): Bilingual {
  return entry.title ?? titleOf(entry);
}

function titleOf({ kind, name, family }: Entry): Bilingual {
  const plain = { en: name, zh: name };
  if (kind === 'field') {
    return { en: `${name} (field)`, zh: `${name}（成员）` };
  }
  return family ? { en: `${name} (${family})`, zh: name } : plain;
}
