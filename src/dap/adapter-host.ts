/**
 * What the debug adapter needs from whoever hosts it, so that it itself knows no file system, no editor and no clock.
 *
 * In: launch arguments as the client sent them. Out: an opened session, names of files as the client knows them, and a
 * chance for the host's event loop to run. The editor and the stdio host each implement {@link AdapterHost} once.
 */
import type { History } from '../facade/history';
import type { SessionApi } from '../facade/session';
import type { Diagnostic } from '../source/diagnostic';
import type { LaunchArguments } from './launch-arguments';
import type { PassedOver } from './passed-over';
import type { Language } from './texts';

/** A session that could be opened, or the reasons why not; warnings may stand beside a session. */
export interface OpenedSession {
  readonly session?: SessionApi;
  /** Questions to its past. */
  readonly history?: History;
  readonly diagnostics: readonly Diagnostic[];
  /** Text path (as in diagnostics and journal entries) of the scenario that runs. */
  readonly scenarioPath?: string;
  /** One-based last line of its text: where the run stands when it is over. */
  readonly scenarioLastLine?: number;
  /** The user ended the preparations. */
  readonly cancelled?: boolean;
}

export interface AdapterHost {
  /**
   * Compiles the kernel and prepares the scenario the arguments name; ends early when `signal` says so. Never throws for
   * a mistake of the user's.
   */
  open(launch: LaunchArguments, signal: AbortSignal): Promise<OpenedSession>;
  /** The host shows by itself how far opening is; the client need not be told a second time. */
  readonly showsOpening?: boolean;
  /** Lets the host handle waiting input; called between slices of a long run. */
  breathe(): Promise<void>;
  /** A path of the machine's as the client writes it in `Source.path` (an absolute path or a URI). */
  toClientPath(path: string): string;
  /** The reverse of {@link toClientPath}: the machine's path for `Source.path`. */
  fromClientPath(clientPath: string): string;
  /** Whether the client can open a file of that `Source.path` by itself; when absent, it can. */
  readonly isThere?: (clientPath: string) => boolean;
  /**
   * The client writes a stop's description beside the process, where there is little room: it is a word or two, and the
   * whole sentence is its `text`.
   */
  readonly briefStops?: boolean;
  /** The language to speak when the launch arguments name none. `locale` is the client's display language. */
  language(locale: string | undefined): Language;
  /** A session begins, and ends: fronts that live in the same process (the inspector) look on. */
  readonly opened?: (session: SessionApi, launch: LaunchArguments, history: History | undefined) => void;
  readonly closed?: (session: SessionApi) => void;
  /** What came from the client is no message. */
  readonly passedOver?: (what: PassedOver) => void;
  /** The client is gone and nothing is left to do. */
  readonly exit?: () => void;
}
