/**
 * A compiled kernel, as fronts see it: they hold it, hand it on, and ask about it here.
 *
 * In: a program. Out: plain data: names, files, functions with the reason why each runs as it does, what hovers need.
 */
import { TEXT_BASE, TEXT_STEP } from '../abi/memory-map';
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

/** Names of functions; of those only that run from their C, or that services implement, when asked for. */
export function functionNames(
  { image }: Program,
  from: 'anywhere' | 'C' | 'services' | 'nowhere' = 'anywhere',
): readonly string[] {
  const wanted = from === 'C' ? 'compiled' : from === 'services' ? 'service' : 'missing';
  return image.debug.functions.filter(({ kind }) => from === 'anywhere' || kind === wanted).map(({ name }) => name);
}

/** A function that runs from its C, with the file that defines it and the offsets of the whole definition in it. */
export interface FunctionInC {
  readonly name: string;
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/**
 * Functions that run from their C, of one name when it is given, in the order of files and places; one that several units
 * have comes once.
 */
export function functionsInC(program: Program, name?: string): readonly FunctionInC[] {
  const { functions, files } = program.image.debug;
  const found = new Map<string, FunctionInC>();
  for (const each of functions) {
    const path = files[each.file];
    const file =
      each.kind === 'compiled' && (name ?? each.name) === each.name && path !== undefined
        ? sourceOf(program, path)
        : undefined;
    if (file && each.end > each.start) {
      const start = wholeFrom(file.text, each.start, each.end);
      found.set(`${path}:${start}`, { name: each.name, file, start, end: each.end });
    }
  }
  return [...found.values()].sort((a, b) => a.file.path.localeCompare(b.file.path) || a.start - b.start);
}

/** Where a definition begins of which a conditional chooses the head: at its `#if`. */
function wholeFrom(text: string, start: number, end: number): number {
  const balance = (from: number): number =>
    Array.from(text.slice(from, end).matchAll(/^[ \t]*#[ \t]*(if|endif)/gm), ([, word]) =>
      word === 'if' ? 1 : -1,
    ).reduce<number>((sum, each) => sum + each, 0);
  let from = start;
  for (let left = 50; balance(from) < 0 && from > 0 && left > 0; left--) {
    from = text.lastIndexOf('\n', from - 2) + 1;
  }
  return balance(from) === 0 ? from : start;
}

/** Replacement of a macro as it stands at the end of a source; of the first source that has it when `path` is none. */
export function macroText(program: Program | undefined, name: string, path: string): string | undefined {
  return program?.macro(name, path)?.body;
}

/** What a query needs of the program; without one, notes are all there is. */
export function knowledgeOf(
  program: Program | undefined,
): Pick<QueryOptions, 'debug' | 'load' | 'macro' | 'functionIn'> {
  return {
    functionIn: (address) => program && functionIn(program, address),
    debug: program?.image.debug,
    load: (path) => program?.loader.load(path),
    macro: (name, path) => macroFacts(program?.macro(name, path)),
  };
}

/** The function whose address the program's data has at an address from the beginning. */
function functionIn({ image }: Program, address: number): string | undefined {
  const { data, map, functionIds } = image;
  const at = address - map.dataStart;
  if (at < 0 || at + 4 > data.length) {
    return undefined;
  }
  const id = (new DataView(data.buffer, data.byteOffset).getUint32(at, true) - TEXT_BASE) / TEXT_STEP;
  const found = Object.entries(functionIds).find(([, each]) => each === id);
  return found?.[0].replace(/^.*:/, '');
}
