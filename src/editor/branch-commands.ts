/**
 * Commands about the lines of time of a run, and about where values come from.
 *
 * In: what the user picks among the branches of the active run, or selects. Out: requests to the adapter; comparisons and
 * origins are shown as text beside the source.
 */
import * as vscode from 'vscode';
import type { LiveRun, LiveRuns } from './live-runs';
import { strings } from './strings';

export function registerBranchCommands(runs: LiveRuns): vscode.Disposable {
  const command = (name: string, act: (run: LiveRun, given: unknown) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(`sockscope.${name}`, async (given: unknown) => {
      const run = runs.active;
      if (!run) {
        void vscode.window.showInformationMessage(strings.noRun());
        return;
      }
      try {
        await act(run, given);
      } catch (error) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    });
  return vscode.Disposable.from(
    command('switchBranch', async (run) => {
      const name = await pickBranch(run, strings.pickBranch());
      if (name !== undefined) {
        await run.request('sockscope/switchBranch', { name });
      }
    }),
    command('undoBranch', async (run) => void (await run.request('sockscope/undoBranch'))),
    command('compareBranches', async (run) => {
      const a = await pickBranch(run, strings.pickBranchToCompare());
      const b = a === undefined ? undefined : await pickBranch(run, strings.pickBranchToCompareWith(a));
      if (b !== undefined) {
        await show(linesOf(await run.request('sockscope/compareBranches', { a, b })));
      }
    }),
    command('origin', async (run, given) => {
      const expression = expressionOf(given) ?? (await vscode.window.showInputBox({ prompt: strings.originPrompt() }));
      if (expression) {
        const frameId =
          vscode.debug.activeStackItem instanceof vscode.DebugStackFrame
            ? vscode.debug.activeStackItem.frameId
            : undefined;
        await show(linesOf(await run.request('sockscope/origin', { expression, frameId })));
      }
    }),
  );
}

async function pickBranch(run: LiveRun, placeHolder: string): Promise<string | undefined> {
  const items = run.session.branches.list().map(({ name, parent, from, clock, isCurrent }) => ({
    label: name,
    description: parent === undefined ? strings.step(clock) : strings.branchFrom(parent, from),
    iconPath: new vscode.ThemeIcon(isCurrent ? 'check' : 'git-branch'),
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.label;
}

/** The variable that a menu was opened on, or what is selected. */
function expressionOf(given: unknown): string | undefined {
  const { variable } = (given ?? {}) as { variable?: { evaluateName?: string } };
  const editor = vscode.window.activeTextEditor;
  const range =
    editor &&
    (editor.selection.isEmpty ? editor.document.getWordRangeAtPosition(editor.selection.active) : editor.selection);
  return variable?.evaluateName ?? (range && editor.document.getText(range));
}

function linesOf(answer: unknown): readonly string[] {
  return (answer as { lines?: readonly string[] } | undefined)?.lines ?? [];
}

async function show(lines: readonly string[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: lines.join('\n'), language: 'plaintext' });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
