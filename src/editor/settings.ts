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

export const settings = {
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
  kernel: (): string => read('kernel', ''),
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
  setKernel: (folder: string, everywhere = false): Thenable<void> =>
    vscode.workspace
      .getConfiguration(section)
      .update('kernel', folder, everywhere ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace),
  /** Calls `listener` when one of our settings changes. */
  onChange: (listener: () => void): vscode.Disposable =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) {
        listener();
      }
    }),
  /** Calls `listener` when another kernel is chosen. */
  onKernelChange: (listener: () => void): vscode.Disposable =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.kernel`)) {
        listener();
      }
    }),
} as const;
