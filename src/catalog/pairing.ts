/**
 * Keeps the two languages of an entry together. Each text is stamped with the hash of the text it belongs to: the
 * entry's `pair: EN:ZH` holds, as eight hex digits each, the hash of the English and of the Chinese text when a person
 * last compared them. When one is edited, its hash moves on, and the other text is known to be stale.
 *
 * `stampPack` rewrites the `pair` lines of a pack's text in place; everything else (comments, order, wrapping) stays as
 * it is.
 */
import { sentence } from '../sentences/sentence';
import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { contentHash } from '../base/bytes';
import type { Diagnostic } from '../source/diagnostic';
import type { Entry, Staleness } from './entry';
import type { Bilingual } from '../base/bilingual';

/** Eight hex digits that stand for a text; the way it is wrapped and indented does not count. */
function textHash(text: string): string {
  return contentHash(text.replace(/\s+/g, ' ').trim()).slice(8);
}

/** The stamp of two texts that belong together. */
function pairStamp(text: Bilingual): string {
  return `${textHash(text.en)}:${textHash(text.zh)}`;
}

/** Whether the stamp of an entry still fits its texts, those of its parts included. */
export function stalenessOf(entry: Pick<Entry, 'text' | 'pair'> & { readonly parts?: Entry['parts'] }): Staleness {
  if (!entry.pair) {
    return 'unstamped';
  }
  const texts = [entry.text, ...(entry.parts ?? []).map(({ text }) => text)];
  const en = entry.pair.en !== textHash(texts.map((each) => each.en).join(' '));
  const zh = entry.pair.zh !== textHash(texts.map((each) => each.zh).join(' '));
  return en && zh ? 'both-changed' : en ? 'en-changed' : zh ? 'zh-changed' : 'fresh';
}

const told = {
  unstamped: 'entry-has-no-stamp',
  'en-changed': 'entry-has-a-newer-english-text',
  'zh-changed': 'entry-has-a-newer-chinese-text',
  'both-changed': 'entry-has-two-changed-texts',
} as const;

/** One SS6003 for each entry whose texts were not compared since they were changed. */
export function checkPairs(entries: Iterable<Entry>): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const entry of entries) {
    const state = stalenessOf(entry);
    if (state !== 'fresh') {
      diagnostics.push({
        code: 'SS6003',
        severity: state === 'unstamped' ? 'information' : 'warning',
        span: entry.place,
        message: sentence(told[state], { entry: entry.id }),
        remedy: sentence('compare-both-texts-then-run-sockscope-annotations'),
      });
    }
  }
  return diagnostics;
}

/** The text of a pack with every `pair` line set anew. Entries without both languages are left alone. */
export function stampPack(text: string): string {
  const entries = parseDocument(text).get('entries');
  if (!isSeq(entries)) {
    return text;
  }
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const entry of entries.items) {
    const edit = isMap(entry) ? stampEdit(entry, text) : undefined;
    if (edit) {
      edits.push(edit);
    }
  }
  let result = text;
  for (const edit of edits.reverse()) {
    result = result.slice(0, edit.from) + edit.text + result.slice(edit.to);
  }
  return result;
}

function stampEdit(entry: YAMLMap, text: string): { from: number; to: number; text: string } | undefined {
  const en = entry.get('en');
  const zh = entry.get('zh');
  if (typeof en !== 'string' || typeof zh !== 'string') {
    return undefined;
  }
  const parts = entry.get('parts');
  const maps = isSeq(parts) ? parts.items.filter((each) => isMap(each)) : [];
  const all = (key: string, first: string): string =>
    [first, ...maps.map((map) => String(map.get(key) ?? ''))].join(' ');
  const stamp = `"${pairStamp({ en: all('en', en), zh: all('zh', zh) })}"`;
  const old = entry.get('pair', true);
  if (isScalar(old) && old.range) {
    return { from: old.range[0], to: old.range[1], text: stamp };
  }
  const first = entry.items[0]?.key;
  if (!isScalar(first) || !first.range || entry.flow) {
    return undefined;
  }
  // After the last key, on a line of its own, in the column of the first.
  const at = first.range[0];
  const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
  const last = entry.range ? text.slice(0, entry.range[1]).trimEnd().length : at;
  return { from: last, to: last, text: `\n${' '.repeat(indent)}pair: ${stamp}` };
}
