/**
 * One item of a pack's `entries`, checked against the schema. In: a YAML map node. Out: an {@link Entry}, or diagnostics
 * SS6001 with the place of what is wrong. Unknown keys are told, so that a typing error does not silently drop a text.
 */
import { itemAt } from '../base/checked-access';
import { sentence, type Words } from '../sentences/sentence';
import { isAlias, isMap, isPair, isScalar, isSeq, type Node as YamlNode, type YAMLMap } from 'yaml';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile, Span } from '../source/source-file';
import {
  entryKinds,
  type AnchorPlace,
  type Correction,
  type Entry,
  type EntryKind,
  type StatementAnchor,
} from './entry';
import type { Bilingual } from '../base/bilingual';
import type { PackAliases } from './pack-aliases';
import { VersionReader } from './read-versions';

const commonKeys = [
  'id',
  'en',
  'zh',
  'title',
  'source',
  'see',
  'pair',
  'family',
  'when',
  'parts',
  'claims',
  'optional',
  'code',
  'picture',
];
/** Keys that only entries of some kinds have. */
const keysOf: Readonly<Partial<Record<EntryKind, readonly string[]>>> = {
  statement: ['in'],
  correction: ['in', 'on'],
  function: ['part-of'],
  macro: ['part-of'],
  variable: ['part-of'],
};
const longestText = 4000;

/** Reads one entry; undefined when it has no subject or no text. */
export function readEntry(
  node: unknown,
  file: SourceFile,
  aliases: PackAliases,
  report: (diagnostic: Diagnostic) => void,
): Entry | undefined {
  const reader = new EntryReader(file, aliases, report);
  return reader.read(node);
}

class EntryReader {
  constructor(
    private readonly file: SourceFile,
    private readonly aliases: PackAliases,
    private readonly report: (diagnostic: Diagnostic) => void,
  ) {}

  private readonly versions = new VersionReader({
    resolve: (node) => this.aliases.resolve(node),
    text: (node, key) => this.text(node, key),
    texts: (node) => this.texts(node),
    checkKnown: (node, keys) => this.checkKnown(node, new Set(keys)),
    complain: (node, message, remedy) => this.complain(node, message, remedy),
    spanOf: (node) => this.spanOf(node),
  });

  private complain(node: unknown, message: Words, remedy: Words): undefined {
    this.report({ code: 'SS6001', severity: 'error', span: this.spanOf(node), message, remedy });
    return undefined;
  }

  private spanOf(node: unknown): Span {
    const range = (node as YamlNode | null | undefined)?.range;
    return { file: this.file, start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
  }

  read(item: unknown): Entry | undefined {
    const node = this.aliases.resolve(item);
    if (!isMap(node)) {
      return this.complain(
        item,
        sentence('an-entry-must-be-a-map'),
        sentence('write-field-sock-state-and-the-texts-below-it'),
      );
    }
    const kinds = entryKinds.filter((kind) => node.has(kind));
    const kind = kinds[0];
    if (!kind || kinds.length > 1) {
      return this.complain(
        node,
        sentence('an-entry-must-have-exactly-one-subject'),
        sentence('give-one-of-entry-kinds', { entryKinds: entryKinds.join(', ') }),
      );
    }
    this.checkKeys(node, kind);
    const anchor = kind === 'statement' ? this.anchor(node) : undefined;
    const place = anchor?.places[0];
    const correction = kind === 'correction' ? this.correction(node) : undefined;
    const name = place
      ? (place.texts[0] ?? place.query?.text)
      : kind === 'correction'
        ? correction?.says[0]
        : this.text(node, kind);
    const text = this.texts(node);
    if (!name || !text) {
      return name || kind === 'correction'
        ? undefined
        : this.complain(node, sentence('kind-must-be-a-text', { kind }), sentence('name-what-the-entry-is-about'));
    }
    return {
      id: this.text(node, 'id') ?? (anchor ? `statement:${anchor.functions[0]}:${name}` : `${kind}:${name}`),
      kind,
      name,
      text,
      title: this.title(node),
      source: this.list(node, 'source'),
      see: this.list(node, 'see'),
      family: this.text(node, 'family'),
      anchor,
      correction,
      when: this.versions.condition(node, kind === 'statement' || kind === 'function'),
      parts: this.versions.parts(node, kind === 'statement' || kind === 'function'),
      claims: this.versions.claims(node),
      code: this.list(node, 'code'),
      picture: node.has('picture') ? this.drawing(node) : undefined,
      partOf: node.has('part-of') ? this.text(node, 'part-of') : undefined,
      optional: this.flag(node, 'optional'),
      pair: this.pair(node),
      pack: this.file.path,
      place: this.spanOf(node),
    };
  }

  private checkKeys(node: YAMLMap, kind: EntryKind): void {
    const known = new Set<unknown>([...commonKeys, kind, ...(keysOf[kind] ?? [])]);
    this.checkKnown(node, known);
  }

  private checkKnown(node: YAMLMap, known: ReadonlySet<unknown>): void {
    for (const item of node.items) {
      const key = isPair(item) && isScalar(item.key) ? item.key.value : undefined;
      if (key === '<<') {
        this.complain(
          item.key,
          sentence('merge-keys-are-not-followed'),
          sentence('write-the-keys-each-with-an-alias-of-its-text'),
        );
      } else if (!known.has(key)) {
        this.complain(
          item.key,
          sentence('unknown-key-key', { key: String(key) }),
          sentence('known-keys-are-list', { list: [...known].join(', ') }),
        );
      }
    }
  }

  /** A scalar as text; numbers count as text as they are written, so that `source: 793` works. Anything else is told. */
  private text(node: YAMLMap, key: string): string | undefined {
    const raw = node.get(key, true);
    return raw === undefined ? undefined : this.textOf(raw, key);
  }

  private textOf(raw: unknown, key: string): string | undefined {
    const value = this.aliases.resolve(raw);
    if (isScalar(value) && typeof value.value === 'string') {
      return value.value.trim();
    }
    if (isScalar(value) && typeof value.value === 'number') {
      return value.source ?? String(value.value);
    }
    return isAlias(raw) && !value
      ? this.complain(
          raw,
          sentence('nothing-before-this-is-marked-source', { source: raw.source }),
          sentence('mark-the-text-that-is-meant'),
        )
      : this.complain(raw, sentence('kind-must-be-a-text', { kind: key }), sentence('write-it-in-quotation-marks'));
  }

  /** A text whose blanks count. */
  private drawing(node: YAMLMap): string | undefined {
    const value = this.aliases.resolve(node.get('picture', true));
    const text =
      isScalar(value) && typeof value.value === 'string' ? value.value.trimEnd() : this.text(node, 'picture');
    return text === '' ? undefined : text;
  }

  private flag(node: YAMLMap, key: string): boolean {
    const raw = node.get(key, true);
    const value = this.aliases.resolve(raw);
    if (raw !== undefined && !(isScalar(value) && typeof value.value === 'boolean')) {
      this.complain(raw, sentence('key-must-be-true-or-false', { key }), sentence('write-true-or-false'));
    }
    return isScalar(value) && value.value === true;
  }

  private list(node: YAMLMap, key: string): readonly string[] {
    const value = this.aliases.resolve(node.get(key, true));
    if (isSeq(value)) {
      return value.items.flatMap((item) => this.textOf(item, key) ?? []).filter((item) => item !== '');
    }
    const single = this.text(node, key);
    return single ? [single] : [];
  }

  /** One language is enough for a user's own pack; the bundled ones are checked for both by {@link checkPairs}. */
  private texts(node: YAMLMap): Bilingual | undefined {
    const en = this.text(node, 'en') ?? '';
    const zh = this.text(node, 'zh') ?? '';
    if (en === '' && zh === '') {
      return this.complain(node, sentence('an-entry-must-have-a-text'), sentence('write-it-under-en-zh-or-both'));
    }
    if (en.length > longestText || zh.length > longestText) {
      return this.complain(
        node,
        sentence('a-text-is-longer-than-longest-text-characters', { longestText }),
        sentence('split-it-into-several-entries'),
      );
    }
    return { en: en || zh, zh: zh || en };
  }

  private title(node: YAMLMap): Bilingual | undefined {
    const raw = node.get('title', true);
    if (raw === undefined) {
      return undefined;
    }
    const value = this.aliases.resolve(raw);
    if (isMap(value)) {
      this.checkKnown(value, new Set(['en', 'zh']));
    }
    const en = isMap(value) ? this.text(value, 'en') : this.text(node, 'title');
    const zh = isMap(value) ? this.text(value, 'zh') : en;
    return en || zh
      ? { en: en ?? zh ?? '', zh: zh ?? en ?? '' }
      : this.complain(raw, sentence('title-needs-en-and-zh'), sentence('write-title-en-zh'));
  }

  private pair(node: YAMLMap): Entry['pair'] {
    const match = /^([0-9a-f]{8}):([0-9a-f]{8})$/.exec(this.text(node, 'pair') ?? '');
    if (!match) {
      return node.has('pair')
        ? this.complain(
            node.get('pair', true),
            sentence('pair-is-not-a-stamp'),
            sentence('remove-it-and-run-sockscope-annotations-stamp'),
          )
        : undefined;
    }
    return { en: itemAt(match, 1), zh: itemAt(match, 2) };
  }

  private anchor(node: YAMLMap): StatementAnchor | undefined {
    const functions = this.list(node, 'in');
    if (functions.length === 0) {
      return this.complain(node, sentence('a-statement-must-say-which-function-it-is-in'), sentence('add-in-function'));
    }
    const raw = node.get('statement', true);
    const value = this.aliases.resolve(raw);
    const items: readonly unknown[] = isSeq(value) ? value.items : [raw];
    const places = items.map((item) => this.place(item)).filter((place) => place !== undefined);
    return places.length > 0 ? { functions, places } : undefined;
  }

  private correction(node: YAMLMap): Correction | undefined {
    const functions = this.list(node, 'in');
    const says = this.list(node, 'correction');
    if (functions.length === 0) {
      return this.complain(
        node,
        sentence('a-correction-must-say-which-function-it-is-about'),
        sentence('add-in-function'),
      );
    }
    return says.length > 0
      ? { says, functions, on: this.list(node, 'on') }
      : this.complain(
          node,
          sentence('kind-must-be-a-text', { kind: 'correction' }),
          sentence('name-what-the-entry-is-about'),
        );
  }

  private place(item: unknown): AnchorPlace | undefined {
    const node = this.aliases.resolve(item);
    if (isScalar(node) && typeof node.value === 'string') {
      return { texts: [node.value] };
    }
    if (!isMap(node)) {
      return this.complain(
        item,
        sentence('a-statement-must-be-a-text-or-a-map-with-text'),
        sentence('write-the-statement-as-it-stands-in-the-c'),
      );
    }
    const query = this.text(node, 'query');
    const texts = [...this.list(node, 'text'), ...this.list(node, 'or')];
    if (texts.length === 0 && query === undefined) {
      return this.complain(
        node,
        sentence('a-statement-needs-text-or-query'),
        sentence('write-the-statement-as-it-stands-in-the-c'),
      );
    }
    this.checkKnown(node, new Set(['text', 'or', 'query', 'under', 'nth']));
    const raw = node.get('nth', true);
    const counted = this.aliases.resolve(raw);
    const nth = isScalar(counted) ? counted.value : undefined;
    if (raw !== undefined && !(typeof nth === 'number' && Number.isInteger(nth) && nth >= 1)) {
      this.complain(
        raw,
        sentence('nth-must-be-a-number-from-1'),
        sentence('count-the-equal-statements-of-the-function-from-1'),
      );
    }
    return {
      texts,
      query: query === undefined ? undefined : { text: query, place: this.spanOf(node.get('query', true)) },
      under: this.text(node, 'under'),
      nth: typeof nth === 'number' && nth >= 1 ? nth : undefined,
    };
  }
}
