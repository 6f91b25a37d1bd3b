/**
 * Reads one annotation pack. In: a YAML file. Out: its entries and diagnostics SS6001, each at its place. A pack comes
 * from outside: aliases are not expanded without bound, custom tags are not followed, and its size is limited.
 */
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type { Entry } from './entry';
import { readEntry } from './read-entry';

const largestPack = 2_000_000;
const mostEntries = 10_000;

export interface Pack {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a pack; whatever is wrong with it, the rest of its entries are given. */
export function loadPack(file: SourceFile): Pack {
  const diagnostics: Diagnostic[] = [];
  const refuse = (message: string, remedy: string): Pack => ({
    path: file.path,
    entries: [],
    diagnostics: [
      ...diagnostics,
      { code: 'SS6001', severity: 'error', span: { file, start: 0, end: 0 }, message, remedy },
    ],
  });
  if (file.text.length > largestPack) {
    return refuse(`the pack is larger than ${largestPack} characters`, 'split it into several files');
  }
  const document = parseDocument(file.text, { schema: 'core', customTags: [], merge: false, prettyErrors: false });
  for (const { message, pos } of document.errors) {
    const first = message.split('\n')[0] ?? message;
    diagnostics.push({
      code: 'SS6001',
      severity: 'error',
      span: { file, start: pos[0], end: pos[1] },
      message: `not YAML: ${first}`,
    });
  }
  if (document.contents === null && document.errors.length === 0) {
    return { path: file.path, entries: [], diagnostics };
  }
  if (!isMap(document.contents)) {
    return refuse('a pack must be a map with `entries`', 'begin the file with `entries:`');
  }
  const list: unknown = document.contents.get('entries');
  if (!isSeq(list)) {
    return refuse(
      'a pack must have a list `entries`',
      'begin the file with `entries:` and write each entry with a dash',
    );
  }
  if (list.items.length > mostEntries) {
    return refuse(`the pack has more than ${mostEntries} entries`, 'split it into several files');
  }
  const entries = list.items.map((item) => readEntry(item, file, (diagnostic) => diagnostics.push(diagnostic)));
  return { path: file.path, entries: entries.filter((entry) => entry !== undefined), diagnostics };
}
