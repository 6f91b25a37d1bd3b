/**
 * The commands of the palette, menus and lenses.
 *
 * In: what the user picks. Out: debug sessions, editors, settings. Each command stands for one sentence of package.json;
 * longer ones have a file of their own (`copy-kernel.ts`, `how-to-get-here.ts`).
 */
import * as vscode from 'vscode';
import type { LanguageSetting } from '../catalog/language';
import { customRequests } from '../dap/sockscope-debug-session';
import { toWireThread } from '../dap/stops';
import { languageNames } from '../sentences/wording';
import { bundledUri, kernelScheme } from './bundled-sources';
import { configurationFor, launchHere, scenarioConfiguration, type LastScenario } from './debug-configurations';
import type { RunnableDocuments } from './documents';
import { registerHistoryCommands } from './history-commands';
import type { InspectorPanel } from './inspector-panel';
import { debugType, type LiveRuns } from './live-runs';
import type { MediaFiles } from './media-files';
import type { ScenarioList } from './scenario-list';
import { pickScenario } from './scenario-picker';
import { settings } from './settings';
import { strings } from './strings';

export interface CommandParts {
  readonly media: MediaFiles;
  readonly scenarios: ScenarioList;
  readonly runs: LiveRuns;
  readonly inspector: InspectorPanel;
  readonly last: LastScenario;
  readonly documents: RunnableDocuments;
}

export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { media, scenarios, runs, inspector, last, documents } = parts;
  const command = (name: string, run: (...args: never[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`sockscope.${name}`, run);

  return vscode.Disposable.from(
    command('runScenario', async (given?: string | readonly string[], extra: object = {}) => {
      const chosen =
        typeof given === 'string' ? await scenarios.find(given) : await pickScenario(scenarios, given, last);
      if (chosen) {
        await launch(scenarioConfiguration(chosen.name, extra));
      } else if (typeof given === 'string') {
        void vscode.window.showErrorMessage(strings.unknownScenario(given));
      }
    }),
    command('runHere', () => launch(launchHere(vscode.window.activeTextEditor?.document, last, documents))),
    command('debugScript', (uri?: vscode.Uri) => launchScript(uri, parts, false)),
    command('runScript', (uri?: vscode.Uri) => launchScript(uri, parts, true)),
    command('openKernel', async () => {
      const uri = await pickKernelFile(media);
      if (uri) {
        await vscode.window.showTextDocument(uri);
      }
    }),
    command('openInspector', () => inspector.show(false)),
    command('stepBackInto', () => moveBack(runs, customRequests.stepBackInto)),
    command('stepBackOut', () => moveBack(runs, customRequests.stepBackOut)),
    command('travelTo', () => travel(runs)),
    command('chooseLanguage', chooseLanguage),
    registerHistoryCommands(runs),
  );
}

async function launch(configuration: vscode.DebugConfiguration | string, noDebug = false): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.debug.startDebugging(folder, configuration, { noDebug });
}

async function launchScript(
  given: vscode.Uri | undefined,
  { last, documents }: CommandParts,
  noDebug: boolean,
): Promise<void> {
  const document =
    given instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(given)
      : vscode.window.activeTextEditor?.document;
  if (!document || (document.languageId !== 'packetdrill' && !document.uri.path.endsWith('.pkt'))) {
    void vscode.window.showInformationMessage(strings.noScript());
    return;
  }
  await document.save();
  await launch(configurationFor(document, last, documents), noDebug);
}

async function pickKernelFile(media: MediaFiles): Promise<vscode.Uri | undefined> {
  const paths = Object.keys(await media.texts()).filter((path) => /^media\/kernel\/.*\.[chS]$/.test(path));
  const short = paths.map((path) => path.slice('media/kernel/'.length));
  // Code before headers: that is what one opens to read.
  short.sort((a, b) => Number(a.endsWith('.h')) - Number(b.endsWith('.h')) || a.localeCompare(b));
  const picked = await vscode.window.showQuickPick(short, { placeHolder: strings.pickKernelFile() });
  return picked === undefined ? undefined : bundledUri(picked);
}

async function moveBack(runs: LiveRuns, request: string): Promise<void> {
  const run = runs.active;
  if (!run) {
    void vscode.window.showInformationMessage(strings.noRun());
    return;
  }
  await run.request(request, { threadId: toWireThread(Math.max(0, run.session.stop.thread)) });
}

async function travel(runs: LiveRuns): Promise<void> {
  const run = runs.active;
  if (!run) {
    void vscode.window.showInformationMessage(strings.noRun());
    return;
  }
  const { oldest, frontier, clock } = run.session.stop;
  const isValid = (text: string): boolean =>
    /^\d+$/.test(text.trim()) && Number(text) >= oldest && Number.isSafeInteger(Number(text));
  const answer = await vscode.window.showInputBox({
    prompt: strings.travelPrompt(oldest, frontier),
    value: String(clock),
    validateInput: (text) => (isValid(text) ? undefined : strings.travelInvalid(oldest)),
  });
  if (answer !== undefined) {
    await run.request(customRequests.travelTo, { clock: Number(answer) });
  }
}

async function chooseLanguage(): Promise<void> {
  const choices: (vscode.QuickPickItem & { setting: LanguageSetting })[] = [
    { setting: 'auto', label: strings.languageAuto() },
    ...languageNames.map((name) => ({
      setting: name,
      label: languageIn(name, name),
      description: languageIn(name, name === 'en' ? 'zh' : 'en'),
    })),
    { setting: 'both', label: strings.languageBoth(), description: '中文 / English' },
  ];
  const current = settings.languageChoice();
  const items = choices.map((each) => ({
    ...each,
    iconPath: new vscode.ThemeIcon(each.setting === current ? 'check' : 'blank'),
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: strings.pickLanguage() });
  if (picked) {
    await settings.setLanguage(picked.setting);
  }
}

/** What a language is called in another, or in itself. */
function languageIn(name: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(name) ?? name;
}

/** Headers of the bundled kernel are C, whatever the editor makes of `.h`. */
export function nameBundledHeadersC(): vscode.Disposable {
  const name = (document: vscode.TextDocument): void => {
    if (document.uri.scheme === kernelScheme && document.uri.path.endsWith('.h') && document.languageId !== 'c') {
      void vscode.languages.setTextDocumentLanguage(document, 'c');
    }
  };
  vscode.workspace.textDocuments.forEach(name);
  return vscode.workspace.onDidOpenTextDocument(name);
}

/**
 * Opens the inspector when a run starts, if the setting says so; beside an empty column it would be covered by the
 * source, so it waits for that.
 */
export function openInspectorOnStart(inspector: InspectorPanel): vscode.Disposable {
  let waiting = false;
  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession(({ type, configuration }) => {
      if (type !== debugType || configuration.noDebug || !settings.openInspectorOnStart()) {
        return;
      }
      waiting = vscode.window.tabGroups.activeTabGroup.tabs.length === 0 && !inspector.isOpen;
      if (!waiting) {
        inspector.show(true);
      }
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (waiting && editor) {
        waiting = false;
        inspector.show(true);
      }
    }),
    vscode.debug.onDidTerminateDebugSession(() => (waiting = false)),
  );
}
