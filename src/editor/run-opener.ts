/**
 * Opens runs for the debug adapter: gathers media, parser, kernel folder and script, and shows problems.
 *
 * In: launch arguments. Out: an opened session and diagnostics, which also appear in the problems list. Everything is read
 * through `workspace.fs` before compiling, because the core reads files synchronously.
 */
import * as vscode from 'vscode';
import type { OpenedSession } from '../dap/adapter-host';
import type { LaunchArguments } from '../dap/launch-arguments';
import { openSession } from '../session/open-session';
import type { SessionApi } from '../session/session-api';
import { hasErrors, type Diagnostic } from '../source/diagnostic';
import { bundledUri, pathOf } from './bundled-sources';
import { defaultScenario } from './debug-configurations';
import { KernelFolderError, readKernelFolder } from './kernel-folder';
import type { MediaFiles } from './media-files';
import type { Problems } from './problems';
import { settings } from './settings';
import { strings } from './strings';

export class RunOpener {
  constructor(
    private readonly media: MediaFiles,
    private readonly problems: Problems,
  ) {}

  async open(launch: LaunchArguments): Promise<OpenedSession> {
    const opened = await this.openQuietly(launch);
    // Problems of an open script are shown while typing already.
    const script = launch.program === undefined ? undefined : pathOf(scriptUri(launch.program));
    this.problems.show('run', opened.diagnostics.filter(({ span }) => span === undefined || span.file.path !== script));
    if (!opened.session && hasErrors(opened.diagnostics)) {
      void vscode.commands.executeCommand('workbench.actions.view.problems', { preserveFocus: true });
    }
    return opened;
  }

  /** The compiled program without a run, for hovers before the first one. */
  async compile(): Promise<SessionApi['debug'] | undefined> {
    const { session } = await this.openQuietly({ scenario: defaultScenario, kernel: settings.kernel() || undefined });
    const debug = session?.debug;
    session?.dispose();
    return debug;
  }

  private async openQuietly(launch: LaunchArguments): Promise<OpenedSession> {
    const problem = (diagnostic: Diagnostic): OpenedSession => ({ diagnostics: [diagnostic] });
    const [texts, runtime, grammar] = await Promise.all([
      this.media.texts(),
      this.media.bytes('web-tree-sitter.wasm'),
      this.media.bytes('tree-sitter-c.wasm'),
    ]);
    const script = await this.readScript(launch);
    if (script && 'code' in script) {
      return problem(script);
    }
    let kernel: Awaited<ReturnType<typeof readKernelFolder>> | undefined;
    try {
      kernel = launch.kernel ? await readKernelFolder(launch.kernel) : undefined;
    } catch (error) {
      if (error instanceof KernelFolderError) {
        return problem({ code: 'SS8001', severity: 'error', message: strings.kernelUnreadable(error.folder) });
      }
      throw error;
    }
    return openSession({ media: texts, wasm: { runtime, grammar }, scenario: launch.scenario, script, kernel, stepBudget: launch.stepBudget });
  }

  /** The text of `program`, unsaved changes included. */
  private async readScript(launch: LaunchArguments): Promise<{ path: string; text: string } | Diagnostic | undefined> {
    if (launch.program === undefined) {
      return undefined;
    }
    const uri = scriptUri(launch.program);
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      return { path: pathOf(uri), text: document.getText() };
    } catch {
      return { code: 'SS5004', severity: 'error', path: pathOf(uri), message: `The script ${launch.program} cannot be read.`, remedy: 'Check the path.' };
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
