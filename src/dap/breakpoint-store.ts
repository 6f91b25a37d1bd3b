/**
 * Breakpoints as the client last set them, kept so that a restarted session gets them again.
 *
 * In: the arguments of DAP's `set…Breakpoints` requests. Out: session calls, and DAP breakpoints in the order of the
 * request. A data breakpoint's id is `address:size:label`, so that it needs no table and survives a restart (addresses
 * are the same in every run of the same inputs).
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Bilingual } from '../base/bilingual';
import type {
  BitPlace,
  BreakpointRequest,
  BreakpointResult,
  DataBreakpointRequest,
  SessionApi,
} from '../facade/session';
import type { LogPoint } from '../facade/history';
import { wordingIn } from '../sentences/wording';
import type { SourceNames } from './source-names';
import { say, texts, type Language } from './texts';

export interface DataPlace {
  readonly address: number;
  readonly size: number;
  readonly label: string;
  /** Of a bit-field. */
  readonly bits?: BitPlace | undefined;
}

export function formatDataId({ address, size, bits, label }: DataPlace): string {
  return `${address}:${size}${bits ? `.${bits.bitOffset}.${bits.bitSize}` : ''}:${label}`;
}

/** The place of a data breakpoint id, or undefined when it is none of ours. */
function parseDataId(id: string): DataPlace | undefined {
  const [, address, size, bitOffset, bitSize, label] =
    /^(\d{1,10}):(\d{1,7})(?:\.(\d{1,2})\.(\d{1,2}))?:(.*)$/s.exec(id) ?? [];
  if (label === undefined) {
    return undefined;
  }
  const bits = bitSize === undefined ? undefined : { bitOffset: Number(bitOffset), bitSize: Number(bitSize) };
  return { address: Number(address), size: Number(size), bits, label };
}

/** A log point, and where it is. */
export interface LogPointAt extends LogPoint {
  readonly path: string;
  readonly line: number;
  readonly column?: number | undefined;
}

/** A field that a client sends empty when nothing was typed. */
function typed(text: string | undefined): string | undefined {
  return text?.trim() ? text : undefined;
}

type FunctionRequest = { readonly name: string; readonly condition?: string; readonly hitCondition?: string };

export class BreakpointStore {
  private readonly lines = new Map<string, readonly BreakpointRequest[]>();
  private readonly logs = new Map<string, readonly LogPointAt[]>();
  private functions: readonly FunctionRequest[] = [];
  private data: readonly DataBreakpointRequest[] = [];
  /** Ids on the wire by what was asked for, and by the session's own: a restarted session numbers anew. */
  private readonly wireIds = new Map<string, number>();
  private readonly wireIdOf = new Map<number, number>();
  /** As the client was last told, by id. */
  private readonly told = new Map<number, DebugProtocol.Breakpoint>();

  constructor(
    private readonly names: SourceNames,
    private readonly language: () => Language,
  ) {}

  setLines(
    session: SessionApi,
    source: DebugProtocol.Source,
    wanted: readonly DebugProtocol.SourceBreakpoint[],
  ): DebugProtocol.Breakpoint[] {
    const path = this.names.path(source);
    if (path === undefined) {
      return wanted.map(() => this.refused(texts.noSourceOfBreakpoint));
    }
    const requests = wanted.map(({ line, column, condition, hitCondition, logMessage }) => ({
      line,
      column,
      condition: typed(condition),
      hitCondition: typed(hitCondition),
      logMessage: typed(logMessage),
    }));
    this.lines.set(path, requests);
    const set = this.applyLines(session, path, requests);
    const logs = requests.flatMap(({ logMessage: message, ...point }, index) =>
      message === undefined || !set[index]?.verified ? [] : [{ ...point, path, message }],
    );
    this.logs.set(path, logs);
    return set;
  }

  /** The log points of a source that could be set. */
  logPoints(source: DebugProtocol.Source): readonly LogPointAt[] {
    return this.logs.get(this.names.path(source) ?? '') ?? [];
  }

  setFunctions(session: SessionApi, wanted: readonly DebugProtocol.FunctionBreakpoint[]): DebugProtocol.Breakpoint[] {
    this.functions = wanted.map(({ name, condition, hitCondition }) => ({
      name: name.trim(),
      condition: typed(condition),
      hitCondition: typed(hitCondition),
    }));
    return this.applyFunctions(session);
  }

  setData(session: SessionApi, wanted: readonly DebugProtocol.DataBreakpoint[]): DebugProtocol.Breakpoint[] {
    const places = wanted.map(({ dataId, accessType, condition, hitCondition }) => {
      const place = parseDataId(dataId);
      return place && { ...place, access: accessType, condition: typed(condition), hitCondition: typed(hitCondition) };
    });
    this.data = places.filter((place) => place !== undefined);
    const results = this.applyData(session);
    let index = 0;
    return places.map((place) => (place && results[index++]) ?? this.refused(texts.noDataId));
  }

  private refused(why: Bilingual): DebugProtocol.Breakpoint {
    return { verified: false, message: say(why, this.language()), reason: 'failed' };
  }

  /** Sets all of them in a new session, as after a restart. Gives those that are there, or not, otherwise than before. */
  apply(session: SessionApi): DebugProtocol.Breakpoint[] {
    this.wireIdOf.clear();
    const before = new Map(this.told);
    const now = [...this.lines].flatMap(([path, requests]) => this.applyLines(session, path, requests));
    now.push(...this.applyFunctions(session), ...this.applyData(session));
    return now.filter(({ id, verified, line }) => {
      const old = before.get(id ?? 0);
      return old?.verified !== verified || old.line !== line;
    });
  }

  /** Ids as the client knows them, of those that a stop names. */
  onWire(ids: readonly number[]): number[] {
    return ids.map((id) => this.wireIdOf.get(id) ?? id);
  }

  private applyLines(
    session: SessionApi,
    path: string,
    requests: readonly BreakpointRequest[],
  ): DebugProtocol.Breakpoint[] {
    const keys = requests.map(({ line, column }) => `${path}:${line}:${column ?? ''}`);
    return this.toDap(session.setBreakpoints(path, requests), keys);
  }

  private applyFunctions(session: SessionApi): DebugProtocol.Breakpoint[] {
    const keys = this.functions.map(({ name }) => `function ${name}`);
    return this.toDap(session.setFunctionBreakpoints(this.functions), keys);
  }

  private applyData(session: SessionApi): DebugProtocol.Breakpoint[] {
    const keys = this.data.map((place) => `data ${place.access ?? ''} ${formatDataId(place)}`);
    return this.toDap(session.setDataBreakpoints(this.data), keys);
  }

  private toDap(results: readonly BreakpointResult[], keys: readonly string[]): DebugProtocol.Breakpoint[] {
    return results.map((result, index) => {
      // Two of the same place are two breakpoints.
      const earlier = keys.slice(0, index).filter((key) => key === keys[index]).length;
      const key = `${keys[index]} ${earlier}`;
      const id = this.wireIds.get(key) ?? this.wireIds.size + 1;
      this.wireIds.set(key, id);
      this.wireIdOf.set(result.id, id);
      const breakpoint = this.breakpoint(result, id);
      this.told.set(id, breakpoint);
      return breakpoint;
    });
  }

  private breakpoint(result: BreakpointResult, id: number): DebugProtocol.Breakpoint {
    return {
      id,
      verified: result.verified,
      line: result.line,
      column: result.column,
      endLine: result.endLine,
      ...(result.path === undefined ? {} : { source: this.names.source(result.path) }),
      ...(result.message === undefined ? {} : { message: wordingIn(result.message, this.language()) }),
      ...(result.verified ? {} : { reason: 'failed' }),
    };
  }
}
