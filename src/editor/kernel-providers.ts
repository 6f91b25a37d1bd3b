/**
 * Language features for kernel C: hover, definition, symbols, and what is under the pointer while debugging.
 *
 * In: documents of the bundled kernel and of the user's trees. Out: answers of the query layer in VS Code's types. Other
 * C files get nothing unless they are part of the program that runs, so that we stay out of the way of other extensions.
 */
import * as vscode from 'vscode';
import { hoverMarkdown } from '../query/render';
import { kernelScheme } from './bundled-sources';
import { isNotes, type RunnableDocuments } from './documents';
import { debugType, type LiveRun, type LiveRuns } from './live-runs';
import type { Knowledge } from './knowledge';
import { pausedValue } from './paused-value';
import { explainedDocuments, rangeIn } from './places';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';

/** Whether a document belongs to a kernel we explain. */
export function isKernelSource(
  document: vscode.TextDocument,
  runs: LiveRuns,
  places: SourcePlaces,
  documents: RunnableDocuments,
): boolean {
  if (isNotes(document)) {
    return documents.of(document) !== undefined;
  }
  return document.uri.scheme === kernelScheme
    ? !document.uri.path.endsWith('.pkt')
    : places.isOwn(document.uri) || (runs.active?.session.files.includes(places.pathOf(document.uri)) ?? false);
}

/** What the index of names says, where it knows. */
export interface NamesOfIndex {
  definitions(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location[] | undefined>;
  outline(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[] | undefined>;
}

export function registerKernelProviders(
  knowledge: Knowledge,
  runs: LiveRuns,
  places: SourcePlaces,
  documents: RunnableDocuments,
  names: NamesOfIndex,
): vscode.Disposable {
  const hovers = vscode.languages.registerHoverProvider(explainedDocuments, {
    async provideHover(document, position) {
      if (!isKernelSource(document, runs, places, documents)) {
        return undefined;
      }
      const query = await knowledge.query();
      const file = knowledge.fileOf(document);
      const offset = document.offsetAt(position);
      const hover = query.hoverAt(file, offset);
      const run = pausedRun(runs);
      const pointed = run && query.nameAt(file, offset) !== undefined ? expressionAt(document, position) : undefined;
      const around = pointed && query.annotatedFile(file).functionAt(offset)?.name;
      const value = run && pointed && pausedValue(run, pointed.expression ?? '', places.pathOf(document.uri), around);
      const range = hover ? rangeIn(document, hover.start, hover.end) : pointed?.range;
      if (!range || (!hover && value === undefined)) {
        return undefined;
      }
      // Notes are texts that people write: no HTML, no trusted links.
      const markdown = new vscode.MarkdownString(hover && hoverMarkdown(hover, settings.language()));
      const shown = value === undefined ? [] : [new vscode.MarkdownString().appendCodeblock(value, 'c')];
      return new vscode.Hover([...shown, ...(hover ? [markdown] : [])], range);
    },
  });
  const definitions = vscode.languages.registerDefinitionProvider(explainedDocuments, {
    async provideDefinition(document, position) {
      if (!isKernelSource(document, runs, places, documents)) {
        return undefined;
      }
      const indexed = await names.definitions(document, position);
      if (indexed && indexed.length > 0) {
        return indexed;
      }
      const query = await knowledge.query();
      const found = query.definitionAt(knowledge.fileOf(document), document.offsetAt(position));
      return (
        found &&
        new vscode.Location(
          places.uriOf(found.path),
          new vscode.Position(found.line - 1, Math.max(0, found.column - 1)),
        )
      );
    },
  });
  const symbols = registerOutline(knowledge, places, documents, names);
  const evaluatable = vscode.languages.registerEvaluatableExpressionProvider(explainedDocuments, {
    provideEvaluatableExpression(document, position) {
      // Where notes are shown, the hover has the value beside them; with an expression VS Code would show that alone.
      const isOurs = isKernelSource(document, runs, places, documents);
      return pausedRun(runs) && !isOurs ? expressionAt(document, position) : undefined;
    },
  });
  return vscode.Disposable.from(hovers, definitions, symbols, evaluatable);
}

/** The run that the editor's own debugger shows. */
function pausedRun(runs: LiveRuns): LiveRun | undefined {
  return vscode.debug.activeDebugSession?.type === debugType ? runs.active : undefined;
}

/** What a file defines: from the index, of a document the functions in its listings. */
function registerOutline(
  knowledge: Knowledge,
  places: SourcePlaces,
  documents: RunnableDocuments,
  names: NamesOfIndex,
): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(explainedDocuments, {
    async provideDocumentSymbols(document) {
      if (document.uri.scheme !== kernelScheme && !places.isOwn(document.uri) && !documents.of(document)) {
        return undefined;
      }
      const outline = documents.of(document) ? undefined : await names.outline(document);
      if (outline && outline.length > 0) {
        return outline;
      }
      const query = await knowledge.query();
      const { functions } = query.annotatedFile(knowledge.fileOf(document));
      return functions.map((each) => {
        const name = rangeIn(document, each.nameStart, each.nameEnd);
        const whole = rangeIn(document, Math.min(each.start, each.nameStart), Math.max(each.end, each.nameEnd));
        return new vscode.DocumentSymbol(each.name, '', vscode.SymbolKind.Function, whole, name);
      });
    },
  });
}

/** The member path up to the word at a position: pointing at `ops` in `sock->ops->bind` gives `sock->ops`. */
function expressionAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.EvaluatableExpression | undefined {
  const word = document.getWordRangeAtPosition(position, /[A-Za-z_]\w*/);
  if (!word) {
    return undefined;
  }
  const before = document.lineAt(word.start.line).text.slice(0, word.start.character);
  if (/\b(?:struct|union|enum)\s+$/.test(before)) {
    return undefined;
  }
  const path = /(?:[A-Za-z_]\w*(?:\[\w*\])?\s*(?:->|\.)\s*)+$/.exec(before)?.[0] ?? '';
  const range = word.with(word.start.translate(0, -path.length));
  return new vscode.EvaluatableExpression(range, document.getText(range));
}
