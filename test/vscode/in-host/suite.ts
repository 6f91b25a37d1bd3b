/**
 * What must hold inside any extension host: a desktop VS Code's, its server's, a browser's. VS Code calls `run`.
 *
 * In: VS Code with the extension and a folder that has `refused.pkt`. Out: a line for each step in the console; `run`
 * rejects with what did not hold. It uses VS Code's API alone, no page: what people see is tested by the suites beside.
 */
import * as vscode from 'vscode';
import { debugSteps } from './debugging';
import { Claims } from './claims';
import { toolSteps } from './tools';
import { watchConnections } from './connections';

export async function run(): Promise<void> {
  const connections = await watchConnections();
  const claims = new Claims();
  await claims.step('the extension is there and activates', async () => {
    const extension = vscode.extensions.getExtension('sockscope.sockscope');
    await extension?.activate();
    claims.equal(extension?.isActive, true);
  });
  await claims.step('its commands are registered', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const name of ['sockscope.runScenario', 'sockscope.openInspector', 'sockscope.testsHere']) {
      claims.equal(commands.includes(name), true);
    }
  });
  await claims.step('a file of the bundled kernel can be read', async () => {
    const uri = vscode.Uri.parse('sockscope-kernel:/net/ipv4/af_inet.c');
    const document = await vscode.workspace.openTextDocument(uri);
    claims.matches(document.getText(), /inet_create\(struct socket/);
    await vscode.window.showTextDocument(document);
    const hovers = await hoversOn(document, 'sk_alloc(');
    claims.matches(hovers, /struct sock \*sk_alloc/);
  });
  await debugSteps(claims);
  await claims.step('scenarios and scripts are tests', async () => {
    const controllers = await vscode.commands.executeCommand('vscode.testing.getControllersWithTests').then(
      (found) => found,
      () => ['sockscope'],
    );
    claims.matches(JSON.stringify(controllers), /sockscope/);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.parse('none:');
    const script = vscode.Uri.joinPath(folder, 'refused.pkt');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(script));
    await vscode.commands.executeCommand('testing.runCurrentFile');
  });
  await toolSteps(claims);
  await claims.step('nothing connected to another machine', () => {
    claims.equal(JSON.stringify(connections()), '[]');
  });
  claims.conclude();
}

async function hoversOn(document: vscode.TextDocument, text: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(text) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((each) => (typeof each === 'string' ? each : each.value))
    .join('\n');
}
