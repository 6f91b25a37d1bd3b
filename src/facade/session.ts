/**
 * A run, as fronts see it: the session's interface, the plain data in its answers, and the words for them.
 *
 * In: nothing; names of other rooms. Out: all that a front needs once a session is open. How one is opened stands in
 * `open-session.ts`.
 */
import type { SessionApi } from '../session/session-api';
import { socketBehind } from '../values/frame-socket';
import type { SocketIdentity } from '../values/value-context';
import type { ValueNode } from '../values/value-model';

export type { ProgramName, SessionApi } from '../session/session-api';
export type {
  BreakpointRequest,
  BreakpointResult,
  DataAccess,
  DataBreakpointRequest,
  JournalEntry,
  RunOptions,
  StepKind,
  Stop,
  StopReason,
  Thread,
  WhyLeft,
} from '../session/session-types';
export { threadName, whyLeft } from '../session/stop-words';
export type { Fault } from '../machine/fault';
export type { BitPlace, Change, Scalar, StackFrame, ValueNode } from '../values/value-model';
export type { FrameVariables } from '../values/graph-focus';
export type { GraphRow } from '../values/graph-types';
export type { FollowedPointer, ObjectCard, ObjectView, SockFacts } from '../values/object-view';
export { nameOfScalar } from '../values/scalar-value';
export { packetText } from '../values/value-packet';
export { entryText, resultsOf, type ResultText } from '../session/journal-text';
export { faultMeaning, faultTitle } from '../session/fault-text';
/** Ticks a second of {@link SessionApi.jiffies}. */
export { HZ } from '../abi/linux-process';

/** The socket that a pointer leads to; undefined for another value. */
export function socketOfValue(session: SessionApi, { type, scalar }: ValueNode): SocketIdentity | undefined {
  const struct = /^struct (sock|socket) \*$/.exec(type)?.[1];
  return struct === undefined || scalar.kind !== 'pointer'
    ? undefined
    : socketBehind(session.reader, struct, scalar.address);
}
