/**
 * Running documents: the offer in the status bar and above the first listing, the command, problems while typing with
 * quick fixes for mends, and word of a change while a run goes on with the earlier text.
 *
 * In: open texts in which something can run. Out: debug sessions with their functions, problems, edits. Nothing of a
 * document is ever shown as HTML, and nothing is asked: the offer is an item and a lens, not a message.
 */
import * as vscode from 'vscode';
import type { Mend } from '../document/document-model';
import { documentConfiguration, showingDocument, type LastScenario } from './debug-configurations';
import { isNotes, noteDocuments, type RunnableDocuments } from './documents';
import type { LiveRuns } from './live-runs';
import { rangeOfSpan } from './places';
import type { Problems } from './problems';
import type { ScenarioList } from './scenario-list';
import { strings } from './strings';
import { watchDocuments } from './watched-documents';

/** Problems are looked for again this long after the last keystroke. */
const typingPause = 400;

export interface DocumentSupportParts {
  readonly documents: RunnableDocuments;
  readonly problems: Problems;
  readonly runs: LiveRuns;
  readonly scenarios: ScenarioList;
  readonly last: LastScenario;
}

export function registerDocumentSupport(parts: DocumentSupportParts): vscode.Disposable {
  const { documents, problems } = parts;
  const offer = vscode.window.createStatusBarItem('sockscope.document', vscode.StatusBarAlignment.Left, 49);
  offer.name = strings.runDocument();
  offer.command = 'sockscope.runDocument';
  const show = (): void => {
    const found = documents.of(vscode.window.activeTextEditor?.document);
    void vscode.commands.executeCommand('setContext', 'sockscope.isDocument', found !== undefined);
    if (!found) {
      offer.hide();
      return;
    }
    offer.text = `$(debug-alt) ${strings.runDocument()}`;
    offer.tooltip = strings.runDocumentTooltip(found.replacement?.functions.length ?? 0);
    offer.show();
  };
  const check = (document: vscode.TextDocument): void => {
    const found = documents.of(document);
    if (isNotes(document)) {
      problems.show(document.uri.toString(), found?.diagnostics ?? []);
    }
    if (document === vscode.window.activeTextEditor?.document) {
      show();
    }
  };
  const watching = watchDocuments({
    concerns: isNotes,
    check,
    closed: ({ uri }) => problems.forget(uri.toString()),
    pause: typingPause,
  });
  show();
  return vscode.Disposable.from(
    offer,
    vscode.window.onDidChangeActiveTextEditor(show),
    watching,
    vscode.commands.registerCommand('sockscope.runDocument', (uri?: vscode.Uri) => runDocument(uri, parts)),
    vscode.languages.registerCodeLensProvider(noteDocuments, { provideCodeLenses: (each) => lenses(each, documents) }),
    vscode.languages.registerCodeActionsProvider(
      noteDocuments,
      { provideCodeActions: (document, range) => fixes(document, range, documents) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    tellOfChanges(parts),
  );
}

async function runDocument(given: vscode.Uri | undefined, parts: DocumentSupportParts): Promise<void> {
  const { documents, scenarios, last, problems } = parts;
  const document =
    given instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(given)
      : vscode.window.activeTextEditor?.document;
  const found = document && documents.reading(document);
  if (!document || !found?.replacement) {
    if (document && found) {
      problems.show(document.uri.toString(), found.diagnostics);
    }
    void vscode.window.showInformationMessage(strings.noDocument());
    return;
  }
  const plain = documentConfiguration(document.uri, last.name);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.debug.startDebugging(folder, { ...plain, ...(await showingDocument(plain, scenarios, documents)) });
}

/** One above the first function that runs. */
function lenses(document: vscode.TextDocument, documents: RunnableDocuments): vscode.CodeLens[] {
  const first = documents.of(document)?.replacement?.functions[0];
  if (!first) {
    return [];
  }
  const at = document.positionAt(first.start);
  return [
    new vscode.CodeLens(new vscode.Range(at, at), {
      title: `$(debug-alt) ${strings.runDocument()}`,
      command: 'sockscope.runDocument',
      arguments: [document.uri],
    }),
  ];
}

/** What was mended in code can be written so: one place, or all of them. */
function fixes(document: vscode.TextDocument, range: vscode.Range, documents: RunnableDocuments): vscode.CodeAction[] {
  const mends = (documents.of(document)?.document.mends ?? []).filter(isSign);
  const here = mends.filter(({ span }) => rangeOfSpan(span).intersection(range) !== undefined);
  if (here.length === 0) {
    return [];
  }
  const signs = [...new Set(here.map(({ replacement }) => replacement))].join(' ');
  const actions = [action(document, strings.mendOne(signs), here)];
  return mends.length > here.length ? [...actions, action(document, strings.mendAll(mends.length), mends)] : actions;
}

/** Signs of word processors; what a listing is wrapped in stays as it is. */
function isSign({ inCode, kind }: Mend): boolean {
  return inCode && /^(?:dash|minus|curly-quote|full-width|full-stop|wide-space|no-break-space|zero-width)$/.test(kind);
}

function action(document: vscode.TextDocument, title: string, mends: readonly Mend[]): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.edit = new vscode.WorkspaceEdit();
  for (const { span, replacement } of mends) {
    made.edit.replace(document.uri, rangeOfSpan(span), replacement);
  }
  return made;
}

/** Says once a run that its document has changed. */
function tellOfChanges({ runs }: DocumentSupportParts): vscode.Disposable {
  const told = new Set<string>();
  return vscode.workspace.onDidChangeTextDocument(async ({ document, contentChanges }) => {
    const run = runs.active;
    const { debugSession, launch } = run ?? {};
    if (!debugSession || launch?.document === undefined || contentChanges.length === 0 || told.has(debugSession.id)) {
      return;
    }
    const { configuration } = debugSession;
    if (vscode.Uri.parse(String(configuration.document)).toString() !== document.uri.toString()) {
      return;
    }
    told.add(debugSession.id);
    const again = strings.runAgain();
    const name = document.uri.path.replace(/^.*\//, '');
    const answer = await vscode.window.showInformationMessage(strings.documentChanged(name), again);
    if (answer === again) {
      await vscode.commands.executeCommand('sockscope.runDocument', document.uri);
    }
  });
}
