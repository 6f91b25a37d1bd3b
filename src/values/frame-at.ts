/**
 * The frame of a statement that is about to run, without the rest of its stack: what expressions there are seen from.
 *
 * In: debug information, a statement and the address of its frame. Out: the frame.
 */
import type { DebugInfo, StatementId } from '../abi/debug-info';
import type { StackFrame } from './value-model';

export function frameAt(
  { statements, functions, files }: DebugInfo,
  { statement, fp }: { readonly statement: StatementId; readonly fp: number },
): StackFrame {
  const found = statements[statement];
  const functionId = found?.function ?? -1;
  const fn = functions[functionId];
  return {
    id: 0,
    function: fn?.name ?? '?',
    functionId,
    functionLine: fn?.line ?? 0,
    path: found && files[found.file],
    line: found?.line ?? 0,
    column: found?.column ?? 0,
    endLine: found?.endLine ?? 0,
    endColumn: found?.endColumn ?? 0,
    start: found?.start ?? 0,
    end: found?.end ?? 0,
    address: fp,
    kind: 'compiled',
  };
}
