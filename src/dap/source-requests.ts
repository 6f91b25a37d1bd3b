/**
 * Requests about what the program is made of: its files with their text, and its units.
 *
 * In: arguments that were checked by their shape. Out: DAP bodies. A unit of the kernel (a C file with functions) is a
 * module, as a debugger of a user's program calls its libraries.
 */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AdapterContext } from './adapter-context';
import { errors } from './errors';
import type { RequestTable } from './request-table';
import { say, texts } from './texts';

export function sourceRequests(adapter: AdapterContext): Pick<RequestTable, 'source' | 'loadedSources' | 'modules'> {
  const { names } = adapter;
  return {
    source: ({ source, sourceReference }) => {
      const { session } = adapter.run();
      const reference = sourceReference > 0 ? sourceReference : source?.sourceReference;
      const path = reference ? names.pathOf(reference) : source && names.path(source);
      const file = path === undefined ? undefined : session.sourceFile(path);
      if (!file) {
        throw errors.noSource();
      }
      return { content: file.text, mimeType: /\.[ch]$/.test(file.path) ? 'text/x-c' : 'text/plain' };
    },
    loadedSources: () => ({ sources: (adapter.run(), names.all()) }),
    modules: ({ startModule = 0, moduleCount }) => {
      const all = modulesOf(adapter);
      const end = moduleCount ? startModule + moduleCount : undefined;
      return { modules: all.slice(startModule, end), totalModules: all.length };
    },
  };
}

/** The units of the program, as modules. */
function modulesOf(adapter: AdapterContext): DebugProtocol.Module[] {
  return adapter
    .run()
    .session.places.units()
    .map(({ path, functions }) => {
      const { name, path: shown } = adapter.names.source(path);
      return {
        id: path,
        name: name ?? path,
        path: shown,
        isUserCode: true,
        symbolStatus: say(texts.functions(functions), adapter.language()),
      };
    });
}

/** What the program is made of. */
export interface Made {
  readonly sources: readonly DebugProtocol.Source[];
  readonly modules: readonly DebugProtocol.Module[];
}

/** As the client knows it now; nothing when no run is open. */
export function madeOf(adapter: AdapterContext, isOpen: boolean): Made {
  return { sources: adapter.names.all(), modules: isOpen ? modulesOf(adapter) : [] };
}

/** Tells what is new and what is gone since then. */
export function tellDifference(adapter: AdapterContext, before: Made): void {
  const now = madeOf(adapter, true);
  for (const [reason, source] of difference(before.sources, now.sources, ({ path }) => path)) {
    adapter.tell('loadedSource', { reason, source });
  }
  for (const [reason, module] of difference(before.modules, now.modules, ({ id }) => id)) {
    adapter.tell('module', { reason, module });
  }
}

/** What is new and what is gone, by key. */
export function difference<T>(
  before: readonly T[],
  now: readonly T[],
  keyOf: (each: T) => unknown,
): ['new' | 'removed', T][] {
  const keys = (list: readonly T[]): Set<unknown> => new Set(list.map(keyOf));
  const [had, has] = [keys(before), keys(now)];
  return [
    ...now.filter((each) => !had.has(keyOf(each))).map((each): ['new', T] => ['new', each]),
    ...before.filter((each) => !has.has(keyOf(each))).map((each): ['removed', T] => ['removed', each]),
  ];
}
