/**
 * A kernel folder of the user's, read into memory through `workspace.fs`.
 *
 * In: the value of `sockscope.kernel`: a path in the workspace, an absolute path, or a URI. Out: texts by path below the
 * folder, with the name that diagnostics and debugger call each file by. Only C, headers and `kernel.json` are read, to a
 * bounded size and number, following no links upwards.
 */
import * as vscode from 'vscode';

const wanted = /(?:\.[chS]|kernel\.json|Makefile)$/;
const mostFiles = 20_000;
const largestFile = 2_000_000;
/** Folders of a kernel tree whose C we never compile; skipping them keeps big trees quick. */
const skipped = new Set(['.git', 'Documentation', 'drivers/sound', 'fs', 'sound', 'node_modules']);

export class KernelFolderError extends Error {
  constructor(readonly folder: string) {
    super(`cannot read ${folder}`);
  }
}

export interface KernelFolder {
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
  for (let path = pending.pop(); path !== undefined && count < mostFiles; path = pending.pop()) {
    const entries = await list(path === '' ? root : vscode.Uri.joinPath(root, path), folder, path === '');
    for (const [name, type] of entries) {
      const below = path === '' ? name : `${path}/${name}`;
      if (type === vscode.FileType.Directory && !skipped.has(below) && !skipped.has(name)) {
        pending.push(below);
      } else if ((type & vscode.FileType.File) !== 0 && wanted.test(name) && count < mostFiles) {
        count++;
        const uri = vscode.Uri.joinPath(root, below);
        const text = open.get(uri.toString())?.getText() ?? (await readText(uri, decoder));
        if (text !== undefined) {
          files[below] = text;
        }
      }
    }
  }
  return { root, files };
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
