/**
 * The index of names of the kernel at hand, for commands. In: the context: which kernel, where compiled things are kept.
 * Out: the index over the folders of the network stack and its headers; the texts behind it.
 */
import { contentHash } from '../base/bytes';
import { indexedEndings, indexedFolders, type IndexedSource } from '../names/build-names';
import { keptNames, namesKey } from '../names/kept-names';
import type { TreeNames } from '../names/tree-names';
import { mediaLoader } from '../source/media-files';
import type { SourceFile } from '../source/source-file';
import type { Context } from './context';

const bundled = 'media/kernel/';

export interface TreeIndex {
  readonly names: TreeNames;
  readonly load: (path: string) => SourceFile | undefined;
}

/** Undefined when it was told that there is no tree. */
export async function treeIndex(context: Context): Promise<TreeIndex | undefined> {
  const { kernel } = context;
  const loader = kernel?.loader ?? mediaLoader(context.io.media(), 'kernel');
  const load = (path: string): SourceFile | undefined => loader.load(path);
  const sources = kernel ? treeSources(context, kernel.name, load) : bundledSources(context, load);
  if (sources.length === 0) {
    context.fail(
      'SS1010',
      { en: `there is no kernel source in ${kernel?.name ?? ''}`, zh: `${kernel?.name ?? ''} 里没有内核源码` },
      { en: 'name the top folder of a Linux 2.4 tree', zh: '请给 Linux 2.4 源码树的顶层目录' },
    );
    return undefined;
  }
  const { store } = context.cache;
  const key = contentHash([namesKey, store?.build, kernel?.name ?? ''].join('\n'));
  const names = await keptNames(
    sources,
    store && { key, read: (at) => store.read(at), write: (at, bytes) => store.write(at, bytes) },
  );
  return names && { names, load };
}

function treeSources(context: Context, folder: string, load: TreeIndex['load']): IndexedSource[] {
  const top = folder.replace(/\/+$/, '');
  return indexedFolders.flatMap((each) => {
    const { files, problems } = context.io.listFiles(`${top}/${each}`, indexedEndings, top);
    context.report(problems);
    return files.map((file) => {
      const path = file.slice(top.length + 1).replaceAll('\\', '/');
      const stamp = context.io.stampOf?.(file);
      return { path, ...(stamp !== undefined && { stamp }), text: () => load(path)?.text };
    });
  });
}

function bundledSources(context: Context, load: TreeIndex['load']): IndexedSource[] {
  return Object.keys(context.io.media())
    .filter((path) => path.startsWith(bundled) && indexedEndings.some((ending) => path.endsWith(ending)))
    .map((path) => path.slice(bundled.length))
    .map((path) => ({ path, text: () => load(path)?.text }));
}

/** Line and column of an offset, from 1, and the line's text. */
export function placeOf(
  { load }: TreeIndex,
  path: string,
  offset: number,
): { readonly line: number; readonly column: number; readonly text: string } {
  const file = load(path);
  if (!file) {
    return { line: 1, column: 1, text: '' };
  }
  const { line, column } = file.positionAt(offset);
  return { line: line + 1, column: column + 1, text: file.lineText(line) };
}
