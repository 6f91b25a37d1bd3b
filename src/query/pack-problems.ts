/**
 * What a pack says that the kernel at hand does not have, with what was meant perhaps. In: the text of a pack, a query
 * about the kernel, a way to find the nearest of some names. Out: the pack's own problems and these, each where it stands
 * and with a fix where one is near. What a kernel need not have (`optional`, `when`) is not asked.
 */
import type { Entry } from '../catalog/entry';
import { loadPack } from '../catalog/load-pack';
import { packKeys } from '../catalog/pack-cursor';
import { resolveIn } from '../catalog/resolve-anchor';
import { says, sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile, Span } from '../source/source-file';
import { exists } from './knowledge-gaps';
import type { Query } from './query';

/** Chooses a word that somebody may have meant; undefined when none is near. */
export type Nearest = (name: string, candidates: Iterable<string>) => string | undefined;

export function packProblems(file: SourceFile, query: Query, nearest: Nearest): readonly Diagnostic[] {
  const { entries, diagnostics } = loadPack(file);
  return [
    ...diagnostics.map((each) => withKeyFix(each, nearest)),
    ...entries.flatMap((entry) => problemsOf(entry, new Teller(file, entry, nearest), query)),
  ];
}

/** Says of words of an entry that they name nothing. */
class Teller {
  constructor(
    private readonly file: SourceFile,
    private readonly entry: Entry,
    private readonly nearest: Nearest,
  ) {}

  tell(code: 'SS6002' | 'SS6004', message: Words, written: string, candidates: Iterable<string>): Diagnostic {
    const near = written.length > longestName ? undefined : this.nearest(written, candidates);
    const span = this.spanOf(written);
    return {
      code,
      severity: 'warning',
      span,
      message,
      ...(near !== undefined && {
        remedy: sentence('did-you-mean-the-name', { near }),
        fix: [{ span, text: near }],
      }),
    };
  }

  /** The words in the entry's text; all of it where they are spelled in another way there. */
  private spanOf(written: string): Span {
    const { start, end } = this.entry.place;
    const within = this.file.text.slice(start, end);
    const isWord = (at: number): boolean =>
      !/[\w.]/.test(within[at - 1] ?? ' ') && !/\w/.test(within[at + written.length] ?? ' ');
    let at = within.indexOf(written);
    while (at >= 0 && !isWord(at)) {
      at = within.indexOf(written, at + 1);
    }
    return at < 0 ? this.entry.place : { file: this.file, start: start + at, end: start + at + written.length };
  }
}

/** Nobody mistypes longer ones; comparing them takes time. */
const longestName = 200;

function problemsOf(entry: Entry, teller: Teller, query: Query): Diagnostic[] {
  const { catalog, facts } = query;
  const dangling = entry.see
    .filter((id) => !catalog.get(id))
    .map((id) =>
      teller.tell(
        'SS6004',
        sentence('entry-points-to-id-which-no-pack-has', { entry: entry.id, id }),
        id,
        catalog.entries.map((each) => each.id),
      ),
    );
  if (!facts || entry.optional || entry.when) {
    return dangling;
  }
  const functions = [...(entry.anchor?.functions ?? []), ...(entry.correction?.functions ?? []), ...entry.code];
  const unknown = functions.filter((name) => !facts.function(name));
  const absent = unknown.map((name) =>
    teller.tell('SS6004', sentence('the-kernel-has-no-function-name', { name }), name, facts.compiledNames()),
  );
  return [...dangling, ...absent, ...subjectProblems(entry, teller, query), ...lostStatements(entry, teller, query)];
}

/** A function, member, macro or the like that is not there. */
function subjectProblems({ kind, name }: Entry, teller: Teller, query: Query): Diagnostic[] {
  const { facts } = query;
  const isAsked = kind !== 'statement' && kind !== 'concept' && kind !== 'correction' && kind !== 'errno';
  if (!facts || !isAsked || exists({ kind, name }, facts, new Set(), (each) => query.hasMacro(each))) {
    return [];
  }
  const [struct = '', ...path] = name.split('.');
  const record = path.length > 0 ? facts.record(struct) : undefined;
  const members = record?.fields.map((each) => `${struct}.${each.name}`);
  // Macros are known one by one; the notes name many.
  const noted = query.catalog.entries.filter((each) => each.kind === kind && each.name !== name);
  const named = [...facts.names(), ...noted.map((each) => each.name)];
  const candidates = members ?? (kind === 'field' ? facts.typeNames() : named);
  return [teller.tell('SS6004', sentence('the-kernel-has-nothing-called-name', { name }), name, candidates)];
}

/** Places of a statement's note that are found in none of its functions. */
function lostStatements(entry: Entry, teller: Teller, query: Query): Diagnostic[] {
  const { anchor } = entry;
  const outlines = (anchor?.functions ?? []).flatMap((name) => {
    const file = query.kernel.fileOf?.(name);
    const outline = file && query.annotatedFile(file).functionNamed(name);
    return outline ? [{ file, outline }] : [];
  });
  if (!anchor || outlines.length === 0) {
    return [];
  }
  const found = new Set(
    outlines.flatMap(({ outline }) => resolveIn(entry, outline, () => []).map(({ place }) => place)),
  );
  return anchor.places.flatMap(({ texts: [text], query: captures }, place) =>
    found.has(place) || text === undefined || captures
      ? []
      : [
          teller.tell(
            'SS6002',
            sentence('entry-finds-no-statement-like-statement-in-functions', {
              entry: entry.id,
              statement: text,
              functions: anchor.functions.join(', '),
            }),
            text,
            outlines.flatMap(({ file, outline }) =>
              outline.statements.map(({ start, end }) =>
                file.text.slice(start, end).replace(/\s+/g, ' ').replace(/\s*;$/, ''),
              ),
            ),
          ),
        ],
  );
}

/** For a key that is mistyped the one that is meant. */
function withKeyFix(diagnostic: Diagnostic, nearest: Nearest): Diagnostic {
  const { message, span } = diagnostic;
  const key = says(message, 'unknown-key-key') && span ? span.file.text.slice(span.start, span.end) : undefined;
  const near = key === undefined ? undefined : nearest(key, new Set(Object.values(packKeys).flat()));
  return near === undefined || !span
    ? diagnostic
    : { ...diagnostic, remedy: sentence('did-you-mean-the-name', { near }), fix: [{ span, text: near }] };
}
