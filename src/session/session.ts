/**
 * The session: one run of one program, seen through {@link SessionApi}. Joins the machine, its traveller, breakpoints,
 * the evaluator and value display; decides what a step means.
 */
import type { Bilingual } from '../base/bilingual';
import { Emitter } from '../base/events';
import type { Deed } from '../machine/intervention';
import { inParts } from '../base/parts';
import { Traveller, type ForwardResult } from '../machine/traveller';
import type { SourceFile } from '../source/source-file';
import { holds } from '../values/condition';
import { noCondition } from '../values/evaluation-problems';
import { Evaluator } from '../values/evaluator';
import { contextOf } from '../values/graph-roots';
import { frameAt } from '../values/frame-at';
import { Branching } from './branching';
import { expressionDeed } from './deeds';
import { goBack } from './going-back';
import { logText } from './log-text';
import { entryText, resultsOf, type ResultText } from './journal-text';
import { SessionReader } from './reader';
import { MoveChanges } from './move-changes';
import type { SessionParts } from './session-parts';
import { Places } from './places';
import type { ProgramName, SessionApi } from './session-api';
import type {
  BreakpointRequest,
  BreakpointResult,
  DataBreakpointRequest,
  JournalEntry,
  RunOptions,
  StepKind,
  Stop,
  StopReason,
  Thread,
} from './session-types';
import type { FieldsWanted, FollowedPointer, ObjectView } from '../values/object-view';
import type { Change, Scalar, StackFrame, ValueNode } from '../values/value-model';
import { Stepper } from './stepper';
import { describeStop, overBudget } from './describe-stop';
import { FailedCalls, type FailedCall } from './failed-calls';
import { StopPoints, type Hit } from './stop-points';
import { Answerer } from '../values/answer';
import { Visits } from './visits';
import { notWritable, writable } from './write-memory';

/** What a condition costs, in statements. */
const CONDITION = 40_000;

export class Session implements SessionApi {
  readonly files;
  private readonly stops = new Emitter<Stop>();
  private readonly entries = new Emitter<JournalEntry>();
  readonly onStop = this.stops.event;
  readonly onJournal = this.entries.event;
  readonly branches: Branching;
  readonly visits: Visits;
  readonly places: Places;
  readonly failedCalls = new FailedCalls();
  readonly watchUnwrittenReads = (on: boolean): boolean => (this.traveller.watchesReads = on);
  private readonly traveller: Traveller;
  private readonly points: StopPoints;
  private readonly evaluator: Evaluator;
  readonly reader: SessionReader;
  private readonly answers: Answerer;
  private readonly result: ResultText;
  private readonly stepper: Stepper;
  private current: Stop;
  private told = 0;
  /** Clock of the scenario's first system call: the kernel boots before it. */
  private firstCall: number | undefined;
  private pauseAsked = false;
  /** What the machine was stopped by, when it was not a step. */
  private hit: Hit | undefined;
  /** Frames at the stop that a command begins at: some of them may have returned when it ends. */
  private framesBefore: readonly StackFrame[] = [];
  /** Stacks that were asked for at this stop. */
  private readonly stacks = new Map<number, readonly StackFrame[]>();
  private readonly moved: MoveChanges;

  constructor(private readonly parts: SessionParts) {
    const { machine } = parts;
    this.evaluator = new Evaluator(machine, parts.program, parts.parser);
    this.files = machine.debug.files;
    const { program, partOf, views } = parts;
    this.reader = new SessionReader(machine, parts.kernel, this.evaluator.debug, partOf, views, program.loader);
    this.answers = new Answerer(this.evaluator, () => contextOf(this.reader));
    this.result = resultsOf(parts.program);
    this.traveller = new Traveller(machine);
    this.branches = new Branching({
      ...parts,
      traveller: this.traveller,
      budget: parts.stepBudget,
      result: this.result,
      arrived: (common) => this.arriveOnBranch(common),
    });
    this.moved = new MoveChanges(machine, this.reader, () => this.stack(this.current.thread));
    this.points = new StopPoints(machine, {
      condition: (text) => this.conditionHolds(text),
      log: (message) => this.log(message),
    });
    this.stepper = new Stepper(machine);
    this.places = new Places(machine, (path) => this.sourceFile(path));
    this.visits = new Visits({
      ...{ machine, traveller: this.traveller, points: this.points, stepBudget: parts.stepBudget },
      begin: () => this.beginMove(this.current.thread),
      breathe: (options, inThePast) => this.breathe(options, undefined, inThePast),
      arrive: (reason) => {
        this.moved.end(false);
        return this.publish(this.describeStop(reason));
      },
    });
    this.current = this.describeStop('entry');
  }

  get stop(): Stop {
    return this.current;
  }

  journal(): readonly JournalEntry[] {
    return this.parts.machine.journal;
  }

  get journalForgotten(): number {
    return this.parts.machine.events.forgotten;
  }

  get journalBegan(): number | undefined {
    return this.parts.machine.events.began;
  }

  async start(
    options: RunOptions & { readonly stopOnEntry?: boolean; readonly stopAtFunction?: string } = {},
  ): Promise<Stop> {
    const entry = this.parts.machine.debug.functions.find(
      (fn) => fn.name === options.stopAtFunction && fn.kind === 'compiled',
    );
    const idle = this.parts.kernel?.processes.idle.machineTask;
    const stopsBefore = entry !== undefined || options.stopOnEntry === false;
    this.hit = undefined;
    this.points.data.look();
    const { machine } = this.parts;
    let isBooted = false;
    let whileBooting: number | undefined;
    // The kernel boots at a run; the first process that makes a call is stepped.
    machine.flags.whenLeft = {
      task: idle,
      then: () => {
        isBooted = true;
        if (!stopsBefore) {
          machine.flags.setStepping(true);
        }
      },
    };
    const result = await this.points.statements.among(entry ? [entry.firstStatement] : [], () =>
      this.traveller.forward(
        (stop) => {
          this.hit = stopsBefore ? this.points.at(stop, true) : undefined;
          const isThere = stop.statement === entry?.firstStatement;
          whileBooting ??= isThere && !isBooted ? machine.clock : undefined;
          return this.hit !== undefined || (stopsBefore ? isThere && isBooted : stop.task !== idle);
        },
        { stepping: this.points.data.active, budget: this.parts.stepBudget, breathe: this.breathe(options) },
      ),
    );
    machine.flags.whenLeft = undefined;
    if (stopsBefore) {
      this.points.passed();
    }
    if (machine.finished && whileBooting !== undefined) {
      this.traveller.seek(whileBooting);
      return this.publish(this.describeStop('function-breakpoint'));
    }
    return this.arrive(result, entry ? 'function-breakpoint' : 'entry');
  }

  async run(kind: StepKind, options: RunOptions = {}): Promise<Stop> {
    const single = kind !== 'continue' && kind !== 'back-continue';
    this.beginMove(options.thread ?? this.current.thread);
    const stop = kind.startsWith('back-') ? await this.runBack(kind, options) : await this.runForward(kind, options);
    this.moved.end(single);
    return stop;
  }

  /** Before the machine moves: nothing has hit, nobody has asked to pause. */
  private beginMove(thread: number, goesOn = false): void {
    this.hit = undefined;
    this.pauseAsked = false;
    this.framesBefore = this.stack(thread);
    this.moved.begin(this.framesBefore, goesOn);
  }

  private async runForward(kind: StepKind, options: RunOptions): Promise<Stop> {
    const { machine, stepBudget } = this.parts;
    if (machine.finished && !this.traveller.standsAtUnwritten) {
      return this.publish(this.describeStop(machine.finished.kind));
    }
    const thread = options.thread ?? this.current.thread;
    const wanted = kind === 'continue' ? () => false : this.stepper.forward(kind, thread, options.into);
    const from = machine.clock;
    if ((await inParts(this.points.preparing(this.traveller), this.breathe(options, undefined, true))) === 'stopped') {
      this.traveller.seek(from);
      return this.publish(this.describeStop('pause'));
    }
    const result = await this.traveller.forward(
      (stop) => {
        this.hit = this.points.at(stop, true);
        return this.hit !== undefined || wanted(stop);
      },
      {
        stepping: kind !== 'continue' || this.points.data.active,
        budget: stepBudget,
        breathe: this.breathe(options, () => this.failedCalls.first(this.journal(), from, machine.clock) !== undefined),
      },
    );
    this.points.passed();
    const failed = this.failedCalls.first(this.journal(), from, machine.clock);
    return failed ? this.stopAtReturn(failed, thread) : this.arrive(result, 'step', thread);
  }

  /** Goes back from somewhat later to the last statement of a call that has failed. */
  private stopAtReturn({ clock, text }: FailedCall, thread: number): Stop {
    this.hit = undefined;
    this.traveller.seek(clock);
    return this.publish({ ...this.describeStop('failed-call', thread), failedCall: text });
  }

  private async runBack(kind: StepKind, options: RunOptions): Promise<Stop> {
    const { machine } = this.parts;
    const { traveller, points, stepper, firstCall } = this;
    const thread = options.thread ?? this.current.thread;
    const went = await goBack(kind, thread, {
      ...{ machine, traveller, points, stepper, firstCall },
      failed: this.failedCalls.last(this.journal(), machine.clock),
      breathe: this.breathe(options, undefined, true),
    });
    this.hit = went.hit;
    return went.failed
      ? this.stopAtReturn(went.failed, thread)
      : this.publish(this.describeStop(went.reason, went.thread));
  }

  async travelTo(clock: number, options: RunOptions = {}): Promise<Stop> {
    const { machine, stepBudget } = this.parts;
    const near = Math.abs(clock - machine.clock) <= 1;
    this.beginMove(this.current.thread, options.goesOn);
    const goal = Math.max(this.traveller.oldest, Math.floor(clock));
    // What has run before is soon run again; beyond it the run may have no end.
    const work = this.traveller.seeking(near ? goal : Math.min(goal, this.traveller.frontier), options.goesOn !== true);
    if ((await inParts(work, this.breathe(options, undefined, true))) === 'stopped') {
      this.traveller.seek(machine.clock);
      return this.publish(this.describeStop('pause'));
    }
    const missing = machine.finished ? 0 : goal - machine.clock;
    if (missing > 0) {
      const budget = Math.min(missing, stepBudget);
      const result = await this.traveller.forward(() => false, {
        stepping: false,
        budget,
        breathe: this.breathe(options),
      });
      if (result.kind === 'paused' || (result.kind === 'budget' && machine.clock < goal)) {
        return this.arrive(result, 'goto');
      }
    }
    this.moved.end(near && options.goesOn !== true);
    return this.publish(this.describeStop(machine.finished?.kind ?? 'goto'));
  }

  pause(): void {
    this.pauseAsked = true;
  }

  /** `inThePast`: what happens there has been told. */
  private breathe(options: RunOptions, enough?: () => boolean, inThePast = false): () => Promise<boolean> {
    return async () => {
      if (!inThePast) {
        this.tellJournal();
      }
      const asked = (await options.breathe?.(this.parts.machine.clock)) ?? false;
      return asked || this.pauseAsked || enough?.() === true;
    };
  }

  private topFrame(): StackFrame | undefined {
    const { at, debug } = this.parts.machine;
    return at && frameAt(debug, at);
  }

  private conditionHolds(text: string): boolean | NonNullable<Stop['badCondition']> {
    this.traveller.spend(CONDITION);
    const { evaluated, diagnostics } = this.evaluator.evaluate(text, this.topFrame(), { sideEffects: false });
    const answer = evaluated && holds(contextOf(this.reader), evaluated);
    return answer ?? { text, problem: diagnostics[0] ?? noCondition(text) };
  }

  private log(message: string): void {
    const text = logText(message, (expression) => this.evaluate(expression, this.topFrame()));
    this.tellJournal();
    const { clock, currentTask: thread } = this.parts.machine;
    this.entries.fire({ event: 'log', text, clock, thread }); // no part of the run: it changes nothing
  }

  private arrive(result: ForwardResult, reason: StopReason, thread?: number): Stop {
    switch (result.kind) {
      case 'wanted':
        return this.publish(this.describeStop(this.hit?.reason ?? reason, thread));
      case 'terminal':
        return this.publish(this.describeStop(result.stop.kind === 'end' ? 'end' : 'fault', thread));
      case 'paused':
        return this.publish(this.describeStop('pause', thread));
      case 'budget':
        return this.publish({ ...this.describeStop('fault', thread), fault: overBudget(this.parts.stepBudget) });
    }
  }

  private describeStop(reason: StopReason, thread?: number): Stop {
    const { reader, traveller, hit } = this;
    const stop = describeStop(this.parts.machine, traveller, hit, reason, thread, (id) => reader.gone(id));
    // A run may be over while a process sleeps: then none of those that are left has stopped.
    const isListed = reason !== 'end' || this.threads().some(({ id }) => id === stop.thread);
    return isListed ? stop : { ...stop, thread: -1 };
  }

  private publish(stop: Stop): Stop {
    this.reader.keepReturnValues(this.framesBefore, stop.reason === 'step');
    this.framesBefore = [];
    this.parts.machine.settle();
    this.stacks.clear();
    this.current = stop;
    this.tellJournal();
    this.stops.fire(stop);
    return stop;
  }

  /** The machine stands on another line of time, which is the one before up to a clock. */
  private arriveOnBranch(common: number): Stop {
    this.points.rewritten(Math.min(common, this.parts.machine.clock));
    this.told = Math.min(this.told, this.parts.machine.events.length);
    this.hit = undefined;
    this.moved.forget();
    return this.publish(this.describeStop(this.parts.machine.finished?.kind ?? 'goto'));
  }

  private tellJournal(): void {
    const { events } = this.parts.machine;
    const fresh = events.since(Math.min(this.told, events.length));
    this.firstCall ??= fresh.find(({ event }) => event === 'call')?.clock;
    this.told = events.length;
    fresh.forEach((record) => this.entries.fire(record));
  }

  threads(): readonly Thread[] {
    return this.reader.threads();
  }

  stack(thread: number): readonly StackFrame[] {
    let frames = this.stacks.get(thread);
    if (!frames) {
      frames = this.reader.stack(thread);
      this.stacks.set(thread, frames);
    }
    return frames;
  }

  locals(frame: StackFrame): readonly ValueNode[] {
    return this.reader.locals(frame);
  }

  globals(path?: string): readonly ValueNode[] {
    return this.reader.globals(path);
  }

  evaluate(
    expression: string,
    frame: StackFrame | undefined,
    options: { readonly sideEffects?: boolean } = {},
  ): ReturnType<SessionApi['evaluate']> {
    const { value, changed, diagnostics } = this.answers.answer(expression, frame, {
      sideEffects: options.sideEffects ?? false,
      returned: this.reader.justReturned,
    });
    if (changed) {
      this.rewritten(expressionDeed(expression, frame, this));
    }
    return { value, changed: changed !== undefined, diagnostics };
  }

  assign(target: string, value: string, frame: StackFrame | undefined): ReturnType<SessionApi['assign']> {
    const set = (text: string): ReturnType<SessionApi['assign']> => this.evaluate(text, frame, { sideEffects: true });
    const done = this.answers.assign(target, value, frame, set);
    return done.value ? this.evaluate(target, frame) : done;
  }

  writeMemory(address: number, bytes: Uint8Array): ReturnType<SessionApi['writeMemory']> {
    const { memory, map } = this.parts.machine;
    const written = writable(memory, map, address, bytes.length);
    if (written > 0) {
      memory.write(address, bytes.subarray(0, written));
      this.rewritten({ kind: 'memory', address, bytes: [...bytes.subarray(0, written)] });
    }
    return { written, diagnostics: written < bytes.length ? [notWritable(address + written)] : [] };
  }

  /** The present was changed by hand. */
  private rewritten(deed: Deed): void {
    this.branches.changed(deed);
    this.stacks.clear();
    this.points.rewritten();
    this.current = { ...this.current, frontier: this.traveller.frontier };
  }

  valueAt(address: number, typeName: string, name?: string): ValueNode | undefined {
    return this.reader.valueAt(address, typeName, name);
  }

  returnValue(frame: StackFrame): Scalar {
    return this.reader.returnValue(frame);
  }

  objectView(frames: readonly StackFrame[], followed?: readonly FollowedPointer[], fields?: FieldsWanted): ObjectView {
    return this.reader.objectView(frames, followed, fields);
  }

  readMemory(address: number, count: number): { readonly address: number; readonly bytes: Uint8Array } {
    return this.reader.readMemory(address, count);
  }

  readable(address: number, count: number): number {
    return this.reader.readable(address, count);
  }

  jiffies(): number | undefined {
    return this.reader.jiffies();
  }

  hasFunction(name: string): boolean {
    return this.reader.hasFunction(name);
  }

  names(): Iterable<ProgramName> {
    return this.reader.names();
  }

  entryText(entry: JournalEntry): Bilingual {
    return entryText(entry, this.result);
  }

  changes(): readonly Change[] {
    return this.moved.list();
  }

  get stepped(): boolean {
    return this.moved.stepped;
  }

  get wentOn(): boolean {
    return this.moved.wentOn;
  }

  get breakpointStatements(): readonly number[] {
    return this.points.statements.statements;
  }

  setBreakpoints(path: string, requests: readonly BreakpointRequest[]): readonly BreakpointResult[] {
    return this.points.statements.setLines(path, requests);
  }

  setFunctionBreakpoints(
    requests: Parameters<SessionApi['setFunctionBreakpoints']>[0],
  ): ReturnType<SessionApi['setFunctionBreakpoints']> {
    return this.points.statements.setFunctions(requests);
  }

  setDataBreakpoints(requests: readonly DataBreakpointRequest[]): readonly BreakpointResult[] {
    return this.points.data.set(requests, (request) => this.watchable(request));
  }

  watchable(bytes: Parameters<SessionApi['watchable']>[0]): ReturnType<SessionApi['watchable']> {
    return this.reader.isProgram(bytes.address, bytes.size) ? this.points.data.accesses(bytes) : [];
  }

  breakpointLocations(
    ...lines: Parameters<SessionApi['breakpointLocations']>
  ): ReturnType<SessionApi['breakpointLocations']> {
    return this.points.statements.locations(...lines);
  }

  sourceFile(path: string): SourceFile | undefined {
    return this.parts.program.loader.load(path);
  }

  coverage(): Uint8Array {
    return this.parts.machine.flags.covered;
  }

  dispose(): void {
    this.pauseAsked = true;
  }
}
