/**
 * Requests about breakpoints: at lines, functions, bytes and exceptions, and where they can go.
 *
 * In: arguments that were checked by their shape. Out: DAP bodies.
 */
import type { AdapterContext } from './adapter-context';
import { isSame, tellLines } from './log-points';
import type { RequestTable } from './request-table';

type Names =
  | 'setBreakpoints'
  | 'setFunctionBreakpoints'
  | 'setDataBreakpoints'
  | 'dataBreakpointInfo'
  | 'setExceptionBreakpoints'
  | 'breakpointLocations';

export function breakpointRequests(adapter: AdapterContext): Pick<RequestTable, Names> {
  const { names, breakpoints: store, filters } = adapter;
  return {
    setBreakpoints: ({ source, breakpoints, lines }, reply) => {
      const run = adapter.run();
      const wanted = breakpoints ?? (lines ?? []).map((line) => ({ line }));
      const before = store.logPoints(source);
      const set = store.setLines(run.session, source, wanted);
      const fresh = store.logPoints(source).filter((point) => !before.some((each) => isSame(each, point)));
      void reply.sent.then(() => tellLines(adapter, run, fresh));
      return { breakpoints: set };
    },
    setFunctionBreakpoints: ({ breakpoints }) => ({
      breakpoints: store.setFunctions(adapter.run().session, breakpoints),
    }),
    setDataBreakpoints: ({ breakpoints }) => ({
      breakpoints: store.setData(adapter.run().session, breakpoints),
    }),
    dataBreakpointInfo: (args) => adapter.standing().inspection.dataBreakpointInfo(args),
    setExceptionBreakpoints: (args) => ({
      breakpoints: filters.set(args, adapter.run().session, adapter.language()),
    }),
    breakpointLocations: ({ source, line, column, endLine, endColumn }) => {
      const path = names.path(source);
      const last = endLine ?? line;
      const places = path === undefined ? [] : adapter.run().session.breakpointLocations(path, line, last);
      const isWithin = (place: { readonly line: number; readonly column: number }): boolean =>
        (place.line > line || place.column >= (column ?? 1)) &&
        (place.line < last || place.column <= (endColumn ?? Infinity));
      return { breakpoints: places.filter(isWithin).map((place) => ({ ...place })) };
    },
  };
}
