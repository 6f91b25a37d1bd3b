/**
 * Bytes of a frame: whose they are, and whether that frame is still there.
 *
 * In: an address, a machine that stands at a stop. Out: the innermost frame that has a variable or an argument there, told
 * by task, header and function; and whether these still name a frame of the task.
 */
import type { FunctionId } from '../abi/debug-info';
import { FRAME_FUNCTION, FRAME_HEADER } from '../abi/memory-map';
import { framesOf, walkFrames } from './frames';
import type { Machine } from './machine';
import type { TaskId } from './service';
import type { Task } from './tasks';

/** A frame, as long as it lasts. */
export interface OwnFrame {
  readonly task: TaskId;
  /** Address of its header. */
  readonly fp: number;
  readonly functionId: FunctionId;
}

/** The frame that the byte lies in; undefined when it is none's. */
export function frameAt(machine: Machine, address: number): OwnFrame | undefined {
  const inStack = ({ stackLow, stackHigh }: Task): boolean => address >= stackLow && address < stackHigh;
  const task = machine.tasks.all().find(inStack);
  const frames = task ? framesOf(task, machine.memory, machine.debug) : [];
  const own = frames.find(({ fp, functionId }) => {
    const { frameSize = 0, variables = [] } = machine.debug.functions[functionId] ?? {};
    const end = variables.reduce((most, { offset }) => Math.max(most, fp - frameSize + offset + 8), fp + FRAME_HEADER);
    return address >= fp - frameSize && address < end;
  });
  return own && task && { task: task.id, fp: own.fp, functionId: own.functionId };
}

/** Whether the frame is one of its task's; another one of the same function at the same place counts as it. */
export function isThere(machine: Machine, frame: OwnFrame): boolean {
  const task = machine.tasks.get(frame.task);
  if (!task || task.top === 0 || task.top > frame.fp) {
    return false;
  }
  if (machine.memory.u32(frame.fp + FRAME_FUNCTION) !== frame.functionId) {
    return false;
  }
  // What looks like its header may lie within another frame, as something that nobody has written over yet.
  for (const { fp, functionId } of walkFrames(task, machine.memory, machine.debug, Infinity)) {
    if (fp >= frame.fp) {
      return fp === frame.fp && functionId === frame.functionId;
    }
  }
  return false;
}
