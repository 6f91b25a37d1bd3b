/**
 * VS Code's entry where a Node extension host runs: desktop, remote, server.
 *
 * In: the extension's context. Out: what `src/editor/activate.ts` registers. What differs from the browser: how the
 * event loop is given a turn, the threads that compile and index, and kernel trees read from disk.
 */
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { activateEditor } from '../editor/activate';
import { AgentProcess } from './agent-process';
import { startNodeCompiler } from './compiler-thread-node';
import { diskTree } from './disk-tree';
import { nodeIndexer } from './names-thread-node';

const compilerFile = 'compile-worker.js';

export function activate(context: vscode.ExtensionContext): Promise<void> {
  return activateEditor(context, {
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    compilerFile,
    startCompiler: () => Promise.resolve(startNodeCompiler(join(__dirname, compilerFile))),
    indexTree: nodeIndexer(join(__dirname, 'names-worker.js')),
    agentTools: new AgentProcess(join(__dirname, 'cli.js')),
    diskTree,
  });
}

export function deactivate(): void {
  // Everything registered is disposed through `context.subscriptions`.
}
