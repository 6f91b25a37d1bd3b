/**
 * "Compare With the Kernel's Function": VS Code's diff editor, the function of the kernel in use on the left, the document's
 * on the right.
 *
 * In: a document, and the name of one of its functions; without a name the one around the cursor, or one that is chosen.
 * Out: two read-only texts of C. Both begin with the same words about what differs, so that those count as no difference.
 */
import * as vscode from 'vscode';
import { oneLine } from '../catalog/language';
import type { DocumentFunction } from '../document/document-model';
import { functionsInC, type FunctionInC, type Program } from '../facade/program';
import { changeLines, differenceText, functionDifference } from '../query/document-differences';
import { SourceFile } from '../source/source-file';
import { isNotes, noteDocuments, type RunnableDocuments } from './documents';
import { withOpeningProgress } from './opening-progress';
import type { RunOpener } from './run-opener';
import { settings } from './settings';
import { strings } from './strings';

const scheme = 'sockscope-compare';
/** So many lines about single statements leave the functions in sight. */
const mostLines = 8;

export function registerCompareFunction(opener: RunOpener, documents: RunnableDocuments): vscode.Disposable {
  const texts = new ComparedTexts();
  const action = (document: vscode.TextDocument, { start }: vscode.Range): vscode.CodeAction[] => {
    const found = functionsOf(document, documents).find((each) => isAround(each, document.offsetAt(start)));
    const made = new vscode.CodeAction(strings.compareFunction(), vscode.CodeActionKind.Refactor);
    made.command = found && {
      title: strings.compareFunction(),
      command: 'sockscope.compareFunction',
      arguments: [document.uri, found.name],
    };
    return found ? [made] : [];
  };
  return vscode.Disposable.from(
    texts,
    vscode.commands.registerCommand('sockscope.compareFunction', async (given?: vscode.Uri, name?: string) => {
      const document = given instanceof vscode.Uri ? await vscode.workspace.openTextDocument(given) : activeNotes();
      const chosen = document && (await chooseFunction(document, name, documents));
      if (document && chosen) {
        await compare(document, chosen, opener, texts);
      }
    }),
    vscode.languages.registerCodeActionsProvider(
      noteDocuments,
      { provideCodeActions: action },
      { providedCodeActionKinds: [vscode.CodeActionKind.Refactor] },
    ),
  );
}

function activeNotes(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isNotes(document) ? document : undefined;
}

/** Functions of the document that a kernel may have, whether they run or not. */
export function functionsOf(document: vscode.TextDocument, documents: RunnableDocuments): readonly DocumentFunction[] {
  return documents.of(document)?.document.functions ?? [];
}

function isAround({ span }: DocumentFunction, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

async function chooseFunction(
  document: vscode.TextDocument,
  name: string | undefined,
  documents: RunnableDocuments,
): Promise<DocumentFunction | undefined> {
  const all = documents.reading(document).document.functions;
  if (all.length === 0) {
    void vscode.window.showInformationMessage(strings.nothingToCompare());
    return undefined;
  }
  if (name !== undefined) {
    return all.find((each) => each.name === name && each.runs) ?? all.find((each) => each.name === name);
  }
  const editor = vscode.window.activeTextEditor;
  const at = editor?.document === document ? document.offsetAt(editor.selection.active) : -1;
  const around = all.find((each) => isAround(each, at));
  if (around) {
    return around;
  }
  const items = all.map((each) => ({
    label: each.name,
    description: `${document.positionAt(each.span.start).line + 1}`,
    each,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: strings.pickToCompare() }))?.each;
}

async function compare(
  document: vscode.TextDocument,
  own: DocumentFunction,
  opener: RunOpener,
  texts: ComparedTexts,
): Promise<void> {
  const { program, cancelled } = await withOpeningProgress(new AbortController().signal, strings.opening(), (watch) =>
    opener.compile(watch),
  );
  if (cancelled) {
    return;
  }
  const kernel = program && kernelFunction(program, own.name, document.getText().slice(0, own.span.start));
  if (!kernel) {
    void vscode.window.showInformationMessage(strings.notInKernel(own.name));
    return;
  }
  // The document's C as it is compiled: with its mends, at its own places.
  const before = own.span.file.text.slice(0, own.span.start).replace(/[^\r\n]/g, ' ');
  const c = new SourceFile(own.span.file.path, before + own.code);
  const difference = functionDifference(own.name, kernel, { file: c, start: own.span.start, end: own.span.end });
  const lines = changeLines(difference);
  const words = [
    oneLine(differenceText(difference), settings.language()),
    ...lines.slice(0, mostLines),
    ...(lines.length > mostLines ? ['…'] : []),
  ];
  const head = words.map((line) => `// ${line}\n`).join('');
  const name = document.uri.path.replace(/^.*\//, '');
  const left = texts.show(
    'kernel',
    kernel.file.path,
    own.name,
    `${head}\n${kernel.file.text.slice(kernel.start, kernel.end)}\n`,
  );
  const right = texts.show('document', name, own.name, `${head}\n${own.code.replace(/[ \t]+$/gm, '')}\n`);
  const title = strings.compareTitle(own.name, kernel.file.path, name);
  await vscode.commands.executeCommand('vscode.diff', left, right, title);
}

/** The kernel's function; of several the one whose file the document names last before its own. */
function kernelFunction(program: Program, name: string, before: string): FunctionInC | undefined {
  const all = functionsInC(program, name);
  const named = (each: FunctionInC): number => before.lastIndexOf(each.file.path.replace(/^.*\//, ''));
  return [...all].sort((a, b) => named(b) - named(a))[0];
}

/** The two sides as read-only documents. */
class ComparedTexts implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly texts = new Map<string, string>();
  private readonly provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.changed.event,
    provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? '',
  });

  show(side: 'kernel' | 'document', path: string, name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${side}/${path}/${name}.c` });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }
}
