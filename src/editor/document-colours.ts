/**
 * Colours of listings among prose: keywords, types, functions, constants, numbers, strings, comments.
 *
 * In: texts in which functions of a kernel were found, whether they run or not. Out: semantic tokens where the listings are,
 * and nowhere else, whatever they are set in: bare, indented, between fences with any word behind them, in `<pre>`. A
 * grammar could not do it: it sees one line at a time, and plain text has none to add to (docs/decisions/0007).
 */
import * as vscode from 'vscode';
import { cOf } from '../document/in-place-of';
import { cTokens, type CToken } from '../reading/c-tokens';
import { noteDocuments, type RunnableDocuments } from './documents';

const legend = new vscode.SemanticTokensLegend(['keyword', 'type', 'function', 'macro', 'number', 'string', 'comment']);

const keywords = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
    'return short signed sizeof static struct switch typedef union unsigned void volatile while'
  ).split(' '),
);

export function registerDocumentColours(documents: RunnableDocuments): vscode.Disposable {
  return vscode.languages.registerDocumentSemanticTokensProvider(
    noteDocuments,
    { provideDocumentSemanticTokens: (document) => coloursOf(document, documents) },
    legend,
  );
}

function coloursOf(document: vscode.TextDocument, documents: RunnableDocuments): vscode.SemanticTokens | undefined {
  const found = documents.withListings(document)?.document;
  if (!found) {
    return undefined;
  }
  const listings = [...found.functions, ...found.declarations].sort((a, b) => a.span.start - b.span.start);
  const tokens = cTokens(cOf(found, listings).text);
  const pieces = tokens.flatMap((token, index) => {
    const kind = kindOf(token, tokens[index + 1], tokens[index - 1]);
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

function kindOf({ kind, text }: CToken, next: CToken | undefined, before: CToken | undefined): string | undefined {
  if (kind === 'word') {
    return keywords.has(text)
      ? 'keyword'
      : /^(?:struct|union|enum)$/.test(before?.text ?? '') || /^(?:\w+_t|(?:__)?[us](?:8|16|32|64))$/.test(text)
        ? 'type'
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
