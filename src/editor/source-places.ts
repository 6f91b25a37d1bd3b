/**
 * Where the machine's source paths are in the editor: bundled files, or those of the user's kernel while that is the one
 * in use.
 *
 * In: paths as the core says them (`net/ipv4/af_inet.c`, `media/scenarios/tcp-socket.pkt`, an absolute path, a URI).
 * Out: URIs, and the way back. A copy of the kernel in the workspace, or a tree, takes the place of the bundled files of
 * the same names, so that breakpoints, problems and the current line are in the files that the user edits.
 */
import * as vscode from 'vscode';
import { bundledUri, isBundledPath, kernelScheme, machinePath } from './bundled-sources';

/** A kernel of the user's. */
export interface KernelPlace {
  readonly root: vscode.Uri;
  /** Whether a path below the root takes the place of a bundled file. */
  readonly has: (path: string) => boolean;
}

export class SourcePlaces {
  private kernel: KernelPlace | undefined;

  /** From now on these files stand for the bundled ones of the same names; nothing does without an argument. */
  use(kernel?: KernelPlace): void {
    this.kernel = kernel;
  }

  /** Whether a document is a source of the user's kernel. */
  isOwn(uri: vscode.Uri): boolean {
    return this.pathInKernel(uri) !== undefined;
  }

  /** URI of a path in a diagnostic, a journal entry or a stack frame. */
  uriOf(path: string): vscode.Uri {
    if (isBundledPath(path) && this.kernel?.has(path)) {
      return vscode.Uri.joinPath(this.kernel.root, path);
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
    const own = this.pathInKernel(uri);
    if (own !== undefined) {
      return own;
    }
    return uri.scheme === 'file' ? uri.fsPath.replace(/\\/g, '/') : uri.toString();
  }

  private pathInKernel(uri: vscode.Uri): string | undefined {
    const prefix = this.kernel && `${this.kernel.root.path.replace(/\/$/, '')}/`;
    if (
      !this.kernel ||
      !prefix ||
      uri.scheme !== this.kernel.root.scheme ||
      uri.authority !== this.kernel.root.authority ||
      !uri.path.startsWith(prefix)
    ) {
      return undefined;
    }
    const path = uri.path.slice(prefix.length);
    return this.kernel.has(path) ? path : undefined;
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
