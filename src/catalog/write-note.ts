/**
 * Writing in packs: an anchor for a statement, a new entry at the end of a pack, another text for an entry, an entry
 * less. In: the outline of a function, the text of a pack. Out: an anchor that leads back to this statement and no other;
 * the edit of the pack's text, which leaves everything else of it as it stands. Undefined where the pack is no list of
 * entries that one could add to.
 */
import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { parseYaml } from './load-pack';
import type { AnchorPlace, Entry } from './entry';
import { resolveIn } from './resolve-anchor';
import type { FunctionOutline, OutlineStatement } from '../reading/outline';
import { SourceFile, type Span } from '../source/source-file';

export interface PackEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export type NoteLanguage = 'en' | 'zh';

/** How a statement is written in a pack so that it is found again; undefined where its text cannot tell it. */
export function anchorFor(
  text: string,
  outline: FunctionOutline,
  statement: OutlineStatement,
): AnchorPlace | undefined {
  const written = text.slice(statement.start, statement.end);
  const plain = /\/[*/]/.test(written) ? statement.normal : written.replace(/\s+/g, ' ').replace(/\s*;$/, '');
  const equals = outline.statements.filter(({ normal }) => normal === statement.normal);
  const { under } = statement;
  const nths = equals.map((_, index) => index + 1);
  const choices: AnchorPlace[] = [
    { texts: [plain] },
    ...(under === undefined ? [] : [{ texts: [plain], under }]),
    ...nths.map((nth) => ({ texts: [plain], nth })),
    ...(under === undefined ? [] : nths.map((nth) => ({ texts: [plain], under, nth }))),
  ];
  return choices.find((place) => leadsTo(place, outline) === statement);
}

function leadsTo(place: AnchorPlace, outline: FunctionOutline): OutlineStatement | undefined {
  const nowhere: Span = { file: new SourceFile('', ''), start: 0, end: 0 };
  const entry: Entry = {
    ...{ id: '', kind: 'statement', name: '', text: { en: '', zh: '' }, source: [], see: [], parts: [], claims: [] },
    ...{ code: [], optional: false, pack: '', place: nowhere },
    anchor: { functions: [outline.name], places: [place] },
  };
  return resolveIn(entry, outline, () => [])[0]?.statement;
}

/** An entry about a statement as it stands in a pack. */
function entryText(
  functionName: string,
  { texts, under, nth }: AnchorPlace,
  language: NoteLanguage,
  note: string,
): string {
  const text = JSON.stringify(texts[0] ?? '');
  const place =
    under === undefined && nth === undefined
      ? [`- statement: ${text}`]
      : [
          '- statement:',
          `    text: ${text}`,
          ...(under === undefined ? [] : [`    under: ${JSON.stringify(under)}`]),
          ...(nth === undefined ? [] : [`    nth: ${nth}`]),
        ];
  return [...place, `  in: ${functionName}`, `  ${language}: ${JSON.stringify(note)}`].join('\n');
}

/** A new note at the end of a pack; of an empty text a pack is made. */
export function addNote(
  pack: string,
  functionName: string,
  place: AnchorPlace,
  language: NoteLanguage,
  note: string,
): PackEdit | undefined {
  const entry = entryText(functionName, place, language, note);
  const indented = (column: number): string => entry.replace(/^/gm, ' '.repeat(column));
  if (pack.trim() === '') {
    return { from: 0, to: pack.length, text: `entries:\n${indented(2)}\n` };
  }
  const document = parseYaml(pack);
  const { contents } = document;
  // Comments alone.
  const isBare = isScalar(contents) ? contents.value === null : contents === null;
  if (document.errors.length > 0 || !(isBare || (isMap(contents) && !contents.flow))) {
    return undefined;
  }
  const list = isBare ? undefined : document.get('entries', true);
  if (!isSeq(list)) {
    const isEmpty = isScalar(list) && (list.value === null || list.value === '');
    return isEmpty && list.range
      ? { from: list.range[0], to: list.range[1], text: `\n${indented(2)}` }
      : list === undefined
        ? { from: pack.trimEnd().length, to: pack.length, text: `\nentries:\n${indented(2)}\n` }
        : undefined;
  }
  const last = list.items.at(-1);
  if (list.flow) {
    return list.items.length === 0 && list.range
      ? { from: list.range[0], to: list.range[1], text: `\n${indented(2)}` }
      : undefined;
  }
  const end = isMap(last) && last.range ? pack.slice(0, last.range[1]).trimEnd().length : undefined;
  const dash = list.range?.[0];
  if (end === undefined || dash === undefined) {
    return undefined;
  }
  return { from: end, to: end, text: `\n${indented(dash - (pack.lastIndexOf('\n', dash - 1) + 1))}` };
}

/** Another text for the entry that begins at an offset of its pack. */
export function changeNote(pack: string, start: number, language: NoteLanguage, note: string): PackEdit | undefined {
  const entry = entryAt(pack, start);
  const text = entry?.get(language, true);
  if (entry && isScalar(text) && text.range) {
    const [from, to] = text.range;
    const isBlock = pack[from] === '|' || pack[from] === '>';
    return { from, to, text: isBlock ? `${JSON.stringify(note)}\n` : JSON.stringify(note) };
  }
  const key = entry?.items[0]?.key;
  if (!entry || entry.flow || !isScalar(key) || !key.range || !entry.range) {
    return undefined;
  }
  const column = key.range[0] - (pack.lastIndexOf('\n', key.range[0] - 1) + 1);
  const end = pack.slice(0, entry.range[1]).trimEnd().length;
  return { from: end, to: end, text: `\n${' '.repeat(column)}${language}: ${JSON.stringify(note)}` };
}

/** The pack without the entry that begins at an offset. */
export function removeNote(pack: string, start: number): PackEdit | undefined {
  const entry = entryAt(pack, start);
  const list = parseYaml(pack).get('entries');
  if (!entry?.range || !isSeq(list) || list.flow || !list.range) {
    return undefined;
  }
  if (list.items.length === 1) {
    return { from: list.range[0], to: pack.slice(0, list.range[1]).trimEnd().length, text: '[]' };
  }
  const from = pack.lastIndexOf('\n', start - 1) + 1;
  const end = pack.slice(0, entry.range[1]).trimEnd().length;
  const next = pack.indexOf('\n', end);
  return { from, to: next < 0 ? pack.length : next + 1, text: '' };
}

function entryAt(pack: string, start: number): YAMLMap | undefined {
  const list = parseYaml(pack).get('entries');
  const found = isSeq(list) ? list.items.find((item) => isMap(item) && item.range?.[0] === start) : undefined;
  return isMap(found) ? found : undefined;
}

/** The language that a text is written in. */
export function languageOf(text: string): NoteLanguage {
  return /[\u3400-\u9fff]/.test(text) ? 'zh' : 'en';
}
