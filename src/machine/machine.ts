/**
 * The machine: runs the tasks of one program, statement by statement or freely, until something makes it stop; lets
 * services and the environment act between; saves and restores all of its state.
 *
 * Time is the statement clock. Fuel in the wasm module counts down as statements are charged; `charged` is what earlier
 * slices counted. At a stop the innermost frame may have counted its run of statements ahead, which is taken off.
 */
import { sentence } from '../sentences/sentence';
import { assert } from '../base/assert';
import type { DebugInfo } from '../abi/debug-info';
import type { Image } from '../abi/image';
import {
  FRAME_FUNCTION,
  FRAME_PC,
  FRAME_RETURN,
  NATIVE_DEPTH,
  RED_ZONE,
  SHADOW_GUARD,
  STACK_SIZE,
  type MemoryMap,
} from '../abi/memory-map';
import { Status } from '../abi/run-status';
import { CallWatch } from './call-watch';
import { CheckpointList, restorePages, savePages, statePages, type Checkpoint } from './checkpoint';
import type { Fault } from './fault';
import {
  deadlock,
  describeFault,
  engineFault,
  missingFunction,
  noFunction,
  stackDamaged,
  stackOverflow,
} from './faults';
import { FrameCheck } from './frame-check';
import { instantiate, type WasmInstance } from './instantiate';
import { Journal } from './journal';
import type { Happening, JournalEntry } from './journal-entry';
import type { MachineOptions, MachineStop } from './machine-types';
import type { Memory } from './memory';
import { FrameCall, outOfRange, writeResult } from './frame-call';
import type { Environment, PlainData, Replaced, Service, ServiceHost, ServiceResult, TaskId } from './service';
import { serviceHost } from './service-host';
import { StopFlags } from './stop-flags';
import { Symbols } from './symbols';
import { settleStacks } from './settle-stacks';
import { pushCall, TaskTable, type Task } from './tasks';

export type { MachineOptions, MachineStop } from './machine-types';

/** Environment decisions in a row without a statement: more is a bug of the environment. */
const IDLE_LIMIT = 1_000_000;

export class Machine {
  readonly memory: Memory;
  readonly map: MemoryMap;
  readonly debug: DebugInfo;
  readonly symbols: Symbols;
  readonly flags: StopFlags;
  checkpoints: CheckpointList;
  readonly events: Journal;
  readonly journal: readonly JournalEntry[];
  readonly tasks: TaskTable;
  readonly host: ServiceHost;
  environment: Environment | undefined;
  currentTask: TaskId = 0;
  /** Set when the run came to a fault or its end; cleared by going back. */
  finished: Extract<MachineStop, { kind: 'fault' | 'end' }> | undefined;
  /** Where the machine stands when it stands at a statement. */
  at: Extract<MachineStop, { kind: 'statement' }> | undefined;
  heapHigh: number;
  private charged = 0;
  /** While code runs that is no part of the run: the moment that it is seen from. */
  heldClock: number | undefined;
  private fuelGiven = 0;
  private readonly watch: CallWatch;
  private readonly frames: FrameCheck;
  pendingFault: Fault | undefined;
  private pendingCall: { function: number; args: readonly number[]; data: PlainData; service: number } | undefined;
  private readonly services: (Service | undefined)[];
  readonly call: FrameCall;
  private initialPages: ReadonlyMap<number, Uint8Array> = new Map();

  private constructor(
    readonly image: Image,
    private readonly instance: WasmInstance,
    private readonly options: MachineOptions,
  ) {
    this.memory = instance.memory;
    this.map = image.map;
    this.debug = image.debug;
    this.heapHigh = image.map.heapStart;
    this.events = new Journal(options.journalRoom, options.witness);
    this.journal = this.events.records;
    this.symbols = new Symbols(image.debug);
    this.flags = new StopFlags(this.memory, image.map, image.debug);
    this.tasks = new TaskTable(image.map.stacksStart, image.map.stacksEnd, options.stackSize ?? STACK_SIZE);
    this.checkpoints = new CheckpointList(options.checkpointLimit ?? 64, options.checkpointInterval ?? 25_000);
    const byName = new Map(options.modules.flatMap(({ services }) => services.map((each) => [each.name, each])));
    this.services = image.debug.functions.map((fn) => (fn.kind === 'service' ? byName.get(fn.name) : undefined));
    this.host = this.makeHost();
    this.call = new FrameCall(this.host, this.memory);
    this.frames = new FrameCheck(this.memory, this.debug);
    this.watch = new CallWatch(this.debug, this.flags, options.modules);
  }

  static async create(image: Image, options: MachineOptions): Promise<Machine> {
    let machine: Machine | undefined = undefined;
    const made = (): Machine => {
      assert(machine, 'C ran before the machine existed');
      return machine;
    };
    const instance = await instantiate(
      image,
      {
        service: (id, fp) => (id < 0 ? (options.witness?.wrote?.(-2 - id, fp), 0) : made().dispatch(id, fp)),
        entered: (fp) => made().entered(fp),
        returned: (fp) => (options.witness?.returned?.(fp), made().callerOf(fp)),
      },
      options.userMemoryIsForeign ?? false,
    );
    machine = new Machine(image, instance, options);
    machine.tasks.gaps().forEach(({ start, size }) => made().host.setShadow(start, size, SHADOW_GUARD));
    // All others are zero.
    const pages = statePages(image.map, image.map.heapStart, image.map.userStart);
    machine.initialPages = savePages(machine.memory, pages, undefined);
    options.modules.forEach((module) => module.start?.(made().host));
    return machine;
  }

  /** Statements charged so far, runs of statements counted ahead included. */
  private chargedNow(): number {
    return this.heldClock ?? this.charged + this.fuelGiven - this.instance.fuel.value;
  }

  /** Statements executed before this moment. */
  get clock(): number {
    if (this.finished?.kind === 'fault') {
      // The faulting statement counts as begun, so that going back one statement leads before it.
      const top = this.tasks.get(this.finished.task)?.top ?? 0;
      const statement = top === 0 ? -1 : this.frames.point(top).statement;
      return this.chargedNow() - Math.max(0, this.ahead(statement) - 1);
    }
    return this.chargedNow() - (this.at ? this.ahead(this.at.statement) : 0);
  }

  private nameOf = (id: number): string => this.debug.functions[id]?.name ?? '?';

  private ahead(statement: number): number {
    return this.debug.statements[statement]?.ahead ?? 0;
  }

  /**
   * Runs until a flagged statement, the end of the slice (`fuel` statements, then the next loop or call), a fault, or
   * the end. Stops that are there for coverage only are passed.
   */
  advance(fuel: number): MachineStop {
    if (this.finished) {
      return this.finished;
    }
    this.charged = this.chargedNow();
    this.fuelGiven = fuel;
    this.instance.fuel.value = fuel;
    this.instance.setClockAtEnd(this.charged + fuel);
    for (let idle = 0; idle < IDLE_LIMIT && !this.finished; idle++) {
      const task = this.tasks.get(this.currentTask);
      if (!task || task.top === 0 || task.blocked) {
        const decision = this.decide(() => this.environment?.advance() ?? 'end');
        if (decision === undefined || decision === 'continue') {
          continue;
        }
        this.at = undefined;
        this.finished =
          decision === 'end' ? { kind: 'end' } : { kind: 'fault', task: this.currentTask, fault: deadlock };
        return this.finished;
      }
      const stop = this.resume(task);
      if (stop) {
        return stop;
      }
    }
    assert(this.finished, 'the environment goes on without running anything');
    return this.finished;
  }

  /** What the environment says; an address that is none becomes a fault. */
  private decide<T>(ask: () => T): T | undefined {
    try {
      return ask();
    } catch (error) {
      this.finished = { kind: 'fault', fault: outOfRange(error), task: this.currentTask };
      return undefined;
    }
  }

  /** Resumes a task's innermost frame; undefined when the loop should go on. */
  private resume(task: Task): MachineStop | undefined {
    this.at = undefined;
    this.flags.goesOn(task.id);
    const frame = this.frames.frame(task, task.top);
    if (task.top < task.stackLow || (frame?.point.kind === 'entry' && task.top - frame.fn.frameSize < task.stackLow)) {
      return this.fail(task, stackOverflow(frame?.fn.name));
    }
    if (!frame) {
      return this.fail(task, stackDamaged());
    }
    // A frame may itself be larger than the native depth: what counts is what lies below it.
    const low = task.top - frame.fn.frameSize - NATIVE_DEPTH;
    this.instance.stackLimit.value = Math.max(task.stackLow + RED_ZONE, low);
    this.instance.damaged.value = 0;
    task.moved = true;
    let status: number;
    try {
      status = this.instance.run(task.top);
    } catch (error) {
      return this.fail(task, engineFault(error));
    }
    task.top = this.instance.top.value;
    if (this.instance.damaged.value !== 0 && status !== Status.fault) {
      return this.fail(task, stackDamaged());
    }
    switch (status) {
      case Status.returned:
        this.callReturned(task);
        return undefined;
      case Status.stopped:
        return this.stopped(task);
      case Status.sliced:
        return this.slice(task);
      case Status.blocked:
        this.enterBlocked(task);
        return undefined;
      case Status.fault:
        return this.fail(
          task,
          this.pendingFault ?? describeFault(this.frames.point(task.top), this.instance.faultAddress.value, this),
        );
      case Status.damaged:
        return this.fail(task, stackDamaged());
      default:
        throw new Error(`internal error: status ${status}`);
    }
  }

  /** The innermost frame has come to a statement whose flag is up. */
  private stopped(task: Task): MachineStop | undefined {
    const { statement } = this.frames.point(task.top);
    if (!this.flags.isUp(statement)) {
      return undefined; // only one that follows in its run is wanted: the resumable body goes on to it
    }
    const probe = this.watch.probeAt(statement);
    const replaced = probe && this.call.lookOn(probe, task.id, task.top);
    if ((replaced || this.watch.hasOrders) && this.intercepted(task, statement, replaced)) {
      return undefined;
    }
    if (this.flags.cover(statement)) {
      return undefined;
    }
    this.at = { kind: 'statement', statement, fp: task.top, task: task.id };
    return this.at;
  }

  /**
   * Whether to stop at the first statement of the function in the frame at `fp`. When somebody only looks on there, they
   * do.
   */
  private entered(fp: number): number {
    const onlooker = this.watch.onlooker(this.memory.u32(fp + FRAME_FUNCTION));
    return this.call.glance(onlooker, this.currentTask, fp) ? 0 : 1;
  }

  /** Where a frame returns to that has just returned: see `WasmHost.returned`. */
  private callerOf(fp: number): number {
    const task = this.tasks.get(this.currentTask);
    return (task && this.frames.parent(task, fp)) ?? -1;
  }

  /** Fault injection: a call of an armed function returns before its first statement. */
  private intercepted(task: Task, statement: number, replaced: Replaced | undefined): boolean {
    const functionId = this.memory.u32(task.top + FRAME_FUNCTION);
    const armed = replaced ?? this.watch.struck(functionId, statement);
    if (!armed) {
      return false;
    }
    this.charged -= this.ahead(statement);
    this.instance.setClockAtEnd(this.charged + this.fuelGiven);
    void (replaced ?? this.record({ event: 'inject', function: this.nameOf(functionId), value: armed.value }));
    this.memory.setU32(task.top + FRAME_RETURN, armed.value >>> 0);
    this.popService(task);
    replaced?.then();
    return true;
  }

  private slice(task: Task): MachineStop | undefined {
    const frame = this.debug.functions[this.memory.u32(task.top + FRAME_FUNCTION)];
    if (this.memory.u32(task.top + FRAME_PC) === 0 && task.top - (frame?.frameSize ?? 0) < task.stackLow + RED_ZONE) {
      return this.fail(task, stackOverflow(frame?.name));
    }
    return this.instance.fuel.value < 0 ? { kind: 'slice' } : undefined;
  }

  private fail(task: Task, fault: Fault): MachineStop {
    this.pendingFault = undefined;
    this.finished = { kind: 'fault', fault, task: task.id };
    this.record({ event: 'fault', fault });
    return this.finished;
  }

  private callReturned(task: Task): void {
    const call = task.calls.pop();
    assert(call, 'a frame returned that nobody pushed');
    const value = this.memory.u32(call.fp + FRAME_RETURN);
    task.top = call.below;
    task.blocked = call.blockedBelow;
    if (call.service === undefined) {
      this.decide(() => this.environment?.returned(task.id, call.tag, value));
      return;
    }
    // A service asked for this call: it goes on with the result, in its frame, which is what lies below.
    const service = this.services[call.service];
    assert(service?.resume, 'a service that calls C must have resume');
    let result: ServiceResult;
    try {
      result = service.resume(this.call.at(task.id, task.top, service.name), call.tag, value);
    } catch (error) {
      result = { kind: 'fault', fault: outOfRange(error) };
    }
    const status = this.finishService(call.service, task.top, result);
    if (status === Status.returned) {
      this.popService(task);
    } else if (status === Status.blocked) {
      task.blocked = true;
      this.enterBlocked(task);
    } else {
      this.fail(task, this.pendingFault ?? { kind: 'trap', message: sentence('a-service-failed') });
    }
  }

  /**
   * The innermost frame is done without having run to its end (a service's, or an intercepted call's): its caller goes
   * on.
   */
  private popService(task: Task): void {
    const parent = this.frames.parent(task, task.top);
    task.blocked = false;
    if (parent === undefined) {
      this.fail(task, stackDamaged());
    } else if (parent !== 0) {
      task.top = parent;
    } else {
      this.callReturned(task);
    }
  }

  private enterBlocked(task: Task): void {
    task.blocked = true;
    const call = this.pendingCall;
    if (call) {
      this.pendingCall = undefined;
      pushCall(this.memory, this.debug, task, call.function, call.args, call.data, call.service);
    }
  }

  private dispatch(id: number, fp: number): number {
    const service = this.services[id];
    if (!service) {
      return this.leaveService(id, fp, Status.fault, missingFunction(this.nameOf(id)));
    }
    let result: ServiceResult;
    try {
      result = service.call(this.call.at(this.currentTask, fp, service.name));
    } catch (error) {
      result = { kind: 'fault', fault: outOfRange(error) };
    }
    return this.finishService(id, fp, result);
  }

  private finishService(id: number, fp: number, result: ServiceResult): number {
    this.options.witness?.served?.(id);
    if (typeof result !== 'object') {
      writeResult(this.memory, fp, result);
      return Status.returned;
    }
    switch (result.kind) {
      case 'block':
        return this.leaveService(id, fp, Status.blocked);
      case 'fault':
        return this.leaveService(id, fp, Status.fault, result.fault);
      case 'call': {
        const target = this.symbols.functionAt(result.function) ?? result.function;
        if (!this.debug.functions[target]) {
          return this.leaveService(id, fp, Status.fault, noFunction(this.nameOf(id), result.function));
        }
        this.pendingCall = { function: target, args: result.args, data: result.data, service: id };
        return this.leaveService(id, fp, Status.blocked);
      }
    }
  }

  private leaveService(id: number, fp: number, status: number, fault?: Fault): number {
    this.memory.setU32(fp + FRAME_PC, 0);
    this.memory.setU32(fp + FRAME_FUNCTION, id);
    this.instance.top.value = fp;
    this.pendingFault = fault;
    return status;
  }

  private makeHost(): ServiceHost {
    const { memory, debug, map, symbols, tasks, events } = this;
    return serviceHost({
      ...{ memory, debug, map, symbols, tasks, events },
      clock: () => this.chargedNow(),
      hasStack: () => !this.call.isGlancing,
      touched: (bytes) => this.instance.fuel.spend(bytes * (this.options.statementsPerByte ?? 0)),
      currentTask: () => this.currentTask,
      switchTo: (id) => (this.currentTask = id),
      push: (task, functionId, args, tag) => pushCall(this.memory, this.debug, task, functionId, args, tag),
      popService: (task) => this.popService(task),
      intercept: (interception) => this.watch.intercept(interception),
      record: (entry) => this.record(entry),
      watchSlab: (on) => (this.instance.slabWatched.value = on ? 1 : 0),
      heapTouched: (end) => (this.heapHigh = Math.max(this.heapHigh, end)),
    });
  }

  private record(happening: Happening): void {
    this.events.add(happening, this.chargedNow(), this.currentTask);
  }

  /**
   * Clears what no frame uses on the stacks, so that memory at this moment does not depend on how it was reached. Only
   * between `advance` calls.
   */
  settle(): void {
    settleStacks(this.tasks, this.memory, this.debug);
  }

  /** The whole state now. Only between `advance` calls. */
  save(): Checkpoint {
    this.settle();
    return {
      clock: this.clock,
      charged: this.chargedNow(),
      pages: this.pagesNow(this.checkpoints.last?.pages ?? this.initialPages),
      tasks: this.tasks.save(),
      currentTask: this.currentTask,
      modules: new Map(this.options.modules.map((module) => [module.name, module.save()])),
      environment: this.environment?.save() ?? null,
      interceptions: this.watch.save(),
      journal: this.events.mark(),
      heapHigh: this.heapHigh,
    };
  }

  private pagesNow(previous: ReadonlyMap<number, Uint8Array>): Map<number, Uint8Array> {
    return savePages(this.memory, statePages(this.map, this.heapHigh, this.tasks.highest), previous);
  }

  /** What is not as it was at a checkpoint that was made just now: memory, or only what has happened. */
  changedSince({ pages, journal }: Checkpoint): 'memory' | 'journal' | undefined {
    const differs = [...this.pagesNow(pages)].some(([page, bytes]) => pages.get(page) !== bytes);
    return differs ? 'memory' : journal.length === this.events.length ? undefined : 'journal';
  }

  restore(checkpoint: Checkpoint): void {
    restorePages(
      this.memory,
      checkpoint.pages,
      statePages(this.map, this.heapHigh, this.tasks.highest),
      (page) => this.initialPages.get(page) ?? 0,
    );
    this.tasks.restore(checkpoint.tasks);
    this.currentTask = checkpoint.currentTask;
    for (const module of this.options.modules) {
      module.restore(checkpoint.modules.get(module.name) ?? null);
    }
    this.environment?.restore(checkpoint.environment);
    this.events.restore(checkpoint.journal);
    this.heapHigh = checkpoint.heapHigh;
    this.watch.restore(checkpoint.interceptions);
    this.charged = checkpoint.charged;
    this.fuelGiven = 0;
    this.instance.fuel.value = 0;
    this.pendingFault = undefined;
    this.pendingCall = undefined;
    this.finished = undefined;
    const task = this.tasks.get(this.currentTask);
    const point = task && task.top !== 0 && !task.blocked ? this.frames.point(task.top) : undefined;
    this.at =
      task && point?.kind === 'statement'
        ? { kind: 'statement', statement: point.statement, fp: task.top, task: task.id }
        : undefined;
  }

  /** Evaluates in the machine's memory and table: what the expression evaluator's modules import. */
  get wasm(): WasmInstance {
    return this.instance;
  }
}
