/**
 * What a workspace with `.sockscope/start.json` shows first: the bundled `af_inet.c` and a scenario made ready for F5. And
 * the text that introduces a newcomer, in the language of notes.
 *
 * In: that file, `{ "scenario": "tcp-socket", "file"?: "net/ipv4/af_inet.c", "function"?: "inet_create" }`, as `npm
 * start` and teachers write it. Out: an open editor with the function in view. A malformed file counts as an empty one.
 */
import * as vscode from 'vscode';
import { bundledUri } from './bundled-sources';
import type { LastScenario } from './debug-configurations';
import type { Knowledge } from './knowledge';
import { readRegularFile } from './regular-file';
import type { ScenarioList } from './scenario-list';
import { settings } from './settings';

const startFile = '.sockscope/start.json';
const largestStart = 10_000;

interface Start {
  readonly scenario: string;
  readonly file: string;
  readonly function: string;
}

const usual: Start = { scenario: 'tcp-socket', file: 'net/ipv4/af_inet.c', function: 'inet_create' };

/** Opens the file that the workspace asks for; whether it asks. */
export async function openStartIfAsked(
  scenarios: ScenarioList,
  last: LastScenario,
  knowledge: Knowledge,
): Promise<boolean> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const bytes = await readRegularFile(vscode.Uri.joinPath(folder.uri, startFile), largestStart);
    if (bytes) {
      await openStart(scenarios, last, knowledge, readStart(new TextDecoder().decode(bytes)));
      return true;
    }
  }
  return false;
}

/** The command that opens the introduction: an annotated document that runs. */
export function openIntroduction(): vscode.Disposable {
  return vscode.commands.registerCommand('sockscope.openIntroduction', async () => {
    const language = settings.language() === 'en' ? '' : '.zh-CN';
    const document = await vscode.workspace.openTextDocument(bundledUri(`documents/a-socket-is-born${language}.md`));
    await vscode.window.showTextDocument(document, { preview: false });
  });
}

/** Shows the function and makes the scenario the one that F5 runs. */
async function openStart(
  scenarios: ScenarioList,
  last: LastScenario,
  knowledge: Knowledge,
  start: Start,
): Promise<void> {
  if (await scenarios.find(start.scenario)) {
    last.set(start.scenario);
  }
  const document = await vscode.workspace.openTextDocument(bundledUri(start.file));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const begun = editor.selection;
  const { functions } = (await knowledge.query()).annotatedFile(knowledge.fileOf(document));
  const outline = functions.find(({ name }) => name === start.function);
  // Finding it may take as long as compiling a tree: whoever reads on meanwhile keeps the cursor.
  if (outline && editor.selection.isEqual(begun)) {
    const at = document.positionAt(outline.nameStart);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
  }
}

function readStart(text: string): Start {
  try {
    const given: unknown = JSON.parse(text);
    const part = (key: keyof Start): string => {
      const value = typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[key] : undefined;
      return typeof value === 'string' && value !== '' ? value : usual[key];
    };
    return { scenario: part('scenario'), file: part('file'), function: part('function') };
  } catch {
    return usual;
  }
}
