/**
 * The object graph: the kernel objects around what the reader looks at, and how they are reached.
 *
 * In: nothing; types only. `graph-roots.ts` finds where to start, `graph-build.ts` follows pointers, `graph-rows.ts`
 * reads the fields of a card when they are shown.
 */
import type { TypeId } from '../abi/debug-info';
import type { LiveObject, Scalar, ValueMark } from './value-model';
import type { ValueContext } from './value-context';

/** What a card is about; the inspector's icon, reading order and colour accent follow from it. */
export type GraphCardKind =
  | 'socket'
  | 'sock'
  | 'protocol-part'
  | 'operations'
  | 'queue'
  | 'packet'
  | 'request'
  | 'bind-bucket'
  | 'waiter'
  | 'task'
  | 'file'
  | 'address'
  | 'timer'
  | 'device'
  /** The variables of a function's frame. */
  | 'frame'
  | 'other';

/** Where the object lives. */
export type GraphCardState = 'live' | 'freed' | 'static' | 'stack' | 'user' | 'embedded';

/** A place to start from. */
export interface GraphRoot {
  /** Type of the object, not of the pointer. */
  readonly type: TypeId;
  readonly address: number;
  /** C expression: of the pointer when `access` is `->`, of the object itself when `.`. */
  readonly expression: string;
  readonly access: '.' | '->';
  /** How far from what the reader looks at; 0 is the innermost frame. */
  readonly cost: number;
  /** Name of the variable, when the root is one. */
  readonly variable?: string;
  /** A local that may not have been assigned yet: it counts only when it leads to a live object. */
  readonly unsure?: boolean;
  /** Function of the frame whose variable it is; undefined for the innermost frame, where the expression holds. */
  readonly frame?: string;
}

export interface GraphInput {
  readonly context: ValueContext;
  readonly roots: readonly GraphRoot[];
  /** What the slab has handed out; without it every mapped address counts as an object. */
  readonly objects?: readonly LiveObject[];
  /** Most cards to give. */
  readonly limit?: number;
}

export interface GraphCard {
  /** Struct name and address: stable from step to step. */
  readonly id: string;
  readonly kind: GraphCardKind;
  readonly type: TypeId;
  /** `struct sock`. */
  readonly typeName: string;
  readonly address: number;
  readonly size: number;
  readonly state: GraphCardState;
  /** Shortest way to it in C, or a global's name. */
  readonly expression: string;
  readonly access: '.' | '->';
  /**
   * Function of the outer frame in which `expression` holds; undefined where it holds in the innermost, or everywhere.
   */
  readonly frame?: string;
  /** Card this one is a part of, for embedded ones. */
  readonly inside?: string;
  /** Card whose field or list led here; undefined for roots. */
  readonly from?: string;
  /** What C writes behind the expression of that card: `->listen_opt`. */
  readonly via?: string;
  /** Variables of the current frames that point here, innermost first. */
  readonly variables: readonly string[];
}

export interface ObjectGraph {
  /** In reading order: each socket with its sock and protocol part, then what they share, then the rest. */
  readonly cards: readonly GraphCard[];
  /** Objects that were reached and left off because of the limit. */
  readonly leftOff: number;
}

/** What a field is about. */
export type FieldMeaning =
  | 'identity'
  | 'addresses'
  | 'links'
  | 'queues'
  | 'functions'
  | 'life'
  | 'sending'
  | 'receiving'
  | 'windows'
  | 'congestion'
  | 'timers';

export interface GraphRow {
  /** Dotted field path from the card's object. */
  readonly id: string;
  readonly type: string;
  readonly display: string;
  readonly mark?: ValueMark;
  /** `display` in fewer letters: without an address that has a name, without the words for `mark`. */
  readonly short?: string;
  /** The values that the row shows, to be compared: one, two for a timer, none for records, arrays and lists. */
  readonly scalars: readonly Scalar[];
  /** Shares its bytes with other fields. */
  readonly isBitField?: boolean;
  /** Address that a pointer holds. */
  readonly pointer?: number;
  readonly expression: string;
  readonly address: number;
  readonly size: number;
  /** Card and row that the pointer leads to. */
  readonly target?: string;
  readonly targetRow?: string;
  readonly chain?: GraphChain;
  /** What the field is about, where its struct's fields are told apart by that. */
  readonly meaning?: FieldMeaning | undefined;
  /** Fields that the table of important fields names. */
  readonly important: boolean;
}

export interface GraphChain {
  readonly items: readonly GraphChainItem[];
  readonly leftOff: number;
  /** The list runs into memory that is no element, or never ends. */
  readonly broken: boolean;
}

export interface GraphChainItem {
  readonly type: TypeId;
  readonly address: number;
  readonly label: string;
  readonly expression: string;
  /** Card of this element, where it has one. */
  readonly card?: string | undefined;
}
