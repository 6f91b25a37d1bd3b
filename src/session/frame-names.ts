/**
 * Stack frames and threads as fronts see them: machine frames joined with debug information and processes.
 */
import type { DebugInfo } from '../abi/debug-info';
import { TASK_STATES } from '../abi/linux-process';
import type { KernelParts } from '../kernel/kernel';
import type { Process } from '../kernel/processes';
import { framesOf, type MachineFrame } from '../machine/frames';
import type { Machine } from '../machine/machine';
import type { PlainData } from '../machine/service';
import type { Task } from '../machine/tasks';
import type { Thread } from './session-types';
import type { StackFrame } from '../values/value-model';

/**
 * Frames of tasks, innermost first. One that stands where it stood when it was last read is the same object with the
 * same id: between two steps that is nearly all of a stack.
 */
export class StackReader {
  private nextId = 1;
  /** By task, innermost first. */
  private readonly known = new Map<number, readonly Known[]>();

  /** `partOf`: functions that are SockScope's own, with the function of Linux that each is a part of. */
  constructor(
    private readonly machine: Machine,
    private readonly partOf?: ReadonlyMap<string, string>,
  ) {}

  read(task: Task): readonly StackFrame[] {
    const { memory, debug } = this.machine;
    const frames = framesOf(task, memory, debug);
    const contexts = contextsOf(frames);
    const before = this.known.get(task.id) ?? [];
    // Counted from the outermost frame, which stays while others come and go.
    const shift = before.length - frames.length;
    const now = frames.map((frame, index): Known => {
      const old = before[index + shift];
      const context = contexts[index];
      return old && isSame(old.frame, frame) && old.described.context === context
        ? old
        : { frame, described: this.describe(frame, context) };
    });
    this.known.set(task.id, now);
    return now.map(({ described }) => described);
  }

  private describe(frame: MachineFrame, context: StackFrame['context']): StackFrame {
    const described = describe(this.machine.debug, frame, this.nextId++, context);
    const partOf = this.partOf?.get(described.function);
    return partOf === undefined ? described : { ...described, partOf };
  }
}

interface Known {
  readonly frame: MachineFrame;
  readonly described: StackFrame;
}

function isSame(a: MachineFrame, b: MachineFrame): boolean {
  return a.fp === b.fp && a.functionId === b.functionId && a.statement === b.statement;
}

/**
 * Each frame belongs to the pushed call whose bottom frame is the next one at or below it. C that a service calls belongs
 * to what the service does, unless it says otherwise.
 */
function contextsOf(frames: readonly MachineFrame[]): StackFrame['context'][] {
  const contexts: StackFrame['context'][] = [];
  let from = 0;
  frames.forEach((frame, index) => {
    if (frame.bottomOf !== undefined) {
      const context = contextOfTag(frame.bottomOf);
      for (; context !== undefined && from <= index; from++) {
        contexts.push(context);
      }
    }
  });
  return contexts;
}

function contextOfTag(tag: PlainData): StackFrame['context'] {
  const kind = typeof tag === 'object' && tag !== null && 'kind' in tag ? tag.kind : undefined;
  switch (kind) {
    case 'boot':
      return 'boot';
    case 'call':
    case 'exit':
      return 'system-call';
    default:
      return kind === undefined ? undefined : 'interrupt';
  }
}

function describe(debug: DebugInfo, frame: MachineFrame, id: number, context: StackFrame['context']): StackFrame {
  const fn = debug.functions[frame.functionId];
  const statement = debug.statements[frame.statement];
  const place = statement
    ? {
        path: debug.files[statement.file],
        line: statement.line,
        column: statement.column,
        endLine: statement.endLine,
        endColumn: statement.endColumn,
        start: statement.start,
        end: statement.end,
        macro: statement.macro,
      }
    : {
        path: fn?.kind === 'compiled' ? debug.files[fn.file] : undefined,
        line: fn?.line ?? 0,
        column: fn?.column ?? 0,
        endLine: fn?.line ?? 0,
        endColumn: fn?.column ?? 0,
        start: fn?.start ?? 0,
        end: fn?.start ?? 0,
      };
  return {
    id,
    function: fn?.name ?? '?',
    functionId: frame.functionId,
    functionLine: fn?.line ?? 0,
    ...place,
    address: frame.fp,
    kind: fn?.kind ?? 'missing',
    context,
  };
}

/** The processes, and the task that runs interrupts when it is doing so. */
export function describeThreads(machine: Machine, kernel: KernelParts | undefined): Thread[] {
  if (!kernel) {
    return machine.tasks
      .all()
      .map((task) => ({ id: task.id, pid: task.id, name: 'main', state: task.top === 0 ? 'idle' : 'running' }));
  }
  return kernel.processes
    .list()
    .filter((process) => process.pid !== 0 || machine.tasks.get(process.machineTask)?.top !== 0)
    .map((process) => describeThread(machine, kernel, process));
}

/** The process that a task is, by the names that threads have. */
export function processName(
  kernel: KernelParts,
  task: number,
): { readonly thread: number; readonly pid: number; readonly name: string } | undefined {
  const process = kernel.processes.list().find(({ machineTask }) => machineTask === task);
  return process && { thread: task, pid: process.pid, name: process.pid === 0 ? 'interrupt' : process.name };
}

function describeThread(machine: Machine, kernel: KernelParts, process: Process): Thread {
  const task = machine.tasks.get(process.machineTask);
  const common = {
    id: process.machineTask,
    pid: process.pid,
    name: process.pid !== 0 ? process.name : isBooting(task) ? 'boot' : 'interrupt',
    call: process.call?.text,
  };
  if (!task || task.top === 0) {
    return { ...common, state: 'idle' };
  }
  if (task.id === machine.currentTask) {
    return { ...common, state: 'running' };
  }
  if (!task.blocked) {
    return { ...common, state: 'ready' };
  }
  if (kernel.processes.taskState(process) === TASK_STATES.TASK_RUNNING) {
    return { ...common, state: 'woken' };
  }
  return { ...common, state: 'sleeping', sleepsIn: sleepsIn(machine, task) };
}

/** Functions of the scheduler, through which one goes to sleep. */
const SLEEPING = /^(schedule|schedule_timeout|(interruptible_)?sleep_on(_timeout)?)$/;

/** The function that put the task to sleep, which is what `ps` has as WCHAN. */
function sleepsIn({ memory, debug }: Machine, task: Task): string | undefined {
  const names = framesOf(task, memory, debug, 4).map(({ functionId }) => debug.functions[functionId]?.name ?? '?');
  return names.find((name) => !SLEEPING.test(name)) ?? names[0];
}

function isBooting(task: Task | undefined): boolean {
  return task?.calls.some(({ tag }) => contextOfTag(tag) === 'boot') ?? false;
}
