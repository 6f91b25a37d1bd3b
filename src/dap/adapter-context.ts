/**
 * What the groups of requests have in common: the run, and how the client is told something.
 *
 * In: an opened run. Out: the run where a request needs one, refused with a sentence where there is none; events, by the
 * names that the protocol has for them.
 */
import type { Bilingual } from '../base/bilingual';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { History } from '../facade/history';
import type { SessionApi } from '../facade/session';
import type { BreakpointStore } from './breakpoint-store';
import type { ExceptionFilters } from './exception-filters';
import type { Inspection } from './inspection';
import type { LaunchArguments } from './launch-arguments';
import type { Reply } from './request-table';
import type { Moments } from './moments';
import type { RunControl } from './run-control';
import type { SourceNames } from './source-names';
import type { Language } from './texts';

/** The events that the adapter sends, with their bodies. */
export interface Events {
  initialized: undefined;
  stopped: DebugProtocol.StoppedEvent['body'];
  continued: DebugProtocol.ContinuedEvent['body'];
  exited: DebugProtocol.ExitedEvent['body'];
  terminated: undefined;
  thread: DebugProtocol.ThreadEvent['body'];
  output: DebugProtocol.OutputEvent['body'];
  breakpoint: DebugProtocol.BreakpointEvent['body'];
  module: DebugProtocol.ModuleEvent['body'];
  loadedSource: DebugProtocol.LoadedSourceEvent['body'];
  process: DebugProtocol.ProcessEvent['body'];
  capabilities: DebugProtocol.CapabilitiesEvent['body'];
  progressStart: DebugProtocol.ProgressStartEvent['body'];
  progressUpdate: DebugProtocol.ProgressUpdateEvent['body'];
  progressEnd: DebugProtocol.ProgressEndEvent['body'];
  invalidated: DebugProtocol.InvalidatedEvent['body'];
  memory: DebugProtocol.MemoryEvent['body'];
}

/** Their names, for the table in the documentation. */
export const eventNames: { readonly [Name in keyof Events]: true } = {
  initialized: true,
  stopped: true,
  continued: true,
  exited: true,
  terminated: true,
  thread: true,
  output: true,
  breakpoint: true,
  module: true,
  loadedSource: true,
  process: true,
  capabilities: true,
  progressStart: true,
  progressUpdate: true,
  progressEnd: true,
  invalidated: true,
  memory: true,
};

export type Tell = <Name extends keyof Events>(name: Name, body: Events[Name]) => void;

/** An opened run and what serves it. */
export interface Run {
  readonly session: SessionApi;
  /** Questions to its past. */
  readonly history: History | undefined;
  readonly control: RunControl;
  readonly inspection: Inspection;
  readonly launch: LaunchArguments;
}

/** What the work calls between two parts; true: it is to end. */
export interface Breathing {
  readonly breathe: (clock?: number) => Promise<boolean>;
}

export interface AdapterContext {
  readonly names: SourceNames;
  readonly breakpoints: BreakpointStore;
  readonly filters: ExceptionFilters;
  readonly moments: Moments;
  readonly tell: Tell;
  language(): Language;
  /** Refuses when no run is open. */
  run(): Run;
  /** Refuses when no run is open, and while the machine moves. */
  standing(): Run;
  /** Refuses where no move is possible any more, and a thread that does not exist. */
  movable(threadId?: number): Run;
  /** Memory was changed by hand, at an address when that is known. */
  changed(reply: Reply, place?: { readonly address?: number | undefined; readonly size?: number | undefined }): void;
  /** The clock at which the run ends, once it is known. */
  over(): number | undefined;
  /** Tells the client, once, that the run is over. */
  end(): void;
  say(text: Bilingual): void;
  /** Work for a request that may take long: it hears the client meanwhile, and can be cancelled. */
  longWork<T>(seq: number, work: (asking: Breathing) => Promise<T>): Promise<T>;
  /** Lets the host's other work go on. */
  breathe(): Promise<void>;
}
