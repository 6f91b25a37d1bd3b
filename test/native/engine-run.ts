/**
 * A run of a scenario on the engine, recorded: what the environment did to the kernel, as a script for the native
 * runner, and a picture of all kernel memory at every return from chosen functions.
 *
 * In: an image and a scenario. Out: a {@link RecordedRun}. Works by single-stepping: when a frame of a chosen function
 * is gone at the next stop, it has returned.
 */
import { given, itemAt, lastOf } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { KernelEnvironment } from '../../src/kernel/environment';
import { DEFAULT_ENTRIES } from '../../src/abi/kernel-entries';
import { createKernel, type KernelParts } from '../../src/kernel/kernel';
import type { Process } from '../../src/kernel/processes';
import type { KernelControl, Workload } from '../../src/kernel/workload';
import type { Image } from '../../src/abi/image';
import { Machine } from '../../src/machine/machine';
import { framesOf } from '../../src/machine/frames';
import type { Scenario } from '../../src/scenario/pkt-ast';
import { PktRunner } from '../../src/scenario/pkt-runner';
import type { Picture } from './picture';

export interface RecordedRun {
  /**
   * Lines for script.c, without `case` and `end`. Names in angle brackets stand for addresses: `<function NAME>`,
   * `<global NAME>`.
   */
  readonly script: readonly string[];
  readonly pictures: readonly Picture[];
  readonly failures: readonly unknown[];
  /** How the run ended when it was not the end of the scenario. */
  readonly fault?: string;
}

const BUDGET = 20_000_000;
/** The simulator's own objects: in the native runner they are no slab objects. */
const OUTSIDE = new Set(['task_struct', 'kmem_cache']);
/** Globals that the clock and the scheduler write. */
const CLOCKWORK = new Set(['jiffies', 'xtime', 'current']);
/** Globals that scenarios set while they run. */
const SETTING = /^(sysctl_|ipv4_config$)/;
/** A pointer no process may use, in the native runner. */
const NATIVE_BAD_POINTER = 0x10;
const ENGINE_BAD_POINTER = 0xbad0_0000;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Records everything a scenario does to the kernel. */
class Recorder implements Workload {
  readonly script: string[] = [];
  private readonly buffers = new Map<number, number>();
  private readonly dispositions = new Map<string, string>();
  private readonly limits = new Map<string, number>();
  private booting = true;

  constructor(
    private readonly inner: PktRunner,
    private readonly scenario: Scenario,
    private readonly kernel: KernelParts,
    private readonly machine: Machine,
  ) {
    this.watchKernel();
  }

  attach(control: KernelControl): void {
    this.inner.attach({
      startCall: (process, call) => {
        this.now();
        this.settings(process);
        this.script.push(`raw ${process.name} ${call.entry} ${call.words.map((word) => this.word(word)).join(' ')}`);
        return control.startCall(process, call);
      },
      inject: (bytes) => {
        this.now();
        this.script.push(`inject ${hex(bytes)}`);
        return control.inject(bytes);
      },
      callHelper: (name, args) => {
        this.script.push(`rwire ${args.map((arg) => arg >>> 0).join(' ')}`);
        return control.callHelper(name, args);
      },
      fork: (parent, name) => {
        this.now();
        this.settings(parent);
        this.script.push(`rfork ${parent.name} ${name}`);
        return control.fork(parent, name);
      },
    });
  }

  booted(): void {
    this.script.push(
      `uid ${this.scenario.header.uid}`,
      ...this.scenario.header.processes.map((name) => `proc ${name}`),
      'terminal',
    );
    this.inner.booted();
    this.booting = false;
  }

  next(): ReturnType<Workload['next']> {
    return this.inner.next();
  }

  finished(pid: number, callId: number, value: number): void {
    this.inner.finished(pid, callId, value);
  }

  stuck(): boolean {
    return this.inner.stuck();
  }

  save(): ReturnType<Workload['save']> {
    return this.inner.save();
  }

  restore(state: Parameters<Workload['restore']>[0]): void {
    this.inner.restore(state);
  }

  /** To be called when the run is over. */
  end(): void {
    this.now();
  }

  private now(): void {
    this.script.push(`at ${this.kernel.clock.now}`);
  }

  private word(word: number): string {
    const size = this.buffers.get(word);
    if (size !== undefined) {
      return `p:${hex(this.machine.memory.read(word, size))}`;
    }
    return String(word === ENGINE_BAD_POINTER ? NATIVE_BAD_POINTER : word);
  }

  /** What simulated calls changed in a process since it last did something. */
  private settings(process: Process): void {
    for (const [signal, { action, restart }] of Object.entries(process.dispositions)) {
      const line = `rsig ${process.name} ${signal} ${action === 'ignore' ? 2 : 1} ${restart ? 1 : 0}`;
      if (this.dispositions.get(`${process.name} ${signal}`) !== line) {
        this.dispositions.set(`${process.name} ${signal}`, line);
        this.script.push(line);
      }
    }
    if ((this.limits.get(process.name) ?? 1024) !== process.descriptorLimit) {
      this.limits.set(process.name, process.descriptorLimit);
      this.script.push(`rlimit ${process.name} ${process.descriptorLimit}`);
    }
  }

  /** Notes what goes past the control: buffers, signals, failures to come, settings of the kernel. */
  private watchKernel(): void {
    const { user, signals, slab, files } = this.kernel;
    const allocate = user.allocate.bind(user);
    user.allocate = (size) => {
      const address = allocate(size);
      if (address !== undefined) {
        this.buffers.set(address, size);
      }
      return address;
    };
    const send = signals.send.bind(signals);
    signals.send = (process, signal) => {
      if (!this.inKernel()) {
        this.now();
        this.settings(process);
        this.script.push(`kill ${process.name} ${signal}`);
      }
      return send(process, signal);
    };
    const failAllocation = slab.slab.failAllocation.bind(slab.slab);
    slab.slab.failAllocation = (target, nth) => {
      this.script.push(`failalloc ${target} ${nth}`);
      failAllocation(target, nth);
    };
    const openPlain = files.openPlain.bind(files);
    files.openPlain = (process) => {
      this.now();
      this.settings(process);
      this.script.push(`ropen ${process.name}`);
      return openPlain(process);
    };
    const host = this.machine.host;
    const intercept = given(host.interceptCall, 'intercept call').bind(host);
    host.interceptCall = (id, nth, value) => {
      this.script.push(`intercept <function ${itemAt(this.machine.debug.functions, id).name}> ${nth} ${value | 0}`);
      intercept(id, nth, value);
    };
    const setU32 = host.memory.setU32.bind(host.memory);
    host.memory.setU32 = (address, value) => {
      const global = this.machine.debug.globals.find(
        (each) => address >= each.address && address < each.address + each.size,
      );
      const wanted = global && (this.booting ? !CLOCKWORK.has(global.name) : SETTING.test(global.name));
      if (wanted) {
        if (!this.booting) {
          this.now();
        }
        this.script.push(`poke <global ${global.name}>+${address - global.address} ${value >>> 0}`);
      }
      setU32(address, value);
    };
  }

  /** Whether C runs (send_sig as a service) and not the scenario. */
  private inKernel(): boolean {
    const task = this.machine.tasks.get(this.machine.host.currentTask);
    return task !== undefined && task.top !== 0 && !task.blocked;
  }
}

/** Numbers the slab's objects in the order in which they are made. */
function numberObjects(kernel: KernelParts): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  const slab = kernel.slab.slab;
  slab.watch();
  let next = 0;
  const note = (cache: string, address: unknown): void => {
    if (typeof address === 'number' && address !== 0 && !OUTSIDE.has(cache)) {
      numbers.set(address, next++);
    }
  };
  const allocate = slab.allocate.bind(slab);
  slab.allocate = (cache, size) => {
    const address = allocate(cache, size);
    note(cache, address);
    return address;
  };
  const general = slab.allocateGeneral.bind(slab);
  slab.allocateGeneral = (size) => {
    const address = general(size);
    note('kmalloc', address);
    return address;
  };
  return numbers;
}

function picture(
  machine: Machine,
  kernel: KernelParts,
  numbers: ReadonlyMap<number, number>,
  returnFrom: string,
): Picture {
  const live = kernel.slab.slab.liveObjects();
  return {
    returnFrom,
    objects: live
      .filter(({ cache }) => !OUTSIDE.has(cache))
      .map(({ address, size, cache }) => ({
        id: numbers.get(address) ?? -1,
        cache,
        address,
        bytes: machine.memory.read(address, size),
      })),
    globals: machine.debug.globals
      .filter(({ size }) => size > 0)
      .map(({ name, address, size }) => ({ name, address, bytes: machine.memory.read(address, size) })),
    stacks: [[machine.host.map.stacksStart, machine.host.map.stacksEnd]],
    tasks: live
      .filter(({ cache }) => cache === 'task_struct')
      .map(({ address, size }) => ({
        pid: machine.memory.u32(address + (machine.host.fieldOffset('task_struct', 'pid') ?? 0)),
        address,
        size,
      })),
    functionAt: (pointer) => {
      const id = machine.host.functionAt(pointer);
      return id === undefined ? undefined : machine.debug.functions[id]?.name;
    },
    textAt: (address) =>
      address >= machine.host.map.dataStart && address < machine.host.map.dataEnd
        ? machine.memory.cString(address, 256)
        : undefined,
  };
}

/** Runs a scenario with a picture at every return from one of `watched`. */
export async function recordRun(image: Image, scenario: Scenario, watched: ReadonlySet<string>): Promise<RecordedRun> {
  const kernel = createKernel();
  const numbers = numberObjects(kernel);
  const machine = await Machine.create(image, { modules: kernel.modules, userMemoryIsForeign: true });
  const runner = new PktRunner(scenario, kernel, machine.host);
  const recorder = new Recorder(runner, scenario, kernel, machine);
  machine.environment = new KernelEnvironment(machine.host, kernel, recorder, DEFAULT_ENTRIES, image.initcalls);

  const ids = new Set(
    machine.debug.functions.flatMap(({ name, kind }, id) => (kind === 'compiled' && watched.has(name) ? [id] : [])),
  );
  const first = new Map([...ids].map((id) => [itemAt(machine.debug.functions, id).firstStatement, id]));
  const open = new Map<number, { fp: number; id: number }[]>();
  const pictures: Picture[] = [];
  /** Frames of chosen functions that are gone: on the stopped task, or on all tasks at the end. */
  const close = (task: number): void => {
    const frames = open.get(task) ?? [];
    const table = machine.tasks.get(task);
    const present = new Set(
      frames.length === 0 || !table
        ? []
        : framesOf(table, machine.memory, machine.debug).map(({ fp, functionId }) => `${fp} ${functionId}`),
    );
    while (frames.length > 0 && !present.has(`${lastOf(frames).fp} ${lastOf(frames).id}`)) {
      pictures.push(picture(machine, kernel, numbers, itemAt(machine.debug.functions, frames.pop()!.id).name));
    }
  };
  machine.flags.setStepping(true);
  let fault: string | undefined;
  for (;;) {
    const stop = machine.advance(BUDGET);
    if (stop.kind === 'statement') {
      close(stop.task);
      const entered = first.get(stop.statement);
      const frames = open.get(stop.task) ?? [];
      if (entered !== undefined && frames.at(-1)?.fp !== stop.fp) {
        open.set(stop.task, [...frames, { fp: stop.fp, id: entered }]);
      }
    }
    if (stop.kind === 'fault') {
      fault = english(stop.fault.message);
    }
    if (stop.kind === 'fault' || stop.kind === 'end' || machine.clock > BUDGET) {
      break;
    }
  }
  recorder.end();
  return { script: recorder.script, pictures, failures: runner.failures, ...(fault === undefined ? {} : { fault }) };
}
