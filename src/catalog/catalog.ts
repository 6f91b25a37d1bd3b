/**
 * All annotations that are known, by what they are about. In: packs, the bundled ones first. Out: look-ups. An entry of
 * a later pack replaces one of the same id, so that a teacher can word a bundled note anew; other entries of the same
 * subject add up.
 */
import { sentence } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import { asHeldBy, type KernelText } from './holding';
import { kindsFoundBy, type Entry, type EntryKind } from './entry';
import { loadPack, type Pack } from './load-pack';

export class Catalog {
  private readonly byId = new Map<string, Entry>();
  private readonly bySubject = new Map<string, Entry[]>();
  private readonly fieldsByName = new Map<string, Entry[]>();
  private readonly statementsByFunction = new Map<string, Entry[]>();

  private readonly correctionsByFunction = new Map<string, Entry[]>();

  private constructor(
    /** All entries, in the order of the packs. */
    readonly entries: readonly Entry[],
    /** What was wrong with the packs. */
    readonly diagnostics: readonly Diagnostic[],
  ) {
    for (const entry of entries) {
      this.byId.set(entry.id, entry);
      push(this.bySubject, `${entry.kind}:${entry.name}`, entry);
      if (entry.kind === 'field') {
        push(this.fieldsByName, entry.name.slice(entry.name.lastIndexOf('.') + 1), entry);
      }
      for (const name of entry.correction?.functions ?? []) {
        push(this.correctionsByFunction, name, entry);
      }
      for (const name of entry.anchor?.functions ?? []) {
        push(this.statementsByFunction, name, entry);
      }
    }
  }

  /** Reads the packs of some files. */
  static load(files: Iterable<SourceFile>, kept?: ReadonlyMap<string, Pack>): Catalog {
    const steps = Catalog.loadInSteps(files, kept);
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        return value;
      }
    }
  }

  /** The entries that hold for a kernel, each with its parts that do. */
  heldBy(kernel: KernelText): Catalog {
    return new Catalog(
      this.entries.flatMap((entry) => asHeldBy(entry, kernel) ?? []),
      this.diagnostics,
    );
  }

  /** {@link Catalog.load}, giving way after each file. `kept` has packs that were read before, by path. */
  static *loadInSteps(files: Iterable<SourceFile>, kept?: ReadonlyMap<string, Pack>): Generator<undefined, Catalog> {
    const merged = new Map<string, Entry>();
    const diagnostics: Diagnostic[] = [];
    for (const file of files) {
      const pack = kept?.get(file.path) ?? loadPack(file);
      pack.diagnostics.forEach((diagnostic) => diagnostics.push(diagnostic));
      for (const entry of pack.entries) {
        const earlier = merged.get(entry.id);
        if (earlier?.pack === entry.pack) {
          diagnostics.push({
            code: 'SS6001',
            severity: 'error',
            span: entry.place,
            message: sentence('entry-is-described-twice-in-this-pack', { entry: entry.id }),
            remedy: sentence('join-the-two-entries-or-give-one-of-them-an-id'),
            related: [{ span: earlier.place, message: sentence('the-other-one') }],
          });
        }
        merged.set(entry.id, entry);
      }
      yield;
    }
    return new Catalog([...merged.values()], diagnostics);
  }

  /** The entry with an id such as `P05`, `field:sock.state`, `concept:wake-one`. */
  get(id: string): Entry | undefined {
    return this.byId.get(id);
  }

  /** The entry about one thing: `about('function', 'inet_create')`. */
  about(kind: EntryKind, name: string): Entry | undefined {
    return this.bySubject.get(`${kind}:${name}`)?.[0];
  }

  /** The entry of a struct's member. */
  field(struct: string, name: string): Entry | undefined {
    return this.about('field', `${struct}.${name}`);
  }

  /** All members of this name, of whatever struct. */
  fieldsNamed(name: string): readonly Entry[] {
    return this.fieldsByName.get(name) ?? [];
  }

  /** Entries that may have statements in a function. */
  statementsIn(functionName: string): readonly Entry[] {
    return this.statementsByFunction.get(functionName) ?? [];
  }

  /** Corrections of what comments in or about a function may say. */
  correctionsIn(functionName: string): readonly Entry[] {
    return this.correctionsByFunction.get(functionName) ?? [];
  }

  /** The entry about an identifier that is no field. */
  identifier(name: string): Entry | undefined {
    return this.firstOf('identifier', name);
  }

  /** The entry of a name that is not C's: a concept. */
  titled(name: string): Entry | undefined {
    return this.firstOf('title', name);
  }

  /**
   * Entries that are about some words of prose (`三次握手`, `accept queue`): those with this title, else with a title that
   * has them, else the concepts whose text has them most often. At most three.
   */
  aboutWords(words: string): readonly Entry[] {
    const wanted = words.trim().toLowerCase();
    const isWords = /[^\x00-\x7f]/.test(wanted) ? wanted.length >= 2 : /^[a-z][a-z -]{4,}$/.test(wanted);
    if (!isWords) {
      return [];
    }
    const plain = (text: string): string => text.toLowerCase().replaceAll('-', ' ');
    const has = (text: string): boolean => plain(text).includes(plain(wanted));
    const titlesOf = (each: Entry): readonly string[] => (each.title ? [each.title.en, each.title.zh] : []);
    const same = this.entries.filter((each) => titlesOf(each).some((title) => plain(title) === plain(wanted)));
    const titled = this.entries.filter((each) => each.kind === 'concept' && titlesOf(each).some(has));
    const times = (each: Entry): number => plain(`${each.text.en}\n${each.text.zh}`).split(plain(wanted)).length - 1;
    // A single English word stands in many texts.
    const isTerm = /[^a-z]/.test(wanted);
    const told = this.entries.filter((each) => isTerm && each.kind === 'concept' && times(each) > 0);
    const best = [same, titled, told.sort((a, b) => times(b) - times(a))].find((some) => some.length > 0) ?? [];
    return best.slice(0, 3);
  }

  private firstOf(way: Parameters<typeof kindsFoundBy>[0], name: string): Entry | undefined {
    for (const kind of kindsFoundBy(way)) {
      const entry = this.about(kind, name);
      if (entry) {
        return entry;
      }
    }
    return undefined;
  }
}

function push<K>(map: Map<K, Entry[]>, key: K, entry: Entry): void {
  const list = map.get(key);
  if (list) {
    list.push(entry);
  } else {
    map.set(key, [entry]);
  }
}
