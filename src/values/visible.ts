/** Which variables of a function can be seen at the statement a frame stands at, and where they lie. */
import type { DebugInfo, DebugVariable } from '../abi/debug-info';
import type { StackFrame } from './value-model';

export function isVisibleAt(variable: DebugVariable, frame: StackFrame): boolean {
  return variable.parameter !== undefined || (variable.from <= frame.start && frame.start < variable.to);
}

/** A variable of a frame, at its address. */
export interface PlacedVariable {
  readonly variable: DebugVariable;
  readonly address: number;
}

/** Parameters and locals by the names that C knows them by there: one hides those of its name declared before it. */
export function visibleVariables(debug: DebugInfo, frame: StackFrame): readonly PlacedVariable[] {
  const fn = debug.functions[frame.functionId];
  if (!fn || fn.kind !== 'compiled') {
    return [];
  }
  const byName = new Map<string, DebugVariable>();
  for (const variable of fn.variables) {
    if (variable.artificial !== true && isVisibleAt(variable, frame)) {
      byName.delete(variable.name);
      byName.set(variable.name, variable);
    }
  }
  const base = frame.address - fn.frameSize;
  return [...byName.values()].map((variable) => ({ variable, address: base + variable.offset }));
}
