/**
 * Where the machine's source paths are in the editor: bundled files, or the workspace's copy of the kernel while that runs.
 *
 * In: paths as the core says them (`net/ipv4/af_inet.c`, `media/scenarios/tcp-socket.pkt`, an absolute path, a URI). Out: URIs,
 * and the way back. A copy of the kernel in the workspace takes the place of the bundled files of the same names, so that
 * breakpoints, problems and the current line are in the files that the user edits.
 */
import * as vscode from 'vscode';
import { bundledUri, isBundledPath, kernelScheme, machinePath } from './bundled-sources';

interface KernelCopy {
  readonly root: vscode.Uri;
  /** Paths below the root that take the place of bundled files. */
  readonly paths: ReadonlySet<string>;
}

export class SourcePlaces {
  private copy: KernelCopy | undefined;

  /** From now on these files stand for the bundled ones of the same names; nothing does without an argument. */
  useCopy(copy?: KernelCopy): void {
    this.copy = copy;
  }

  /** URI of a path in a diagnostic, a journal entry or a stack frame. */
  uriOf(path: string): vscode.Uri {
    if (this.copy?.paths.has(path)) {
      return vscode.Uri.joinPath(this.copy.root, path);
    }
    if (isBundledPath(path)) {
      return bundledUri(path);
    }
    return path.startsWith('/') ? vscode.Uri.file(path) : vscode.Uri.parse(path);
  }

  /** The path by which the core knows a document. */
  pathOf(uri: vscode.Uri): string {
    if (uri.scheme === kernelScheme) {
      return machinePath(uri);
    }
    const inCopy = this.pathInCopy(uri);
    if (inCopy !== undefined) {
      return inCopy;
    }
    return uri.scheme === 'file' ? uri.fsPath.replace(/\\/g, '/') : uri.toString();
  }

  private pathInCopy(uri: vscode.Uri): string | undefined {
    const prefix = this.copy && `${this.copy.root.path}/`;
    if (!this.copy || !prefix || uri.scheme !== this.copy.root.scheme || uri.authority !== this.copy.root.authority || !uri.path.startsWith(prefix)) {
      return undefined;
    }
    const path = uri.path.slice(prefix.length);
    return this.copy.paths.has(path) ? path : undefined;
  }

  /** How DAP's `Source.path` spells a path: as VS Code itself does, plain for files and a URI for everything else. */
  toClientPath(path: string): string {
    const uri = this.uriOf(path);
    return uri.scheme === 'file' ? uri.fsPath : uri.toString();
  }

  /** The reverse of {@link toClientPath}. */
  fromClientPath(clientPath: string): string {
    const isUri = /^[A-Za-z][\w+.-]+:/.test(clientPath);
    return this.pathOf(isUri ? vscode.Uri.parse(clientPath) : vscode.Uri.file(clientPath));
  }
}
