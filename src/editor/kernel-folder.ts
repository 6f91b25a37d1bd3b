/**
 * A kernel folder of the user's, read into memory through `workspace.fs`.
 *
 * In: the value of `sockscope.kernel`: a path in the workspace, an absolute path, or a URI. Out: texts by path below the
 * folder. Only C, headers, `kernel.json` and the top Makefile are read, to a bounded size and number; of a Linux tree only the
 * folders that its network stack needs, because reading all of one takes minutes over a remote file system.
 */
import * as vscode from 'vscode';

const wanted = /(?:\.[chS]|kernel\.json)$/;
const mostFiles = 20_000;
const largestFile = 2_000_000;
const skipped = new Set(['.git', 'node_modules']);
/** Folders of a Linux tree whose files are read; of `include/asm-*` only what i386 has. */
const treeFolders = /^(?:drivers|drivers\/net|lib|kernel|net|net\/(?:core|ipv4|sched|ethernet)|include|include\/(?:asm-generic|asm-i386|(?!asm-)[^/]+)(?:\/.*)?)$/;

export class KernelFolderError extends Error {
  constructor(readonly folder: string) {
    super(`cannot read ${folder}`);
  }
}

export interface KernelFolder {
  /** A Linux tree, not a copy of the bundled kernel (which has a kernel.json). */
  readonly isTree: boolean;
  readonly root: vscode.Uri;
  /** Path below the folder → text; unsaved editor changes included. */
  readonly files: Readonly<Record<string, string>>;
}

/** Reads the folder; throws {@link KernelFolderError} when there is none. */
export async function readKernelFolder(folder: string): Promise<KernelFolder> {
  const root = folderUri(folder);
  const files: Record<string, string> = {};
  const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  const decoder = new TextDecoder();
  const pending: string[] = [''];
  let count = 0;
  let isTree = true;
  for (let path = pending.pop(); path !== undefined && count < mostFiles; path = pending.pop()) {
    const entries = await list(path === '' ? root : vscode.Uri.joinPath(root, path), folder, path === '');
    if (path === '') {
      isTree = !entries.some(([name]) => name === 'kernel.json');
    }
    for (const [name, type] of entries) {
      const below = path === '' ? name : `${path}/${name}`;
      if (type === vscode.FileType.Directory) {
        if (!skipped.has(name) && (!isTree || treeFolders.test(below))) {
          pending.push(below);
        }
      } else if ((type & vscode.FileType.File) !== 0 && (wanted.test(name) || below === 'Makefile') && count < mostFiles) {
        count++;
        const uri = vscode.Uri.joinPath(root, below);
        const text = open.get(uri.toString())?.getText() ?? (await readText(uri, decoder));
        if (text !== undefined) {
          files[below] = text;
        }
      }
    }
  }
  return { root, isTree, files };
}

function folderUri(folder: string): vscode.Uri {
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
  return vscode.Uri.joinPath(workspace, folder);
}

async function list(uri: vscode.Uri, folder: string, isRoot: boolean): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(uri);
  } catch {
    if (isRoot) {
      throw new KernelFolderError(folder);
    }
    return [];
  }
}

async function readText(uri: vscode.Uri, decoder: TextDecoder): Promise<string | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > largestFile ? undefined : decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
