/**
 * The macros of a program's sources as plain data, so that questions about macros need no second compilation.
 *
 * In: the macro table of each source at its end. Out: each name once, as the first source has it, and what other sources
 * define otherwise.
 */
import type { MacroInfo, MacroTable } from '../preprocess/macro-table';
import type { FileLoader } from '../source/file-loader';

/** A macro without its file: path and offsets stand for the span. */
export type StoredMacro = Omit<MacroInfo, 'span'> & {
  readonly place?: { readonly path: string; readonly start: number; readonly end: number };
};

export interface StoredMacros {
  readonly first: Readonly<Record<string, StoredMacro>>;
  /** By path of the source: macros that it defines otherwise than the first. */
  readonly others: Readonly<Record<string, Readonly<Record<string, StoredMacro>>>>;
}

export function storeMacros(tables: ReadonlyMap<string, MacroTable>): StoredMacros {
  const first: Record<string, StoredMacro> = Object.create(null) as Record<string, StoredMacro>;
  const others: Record<string, Record<string, StoredMacro>> = {};
  const atoms = Math.max(0, ...Array.from(tables.values(), ({ byAtom }) => byAtom.length));
  const seen: MacroTable['byAtom'] = new Array<undefined>(atoms).fill(undefined);
  for (const [path, table] of tables) {
    const own: Record<string, StoredMacro> = Object.create(null) as Record<string, StoredMacro>;
    table.byAtom.forEach((macro, atom) => {
      if (!macro) {
        return;
      }
      const earlier = seen[atom];
      const same =
        earlier &&
        (earlier === macro ||
          (earlier.span !== undefined &&
            earlier.span.file === macro.span?.file &&
            earlier.span.start === macro.span.start));
      if (same) {
        return;
      }
      const described = store(table.describe(macro));
      seen[atom] ??= macro;
      (earlier ? own : first)[described.name] = described;
    });
    if (Object.keys(own).length > 0) {
      others[path] = own;
    }
  }
  return { first, others };
}

/** The same answer as `Program.macro` of a fresh compilation. */
export function storedMacro(
  macros: StoredMacros,
  name: string,
  path: string,
  loader: FileLoader,
): MacroInfo | undefined {
  const own = Object.hasOwn(macros.others, path) ? macros.others[path] : undefined;
  const stored =
    own && Object.hasOwn(own, name) ? own[name] : Object.hasOwn(macros.first, name) ? macros.first[name] : undefined;
  if (!stored) {
    return undefined;
  }
  const { place, ...rest } = stored;
  const file = place && loader.load(place.path);
  return {
    ...rest,
    parameters: rest.parameters,
    span: file && place ? { file, start: place.start, end: place.end } : undefined,
  };
}

function store({ span, ...rest }: MacroInfo): StoredMacro {
  return span ? { ...rest, place: { path: span.file.path, start: span.start, end: span.end } } : rest;
}
