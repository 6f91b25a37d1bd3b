/**
 * The tests of the Test view: the bundled scenarios, by theme as in the picker, and every script of the workspace.
 *
 * In: the list of scenarios, files of the workspace as they come and go. Out: items of the controller, each with the
 * script's URI; what an item is, is known by its id (`scenario:NAME`, or the URI of a file).
 */
import * as vscode from 'vscode';
import { oneLine } from '../catalog/language';
import { bundledUri } from './bundled-sources';
import { scenariosByTheme, type ScenarioEntry } from '../facade/scenarios';
import type { ScenarioList } from './scenario-list';
import { settings } from './settings';
import { strings } from './strings';
import { scriptsOfWorkspace } from './workspace-scripts';

const scenarioPrefix = 'scenario:';
/** Scripts are searched for by then, in milliseconds, also unasked: the start comes first. */
const searchDelay = 3000;

/** The bundled scenario that an item stands for. */
export function scenarioOf({ id }: vscode.TestItem): string | undefined {
  return id.startsWith(scenarioPrefix) ? id.slice(scenarioPrefix.length) : undefined;
}

export function keepItems(tests: vscode.TestController, scenarios: ScenarioList): vscode.Disposable {
  const bundled = tests.createTestItem('scenarios', strings.testsBundled());
  const own = tests.createTestItem('scripts', strings.testsOwn());
  bundled.canResolveChildren = true;
  tests.items.add(bundled);
  const refresh = (): void => {
    if (own.children.size > 0) {
      tests.items.add(own);
    } else {
      tests.items.delete(own.id);
    }
  };
  const add = (uri: vscode.Uri): void => {
    own.children.add(tests.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri));
    refresh();
  };
  let search: Promise<void> | undefined;
  const searchOnce = (): Promise<void> => (search ??= scriptsOfWorkspace().then((found) => found.forEach(add)));
  // VS Code does not always ask when its view opens while the extension starts.
  const unasked = setTimeout(() => void searchOnce(), searchDelay);
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.pkt', false, true);
  tests.resolveHandler = async (item) => {
    if (!item) {
      await searchOnce();
    } else if (item === bundled) {
      item.children.replace(themeItems(tests, await scenarios.all()));
    }
  };
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(unasked) },
    watcher,
    watcher.onDidCreate(add),
    watcher.onDidDelete((uri) => {
      own.children.delete(uri.toString());
      refresh();
    }),
  );
}

function themeItems(tests: vscode.TestController, scenarios: readonly ScenarioEntry[]): vscode.TestItem[] {
  return scenariosByTheme(scenarios).map(({ theme, entries }, index) => {
    const label = theme === undefined ? strings.otherScenarios() : strings.themes[theme]();
    const group = tests.createTestItem(`theme:${theme ?? ''}`, label);
    group.sortText = sortText(index);
    group.children.replace(entries.map((entry, place) => scenarioItem(tests, entry, place)));
    return group;
  });
}

function scenarioItem(
  tests: vscode.TestController,
  { name, title, file }: ScenarioEntry,
  place: number,
): vscode.TestItem {
  const item = tests.createTestItem(`${scenarioPrefix}${name}`, name, bundledUri(file));
  item.description = oneLine(title, settings.language());
  item.sortText = sortText(place);
  return item;
}

/** Items stand in the order of these texts. */
const sortText = (place: number): string => String(place).padStart(4, '0');

/** The scripts that a request means, folders unfolded, in order and once each. */
export async function scriptsOf(
  tests: vscode.TestController,
  { include, exclude = [] }: vscode.TestRunRequest,
): Promise<readonly vscode.TestItem[]> {
  const found = new Map<string, vscode.TestItem>();
  const visit = async (item: vscode.TestItem): Promise<void> => {
    if (exclude.some(({ id }) => id === item.id)) {
      return;
    }
    if (item.canResolveChildren && item.children.size === 0) {
      await tests.resolveHandler?.(item);
    }
    if (item.uri) {
      found.set(item.id, item);
    }
    for (const [, child] of item.children) {
      await visit(child);
    }
  };
  for (const item of include ?? [...tests.items].map(([, each]) => each)) {
    await visit(item);
  }
  return [...found.values()];
}
