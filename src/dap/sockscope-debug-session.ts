/**
 * The debug adapter: Debug Adapter Protocol requests in, calls of one `SessionApi` and protocol events out.
 *
 * Order of a session: `initialize`; `launch` opens the run (compiles, reports problems) and sends `initialized`; the
 * client sets breakpoints; `configurationDone` starts the machine. Every request answers at once; movements are reported
 * by `stopped`. The requests themselves stand in groups of their own (`*-requests.ts`); here is what begins, ends and
 * holds together a session.
 */
import type { Bilingual } from '../base/bilingual';
import { formatAddress } from '../base/bytes';
import { DebugSession, Event } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { hasErrors } from '../source/diagnostic';
import type { SessionApi, Stop } from '../facade/session';
import type { AdapterContext, Events, Run } from './adapter-context';
import type { AdapterHost } from './adapter-host';
import { mismatch, withoutNulls } from './argument-shapes';
import { branchRequests } from './branch-requests';
import { breakpointRequests } from './breakpoint-requests';
import { BreakpointStore } from './breakpoint-store';
import { capabilities, missingRequests } from './capabilities';
import { defaultPlaces, fromClient, placeFormat, toClient } from './client-places';
import { tellBranches } from './console-commands';
import { errors, refusal, sentences, UserError } from './errors';
import { exceptionFilters, ExceptionFilters } from './exception-filters';
import { historyRequests } from './history-requests';
import { Inspection } from './inspection';
import { diagnosticOutput, JournalOutput } from './journal-output';
import { processOf, readLaunchArguments, type LaunchArguments } from './launch-arguments';
import { LongWork } from './long-work';
import { momentRequests } from './moment-requests';
import { moveRequests } from './move-requests';
import { Progress } from './progress';
import { misfitOf, responseTo, type PassedOver } from './passed-over';
import { isRequestName, shapes, type Handler, type Reply, type RequestTable } from './request-table';
import { Moments } from './moments';
import { RunControl } from './run-control';
import { SourceNames } from './source-names';
import { madeOf, sourceRequests, tellDifference } from './source-requests';
import { exceptionInfo, exitCodeOf, overThread, requireThread, stoppedBody } from './stops';
import { say, texts, type Language } from './texts';
import { ThreadWatch } from './thread-watch';
import { valueRequests } from './value-requests';

export { customRequests } from './move-requests';

export class SockscopeDebugSession extends DebugSession {
  private readonly names: SourceNames;
  private readonly breakpoints: BreakpointStore;
  private readonly output: JournalOutput;
  private readonly filters = new ExceptionFilters();
  private readonly progress: Progress;
  private readonly longWork: LongWork;
  private readonly threads: ThreadWatch;
  private current: Run | undefined;
  /** Of the last run that could be opened. */
  private launched: LaunchArguments | undefined;
  /** A run that is being prepared, and the request that asked for it. */
  private opening: { readonly abort: AbortController; readonly seq: number } | undefined;
  private language: Language;
  private locale: string | undefined;
  private supports: { readonly invalidated: boolean; readonly memory: boolean; readonly progress: boolean };
  private places = defaultPlaces;
  private introduced = false;
  private begun = false;
  private ended = false;
  /** The clock at which the run ends, once it is known. */
  private over: number | undefined;
  /** How a run went that was closed. */
  private exitCode = 0;
  /** Function of `stopAt` until the first stop. */
  private sought: string | undefined;
  private readonly requests: RequestTable;
  private readonly moments = new Moments();

  constructor(private readonly host: AdapterHost) {
    super();
    this.names = new SourceNames(host);
    this.breakpoints = new BreakpointStore(this.names, () => this.language);
    this.output = new JournalOutput(this.names);
    this.language = host.language(undefined);
    this.supports = { invalidated: false, memory: false, progress: false };
    this.progress = new Progress(this.tell, () => this.supports.progress);
    this.threads = new ThreadWatch(this.tell);
    const [breathe, language] = [() => this.host.breathe(), () => this.language];
    this.longWork = new LongWork({ progress: this.progress, breathe, language });
    const context = this.context();
    this.requests = {
      ...this.lifeRequests(),
      ...breakpointRequests(context),
      ...valueRequests(context),
      ...sourceRequests(context),
      ...moveRequests(context),
      ...branchRequests(context),
      ...momentRequests(context),
      ...historyRequests(context),
    };
  }

  /** The run, for fronts in the same process. */
  get session(): SessionApi | undefined {
    return this.current?.session;
  }

  private readonly tell = <Name extends keyof Events>(name: Name, body: Events[Name]): void =>
    this.sendEvent(new Event(name, body));

  /** What the groups of requests see of the adapter. */
  private context(): AdapterContext {
    return {
      ...{ names: this.names, breakpoints: this.breakpoints, filters: this.filters, tell: this.tell },
      moments: this.moments,
      language: () => this.language,
      run: () => this.requireRun(),
      standing: () => this.standing(),
      movable: (threadId) => {
        const run = this.standing();
        if (this.ended) {
          throw errors.isOver();
        }
        if (threadId !== undefined && threadId !== overThread) {
          requireThread(run.session, threadId);
        }
        return run;
      },
      changed: (reply, place) => this.changed(reply, place),
      over: () => this.over,
      end: () => this.end(),
      say: (text) => this.say(text),
      longWork: (seq, work) => this.longWork.run(seq, work),
      breathe: () => this.host.breathe(),
    };
  }

  /** Our table alone: what it does not know is refused, never answered with success (as the base class would). */
  protected override dispatchRequest(request: DebugProtocol.Request): void {
    const { command } = request;
    void this.answer(responseTo(request), (args, reply) => this.handle(command, args, reply), request.arguments ?? {});
  }

  override handleMessage(message: DebugProtocol.ProtocolMessage): void {
    const misfit = misfitOf(message);
    if (misfit) {
      this.passOver(misfit);
    } else {
      super.handleMessage(message);
    }
  }

  /** What is no message is told: to whoever waits for an answer to it, else to the user. */
  passOver(what: PassedOver): void {
    const error = errors.noMessage(what.problem);
    this.host.passedOver?.(what);
    if (what.asked) {
      this.sendResponse(refusal(responseTo(what.asked), error, this.language));
    } else {
      this.say(error.text);
    }
  }

  private handle(command: string, given: unknown, reply: Reply): unknown {
    if (!isRequestName(this.requests, command)) {
      throw errors.notImplemented(
        String(command),
        Object.hasOwn(missingRequests, command) ? missingRequests[command] : undefined,
      );
    }
    const wrong = mismatch(shapes[command], given);
    if (wrong) {
      throw errors.wrongArgument(command, wrong.field, wrong.expected);
    }
    return (this.requests[command] as Handler)(fromClient(withoutNulls(shapes[command], given), this.places), reply);
  }

  /** Events and bodies leave with places as the client counts them. */
  override sendEvent(event: DebugProtocol.Event): void {
    super.sendEvent(event.body === undefined ? event : { ...event, body: toClient(event.body, this.places) });
  }

  private async answer(response: DebugProtocol.Response, handler: Handler, args: unknown): Promise<void> {
    let sent = (): void => {};
    const reply: Reply = { seq: response.request_seq, sent: new Promise((resolve) => (sent = resolve)) };
    try {
      const body = await handler(args, reply);
      if (body !== undefined) {
        response.body = toClient(body, this.places);
      }
      this.sendResponse(response);
    } catch (error) {
      const known = error instanceof UserError ? error : this.reportBug(error);
      this.sendResponse(refusal(response, known, this.language));
    }
    sent();
  }

  private lifeRequests(): Pick<
    RequestTable,
    'initialize' | 'launch' | 'configurationDone' | 'restart' | 'terminate' | 'disconnect' | 'cancel'
  > {
    return {
      initialize: (args) => {
        if (this.introduced) {
          throw errors.alreadyBegun('initialize');
        }
        this.introduced = true;
        this.locale = args.locale;
        this.language = this.host.language(args.locale);
        this.places = placeFormat(args);
        this.supports = {
          invalidated: args.supportsInvalidatedEvent === true,
          memory: args.supportsMemoryEvent === true,
          progress: args.supportsProgressReporting === true,
        };
        return capabilities(this.language);
      },
      launch: (args, reply) => this.launch(args, reply),
      configurationDone: (_args, reply) => {
        const { control, launch } = this.requireRun();
        if (this.begun) {
          throw errors.alreadyBegun('configurationDone');
        }
        this.begin(control, launch, reply);
      },
      restart: (args, reply) => this.restart(args, reply),
      terminate: async (_args, reply) => {
        await this.close();
        void reply.sent.then(() => this.end());
      },
      disconnect: async (_args, reply) => {
        await this.close();
        void reply.sent.then(() => this.shutdown());
      },
      cancel: ({ requestId, progressId }) => {
        const isOpening = requestId !== undefined && this.opening?.seq === requestId;
        if (isOpening) {
          this.opening?.abort.abort();
        }
        const isFound =
          (requestId !== undefined && this.longWork.cancel(requestId)) ||
          (progressId !== undefined && this.progress.cancel(progressId));
        if (!isOpening && !isFound) {
          throw errors.nothingToCancel();
        }
      },
    };
  }

  private async launch(args: unknown, reply: Reply): Promise<void> {
    const read = readLaunchArguments(args);
    if ('missing' in read) {
      throw errors.missingScenario();
    }
    if ('wrong' in read) {
      throw errors.wrongAttribute(read.wrong, read.expected);
    }
    if (this.current || this.opening) {
      throw errors.alreadyBegun('launch');
    }
    const before = this.language;
    this.language = read.launch.language ?? this.host.language(this.locale);
    await this.open(read.launch, reply.seq);
    void reply.sent.then(() => {
      if (this.language !== before) {
        const exceptionBreakpointFilters = exceptionFilters(this.language);
        this.tell('capabilities', { capabilities: { exceptionBreakpointFilters } });
      }
      this.tell('process', processOf(read.launch));
      this.tell('initialized', undefined);
    });
  }

  private async restart(args: unknown, reply: Reply): Promise<void> {
    const { launched } = this;
    if (!launched || this.opening) {
      throw errors.noSession();
    }
    const read = readLaunchArguments((args as { arguments?: unknown }).arguments ?? launched);
    if ('wrong' in read) {
      throw errors.wrongAttribute(read.wrong, read.expected);
    }
    const launch = 'launch' in read ? read.launch : launched;
    const before = madeOf(this.context(), this.current !== undefined);
    await this.close();
    this.ended = false;
    this.over = undefined;
    await this.open(launch, reply.seq).catch((error: unknown) => {
      void reply.sent.then(() => this.end()); // the run before is gone too
      throw error;
    });
    const { session, control } = this.requireRun();
    this.filters.apply(session);
    const changed = this.breakpoints.apply(session);
    void reply.sent.then(() => {
      changed.forEach((breakpoint) => this.tell('breakpoint', { reason: 'changed', breakpoint }));
      tellDifference(this.context(), before);
    });
    this.begin(control, launch, reply);
  }

  private requireRun(): Run {
    if (!this.current) {
      throw errors.noSession();
    }
    return this.current;
  }

  private standing(): Run {
    const run = this.requireRun();
    run.control.requireStanding();
    return run;
  }

  private async open(launch: LaunchArguments, seq: number): Promise<void> {
    const abort = new AbortController();
    const opening = { abort, seq };
    this.opening = opening;
    if (!this.host.showsOpening) {
      this.progress.begin(say(texts.preparing, this.language), () => abort.abort(), seq);
    }
    const opened = await this.host.open(launch, abort.signal).finally(() => {
      this.progress.end();
      if (this.opening === opening) {
        this.opening = undefined;
      }
    });
    const { session, diagnostics, cancelled } = opened;
    if (cancelled || abort.signal.aborted) {
      session?.dispose();
      throw errors.cancelled();
    }
    for (const diagnostic of diagnostics) {
      this.tell('output', diagnosticOutput(diagnostic, this.names, this.language));
    }
    if (!session) {
      const serious = diagnostics.filter((each) => each.severity === 'error');
      const first = serious[0] ?? diagnostics[0];
      throw errors.notOpened(Math.max(1, serious.length), sentences(first));
    }
    this.names.setFiles(session.files);
    this.output.begin(session);
    this.threads.forget();
    this.begun = false;
    const { scenarioPath: path, scenarioLastLine: line } = opened;
    const end = path !== undefined && line !== undefined ? { path, line } : undefined;
    const inspection = new Inspection(session, this.names, this.language, end);
    this.launched = launch;
    this.current = { session, history: opened.history, control: this.controlOf(session), launch, inspection };
    tellBranches(this.context());
    this.host.opened?.(session, launch, opened.history);
    if (hasErrors(diagnostics)) {
      // Functions that could not be compiled are "refused": calling one is a stop with its reason.
      this.tell('output', { category: 'console', output: '\n' });
    }
  }

  private controlOf(session: SessionApi): RunControl {
    return new RunControl(session, {
      breathe: async (clock) => {
        this.flush(session);
        this.progress.breath(say(texts.underWay, this.language), say(texts.atStatement(clock), this.language), () =>
          session.pause(),
        );
        await this.host.breathe();
      },
      settled: (stop) => this.settled(stop),
      failed: (error) => {
        this.progress.end();
        const { text } = this.reportBug(error);
        this.tell('output', { category: 'important', output: `${this.language === 'zh' ? text.zh : text.en}\n` });
        this.end();
      },
    });
  }

  private begin(control: RunControl, launch: LaunchArguments, reply: Reply): void {
    this.begun = true;
    const { noDebug, stopAt, stopOnEntry = true } = launch;
    const options = noDebug
      ? { stopOnEntry: false }
      : stopAt === undefined
        ? { stopOnEntry }
        : { stopOnEntry, stopAtFunction: stopAt };
    this.sought = noDebug ? undefined : stopAt;
    if (this.sought !== undefined && !control.session.hasFunction(this.sought)) {
      this.say(texts.noSuchFunction(this.sought));
      this.sought = undefined;
    }
    control.start(options, reply.sent);
  }

  private say(text: Bilingual): void {
    this.tell('output', { category: 'important', output: say(text, this.language) });
  }

  private settled(stop: Stop): void {
    const { session, inspection, control, launch } = this.requireRun();
    this.progress.end();
    inspection.moved();
    if (stop.reason === 'end') {
      this.over = stop.clock;
    }
    this.flush(session);
    if (this.sought !== undefined && stop.reason === 'end') {
      this.say(texts.notReached(this.sought));
    }
    this.sought = undefined;
    const { noDebug = false } = launch;
    const wanted = !noDebug && this.filters.wants(stop);
    if (stop.reason === 'fault' ? !wanted : noDebug && stop.reason === 'end') {
      const fault = exceptionInfo(stop, this.language);
      if (fault) {
        this.tell('output', { category: 'stderr', output: `${fault.description ?? fault.exceptionId}\n` });
      }
      this.end();
      return;
    }
    if (!wanted) {
      control.step('continue', Promise.resolve());
      return;
    }
    this.threads.look(session.threads());
    const breakpointIds = stop.breakpointIds && this.breakpoints.onWire(stop.breakpointIds);
    const nameOf = (thread: number): string => inspection.threadName(thread);
    this.tell(
      'stopped',
      stoppedBody({ ...this.filters.asWanted(stop), breakpointIds }, this.language, nameOf, this.host.briefStops),
    );
    void this.host.breathe().then(() => {
      if (this.current?.inspection === inspection && !control.isMoving) {
        inspection.foresee();
      }
    });
  }

  /** Memory changed while standing still: values are read again, later history is forgotten. */
  private changed(
    reply: Reply,
    place: { readonly address?: number | undefined; readonly size?: number | undefined } = {},
  ): void {
    const { session, inspection } = this.requireRun();
    this.output.rewritten(session);
    inspection.rewritten();
    this.over = undefined;
    void reply.sent.then(() => {
      this.flush(session);
      if (this.supports.invalidated) {
        this.tell('invalidated', { areas: ['variables'] });
      }
      if (this.supports.memory && place.address !== undefined) {
        const memoryReference = formatAddress(place.address);
        this.tell('memory', { memoryReference, offset: 0, count: place.size ?? 0 });
      }
    });
  }

  private flush(session: SessionApi): void {
    for (const body of this.output.take(session, this.language)) {
      this.tell('output', body);
    }
  }

  private async close(): Promise<void> {
    this.opening?.abort.abort();
    const { current } = this;
    if (current) {
      this.current = undefined;
      this.exitCode = exitCodeOf(current.session.stop);
      await current.control.close();
      this.host.closed?.(current.session);
    }
  }

  /** Tells the client, once, that the run is over, and how it went. */
  private end(): void {
    if (!this.ended) {
      this.ended = true;
      this.tell('exited', { exitCode: this.current ? exitCodeOf(this.current.session.stop) : this.exitCode });
      this.tell('terminated', undefined);
    }
  }

  private reportBug(error: unknown): UserError {
    const what = error instanceof Error ? error.message : String(error);
    const trace = error instanceof Error ? (error.stack ?? what) : what;
    this.tell('output', { category: 'telemetry', output: trace, data: { kind: 'internal' } });
    return errors.internal(what);
  }

  /** The client went away, with or without saying so. */
  override shutdown(): void {
    void this.close().then(() => this.host.exit?.());
  }

  /** VS Code drops an inline adapter by this call. */
  override dispose(): void {
    this.shutdown();
  }
}
