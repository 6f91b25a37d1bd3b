/**
 * The Test view: scenarios and scripts as tests, to run, to debug, to run again on every save, with the kernel's C that
 * they execute as coverage; and the tests that execute the line under the cursor.
 *
 * In: requests of VS Code's. Out: verdicts of `facade/check-script.ts`, which the command line gives too; one program for
 * all tests of a request, a fresh machine for each.
 */
import * as vscode from 'vscode';
import { playScript, type PlayedScript } from '../facade/check-script';
import { runsCovering } from '../facade/coverage-lines';
import type { Program } from '../facade/program';
import { SourceFile } from '../source/source-file';
import { scenarioConfiguration } from './debug-configurations';
import { debugType } from './live-runs';
import type { RunOpener } from './run-opener';
import type { ScenarioList } from './scenario-list';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';
import { RunCoverage, type TestTrace } from './test-coverage';
import { failureMessage } from './test-failure';
import { keepItems, scenarioOf, scriptsOf } from './test-items';

export interface TestViewParts {
  readonly opener: RunOpener;
  readonly scenarios: ScenarioList;
  readonly places: SourcePlaces;
  readonly breathe: () => Promise<void>;
}

export function registerTestView(parts: TestViewParts): vscode.Disposable {
  const tests = vscode.tests.createTestController('sockscope', 'SockScope');
  const view = new TestView(tests, parts);
  const { Run, Debug, Coverage } = vscode.TestRunProfileKind;
  const profile = (
    name: string,
    kind: vscode.TestRunProfileKind,
    run: (request: vscode.TestRunRequest, cancel: vscode.CancellationToken) => unknown,
  ): vscode.TestRunProfile =>
    tests.createRunProfile(name, kind, async (request, cancel) => void (await run(request, cancel)), true);
  const plain = profile(strings.testsRun(), Run, (request, cancel) => view.run(request, cancel, false));
  plain.supportsContinuousRun = true;
  const debug = profile(strings.testsDebug(), Debug, (request) => view.debug(request));
  const coverage = profile(strings.testsCoverage(), Coverage, (request, cancel) => view.run(request, cancel, true));
  coverage.supportsContinuousRun = true;
  coverage.loadDetailedCoverage = (_run, file) => Promise.resolve(view.coverage?.of(file) ?? []);
  // Coverage of one test is asked for from VS Code 1.94 on.
  Object.assign(coverage, {
    loadDetailedCoverageForTest: (_run: unknown, file: vscode.FileCoverage, item: vscode.TestItem) =>
      Promise.resolve(view.coverage?.of(file, item) ?? []),
  });
  return vscode.Disposable.from(
    tests,
    plain,
    debug,
    coverage,
    keepItems(tests, parts.scenarios),
    vscode.commands.registerCommand('sockscope.testsHere', () => view.testsHere()),
  );
}

class TestView {
  /** Of the run that was the last to measure it. */
  coverage: RunCoverage | undefined;

  constructor(
    private readonly tests: vscode.TestController,
    private readonly parts: TestViewParts,
  ) {}

  async run(request: vscode.TestRunRequest, cancel: vscode.CancellationToken, withCoverage: boolean): Promise<void> {
    await this.once(request, cancel, withCoverage);
    if (!request.continuous) {
      return;
    }
    const saved = vscode.workspace.onDidSaveTextDocument(async ({ uri }) => {
      const scripts = await scriptsOf(this.tests, request);
      const changed = scripts.filter((item) => item.uri?.toString() === uri.toString());
      const meant = this.parts.places.isOwn(uri) ? scripts : changed;
      if (meant.length > 0) {
        await this.once(new vscode.TestRunRequest(meant, undefined, request.profile), cancel, withCoverage);
      }
    });
    cancel.onCancellationRequested(() => saved.dispose());
  }

  async debug(request: vscode.TestRunRequest): Promise<void> {
    const [item] = await scriptsOf(this.tests, request);
    if (!item?.uri) {
      return;
    }
    const scenario = scenarioOf(item);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    await vscode.debug.startDebugging(
      folder,
      scenario !== undefined
        ? scenarioConfiguration(scenario)
        : { type: debugType, request: 'launch', name: `SockScope: ${item.label}`, program: item.uri.toString() },
    );
  }

  /** Lists the tests that execute the line under the cursor; they are run first when no coverage is at hand. */
  async testsHere(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const coverage = editor && (this.coverage ?? (await this.covered()));
    if (!coverage) {
      void vscode.window.showInformationMessage(strings.placeCursor());
      return;
    }
    const { program, traces } = coverage;
    const path = this.parts.places.pathOf(editor.document.uri);
    const runs = runsCovering(
      program,
      traces.map(({ covered }) => covered),
      path,
      editor.selection.active.line + 1,
    );
    const items = runs.flatMap((index) => {
      const item = traces[index]?.item;
      return item ? [{ label: item.label, description: item.description ?? '', item }] : [];
    });
    if (items.length === 0) {
      void vscode.window.showInformationMessage(strings.noTestsHere());
      return;
    }
    const picked = await vscode.window.showQuickPick(items, { placeHolder: strings.testsHere(items.length) });
    if (picked) {
      await this.debug(new vscode.TestRunRequest([picked.item]));
    }
  }

  /** Runs every test for its coverage. */
  private async covered(): Promise<RunCoverage | undefined> {
    const options = { location: vscode.ProgressLocation.Notification, title: strings.searching(), cancellable: true };
    await vscode.window.withProgress(options, (_progress, cancel) =>
      this.once(new vscode.TestRunRequest(), cancel, true),
    );
    return this.coverage;
  }

  private async once(
    request: vscode.TestRunRequest,
    cancel: vscode.CancellationToken,
    withCoverage: boolean,
  ): Promise<void> {
    const items = await scriptsOf(this.tests, request);
    const run = this.tests.createTestRun(request);
    items.forEach((item) => run.enqueued(item));
    const { program } = await this.parts.opener.compile();
    const traces: TestTrace[] = [];
    for (const item of program ? items : []) {
      if (cancel.isCancellationRequested || run.token.isCancellationRequested) {
        run.skipped(item);
        continue;
      }
      run.started(item);
      const began = performance.now();
      const gone = (): boolean => cancel.isCancellationRequested || run.token.isCancellationRequested;
      const played = program && (await this.play(item, program, gone));
      if (played) {
        traces.push({ item, covered: played.covered });
        await this.tell(run, item, played, performance.now() - began);
      }
    }
    if (!program) {
      items.forEach((item) => run.errored(item, new vscode.TestMessage(strings.testsNoKernel())));
    } else if (withCoverage) {
      this.coverage = new RunCoverage(program, traces, this.parts.places);
      this.coverage.files().forEach((file) => run.addCoverage(file));
    }
    run.end();
  }

  private async play(item: vscode.TestItem, program: Program, gone: () => boolean): Promise<PlayedScript | undefined> {
    const text = item.uri && (await textOf(item.uri));
    if (text === undefined || !item.uri) {
      return undefined;
    }
    const file = new SourceFile(this.parts.places.pathOf(item.uri), text);
    const options = { macros: new Map<string, string>(), rewrites: [], budget: settings.stepBudget() };
    return playScript(file, program, options, async () => {
      await this.parts.breathe();
      return gone();
    });
  }

  private async tell(run: vscode.TestRun, item: vscode.TestItem, played: PlayedScript, ms: number): Promise<void> {
    if (played.result.passed || !item.uri) {
      run.passed(item, ms);
      return;
    }
    const scenario = scenarioOf(item);
    const launch = {
      kernel: settings.kernel() || undefined,
      ...(scenario === undefined ? { program: item.uri.toString() } : { scenario }),
    };
    const replay = async () => (await this.parts.opener.openQuietly(launch)).session;
    const message = await failureMessage(played, item.uri, this.parts.places, replay);
    if (played.result.refused) {
      run.errored(item, message, ms);
    } else {
      run.failed(item, message, ms);
    }
  }
}

/** A script's text, unsaved changes included. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  try {
    return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
