/**
 * Editing packetdrill scripts: problems while typing, completion of calls and constants, hover on constants, run lenses.
 *
 * In: documents of the language `packetdrill`. Out: answers of the scenario parser in VS Code's types. Scripts are only
 * ever parsed here; shell and Python parts are never run anywhere.
 */
import * as vscode from 'vscode';
import { CONSTANTS, errorName, headerKeys, scriptCalls, scriptEvents, scriptProblems } from '../facade/scenarios';
import { storyViews } from '../facade/story';
import { SourceFile } from '../source/source-file';
import type { Problems } from './problems';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';
import { watchDocuments } from './watched-documents';

const scriptLanguage = 'packetdrill';
const selector: vscode.DocumentSelector = { language: scriptLanguage };
/** Problems are recomputed this long after the last keystroke. */
const typingPause = 250;
const errnoBelow = 4096;

export function registerScriptSupport(problems: Problems, places: SourcePlaces): vscode.Disposable {
  const concerns = (document: vscode.TextDocument): boolean => document.languageId === scriptLanguage;
  const check = (document: vscode.TextDocument): void => {
    if (concerns(document)) {
      const file = new SourceFile(places.pathOf(document.uri), document.getText());
      problems.show(document.uri.toString(), scriptProblems(file));
    }
  };
  return vscode.Disposable.from(
    watchDocuments({
      concerns,
      check,
      closed: ({ uri }) => problems.forget(uri.toString()),
      pause: typingPause,
    }),
    vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems: complete }),
    vscode.languages.registerHoverProvider(selector, { provideHover: hover }),
    vscode.languages.registerCodeLensProvider(selector, { provideCodeLenses: lenses }),
    vscode.languages.registerDocumentSymbolProvider(selector, { provideDocumentSymbols: symbols }),
  );
}

function eventsOf(document: vscode.TextDocument): ReturnType<typeof scriptEvents> {
  return scriptEvents(new SourceFile(document.uri.toString(), document.getText()));
}

/** Calls after a time, constants inside parentheses, error names after `= -1`. */
function complete(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  const before = document.lineAt(position.line).text.slice(0, position.character);
  const story = storyCompletions(before);
  if (story) {
    return story;
  }
  if (/=\s*-1\s+\w*$/.test(before)) {
    return constants((name, value) => name.startsWith('E') && errorName(value) === name);
  }
  if (/\([^)]*$/.test(before)) {
    return constants(() => true);
  }
  if (/^\s*(?:[A-Z]\w*:\s*)?[+*]?[\d.]*(?:\s*\.\.\.\s*[+]?[\d.]+)?\s+\w*$/.test(before)) {
    return scriptCalls().map(({ name, usage }) => {
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Function);
      item.insertText = usage;
      item.detail = usage;
      return item;
    });
  }
  return [];
}

/** Keys behind `//!`, what a moment begins with, the views. */
function storyCompletions(before: string): vscode.CompletionItem[] | undefined {
  const items = (names: readonly string[], kind: vscode.CompletionItemKind): vscode.CompletionItem[] =>
    names.map((name) => new vscode.CompletionItem(name, kind));
  if (/^\s*\/\/!\s*[\w.]*$/.test(before)) {
    return items(headerKeys, vscode.CompletionItemKind.Property);
  }
  if (/^\s*\/\/!\s*moment:\s*\w*$/.test(before)) {
    return items(
      ['calls()', 'returns()', 'packets where ', 'drops', 'sockets where ', 'wakeups where ', 'stops at '],
      vscode.CompletionItemKind.Keyword,
    );
  }
  if (/^\s*\/\/!\s*view:\s*\w*$/.test(before)) {
    return items(storyViews, vscode.CompletionItemKind.EnumMember);
  }
  return /^\s*\/\/!/.test(before) ? [] : undefined;
}

function constants(wanted: (name: string, value: number) => boolean): vscode.CompletionItem[] {
  return [...CONSTANTS]
    .filter(([name, value]) => wanted(name, value))
    .map(([name, value]) => {
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Constant);
      item.detail = String(value);
      return item;
    });
}

function hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
  const range = document.getWordRangeAtPosition(position, /[A-Za-z_]\w*/);
  const name = range && document.getText(range);
  const value = name === undefined ? undefined : CONSTANTS.get(name);
  if (value === undefined) {
    return undefined;
  }
  const hexadecimal = value >= 10 && !(name?.startsWith('E') && value < errnoBelow) ? ` (0x${value.toString(16)})` : '';
  return new vscode.Hover(new vscode.MarkdownString().appendCodeblock(`${name} = ${value}${hexadecimal}`, 'c'), range);
}

/** At the first event: above the first line of a file VS Code scrolls lenses out of sight. */
function lenses(document: vscode.TextDocument): vscode.CodeLens[] {
  const [first] = eventsOf(document);
  const at = document.positionAt(first?.start ?? 0);
  const top = new vscode.Range(at, at);
  return [
    new vscode.CodeLens(top, {
      title: `$(debug-alt) ${strings.debugScriptLens()}`,
      command: 'sockscope.debugScript',
      arguments: [document.uri],
    }),
    new vscode.CodeLens(top, {
      title: `$(play) ${strings.runScriptLens()}`,
      command: 'sockscope.runScript',
      arguments: [document.uri],
    }),
  ];
}

/** One symbol per call, so that the outline tells the story. */
function symbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
  return eventsOf(document).map(({ isCall, name, text, start, end }) => {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const kind = isCall ? vscode.SymbolKind.Method : vscode.SymbolKind.Event;
    return new vscode.DocumentSymbol(name, text, kind, range, range);
  });
}
