/**
 * Everything the extension registers, in one place: the same for Node and the browser.
 *
 * In: the extension's context and what differs between hosts. Out: registrations in `context.subscriptions`. Nothing is
 * compiled or read here; each part does so when it is first used.
 */
import * as vscode from 'vscode';
import { statementsRan } from '../facade/coverage-lines';
import { registerDebugAdapter } from './adapter-factory';
import { registerAgentTools } from './agent-tools';
import { registerBranchCommands } from './branch-commands';
import { kernelScheme } from './bundled-sources';
import { CallHierarchy, registerCallHierarchy } from './call-hierarchy';
import { nameBundledHeadersC, openInspectorOnStart, registerCommands, type CommandParts } from './commands';
import { registerCompareFunction } from './compare-function';
import { registerCopyKernel } from './copy-kernel';
import { LastScenario, registerDebugConfigurations } from './debug-configurations';
import { registerDocumentColours } from './document-colours';
import { registerDocumentSupport, type DocumentSupportParts } from './document-support';
import { RunnableDocuments } from './documents';
import { registerExportPage } from './export-page';
import { registerHowToGetHere } from './how-to-get-here';
import { InspectorFeed } from './inspector-feed';
import { InspectorPanel } from './inspector-panel';
import { registerInlineValues } from './inline-values';
import { keptImages } from './kept-images';
import { keepRun, resumeRun } from './kept-run';
import { offerTree, registerKernelCommands } from './kernel-commands';
import { KernelFileSystem } from './kernel-file-system';
import { KernelLenses } from './kernel-lenses';
import { registerKernelProviders } from './kernel-providers';
import { Knowledge } from './knowledge';
import { LiveRuns } from './live-runs';
import { Log } from './log';
import { MediaFiles } from './media-files';
import { NameAnswers, registerNameProviders } from './name-providers';
import { registerNewDocument } from './new-document';
import { offerNextMoves } from './next-moves';
import { NoteThreads } from './note-threads';
import { problemsOfClosedPacks, registerPackSupport } from './pack-support';
import type { Platform } from './platform';
import { Problems } from './problems';
import { RunOpener } from './run-opener';
import { ScenarioList } from './scenario-list';
import { settings } from './settings';
import { checkSettings } from './settings-check';
import { SourcePlaces } from './source-places';
import { registerScriptSupport } from './script-support';
import { StartPanel } from './start-panel';
import { openIntroduction, openStartIfAsked } from './start-page';
import { StatusBar } from './status-bar';
import { StoryGuide } from './story-guide';
import { strings } from './strings';
import { registerTestView } from './test-view';
import { TreeIndex } from './tree-index';

export function activateEditor(context: vscode.ExtensionContext, platform: Platform): Promise<void> {
  const began = performance.now();
  settings.keepChoicesIn(context.workspaceState);
  const log = new Log();
  const media = new MediaFiles(context.extensionUri);
  const places = new SourcePlaces();
  const problems = new Problems(places);
  const documents = new RunnableDocuments(places);
  const store = keptImages(context, platform, log);
  const opener = new RunOpener({ media, problems, places, platform, store, documents, log });
  const scenarios = new ScenarioList(media);
  const last = new LastScenario(context.workspaceState);
  const runs = new LiveRuns();
  const knowledge = new Knowledge(
    media,
    places,
    documents,
    async () => (await opener.compile()).program,
    (macro) => opener.reader(macro),
    () => platform.breathe(),
    (wrong) => problems.show('packs', problemsOfClosedPacks(wrong, places)),
  );
  const index = new TreeIndex(media, places, platform, store, log);
  const names = new NameAnswers({ index, runs, places, documents });
  const feed = new InspectorFeed(knowledge, scenarios);
  const story = new StoryGuide(runs, media, places);
  const start = new StartPanel(scenarios, context.extensionUri, context.globalState);
  const inspector = new InspectorPanel(context.extensionUri, runs, feed, places, story);

  context.subscriptions.push(
    ...[log, problems, runs, knowledge, feed, story, inspector, index],
    registerNameProviders(names),
    registerCallHierarchy(new CallHierarchy(names, places, runs)),
    followRuns(runs, opener, knowledge),
    settings.onKernelChange(() => void opener.place().then(() => knowledge.forgetProgram())),
    ...sources(media, knowledge, runs, scenarios, places, documents, names, opener),
    ...starting({ media, scenarios, runs, inspector, last, documents, opener, places, problems, platform, log }),
    start,
    openIntroduction(),
    registerExportPage({ runs, opener, story, knowledge, breathe: () => platform.breathe() }),
    registerPackSupport({ knowledge, problems, places, scenarios }),
    new NoteThreads({ knowledge, runs, places, documents }),
    registerNewDocument(opener, knowledge),
    registerTestView({ opener, scenarios, places, breathe: () => platform.breathe() }),
    registerScriptSupport(problems, places),
    registerAgentTools(context, platform.agentTools),
    ...[new StatusBar(runs), offerNextMoves(runs), keepRun(runs, context.workspaceState)],
    openInspectorOnStart(inspector),
    checkSettings(context.extension, log),
  );
  opener.place().catch((error: unknown) => log.error(strings.logKernelFolder(), error));
  offerTree(context.workspaceState).catch((error: unknown) => log.error(strings.logKernelTree(), error));
  resumeRun(runs, context.workspaceState).catch((error: unknown) => log.error(strings.logResumed(), error));
  openStartIfAsked(scenarios, last, knowledge)
    .then((isAsked) => start.showOnce(isAsked))
    .catch((error: unknown) => log.error(strings.logStartPage(), error));
  log.info(strings.logActivated(versionOf(context), Math.round(performance.now() - began)));
  return Promise.resolve();
}

/** Notes and names belong to the program of the run that is on show. */
function followRuns(runs: LiveRuns, opener: RunOpener, knowledge: Knowledge): vscode.Disposable {
  return runs.onActiveChange((run) => {
    const program = run && opener.programOf(run.session);
    if (program) {
      knowledge.setProgram(program);
    }
  });
}

/** What is shown in and over the kernel's C. */
function sources(
  media: MediaFiles,
  knowledge: Knowledge,
  runs: LiveRuns,
  scenarios: ScenarioList,
  places: SourcePlaces,
  documents: RunnableDocuments,
  names: NameAnswers,
  opener: RunOpener,
): vscode.Disposable[] {
  return [
    vscode.workspace.registerFileSystemProvider(kernelScheme, new KernelFileSystem(media), {
      isReadonly: true,
      isCaseSensitive: true,
    }),
    nameBundledHeadersC(),
    registerKernelProviders(knowledge, runs, places, documents, names),
    registerInlineValues(
      runs,
      places,
      (path, first, last) => names.variables(path, first, last),
      (session, { functionId }) => {
        const program = opener.programOf(session);
        return program ? statementsRan(program, session.coverage(), functionId) : [];
      },
    ),
    new KernelLenses(knowledge, scenarios, runs, places, documents),
    registerDocumentColours(documents),
  ];
}

/** What opens a run, a kernel or a document: the debug type and the commands. */
function starting(
  parts: CommandParts &
    DocumentSupportParts & {
      readonly opener: RunOpener;
      readonly places: SourcePlaces;
      readonly platform: Platform;
      readonly log: Log;
    },
): vscode.Disposable[] {
  const { media, scenarios, runs, last, documents, opener, places, platform, log } = parts;
  return [
    registerDebugAdapter(opener, runs, places, platform, log),
    registerDebugConfigurations(scenarios, last, documents, runs),
    registerCommands(parts),
    registerBranchCommands(runs),
    registerDocumentSupport(parts),
    registerCompareFunction(opener, documents),
    registerCopyKernel(media),
    registerKernelCommands(opener, places),
    registerHowToGetHere(opener, media, places, documents, () => platform.breathe()),
  ];
}

function versionOf(context: vscode.ExtensionContext): string {
  return (context.extension.packageJSON as { version: string }).version;
}
