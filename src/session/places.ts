/**
 * Where things of a program are: in its sources, and in memory.
 *
 * In: names, addresses. Out: files with lines and columns, one-based; whether there is anything.
 */
import type { Machine } from '../machine/machine';
import { startOf, type SourceFile } from '../source/source-file';
import type { StackFrame } from '../values/value-model';
import { isVisibleAt } from '../values/visible';

/** Where a name is declared; one-based. */
export interface NamePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Set for functions with C. */
  readonly functionId?: number;
}

export interface PlacesApi {
  /** Files with functions that are compiled, and how many each has. */
  units(): readonly { readonly path: string; readonly functions: number }[];
  /** Where a name is declared that can be used in a frame: a variable, or a function with its C. */
  of(name: string, frame?: StackFrame): NamePlace | undefined;
}

export class Places implements PlacesApi {
  constructor(
    private readonly machine: Machine,
    private readonly load: (path: string) => SourceFile | undefined,
  ) {}

  units(): { readonly path: string; readonly functions: number }[] {
    const counts = new Map<number, number>();
    for (const { kind, file } of this.machine.debug.functions) {
      if (kind === 'compiled') {
        counts.set(file, (counts.get(file) ?? 0) + 1);
      }
    }
    return [...counts].flatMap(([file, functions]) => {
      const path = this.machine.debug.files[file];
      return path === undefined ? [] : [{ path, functions }];
    });
  }

  of(name: string, frame?: StackFrame): NamePlace | undefined {
    const own = frame && this.machine.debug.functions[frame.functionId];
    const local = frame && own?.variables.filter((each) => each.name === name && isVisibleAt(each, frame)).at(-1);
    if (own && local) {
      const path = this.machine.debug.files[own.file];
      const file = path === undefined ? undefined : this.load(path);
      return file && { path: file.path, ...startOf({ file, start: local.from, end: local.to }) };
    }
    const { debug } = this.machine;
    const functionId = debug.functions.findIndex((fn) => fn.name === name && fn.kind === 'compiled');
    const found = functionId >= 0 ? debug.functions[functionId] : debug.globals.find((each) => each.name === name);
    const path = found && debug.files[found.file];
    return found && path !== undefined && found.line > 0
      ? {
          path,
          line: found.line,
          column: 'column' in found ? found.column : 1,
          ...(functionId >= 0 ? { functionId } : {}),
        }
      : undefined;
  }
}
