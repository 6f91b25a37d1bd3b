/**
 * Offsets of the core as positions of the editor, and back.
 *
 * In: `[start, end)` offsets in a document's text, spans of diagnostics. Out: VS Code ranges.
 */
import * as vscode from 'vscode';
import type { Span } from '../source/source-file';

export function rangeIn(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** The range of a span by its own file's text, which may be newer or older than the document's. */
export function rangeOfSpan({ file, start, end }: Span): vscode.Range {
  const from = file.positionAt(start);
  const to = file.positionAt(Math.max(end, start));
  return new vscode.Range(from.line, from.column, to.line, to.column);
}

/** Documents in which kernel C is explained: the bundled kernel, and any C file. */
const kernelDocuments: readonly vscode.DocumentFilter[] = [
  { scheme: 'sockscope-kernel', language: 'c' },
  { scheme: 'sockscope-kernel', language: 'cpp' },
  { language: 'c' },
  { language: 'cpp', pattern: '**/*.h' },
];

/** Those, and texts that may have listings in them. */
export const explainedDocuments: vscode.DocumentSelector = [
  ...kernelDocuments,
  { language: 'plaintext' },
  { language: 'markdown' },
  { language: 'html' },
];
