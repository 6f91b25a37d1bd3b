/**
 * The debug adapter: Debug Adapter Protocol requests in, calls of one `SessionApi` and protocol events out.
 *
 * Order of a session: `initialize`; `launch` opens the run (compiles, reports problems) and sends `initialized`; the
 * client sets breakpoints; `configurationDone` starts the machine. Every request answers at once; movements are reported
 * by `stopped`. Besides the protocol's own requests there are three of ours, because DAP has only `stepBack` and
 * `reverseContinue`: `sockscope/stepBackInto`, `sockscope/stepBackOut`, `sockscope/travelTo {clock}`.
 */
import type { Bilingual } from '../base/bilingual';
import { DebugSession, Event } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { hasErrors } from '../source/diagnostic';
import type { SessionApi, StepKind, Stop } from '../facade/session';
import type { AdapterHost } from './adapter-host';
import { say, texts, type Language } from './texts';
import { BreakpointStore } from './breakpoint-store';
import { mismatch } from './argument-shapes';
import { defaultPlaces, fromClient, placeFormat, toClient } from './client-places';
import { capabilities, expectationFilter, faultFilter } from './capabilities';
import { errors, sentences, UserError } from './errors';
import { Inspection } from './inspection';
import { diagnosticOutput, JournalOutput } from './journal-output';
import { readLaunchArguments, type LaunchArguments } from './launch-arguments';
import { isRequestName, shapes, type Handler, type Reply, type RequestTable } from './request-table';
import { RunControl } from './run-control';
import { SourceNames } from './source-names';
import { exceptionInfo, fromWireThread, overThread, stoppedBody, toWireThread } from './stops';

/** Custom requests, named here once for the editor's commands. */
export const customRequests = {
  stepBackInto: 'sockscope/stepBackInto',
  stepBackOut: 'sockscope/stepBackOut',
  travelTo: 'sockscope/travelTo',
} as const;

/** Statements beyond those that have run that one may travel ahead. */
const FURTHEST = 50_000_000;

/** An opened run and what serves it. */
interface Run {
  readonly session: SessionApi;
  readonly control: RunControl;
  readonly inspection: Inspection;
  readonly launch: LaunchArguments;
}

export class SockscopeDebugSession extends DebugSession {
  private readonly names: SourceNames;
  private readonly breakpoints: BreakpointStore;
  private readonly output: JournalOutput;
  private run: Run | undefined;
  /** A run that is being prepared. */
  private opening: AbortController | undefined;
  private language: Language;
  private locale: string | undefined;
  private supportsInvalidated = false;
  private places = defaultPlaces;
  private filters = new Set([faultFilter, expectationFilter]);
  private ended = false;
  /** The clock at which the run ends, once it is known. */
  private over: number | undefined;
  /** Function of `stopAt` until the first stop. */
  private sought: string | undefined;

  constructor(private readonly host: AdapterHost) {
    super();
    this.names = new SourceNames(host);
    this.breakpoints = new BreakpointStore(this.names);
    this.output = new JournalOutput(this.names);
    this.language = host.language(undefined);
  }

  /** The run, for fronts in the same process. */
  get session(): SessionApi | undefined {
    return this.run?.session;
  }

  /** Our table alone: what it does not know is refused, never answered with success (as the base class would). */
  protected override dispatchRequest(request: DebugProtocol.Request): void {
    const { command, seq } = request;
    const response = { seq: 0, type: 'response', request_seq: seq, command, success: true } as DebugProtocol.Response;
    void this.answer(response, (args, reply) => this.handle(command, args, reply), request.arguments ?? {});
  }

  private handle(command: string, given: unknown, reply: Reply): unknown {
    if (!isRequestName(this.requests, command)) {
      throw errors.notImplemented(String(command));
    }
    const wrong = mismatch(shapes[command], given);
    if (wrong) {
      throw errors.wrongArgument(command, wrong.field, wrong.expected);
    }
    return (this.requests[command] as Handler)(fromClient(given, this.places), reply);
  }

  /** Events and bodies leave with places as the client counts them. */
  override sendEvent(event: DebugProtocol.Event): void {
    super.sendEvent(event.body === undefined ? event : { ...event, body: toClient(event.body, this.places) });
  }

  private async answer(response: DebugProtocol.Response, handler: Handler, args: unknown): Promise<void> {
    let sent = (): void => {};
    const reply: Reply = { sent: new Promise((resolve) => (sent = resolve)) };
    try {
      const body = await handler(args, reply);
      if (body !== undefined) {
        response.body = toClient(body, this.places);
      }
      this.sendResponse(response);
    } catch (error) {
      const known = error instanceof UserError ? error : this.reportBug(error);
      this.sendErrorResponse(response, known.toMessage(this.language));
    }
    sent();
  }

  private readonly requests: RequestTable = {
    initialize: (args) => {
      this.locale = args.locale;
      this.language = this.host.language(args.locale);
      this.places = placeFormat(args);
      this.supportsInvalidated = args.supportsInvalidatedEvent === true;
      return capabilities(this.language);
    },
    launch: async (args, reply) => {
      const read = readLaunchArguments(args);
      if ('missing' in read) {
        throw errors.missingScenario();
      }
      if ('wrong' in read) {
        throw errors.wrongAttribute(read.wrong, read.expected);
      }
      this.language = read.launch.language ?? this.host.language(this.locale);
      await this.open(read.launch);
      void reply.sent.then(() => this.sendEvent(new Event('initialized')));
    },
    configurationDone: (_args, reply) => {
      const { control, launch } = this.requireRun();
      this.begin(control, launch, reply);
    },
    restart: async (args, reply) => {
      const previous = this.requireRun();
      const read = readLaunchArguments((args as { arguments?: unknown }).arguments ?? previous.launch);
      const launch = 'launch' in read ? read.launch : previous.launch;
      await this.close();
      this.ended = false;
      this.over = undefined;
      await this.open(launch);
      const { session, control } = this.requireRun();
      this.breakpoints.apply(session);
      this.begin(control, launch, reply);
    },
    terminate: async (_args, reply) => {
      await this.close();
      void reply.sent.then(() => this.end());
    },
    disconnect: async (_args, reply) => {
      await this.close();
      void reply.sent.then(() => this.shutdown());
    },

    setBreakpoints: ({ source, breakpoints, lines }) => {
      const wanted = breakpoints ?? (lines ?? []).map((line) => ({ line }));
      return { breakpoints: this.breakpoints.setLines(this.requireRun().session, source, wanted) };
    },
    setFunctionBreakpoints: ({ breakpoints }) => ({
      breakpoints: this.breakpoints.setFunctions(this.requireRun().session, breakpoints),
    }),
    setDataBreakpoints: ({ breakpoints }) => ({
      breakpoints: this.breakpoints.setData(this.requireRun().session, breakpoints),
    }),
    dataBreakpointInfo: (args) => this.standing().inspection.dataBreakpointInfo(args),
    setExceptionBreakpoints: ({ filters }) => {
      this.filters = new Set(filters);
    },
    breakpointLocations: ({ source, line, endLine }) => {
      const path = this.names.path(source);
      const places =
        path === undefined ? [] : this.requireRun().session.breakpointLocations(path, line, endLine ?? line);
      return { breakpoints: places.map((place) => ({ ...place })) };
    },

    threads: () => ({ threads: this.run ? this.run.inspection.threads() : [] }),
    stackTrace: (args) => {
      const { inspection, session } = this.standing();
      if (args.threadId !== overThread) {
        this.requireThread(session, args.threadId);
      }
      return inspection.stackTrace(args);
    },
    scopes: ({ frameId }) => ({ scopes: this.standing().inspection.scopes(frameId) }),
    variables: (args) => ({ variables: this.standing().inspection.variables(args) }),
    evaluate: (args, reply) => {
      const { inspection, session } = this.standing();
      const { body, changed } = inspection.evaluate(args);
      if (changed) {
        this.changed(session, reply);
      }
      return body;
    },
    setVariable: (args, reply) => {
      const { inspection, session } = this.standing();
      const body = inspection.setResult(inspection.setVariable(args));
      this.changed(session, reply);
      return body;
    },
    setExpression: (args, reply) => {
      const { inspection, session } = this.standing();
      const body = inspection.setResult(inspection.setExpression(args));
      this.changed(session, reply);
      return body;
    },
    readMemory: (args) => this.standing().inspection.readMemory(args),
    writeMemory: (args, reply) => {
      const { inspection, session } = this.standing();
      const bytesWritten = inspection.writeMemory(args);
      this.changed(session, reply);
      return { bytesWritten };
    },
    completions: (args) => ({ targets: this.standing().inspection.completions(args) }),
    exceptionInfo: () => exceptionInfo(this.standing().session.stop, this.language),
    loadedSources: () => ({ sources: this.run ? this.names.all() : [] }),

    // Whole runs move all threads: which one a client names does not matter.
    continue: (_args, reply) => {
      this.move('continue', {}, reply);
      return { allThreadsContinued: true };
    },
    next: (args, reply) => this.move('over', args, reply),
    stepIn: (args, reply) => this.move('into', args, reply),
    stepOut: (args, reply) => this.move('out', args, reply),
    stepBack: (args, reply) => this.move('back-over', args, reply),
    reverseContinue: (_args, reply) => this.move('back-continue', {}, reply),
    pause: () => this.requireRun().control.pause(),
    [customRequests.stepBackInto]: (args, reply) => this.move('back-into', args, reply),
    [customRequests.stepBackOut]: (args, reply) => this.move('back-out', args, reply),
    [customRequests.travelTo]: ({ clock }, reply) => {
      const { session, control, launch } = this.standing();
      const { oldest } = session.stop;
      // Beyond what has run the run may go on, but not without end.
      const newest = this.over ?? session.stop.frontier + (launch.stepBudget ?? FURTHEST);
      if (clock < oldest || clock > newest) {
        throw errors.badClock(oldest, newest);
      }
      control.travelTo(clock, reply.sent);
    },
  };

  private requireRun(): Run {
    if (!this.run) {
      throw errors.noSession();
    }
    return this.run;
  }

  private standing(): Run {
    const run = this.requireRun();
    run.control.requireStanding();
    return run;
  }

  private requireThread(session: SessionApi, threadId: number): void {
    if (!session.threads().some(({ id }) => toWireThread(id) === threadId)) {
      throw errors.unknownThread(threadId);
    }
  }

  private move(
    kind: StepKind,
    args: { threadId?: number; granularity?: DebugProtocol.SteppingGranularity },
    reply: Reply,
  ): void {
    const { control, session } = this.standing();
    if (this.ended) {
      throw errors.isOver();
    }
    if (args.threadId !== undefined && args.threadId !== overThread) {
      this.requireThread(session, args.threadId);
    }
    if (session.stop.reason === 'end' && kind === 'continue') {
      void reply.sent.then(() => this.end());
      return;
    }
    const isStep = kind !== 'continue' && kind !== 'back-continue';
    const thread =
      isStep && args.threadId !== undefined && args.threadId !== overThread ? fromWireThread(args.threadId) : undefined;
    control.step(kind, reply.sent, { thread, wholeLine: args.granularity === 'line' && isStep });
  }

  private async open(launch: LaunchArguments): Promise<void> {
    const opening = new AbortController();
    this.opening = opening;
    const { session, diagnostics, cancelled } = await this.host.open(launch, opening.signal);
    if (cancelled || opening.signal.aborted) {
      session?.dispose();
      throw errors.cancelled();
    }
    this.opening = undefined;
    for (const diagnostic of diagnostics) {
      this.sendEvent(new Event('output', diagnosticOutput(diagnostic, this.names, this.language)));
    }
    if (!session) {
      const serious = diagnostics.filter((each) => each.severity === 'error');
      const first = serious[0] ?? diagnostics[0];
      throw errors.notOpened(Math.max(1, serious.length), sentences(first));
    }
    this.names.setFiles(session.files);
    this.output.begin(session);
    const control = new RunControl(session, {
      breathe: async () => {
        this.flush(session);
        await this.host.breathe();
      },
      settled: (stop) => this.settled(stop),
      failed: (error) => {
        const { text } = this.reportBug(error);
        this.sendEvent(
          new Event('output', { category: 'important', output: `${this.language === 'zh' ? text.zh : text.en}\n` }),
        );
        this.end();
      },
    });
    this.run = { session, control, launch, inspection: new Inspection(session, this.names, this.language) };
    this.host.opened?.(session, launch);
    if (hasErrors(diagnostics)) {
      // Functions that could not be compiled are "refused": calling one is a stop with its reason.
      this.sendEvent(new Event('output', { category: 'console', output: '\n' }));
    }
  }

  private begin(control: RunControl, launch: LaunchArguments, reply: Reply): void {
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
    this.sendEvent(new Event('output', { category: 'important', output: say(text, this.language) }));
  }

  private settled(stop: Stop): void {
    const { session, inspection, control, launch } = this.requireRun();
    inspection.moved();
    if (stop.reason === 'end') {
      this.over = stop.clock;
    }
    this.flush(session);
    if (this.sought !== undefined && stop.reason === 'end') {
      this.say(texts.notReached(this.sought));
    }
    this.sought = undefined;
    if (stop.reason === 'expectation' && (launch.noDebug || !this.filters.has(expectationFilter))) {
      control.step('continue', Promise.resolve());
      return;
    }
    if (launch.noDebug && stop.reason !== 'end' && stop.reason !== 'fault') {
      control.step('continue', Promise.resolve());
      return;
    }
    if (
      (launch.noDebug && stop.reason === 'end') ||
      (stop.reason === 'fault' && (launch.noDebug || !this.filters.has(faultFilter)))
    ) {
      const fault = exceptionInfo(stop, this.language);
      if (fault) {
        this.sendEvent(
          new Event('output', { category: 'stderr', output: `${fault.description ?? fault.exceptionId}\n` }),
        );
      }
      this.end();
      return;
    }
    this.sendEvent(
      new Event(
        'stopped',
        stoppedBody(
          { ...stop, breakpointIds: stop.breakpointIds && this.breakpoints.onWire(stop.breakpointIds) },
          this.language,
          (thread) => inspection.threadName(thread),
        ),
      ),
    );
    void this.host.breathe().then(() => {
      if (this.run?.inspection === inspection && !control.isMoving) {
        inspection.foresee();
      }
    });
  }

  /** Memory changed while standing still: values are read again, later history is forgotten. */
  private changed(session: SessionApi, reply: Reply): void {
    this.output.rewritten(session);
    this.run?.inspection.rewritten();
    this.over = undefined;
    if (this.supportsInvalidated) {
      void reply.sent.then(() => this.sendEvent(new Event('invalidated', { areas: ['variables'] })));
    }
  }

  private flush(session: SessionApi): void {
    for (const body of this.output.take(session, this.language)) {
      this.sendEvent(new Event('output', body));
    }
  }

  private async close(): Promise<void> {
    this.opening?.abort();
    this.opening = undefined;
    const { run } = this;
    if (run) {
      this.run = undefined;
      await run.control.close();
      this.host.closed?.(run.session);
    }
  }

  /** Tells the client, once, that the run is over. */
  private end(): void {
    if (!this.ended) {
      this.ended = true;
      this.sendEvent(new Event('terminated'));
    }
  }

  private reportBug(error: unknown): UserError {
    const what = error instanceof Error ? error.message : String(error);
    const trace = error instanceof Error ? (error.stack ?? what) : what;
    this.sendEvent(new Event('output', { category: 'telemetry', output: trace, data: { kind: 'internal' } }));
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
