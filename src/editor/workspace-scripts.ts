/**
 * The scripts of the workspace, found when the Test view is first shown.
 *
 * In: the folders of the workspace. Out: URIs of `.pkt` files. VS Code's own search is asked; where it cannot search (its
 * search program is missing, a file system without search) it fails, or finds nothing, or never answers: then folders
 * are read one after the other, hidden ones and `node_modules` left out.
 */
import * as vscode from 'vscode';

/** More scripts are no collection of tests. */
const mostScripts = 2000;
/** More folders are read by VS Code's search alone. */
const mostFolders = 1000;

/** A search that has not answered by then, in milliseconds, is not waited for. */
const searchPatience = 10_000;

/** At most 2,000 scripts of the workspace. Folders that cannot be read are passed over. */
export async function scriptsOfWorkspace(): Promise<readonly vscode.Uri[]> {
  const found = await searched();
  return found.length > 0 ? found : readFolders((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri));
}

/** What VS Code's search finds; nothing where it cannot search. */
async function searched(): Promise<readonly vscode.Uri[]> {
  const cancel = new vscode.CancellationTokenSource();
  const patience = setTimeout(() => cancel.cancel(), searchPatience);
  const givenUp = new Promise<readonly vscode.Uri[]>((resolve) => {
    cancel.token.onCancellationRequested(() => resolve([]));
  });
  try {
    return await Promise.race([vscode.workspace.findFiles('**/*.pkt', undefined, mostScripts, cancel.token), givenUp]);
  } catch {
    return [];
  } finally {
    clearTimeout(patience);
    cancel.dispose();
  }
}

async function readFolders(first: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const folders = [...first];
  const scripts: vscode.Uri[] = [];
  // `folders` grows while it is walked: breadth first.
  for (const folder of folders) {
    const entries = await vscode.workspace.fs.readDirectory(folder).then(
      (found) => found,
      () => [],
    );
    for (const [name, type] of entries) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.File && name.endsWith('.pkt') && scripts.length < mostScripts) {
        scripts.push(uri);
      } else if (type === vscode.FileType.Directory && isSearched(name) && folders.length < mostFolders) {
        folders.push(uri);
      }
    }
  }
  return scripts;
}

function isSearched(folderName: string): boolean {
  return !folderName.startsWith('.') && folderName !== 'node_modules';
}
