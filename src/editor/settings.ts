/**
 * The user's settings, typed and with their defaults in one place.
 *
 * In: VS Code's configuration. Out: values that are safe to use (wrong kinds fall back to the default).
 */
import * as vscode from 'vscode';
import { languageSettings, resolveLanguage, type Language, type LanguageSetting } from '../catalog/language';
import { type TraceLevel, traceLevels } from '../dap/message-trace';

const section = 'sockscope';

function read<T>(key: string, fallback: T): T {
  const value = vscode.workspace.getConfiguration(section).get<unknown>(key);
  return typeof value === typeof fallback ? (value as T) : fallback;
}

/** Where a kernel that was chosen in the editor is kept: with its user, for this workspace, not in the folder. */
let choices: vscode.Memento | undefined;
const chosen = new vscode.EventEmitter<void>();
const kernelKey = 'kernel';

/** The kernel that the workspace's own settings name. */
function writtenKernel(): string | undefined {
  const found = vscode.workspace.getConfiguration(section).inspect<unknown>(kernelKey);
  const value = found?.workspaceFolderValue ?? found?.workspaceValue;
  return typeof value === 'string' ? value : undefined;
}

export const settings = {
  /** Called once, at activation. */
  keepChoicesIn: (state: vscode.Memento): void => void (choices = state),
  /** What the user chose, unresolved. */
  languageChoice(): LanguageSetting {
    const value = read<string>('language', 'auto');
    return languageSettings.find((each) => each === value) ?? 'auto';
  },
  /** The language of notes and of the debugger's texts. */
  language(): Language {
    return resolveLanguage(settings.languageChoice(), vscode.env.language);
  },
  /** Folder of a kernel tree instead of the bundled one; empty for the bundled one. */
  kernel: (): string => writtenKernel() ?? choices?.get<string>(kernelKey) ?? read('kernel', ''),
  /** Whether the workspace's settings say so. */
  isKernelWritten: (): boolean => writtenKernel() !== undefined,
  /** Folder with packs of notes that a class shares; empty for none. */
  notesFolder: (): string => read('notes.folder', ''),
  /** How much of the debug adapter's conversation is logged. */
  trace(): TraceLevel {
    const value = read<string>('trace', 'off');
    return traceLevels.find((each) => each === value) ?? 'off';
  },
  stepBudget: (): number => Math.max(10_000, Math.floor(read('stepBudget', 50_000_000))),
  openInspectorOnStart: (): boolean => read('inspector.openOnStart', true),
  scenarioLenses: (): boolean => read('codeLens.scenarios', true),
  noteLenses: (): boolean => read('codeLens.notes', true),
  inlineValues: (): boolean => read('inlineValues', true),
  startPage: (): boolean => read('startPage', true),
  setLanguage: (language: LanguageSetting): Thenable<void> =>
    vscode.workspace.getConfiguration(section).update('language', language, vscode.ConfigurationTarget.Global),
  /**
   * Chooses a kernel for this workspace: in its settings when they name one already, else for this user alone. Where no
   * folder is open it is the user's for all of them.
   */
  async setKernel(folder: string): Promise<void> {
    if (writtenKernel() !== undefined) {
      await settings.writeKernel(folder);
    } else if (vscode.workspace.workspaceFolders === undefined) {
      const { Global } = vscode.ConfigurationTarget;
      await vscode.workspace.getConfiguration(section).update(kernelKey, folder, Global);
    } else {
      await choices?.update(kernelKey, folder);
      chosen.fire();
    }
  },
  /** Writes it into the workspace's settings, for everybody who opens it. */
  writeKernel: (folder: string): Thenable<void> =>
    vscode.workspace.getConfiguration(section).update(kernelKey, folder, vscode.ConfigurationTarget.Workspace),
  /** Calls `listener` when one of our settings changes. */
  onChange: (listener: () => void): vscode.Disposable =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) {
        listener();
      }
    }),
  /** Calls `listener` when the class has another folder. */
  onNotesFolderChange: (listener: () => void): vscode.Disposable =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.notes.folder`)) {
        listener();
      }
    }),
  /** Calls `listener` when another kernel is chosen. */
  onKernelChange: (listener: () => void): vscode.Disposable =>
    vscode.Disposable.from(
      chosen.event(listener),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${section}.${kernelKey}`)) {
          listener();
        }
      }),
    ),
} as const;
