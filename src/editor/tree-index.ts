/**
 * The index of names of the kernel in use: made when it is first asked for, kept in the extension's storage, in step with
 * what is edited.
 *
 * In: the chosen kernel; on a disk its files are read in another thread, elsewhere here, some at a time. Out: the index
 * with what asks it. Before each answer open files whose text is another are read again, and files that changed on disk.
 */
import * as vscode from 'vscode';
import { contentHash } from '../base/bytes';
import type { ImageStore } from '../facade/compile-jobs';
import { indexedEndings, indexedFolders, type IndexedSource } from '../names/build-names';
import { TreeCalls } from '../names/calls';
import { decodeNames } from '../names/codec';
import { keptNames, namesKey } from '../names/kept-names';
import { TreeSymbols } from '../names/symbols';
import type { TreeNames } from '../names/tree-names';
import { decodeSource } from '../source/text-encoding';
import { isNotes } from './documents';
import { folderUri, hasEntry, readKernelFolder } from './kernel-folder';
import type { Log } from './log';
import type { MediaFiles } from './media-files';
import type { Platform } from './platform';
import { readRegularFile } from './regular-file';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

const bundled = 'media/kernel/';
const largestFile = 4_000_000;

/** The index, and what finds things in it. */
export interface IndexInUse {
  readonly names: TreeNames;
  readonly symbols: TreeSymbols;
  readonly calls: TreeCalls;
}

export class TreeIndex implements vscode.Disposable {
  private made: { readonly kernel: string; readonly index: Promise<IndexInUse | undefined> } | undefined;
  private stop = new AbortController();
  private watcher: vscode.FileSystemWatcher | undefined;
  /** Files that changed on disk since they were read. */
  private readonly changed = new Map<string, vscode.Uri>();

  /** Of open documents: what was read last. */
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly media: MediaFiles,
    private readonly places: SourcePlaces,
    private readonly platform: Platform,
    private readonly store: () => Promise<ImageStore>,
    private readonly log: Log,
  ) {}

  /** The index as of now; undefined when the kernel cannot be read. */
  async get(): Promise<IndexInUse | undefined> {
    const kernel = settings.kernel();
    if (this.made?.kernel !== kernel) {
      this.forget();
      this.made = { kernel, index: this.make(kernel) };
    }
    const { index } = this.made;
    const found = await index.catch((error: unknown) => {
      this.log.error(strings.logIndex(), error);
      this.made = undefined;
      return undefined;
    });
    if (found) {
      await this.catchUp(found.names);
    }
    return found;
  }

  dispose(): void {
    this.forget();
  }

  private forget(): void {
    this.stop.abort();
    this.stop = new AbortController();
    this.watcher?.dispose();
    this.watcher = undefined;
    this.changed.clear();
    this.versions.clear();
    this.made = undefined;
  }

  private async make(kernel: string): Promise<IndexInUse | undefined> {
    const began = performance.now();
    const root = kernel === '' ? undefined : folderUri(kernel);
    const names = await (root ? this.ofFolder(root) : this.here(await this.bundledSources(), undefined));
    if (!names) {
      return undefined;
    }
    this.log.info(
      strings.logIndexed(names.files.length, Math.round(performance.now() - began), mebibytes(names.bytes)),
    );
    const symbols = new TreeSymbols(names);
    return { names, symbols, calls: new TreeCalls(symbols) };
  }

  private async ofFolder(root: vscode.Uri): Promise<TreeNames | undefined> {
    if (!(await hasEntry(root))) {
      return undefined;
    }
    this.watch(root);
    const store = await this.store();
    const key = contentHash([namesKey, store.build, root.toString()].join('\n'));
    const { indexTree } = this.platform;
    const isTree = !(await hasEntry(vscode.Uri.joinPath(root, 'kernel.json')));
    if (!indexTree || root.scheme !== 'file' || !isTree) {
      const files = await readKernelFolder(root, isTree, { signal: this.stop.signal });
      const sources = Object.entries(files).map(([path, text]) => ({ path, text: () => text }));
      return this.here(
        sources.filter(({ path }) => isIndexed(path)),
        { store, key },
      );
    }
    const { signal } = this.stop;
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: strings.indexing() },
      async (progress) => {
        const before = await store.read(key);
        const told = (done: number, total: number): void =>
          progress.report({ message: strings.indexingOf(done, total) });
        const bytes = await indexTree(root.fsPath, before, { progress: told, signal });
        if (bytes) {
          await store.write(key, bytes);
        }
        const current = bytes ?? before;
        return current && decodeNames(current);
      },
    );
  }

  /** Indexes without another thread, a few files at a time. */
  private here(
    sources: readonly IndexedSource[],
    kept: { readonly store: ImageStore; readonly key: string } | undefined,
  ): Promise<TreeNames | undefined> {
    const { signal } = this.stop;
    const bytes = kept && {
      key: kept.key,
      read: (key: string) => kept.store.read(key),
      write: (key: string, written: Uint8Array) => kept.store.write(key, written),
    };
    return keptNames(sources, bytes, {
      breathe: async () => {
        await this.platform.breathe();
        return !signal.aborted;
      },
    });
  }

  private async bundledSources(): Promise<IndexedSource[]> {
    const texts = await this.media.texts();
    return Object.entries(texts)
      .filter(([path]) => path.startsWith(bundled) && indexedEndings.some((ending) => path.endsWith(ending)))
      .map(([path, text]) => ({ path: path.slice(bundled.length), text: () => text }));
  }

  private watch(root: vscode.Uri): void {
    const files = `{${indexedFolders.join(',')}}/**/*.{c,h}`;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, files));
    const note = (uri: vscode.Uri): void => void this.changed.set(this.places.pathOf(uri), uri);
    watcher.onDidChange(note);
    watcher.onDidCreate(note);
    watcher.onDidDelete(note);
    this.watcher = watcher;
  }

  /** Reads again what is another text than when it was read. */
  private async catchUp(names: TreeNames): Promise<void> {
    for (const [path, uri] of [...this.changed]) {
      this.changed.delete(path);
      const bytes = await readRegularFile(uri, largestFile);
      if (bytes) {
        const { text } = decodeSource(bytes);
        names.read(path, text, contentHash(text));
      } else {
        names.remove(path);
      }
    }
    for (const document of vscode.workspace.textDocuments) {
      const path = this.places.isOwn(document.uri) && !isNotes(document) ? this.places.pathOf(document.uri) : undefined;
      if (path !== undefined && isIndexed(path) && this.versions.get(path) !== document.version) {
        this.versions.set(path, document.version);
        const text = document.getText();
        names.read(path, text, contentHash(text));
      }
    }
  }
}

function isIndexed(path: string): boolean {
  return (
    indexedFolders.some((folder) => path.startsWith(`${folder}/`)) && indexedEndings.some((end) => path.endsWith(end))
  );
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
