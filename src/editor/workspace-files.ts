/**
 * Files that a workspace has for SockScope: annotations, views.
 *
 * In: the name of a folder below each workspace folder. Out: its YAML files, sorted, in bounded number and size.
 */
import * as vscode from 'vscode';
import { SourceFile } from '../source/source-file';
import { readRegularFile } from './regular-file';
import type { SourcePlaces } from './source-places';

/** What is larger is not read: nobody writes it by hand. */
const LARGEST = 2_000_000;
const MOST = 100;

/** YAML files in a folder of every workspace folder; read folder by folder, because searching may need a program of the host's. */
export async function workspaceFiles(places: SourcePlaces, below: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    files.push(...(await filesIn(places, vscode.Uri.joinPath(folder.uri, below))));
  }
  return files;
}

/** YAML files in one folder. */
export async function filesIn(places: SourcePlaces, folder: vscode.Uri): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const entries = await orUndefined(vscode.workspace.fs.readDirectory(folder));
  const names = (entries ?? []).map(([name]) => name).filter((name) => /\.ya?ml$/.test(name));
  for (const name of names.sort().slice(0, MOST)) {
    const uri = vscode.Uri.joinPath(folder, name);
    const bytes = await readRegularFile(uri, LARGEST);
    if (bytes) {
      files.push(new SourceFile(places.pathOf(uri), new TextDecoder().decode(bytes)));
    }
  }
  return files;
}

/** What a file operation gives, or undefined when there is no such file. */
async function orUndefined<T>(operation: Thenable<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch {
    return undefined;
  }
}
