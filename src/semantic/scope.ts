/**
 * Scopes (C99 6.2.1) and the two name spaces that follow them: ordinary identifiers and tags. Labels live in functions,
 * members in records.
 *
 * In: declarations, in order. Out: what a name means at a point. A scope is a map with a link to the enclosing one; the
 * file scope can record which names were looked up, which is what a memo of a declaration's effect needs to know.
 */
import type { Span } from '../source/source-file';
import type { GlobalSymbol, LocalVariable } from './checked';
import type { CType, EnumType, IntegerType, RecordType } from './ctype';

/** What an ordinary identifier stands for. */
export type Entity =
  | { readonly kind: 'typedef'; readonly type: CType; readonly qualifiers: number; readonly align: number | undefined; readonly spelling: string; readonly span: Span }
  | { readonly kind: 'enumerator'; readonly value: bigint; readonly type: IntegerType; readonly span: Span }
  | { readonly kind: 'local'; readonly variable: LocalVariable }
  | { readonly kind: 'symbol'; readonly symbol: GlobalSymbol }
  /** Declared, but so that it has no usable meaning; the diagnostic was given there. */
  | { readonly kind: 'unusable'; readonly message: string; readonly span: Span };

export type Tag = RecordType | EnumType;

/** A name looked up in the file scope, and what was found. */
export interface LookUp {
  readonly name: string;
  readonly space: 'ordinary' | 'tag';
  readonly found: Entity | Tag | undefined;
}

export class Scope {
  readonly names = new Map<string, Entity>();
  readonly tags = new Map<string, Tag>();
  private recorder: LookUp[] | undefined;

  constructor(readonly parent: Scope | undefined) {}

  /** The meaning of an ordinary identifier here, or undefined. */
  find(name: string): Entity | undefined {
    const entity = this.names.get(name);
    this.recorder?.push({ name, space: 'ordinary', found: entity });
    return entity ?? this.parent?.find(name);
  }

  /** The record or enum a tag stands for here, or undefined. */
  findTag(name: string): Tag | undefined {
    const tag = this.tags.get(name);
    this.recorder?.push({ name, space: 'tag', found: tag });
    return tag ?? this.parent?.findTag(name);
  }

  /** Runs `work` and gives the look-ups that reached this scope meanwhile. */
  record(work: () => void): readonly LookUp[] {
    const before = this.recorder;
    const recorder: LookUp[] = [];
    this.recorder = recorder;
    try {
      work();
    } finally {
      this.recorder = before;
    }
    return recorder;
  }
}
