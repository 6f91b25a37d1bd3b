/**
 * Opens runs for the debug adapter: gathers media, parser, kernel and script, compiles in a thread, and shows progress
 * and problems.
 *
 * In: launch arguments. Out: an opened session and diagnostics, which also appear in the problems list. The bundled
 * kernel is compiled once and kept; a tree's image comes from the store when none of its files has changed.
 */
import { sameText } from '../base/bilingual';
import * as vscode from 'vscode';
import type { OpenedSession } from '../dap/adapter-host';
import type { LaunchArguments } from '../dap/launch-arguments';
import type { RunnableDocument } from '../document/in-place-of';
import { plainReplacement, type CompileJob, type ImageStore } from '../facade/compile-jobs';
import { sourceOf, type Compiled, type Program } from '../facade/program';
import { readersHints } from '../facade/trees';
import { openSession, ProgramCache, type OpenOptions } from '../facade/open-session';
import { documentDifferences, shortenedListings } from '../query/document-differences';
import { Reader, type MacroLookup } from '../reading/reader';
import type { SessionApi } from '../facade/session';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import type { Replacement } from '../source/replacement';
import { bundledUri } from './bundled-sources';
import { Compilation } from './compilation';
import type { RunnableDocuments } from './documents';
import { chooseKernel, locateKernel, type KernelChoice } from './kernel-choice';
import { KernelFolderError } from './kernel-folder';
import { type Log } from './log';
import type { MediaFiles } from './media-files';
import { withOpeningProgress, type Watch } from './opening-progress';
import type { Platform } from './platform';
import type { Problems } from './problems';
import { isRegularFile } from './regular-file';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';
import { workspaceFiles } from './workspace-files';

const quiet: Partial<Watch> = {};

export interface OpenerParts {
  readonly media: MediaFiles;
  readonly problems: Problems;
  readonly places: SourcePlaces;
  readonly platform: Platform;
  /** Made when first needed. */
  readonly store: () => Promise<ImageStore>;
  readonly documents: RunnableDocuments;
  readonly log: Log;
}

export class RunOpener {
  private parserCache: ProgramCache | undefined;
  private readonly programs = new WeakMap<SessionApi, Program>();
  private bundled: { readonly overlay: string; readonly compilation: Promise<Compilation> } | undefined;

  constructor(private readonly parts: OpenerParts) {}

  async open(launch: LaunchArguments, signal: AbortSignal): Promise<OpenedSession> {
    const opened = await withOpeningProgress(signal, strings.opening(), (watch) => this.openQuietly(launch, watch));
    // Problems of an open script are shown while typing already.
    const script = launch.program === undefined ? undefined : this.parts.places.pathOf(scriptUri(launch.program));
    // A tree's peculiarities are remarks for its reader, no problems of theirs.
    const { hints, others } = launch.kernel
      ? readersHints(opened.diagnostics)
      : { hints: [], others: opened.diagnostics };
    this.parts.problems.show('kernel', hints, 'quietly');
    this.parts.problems.show(
      'run',
      others.filter(({ span }) => span === undefined || span.file.path !== script),
    );
    if (hasErrors(opened.diagnostics)) {
      void vscode.commands.executeCommand('workbench.actions.view.problems', { preserveFocus: true });
    }
    return opened;
  }

  /** The program of a run that was opened here. */
  programOf(session: SessionApi): Program | undefined {
    return this.programs.get(session);
  }

  /** Shows the files of the chosen kernel as its own, before anything is compiled. */
  async place(): Promise<void> {
    this.parts.places.use(await locateKernel(settings.kernel()).catch(() => undefined));
  }

  /** The compiled kernel without a run, for hovers before the first one and for questions about a tree. */
  async compile(watch: Partial<Watch> = quiet, replacement?: Replacement): Promise<Compiled> {
    const kernel = await this.kernelOf(settings.kernel(), watch);
    return 'code' in kernel ? { program: undefined, diagnostics: [kernel] } : this.compiled(kernel, watch, replacement);
  }

  /** Opens a run and shows nothing. */
  async openQuietly(launch: LaunchArguments, watch: Partial<Watch> = quiet): Promise<OpenedSession> {
    const script = await this.readScript(launch);
    const kernel = await this.kernelOf(launch.kernel ?? '', watch);
    const document = await this.readDocument(launch);
    if (document && !document.replacement) {
      return { diagnostics: document.diagnostics };
    }
    const problem = [script, kernel].find((each): each is Diagnostic => each !== undefined && 'code' in each);
    if (problem) {
      return { diagnostics: [problem] };
    }
    const media = await this.parts.media.texts();
    const { runtimeWasm, grammarWasm } = await this.grammar();
    const opened = await openSession({
      media,
      wasm: { runtimeWasm, grammarWasm },
      cache: this.parsers(),
      compile: () => this.compiled(kernel as KernelChoice, watch, document?.replacement),
      scenario: launch.scenario,
      script: script as OpenOptions['script'],
      stepBudget: launch.stepBudget,
      viewFiles: await workspaceFiles(this.parts.places, '.sockscope/views'),
    });
    if (opened.session && opened.program) {
      this.programs.set(opened.session, opened.program);
    }
    return { ...opened, diagnostics: [...opened.diagnostics, ...shortenedIn(opened.program)] };
  }

  /** Reads sources as they are written, with the parser that programs are compiled with. */
  async reader(macro: MacroLookup): Promise<Reader> {
    return new Reader(await this.parsers().parserFrom(await this.grammar()), macro);
  }

  /** Made when first needed: until then the engine is not loaded. */
  private parsers(): ProgramCache {
    return (this.parserCache ??= new ProgramCache());
  }

  private async grammar(): Promise<CompileJob['grammar']> {
    const [runtimeWasm, grammarWasm] = await Promise.all([
      this.parts.media.bytes('web-tree-sitter.wasm'),
      this.parts.media.bytes('tree-sitter-c.wasm'),
    ]);
    return { runtimeWasm, grammarWasm };
  }

  private async compiled(
    { overlay, tree }: KernelChoice,
    { signal, progress }: Partial<Watch>,
    replacement?: Replacement,
  ): Promise<Compiled> {
    if (signal?.aborted) {
      return { program: undefined, diagnostics: [], cancelled: true };
    }
    const { media, platform, log } = this.parts;
    const key = JSON.stringify(overlay);
    const start = async (): Promise<Compilation> => {
      const store = await this.parts.store();
      return new Compilation(
        {
          media: await media.texts(),
          grammar: await this.grammar(),
          overlay,
          tree,
          document: replacement && plainReplacement(replacement),
          build: store.build,
        },
        platform,
        store,
      );
    };
    if (tree || replacement) {
      const name = replacement?.file.path ?? tree?.name ?? '';
      const { diagnostics, ...compiled } = await this.logged(name, async () => (await start()).wait(signal, progress));
      return {
        ...compiled,
        diagnostics: diagnostics.map((each) =>
          each.path === tree?.name && tree && !each.span ? { ...each, path: 'Makefile' } : each,
        ),
      };
    }
    if (this.bundled?.overlay === key && !(await this.bundled.compilation).abandoned) {
      log.info(strings.logInMemory(strings.logBundled()));
      return (await this.bundled.compilation).wait(signal, progress);
    }
    const compilation = start();
    this.bundled = { overlay: key, compilation };
    return this.logged(strings.logBundled(), async () => (await compilation).wait(signal, progress));
  }

  private logged(name: string, compile: () => Promise<Compiled>): Promise<Compiled> {
    return this.parts.log.timed(compile, (ms, { program }) =>
      program ? strings.logCompiled(name, ms) : strings.logNotCompiled(name, ms),
    );
  }

  /** What a kernel folder stands for; from now on its files are where the editor shows the program. */
  private async kernelOf(folder: string, { signal, say }: Partial<Watch>): Promise<KernelChoice | Diagnostic> {
    try {
      const choice = await chooseKernel(folder, this.parts.platform.diskTree !== undefined, {
        signal,
        reading: (files) => say?.(strings.reading(files)),
      });
      this.parts.places.use(choice.place);
      return choice;
    } catch (error) {
      if (error instanceof KernelFolderError) {
        return { code: 'SS8001', severity: 'error', message: sameText(strings.kernelUnreadable(error.folder)) };
      }
      throw error;
    }
  }

  /** The document whose functions run, unsaved changes included. */
  private async readDocument(launch: LaunchArguments): Promise<Omit<RunnableDocument, 'document'> | undefined> {
    if (launch.document === undefined) {
      return undefined;
    }
    const uri = scriptUri(launch.document);
    const path = this.parts.places.pathOf(uri);
    try {
      const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
      if (!open && !(await isRegularFile(uri, largestScript))) {
        throw new Error('no file to be opened');
      }
      return this.parts.documents.reading(open ?? (await vscode.workspace.openTextDocument(uri)));
    } catch {
      const message = sameText(strings.documentUnreadable(launch.document));
      return { replacement: undefined, diagnostics: [{ code: 'SS1010', severity: 'error', path, message }] };
    }
  }

  /** The text of `program`, unsaved changes included. */
  private async readScript(launch: LaunchArguments): Promise<OpenOptions['script'] | Diagnostic> {
    if (launch.program === undefined) {
      return undefined;
    }
    const uri = scriptUri(launch.program);
    const path = this.parts.places.pathOf(uri);
    try {
      const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
      if (!open && !(await isRegularFile(uri, largestScript))) {
        throw new Error('no file to be opened');
      }
      const document = open ?? (await vscode.workspace.openTextDocument(uri));
      return { path, text: document.getText() };
    } catch {
      return { code: 'SS5004', severity: 'error', path, message: sameText(strings.scriptUnreadable(launch.program)) };
    }
  }
}

/** Larger files are no scripts. */
const largestScript = 50_000_000;

/** A URI, an absolute path, or a path in the first workspace folder. */
function scriptUri(program: string): vscode.Uri {
  if (/^[A-Za-z][\w+.-]+:/.test(program)) {
    return vscode.Uri.parse(program);
  }
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (program.startsWith('/') || !root) {
    return root ? root.with({ path: program }) : vscode.Uri.file(program);
  }
  return program.startsWith('scenarios/') ? bundledUri(program) : vscode.Uri.joinPath(root, program);
}

/** What to tell of listings that were shortened without a mark. */
function shortenedIn(program: Program | undefined): Diagnostic[] {
  const { replacement, replaced } = program ?? {};
  return program && replacement && replaced
    ? shortenedListings(
        replacement,
        documentDifferences(replacement, replaced, (path) => sourceOf(program, path)),
      )
    : [];
}
