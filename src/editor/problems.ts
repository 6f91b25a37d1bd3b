/**
 * Diagnostics of the core in VS Code's problems list.
 *
 * In: lists of `Diagnostic`s, one per origin (the last compilation, each open script, annotation packs). Out: problems
 * at their places, with code, remedy and related places; a new list of an origin replaces its earlier one.
 */
import { wordingIn } from '../sentences/wording';
import * as vscode from 'vscode';
import type { Diagnostic } from '../source/diagnostic';
import { rangeOfSpan } from './places';
import { settings } from './settings';
import type { SourcePlaces } from './source-places';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

export class Problems implements vscode.Disposable {
  constructor(private readonly places: SourcePlaces) {}

  private readonly collections = new Map<string, vscode.DiagnosticCollection>();

  /** Shows the problems of an origin, such as `compile` or a script's URI. What is shown quietly is in no list. */
  show(origin: string, diagnostics: readonly Diagnostic[], how: 'listed' | 'quietly' = 'listed'): void {
    let collection = this.collections.get(origin);
    if (!collection) {
      if (diagnostics.length === 0) {
        return;
      }
      collection = vscode.languages.createDiagnosticCollection(`sockscope: ${origin}`);
      this.collections.set(origin, collection);
    }
    const byUri = new Map<string, vscode.Diagnostic[]>();
    for (const diagnostic of diagnostics) {
      const path = diagnostic.span?.file.path ?? diagnostic.path;
      if (path === undefined) {
        continue;
      }
      const key = this.places.uriOf(path).toString();
      byUri.set(key, [...(byUri.get(key) ?? []), toProblem(diagnostic, this.places, how)]);
    }
    collection.clear();
    for (const [key, problems] of byUri) {
      collection.set(vscode.Uri.parse(key), problems);
    }
  }

  forget(origin: string): void {
    this.collections.get(origin)?.dispose();
    this.collections.delete(origin);
  }

  dispose(): void {
    for (const collection of this.collections.values()) {
      collection.dispose();
    }
  }
}

function toProblem(diagnostic: Diagnostic, places: SourcePlaces, how: 'listed' | 'quietly'): vscode.Diagnostic {
  const language = settings.language();
  const range = diagnostic.span ? rangeOfSpan(diagnostic.span) : new vscode.Range(0, 0, 0, 0);
  const text = [diagnostic.message, ...(diagnostic.remedy ? [diagnostic.remedy] : [])]
    .map((each) => wordingIn(each, language))
    .join('\n');
  const problem = new vscode.Diagnostic(
    range,
    text,
    how === 'quietly' ? vscode.DiagnosticSeverity.Hint : severities[diagnostic.severity],
  );
  problem.source = 'SockScope';
  problem.code = diagnostic.code;
  problem.relatedInformation = diagnostic.related?.map(
    ({ span, message }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(places.uriOf(span.file.path), rangeOfSpan(span)),
        wordingIn(message, language),
      ),
  );
  return problem;
}
