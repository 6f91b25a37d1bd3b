/**
 * What is known about the sources on show: notes, the compiled program, files. One `Query` for every provider.
 *
 * In: bundled annotations, packs of the class and of the workspace (`pack-files.ts`), the program of the run that is
 * open or was open last. Out: a {@link Query}, renewed when any of these changes.
 */
import * as vscode from 'vscode';
import { Catalog } from '../catalog/catalog';
import { checkQueries } from '../catalog/check-queries';
import { DocumentView } from '../query/document-view';
import { Query } from '../query/query';
import type { MacroLookup, Reader } from '../reading/reader';
import { knowledgeOf, macroText, sourceOf, type Program } from '../facade/program';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import { isBundledPath } from './bundled-sources';
import type { RunnableDocuments } from './documents';
import type { MediaFiles, MediaTexts } from './media-files';
import { ownPacks, packFolder, sharedFolder } from './pack-files';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';

const packGlob = `**/${packFolder}/*.{yaml,yml}`;
const annotationFolder = 'media/annotations/';

export class Knowledge implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  private queryPromise: Promise<Query> | undefined;
  private program: Program | undefined;
  private reader: Reader | undefined;
  private readonly files = new Map<string, SourceFile>();

  /** Notes or the program are others than before. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly media: MediaFiles,
    private readonly places: SourcePlaces,
    private readonly documents: RunnableDocuments,
    /** The program when no run has been opened yet; undefined when it cannot be had. */
    private readonly compile: () => Promise<Program | undefined>,
    private readonly makeReader: (macro: MacroLookup) => Promise<Reader>,
    private readonly breathe: () => Promise<void>,
    /** Takes what is wrong with the packs. */
    private readonly tell: (problems: readonly Diagnostic[]) => void,
  ) {
    this.subscriptions.push(...this.watch(packGlob));
    let shared = this.watchShared();
    this.subscriptions.push(
      { dispose: () => shared.dispose() },
      settings.onNotesFolderChange(() => {
        shared.dispose();
        shared = this.watchShared();
        this.renew();
      }),
    );
  }

  /** Looks after packs; the notes are others when one of them is. */
  private watch(pattern: vscode.GlobPattern): vscode.Disposable[] {
    const packs = vscode.workspace.createFileSystemWatcher(pattern);
    const renew = (): void => this.renew();
    return [packs, packs.onDidChange(renew), packs.onDidCreate(renew), packs.onDidDelete(renew)];
  }

  private watchShared(): vscode.Disposable {
    const folder = sharedFolder();
    return vscode.Disposable.from(...(folder ? this.watch(new vscode.RelativePattern(folder, '*.{yaml,yml}')) : []));
  }

  /** Takes over the program of a run. */
  setProgram(program: Program): void {
    if (this.program !== program) {
      this.program = program;
      this.renew();
    }
  }

  /** Another kernel was chosen: its program is not known yet. */
  forgetProgram(): void {
    this.program = undefined;
    this.renew();
  }

  query(): Promise<Query> {
    this.queryPromise ??= this.load();
    return this.queryPromise;
  }

  /** The document as the query layer wants it; the same object until the text changes. */
  fileOf(document: vscode.TextDocument): SourceFile {
    const path = this.places.pathOf(document.uri);
    return this.file(path, document.getText());
  }

  dispose(): void {
    this.reader?.dispose();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  /** Reads the packs again. */
  renew(): void {
    this.queryPromise = undefined;
    this.changed.fire();
  }

  private file(path: string, text: string): SourceFile {
    const known = this.files.get(path);
    if (known?.text === text) {
      return known;
    }
    const file = new SourceFile(path, text);
    this.files.set(path, file);
    return file;
  }

  private async load(): Promise<Query> {
    const texts = await this.media.texts();
    const packs = [...bundledPacks(texts), ...(await ownPacks(this.places))];
    const catalog = await this.loadCatalog(packs);
    this.program ??= await this.compile().catch(() => undefined);
    const { program } = this;
    const reader = await this.makeReader((name, path) => macroText(program, name, path));
    this.reader?.dispose();
    this.reader = reader;
    this.tell([...catalog.diagnostics, ...checkQueries(catalog, reader)]);
    return new Query({
      catalog,
      reader,
      ...knowledgeOf(program),
      document: (file) => this.viewOf(file, catalog, reader),
      load: (path) => this.loadPath(path, texts, program),
    });
  }

  /** An open document with listings as queries see it; the same as long as its text is. */
  private viewOf(file: SourceFile, catalog: Catalog, reader: Reader): DocumentView | undefined {
    const document = this.documents.withPath(file.path, file.text)?.document;
    if (!document) {
      return undefined;
    }
    if (this.view?.document !== document || this.viewReader !== reader) {
      const name = vscode.workspace.asRelativePath(this.places.uriOf(file.path), false);
      this.view = new DocumentView(document, catalog, reader, name);
      this.viewReader = reader;
    }
    return this.view;
  }
  private view: DocumentView | undefined;
  private viewReader: Reader | undefined;

  /** Dozens of packs take a few hundred milliseconds: others get a turn after each. */
  private async loadCatalog(packs: readonly SourceFile[]): Promise<Catalog> {
    const steps = Catalog.loadInSteps(packs);
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        return value;
      }
      await this.breathe();
    }
  }

  private loadPath(path: string, texts: MediaTexts, program: Program | undefined): SourceFile | undefined {
    const open = vscode.workspace.textDocuments.find((document) => this.places.pathOf(document.uri) === path);
    if (open) {
      return this.fileOf(open);
    }
    const compiled = program && sourceOf(program, path);
    if (compiled) {
      return this.file(path, compiled.text);
    }
    const text = isBundledPath(path) ? (texts[`media/kernel/${path}`] ?? texts[path]) : undefined;
    return text === undefined ? this.files.get(path) : this.file(path, text);
  }
}

function bundledPacks(texts: MediaTexts): SourceFile[] {
  return Object.entries(texts)
    .filter(([path]) => path.startsWith(annotationFolder) && /\.ya?ml$/.test(path))
    .map(([path, text]) => new SourceFile(path, text));
}
