/**
 * C sources to a running program's image: preprocess, parse, check, build. One call for the bundled kernel, for user trees and for
 * hosted programs; a mistake in one file does not keep the others from being compiled.
 */
import type { Image } from '../ir/image';
import type { LinkedProgram } from '../ir/link';
import type { KernelEntries } from '../kernel/environment';
import { ParseCache } from '../parse/parse-cache';
import { parseUnit } from '../parse/parse-unit';
import type { CParser } from '../parse/tree-sitter';
import { preprocess } from '../preprocess/preprocess';
import type { MacroInfo, MacroTable } from '../preprocess/macro-table';
import { TokenCache } from '../preprocess/token-cache';
import { checkUnit, type CheckOptions } from '../semantic/check-unit';
import type { CheckedUnit } from '../semantic/checked';
import type { CType } from '../semantic/ctype';
import { SharedDeclarations } from '../semantic/shared-declarations';
import { withoutRepetition, type Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import { expandObjectMacros } from './macro-constants';
import { buildImage, type BuildOptions } from '../wasm/build-image';

export interface ProgramSource {
  readonly loader: FileLoader;
  /** Paths of the C files, in link order. */
  readonly sources: readonly string[];
  readonly includePaths: readonly string[];
  readonly defines: Readonly<Record<string, string>>;
  /** Old GNU C by default. */
  readonly dialect?: CheckOptions['dialect'];
  readonly build: BuildOptions;
  /** How the simulator enters this kernel, when it is not the bundled one's way. */
  readonly entries?: KernelEntries;
}

export interface Program {
  readonly image: Image;
  /** Checked units by path: scopes for the evaluator and for hovers. */
  readonly units: ReadonlyMap<string, CheckedUnit>;
  readonly loader: FileLoader;
  readonly linked: LinkedProgram;
  readonly entries?: KernelEntries | undefined;
  /** Macros at the end of each source. */
  readonly macroTables: ReadonlyMap<string, MacroTable>;
  /** Debug id of a C type; types that only an expression mentions are added. */
  typeId(type: CType): number;
  /** The text with the object-like macros of a unit that stand for constants replaced: `TCP_LISTEN` → `(10)`. */
  expandConstants(path: string, text: string): string;
  /** What a macro is at the end of a source; of `path` when it is one, else of the first source that has it. */
  macro?(name: string, path: string): MacroInfo | undefined;
}

/** Compiles and links. `program` is undefined only when no source could be read at all. */
export function compileProgram(source: ProgramSource, parser: CParser): { program: Program | undefined; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const units = new Map<string, CheckedUnit>();
  const macros = new Map<string, MacroTable>();
  const shared = new SharedDeclarations();
  const parses = new ParseCache();
  const cache = new TokenCache();
  for (const path of source.sources) {
    const file = source.loader.load(path);
    if (!file) {
      diagnostics.push({ code: 'SS9001', severity: 'error', path, message: `cannot read '${path}'`, remedy: 'check the name and that the file is text' });
      continue;
    }
    const text = preprocess(file, { loader: source.loader, includePaths: source.includePaths, defines: source.defines, cache });
    const parsed = parseUnit(text.tokens, parser, parses);
    const checked = checkUnit(path, parsed.items, { shared, dialect: source.dialect });
    diagnostics.push(...text.diagnostics, ...parsed.diagnostics, ...checked.diagnostics);
    units.set(path, checked.unit);
    macros.set(path, text.macros);
  }
  if (units.size === 0) {
    return { program: undefined, diagnostics: withoutRepetition(diagnostics) };
  }
  const built = buildImage([...units.values()], source.build);
  diagnostics.push(...built.diagnostics);
  const program: Program = {
    image: built.image,
    units,
    loader: source.loader,
    linked: built.program,
    entries: source.entries,
    macroTables: macros,
    typeId: (type) => built.types.idOf(type),
    expandConstants: (path, text) => {
      const table = macros.get(path);
      return table ? expandObjectMacros(text, table) : text;
    },
    macro: (name, path) => macros.get(path)?.get(name) ?? [...macros.values()].find((table) => table.get(name))?.get(name),
  };
  return { program, diagnostics: withoutRepetition(diagnostics) };
}
