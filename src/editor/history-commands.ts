/**
 * Questions to a run's past from the editor: who wrote a variable, where it changes next, all of its changes, and any
 * question that is asked in words.
 *
 * In: a variable of the variables view, what is selected in an editor, or words. Out: a move to the row's moment, or a list
 * whose rows are moves. The debug adapter answers (`history-requests.ts`).
 */
import * as vscode from 'vscode';
import { customRequests } from '../dap/sockscope-debug-session';
import type { ChangeTarget, WireRow } from '../dap/request-table';
import type { LiveRun, LiveRuns } from './live-runs';
import { strings } from './strings';

/** What the variables view hands to a command of its menu. */
interface VariableContext {
  readonly container?: { readonly variablesReference?: number };
  readonly variable?: { readonly name?: string; readonly evaluateName?: string };
}

export function registerHistoryCommands(runs: LiveRuns): vscode.Disposable {
  const command = (name: string, act: (run: LiveRun, given?: VariableContext) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(`sockscope.${name}`, async (given?: VariableContext) => {
      const run = runs.active;
      if (!run) {
        void vscode.window.showInformationMessage(strings.noRun());
        return;
      }
      await act(run, given);
    });
  return vscode.Disposable.from(
    command('whoWrote', (run, given) => nearest(run, 'sockscope/whoWrote', given)),
    command('nextChange', (run, given) => nearest(run, 'sockscope/nextChange', given)),
    command('allChanges', async (run, given) => {
      const target = await targetOf(given);
      if (target) {
        const { rows } = (await asked(run, 'sockscope/changes', target)) as { rows: readonly WireRow[] };
        await choose(run, rows);
      }
    }),
    command('askRun', async (run) => {
      const question = await vscode.window.showInputBox({
        prompt: strings.askPrompt(),
        placeHolder: 'calls(tcp_set_state) where state == TCP_CLOSE',
      });
      if (question) {
        const { rows } = (await asked(run, 'sockscope/ask', { question })) as { rows: readonly WireRow[] };
        await choose(run, rows);
      }
    }),
  );
}

function asked(run: LiveRun, request: string, args: object): Promise<unknown> {
  return Promise.resolve(
    vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: strings.asking() }, () =>
      run.request(request, args),
    ),
  );
}

/** The variable of the menu, the selection or the word in the editor, or what somebody types. */
async function targetOf(given: VariableContext | undefined): Promise<ChangeTarget | undefined> {
  const { container, variable } = given ?? {};
  if (variable?.evaluateName !== undefined) {
    return { expression: variable.evaluateName };
  }
  if (container?.variablesReference !== undefined && variable?.name !== undefined) {
    return { variablesReference: container.variablesReference, name: variable.name };
  }
  const editor = vscode.window.activeTextEditor;
  const range = editor?.selection.isEmpty
    ? editor.document.getWordRangeAtPosition(editor.selection.active, /[A-Za-z_]\w*(?:(?:->|\.)\w+|\[\w+\])*/)
    : editor?.selection;
  const value = editor && range ? editor.document.getText(range) : '';
  const expression = await vscode.window.showInputBox({ prompt: strings.whoPrompt(), value });
  return expression ? { expression } : undefined;
}

async function nearest(run: LiveRun, request: string, given: VariableContext | undefined): Promise<void> {
  const target = await targetOf(given);
  if (!target) {
    return;
  }
  const { found, row } = (await asked(run, request, target)) as { found: string; row?: WireRow };
  if (!row) {
    void vscode.window.showInformationMessage(strings.neverChanged());
    return;
  }
  await run.request(customRequests.travelTo, { clock: row.clock });
  void vscode.window.setStatusBarMessage(found === 'sinceEntry' ? strings.sinceEntry() : row.text, 10_000);
}

/** A list of moments; the chosen one is gone to. */
async function choose(run: LiveRun, rows: readonly WireRow[]): Promise<void> {
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(strings.noRows());
    return;
  }
  const items = rows.map((row) => ({
    label: row.text,
    description: [row.function, row.source?.name && `${row.source.name}:${row.line ?? 0}`].filter(Boolean).join('  '),
    detail: [
      String(row.clock),
      ...(row.process === undefined ? [] : [`${row.process} (${row.pid ?? '?'})`]),
      ...row.values.map(({ expression, value }) => `${expression} = ${value}`),
    ].join('  '),
    row,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: strings.pickRow(rows.length),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked) {
    await run.request(customRequests.travelTo, { clock: picked.row.clock });
  }
}
