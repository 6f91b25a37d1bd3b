/**
 * The calls of a statement that one can step into.
 *
 * In: a frame, with its statement's text. Out: for each call the function with C that it leads to, and where it is
 * written. What is called through a pointer (`sk->prot->connect(…)`) is what the pointer leads to now.
 */
import type { SessionApi, StackFrame } from '../facade/session';
import { startOf } from '../source/source-file';

export interface CallTarget {
  readonly functionId: number;
  readonly label: string;
  readonly line: number;
  readonly column: number;
}

const call = /([A-Za-z_]\w*(?:(?:->|\.)[A-Za-z_]\w*)*)\s*\(/g;

export function callsOf(session: SessionApi, frame: StackFrame): CallTarget[] {
  const file = frame.path === undefined ? undefined : session.sourceFile(frame.path);
  const text = file?.text.slice(frame.start, frame.end) ?? '';
  const targets: CallTarget[] = [];
  for (const { 1: written = '', index } of text.matchAll(call)) {
    const scalar = session.hasFunction(written) ? undefined : session.evaluate(written, frame).value?.scalar;
    const name = scalar?.kind === 'pointer' ? (scalar.symbol ?? '') : scalar ? '' : written;
    const target = session.places.of(name);
    if (
      file &&
      target?.functionId !== undefined &&
      !targets.some(({ functionId }) => functionId === target.functionId)
    ) {
      const { line, column } = startOf({ file, start: frame.start + index, end: frame.end });
      targets.push({
        functionId: target.functionId,
        label: name === written ? `${name}()` : `${written}() → ${name}()`,
        line,
        column,
      });
    }
  }
  return targets;
}
