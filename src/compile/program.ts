/**
 * C sources to a running program's image: preprocess, parse, check, build. One call for the bundled kernel, for user
 * trees and for hosted programs; a mistake in one file does not keep the others from being compiled.
 */
import type { Image } from '../abi/image';
import type { KernelEntries } from '../abi/kernel-entries';
import { ParseCache } from '../parse/parse-cache';
import { parseUnit } from '../parse/parse-unit';
import type { CParser } from '../parse/tree-sitter';
import { preprocess } from '../preprocess/preprocess';
import type { MacroInfo, MacroTable } from '../preprocess/macro-table';
import { TokenCache } from '../preprocess/token-cache';
import { checkUnit, type CheckOptions } from '../semantic/check-unit';
import type { CheckedUnit } from '../semantic/checked';
import { SharedDeclarations } from '../semantic/shared-declarations';
import { withoutRepetition, type Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
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
  readonly loader: FileLoader;
  readonly entries?: KernelEntries | undefined;
  /** What a macro is at the end of a source; of `path` when it is one, else of the first source that has it. */
  macro(name: string, path: string): MacroInfo | undefined;
}

export interface CompiledProgram {
  /** Undefined only when no source could be read at all. */
  readonly program: Program | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Macros at the end of each source. */
  readonly macroTables: ReadonlyMap<string, MacroTable>;
}

/** How far a compilation is: `done` of `total` steps, about to take `path` (undefined: to link). */
export interface CompileProgress {
  readonly done: number;
  readonly total: number;
  readonly path: string | undefined;
}

/** Compiles and links. */
export function compileProgram(source: ProgramSource, parser: CParser): CompiledProgram {
  const steps = compileInSteps(source, parser);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

/** The same, giving way before each file and before linking. */
export function* compileInSteps(source: ProgramSource, parser: CParser): Generator<CompileProgress, CompiledProgram> {
  const diagnostics: Diagnostic[] = [];
  const units = new Map<string, CheckedUnit>();
  const macros = new Map<string, MacroTable>();
  const shared = new SharedDeclarations();
  const parses = new ParseCache();
  const cache = new TokenCache();
  const total = source.sources.length + 1;
  for (const [done, path] of source.sources.entries()) {
    yield { done, total, path };
    const file = source.loader.load(path);
    if (!file) {
      diagnostics.push({
        code: 'SS9001',
        severity: 'error',
        path,
        message: `cannot read '${path}'`,
        remedy: 'check the name and that the file is text',
      });
      continue;
    }
    const text = preprocess(file, {
      loader: source.loader,
      includePaths: source.includePaths,
      defines: source.defines,
      cache,
    });
    const parsed = parseUnit(text.tokens, parser, parses);
    const checked = checkUnit(path, parsed.items, { shared, dialect: source.dialect });
    diagnostics.push(...text.diagnostics, ...parsed.diagnostics, ...checked.diagnostics);
    units.set(path, checked.unit);
    macros.set(path, text.macros);
  }
  if (units.size === 0) {
    return { program: undefined, diagnostics: withoutRepetition(diagnostics), macroTables: macros };
  }
  yield { done: total - 1, total, path: undefined };
  const built = buildImage([...units.values()], source.build);
  diagnostics.push(...built.diagnostics);
  const program: Program = {
    image: built.image,
    loader: source.loader,
    entries: source.entries,
    macro: (name, path) =>
      macros.get(path)?.get(name) ?? [...macros.values()].find((table) => table.get(name))?.get(name),
  };
  return { program, diagnostics: withoutRepetition(diagnostics), macroTables: macros };
}
