/**
 * "Copy Bundled Kernel to Workspace": a kernel of one's own to change and run.
 *
 * In: the bundled files, a folder of the workspace. Out: `sockscope-kernel/` with the C, and the setting
 * `sockscope.kernel` pointing to it. Nothing that exists is overwritten.
 */
import * as vscode from 'vscode';
import type { MediaFiles } from './media-files';
import { settings } from './settings';
import { strings } from './strings';

const folderName = 'sockscope-kernel';
const prefix = 'media/kernel/';

export function registerCopyKernel(media: MediaFiles): vscode.Disposable {
  return vscode.commands.registerCommand('sockscope.copyKernel', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    if (!root) {
      void vscode.window.showInformationMessage(strings.needFolder());
      return;
    }
    const target = vscode.Uri.joinPath(root, folderName);
    const exists = await vscode.workspace.fs.stat(target).then(
      () => true,
      () => false,
    );
    if (exists) {
      void vscode.window.showWarningMessage(strings.existsAlready(folderName));
      return;
    }
    const files = Object.entries(await media.texts()).filter(([path]) => path.startsWith(prefix));
    for (const [path, text] of files) {
      await vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(target, path.slice(prefix.length)),
        new TextEncoder().encode(text),
      );
    }
    await settings.writeKernel(folderName);
    void vscode.window.showInformationMessage(strings.copied(files.length));
    await vscode.window.showTextDocument(vscode.Uri.joinPath(target, 'net/ipv4/af_inet.c'));
  });
}
