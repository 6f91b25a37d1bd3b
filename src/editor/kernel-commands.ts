/**
 * Commands about the kernel as a whole: choose a Linux tree, look at its health, list its functions.
 *
 * In: the folder that `sockscope.kernel` names. Out: the setting, a read-only document with the doctor's lines, a list
 * from which a function's source is opened. Compiling goes on in a thread with progress and Cancel.
 */
import { wordingIn } from '../sentences/wording';
import * as vscode from 'vscode';
import { oneLine } from '../catalog/language';
import { functionKinds } from '../query/words';
import { healthLines } from '../facade/trees';
import { listFunctions, type ListedFunction, type Compiled } from '../facade/program';
import { formatDiagnostic } from '../source/diagnostic';
import { adoptKernel } from './adopt-kernel';
import { hasEntry } from './kernel-folder';
import { withOpeningProgress } from './opening-progress';
import type { RunOpener } from './run-opener';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';

const neverAskKey = 'neverAskForTree';

export function registerKernelCommands(opener: RunOpener, places: SourcePlaces): vscode.Disposable {
  const report = new Report();
  return vscode.Disposable.from(
    report,
    vscode.commands.registerCommand('sockscope.useTree', useTree),
    vscode.commands.registerCommand('sockscope.checkTree', () => checkTree(opener, report)),
    vscode.commands.registerCommand('sockscope.listFunctions', () => pickFunction(opener, places)),
  );
}

/** Offers to run a Linux tree that is open as a folder. Asked once. */
export async function offerTree(state: vscode.Memento): Promise<void> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!root || settings.kernel() !== '' || state.get(neverAskKey, false)) {
    return;
  }
  const isTree =
    (await hasEntry(vscode.Uri.joinPath(root, 'net/ipv4/af_inet.c'))) &&
    (await hasEntry(vscode.Uri.joinPath(root, 'include/net/sock.h')));
  if (!isTree) {
    return;
  }
  const answer = await vscode.window.showInformationMessage(strings.offerTree(), strings.useIt(), strings.notNow());
  await state.update(neverAskKey, true);
  if (answer === strings.useIt()) {
    await adoptKernel('.');
  }
}

async function useTree(): Promise<void> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const here = { label: strings.thisFolder(), detail: root?.path, folder: '.' };
  const other = { label: strings.otherFolder(), detail: undefined, folder: undefined };
  const bundled = { label: strings.bundledKernel(), detail: undefined, folder: '' };
  const picked = await vscode.window.showQuickPick([...(root ? [here] : []), other, bundled], {
    placeHolder: strings.pickTree(),
  });
  if (!picked) {
    return;
  }
  const folder = picked.folder ?? (await askFolder());
  if (folder !== undefined) {
    await adoptKernel(folder);
  }
}

async function askFolder(): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: strings.useIt(),
    })) ?? [];
  return folder && (folder.scheme === 'file' ? folder.fsPath : folder.toString());
}

function compiled(opener: RunOpener): Promise<Compiled> {
  return withOpeningProgress(new AbortController().signal, strings.opening(), (watch) => opener.compile(watch));
}

async function checkTree(opener: RunOpener, report: Report): Promise<void> {
  const folder = settings.kernel();
  if (folder === '') {
    const answer = await vscode.window.showInformationMessage(strings.noTree(), strings.chooseTree());
    if (answer !== undefined) {
      await useTree();
    }
    return;
  }
  const { program, diagnostics, cancelled } = await compiled(opener);
  if (cancelled) {
    return;
  }
  const language = settings.language();
  const health = program ? healthLines(program, folder, diagnostics) : [];
  await report.show(
    [
      folder,
      ...health.map((line) => oneLine(line, language)),
      ...diagnostics.map((each) => formatDiagnostic(each, language)),
    ].join('\n'),
  );
}

/** One read-only document whose text is replaced. */
class Report implements vscode.Disposable {
  private readonly uri = vscode.Uri.from({ scheme: 'sockscope-report', path: '/doctor.txt' });
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private text = '';
  private readonly provider = vscode.workspace.registerTextDocumentContentProvider(this.uri.scheme, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: () => this.text,
  });

  async show(text: string): Promise<void> {
    this.text = `${text}\n`;
    this.changed.fire(this.uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.uri), { preview: true });
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }
}

interface FunctionItem extends vscode.QuickPickItem {
  readonly listed: ListedFunction;
}

const icons: Readonly<Record<ListedFunction['kind'], string>> = {
  compiled: 'symbol-method',
  service: 'server-process',
  missing: 'circle-slash',
  refused: 'error',
};

async function pickFunction(opener: RunOpener, places: SourcePlaces): Promise<void> {
  const { program, diagnostics } = await compiled(opener);
  if (!program) {
    const problem = diagnostics.find(({ severity }) => severity === 'error');
    void vscode.window.showWarningMessage(problem ? wordingIn(problem.message, settings.language()) : strings.noRun());
    return;
  }
  const language = settings.language();
  const order = { refused: 0, missing: 1, service: 2, compiled: 3 } as const;
  const items = listFunctions(program, diagnostics)
    .sort((a, b) => order[a.kind] - order[b.kind])
    .map((listed): FunctionItem => ({
      listed,
      label: `$(${icons[listed.kind]}) ${listed.name}`,
      description: `${oneLine(functionKinds[listed.kind], language)}${listed.file === '' ? '' : ` · ${listed.file}:${listed.line}`}`,
      ...(listed.reason ? { detail: oneLine(listed.reason, language) } : {}),
    }));
  const count = (kind: ListedFunction['kind']): number => items.filter(({ listed }) => listed.kind === kind).length;
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: strings.functionCounts(count('compiled'), count('service'), count('missing'), count('refused')),
    matchOnDescription: true,
  });
  if (picked && picked.listed.line > 0) {
    const at = new vscode.Position(picked.listed.line - 1, 0);
    await vscode.window.showTextDocument(places.uriOf(picked.listed.file), { selection: new vscode.Range(at, at) });
  }
}
