/**
 * A compiled kernel, as fronts see it: they hold it, hand it on, and ask about it here.
 *
 * In: a program. Out: plain data: names, files, functions with the reason why each runs as it does, what hovers need.
 */
import type { Program } from '../compile/program';
import { macroFacts } from '../query/macro-facts';
import type { QueryOptions } from '../query/query';
import type { SourceFile } from '../source/source-file';

export type { Program };
export type { Compiled } from '../compile/image-cache';
export { listFunctions, type ListedFunction } from '../trees/function-list';

/** Paths of the program's files. */
export function filesOf({ image }: Program): readonly string[] {
  return image.debug.files;
}

/** A file as it was compiled. */
export function sourceOf({ loader }: Program, path: string): SourceFile | undefined {
  return loader.load(path);
}

/** Names of functions; of those only that run from their C, when asked for. */
export function functionNames({ image }: Program, from: 'anywhere' | 'C' = 'anywhere'): readonly string[] {
  return image.debug.functions.filter(({ kind }) => from === 'anywhere' || kind === 'compiled').map(({ name }) => name);
}

/** Replacement of a macro as it stands at the end of a source; of the first source that has it when `path` is none. */
export function macroText(program: Program | undefined, name: string, path: string): string | undefined {
  return program?.macro(name, path)?.body;
}

/** Number that a macro stands for, when it is a plain decimal one. */
export function macroNumber(program: Program, name: string): number | undefined {
  const body = macroText(program, name, '') ?? '';
  return /^\d+$/.test(body) ? Number(body) : undefined;
}

/** What a query needs of the program; without one, notes are all there is. */
export function knowledgeOf(program: Program | undefined): Pick<QueryOptions, 'debug' | 'load' | 'macro'> {
  return {
    debug: program?.image.debug,
    load: (path) => program?.loader.load(path),
    macro: (name, path) => macroFacts(program?.macro(name, path)),
  };
}
