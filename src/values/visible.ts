/** Which variables of a function can be seen at the statement a frame stands at. */
import type { DebugVariable } from '../abi/debug-info';
import type { StackFrame } from './value-model';

export function isVisibleAt(variable: DebugVariable, frame: StackFrame): boolean {
  return variable.parameter !== undefined || (variable.from <= frame.start && frame.start < variable.to);
}
