/**
 * Scopes (C99 6.2.1) and the two name spaces that follow them: ordinary identifiers and tags. Labels live in functions,
 * members in records.
 *
 * In: declarations, in order. Out: what a name means at a point. A scope is a map with a link to the enclosing one; the
 * file scope can record what was looked up and declared, which is what a memo of a declaration's effect needs to know.
 */
import type { Words } from '../sentences/sentence';
import type { Span } from '../source/source-file';
import type { GlobalSymbol, LocalVariable } from './checked';
import type { ArrayType, CType, EnumType, IntegerType, RecordType } from './ctype';

/** An array whose length is found when its declaration is reached. */
export interface VariableArray {
  readonly type: ArrayType;
  /** Address of the first element. */
  readonly pointer: LocalVariable;
  /** Size of the whole. */
  readonly bytes: LocalVariable;
}

/** What an ordinary identifier stands for. */
export type Entity =
  | {
      readonly kind: 'typedef';
      readonly type: CType;
      readonly qualifiers: number;
      readonly align: number | undefined;
      readonly spelling: string;
      readonly span: Span;
    }
  | { readonly kind: 'enumerator'; readonly value: bigint; readonly type: IntegerType; readonly span: Span }
  | { readonly kind: 'local'; readonly variable: LocalVariable }
  | { readonly kind: 'variable-array'; readonly array: VariableArray }
  | { readonly kind: 'symbol'; readonly symbol: GlobalSymbol }
  /** Declared, but so that it has no usable meaning; the diagnostic was given there. */
  | { readonly kind: 'unusable'; readonly message: Words; readonly span: Span };

export type Tag = RecordType | EnumType;

/** What a piece of checking read from and did to the file scope: all that its result depends on. */
export interface Recording {
  readonly names: Map<string, Entity | undefined>;
  readonly tags: Map<string, Tag | undefined>;
  readonly declaredNames: [string, Entity][];
  readonly declaredTags: [string, Tag][];
  /** Records and enums whose definition was met. */
  readonly completed: Tag[];
}

export class Scope {
  readonly names = new Map<string, Entity>();
  readonly tags = new Map<string, Tag>();
  /** Labels declared with `__label__` here: from the name written to one that no other block of the function has. */
  readonly labels = new Map<string, string>();
  private recording: Recording | undefined;

  constructor(readonly parent: Scope | undefined) {}

  /** The meaning of an ordinary identifier here, or undefined. */
  find(name: string): Entity | undefined {
    return this.findHere(name) ?? this.parent?.find(name);
  }

  /** The meaning of an ordinary identifier that this very scope declares. */
  findHere(name: string): Entity | undefined {
    const entity = this.names.get(name);
    if (this.recording && !this.recording.names.has(name)) {
      this.recording.names.set(name, entity);
    }
    return entity;
  }

  /** The record or enum a tag stands for here, or undefined. */
  findTag(name: string): Tag | undefined {
    return this.findTagHere(name) ?? this.parent?.findTag(name);
  }

  /** The record or enum of a tag that this very scope declares. */
  findTagHere(name: string): Tag | undefined {
    const tag = this.tags.get(name);
    if (this.recording && !this.recording.tags.has(name)) {
      this.recording.tags.set(name, tag);
    }
    return tag;
  }

  /** The name by which the function knows a label: that of the innermost `__label__`, or as it is written. */
  labelName(name: string): string {
    return this.labels.get(name) ?? this.parent?.labelName(name) ?? name;
  }

  /** Declares an ordinary identifier, hiding an earlier declaration in this scope. */
  declare(name: string, entity: Entity): void {
    this.names.set(name, entity);
    this.recording?.declaredNames.push([name, entity]);
  }

  declareTag(name: string, tag: Tag): void {
    this.tags.set(name, tag);
    this.recording?.declaredTags.push([name, tag]);
  }

  /** Notes that the definition of a record or enum was met. */
  complete(tag: Tag): void {
    this.recording?.completed.push(tag);
  }

  /** Runs `work` and gives what it read and did in this scope; a name it declares itself does not count as read. */
  record<T>(work: () => T): { readonly result: T; readonly recording: Recording } {
    const recording: Recording = {
      names: new Map(),
      tags: new Map(),
      declaredNames: [],
      declaredTags: [],
      completed: [],
    };
    this.recording = recording;
    try {
      return { result: work(), recording };
    } finally {
      this.recording = undefined;
    }
  }
}
