/**
 * Colours of listings in plain text, which has no grammar: keywords, functions, constants, numbers, strings, comments.
 *
 * In: plain text in which functions were found. Out: semantic tokens where the listings are, and nowhere else. Markdown
 * and HTML colour what they fence by themselves.
 */
import * as vscode from 'vscode';
import { cOf } from '../document/in-place-of';
import { cTokens, type CToken } from '../reading/c-tokens';
import type { RunnableDocuments } from './documents';

const legend = new vscode.SemanticTokensLegend(['keyword', 'function', 'macro', 'number', 'string', 'comment']);

const keywords = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
    'return short signed sizeof static struct switch typedef union unsigned void volatile while'
  ).split(' '),
);

export function registerDocumentColours(documents: RunnableDocuments): vscode.Disposable {
  return vscode.languages.registerDocumentSemanticTokensProvider(
    { language: 'plaintext' },
    { provideDocumentSemanticTokens: (document) => coloursOf(document, documents) },
    legend,
  );
}

function coloursOf(document: vscode.TextDocument, documents: RunnableDocuments): vscode.SemanticTokens | undefined {
  const found = documents.of(document)?.document;
  if (!found) {
    return undefined;
  }
  const tokens = cTokens(cOf(found, found.functions).text);
  const pieces = tokens.flatMap((token, index) => {
    const kind = kindOf(token, tokens[index + 1]);
    return kind === undefined ? [] : [{ start: token.start, end: token.end, kind }];
  });
  const comments = found.notes.map(({ span }) => ({ start: span.start, end: span.end, kind: 'comment' }));
  const builder = new vscode.SemanticTokensBuilder(legend);
  for (const { start, end, kind } of [...pieces, ...comments].sort((a, b) => a.start - b.start)) {
    for (const range of linesOf(document, start, end)) {
      builder.push(range, kind);
    }
  }
  return builder.build();
}

function kindOf({ kind, text }: CToken, next: CToken | undefined): string | undefined {
  if (kind === 'word') {
    return keywords.has(text)
      ? 'keyword'
      : next?.text === '('
        ? 'function'
        : /^[A-Z][A-Z0-9_]+$/.test(text)
          ? 'macro'
          : undefined;
  }
  return kind === 'sign' ? undefined : kind;
}

/** A token must not go over the end of a line. */
function linesOf(document: vscode.TextDocument, start: number, end: number): vscode.Range[] {
  const [from, to] = [document.positionAt(start), document.positionAt(end)];
  const ranges: vscode.Range[] = [];
  for (let line = from.line; line <= to.line; line++) {
    const first = line === from.line ? from.character : 0;
    const last = line === to.line ? to.character : document.lineAt(line).text.length;
    if (last > first) {
      ranges.push(new vscode.Range(line, first, line, last));
    }
  }
  return ranges;
}
