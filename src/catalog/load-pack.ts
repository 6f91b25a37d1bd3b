/**
 * Reads one annotation pack. In: a YAML file. Out: its entries and diagnostics SS6001, each at its place. A pack comes
 * from outside: aliases are looked up and never expanded, tags and merge keys are told and not followed, and its size is
 * limited, and so is how deep it nests.
 */
import { sentence, type Words } from '../sentences/sentence';
import { isMap, isScalar, isSeq, parseDocument, visit, type Document } from 'yaml';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type { Entry } from './entry';
import { PackAliases } from './pack-aliases';
import { deepestPack, excessOf } from './pack-bounds';
import { readEntry } from './read-entry';

const largestPack = 2_000_000;
const mostEntries = 10_000;
/** Of what is no YAML this much is told; a file that has more is not what somebody wrote as YAML. */
const mostToldOfYaml = 200;

export interface Pack {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a pack; whatever is wrong with it, the rest of its entries are given. */
export function loadPack(file: SourceFile): Pack {
  const diagnostics: Diagnostic[] = [];
  const refuse = (message: Words, remedy: Words): Pack => ({
    path: file.path,
    entries: [],
    diagnostics: [...diagnostics, problem(file, message, remedy)],
  });
  const unread = whyUnread(file);
  if (unread) {
    return { path: file.path, entries: [], diagnostics: [unread] };
  }
  const document = parseYaml(file.text);
  problemsOfYaml(file, document).forEach((each) => diagnostics.push(each));
  const aliases = new PackAliases(document);
  const contents = aliases.resolve(document.contents);
  if ((contents === undefined || (isScalar(contents) && contents.value === null)) && document.errors.length === 0) {
    return { path: file.path, entries: [], diagnostics };
  }
  if (!isMap(contents)) {
    return refuse(sentence('a-pack-must-be-a-map-with-entries'), sentence('begin-the-file-with-entries'));
  }
  const list = aliases.resolve(contents.get('entries', true));
  if (!isSeq(list)) {
    return refuse(
      sentence('a-pack-must-have-a-list-entries'),
      sentence('begin-the-file-with-entries-and-write-each-entry'),
    );
  }
  if (list.items.length > mostEntries) {
    return refuse(
      sentence('the-pack-has-more-than-most-entries-entries', { mostEntries }),
      sentence('split-it-into-several-files'),
    );
  }
  const entries = list.items.map((item) =>
    readEntry(item, file, aliases, (diagnostic) => diagnostics.push(diagnostic)),
  );
  return { path: file.path, entries: entries.filter((entry) => entry !== undefined), diagnostics };
}

/** What the text is wrong in as YAML: what the reader of YAML says, and keys that stand twice. */
export function problemsOfYaml(file: SourceFile, document: ReturnType<typeof parseYaml>): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const wrong = [
    ...document.errors.map((said) => ({ said, severity: 'error' as const })),
    ...document.warnings.map((said) => ({ said, severity: 'warning' as const })),
  ];
  for (const { said, severity } of wrong.slice(0, mostToldOfYaml)) {
    const [message, remedy] = wordingOf(said.code, said.message);
    diagnostics.push({
      code: 'SS6001',
      severity,
      span: { file, start: said.pos[0], end: said.pos[1] },
      message,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
  for (const { start, end } of keysGivenTwice(document).slice(0, mostToldOfYaml)) {
    diagnostics.push({
      code: 'SS6001',
      severity: 'error',
      span: { file, start, end },
      message: sentence('this-key-stands-twice-in-one-map'),
      remedy: sentence('remove-one-of-the-two'),
    });
  }
  return diagnostics;
}

/** Why a file is not even looked into: it is too large, or nests too deep. */
export function whyUnread(file: SourceFile): Diagnostic | undefined {
  if (file.text.length > largestPack) {
    return problem(
      file,
      sentence('the-pack-is-larger-than-largest-pack-characters', { largestPack }),
      sentence('split-it-into-several-files'),
    );
  }
  const excess = excessOf(file.text);
  switch (excess?.kind) {
    case 'deep':
      return problem(
        file,
        sentence('the-pack-nests-too-deeply', { limit: deepestPack }),
        sentence('write-entries-as-a-list-of-maps'),
        excess.offset,
      );
    case 'long':
      return problem(
        file,
        sentence('the-pack-has-too-many-parts'),
        sentence('split-it-into-several-files'),
        excess.offset,
      );
    default:
      return undefined;
  }
}

function problem(file: SourceFile, message: Words, remedy: Words, at = 0): Diagnostic {
  return { code: 'SS6001', severity: 'error', span: { file, start: at, end: at }, message, remedy };
}

/** What the YAML parser says, and what to do where its own words are of no help to a reader. */
function wordingOf(code: string, message: string): readonly [message: Words, remedy?: Words] {
  const first = message.split('\n')[0] ?? message;
  switch (code) {
    case 'MULTIPLE_DOCS':
      return [sentence('the-file-holds-several-documents-of-which-only-the'), sentence('make-a-file-of-each')];
    case 'TAG_RESOLVE_FAILED':
      return [sentence('a-tag-is-not-followed-first', { first }), sentence('write-the-text-without-a-tag')];
    default:
      return [sentence('not-yaml-first', { first })];
  }
}

/**
 * The document of a text. Keys that stand twice are not looked for: the parser compares each with all of its map. Its
 * errors are data here, of which there may be very many, so they are made without a trace of the stack.
 */
export function parseYaml(text: string): Document.Parsed {
  const errors: { stackTraceLimit?: number } = Error;
  const limit = errors.stackTraceLimit;
  errors.stackTraceLimit = 0;
  try {
    return parseDocument(text, {
      schema: 'core',
      customTags: [],
      merge: false,
      prettyErrors: false,
      uniqueKeys: false,
    });
  } finally {
    if (limit === undefined) {
      delete errors.stackTraceLimit;
    } else {
      errors.stackTraceLimit = limit;
    }
  }
}

/** Where keys stand that their map has already. */
function keysGivenTwice(document: Document.Parsed): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (isScalar(key)) {
          if (seen.has(key.value) && key.range) {
            found.push({ start: key.range[0], end: key.range[1] });
          }
          seen.add(key.value);
        }
      }
    },
  });
  return found;
}
