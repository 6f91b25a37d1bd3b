/**
 * Opens runs for the debug adapter: gathers media, parser, kernel folder and script, and shows problems.
 *
 * In: launch arguments. Out: an opened session and diagnostics, which also appear in the problems list. Everything is read
 * through `workspace.fs` before compiling, because the core reads files synchronously. Programs are compiled once and kept.
 */
import * as vscode from 'vscode';
import type { OpenedSession } from '../dap/adapter-host';
import type { LaunchArguments } from '../dap/launch-arguments';
import { openProgram, openSession, ProgramCache, type OpenOptions } from '../session/open-session';
import type { SessionApi } from '../session/session-api';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import { MemoryLoader } from '../source/file-loader';
import { bundledUri } from './bundled-sources';
import { KernelFolderError, readKernelFolder } from './kernel-folder';
import type { MediaFiles } from './media-files';
import type { Problems } from './problems';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

/** The kernel that runs: the bundled one with some files replaced, or a tree of the user's. */
type ChosenKernel = Pick<OpenOptions, 'overlay' | 'kernel'>;

export class RunOpener {
  private readonly cache = new ProgramCache();

  constructor(
    private readonly media: MediaFiles,
    private readonly problems: Problems,
    private readonly places: SourcePlaces,
  ) {}

  async open(launch: LaunchArguments): Promise<OpenedSession> {
    const opened = await this.openQuietly(launch);
    // Problems of an open script are shown while typing already.
    const script = launch.program === undefined ? undefined : this.places.pathOf(scriptUri(launch.program));
    this.problems.show('run', opened.diagnostics.filter(({ span }) => span === undefined || span.file.path !== script));
    if (hasErrors(opened.diagnostics)) {
      void vscode.commands.executeCommand('workbench.actions.view.problems', { preserveFocus: true });
    }
    return opened;
  }

  /** The compiled program without a run, for hovers before the first one. */
  async compile(): Promise<SessionApi['debug'] | undefined> {
    const kernel = await this.kernelOf(settings.kernel());
    if ('code' in kernel) {
      return undefined;
    }
    const { program } = await openProgram(await this.optionsFor(kernel));
    return program?.image.debug;
  }

  /** Opens a run and shows nothing. */
  async openQuietly(launch: LaunchArguments): Promise<OpenedSession> {
    const script = await this.readScript(launch);
    const kernel = await this.kernelOf(launch.kernel ?? '');
    const problem = [script, kernel].find((each): each is Diagnostic => each !== undefined && 'code' in each);
    if (problem) {
      return { diagnostics: [problem] };
    }
    return openSession({
      ...(await this.optionsFor(kernel as ChosenKernel)),
      scenario: launch.scenario,
      script: script as OpenOptions['script'],
      stepBudget: launch.stepBudget,
    });
  }

  private async optionsFor({ overlay, kernel }: ChosenKernel): Promise<OpenOptions> {
    const [media, runtime, grammar] = await Promise.all([
      this.media.texts(),
      this.media.bytes('web-tree-sitter.wasm'),
      this.media.bytes('tree-sitter-c.wasm'),
    ]);
    return { media, wasm: { runtime, grammar }, overlay, kernel, cache: this.cache };
  }

  /** What a kernel folder stands for; from now on its files are where the editor shows the program. */
  private async kernelOf(folder: string): Promise<ChosenKernel | Diagnostic> {
    if (folder === '') {
      this.places.useCopy();
      return {};
    }
    try {
      const { root, isTree, files } = await readKernelFolder(folder);
      this.places.useCopy({ root, paths: new Set(Object.keys(files)) });
      return isTree ? { kernel: { name: folder, loader: new MemoryLoader(Object.entries(files)) } } : { overlay: files };
    } catch (error) {
      if (error instanceof KernelFolderError) {
        return { code: 'SS8001', severity: 'error', message: strings.kernelUnreadable(error.folder) };
      }
      throw error;
    }
  }

  /** The text of `program`, unsaved changes included. */
  private async readScript(launch: LaunchArguments): Promise<OpenOptions['script'] | Diagnostic> {
    if (launch.program === undefined) {
      return undefined;
    }
    const uri = scriptUri(launch.program);
    const path = this.places.pathOf(uri);
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      return { path, text: document.getText() };
    } catch {
      return { code: 'SS5004', severity: 'error', path, message: strings.scriptUnreadable(launch.program) };
    }
  }
}

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
