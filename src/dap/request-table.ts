/**
 * The requests the adapter answers, by name, with the types of their arguments and answers and what is checked of them.
 *
 * In: a command name from the wire. Out: whether a table has a handler for it. A handler returns the body of the
 * response (or nothing), or throws a `UserError`; it never sends anything itself.
 */
import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { Branch, Comparison, OriginNode } from '../facade/branch-words';
import type { Field, Shape } from './argument-shapes';
import type { Moment } from './moments';

/** What `sockscope/intervene` takes. */
export interface Intervening {
  readonly kind: string;
  readonly packet?: number;
  readonly milliseconds?: number;
  readonly nth?: number;
  readonly cache?: string;
  readonly pid?: number;
  readonly name?: string;
}

/** Something that happened, by its kind, and the moment to go to. */
export interface Happened {
  readonly event: string;
  readonly clock: number;
  readonly text: string;
}

/** What a question about changes is about: a variable of a container, an expression, or bytes. */
export interface ChangeTarget {
  readonly variablesReference?: number;
  readonly name?: string;
  readonly expression?: string;
  readonly frameId?: number;
  readonly memoryReference?: string;
  readonly offset?: number;
  readonly count?: number;
}

/** A moment in an answer; `clock` is what `sockscope/travelTo` takes. */
export interface AnsweredRow {
  readonly clock: number;
  /** What happened. */
  readonly text: string;
  /** The expressions asked for. */
  readonly values: readonly { readonly expression: string; readonly value: string }[];
  readonly threadId?: number;
  readonly process?: string;
  readonly pid?: number;
  readonly function?: string;
  readonly source?: P.Source;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** A change: who made it, and member by member what it was. */
export interface WireRow extends AnsweredRow {
  readonly by?: 'statement' | 'service' | 'scenario' | 'hand';
  readonly service?: string;
  readonly members?: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/** `sinceEntry`: nothing since the frame began, which is the row. */
interface NearestChange {
  readonly found: 'change' | 'sinceEntry' | 'none';
  readonly row?: WireRow;
}

/** Rows in the order of time, the last ones; `dropped`: how many there were before them. */
interface RowList {
  readonly rows: readonly WireRow[];
  readonly dropped: number;
}

/** Arguments and body of every request in the table. */
interface Requests {
  initialize: [P.InitializeRequestArguments, P.Capabilities];
  launch: [unknown, void];
  configurationDone: [unknown, void];
  restart: [unknown, void];
  terminate: [unknown, void];
  disconnect: [unknown, void];
  setBreakpoints: [P.SetBreakpointsArguments, P.SetBreakpointsResponse['body']];
  setFunctionBreakpoints: [P.SetFunctionBreakpointsArguments, P.SetFunctionBreakpointsResponse['body']];
  setDataBreakpoints: [P.SetDataBreakpointsArguments, P.SetDataBreakpointsResponse['body']];
  dataBreakpointInfo: [P.DataBreakpointInfoArguments, P.DataBreakpointInfoResponse['body']];
  setExceptionBreakpoints: [P.SetExceptionBreakpointsArguments, P.SetExceptionBreakpointsResponse['body']];
  breakpointLocations: [P.BreakpointLocationsArguments, P.BreakpointLocationsResponse['body']];
  threads: [unknown, P.ThreadsResponse['body']];
  stackTrace: [P.StackTraceArguments, P.StackTraceResponse['body']];
  scopes: [P.ScopesArguments, P.ScopesResponse['body']];
  variables: [P.VariablesArguments, P.VariablesResponse['body']];
  evaluate: [P.EvaluateArguments, P.EvaluateResponse['body']];
  setVariable: [P.SetVariableArguments, P.SetVariableResponse['body']];
  setExpression: [P.SetExpressionArguments, P.SetExpressionResponse['body']];
  readMemory: [P.ReadMemoryArguments, P.ReadMemoryResponse['body']];
  writeMemory: [P.WriteMemoryArguments, P.WriteMemoryResponse['body']];
  completions: [P.CompletionsArguments, P.CompletionsResponse['body']];
  locations: [P.LocationsArguments, P.LocationsResponse['body']];
  exceptionInfo: [P.ExceptionInfoArguments, P.ExceptionInfoResponse['body']];
  source: [P.SourceArguments, P.SourceResponse['body']];
  modules: [P.ModulesArguments, P.ModulesResponse['body']];
  cancel: [P.CancelArguments, void];
  loadedSources: [unknown, P.LoadedSourcesResponse['body']];
  continue: [P.ContinueArguments, P.ContinueResponse['body']];
  next: [P.NextArguments, void];
  stepIn: [P.StepInArguments, void];
  stepInTargets: [P.StepInTargetsArguments, P.StepInTargetsResponse['body']];
  stepOut: [P.StepOutArguments, void];
  stepBack: [P.StepBackArguments, void];
  reverseContinue: [P.ReverseContinueArguments, void];
  pause: [P.PauseArguments, void];
  gotoTargets: [P.GotoTargetsArguments, P.GotoTargetsResponse['body']];
  goto: [P.GotoArguments, void];
  restartFrame: [P.RestartFrameArguments, void];
  'sockscope/stepBackInto': [P.StepBackArguments, void];
  'sockscope/stepBackOut': [P.StepBackArguments, void];
  'sockscope/travelTo': [{ readonly clock: number; readonly goesOn?: boolean }, void];
  'sockscope/branches': [unknown, { readonly branches: readonly Branch[] }];
  'sockscope/branch': [{ readonly name?: string }, { readonly branch: Branch }];
  'sockscope/switchBranch': [{ readonly name: string; readonly clock?: number }, { readonly branch: Branch }];
  'sockscope/undoBranch': [unknown, { readonly branch: Branch }];
  'sockscope/intervene': [Intervening, { readonly branch: Branch }];
  'sockscope/compareBranches': [
    { readonly a: string; readonly b: string },
    Comparison & { readonly lines: readonly string[] },
  ];
  'sockscope/setMoments': [{ readonly moments: readonly Moment[] }, { readonly moments: readonly Moment[] }];
  'sockscope/markMoment': [{ readonly name: string }, { readonly moment: Moment }];
  'sockscope/moments': [unknown, { readonly moments: readonly Moment[] }];
  'sockscope/goToMoment': [{ readonly name: string }, void];
  'sockscope/happenings': [
    { readonly from?: number; readonly to?: number; readonly kinds?: readonly string[] },
    { readonly happenings: readonly Happened[] },
  ];
  'sockscope/made': [unknown, { readonly happenings: readonly Happened[] }];
  'sockscope/origin': [
    { readonly expression: string; readonly frameId?: number },
    { readonly origin: OriginNode; readonly lines: readonly string[] },
  ];
  'sockscope/whoWrote': [ChangeTarget, NearestChange];
  'sockscope/nextChange': [ChangeTarget, NearestChange];
  'sockscope/changes': [ChangeTarget & { readonly limit?: number }, RowList];
  'sockscope/ask': [{ readonly question: string; readonly frameId?: number; readonly limit?: number }, RowList];
}

/** The answer being prepared, for what must not reach the client before it. */
export interface Reply {
  /** The request's number. */
  readonly seq: number;
  /** Resolves when the response has been sent. */
  readonly sent: Promise<void>;
}

/** A handler for every request. */
export type RequestTable = {
  readonly [Name in keyof Requests]: (
    args: Requests[Name][0],
    reply: Reply,
  ) => Requests[Name][1] | Promise<Requests[Name][1]>;
};

/** A handler once its name is known at run time only: the wire's arguments have no type of their own. */
export type Handler = (args: unknown, reply: Reply) => unknown;

const source: Field = { members: { path: 'string?', name: 'string?', sourceReference: 'integer?' } };
const thread: Shape = { threadId: 'integer' };
const format: Field = { members: { hex: 'boolean?' }, optional: true };
const step: Shape = { threadId: 'integer', granularity: { oneOf: ['statement', 'line', 'instruction'] } };
const conditions: Shape = { condition: 'string?', hitCondition: 'string?' };

const target: Shape = {
  variablesReference: 'natural?',
  name: 'string?',
  expression: 'string?',
  frameId: 'integer?',
  memoryReference: 'string?',
  offset: 'integer?',
  count: 'natural?',
};

/** What the arguments of each request must look like. */
export const shapes: { readonly [Name in keyof RequestTable]: Shape } = {
  initialize: {
    locale: 'string?',
    linesStartAt1: 'boolean?',
    columnsStartAt1: 'boolean?',
    pathFormat: 'string?',
    supportsInvalidatedEvent: 'boolean?',
    supportsMemoryEvent: 'boolean?',
    supportsProgressReporting: 'boolean?',
  },
  launch: {},
  configurationDone: {},
  restart: {},
  terminate: {},
  disconnect: {},
  setBreakpoints: {
    source,
    breakpoints: {
      each: { line: 'integer', column: 'integer?', ...conditions, logMessage: 'string?' },
      optional: true,
    },
    lines: { each: 'integer', optional: true },
  },
  setFunctionBreakpoints: { breakpoints: { each: { name: 'string', ...conditions } } },
  setDataBreakpoints: {
    breakpoints: { each: { dataId: 'string', accessType: { oneOf: ['read', 'write', 'readWrite'] }, ...conditions } },
  },
  dataBreakpointInfo: {
    name: 'string',
    variablesReference: 'natural?',
    frameId: 'integer?',
    bytes: 'natural?',
    asAddress: 'boolean?',
  },
  setExceptionBreakpoints: {
    filters: { each: 'string' },
    filterOptions: { each: { filterId: 'string', condition: 'string?' }, optional: true },
  },
  breakpointLocations: { source, line: 'integer', column: 'integer?', endLine: 'integer?', endColumn: 'integer?' },
  threads: {},
  stackTrace: { threadId: 'integer', startFrame: 'natural?', levels: 'natural?', format },
  scopes: { frameId: 'integer' },
  variables: {
    variablesReference: 'natural',
    start: 'natural?',
    count: 'natural?',
    filter: { oneOf: ['indexed', 'named'] },
    format,
  },
  evaluate: { expression: 'string', frameId: 'integer?', context: 'string?', format },
  setVariable: { variablesReference: 'natural', name: 'string', value: 'string', format },
  setExpression: { expression: 'string', value: 'string', frameId: 'integer?', format },
  readMemory: { memoryReference: 'string', offset: 'integer?', count: 'natural' },
  writeMemory: { memoryReference: 'string', offset: 'integer?', data: 'string', allowPartial: 'boolean?' },
  completions: { text: 'string', column: 'integer', line: 'integer?', frameId: 'integer?' },
  locations: { locationReference: 'natural' },
  exceptionInfo: thread,
  source: {
    source: { members: { path: 'string?', sourceReference: 'integer?' }, optional: true },
    sourceReference: 'integer',
  },
  modules: { startModule: 'natural?', moduleCount: 'natural?' },
  cancel: { requestId: 'integer?', progressId: 'string?' },
  loadedSources: {},
  continue: thread,
  next: step,
  stepIn: { ...step, targetId: 'integer?' },
  stepInTargets: { frameId: 'integer' },
  stepOut: step,
  stepBack: step,
  reverseContinue: thread,
  pause: { threadId: 'integer?' },
  gotoTargets: { source, line: 'integer', column: 'integer?' },
  goto: { threadId: 'integer', targetId: 'integer' },
  restartFrame: { frameId: 'integer' },
  'sockscope/stepBackInto': step,
  'sockscope/stepBackOut': step,
  'sockscope/travelTo': { clock: 'integer', goesOn: 'boolean?' },
  'sockscope/branches': {},
  'sockscope/branch': { name: 'string?' },
  'sockscope/switchBranch': { name: 'string', clock: 'integer?' },
  'sockscope/undoBranch': {},
  'sockscope/intervene': {
    kind: 'string',
    packet: 'integer?',
    milliseconds: 'integer?',
    nth: 'integer?',
    cache: 'string?',
    pid: 'integer?',
    name: 'string?',
  },
  'sockscope/compareBranches': { a: 'string', b: 'string' },
  'sockscope/setMoments': { moments: { each: { name: 'string', clock: 'integer', branch: 'string' } } },
  'sockscope/markMoment': { name: 'string' },
  'sockscope/moments': {},
  'sockscope/goToMoment': { name: 'string' },
  'sockscope/happenings': { from: 'integer?', to: 'integer?', kinds: { each: 'string', optional: true } },
  'sockscope/made': {},
  'sockscope/origin': { expression: 'string', frameId: 'integer?' },
  'sockscope/whoWrote': target,
  'sockscope/nextChange': target,
  'sockscope/changes': { ...target, limit: 'natural?' },
  'sockscope/ask': { question: 'string', frameId: 'integer?', limit: 'natural?' },
};

/** Whether the table has a handler of that name; prototype members such as `toString` do not count. */
export function isRequestName(table: RequestTable, name: string): name is keyof RequestTable {
  return Object.hasOwn(table, name);
}
