/**
 * Which kernel the editor works on: the bundled one, a copy of it in the workspace, or a Linux tree of the user's.
 *
 * In: the value of `sockscope.kernel` or of a launch configuration. Out: what to compile, and where its files are. A
 * tree on the host's own disk is read by the compiler as it needs it; any other is read through `workspace.fs` before.
 */
import * as vscode from 'vscode';
import type { CompileJob, TreeSource } from '../facade/compile-jobs';
import { folderUri, hasEntry, KernelFolderError, readKernelFolder, unsavedFiles } from './kernel-folder';
import type { KernelPlace } from './source-places';

export interface KernelChoice {
  readonly overlay: CompileJob['overlay'];
  readonly tree?: TreeSource;
  /** Undefined for the bundled kernel. */
  readonly place?: KernelPlace;
}

export interface ReadingPace {
  readonly signal?: AbortSignal | undefined;
  /** Files read so far. */
  readonly reading?: (files: number) => void;
}

/** The files of a tree that SockScope shows: its sources and what is said about the tree as a whole. */
const treeFile = /(?:\.[chS]|^Makefile)$/;

/** Where the folder is, without reading it. Throws {@link KernelFolderError} when there is none. */
export async function locateKernel(folder: string): Promise<KernelPlace | undefined> {
  if (folder === '') {
    return undefined;
  }
  const root = folderUri(folder);
  if (!(await hasEntry(root))) {
    throw new KernelFolderError(folder);
  }
  return { root, has: (path) => treeFile.test(path) && !path.startsWith('<') };
}

/** Reads as much as compiling needs from here. Throws {@link KernelFolderError}. */
export async function chooseKernel(
  folder: string,
  canReadDisk: boolean,
  pace: ReadingPace = {},
): Promise<KernelChoice> {
  const place = await locateKernel(folder);
  if (!place) {
    return { overlay: {} };
  }
  const { root } = place;
  if (await hasEntry(vscode.Uri.joinPath(root, 'kernel.json'))) {
    const files = await readKernelFolder(root, false, pace);
    return { overlay: files, place: { root, has: (path) => Object.hasOwn(files, path) } };
  }
  const tree: TreeSource =
    canReadDisk && root.scheme === 'file'
      ? { name: folder, folder: root.fsPath }
      : { name: folder, files: await readKernelFolder(root, true, pace) };
  return { overlay: unsavedFiles(place), tree, place };
}
