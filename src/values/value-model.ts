/**
 * What a stopped machine shows, as plain data: a frame, a value in C terms, an object of the slab, a change. Lines and
 * columns are one-based (`Position1`), addresses are those of the machine's memory.
 */

export interface StackFrame {
  /** Valid until the machine moves. */
  readonly id: number;
  readonly function: string;
  readonly functionId: number;
  /** One-based line of the function's name; 0 when there is no C. */
  readonly functionLine: number;
  /** Undefined for a service. */
  readonly path: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Text offsets of the current statement in `path`. */
  readonly start: number;
  readonly end: number;
  /** Name of the macro the statement comes from. */
  readonly macro?: string;
  /** The function is SockScope's own: which function of Linux it does a part of. */
  readonly partOf?: string;
  /** Address of the frame header; identifies the frame while it lives. */
  readonly address: number;
  readonly kind: 'compiled' | 'service' | 'missing' | 'refused';
  /** 'interrupt' when timers or softirqs run on top of a task. */
  readonly context?: 'system-call' | 'interrupt' | 'boot';
}

/**
 * null: NULL; function: a function's address; freed, uninitialised: the slab's fill bytes; dangling: points to freed
 * memory; invalid: points to no memory; user: points into user memory.
 */
export type ValueMark = 'null' | 'function' | 'freed' | 'uninitialised' | 'dangling' | 'invalid' | 'user';

/**
 * What a scalar is, as C computes with it; how it is shown stands beside it. Integers of eight bytes are bigints, others
 * numbers. `none`: structs, unions, arrays, void, and bytes that cannot be read.
 */
export type Scalar =
  | {
      readonly kind: 'integer';
      readonly value: number | bigint;
      readonly signed: boolean;
      /** Enumerator or constant that it stands for: `TCP_LISTEN`. */
      readonly constant?: string;
    }
  | { readonly kind: 'floating'; readonly value: number }
  | {
      readonly kind: 'pointer';
      /** 0 is NULL. */
      readonly address: number;
      /** Global or function it leads to: `tcp_prot`, `tcp_prot+16`. */
      readonly symbol?: string;
    }
  | { readonly kind: 'none' };

/** A member by the tag of the record around it and its path from there: `tp_pinfo.af_tcp.rto` of `sock`. */
export interface MemberName {
  readonly record: string;
  readonly path: string;
}

/** An object of the simulated slab allocator. */
export interface LiveObject {
  readonly address: number;
  readonly size: number;
  /** Cache name (`sock`), or `size-64` and the like for kmalloc. */
  readonly cache: string;
  readonly allocatedAtClock?: number;
}

/** A value in C terms, to be shown and unfolded lazily. */
/** The bits of a bit-field. */
export interface BitPlace {
  readonly bitOffset: number;
  readonly bitSize: number;
}

export interface ValueNode {
  readonly name: string;
  /** C expression that gives this value again in the same frame (`sk->tp_pinfo.af_tcp.rto`), when there is one. */
  readonly expression?: string;
  /** A parameter of its frame's function. */
  readonly parameter?: true;
  /** The type as written. */
  readonly type: string;
  /** One line: `7 (TCP_CLOSE)`, `0xc010… <tcp_v4_do_rcv>`, `NULL`, `0x6b6b6b6b (freed memory)`, `{…}`, `"text"`. */
  readonly display: string;
  /** The value itself: what conditions, comparisons and fronts compute with. */
  readonly scalar: Scalar;
  /** Address in machine memory, undefined for values that are not there; and size. */
  readonly address?: number;
  readonly size?: number;
  /** Of a bit-field: its bits, counted from the lowest at `address`. */
  readonly bits?: BitPlace;
  /** How many named members or elements `children` gives; 0 for leaves. */
  readonly named: number;
  readonly indexed: number;
  readonly lazy?: boolean;
  /** What is special about it, for fronts that show more than text. */
  readonly mark?: ValueMark;
  children(start?: number, count?: number): readonly ValueNode[];
}

/** One place in memory that a step changed, in C terms. */
export interface Change {
  /** Shortest C path from what the reader sees: `sk->state`, `tcp_prot.sockets`, `sock->wait.task_list.next`. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** The values themselves; `none` for arrays of bytes. */
  readonly before: Scalar;
  readonly after: Scalar;
  /** The member that changed, when it is one. */
  readonly member?: MemberName;
  readonly address: number;
  readonly size: number;
  readonly type: string;
}
