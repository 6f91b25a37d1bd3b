/**
 * What the notes leave out, or speak of that is not there. In: a query about a compiled kernel, and functions. Out: their
 * statements without a note, the names in them without an explanation, and entries whose subject this kernel does not
 * have. What could not be looked at is named too.
 *
 * Statements are those at which a run stops. Names are those of the text: functions, macros, constants, variables, types
 * and members; what a function declares itself, its labels and members of structures that are not known are not asked for.
 */
import type { TreeNode } from '../parse/live-tree';
import type { Reader } from '../reading/reader';
import type { SourceFile } from '../source/source-file';
import type { Entry } from '../catalog/entry';
import { MemberResolver } from './member-base';
import type { ProgramFacts } from './program-facts';
import type { Query } from './query';

export interface PlacedText {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface Gaps {
  readonly bareStatements: readonly PlacedText[];
  /** How many statements the functions have. */
  readonly statements: number;
  readonly unexplained: readonly PlacedText[];
  readonly unchecked: readonly { readonly what: string; readonly why: 'not compiled' | 'not read' }[];
}

/** What is missing for some functions. */
export function gapsIn(functions: readonly string[], query: Query, reader: Reader): Gaps {
  const bareStatements: PlacedText[] = [];
  const unexplained = new Map<string, PlacedText>();
  const unchecked: { what: string; why: 'not compiled' | 'not read' }[] = [];
  let statements = 0;
  for (const name of functions) {
    const fn = query.facts?.function(name);
    const path = query.facts?.pathOf(fn?.file ?? -1);
    const file = path === undefined ? undefined : query.kernel.load(path);
    if (!fn || !file || !query.facts || fn.kind !== 'compiled') {
      unchecked.push({ what: name, why: 'not compiled' });
      continue;
    }
    // A macro's statements all stand where it is used.
    const own = new Map(
      query.facts.debug.statements
        .slice(fn.firstStatement, fn.firstStatement + fn.statementCount)
        .filter(({ kind, file: id }) => kind !== 'end' && id === fn.file)
        .map((each) => [`${each.start} ${each.end}`, each]),
    );
    statements += own.size;
    for (const { start, end, line } of own.values()) {
      if (query.notesForStatement(file.path, start, end).length === 0) {
        bareStatements.push({ function: name, file: file.path, line, text: file.text.slice(start, end) });
      }
    }
    const outline = query.annotatedFile(file).functions.find((each) => each.name === name);
    const node = outline && reader.read(file).nodeOf(outline);
    if (!node) {
      unchecked.push({ what: name, why: 'not read' });
      continue;
    }
    for (const word of namesIn(node)) {
      const subject = subjectOf(word, file, query, new Set(fn.variables.map((each) => each.name)));
      if (subject !== undefined && !unexplained.has(subject)) {
        const line = file.positionAt(word.startIndex).line + 1;
        unexplained.set(subject, { function: name, file: file.path, line, text: subject });
      }
    }
  }
  return { bareStatements, statements, unexplained: [...unexplained.values()], unchecked };
}

/** Nodes of names in a function, in order. */
function namesIn(node: TreeNode): TreeNode[] {
  const found: TreeNode[] = [];
  const stack = [node];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (/^(?:identifier|type_identifier|field_identifier)$/.test(at.type)) {
      found.push(at);
    }
    stack.push(...[...at.namedChildren].reverse());
  }
  return found;
}

/** What has no explanation; undefined where there is one, or none is asked for. */
function subjectOf(word: TreeNode, file: SourceFile, query: Query, locals: ReadonlySet<string>): string | undefined {
  const name = file.text.slice(word.startIndex, word.endIndex);
  const { catalog, facts } = query;
  if (word.type === 'field_identifier') {
    const { key } = new MemberResolver(file, facts).baseOf(word) ?? {};
    return key === undefined
      ? catalog.fieldsNamed(name).length > 0
        ? undefined
        : name
      : catalog.field(key, name)
        ? undefined
        : `${key}.${name}`;
  }
  // `list_entry(p, struct inet_protosw, list)` names a member as an argument.
  const isMember =
    word.parent?.type === 'argument_list' && !facts?.global(name) && catalog.fieldsNamed(name).length > 0;
  return locals.has(name) || attributes.has(name) || isMember || catalog.identifier(name) ? undefined : name;
}

/** Words of declarations that say nothing to the reader of a run. */
const attributes = new Set(['__init', '__inline__', 'inline', 'asmlinkage', '__volatile__']);

/**
 * Entries whose function, member, macro, variable, constant or type a kernel does not have, and concepts that point to
 * code which it does not have. Those that say of themselves
 * that some kernels lack it are not asked.
 */
export function aboutNothing(
  query: Query,
  files: readonly SourceFile[],
  isMacro: (name: string) => boolean,
): { readonly absent: readonly Entry[]; readonly checked: number } {
  const words = new Set(files.flatMap(({ text }) => text.match(/[A-Za-z_]\w*/g) ?? []));
  let checked = 0;
  const absent = query.catalog.entries.filter((entry) => {
    if (entry.kind === 'concept') {
      return entry.code.some((name) => !words.has(name));
    }
    if (!isOfC(entry) || entry.optional) {
      return false;
    }
    checked++;
    return !exists(entry, query.facts, words, isMacro);
  });
  return { absent, checked };
}

function isOfC({ kind }: Entry): boolean {
  return kind !== 'statement' && kind !== 'concept' && kind !== 'correction';
}

/** Whether a kernel has what an entry is about; `words` are those of texts beside the compiled ones. */
export function exists(
  { kind, name }: Pick<Entry, 'kind' | 'name'>,
  facts: ProgramFacts | undefined,
  words: ReadonlySet<string>,
  isMacro: (name: string) => boolean,
): boolean {
  if (kind === 'field') {
    const [struct = '', ...path] = name.split('.');
    let record = facts?.record(struct);
    for (const step of path.slice(0, -1)) {
      record = record && facts?.recordBehind(facts.field(record, step)?.field.type);
    }
    return record !== undefined && facts?.field(record, path.at(-1) ?? '') !== undefined;
  }
  const plain = name.replace(/^(?:struct|union|enum)\s+/, '');
  const known =
    facts?.function(plain) ??
    facts?.record(plain) ??
    facts?.named(plain) ??
    facts?.global(plain) ??
    facts?.constant(plain);
  return known !== undefined || isMacro(plain) || words.has(plain);
}
