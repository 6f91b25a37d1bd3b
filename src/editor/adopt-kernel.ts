/**
 * What happens when somebody has chosen a kernel: it is kept for them, its `af_inet.c` opens, a run is offered.
 *
 * In: a folder as `sockscope.kernel` has it. Out: an open editor at `inet_create`, a message with what to do next. The
 * choice stays with the user, outside the tree, unless they ask for it to be written into the workspace's settings.
 */
import * as vscode from 'vscode';
import { locateKernel } from './kernel-choice';
import { hasEntry } from './kernel-folder';
import { settings } from './settings';
import { strings } from './strings';

const first = { file: 'net/ipv4/af_inet.c', function: 'inet_create', scenario: 'tcp-socket' } as const;

/** Keeps the choice and shows the kernel; `''` is the bundled one, of which nothing is shown. */
export async function adoptKernel(folder: string): Promise<void> {
  const place = await locateKernel(folder).catch(() => undefined);
  const file = place && vscode.Uri.joinPath(place.root, first.file);
  if (folder !== '' && !(file && (await hasEntry(file)))) {
    void vscode.window.showWarningMessage(strings.noKernelThere(folder));
    return;
  }
  await settings.setKernel(folder);
  if (!file) {
    return;
  }
  await showFunction(file);
  const [run, write] = [strings.runInTree(first.scenario), strings.keepInWorkspace()];
  const mayWrite = vscode.workspace.workspaceFolders !== undefined && !settings.isKernelWritten();
  const answer = await vscode.window.showInformationMessage(
    strings.kernelInUse(vscode.workspace.asRelativePath(place.root, false)),
    run,
    ...(mayWrite ? [write] : []),
  );
  if (answer === run) {
    await vscode.commands.executeCommand('sockscope.runScenario', first.scenario, { stopAt: first.function });
  } else if (answer === write) {
    await settings.writeKernel(folder);
  }
}

async function showFunction(file: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const found = /^[^\n;#/*]*\binet_create\s*\([^;{]*\)\s*\{/m.exec(document.getText());
  if (found) {
    const at = document.positionAt(found.index + found[0].indexOf(first.function));
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
  }
}
