/**
 * Code lenses in kernel C: above a function the scenarios that show it, above the current statement its note.
 *
 * In: a document, the scenario list, the stop. Out: lenses with commands. Notes stand in lenses because VS Code hides
 * documentation hovers while it is debugging.
 */
import * as vscode from 'vscode';
import { oneLine } from '../catalog/language';
import type { StackFrame } from '../facade/session';
import { functionsOf } from './compare-function';
import type { RunnableDocuments } from './documents';
import { isKernelSource } from './kernel-providers';
import type { Knowledge } from './knowledge';
import type { LiveRuns } from './live-runs';
import { explainedDocuments, rangeIn, rangeOfSpan } from './places';
import type { ScenarioList } from './scenario-list';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

/** Scenarios named above a function; the rest is behind "more…". */
const mostNamed = 3;

export class KernelLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly knowledge: Knowledge,
    private readonly scenarios: ScenarioList,
    private readonly runs: LiveRuns,
    private readonly places: SourcePlaces,
    private readonly documents: RunnableDocuments,
  ) {
    const again = (): void => this.changed.fire();
    this.subscriptions = [
      this.changed,
      runs.onStop(again),
      runs.onActiveChange(again),
      knowledge.onChange(again),
      settings.onChange(again),
      vscode.languages.registerCodeLensProvider(explainedDocuments, this),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!isKernelSource(document, this.runs, this.places, this.documents)) {
      return [];
    }
    const [scenarioLenses, noteLenses] = [
      settings.scenarioLenses() ? await this.scenarioLenses(document) : [],
      settings.noteLenses() ? await this.noteLenses(document) : [],
    ];
    return [...scenarioLenses, ...this.compareLenses(document), ...noteLenses];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private async scenarioLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const query = await this.knowledge.query();
    const lenses: vscode.CodeLens[] = [];
    for (const { name, nameStart, nameEnd } of query.annotatedFile(this.knowledge.fileOf(document)).functions) {
      const range = rangeIn(document, nameStart, nameEnd);
      const showing = await this.scenarios.showing(name);
      for (const scenario of showing.slice(0, mostNamed)) {
        lenses.push(
          new vscode.CodeLens(range, {
            title: `$(debug-alt) ${strings.runScenarioLens(scenario.name)}`,
            tooltip: oneLine(scenario.title, settings.language()),
            command: 'sockscope.runScenario',
            arguments: [scenario.name, { stopAt: name, ...this.extra(document) }],
          }),
        );
      }
      if (showing.length > mostNamed) {
        lenses.push(
          new vscode.CodeLens(range, {
            title: strings.moreScenariosLens(showing.length - mostNamed),
            command: 'sockscope.runScenario',
            arguments: [showing.map((each) => each.name), { stopAt: name, ...this.extra(document) }],
          }),
        );
      }
    }
    return lenses;
  }

  /** Above each function of a document: what the kernel has in its place. */
  private compareLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return functionsOf(document, this.documents).map(
      ({ name, nameSpan }) =>
        new vscode.CodeLens(rangeOfSpan(nameSpan), {
          title: `$(diff) ${strings.compareFunction()}`,
          command: 'sockscope.compareFunction',
          arguments: [document.uri, name],
        }),
    );
  }

  /** A document's lenses run the document. */
  private extra(document: vscode.TextDocument): { readonly document?: string } {
    return this.documents.of(document) ? { document: document.uri.toString() } : {};
  }

  /** The notes of the statement where the machine stands, in the document on show. */
  private async noteLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const frame = this.currentFrame();
    if (frame?.path !== this.places.pathOf(document.uri)) {
      return [];
    }
    const query = await this.knowledge.query();
    const range = rangeIn(document, frame.start, frame.end);
    return query.notesForStatement(frame.path, frame.start, frame.end).map(
      (note) =>
        new vscode.CodeLens(range, {
          title: `$(comment) ${oneLine(note.text, settings.language()).replace(/`/g, '')}`,
          tooltip: oneLine(note.title, settings.language()),
          command: 'sockscope.openInspector',
        }),
    );
  }

  private currentFrame(): StackFrame | undefined {
    const session = this.runs.active?.session;
    return session && session.stop.thread >= 0 ? session.stack(session.stop.thread)[0] : undefined;
  }
}
