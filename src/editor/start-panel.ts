/**
 * The start page: three keys, five scenarios, a text that runs, one's own tree, one's own notes.
 *
 * In: the scenarios to begin with. Out: a tab with links that are commands. It is shown once by itself, when nothing else
 * is open yet, and again by a command.
 */
import * as vscode from 'vscode';
import { oneLine } from '../catalog/language';
import type { ScenarioList } from './scenario-list';
import { settings } from './settings';
import { startHtml, type StartScenario } from './start-html';
import { strings } from './strings';

const viewType = 'sockscope.start';
const shownKey = 'startPageShown';

/** What a link of the page may do. */
const commands = [
  'sockscope.runScenario',
  'sockscope.openIntroduction',
  'sockscope.useTree',
  'sockscope.newDocument',
  'sockscope.chooseLanguage',
  'workbench.action.files.openFile',
] as const;

export class StartPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly scenarios: ScenarioList,
    private readonly extensionUri: vscode.Uri,
    private readonly state: vscode.Memento,
  ) {
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      vscode.commands.registerCommand('sockscope.openStart', () => this.show()),
      settings.onChange(() => void this.write()),
    ];
  }

  /** Shows it to somebody who has never seen it; `besides`: whatever else is open. */
  async showOnce(besides = false): Promise<void> {
    const isEmpty = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
    if (settings.startPage() && !this.state.get(shownKey, false) && (besides || isEmpty)) {
      await this.show();
    }
  }

  async show(): Promise<void> {
    await this.state.update(shownKey, true);
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    const options = { enableCommandUris: commands, localResourceRoots: [] };
    await this.adopt(
      vscode.window.createWebviewPanel(viewType, strings.start.tab(), vscode.ViewColumn.Active, options),
    );
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.webview.options = { enableCommandUris: commands, localResourceRoots: [] };
    await this.adopt(panel);
  }

  dispose(): void {
    this.panel?.dispose();
    this.subscriptions.forEach((each) => void each.dispose());
  }

  private async adopt(panel: vscode.WebviewPanel): Promise<void> {
    this.panel = panel;
    panel.title = strings.start.tab();
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icons', 'inspector.svg');
    panel.onDidDispose(() => (this.panel = this.panel === panel ? undefined : this.panel));
    await this.write();
  }

  private async write(): Promise<void> {
    const language = settings.language();
    const recommended = (await this.scenarios.recommended()).map(
      ({ name, title, about, level, minutes }): StartScenario => ({
        name,
        title: oneLine(title, language),
        about: oneLine(about, language),
        level: `${'●'.repeat(level)}${'○'.repeat(3 - level)}`,
        levelText: strings.start.level(level),
        time: strings.aboutMinutes(minutes),
      }),
    );
    if (this.panel) {
      const isChinese = vscode.env.language.toLowerCase().startsWith('zh');
      this.panel.webview.html = startHtml({
        scenarios: recommended,
        language: isChinese ? 'zh-CN' : 'en',
        nonce: nonce(),
      });
    }
  }
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
