/**
 * The journal: what happened in a run, entry by entry, each at a clock. In: what services and the scenario's runner
 * tell. Out: plain data, forgotten and made again by time travel. Words are the fronts' business
 * (`src/session/journal-text.ts`).
 */
import type { Told } from '../sentences/sentence';
import type { Bilingual } from '../base/bilingual';
import type { Fault } from './fault';

declare const unit: unique symbol;

/** Microseconds of virtual time since the simulated machine was switched on. */
export type Microseconds = number & { readonly [unit]: 'µs' };

/** An Internet address and a port, both in host byte order; 0 where there is none. */
export interface SocketEnd {
  readonly address: number;
  readonly port: number;
}

/** A sock, and the two ends it has at the time. */
export interface SocketEnds {
  /** Address of the sock. */
  readonly sock: number;
  readonly local: SocketEnd;
  readonly remote: SocketEnd;
}

/** A system call as the scenario makes it. */
interface SystemCall {
  readonly pid: number;
  /** Name of the process. */
  readonly process: string;
  /** The call in the scenario's words, without the result that the scenario expects. */
  readonly text: string;
}

/** A place in the C that runs. */
export type StatementPlace = {
  readonly function: string;
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** Index of the statement in the debug information. */
  readonly statement: number;
};

/** Why a packet is no more, though nobody has taken it. */
export type DropReason =
  /** The scenario never answers: the kernel sends the same again. */
  | { readonly kind: 'lost' }
  /** Somebody who changes the run wants it so. */
  | { readonly kind: 'ordered' }
  /**
   * The kernel frees it and keeps nothing of it. `counters`: the statistics of errors that grew meanwhile. `label`: the
   * label of C at which it is freed.
   */
  | { readonly kind: 'freed'; readonly counters: readonly string[]; readonly label?: string };

/** What happened, without when. */
export type Happening =
  | (SystemCall & { readonly event: 'call'; readonly entry: string; readonly uptime: Microseconds })
  | (SystemCall & {
      readonly event: 'return';
      /** C function that serves the call. */
      readonly entry: string;
      /** Result; a negative errno when the call failed. */
      readonly value: number;
      /** The socket that the call was about, where it was one, and what it is called. */
      readonly socket?: SocketEnds;
      readonly name?: Told;
      readonly uptime: Microseconds;
    })
  /** A signal's handler has run and the call begins again (SA_RESTART). */
  | (SystemCall & { readonly event: 'restart' })
  /** A signal ends a process. */
  | { readonly event: 'exit'; readonly pid: number; readonly process: string; readonly signal: number }
  | { readonly event: 'fork'; readonly pid: number; readonly child: number; readonly process: string }
  | {
      readonly event: 'packet';
      readonly direction: 'in' | 'out';
      readonly device: 'lo' | 'wire';
      /** Its number in the run, from 1. */
      readonly packet: number;
      /** The packet from its IP header on; only the first bytes of a long one. */
      readonly bytes: Uint8Array;
      /** Bytes of the whole packet, when `bytes` has fewer. */
      readonly length?: number;
      readonly uptime: Microseconds;
    }
  /** A packet is thrown away. */
  | {
      readonly event: 'drop';
      /** The number of the packet; undefined for one that did not come in over a device. */
      readonly packet?: number;
      readonly reason: DropReason;
      /** Where the kernel frees it. */
      readonly place?: StatementPlace;
      /** The packet from its IP header on; only the first bytes of a long one. */
      readonly bytes: Uint8Array;
      /** Bytes of the whole packet, when `bytes` has fewer. */
      readonly length?: number;
      readonly uptime: Microseconds;
    }
  /** A sleeper can run again. */
  | {
      readonly event: 'wake-up';
      readonly pid: number;
      readonly process: string;
      /** The process that runs, 0 when it is none: an interrupt. */
      readonly by: number;
      readonly byProcess: string;
      /** Address of the wait queue it is found in. */
      readonly queue?: number;
      /** Where that is decided: the caller of the functions that wake. */
      readonly place?: StatementPlace;
      readonly uptime: Microseconds;
    }
  /** A sock goes from one TCP state to another. */
  | {
      readonly event: 'state';
      /** Address of the sock. */
      readonly sock: number;
      readonly from: string;
      readonly to: string;
      readonly socket?: SocketEnds;
      /** Where that is decided: the caller of the functions that do it. */
      readonly place?: StatementPlace;
      /** What the socket is called. */
      readonly name?: Told;
      readonly uptime: Microseconds;
    }
  /** Another process runs than the one that ran last. */
  | {
      readonly event: 'switch';
      readonly from: number;
      readonly to: number;
      readonly process: string;
      readonly because: SwitchCause;
    }
  | { readonly event: 'sleep'; readonly pid: number; readonly process: string; readonly state: number }
  | { readonly event: 'printk'; readonly level: number; readonly text: string }
  /** The slab refuses an allocation; `size` in bytes. */
  | { readonly event: 'allocation-failed'; readonly cache: string; readonly size: number }
  /** Something the scenario or its runner tells. */
  /** `setting`: the one that this kernel does not have. */
  | { readonly event: 'note'; readonly text: Told; readonly setting?: string }
  /** The scenario expected something else; `line` is one-based, 0 when there is none. */
  | {
      readonly event: 'expectation';
      readonly path?: string;
      readonly line: number;
      readonly text: string;
      readonly expected: Told;
      readonly actual: Told;
      /** The kernel at hand lacks what the scenario needs. */
      readonly refused?: true;
    }
  /** Fault injection strikes: a function returns without running. */
  | { readonly event: 'inject'; readonly function: string; readonly value: number }
  | { readonly event: 'fault'; readonly fault: Fault }
  /** What a log point says. */
  | { readonly event: 'log'; readonly text: Told };

/** Why another process runs. */
export type SwitchCause = 'interrupt' | 'woken' | 'turn' | 'ended';

/** The causes in words. */
export const switchCauses: Readonly<Record<SwitchCause, Bilingual>> = {
  interrupt: { en: 'an interrupt', zh: '中断' },
  woken: { en: 'it was woken', zh: '它被唤醒' },
  turn: { en: 'its turn', zh: '轮到它运行' },
  ended: { en: 'a process ended', zh: '有进程结束' },
};

/** What happened, and when. */
export type JournalEntry = Happening & {
  /** Statements executed before it. */
  readonly clock: number;
  /** Machine task that ran. */
  readonly thread: number;
};

/** The entries of one kind. */
export type EntryOf<Event extends Happening['event']> = Extract<JournalEntry, { readonly event: Event }>;
