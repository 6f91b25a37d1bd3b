/**
 * How structures are shown, as plain data: what their fields mean and how they hang together, by name.
 *
 * In: nothing; types only. `linux-views.ts` has those that every kernel is shown with, `catalog/read-views.ts` reads more
 * from files.
 */
import type { ValueFamily } from './value-families';

/** A field and what it is compared with: a subset of C's conditions over the fields of one structure. */
export type Condition =
  | { readonly op: 'or' | 'and'; readonly left: Condition; readonly right: Condition }
  | { readonly op: 'not'; readonly of: Condition }
  | {
      readonly op: '==' | '!=' | '<' | '>' | '<=' | '>=' | '&';
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly op: 'true'; readonly of: Operand };

/** A number, or a name: a field's path (`sk->protocol`), else a constant or a global of the program. */
export type Operand = { readonly number: number } | { readonly path: readonly string[] };

/** A list that begins in a field. */
export interface ListView {
  /** The struct of its elements. */
  readonly of: string;
  /** Path of the link in an element. */
  readonly next: string;
  /** Path from the field to the pointer to the first element; the field itself when left out. */
  readonly first?: string;
  /** The links are `struct list_head` inside the elements, at `next`. */
  readonly embedded?: boolean;
}

/** The member of a union that is in use while a condition holds. */
export interface ArmView {
  readonly arm: string;
  readonly when: Condition;
}

/** Bytes that are another structure: the headers of a packet, a control block. */
export interface PartView {
  readonly name: string;
  readonly as: string;
  /** Path of a pointer to it, or of the field whose bytes it is. */
  readonly at: string;
  readonly inPlace?: boolean;
  readonly when?: Condition;
}

export interface StructView {
  readonly fields: Readonly<Record<string, ValueFamily>>;
  /** By path of the field; `''`: the structure is itself the head of a list. */
  readonly lists: Readonly<Record<string, ListView>>;
  readonly unions: Readonly<Record<string, readonly ArmView[]>>;
  readonly parts: readonly PartView[];
}

export interface ViewSet {
  readonly structs: ReadonlyMap<string, StructView>;
  /** By name of a local variable or parameter. */
  readonly variables: ReadonlyMap<string, ValueFamily>;
}

/** Several sets, later ones over earlier ones: what is described again is as the last one says. */
export function mergedViews(sets: readonly ViewSet[]): ViewSet {
  const structs = new Map<string, StructView>();
  const variables = new Map<string, ValueFamily>();
  for (const set of sets) {
    set.variables.forEach((meaning, name) => variables.set(name, meaning));
    for (const [name, view] of set.structs) {
      const before = structs.get(name) ?? { fields: {}, lists: {}, unions: {}, parts: [] };
      const kept = before.parts.filter((part) => !view.parts.some((each) => each.name === part.name));
      structs.set(name, {
        fields: { ...before.fields, ...view.fields },
        lists: { ...before.lists, ...view.lists },
        unions: { ...before.unions, ...view.unions },
        parts: [...kept, ...view.parts],
      });
    }
  }
  return { structs, variables };
}
