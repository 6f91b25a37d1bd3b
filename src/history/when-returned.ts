/**
 * What a statement with which a function ends leaves behind, seen from the function's frame.
 *
 * In: a machine that stands before such a statement, and when its function has returned. Out: what somebody makes of the
 * machine with the frame's variables as they are now and all other memory as it is then: what `return make(x)` has made is
 * there. Afterwards the machine stands where it stood.
 */
import type { DebugInfo, StatementId } from '../abi/debug-info';
import { PAGE_SIZE } from '../abi/linux-process';
import type { Machine } from '../machine/machine';

/** Statements that run at a time. */
const SLICE = 100_000;

/** Whether a statement calls something. */
function isCalling({ statements, functions }: DebugInfo, statement: StatementId): boolean {
  const { resumePoints = [] } = functions[statements[statement]?.function ?? -1] ?? {};
  return resumePoints.some((point) => point.kind === 'call' && point.statement === statement);
}

/** `until`: the first moment after the return. */
export function whenReturned<T>(machine: Machine, statement: StatementId, until: number, look: () => T): T {
  if (!isCalling(machine.debug, statement)) {
    return look();
  }
  const before = machine.save();
  machine.flags.setStepping(true);
  while (machine.clock < until && !machine.finished) {
    machine.advance(SLICE);
  }
  machine.flags.setStepping(false);
  const after = machine.save();
  const { stacksStart, stacksEnd } = machine.map;
  const isStack = (page: number): boolean => page * PAGE_SIZE >= stacksStart && page * PAGE_SIZE < stacksEnd;
  const pages = new Map([...after.pages, ...[...before.pages].filter(([page]) => isStack(page))]);
  machine.restore({ ...before, pages, heapHigh: after.heapHigh });
  try {
    return look();
  } finally {
    machine.restore(before);
  }
}
