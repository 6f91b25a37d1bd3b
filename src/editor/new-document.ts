/**
 * "New Annotated Document": Markdown with functions of the kernel in use and our notes on them, which runs at once.
 *
 * In: functions that a person chooses, a file name. Out: a new file in the workspace, or an untitled text where there is no
 * folder that can be written to. Nothing that exists is overwritten.
 */
import * as vscode from 'vscode';
import { functionsInC, type FunctionInC } from '../facade/program';
import { composeDocument } from '../query/compose-document';
import type { Knowledge } from './knowledge';
import { withOpeningProgress } from './opening-progress';
import type { RunOpener } from './run-opener';
import { settings } from './settings';
import { strings } from './strings';

export function registerNewDocument(opener: RunOpener, knowledge: Knowledge): vscode.Disposable {
  return vscode.commands.registerCommand('sockscope.newDocument', async (names?: readonly string[]) => {
    const { program } = await withOpeningProgress(new AbortController().signal, strings.opening(), (watch) =>
      opener.compile(watch),
    );
    if (!program) {
      await vscode.commands.executeCommand('sockscope.checkTree');
      return;
    }
    const all = functionsInC(program);
    const chosen = Array.isArray(names) ? all.filter(({ name }) => names.includes(name)) : await chooseFunctions(all);
    if (chosen.length === 0) {
      return;
    }
    knowledge.setProgram(program);
    const folder = settings.kernel();
    const text = composeDocument(chosen, await knowledge.query(), {
      language: settings.language(),
      kernel:
        folder === ''
          ? { en: 'the kernel that SockScope brings along', zh: ' SockScope 自带的内核' }
          : { en: `the kernel in ${folder}`, zh: ` ${folder} 里的内核` },
    });
    await open(text, chosen[0]?.name ?? '');
  });
}

interface FunctionItem extends vscode.QuickPickItem {
  readonly each: FunctionInC;
}

async function chooseFunctions(all: readonly FunctionInC[]): Promise<readonly FunctionInC[]> {
  const items = all.map((each): FunctionItem => ({ label: each.name, description: each.file.path, each }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    placeHolder: strings.pickFunctions(),
  });
  return (picked ?? []).map(({ each }) => each);
}

/** Shows the text as a file of the workspace's folder under a name that is free, or as an untitled one. */
async function open(text: string, first: string): Promise<void> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (root && vscode.workspace.fs.isWritableFileSystem(root.scheme) !== false) {
    const name = await askName(root, first);
    if (name === undefined) {
      return;
    }
    const uri = vscode.Uri.joinPath(root, name);
    const edit = new vscode.WorkspaceEdit();
    // Fails where the file exists by now.
    edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) });
    if (await vscode.workspace.applyEdit(edit)) {
      await vscode.window.showTextDocument(uri);
      return;
    }
    void vscode.window.showWarningMessage(strings.documentExists(name));
    return;
  }
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'markdown', content: text }),
  );
}

async function askName(root: vscode.Uri, first: string): Promise<string | undefined> {
  const exists = async (name: string): Promise<boolean> =>
    vscode.workspace.fs.stat(vscode.Uri.joinPath(root, name)).then(
      () => true,
      () => false,
    );
  let value = `${first}.md`;
  for (let number = 2; await exists(value); number++) {
    value = `${first}-${number}.md`;
  }
  const answer = await vscode.window.showInputBox({
    prompt: strings.documentName(),
    value,
    validateInput: async (typed) => {
      const name = typed.trim();
      if (!/^[^/\\:*?"<>|]+\.md$/i.test(name) || name.startsWith('.')) {
        return strings.notAFileName();
      }
      return (await exists(name)) ? strings.documentExists(name) : undefined;
    },
  });
  return answer?.trim();
}
