/**
 * Reads one annotation pack. In: a YAML file. Out: its entries and diagnostics SS6001, each at its place. A pack comes
 * from outside: aliases are looked up and never expanded, tags and merge keys are told and not followed, and its size is
 * limited.
 */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type { Entry } from './entry';
import { PackAliases } from './pack-aliases';
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
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const [text, remedy] = wordingOf(code, message);
    diagnostics.push({
      code: 'SS6001',
      severity: document.warnings.some((warning) => warning.pos === pos) ? 'warning' : 'error',
      span: { file, start: pos[0], end: pos[1] },
      message: text,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
  const aliases = new PackAliases(document);
  const contents = aliases.resolve(document.contents);
  if ((contents === undefined || (isScalar(contents) && contents.value === null)) && document.errors.length === 0) {
    return { path: file.path, entries: [], diagnostics };
  }
  if (!isMap(contents)) {
    return refuse('a pack must be a map with `entries`', 'begin the file with `entries:`');
  }
  const list = aliases.resolve(contents.get('entries', true));
  if (!isSeq(list)) {
    return refuse(
      'a pack must have a list `entries`',
      'begin the file with `entries:` and write each entry with a dash',
    );
  }
  if (list.items.length > mostEntries) {
    return refuse(`the pack has more than ${mostEntries} entries`, 'split it into several files');
  }
  const entries = list.items.map((item) =>
    readEntry(item, file, aliases, (diagnostic) => diagnostics.push(diagnostic)),
  );
  return { path: file.path, entries: entries.filter((entry) => entry !== undefined), diagnostics };
}

/** What the YAML parser says, and what to do where its own words are of no help to a reader. */
function wordingOf(code: string, message: string): readonly [message: string, remedy?: string] {
  const first = message.split('\n')[0] ?? message;
  switch (code) {
    case 'MULTIPLE_DOCS':
      return ['the file holds several documents, of which only the first is read', 'make a file of each'];
    case 'DUPLICATE_KEY':
      return ['this key stands twice in one map', 'remove one of the two'];
    case 'TAG_RESOLVE_FAILED':
      return [`a tag is not followed: ${first}`, 'write the text without a tag'];
    default:
      return [`not YAML: ${first}`];
  }
}
