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
import { bundledUri } from './bundled-sources';
import { KernelFolderError, readKernelFolder, type KernelFolder } from './kernel-folder';
import type { MediaFiles } from './media-files';
import type { Problems } from './problems';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

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
    const { program } = await openProgram(await this.optionsFor(kernel.files));
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
    const { files } = kernel as Pick<KernelFolder, 'files'>;
    return openSession({
      ...(await this.optionsFor(files)),
      scenario: launch.scenario,
      script: script as OpenOptions['script'],
      stepBudget: launch.stepBudget,
    });
  }

  private async optionsFor(overlay: KernelFolder['files']): Promise<OpenOptions> {
    const [media, runtime, grammar] = await Promise.all([
      this.media.texts(),
      this.media.bytes('web-tree-sitter.wasm'),
      this.media.bytes('tree-sitter-c.wasm'),
    ]);
    return { media, wasm: { runtime, grammar }, overlay, cache: this.cache };
  }

  /** The files of a copy of the kernel, or none for the bundled one; from now on they stand for the bundled ones. */
  private async kernelOf(folder: string): Promise<Pick<KernelFolder, 'files'> | Diagnostic> {
    if (folder === '') {
      this.places.useCopy();
      return { files: {} };
    }
    try {
      const { root, files } = await readKernelFolder(folder);
      if (files['kernel.json'] === undefined) {
        return { code: 'SS8001', severity: 'error', message: strings.notAKernelCopy(folder), remedy: strings.copyKernelRemedy() };
      }
      this.places.useCopy({ root, paths: new Set(Object.keys(files)) });
      return { files };
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
