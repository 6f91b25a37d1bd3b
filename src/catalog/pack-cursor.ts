/**
 * What is being written at a place of a pack, for completion while somebody types. In: the text, which need not be YAML at
 * the moment, and an offset. Out: the key whose value is written or the map to which a key is added, with what stands
 * there already. Goes by lines and indentation alone.
 */
import { entryKinds } from './entry';

/** Maps in a pack, by the key under which they stand; `''` is an entry. */
export const packKeys: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...entryKinds,
    ...['in', 'id', 'title', 'en', 'zh', 'source', 'see', 'family', 'when', 'parts', 'claims', 'optional', 'code'],
    ...['picture', 'part-of', 'on'],
  ],
  statement: ['text', 'or', 'under', 'nth', 'query'],
  title: ['en', 'zh'],
  when: ['has', 'lacks', 'file', 'kernel'],
  parts: ['when', 'en', 'zh'],
  claims: ['scenario', 'at', 'nth', 'holds', 'always', 'times', 'when'],
};

export interface PackCursor {
  /** The key whose value is written; undefined where a key is. */
  readonly key?: string;
  /** The map in which it stands: `''` for an entry, else the key of {@link packKeys}. */
  readonly map: string;
  /** What is written so far, from this offset on. */
  readonly from: number;
  readonly written: string;
  /** Other values of the same entry, by key. */
  readonly entry: ReadonlyMap<string, readonly string[]>;
}

interface Line {
  readonly indent: number;
  readonly key: string | undefined;
  readonly value: string;
  readonly isItem: boolean;
}

/** Undefined outside of entries, and in comments. */
export function packCursorAt(text: string, offset: number): PackCursor | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start, offset);
  const before = text.slice(0, start).split('\n').slice(0, -1).map(lineOf);
  if (/^\s*#/.test(line) || !before.some(({ key }) => key === 'entries')) {
    return undefined;
  }
  const here = lineOf(line);
  const map = mapAround(before, here);
  const entry = entryAround(before, text.slice(offset).split('\n').slice(1).map(lineOf), here);
  const flow = /[[{,]\s*([^[\]{},]*)$/.exec(line);
  const pair = /^\s*(?:-\s+)?([\w-]+):\s+/.exec(line);
  if (pair || flow) {
    const inFlow = flow ? /^([\w-]+):\s*(.*)$/.exec(flow[1] ?? '') : null;
    const written = withoutQuote(inFlow ? (inFlow[2] ?? '') : (flow?.[1] ?? line.slice(pair?.[0].length)));
    const inner = flow && line.lastIndexOf('{') > line.lastIndexOf('}') ? (pair?.[1] ?? map.name) : undefined;
    return inner !== undefined && !inFlow
      ? { map: inner, from: offset - written.length, written, entry }
      : {
          key: inFlow?.[1] ?? pair?.[1] ?? map.name,
          map: inner ?? map.name,
          from: offset - written.length,
          written,
          entry,
        };
  }
  const written = withoutQuote(/^\s*(?:-\s*)?(.*)$/.exec(line)?.[1] ?? '');
  return here.isItem && map.isList && !(map.name in packKeys && map.name !== 'statement')
    ? { key: map.name, map: '', from: offset - written.length, written, entry }
    : { map: map.name === 'entries' ? '' : map.name, from: offset - written.length, written, entry };
}

function lineOf(text: string): Line {
  const [, blanks = '', dash = '', key, value = ''] = /^(\s*)(-\s+|-$)?(?:([\w-]+):(?:\s+|$))?(.*)$/.exec(text) ?? [];
  return { indent: blanks.length + dash.length, key, value: value.trim(), isItem: dash !== '' };
}

/** The key below which a line stands, and whether it is a list. */
function mapAround(before: readonly Line[], here: Line): { readonly name: string; readonly isList: boolean } {
  const column = here.isItem ? here.indent - 1 : here.indent;
  for (const line of [...before].reverse()) {
    if (line.key === 'entries') {
      return { name: '', isList: false };
    }
    if (line.key !== undefined && line.value === '' && line.indent < column) {
      return { name: line.key, isList: here.isItem };
    }
    if (line.isItem && line.key !== undefined && line.indent <= column && !here.isItem) {
      return mapAround(before.slice(0, before.lastIndexOf(line)), { ...line, isItem: true });
    }
  }
  return { name: '', isList: false };
}

/** The values of the entry around a line, each with the items of its list. */
function entryAround(before: readonly Line[], after: readonly Line[], here: Line): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const isHead = ({ isItem, key }: Line): boolean => isItem && entryKinds.some((kind) => kind === key);
  const first = before.length - 1 - [...before].reverse().findIndex(isHead);
  const behind = after.findIndex(isHead);
  const head = isHead(here) ? [] : before.slice(first < before.length ? first : 0);
  let last = '';
  for (const { key, value, isItem } of [...head, here, ...after.slice(0, behind < 0 ? undefined : behind)]) {
    last = key ?? last;
    const items = value
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map((each) => withoutQuote(each.trim()).replace(/["']$/, ''))
      .filter((each) => each !== '');
    if (key !== undefined || isItem) {
      found.set(last, [...(found.get(last) ?? []), ...items]);
    }
  }
  return found;
}

function withoutQuote(text: string): string {
  return text.replace(/^["']/, '');
}
