/**
 * The bundled kernel and scenarios as a read-only file system of the editor.
 *
 * In: `sockscope-kernel:` URIs. Out: files and folders of `media/kernel`, with `scenarios` beside them. Writing is
 * refused with the editor's own "no permissions" error; the remedy is the command that copies the kernel into the
 * workspace.
 */
import * as vscode from 'vscode';
import { mediaPath } from './bundled-sources';
import type { MediaFiles, MediaTexts } from './media-files';

export class KernelFileSystem implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;

  constructor(private readonly media: MediaFiles) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const texts = await this.media.texts();
    const text = texts[mediaPath(uri)];
    const permissions = vscode.FilePermission.Readonly;
    if (text !== undefined) {
      return {
        type: vscode.FileType.File,
        ctime: 0,
        mtime: 0,
        size: new TextEncoder().encode(text).length,
        permissions,
      };
    }
    if (entriesBelow(texts, uri).length === 0) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0, permissions };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return entriesBelow(await this.media.texts(), uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const text = (await this.media.texts())[mediaPath(uri)];
    if (text === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return new TextEncoder().encode(text);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

/** Names directly below a folder, with what they are. */
function entriesBelow(texts: MediaTexts, uri: vscode.Uri): [string, vscode.FileType][] {
  const folder = mediaPath(uri).replace(/\/*$/, '/');
  const entries = new Map<string, vscode.FileType>();
  for (const path of Object.keys(texts)) {
    if (path.startsWith(folder)) {
      const rest = path.slice(folder.length);
      const slash = rest.indexOf('/');
      entries.set(
        slash < 0 ? rest : rest.slice(0, slash),
        slash < 0 ? vscode.FileType.File : vscode.FileType.Directory,
      );
    }
  }
  if (uri.path === '/' && Object.keys(texts).some((path) => path.startsWith('media/scenarios/'))) {
    entries.set('scenarios', vscode.FileType.Directory);
  }
  return [...entries];
}
