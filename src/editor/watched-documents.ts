/**
 * Text documents of one kind, checked when they are opened and when typing in them pauses.
 *
 * In: which documents are meant, and what to do with one. Out: a registration that looks at those already open at once.
 */
import * as vscode from 'vscode';

export interface DocumentWatch {
  readonly concerns: (document: vscode.TextDocument) => boolean;
  /** Called for every document that is opened, and for those concerned when typing pauses. */
  readonly check: (document: vscode.TextDocument) => void;
  /** Called for every document that is closed: one that was given another language is closed too. */
  readonly closed: (document: vscode.TextDocument) => void;
  /** Length of a pause in typing, in milliseconds. */
  readonly pause: number;
}

export function watchDocuments({ concerns, check, closed, pause }: DocumentWatch): vscode.Disposable {
  const pending = new Map<string, ReturnType<typeof setTimeout>>();
  const forget = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    clearTimeout(pending.get(key));
    pending.delete(key);
  };
  const checkSoon = (document: vscode.TextDocument): void => {
    forget(document);
    const timer = setTimeout(() => {
      forget(document);
      check(document);
    }, pause);
    pending.set(document.uri.toString(), timer);
  };
  vscode.workspace.textDocuments.forEach(check);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (concerns(document)) {
        checkSoon(document);
      }
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      forget(document);
      closed(document);
    }),
    { dispose: () => pending.forEach((timer) => clearTimeout(timer)) },
  );
}
