/**
 * The inspector's model: everything the webview shows at one stop, as plain data.
 *
 * In: nothing. Out: the shape that the extension builds (`src/editor/inspector-model.ts`) and the webview draws. It is
 * sent whole at first and whenever the view becomes visible, then as what has changed (`model-change.ts`), so the webview
 * never has to remember anything but its own layout and the model that it shows. Values are worded on the extension's side in C terms; sentences for the reader (stop text, marks,
 * labels) are worded by the webview in its own language from the data here.
 */
import type { Bilingual } from '../base/bilingual';
import type { StopReason as StopReasonModel } from '../session/session-types';
import type { FieldMeaning, GraphCardKind as CardKind, GraphCardState as CardState } from '../values/graph-types';
import type { ValueMark } from '../values/value-model';

export type { CardKind, CardState, FieldMeaning, StopReasonModel, ValueMark };

/** The languages notes are written in; `both` shows them one under the other. */
export type NoteLanguage = 'en' | 'zh' | 'both';
/** The language of buttons, labels and announcements. */
export type UiLanguage = 'en' | 'zh';

/** One field of a card. */
export interface RowModel {
  /** Stable within the card: the field's path from the card's object, such as `ack.pending`. */
  readonly id: string;
  /** As shown; usually the same as `id`. */
  readonly name: string;
  /** The type as written in the source. */
  readonly type: string;
  readonly display: string;
  readonly mark?: ValueMark;
  /** `display` in fewer letters: a pointer by the name it leads to, a marked value without the English words for its mark. */
  readonly short?: string;
  /** What it is about, where its struct's fields are told apart by that. */
  readonly meaning?: FieldMeaning;
  /** The next statement names it. */
  readonly touched?: boolean;
  /** The last move changed it; `was` is how it was displayed before. */
  readonly changed?: boolean;
  readonly was?: string;
  /** The constant, global or function that it stood for before. */
  readonly wasName?: string;
  /** Raw value of a pointer. */
  readonly pointer?: number;
  /** Card that a pointer leads to, and the row in it when it points into the middle. */
  readonly target?: string;
  readonly targetRow?: string;
  /** C expression of the field in the current frame, for hovers and copying. */
  readonly expression?: string;
  readonly address: number;
  readonly size: number;
  /** Elements of a queue or list that starts in this field, in order. */
  readonly chain?: ChainModel;
}

export interface ChainModel {
  readonly items: readonly ChainItemModel[];
  /** Elements that exist and are not listed. */
  readonly leftOff: number;
  /** The list does not come back to its head, or runs into freed memory: shown as broken. */
  readonly broken?: boolean;
}

export interface ChainItemModel {
  /** Stable id: kind and address. */
  readonly id: string;
  /** One line: `SYN seq 100 len 0`, `pid 2 server (WQ_FLAG_EXCLUSIVE)`. */
  readonly label: string;
  readonly address: number;
  /** Card of this element, when it has one. */
  readonly card?: string;
  /** Not there before the last move. */
  readonly isNew?: boolean;
}

/**
 * Whose an object is: a process's, a function's outside the innermost frame, one table for all, one that the kernel made for
 * itself, nobody's in sight.
 */
export type CardGroup =
  { readonly kind: 'process' | 'frame'; readonly name: string } | { readonly kind: 'shared' | 'kernel' | 'other' };

/** An object of the frame looked at. */
export interface FocusModel {
  readonly card: string;
  /** The next statement names it, or something in it. */
  readonly touched: boolean;
}

/** One object of the machine. */
export interface CardModel {
  /** Stable from step to step: kind and address. */
  readonly id: string;
  readonly kind: CardKind;
  /** `struct sock`. */
  readonly type: string;
  /** What the reader knows it by: shortest C path, `sock->sk`, or a global's name. */
  readonly title: string;
  /** The socket that it is or is part of, by the name that it has everywhere. */
  readonly socket?: Bilingual;
  /** Function in whose frame `title` holds, when that is not the innermost. */
  readonly frame?: string;
  /** One line on what it is right now: `TCP_LISTEN 0.0.0.0:8080`. */
  readonly summary?: string;
  readonly address: number;
  readonly size: number;
  readonly state: CardState;
  /** The last step made the object. */
  readonly isNew?: boolean;
  /** What it is found under when it is not in focus. */
  readonly group: CardGroup;
  /** Important fields first, then fields that changed, then, when the card is expanded, all others. */
  readonly rows: readonly RowModel[];
  /** Fields not in `rows`; asking for them is `expandCard`. */
  readonly hiddenRows: number;
  readonly expanded: boolean;
  /** Names of pointer variables of the current frames that lead here. */
  readonly variables: readonly string[];
}

export interface StopModel {
  readonly reason: StopReasonModel;
  /** Statements executed before this moment; `clock < frontier` means the past. */
  readonly clock: number;
  readonly frontier: number;
  readonly oldest: number;
  readonly thread: number;
  /** What the kernel has counted, in ticks of 10 ms, when the program has a clock. */
  readonly jiffies?: number;
  /** Virtual time since the first moment of the ladder. */
  readonly seconds?: number;
  readonly switched?: { readonly from: Bilingual; readonly to: Bilingual; readonly because: Bilingual };
  /** The kind as in `src/machine/fault.ts`, and the parts of its message. */
  readonly fault?: {
    readonly kind: string;
    readonly message: Bilingual;
    readonly address?: number;
    readonly expression?: string;
  };
  readonly expectation?: { readonly line: number; readonly expected: Bilingual; readonly actual: Bilingual };
  /** What has changed that is watched. */
  readonly watched?: readonly string[];
  /** What was read that is watched, and did not change. */
  readonly read?: readonly string[];
}

export interface ThreadModel {
  readonly id: number;
  readonly pid: number;
  readonly name: Bilingual;
  readonly state: 'running' | 'ready' | 'sleeping' | 'woken' | 'idle' | 'exited';
  readonly sleepsIn?: string;
  readonly call?: string;
  /** The one whose stack is shown. */
  readonly current: boolean;
}

export interface FrameModel {
  readonly function: string;
  readonly place?: PlaceModel;
  readonly kind: 'compiled' | 'service' | 'missing' | 'refused';
  readonly context?: 'system-call' | 'interrupt' | 'boot';
  /** What the socket is called that it is about. */
  readonly socket?: Bilingual;
}

/** A place in a source file; line and column are one-based. */
export interface PlaceModel {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The statement about to run. */
export interface StatementModel {
  readonly function: string;
  readonly text: string;
  readonly place: PlaceModel;
  readonly macro?: string;
}

/** A note on the current statement, its function, or something it names. */
export interface NoteModel {
  readonly id: string;
  readonly title?: Bilingual;
  readonly en: string;
  readonly zh: string;
  /** Where the fact comes from: an RFC, a kernel file and function, a point of the notes. */
  readonly source?: string;
}

/** Something that happened; clicking it travels to its clock. */
export interface EventModel {
  readonly clock: number;
  readonly thread: number;
  readonly kind: 'call' | 'return' | 'printk' | 'packet' | 'state' | 'switch' | 'fault' | 'expectation' | 'other';
  /** One line in C and protocol terms. */
  readonly text: Bilingual;
  /** Virtual time since the machine was switched on. */
  readonly microseconds?: number;
  /** Packets only. */
  readonly direction?: 'in' | 'out';
}

/** A TCP (or other) sock's state at a glance. */
export interface SocketStateModel {
  readonly card: string;
  /** The name that it has everywhere. */
  readonly name?: Bilingual;
  readonly title: string;
  readonly protocol: string;
  /** `TCP_LISTEN`; for other protocols the same field means connected or not. */
  readonly state: string;
  /** `0.0.0.0:8080`. */
  readonly local?: string;
  readonly remote?: string;
  readonly changed?: boolean;
  readonly was?: string;
}

export interface ChangeModel {
  /** The socket or process whose member `path` is, where no variable leads to it. */
  readonly socket?: Bilingual;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly card?: string;
  readonly row?: string;
}

export interface InspectorModel {
  /** Counts up with every model of a session. */
  readonly revision: number;
  /** Id of the session: a new one forgets the layout of the last. */
  readonly session: string;
  readonly scenario?: Bilingual;
  /**
   * On the way of a drag: cards in focus, statement, processes, call stack and clock are of this moment, all else is of the
   * last model that was not.
   */
  readonly isPassing?: true;
  readonly stop: StopModel;
  readonly statement?: StatementModel;
  readonly notes: readonly NoteModel[];
  readonly threads: readonly ThreadModel[];
  readonly stack: readonly FrameModel[];
  /** Those of the frame come first, the frame's variables before them. */
  readonly cards: readonly CardModel[];
  /** What matters at this stop: cards in the order in which the frame names them. */
  readonly focus: readonly FocusModel[];
  /** Objects that exist and were left off because the graph is bounded. */
  readonly cardsLeftOff: number;
  readonly sockets: readonly SocketStateModel[];
  readonly changes: readonly ChangeModel[];
  /** The last events, oldest first, and how many came before them. */
  readonly events: readonly EventModel[];
  readonly eventsLeftOff: number;
}
