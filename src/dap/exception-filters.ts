/**
 * What counts as an exception, and which of them the client wants to stop at.
 *
 * In: `setExceptionBreakpoints`. Out: DAP's filters; whether a stop is wanted; for each filter whether it could be set.
 * Faults are told apart by kind. A call that returns an error is found by the session itself, which is told here.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Fault, SessionApi, Stop } from '../facade/session';
import { type Language, say, texts } from './texts';

/** Ids of the filters. */
const faultFilter = 'fault';
const bugFilter = 'bug';
const freedFilter = 'use-after-free';
const errnoFilter = 'errno';
const unwrittenFilter = 'uninitialized';
const expectationFilter = 'expectation';

const kinds: Partial<Record<Fault['kind'], string>> = {
  bug: bugFilter,
  panic: bugFilter,
  'use-after-free': freedFilter,
  'double-free': freedFilter,
  corruption: freedFilter,
  'uninitialised-read': unwrittenFilter,
};

const filters = [
  { filter: faultFilter, on: true, text: texts.faultFilter, about: texts.faultFilterAbout },
  { filter: bugFilter, on: true, text: texts.bugFilter, about: texts.bugFilterAbout },
  { filter: freedFilter, on: true, text: texts.freedFilter, about: texts.freedFilterAbout },
  { filter: expectationFilter, on: true, text: texts.expectationFilter, about: texts.expectationFilterAbout },
  { filter: errnoFilter, on: false, text: texts.errnoFilter, about: texts.errnoFilterAbout },
  { filter: unwrittenFilter, on: false, text: texts.unwrittenFilter, about: texts.unwrittenFilterAbout },
] as const;

/** The filters as `initialize` and the `capabilities` event tell them. */
export function exceptionFilters(language: Language): DebugProtocol.ExceptionBreakpointsFilter[] {
  return filters.map(({ filter, on, text, about }) => ({
    filter,
    label: say(text, language),
    description: say(about, language),
    default: on,
    ...(filter === errnoFilter
      ? { supportsCondition: true, conditionDescription: say(texts.errnoCondition, language) }
      : {}),
  }));
}

export class ExceptionFilters {
  private wanted = new Set<string>(filters.filter(({ on }) => on).map(({ filter }) => filter));
  private errors: string | undefined;

  set(
    args: DebugProtocol.SetExceptionBreakpointsArguments,
    session: SessionApi,
    language: Language,
  ): DebugProtocol.Breakpoint[] {
    const given = [
      ...args.filters.map((filterId) => ({ filterId, condition: undefined })),
      ...(args.filterOptions ?? []),
    ];
    const wanted = new Set<string>();
    this.wanted = wanted;
    this.errors = undefined;
    const refused = (text: string): DebugProtocol.Breakpoint => ({ verified: false, message: text, reason: 'failed' });
    const set = (filterId: string): DebugProtocol.Breakpoint => {
      wanted.add(filterId);
      return { verified: true };
    };
    const results = given.map(({ filterId, condition }): DebugProtocol.Breakpoint => {
      if (!filters.some(({ filter }) => filter === filterId)) {
        return refused(say(texts.noSuchFilter(filterId), language));
      }
      if (filterId !== errnoFilter) {
        return condition ? refused(say(texts.noCondition(filterId), language)) : set(filterId);
      }
      const unknown = session.failedCalls.wait(condition ?? '');
      if (unknown.length > 0) {
        return refused(say(texts.noSuchError(unknown.join(', ')), language));
      }
      this.errors = [this.errors, condition].filter((names) => names !== undefined).join(' ');
      return set(filterId);
    });
    this.apply(session);
    return results;
  }

  /** Tells a new session, as after a restart. */
  apply(session: SessionApi): void {
    session.failedCalls.wait(this.errors);
    session.watchUnwrittenReads(this.wanted.has(unwrittenFilter));
  }

  /** Whether the client wants to stop there; what is no exception it does. */
  wants({ reason, fault }: Stop): boolean {
    return reason !== 'fault' || this.wanted.has((fault && kinds[fault.kind]) ?? faultFilter);
  }

  /** The stop as the client wants it: to one that does not ask for expectations a run that failed is only over. */
  asWanted(stop: Stop): Stop {
    return this.wanted.has(expectationFilter) ? stop : { ...stop, expectation: undefined };
  }
}
