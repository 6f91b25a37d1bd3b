/**
 * Compiled kernels in VS Code's storage for the extension, through `workspace.fs`, on a desktop and in a browser alike.
 *
 * In: the storage's folder, the build that compiles, and a note of when each entry was used. Out: an `ImageStore` of
 * bounded size: what was not used for longest goes first. Nothing here fails: what cannot be read is absent, what cannot
 * be written is not kept.
 */
import * as vscode from 'vscode';
import type { ImageStore } from '../facade/compile-jobs';

/** Bytes kept in all; a real kernel's image has nine million. */
const mostBytes = 80_000_000;
const mostEntries = 12;
const ending = '.image';
const usesKey = 'compiledKernels';

type Uses = Readonly<Record<string, number>>;

export class ImageFolder implements ImageStore {
  constructor(
    private readonly folder: vscode.Uri,
    private readonly notes: vscode.Memento,
    readonly build: string,
    /** Told of each entry that is read. */
    private readonly found: (key: string) => void = () => undefined,
    /** Told once when something cannot be kept. */
    private readonly lost: (error: unknown) => void = () => undefined,
  ) {}

  async read(key: string): Promise<Uint8Array | undefined> {
    const bytes = await quietly(vscode.workspace.fs.readFile(this.place(key)));
    if (bytes) {
      this.found(key);
      await this.used(key);
    }
    return bytes;
  }

  async write(key: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > mostBytes) {
      return;
    }
    const beside = this.folder.with({ path: `${this.place(key).path}.${Math.floor(performance.now() * 1000)}` });
    try {
      await vscode.workspace.fs.createDirectory(this.folder);
      // Written beside its place and moved there: another window never reads half of it.
      await vscode.workspace.fs.writeFile(beside, bytes);
      await vscode.workspace.fs.rename(beside, this.place(key), { overwrite: true });
      await this.used(key);
      await this.shrink();
    } catch (error) {
      await quietly(vscode.workspace.fs.delete(beside));
      if (!this.hasLost) {
        this.hasLost = true;
        this.lost(error);
      }
    }
  }
  private hasLost = false;

  private place(key: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, `${key}${ending}`);
  }

  private async used(key: string): Promise<void> {
    await quietly(this.notes.update(usesKey, { ...this.notes.get<Uses>(usesKey, {}), [key]: Date.now() }));
  }

  /** Removes what was used least recently until the rest fits. */
  private async shrink(): Promise<void> {
    const names = ((await quietly(vscode.workspace.fs.readDirectory(this.folder))) ?? []).map(([name]) => name);
    const uses = this.notes.get<Uses>(usesKey, {});
    const entries = await Promise.all(
      names.map(async (name) => {
        const uri = vscode.Uri.joinPath(this.folder, name);
        const stat = await quietly(vscode.workspace.fs.stat(uri));
        const key = name.replace(ending, '');
        return { key, uri, size: stat?.size ?? 0, used: Math.max(uses[key] ?? 0, stat?.mtime ?? 0) };
      }),
    );
    entries.sort((a, b) => b.used - a.used);
    let total = 0;
    const kept: Record<string, number> = {};
    for (const [index, { key, uri, size, used }] of entries.entries()) {
      total += size;
      if (total > mostBytes || index >= mostEntries) {
        await quietly(vscode.workspace.fs.delete(uri));
      } else {
        kept[key] = used;
      }
    }
    await quietly(this.notes.update(usesKey, kept));
  }
}

/** What a file operation gives, or undefined when it fails. */
async function quietly<T>(operation: Thenable<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch {
    return undefined;
  }
}
