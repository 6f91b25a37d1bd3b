/**
 * The editor's store of compiled kernels: what came with the extension, then what was kept in its storage.
 *
 * In: the extension's context, the log. Out: the store, made when it is first asked for. `dist/compiler.json` names the
 * compiler; where it is missing (a build that is being watched), the compiler's bundle does by its size and date.
 */
import * as vscode from 'vscode';
import { withShipped, type ImageStore } from '../facade/compile-jobs';
import { ImageFolder } from './image-folder';
import type { Log } from './log';
import type { Platform } from './platform';
import { strings } from './strings';

export function keptImages(context: vscode.ExtensionContext, platform: Platform, log: Log): () => Promise<ImageStore> {
  const inPackage = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'dist', ...path);
  const tellFound = (key: string): void => log.info(strings.logFromStore(key));
  const tellLost = (error: unknown): void => {
    log.error(strings.notKept(), error);
    void vscode.window.showWarningMessage(strings.notKept());
  };
  const make = async (): Promise<ImageStore> => {
    const build = await compilerBuild(inPackage, platform.compilerFile);
    const shipped = async (key: string): Promise<Uint8Array | undefined> => {
      const bytes = await orNothing(vscode.workspace.fs.readFile(inPackage('images', `${key}.image`)));
      if (bytes) {
        log.info(strings.logShipped(key));
      }
      return bytes;
    };
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'kernels');
    return withShipped(
      { build, read: shipped },
      new ImageFolder(folder, context.globalState, build, tellFound, tellLost),
    );
  };
  let store: Promise<ImageStore> | undefined;
  return () => (store ??= make());
}

async function compilerBuild(inPackage: (name: string) => vscode.Uri, compilerFile: string): Promise<string> {
  const named = await orNothing(vscode.workspace.fs.readFile(inPackage('compiler.json')));
  if (named) {
    return (JSON.parse(new TextDecoder().decode(named)) as { build: string }).build;
  }
  const stat = await orNothing(vscode.workspace.fs.stat(inPackage(compilerFile)));
  return `${stat?.mtime} ${stat?.size}`;
}

async function orNothing<T>(operation: Thenable<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch {
    return undefined;
  }
}
