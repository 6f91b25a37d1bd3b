/** Turns catalogue entries into notes to show. In: an entry. Out: a {@link Note} with a heading in both languages. */
import type { Entry } from '../catalog/entry';
import type { Bilingual } from '../base/bilingual';
import type { Note } from './query-types';

export function noteOf(entry: Entry, confidence = 1): Note {
  return {
    id: entry.id,
    title: entry.title ?? titleOf(entry),
    text: entry.text,
    source: entry.source,
    see: entry.see,
    confidence,
  };
}

function titleOf({ kind, name, family }: Entry): Bilingual {
  const plain = { en: name, zh: name };
  if (kind === 'field') {
    return { en: `${name} (field)`, zh: `${name}（成员）` };
  }
  return family ? { en: `${name} (${family})`, zh: name } : plain;
}
