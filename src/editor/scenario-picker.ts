/**
 * The list from which a scenario is chosen: recent ones, then by theme, in the order in which a theme is best read.
 *
 * In: scenarios, what was run lately. Out: the one that was picked. What is typed is looked for in names, titles in both
 * languages, paragraphs and the functions that a scenario shows, so that `tcp_check_req` finds who gets there.
 */
import * as vscode from 'vscode';
import { oneLine } from '../catalog/language';
import { scenariosByTheme, type ScenarioEntry } from '../facade/scenarios';
import type { LastScenario } from './debug-configurations';
import type { ScenarioList } from './scenario-list';
import { settings } from './settings';
import { strings } from './strings';

type Item = vscode.QuickPickItem & { readonly scenario?: ScenarioEntry };

/** `names`: of these only. */
export async function pickScenario(
  scenarios: ScenarioList,
  names: readonly string[] | undefined,
  last: LastScenario,
): Promise<ScenarioEntry | undefined> {
  const all = await scenarios.all();
  // Names come in the order in which they are to be shown.
  const chosen = Array.isArray(names) ? names.flatMap((name) => all.filter((each) => each.name === name)) : undefined;
  if (all.length === 0) {
    void vscode.window.showWarningMessage(strings.noScenarios());
    return undefined;
  }
  const items = chosen ? chosen.map(itemOf) : groupedItems(all, last.recent);
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: strings.pickScenario(),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.scenario;
}

function groupedItems(all: readonly ScenarioEntry[], recent: readonly string[]): Item[] {
  const group = (label: string, entries: readonly ScenarioEntry[]): Item[] =>
    entries.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }, ...entries.map(itemOf)] : [];
  const used = recent.flatMap((name) => all.filter((each) => each.name === name));
  const rest = all.filter((each) => !used.includes(each));
  return [
    ...group(strings.recentScenarios(), used),
    ...scenariosByTheme(rest).flatMap(({ theme, entries }) =>
      group(theme === undefined ? strings.otherScenarios() : strings.themes[theme](), entries),
    ),
  ];
}

function itemOf(scenario: ScenarioEntry): Item {
  const { name, title, about, shows, level, minutes } = scenario;
  const language = settings.language();
  const other = language === 'both' ? '' : ` · ${language === 'zh' ? title.en : title.zh}`;
  const functions = shows.length > 0 ? ` ${strings.scenarioShows(shows.join(', '))}` : '';
  return {
    label: name,
    description: `${'●'.repeat(level)}${'○'.repeat(3 - level)} ${strings.aboutMinutes(minutes)} · ${oneLine(title, language)}${other}`,
    detail: `${oneLine(about, language)}${functions}`,
    scenario,
  };
}
