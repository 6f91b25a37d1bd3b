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

/**
 * A line for each macro, `KEY TAB NAME TAB JSON`, so that asking for one reads that one. The key is empty for a name as the
 * first source has it, and the JSON string of a source's path for what that one defines otherwise. A line break precedes each.
 */
export type StoredMacros = string;

export function storeMacros(tables: ReadonlyMap<string, MacroTable>): StoredMacros {
  const lines: string[] = [];
  const atoms = Math.max(0, ...Array.from(tables.values(), ({ byAtom }) => byAtom.length));
  const seen: MacroTable['byAtom'] = new Array<undefined>(atoms).fill(undefined);
  for (const [path, table] of tables) {
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
      lines.push(`\n${keyOf(earlier ? path : undefined, described.name)}${JSON.stringify(described)}`);
    });
  }
  return lines.join('');
}

/** The same answer as `Program.macro` of a fresh compilation. */
export function storedMacro(
  macros: StoredMacros,
  name: string,
  path: string,
  loader: FileLoader,
): MacroInfo | undefined {
  const stored = lineOf(macros, keyOf(path, name)) ?? lineOf(macros, keyOf(undefined, name));
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

function keyOf(path: string | undefined, name: string): string {
  return `${path === undefined ? '' : JSON.stringify(path)}\t${name}\t`;
}

/** What stands behind a key; neither keys nor JSON have line breaks. */
function lineOf(macros: StoredMacros, key: string): StoredMacro | undefined {
  const at = macros.indexOf(`\n${key}`);
  if (at < 0) {
    return undefined;
  }
  const start = at + 1 + key.length;
  const end = macros.indexOf('\n', start);
  return JSON.parse(macros.slice(start, end < 0 ? undefined : end)) as StoredMacro;
}

function store({ span, ...rest }: MacroInfo): StoredMacro {
  return span ? { ...rest, place: { path: span.file.path, start: span.start, end: span.end } } : rest;
}
