/**
 * What is known of a file while it is read for the index: its tokens, what was found out about each, the definitions and
 * the filled slots so far, and which names are local at the present place. In: findings of the readers beside this file.
 * Out: the same, by index.
 */
import { known } from '../preprocess/atoms';
import { actOf, Act, isLocal, Kind, role, Space, type ActNumber, type KindNumber, type SpaceNumber } from './roles';
import type { TokenList } from './token-list';

/** A definition, in terms of tokens. */
export interface FoundDefinition {
  /** Its name; -1 for a struct without a tag. */
  readonly token: number;
  readonly kind: KindNumber;
  /** Index of the definition around it: a member's struct, a local's function; -1 for none. */
  readonly owner: number;
  type: number;
  form: number;
  /** Offset behind it. */
  end: number;
}

/** A place where a function (or anything else) is put into a member: an initialiser's, or an assignment's. */
export interface FoundSlot {
  /** Index of the definition of the variable that is initialised, or -1. */
  readonly table: number;
  /** Token of the member's name; -1 in a list without names. */
  readonly member: number;
  /** Its place in such a list. */
  readonly position: number;
  /** Token of the value, a name alone. */
  readonly value: number;
}

/** Nesting that is followed; no hand wrote deeper one. */
export const deepest = 400;

export class ScanState {
  readonly partner: Int32Array;
  readonly roles: Uint8Array;
  /** Token that says of which type the struct is that a member belongs to; -1 where nothing does. */
  readonly bases: Int32Array;
  readonly definitions: FoundDefinition[] = [];
  readonly slots: FoundSlot[] = [];
  depth = 0;
  /** Names that are local here, with how often they are declared around this place. */
  private readonly locals = new Map<number, number>();
  private readonly declared: number[] = [];

  constructor(
    readonly tokens: TokenList,
    readonly text: string,
    readonly textOf: (atom: number) => string,
  ) {
    this.partner = tokens.partners(text);
    this.roles = new Uint8Array(tokens.length);
    this.bases = new Int32Array(tokens.length).fill(-1);
  }

  mark(token: number, space: SpaceNumber, act: ActNumber, local = false): void {
    this.roles[token] = role(space, act, local ? isLocal : 0);
  }

  actAt(token: number): ActNumber {
    return actOf(this.roles[token] ?? 0);
  }

  /** Index behind the bracket that closes the one at `open`; `to` when none does before. */
  behind(open: number, to: number): number {
    const close = this.partner[open] ?? -1;
    return close > open && close < to ? close + 1 : to;
  }

  /** Offset behind a token. */
  endOf(token: number): number {
    const atom = this.tokens.atom(token);
    return this.tokens.start(token) + (atom >= 0 ? this.textOf(atom).length : 1);
  }

  define(kind: KindNumber, token: number, owner: number, type: number, form: number): number {
    this.definitions.push({ token, kind, owner, type, form, end: token < 0 ? 0 : this.endOf(token) });
    if (token >= 0) {
      const space =
        kind === Kind.struct || kind === Kind.union || kind === Kind.enum
          ? Space.tag
          : kind === Kind.member
            ? Space.member
            : Space.ordinary;
      this.mark(token, space, kind === Kind.declaration ? Act.declare : Act.define, kind === Kind.local);
      if (kind === Kind.local) {
        this.declareLocal(this.tokens.atom(token));
      }
    }
    return this.definitions.length - 1;
  }

  /** Opens a block; what it answers closes it. */
  openBlock(): number {
    return this.declared.length;
  }

  closeBlock(mark: number): void {
    while (this.declared.length > mark) {
      const atom = this.declared.pop() ?? 0;
      this.locals.set(atom, (this.locals.get(atom) ?? 1) - 1);
    }
  }

  isLocal(atom: number): boolean {
    return (this.locals.get(atom) ?? 0) > 0;
  }

  private declareLocal(atom: number): void {
    this.declared.push(atom);
    this.locals.set(atom, (this.locals.get(atom) ?? 0) + 1);
  }
}

/** `(`, `[` or `{`. */
export function isOpening(atom: number): boolean {
  return atom === known['('] || atom === known['['] || atom === known['{'];
}
