/**
 * Breakpoints as the client last set them, kept so that a restarted session gets them again.
 *
 * In: the arguments of DAP's `set…Breakpoints` requests. Out: session calls, and DAP breakpoints in the order of the
 * request. A data breakpoint's id is `address:size:label`, so that it needs no table and survives a restart (addresses
 * are the same in every run of the same inputs).
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { SessionApi } from '../session/session-api';
import type { BreakpointRequest, BreakpointResult } from '../session/session-types';
import type { SourceNames } from './source-names';

export interface DataPlace {
  readonly address: number;
  readonly size: number;
  readonly label: string;
}

export function formatDataId({ address, size, label }: DataPlace): string {
  return `${address}:${size}:${label}`;
}

/** The place of a data breakpoint id, or undefined when it is none of ours. */
function parseDataId(id: string): DataPlace | undefined {
  const match = /^(\d{1,10}):(\d{1,6}):(.*)$/s.exec(id);
  return match ? { address: Number(match[1]), size: Number(match[2]), label: match[3] ?? '' } : undefined;
}

type FunctionRequest = { readonly name: string; readonly condition?: string; readonly hitCondition?: string };

export class BreakpointStore {
  private readonly lines = new Map<string, readonly BreakpointRequest[]>();
  private functions: readonly FunctionRequest[] = [];
  private data: readonly DataPlace[] = [];

  constructor(private readonly names: SourceNames) {}

  setLines(
    session: SessionApi,
    source: DebugProtocol.Source,
    wanted: readonly DebugProtocol.SourceBreakpoint[],
  ): DebugProtocol.Breakpoint[] {
    const path = this.names.path(source);
    if (path === undefined) {
      return wanted.map(() => ({ verified: false, reason: 'failed' }));
    }
    const requests = wanted.map(({ line, column, condition, hitCondition, logMessage }) => ({
      line,
      column,
      condition: condition || undefined,
      hitCondition: hitCondition || undefined,
      logMessage: logMessage || undefined,
    }));
    this.lines.set(path, requests);
    return session.setBreakpoints(path, requests).map((result) => this.toDap(result));
  }

  setFunctions(session: SessionApi, wanted: readonly DebugProtocol.FunctionBreakpoint[]): DebugProtocol.Breakpoint[] {
    this.functions = wanted.map(({ name, condition, hitCondition }) => ({
      name: name.trim(),
      condition: condition || undefined,
      hitCondition: hitCondition || undefined,
    }));
    return session.setFunctionBreakpoints(this.functions).map((result) => this.toDap(result));
  }

  setData(session: SessionApi, wanted: readonly DebugProtocol.DataBreakpoint[]): DebugProtocol.Breakpoint[] {
    const places = wanted.map(({ dataId }) => parseDataId(dataId));
    this.data = places.filter((place) => place !== undefined);
    const results = session.setDataBreakpoints(this.data);
    let index = 0;
    return places.map((place) => {
      const result = place && results[index++];
      return result ? this.toDap(result) : { verified: false, reason: 'failed' };
    });
  }

  /** Sets all of them in a new session, as after a restart. */
  apply(session: SessionApi): void {
    for (const [path, requests] of this.lines) {
      session.setBreakpoints(path, requests);
    }
    session.setFunctionBreakpoints(this.functions);
    session.setDataBreakpoints(this.data);
  }

  private toDap(result: BreakpointResult): DebugProtocol.Breakpoint {
    return {
      id: result.id,
      verified: result.verified,
      line: result.line,
      column: result.column,
      endLine: result.endLine,
      ...(result.path === undefined ? {} : { source: this.names.source(result.path) }),
      ...(result.message === undefined ? {} : { message: result.message }),
      ...(result.verified ? {} : { reason: 'failed' }),
    };
  }
}
