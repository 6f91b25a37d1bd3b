/**
 * Follows a session statement by statement. In: a started session. Out, one after the other: each executed statement
 * with the notes on it and the fields it changed, and between them what happened: calls and returns of C functions,
 * system calls, packets, printk, switches of process, a fault. Knows nothing of how it is shown.
 *
 * A return's value is read from the frame that has just gone; when another frame took its place before the next stop it
 * is left out rather than guessed.
 */
import { formatAddress } from '../base/bytes';
import { itemAt } from '../base/checked-access';
import type { Query } from '../query/query';
import type { Note } from '../query/query-types';
import {
  HZ,
  type Change,
  type Fault,
  type JournalEntry,
  type SessionApi,
  type StackFrame,
  type Stop,
} from '../facade/session';

export interface TracedStatement {
  readonly kind: 'statement';
  /** Number of the statement in the run, from 1. */
  readonly clock: number;
  readonly process: string;
  readonly pid: number;
  /** Virtual time in seconds; undefined when the kernel has no `jiffies`. */
  readonly time: number | undefined;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The source line, trimmed. */
  readonly text: string;
  readonly depth: number;
  readonly notes: readonly Note[];
  readonly changes: readonly Change[];
}

/** Where an event happened: what all of them have. */
interface Happened {
  readonly clock: number;
  /** Name of the process; empty when there is none. */
  readonly process: string;
  readonly depth: number;
}

/** A place in C. */
export interface TracedPlace {
  readonly function: string;
  readonly file: string | undefined;
  readonly line: number;
}

/** A C function is called, or has returned; `shown` is its value as its type reads it, when that is no number. */
export type TracedCall = Happened & TracedPlace & { readonly kind: 'call' };
export type TracedReturn = Happened &
  TracedPlace & { readonly kind: 'return'; readonly value?: number; readonly shown?: string };
/** An entry of the journal; `seconds` since the scenario began, for those that have a time. */
export type TracedEntry = Happened & {
  readonly kind: 'entry';
  readonly entry: JournalEntry;
  readonly seconds: number | undefined;
};
/** A statement has put a socket or connection into another state. */
export type TracedState = Happened & {
  readonly kind: 'state';
  readonly path: string;
  readonly from: string;
  readonly to: string;
};
/** The run ended in a fault. */
export type TracedFault = Happened & Partial<TracedPlace> & { readonly kind: 'fault'; readonly fault: Fault };

export type TracedEvent = TracedCall | TracedReturn | TracedEntry | TracedState | TracedFault;
export type Traced = TracedStatement | TracedEvent;

export class Tracer {
  private readonly happened: JournalEntry[] = [];
  private readonly stacks = new Map<number, readonly StackFrame[]>();
  /** Jiffies when the scenario began: its time counts from 0. */
  private began = 0;
  private readonly subscription;

  constructor(
    private readonly session: SessionApi,
    private readonly query: Query,
  ) {
    this.subscription = session.onJournal((entry) => this.happened.push(entry));
  }

  /**
   * Runs to the end, or until `budget` statements were traced. Statements that ran before (`start` boots the kernel) are
   * not part of it.
   */
  async *follow(breathe: () => Promise<boolean>, budget = 10_000_000): AsyncGenerator<Traced, Stop> {
    let stop = this.session.stop;
    this.began = this.now() ?? 0;
    yield* this.drain();
    yield* this.framesMoved(stop);
    for (let count = 0; !isOver(stop); count++) {
      const before = this.describe(stop);
      // Not a step: a step stays with its process, and here timers and other processes are wanted too.
      stop = await this.session.travelTo(stop.clock + 1);
      if (before) {
        const changes = this.session.changes();
        yield { ...before, changes };
        yield* changes.filter(isStateChange).map((change) => stateEvent(before, change));
      }
      yield* this.drain();
      yield* this.framesMoved(stop);
      if (count + 1 >= budget || (count % 2000 === 1999 && (await breathe()))) {
        break;
      }
    }
    this.subscription.dispose();
    if (stop.fault) {
      yield {
        kind: 'fault',
        clock: stop.clock,
        process: this.processName(stop.thread),
        depth: 0,
        fault: stop.fault,
        ...this.placeOf(stop),
      };
    }
    return stop;
  }

  private *drain(): Generator<Traced> {
    // What the journal calls uptime counts from the machine's start; here time counts from the scenario's.
    const seconds = (entry: JournalEntry): number | undefined =>
      'uptime' in entry ? this.elapsed((entry.uptime * HZ) / 1_000_000) : undefined;
    yield* this.happened
      .splice(0)
      .filter(({ event }) => event !== 'fault')
      .map((entry) => tracedEntry(this.session, entry, seconds(entry)));
  }

  /** Calls and returns that lie between the stack seen last of this thread and the present one. */
  private *framesMoved(stop: Stop): Generator<Traced> {
    const now = this.session.stack(stop.thread).filter((frame) => frame.kind === 'compiled');
    const before = this.stacks.get(stop.thread) ?? [];
    this.stacks.set(stop.thread, now);
    let common = 0;
    while (
      common < now.length &&
      common < before.length &&
      sameFrame(itemAt(now, now.length - 1 - common), itemAt(before, before.length - 1 - common))
    ) {
      common++;
    }
    const replaced = now.length > common;
    const at = (frame: StackFrame, depth: number): Happened & TracedPlace => ({
      clock: stop.clock,
      process: this.processName(stop.thread),
      depth,
      function: frame.function,
      file: frame.path,
      line: frame.line,
    });
    for (let i = 0; i < before.length - common; i++) {
      const value = replaced ? {} : this.returnValue(itemAt(before, i));
      yield { kind: 'return', ...at(itemAt(before, i), before.length - 1 - i), ...value };
    }
    for (let i = now.length - 1 - common; i >= 0; i--) {
      yield { kind: 'call', ...at(itemAt(now, i), now.length - 1 - i) };
    }
  }

  /**
   * Value of a frame that has returned, as its C type reads it, and how to show it; nothing for void and for structs.
   */
  private returnValue(frame: StackFrame): { readonly value?: number; readonly shown?: string } {
    const returned = this.session.returnValue(frame);
    switch (returned.kind) {
      case 'pointer': {
        const value = returned.address;
        return { value, shown: value === 0 ? 'NULL' : formatAddress(value) };
      }
      case 'integer':
        return { value: Number(returned.value) };
      default:
        return {};
    }
  }

  private describe(stop: Stop): Omit<TracedStatement, 'changes'> | undefined {
    const frames = this.session.stack(stop.thread);
    const frame = frames[0];
    if (!frame?.path) {
      return undefined;
    }
    const thread = this.session.threads().find((each) => each.id === stop.thread);
    return {
      kind: 'statement',
      clock: stop.clock + 1,
      process: thread?.name ?? '?',
      pid: thread?.pid ?? 0,
      time: this.elapsed(this.now()),
      function: frame.function,
      file: frame.path,
      line: frame.line,
      column: frame.column,
      text:
        this.session
          .sourceFile(frame.path)
          ?.lineText(frame.line - 1)
          .trim() ?? '',
      depth: frames.length - 1,
      notes: this.query.notesForStatement(frame.path, frame.start, frame.end),
    };
  }

  private now(): number | undefined {
    return this.session.jiffies();
  }

  /** Seconds of virtual time since the scenario began. */
  private elapsed(jiffies: number | undefined): number | undefined {
    return jiffies === undefined ? undefined : (jiffies - this.began) / HZ;
  }

  private placeOf(stop: Stop): Partial<TracedPlace> {
    const frame = this.session.stack(stop.thread)[0];
    return frame ? { function: frame.function, file: frame.path, line: frame.line } : {};
  }

  private processName(thread: number): string {
    return this.session.threads().find((each) => each.id === thread)?.name ?? '';
  }
}

function sameFrame(a: StackFrame, b: StackFrame): boolean {
  return a.address === b.address && a.functionId === b.functionId;
}

/** Structs whose `state` is that of a connection or a socket. */
const WITH_STATE: ReadonlySet<string> = new Set(['sock', 'socket', 'tcp_tw_bucket']);

/** A connection or a socket has gone to a state that has a name. */
function isStateChange({ member, after }: Change): boolean {
  return (
    member?.path === 'state' &&
    WITH_STATE.has(member.record) &&
    after.kind === 'integer' &&
    after.constant !== undefined
  );
}

function stateEvent(
  { clock, process, depth }: Omit<TracedStatement, 'changes'>,
  { path, from, to }: Change,
): TracedState {
  return { kind: 'state', clock, process, depth, path, from, to };
}

function isOver(stop: Stop): boolean {
  return stop.reason === 'end' || stop.reason === 'fault';
}

/** An entry of the journal as a step of the trace. */
export function tracedEntry(session: SessionApi, entry: JournalEntry, seconds: number | undefined): TracedEntry {
  return { kind: 'entry', clock: entry.clock, process: processOf(session, entry), depth: 0, entry, seconds };
}

/** Name of the process that a journal entry is about. */
function processOf(session: SessionApi, entry: JournalEntry): string {
  return 'process' in entry ? entry.process : (session.threads().find(({ id }) => id === entry.thread)?.name ?? '');
}
