/**
 * The constants of the bundled kernel, of the headers that stand for a tree's, and of a Linux tree, by name.
 *
 * In: media/kernel, media/asm-sim, a tree. Out: names with their values; for the tree only those that are asked for. Of
 * several files that define a name in a tree the header of the same name counts, else the first header, else the first C
 * file. Headers are read in one unit, C files each with its own text before the question.
 */
import { given, itemAt, valueAt } from '../../src/base/checked-access';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CParser } from '../../src/parse/tree-sitter';
import { TokenCache } from '../../src/preprocess/token-cache';
import type { FileLoader } from '../../src/source/file-loader';
import { SourceFile } from '../../src/source/source-file';
import { allFiles, readText } from '../tidy/source-tree';
import { namesIn, valuesAtEnd, type IncludePlace } from './constant-values';
import { filesBelow } from './tree-fixture';

/** A constant and the file that gives it its value, as an `#include` names it when it is a header. */
export interface NamedConstant {
  readonly value: number;
  readonly file: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const OLD_GCC = { __KERNEL__: '1', __OPTIMIZE__: '1', __GNUC__: '2', __GNUC_MINOR__: '95', __linux__: '1', linux: '1' };
/** Where a tree's names are looked for, the likelier first. */
const PLACES = ['include/linux', 'include/net', 'include/asm-i386', 'net', 'kernel', 'fs', 'mm', 'drivers/net'];

const include = (header: string): string => `#include <${header}>`;

/** Files by the path that `where` finds for them on disk. */
function diskFiles(where: (path: string) => string): FileLoader {
  const files = new Map<string, SourceFile | undefined>();
  const read = (path: string): SourceFile | undefined => {
    try {
      return new SourceFile(path, readFileSync(where(path), 'latin1'));
    } catch {
      return undefined;
    }
  };
  return {
    load(path) {
      if (!files.has(path)) {
        files.set(path, read(path));
      }
      return files.get(path);
    },
  };
}

/** Every constant of media/kernel. */
export function bundledConstants(parser: CParser): Map<string, NamedConstant> {
  const folder = 'media/kernel/';
  const place: IncludePlace = {
    loader: diskFiles((path) => `${root}${folder}${path}`),
    includePaths: ['include'],
    defines: { __KERNEL__: '1' },
  };
  const files = allFiles('media/kernel').map((path) => path.slice(folder.length));
  const headers = files.filter((path) => path.endsWith('.h')).map((path) => path.replace(/^include\//, ''));
  const found = fromHeaders(headers, (header) => readText(`${folder}include/${header}`), place, parser);
  const cache = new TokenCache();
  for (const path of files.filter((each) => each.endsWith('.c'))) {
    const text = readText(`${folder}${path}`);
    const names = namesIn(text);
    const values = names.length === 0 ? [] : valuesAtEnd(text, names, place, parser, cache);
    for (const [name, value] of values) {
      found.set(name, { value, file: path });
    }
  }
  return found;
}

/** Every constant of media/asm-sim, as it stands in a tree. */
export function simulatedConstants(tree: string, parser: CParser): Map<string, NamedConstant> {
  const paths = allFiles('media/asm-sim').filter((path) => /\/(asm|i386|linux)\/[^/]*\.h$/.test(path));
  const nameOf = (path: string): string =>
    path.replace(/^media\/asm-sim\/(asm|i386)\//, 'asm/').replace(/^media\/asm-sim\//, '');
  const own = new Map(paths.map((path) => [nameOf(path), path]));
  const place = {
    ...treePlace(tree),
    loader: diskFiles((path) => {
      const mine = own.get(path.replace(/^include\//, ''));
      return mine ? `${root}${mine}` : onTree(tree, path);
    }),
  };
  return fromHeaders([...own.keys()], (header) => readText(valueAt(own, header)), place, parser);
}

/** What a tree gives to these names; `hints` has the headers that are to count, where the tree has them. */
export function treeConstants(
  tree: string,
  hints: ReadonlyMap<string, string | undefined>,
  parser: CParser,
): Map<string, NamedConstant> {
  const definers = new Map<string, string[]>();
  for (const path of PLACES.flatMap((where) => filesBelow(tree, where, /\.[ch]$/))) {
    for (const name of namesIn(readFileSync(`${tree}/${path}`, 'latin1'))) {
      if (hints.has(name)) {
        definers.set(name, [...(definers.get(name) ?? []), path.replace(/^include\/(asm)-i386\//, 'include/$1/')]);
      }
    }
  }
  const chosen = new Map<string, string[]>();
  for (const [name, files] of definers) {
    const best =
      files.find((path) => path === `include/${hints.get(name)}`) ??
      files.find((path) => path.endsWith('.h')) ??
      itemAt(files, 0);
    chosen.set(best, [...(chosen.get(best) ?? []), name]);
  }

  const place = treePlace(tree);
  const found = new Map<string, NamedConstant>();
  const take = (text: string, names: readonly string[]): void => {
    for (const [name, value] of valuesAtEnd(text, names, place, parser)) {
      found.set(name, {
        value,
        file: given(
          [...chosen].find(([, each]) => each.includes(name)),
          'such item',
        )[0],
      });
    }
  };
  const headers = [...chosen].filter(([path]) => path.endsWith('.h'));
  take(
    headers.map(([path]) => include(path.replace(/^include\//, ''))).join('\n'),
    headers.flatMap(([, names]) => names),
  );
  for (const [path, names] of chosen) {
    if (!path.endsWith('.h')) {
      take(readFileSync(`${tree}/${path}`, 'latin1'), names);
    }
  }
  return found;
}

function fromHeaders(
  headers: readonly string[],
  text: (header: string) => string,
  place: IncludePlace,
  parser: CParser,
): Map<string, NamedConstant> {
  const files = new Map(headers.flatMap((header) => namesIn(text(header)).map((name) => [name, header] as const)));
  const values = valuesAtEnd(headers.map(include).join('\n'), [...files.keys()], place, parser);
  return new Map([...values].map(([name, value]) => [name, { value, file: valueAt(files, name) }]));
}

function treePlace(tree: string): IncludePlace {
  return { loader: diskFiles((path) => onTree(tree, path)), includePaths: ['include'], defines: OLD_GCC };
}

/** Files of a tree that nobody has configured; its own processor's headers stand in `asm-i386`. */
function onTree(tree: string, path: string): string {
  return path === 'include/linux/autoconf.h'
    ? `${root}media/asm-sim/linux/autoconf.h`
    : `${tree}/${path.replace(/^include\/asm\//, 'include/asm-i386/')}`;
}
