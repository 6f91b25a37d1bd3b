/**
 * VS Code's entry where the extension runs in a browser's web worker (vscode.dev).
 *
 * In: the extension's context. Out: what `src/editor/activate.ts` registers. A message channel gives the event loop a
 * turn without the four milliseconds that browsers add to nested timers; a worker of its own compiles.
 */
import * as vscode from 'vscode';
import { activateEditor } from '../editor/activate';
import { startWebCompiler } from './compiler-thread-web';

const compilerFile = 'compile-worker-web.js';

function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

export function activate(context: vscode.ExtensionContext): Promise<void> {
  const bundle = vscode.Uri.joinPath(context.extensionUri, 'dist', compilerFile);
  return activateEditor(context, {
    breathe: turn,
    compilerFile,
    startCompiler: async () => startWebCompiler(await vscode.workspace.fs.readFile(bundle)),
  });
}

export function deactivate(): void {
  // Everything registered is disposed through `context.subscriptions`.
}
