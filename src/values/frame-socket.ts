/**
 * The socket that a frame of the call stack is about.
 *
 * In: a stopped machine, a frame. Out: the socket that the first of its variables leads to, parameters before locals;
 * undefined for a function that has none in its hands.
 */
import { readField } from './graph-read';
import type { ObjectSource, SocketIdentity } from './value-context';
import type { StackFrame } from './value-model';
import { recordOf, structId, typeOf } from './value-types';
import { visibleVariables } from './visible';

export function frameSocket(source: ObjectSource, frame: StackFrame): SocketIdentity | undefined {
  const variables = visibleVariables(source.debug, frame);
  const parameters = variables.filter(({ variable }) => variable.parameter !== undefined);
  const locals = variables.filter(({ variable }) => variable.parameter === undefined);
  for (const { variable, address } of [...parameters, ...locals]) {
    const type = typeOf(source.debug, variable.type);
    const struct = type.kind === 'pointer' ? recordOf(source.debug, type.to)?.name : undefined;
    const found =
      struct !== undefined && source.memory.contains(address, 4)
        ? socketBehind(source, struct, source.memory.u32(address))
        : undefined;
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The socket that a pointer leads to: to its `sock`, or to the `socket` that has that. */
export function socketBehind(source: ObjectSource, struct: string, address: number): SocketIdentity | undefined {
  const type = struct === 'socket' ? structId(source.debug, struct) : undefined;
  const sock = type === undefined ? address : readField(source, type, address, 'sk');
  return sock === undefined || sock === 0 || (struct !== 'sock' && type === undefined)
    ? undefined
    : source.socketAt?.(sock);
}
