/**
 * VS Code's entry where a Node extension host runs: desktop, remote, server.
 *
 * In: the extension's context. Out: what `src/editor/activate.ts` registers. All that differs from the browser is how the
 * event loop is given a turn.
 */
import type * as vscode from 'vscode';
import { activateEditor } from '../editor/activate';

export function activate(context: vscode.ExtensionContext): Promise<void> {
  return activateEditor(context, { breathe: () => new Promise((resolve) => setImmediate(resolve)) });
}

export function deactivate(): void {
  // Everything registered is disposed through `context.subscriptions`.
}
