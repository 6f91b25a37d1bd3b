/**
 * Reads a file of views: how structures are shown.
 *
 * In: YAML, from outside. Out: a set of views and diagnostics SS6007, each at its place. The file is only read: conditions
 * are a small part of C that the reader of values computes itself; size, depth and numbers are bounded. What is wrong with
 * one part leaves the others as they are.
 */
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { sentence, type Words } from '../sentences/sentence';
import type { Diagnostic } from '../source/diagnostic';
import type { SourceFile } from '../source/source-file';
import type { ArmView, Condition, ListView, PartView, StructView, ViewSet } from '../values/structure-views';
import { NAMED_FAMILIES, type ValueFamily } from '../values/value-families';
import { readCondition, readPath } from '../values/view-condition';
import { parseYaml, problemsOfYaml, whyUnread } from './load-pack';

/** Of one file this much is told, and read. */
const MOST_TOLD = 100;
const MOST_ITEMS = 5000;
const LARGEST_NUMBER = 0xffff_ffff;

export interface ReadViews {
  readonly views: ViewSet;
  readonly diagnostics: readonly Diagnostic[];
}

export function readViews(file: SourceFile): ReadViews {
  const unread = whyUnread(file);
  if (unread) {
    return { views: { structs: new Map(), variables: new Map() }, diagnostics: [unread] };
  }
  const document = parseYaml(file.text);
  const reader = new ViewReader(file);
  const wrong = problemsOfYaml(file, document);
  const views = reader.views(document.contents);
  return { views, diagnostics: [...wrong, ...reader.diagnostics] };
}

type Entry = readonly [key: string, value: Node | null, at: Node];
/** Reads what stands behind a key. */
type Read<T> = (value: Node | null) => T | undefined;

class ViewReader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly meanings = new Map<string, ValueFamily>(Object.entries(NAMED_FAMILIES));
  private items = 0;

  constructor(private readonly file: SourceFile) {}

  views(contents: Node | null): ViewSet {
    const parts = this.parts(contents, ['meanings', 'structs', 'variables']);
    const meaning: Read<ValueFamily> = (value) => this.meaning(value);
    for (const [name, found] of Object.entries(this.record(parts.get('meanings'), meaning))) {
      this.meanings.set(name, found);
    }
    const structs = this.record(parts.get('structs'), (value) => this.struct(value));
    const variables = this.record(parts.get('variables'), meaning);
    return { structs: new Map(Object.entries(structs)), variables: new Map(Object.entries(variables)) };
  }

  private struct(node: Node | null): StructView {
    const parts = this.parts(node, ['fields', 'list', 'lists', 'unions', 'parts']);
    const list = parts.has('list') ? this.list(parts.get('list') ?? null) : undefined;
    return {
      fields: this.record(parts.get('fields'), (value) => this.meaning(value)),
      lists: { ...(list ? { '': list } : {}), ...this.record(parts.get('lists'), (value) => this.list(value)) },
      unions: this.record(parts.get('unions'), (value) => this.each(value, (arm) => this.arm(arm))),
      parts: this.each(parts.get('parts'), (part) => this.part(part)),
    };
  }

  /** A name of a meaning, or a table of names and numbers. */
  private meaning(node: Node | null): ValueFamily | undefined {
    if (isScalar(node) && typeof node.value === 'string') {
      const known = [...this.meanings.keys()].join(', ');
      const name = node.value.slice(0, 60);
      return this.meanings.get(node.value) ?? this.wrong(node, sentence('no-meaning-is-called-name', { name, known }));
    }
    const parts = this.parts(node, ['values', 'flags', 'zero', 'network']);
    const names = this.record(parts.get('values') ?? parts.get('flags'), (value) => this.number(value));
    const zero = this.text(parts.get('zero') ?? null);
    const network = isTrue(parts.get('network'));
    return parts.has('values')
      ? { kind: 'values', names }
      : { kind: 'flags', names, ...(zero === undefined ? {} : { zero }), ...(network ? { network } : {}) };
  }

  private list(node: Node | null): ListView | undefined {
    const parts = this.parts(node, ['of', 'next', 'first', 'embedded']);
    const [of, next] = [this.path(parts.get('of') ?? node), this.path(parts.get('next') ?? node)];
    const first = parts.has('first') ? this.path(parts.get('first') ?? null) : undefined;
    return of === undefined || next === undefined
      ? undefined
      : {
          of,
          next,
          ...(first === undefined ? {} : { first }),
          ...(isTrue(parts.get('embedded')) ? { embedded: true } : {}),
        };
  }

  private arm(node: Node | null): ArmView | undefined {
    const parts = this.parts(node, ['arm', 'when']);
    const [arm, when] = [this.path(parts.get('arm') ?? node), this.condition(parts.get('when') ?? node)];
    return arm === undefined || !when ? undefined : { arm, when };
  }

  private part(node: Node | null): PartView | undefined {
    const parts = this.parts(node, ['name', 'as', 'at', 'in', 'when']);
    const inPlace = parts.has('in');
    const [as, at] = [this.path(parts.get('as') ?? node), this.path(parts.get(inPlace ? 'in' : 'at') ?? node)];
    const when = parts.has('when') ? this.condition(parts.get('when') ?? null) : undefined;
    return as === undefined || at === undefined || (parts.has('when') && !when)
      ? undefined
      : {
          name: this.text(parts.get('name') ?? null) ?? as,
          as,
          at,
          ...(inPlace ? { inPlace } : {}),
          ...(when ? { when } : {}),
        };
  }

  private condition(node: Node | null): Condition | undefined {
    return readCondition(this.text(node) ?? '') ?? this.wrong(node, sentence('this-is-no-condition-of-a-view'));
  }

  private path(node: Node | null): string | undefined {
    const text = this.text(node);
    return text !== undefined && readPath(text) ? text : this.wrong(node, sentence('views-want-a-name-of-c-here'));
  }

  private number(node: Node | null): number | undefined {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LARGEST_NUMBER
      ? value
      : this.wrong(node, sentence('views-want-a-whole-number-here'));
  }

  private text(node: Node | null): string | undefined {
    return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
  }

  /** The values of a map that has only keys that are known. */
  private parts(node: Node | null, known: readonly string[]): ReadonlyMap<string, Node | null> {
    const entries = this.entries(node);
    for (const [name, , at] of entries) {
      if (!known.includes(name)) {
        this.wrong(at, sentence('views-have-other-keys-here', { name: name.slice(0, 60), known: known.join(', ') }));
      }
    }
    return new Map(entries.map(([key, value]) => [key, value]));
  }

  /** What is read behind each key of a map; nothing of a map that is not there. */
  private record<T>(node: Node | null | undefined, read: Read<T>): Record<string, T> {
    const found: [string, T][] = [];
    for (const [key, value] of node === undefined ? [] : this.entries(node)) {
      const item = read(value);
      if (item !== undefined) {
        found.push([key, item]);
      }
    }
    return Object.fromEntries(found);
  }

  private each<T>(node: Node | null | undefined, read: Read<T>): readonly T[] {
    if (node === undefined) {
      return [];
    }
    if (!isSeq(node)) {
      this.wrong(node, sentence('views-want-a-list-here'));
      return [];
    }
    return node.items.slice(0, MOST_ITEMS).flatMap((item) => read(isNode(item) ? item : null) ?? []);
  }

  private entries(node: Node | null): readonly Entry[] {
    if (!isMap(node)) {
      this.wrong(node, sentence('views-want-names-with-values-here'));
      return [];
    }
    return node.items.flatMap(({ key, value }): Entry[] => {
      const isKnown = isScalar(key) && typeof key.value === 'string' && ++this.items <= MOST_ITEMS;
      return isKnown ? [[String(key.value), isNode(value) ? value : null, key]] : [];
    });
  }

  private wrong(node: Node | null, message: Words): undefined {
    const { file } = this;
    const [start, end] = node?.range ?? [0, 0];
    if (this.diagnostics.length < MOST_TOLD) {
      const remedy = sentence('the-documentation-of-views-says-what-can-stand-here');
      this.diagnostics.push({ code: 'SS6007', severity: 'error', span: { file, start, end }, message, remedy });
    }
    return undefined;
  }
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}

function isTrue(node: Node | null | undefined): boolean {
  return isScalar(node) && node.value === true;
}
