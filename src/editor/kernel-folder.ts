/**
 * A kernel folder of the user's: where it is, what of it is being edited, and all of it read into memory through
 * `workspace.fs`.
 *
 * In: the value of `sockscope.kernel`: a path in the workspace, an absolute path, or a URI. Out: texts by path below the
 * folder. Only C, headers, `kernel.json` and the top Makefile are read, to a bounded size and number; of a Linux tree
 * only the folders that its network stack needs, because reading all of one takes minutes over a remote file system.
 */
import * as vscode from 'vscode';
import { readRegularFile } from './regular-file';
import type { KernelPlace } from './source-places';

const wanted = /(?:\.[chS]|kernel\.json)$/;
const mostFiles = 20_000;
const largestFile = 2_000_000;
/** Files asked for at a time: a remote file system answers each after a while. */
const atOnce = 32;
const skipped = new Set(['.git', 'node_modules']);
/** Folders of a Linux tree whose files are read; of `include/asm-*` only what i386 has. */
const treeFolders =
  /^(?:drivers|drivers\/net|lib|kernel|net|net\/(?:core|ipv4|sched|ethernet)|include|include\/(?:asm-generic|asm-i386|(?!asm-)[^/]+)(?:\/.*)?)$/;
/** Of the drivers only what the network stack needs. */
const driverFiles = /^drivers\/(?!net\/(?:loopback|Space)\.c$)/;

export class KernelFolderError extends Error {
  constructor(readonly folder: string) {
    super(`cannot read ${folder}`);
  }
}

/**
 * Texts by path below the folder, unsaved editor changes included. Ends early, with what it has, when the signal says
 * so.
 */
export async function readKernelFolder(
  root: vscode.Uri,
  isTree: boolean,
  { signal, reading }: { readonly signal?: AbortSignal | undefined; readonly reading?: (files: number) => void } = {},
): Promise<Readonly<Record<string, string>>> {
  const found = await listFiles(root, isTree, signal);
  const open = openDocuments();
  const decoder = new TextDecoder();
  const files: Record<string, string> = {};
  for (let from = 0; from < found.length && !signal?.aborted; from += atOnce) {
    reading?.(from);
    const some = found.slice(from, from + atOnce);
    const texts = await Promise.all(some.map((path) => textOf(vscode.Uri.joinPath(root, path), open, decoder)));
    some.forEach((path, index) => {
      const text = texts[index];
      if (text !== undefined) {
        files[path] = text;
      }
    });
  }
  return files;
}

async function listFiles(root: vscode.Uri, isTree: boolean, signal: AbortSignal | undefined): Promise<string[]> {
  const found: string[] = [];
  const pending: string[] = [''];
  for (
    let path = pending.pop();
    path !== undefined && found.length < mostFiles && !signal?.aborted;
    path = pending.pop()
  ) {
    for (const [name, type] of await list(path === '' ? root : vscode.Uri.joinPath(root, path))) {
      const below = path === '' ? name : `${path}/${name}`;
      if (type === vscode.FileType.Directory) {
        if (!skipped.has(name) && (!isTree || treeFolders.test(below))) {
          pending.push(below);
        }
      } else if (
        (type & vscode.FileType.File) !== 0 &&
        (wanted.test(name) || below === 'Makefile') &&
        !(isTree && driverFiles.test(below))
      ) {
        found.push(below);
      }
    }
  }
  return found.slice(0, mostFiles);
}

/** What is edited and not saved of a kernel, by path. */
export function unsavedFiles({ root, has }: KernelPlace): Readonly<Record<string, string>> {
  const prefix = `${root.path.replace(/\/$/, '')}/`;
  const dirty = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === root.scheme && uri.path.startsWith(prefix),
  );
  return Object.fromEntries(
    dirty
      .map((document) => [document.uri.path.slice(prefix.length), document.getText()] as const)
      .filter(([path]) => has(path)),
  );
}

export function folderUri(folder: string): vscode.Uri {
  if (/^[A-Za-z][\w+.-]+:/.test(folder)) {
    return vscode.Uri.parse(folder);
  }
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder.startsWith('/')) {
    return workspace ? workspace.with({ path: folder }) : vscode.Uri.file(folder);
  }
  if (!workspace) {
    throw new KernelFolderError(folder);
  }
  return folder === '.' ? workspace : vscode.Uri.joinPath(workspace, folder);
}

/** Whether something is there. */
export async function hasEntry(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function list(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(uri);
  } catch {
    return [];
  }
}

function openDocuments(): ReadonlyMap<string, vscode.TextDocument> {
  return new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
}

async function textOf(
  uri: vscode.Uri,
  open: ReadonlyMap<string, vscode.TextDocument>,
  decoder: TextDecoder,
): Promise<string | undefined> {
  const document = open.get(uri.toString());
  if (document) {
    return document.getText();
  }
  const bytes = await readRegularFile(uri, largestFile);
  return bytes && decoder.decode(bytes);
}
