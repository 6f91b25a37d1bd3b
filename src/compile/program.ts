/**
 * C sources to a running program's image: preprocess, parse, check, build. One call for the bundled kernel, for user
 * trees and for hosted programs; a mistake in one file does not keep the others from being compiled.
 */
import { sentence } from '../sentences/sentence';
import type { Image } from '../abi/image';
import type { KernelEntries } from '../abi/kernel-entries';
import type { CParser } from '../parse/tree-sitter';
import type { MacroInfo, MacroTable } from '../preprocess/macro-table';
import type { Replacing } from '../preprocess/replacing';
import type { CheckedUnit } from '../semantic/checked';
import { SharedDeclarations } from '../semantic/shared-declarations';
import { withoutRepetition, type Diagnostic } from '../source/diagnostic';
import type { FileLoader } from '../source/file-loader';
import type { Replaced, Replacement } from '../source/replacement';
import { buildImage } from '../wasm/build-image';
import { FrontEnd } from './front-end';
import { InPlaceCompilation, loaderWith } from './in-place';
import type { ProgramSource } from './program-source';

export type { ProgramSource };

export interface Program {
  readonly image: Image;
  readonly loader: FileLoader;
  readonly entries?: KernelEntries | undefined;
  /** What a macro is at the end of a source; of `path` when it is one, else of the first source that has it. */
  macro(name: string, path: string): MacroInfo | undefined;
  readonly replacement?: Replacement | undefined;
  /** What gave way to the replacement, and what was added for it. */
  readonly replaced?: Replaced | undefined;
}

export interface CompiledProgram {
  /** Undefined only when no source could be read at all, or together they are too large. */
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
  const frontEnd = new FrontEnd(source, parser);
  const inPlace = source.replacement && new InPlaceCompilation(source, source.replacement, frontEnd);
  if (!inPlace) {
    return link(source, yield* checkAll(source, new SharedDeclarations(), frontEnd), undefined);
  }
  inPlace.prepare();
  for (let round = 1; ; round++) {
    const checked = yield* checkAll(source, new SharedDeclarations(), frontEnd, inPlace.replacing());
    if (round === MOST_ROUNDS || !inPlace.learn(checked.diagnostics)) {
      return link(source, checked, inPlace);
    }
  }
}

/** Compilations of a whole program at most, until it lacks nothing more that can be added. */
const MOST_ROUNDS = 3;

interface CheckedProgram {
  readonly units: ReadonlyMap<string, CheckedUnit>;
  readonly macros: ReadonlyMap<string, MacroTable>;
  readonly diagnostics: readonly Diagnostic[];
}

function* checkAll(
  { sources, loader, mostTokens }: ProgramSource,
  shared: SharedDeclarations,
  frontEnd: FrontEnd,
  replacing?: Replacing,
): Generator<CompileProgress, CheckedProgram> {
  const diagnostics: Diagnostic[] = [];
  const units = new Map<string, CheckedUnit>();
  const macros = new Map<string, MacroTable>();
  const total = sources.length + 1;
  let tokensLeft = mostTokens ?? Infinity;
  for (const [done, path] of sources.entries()) {
    yield { done, total, path };
    const file = loader.load(path);
    if (!file) {
      diagnostics.push({
        code: 'SS9001',
        severity: 'error',
        path,
        message: sentence('cannot-read-path', { path }),
        remedy: sentence('check-the-name-and-that-the-file-is-text'),
      });
      continue;
    }
    const checked = frontEnd.check(file, shared, replacing, tokensLeft);
    checked.diagnostics.forEach((diagnostic) => diagnostics.push(diagnostic));
    if (!checked.complete) {
      if (mostTokens !== undefined) {
        return { units: new Map(), macros, diagnostics };
      }
      continue;
    }
    tokensLeft -= checked.tokens;
    units.set(path, checked.unit);
    macros.set(path, checked.macros);
  }
  yield { done: total - 1, total, path: undefined };
  return { units, macros, diagnostics };
}

function link(
  source: ProgramSource,
  { units, macros, diagnostics }: CheckedProgram,
  inPlace: InPlaceCompilation | undefined,
): CompiledProgram {
  const told = inPlace?.tell([...units.values()]) ?? [];
  if (units.size === 0 || inPlace?.runs === false) {
    return { program: undefined, diagnostics: withoutRepetition([...told, ...diagnostics]), macroTables: macros };
  }
  const built = buildImage([...units.values()], source.build, source.onPhase);
  const replaced = inPlace?.replaced;
  const program: Program = {
    image: built.image,
    loader: loaderWith(source.loader, source.replacement, replaced?.additions),
    entries: source.entries,
    macro: (name, path) =>
      macros.get(path)?.get(name) ?? [...macros.values()].find((table) => table.get(name))?.get(name),
    replacement: source.replacement,
    replaced,
  };
  const calls = inPlace?.tellCalls(built.image) ?? [];
  const all = [...told, ...(inPlace?.explain(diagnostics, calls) ?? diagnostics), ...built.diagnostics, ...calls];
  return { program, diagnostics: withoutRepetition(all), macroTables: macros };
}
