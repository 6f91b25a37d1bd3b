/**
 * The one way in which the editor reads a file of a person's through `workspace.fs`: what it is and how large is asked
 * first, so that devices, pipes and gigantic files are never read. In: a URI and the largest size that makes sense. Out:
 * the bytes, or undefined.
 */
import * as vscode from 'vscode';

export async function readRegularFile(uri: vscode.Uri, limit: number): Promise<Uint8Array | undefined> {
  try {
    return (await isRegularFile(uri, limit)) ? await vscode.workspace.fs.readFile(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it is a file, or a link to one, of bearable size. */
export async function isRegularFile(uri: vscode.Uri, limit: number): Promise<boolean> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0 && size <= limit;
  } catch {
    return false;
  }
}
