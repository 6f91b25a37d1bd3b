/**
 * Packs of notes that people write: where they are, their texts, and edits of them.
 *
 * In: the workspace's `.sockscope/annotations`, and the folder of the setting `sockscope.notes.folder`, which a class may
 * share. Out: files for the catalogue, the class's first; edited texts, written where the pack is.
 */
import * as vscode from 'vscode';
import type { PackEdit } from '../catalog/write-note';
import type { SourceFile } from '../source/source-file';
import { folderUri } from './kernel-folder';
import { readRegularFile } from './regular-file';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { filesIn, workspaceFiles } from './workspace-files';

export const packFolder = '.sockscope/annotations';
const largestPack = 2_000_000;
const newPack = 'notes.yaml';

/** The folder that a class shares; undefined when none is set, or a relative one has no workspace. */
export function sharedFolder(): vscode.Uri | undefined {
  const folder = settings.notesFolder().trim();
  try {
    return folder === '' ? undefined : folderUri(folder);
  } catch {
    return undefined;
  }
}

/** All packs that people wrote; those of the workspace come last and may replace the others' entries. */
export async function ownPacks(places: SourcePlaces): Promise<SourceFile[]> {
  const shared = sharedFolder();
  return [...(shared ? await filesIn(places, shared) : []), ...(await workspaceFiles(places, packFolder))];
}

export function isPack(uri: vscode.Uri): boolean {
  const folder = uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) });
  return (
    /\.ya?ml$/.test(uri.path) &&
    (folder.path.endsWith(`/${packFolder}`) || folder.toString() === sharedFolder()?.toString())
  );
}

/** The pack that a new note goes to: the workspace's, or without one the class's. */
export function packForNewNotes(near: vscode.Uri): vscode.Uri | undefined {
  const workspace = vscode.workspace.getWorkspaceFolder(near) ?? vscode.workspace.workspaceFolders?.[0];
  const folder = workspace ? vscode.Uri.joinPath(workspace.uri, packFolder) : sharedFolder();
  return folder && vscode.Uri.joinPath(folder, newPack);
}

/** The text as it is in the editor, or on the disk; empty where there is no such file. */
export async function packText(uri: vscode.Uri): Promise<string> {
  const open = openPack(uri);
  const bytes = open ? undefined : await readRegularFile(uri, largestPack);
  return open?.getText() ?? new TextDecoder().decode(bytes ?? new Uint8Array());
}

/** Writes an edit of {@link packText}; answers whether it could be written. */
export async function editPack(uri: vscode.Uri, text: string, edit: PackEdit): Promise<boolean> {
  const open = openPack(uri);
  if (!open) {
    const written = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(written));
    return true;
  }
  const change = new vscode.WorkspaceEdit();
  change.replace(uri, new vscode.Range(open.positionAt(edit.from), open.positionAt(edit.to)), edit.text);
  return (await vscode.workspace.applyEdit(change)) && open.save();
}

function openPack(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
}
