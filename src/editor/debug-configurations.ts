/**
 * Debug configurations: F5 without a launch.json, the list of dynamic ones, and defaults for those that exist.
 *
 * In: what the user has open and what launch.json says. Out: a complete configuration, or an explanation. A `.pkt`
 * script runs itself; C of the bundled kernel runs the scenario chosen last (at first `tcp-socket`), as launch.json has
 * it.
 */
import * as vscode from 'vscode';
import { kernelScheme, machinePath } from './bundled-sources';
import type { RunnableDocuments } from './documents';
import { debugType, type LiveRuns } from './live-runs';
import type { ScenarioList } from './scenario-list';
import { makeRoom } from './second-run';
import { settings } from './settings';

const defaultScenario = 'tcp-socket';
const lastScenarioKey = 'lastScenario';
const recentScenariosKey = 'recentScenarios';
const mostRecent = 5;

/** Remembers the scenarios chosen last, per workspace. */
export class LastScenario {
  constructor(private readonly state: vscode.Memento) {}

  get name(): string {
    return this.chosen ?? defaultScenario;
  }

  /** Undefined as long as none was run. */
  get chosen(): string | undefined {
    return this.state.get<string>(lastScenarioKey);
  }

  /** The newest first. */
  get recent(): readonly string[] {
    return this.state.get<readonly string[]>(recentScenariosKey, []);
  }

  set(name: string): void {
    void this.state.update(lastScenarioKey, name);
    const recent = [name, ...this.recent.filter((each) => each !== name)].slice(0, mostRecent);
    void this.state.update(recentScenariosKey, recent);
  }
}

/** What to launch for a document: its own script, or the scenario chosen last. */
export function configurationFor(
  document: vscode.TextDocument | undefined,
  last: LastScenario,
  documents: RunnableDocuments,
): vscode.DebugConfiguration {
  if (document && documents.of(document)) {
    return documentConfiguration(document.uri, last.name);
  }
  if (document && isScript(document)) {
    const isBundled = document.uri.scheme === kernelScheme;
    const name = document.uri.path.replace(/^.*\//, '').replace(/\.pkt$/, '');
    return isBundled && machinePath(document.uri).startsWith('media/scenarios/')
      ? scenarioConfiguration(name)
      : { type: debugType, request: 'launch', name: `SockScope: ${name}`, program: document.uri.toString() };
  }
  return scenarioConfiguration(last.name);
}

/**
 * What F5 launches in a document: as {@link configurationFor}, but when launch.json has a configuration for the scenario
 * chosen last, or when none was chosen yet, by that one's name.
 */
export function launchHere(
  document: vscode.TextDocument | undefined,
  last: LastScenario,
  documents: RunnableDocuments,
): vscode.DebugConfiguration | string {
  const given = configurationFor(document, last, documents);
  if (given.document !== undefined || given.program !== undefined || (document && isScript(document))) {
    return given;
  }
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const written = vscode.workspace
    .getConfiguration('launch', folder)
    .get<vscode.DebugConfiguration[]>('configurations', []);
  const fitting = written.find(
    ({ type, request, scenario }) =>
      type === debugType && request === 'launch' && (last.chosen === undefined || scenario === last.chosen),
  );
  return fitting?.name ?? given;
}

export function scenarioConfiguration(scenario: string, extra: object = {}): vscode.DebugConfiguration {
  return { type: debugType, request: 'launch', name: `SockScope: ${scenario}`, scenario, ...extra };
}

function isScript(document: vscode.TextDocument): boolean {
  return document.languageId === 'packetdrill' || document.uri.path.endsWith('.pkt');
}

/** A scenario with a document's functions in the kernel. */
export function documentConfiguration(
  document: vscode.Uri,
  scenario: string,
  extra: object = {},
): vscode.DebugConfiguration {
  const name = `SockScope: ${document.path.replace(/^.*\//, '')} (${scenario})`;
  return { type: debugType, request: 'launch', name, scenario, document: document.toString(), ...extra };
}

export function registerDebugConfigurations(
  scenarios: ScenarioList,
  last: LastScenario,
  documents: RunnableDocuments,
  runs: LiveRuns,
): vscode.Disposable {
  const resolver: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration: async (folder, given) => {
      const isEmpty = !given.type && !given.request && !given.name;
      const configuration = isEmpty
        ? configurationFor(vscode.window.activeTextEditor?.document, last, documents)
        : { ...given };
      if (!configuration.scenario && !configuration.program) {
        Object.assign(
          configuration,
          configurationFor(vscode.window.activeTextEditor?.document, last, documents),
          given,
        );
      }
      if (typeof configuration.document === 'string' && isEmpty) {
        Object.assign(configuration, await showingDocument(configuration, scenarios, documents));
      }
      if (typeof configuration.scenario === 'string') {
        last.set(configuration.scenario);
      }
      // The call stack has little room, and which debugger it is can be seen there.
      configuration.name = configuration.name?.replace(/^SockScope: /, '');
      configuration.kernel ??= settings.kernel() || undefined;
      // The inspector lists calls, packets and printk too; the console opens on demand.
      configuration.internalConsoleOptions ??= settings.openInspectorOnStart()
        ? 'neverOpen'
        : 'openOnFirstSessionStart';
      configuration.stepBudget ??= settings.stepBudget();
      return (await makeRoom(configuration, folder, runs)) ? configuration : undefined;
    },
    provideDebugConfigurations: () => [scenarioConfiguration(last.name)],
  };
  const dynamic: vscode.DebugConfigurationProvider = {
    provideDebugConfigurations: async () => {
      const here = configurationFor(vscode.window.activeTextEditor?.document, last, documents);
      const all = (await scenarios.all()).map(({ name }) => scenarioConfiguration(name));
      return [here, ...all.filter(({ name }) => name !== here.name)];
    },
  };
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(
      debugType,
      resolver,
      vscode.DebugConfigurationProviderTriggerKind.Initial,
    ),
    vscode.debug.registerDebugConfigurationProvider(
      debugType,
      dynamic,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
  );
}

/**
 * The scenario for a document, and where it stops: the one chosen last when it shows a function of the document, else the
 * first that does; at the first function that it shows.
 */
export async function showingDocument(
  { scenario, document }: vscode.DebugConfiguration,
  scenarios: ScenarioList,
  documents: RunnableDocuments,
): Promise<Partial<vscode.DebugConfiguration>> {
  const uri = vscode.Uri.parse(String(document));
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  const names = documents.of(open)?.replacement?.functions.map(({ name }) => name) ?? [];
  const all = await scenarios.all();
  const shown = (shows: readonly string[]): string | undefined => names.find((name) => shows.includes(name));
  const chosen =
    all.find((each) => each.name === scenario && shown(each.shows)) ?? all.find(({ shows }) => shown(shows));
  return chosen ? { ...documentConfiguration(uri, chosen.name), stopAt: shown(chosen.shows) } : {};
}
