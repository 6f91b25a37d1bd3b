/**
 * Editing packs of notes: problems while typing with what was meant perhaps, quick fixes, completion of keys, names,
 * statements and ids. With an extension for YAML there is a schema too (`syntaxes/annotations.schema.json`).
 *
 * In: documents that are packs. Out: answers of the catalogue and of queries in VS Code's types. What is wrong with packs
 * that are not open is told as they were read.
 */
import * as vscode from 'vscode';
import { packCursorAt, packKeys, type PackCursor } from '../catalog/pack-cursor';
import { nearestName } from '../facade/scenarios';
import { packProblems } from '../query/pack-problems';
import type { Query } from '../query/query';
import type { Diagnostic } from '../source/diagnostic';
import { SourceFile } from '../source/source-file';
import type { Knowledge } from './knowledge';
import { isPack } from './pack-files';
import { rangeOfSpan } from './places';
import type { Problems } from './problems';
import type { ScenarioList } from './scenario-list';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';
import { watchDocuments } from './watched-documents';

/** Problems are recomputed this long after the last keystroke. */
const typingPause = 400;
/** Names that are offered; VS Code narrows them by what is typed, and asks again. */
const mostNames = 3000;
const packs: vscode.DocumentSelector = { pattern: '**/*.{yaml,yml}' };

export interface PackSupportParts {
  readonly knowledge: Knowledge;
  readonly problems: Problems;
  readonly places: SourcePlaces;
  readonly scenarios: ScenarioList;
}

/** What is wrong with packs that are not open; of the open ones the present text counts. */
export function problemsOfClosedPacks(wrong: readonly Diagnostic[], places: SourcePlaces): readonly Diagnostic[] {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => places.pathOf(uri)));
  return wrong.filter(({ span }) => !span || !open.has(span.file.path));
}

export function registerPackSupport(parts: PackSupportParts): vscode.Disposable {
  const { knowledge, problems, places } = parts;
  const found = new Map<string, readonly Diagnostic[]>();
  const concerns = ({ uri }: vscode.TextDocument): boolean => isPack(uri);
  const check = async (document: vscode.TextDocument): Promise<void> => {
    if (!concerns(document)) {
      return;
    }
    const file = new SourceFile(places.pathOf(document.uri), document.getText());
    const wrong = packProblems(file, await knowledge.query(), nearestName);
    if (document.getText() === file.text && !document.isClosed) {
      found.set(document.uri.toString(), wrong);
      problems.show(document.uri.toString(), wrong);
    }
  };
  const checkAll = (): void => vscode.workspace.textDocuments.forEach((each) => void check(each));
  return vscode.Disposable.from(
    watchDocuments({
      concerns,
      check: (document) => void check(document),
      closed: ({ uri }) => {
        found.delete(uri.toString());
        problems.forget(uri.toString());
      },
      pause: typingPause,
    }),
    knowledge.onChange(checkAll),
    vscode.languages.registerCodeActionsProvider(
      packs,
      { provideCodeActions: (document, range) => fixes(document, range, found.get(document.uri.toString()) ?? []) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.languages.registerCompletionItemProvider(
      packs,
      { provideCompletionItems: (document, position) => complete(document, position, parts) },
      ...[' ', '"', ':', '.', '['],
    ),
  );
}

/** Writes what was meant. */
function fixes(
  document: vscode.TextDocument,
  range: vscode.Range,
  problems: readonly Diagnostic[],
): vscode.CodeAction[] {
  return problems.flatMap(({ fix = [], span }) => {
    const [first] = fix;
    if (!first || !span || !rangeOfSpan(span).intersection(range)) {
      return [];
    }
    const made = new vscode.CodeAction(strings.writeInstead(first.text), vscode.CodeActionKind.QuickFix);
    made.edit = new vscode.WorkspaceEdit();
    made.isPreferred = true;
    for (const { span: at, text } of fix) {
      made.edit.replace(document.uri, rangeOfSpan(at), text);
    }
    return [made];
  });
}

async function complete(
  document: vscode.TextDocument,
  position: vscode.Position,
  { knowledge, scenarios }: PackSupportParts,
): Promise<vscode.CompletionList | undefined> {
  const cursor = isPack(document.uri) ? packCursorAt(document.getText(), document.offsetAt(position)) : undefined;
  if (!cursor) {
    return undefined;
  }
  const range = new vscode.Range(document.positionAt(cursor.from), position);
  const { key } = cursor;
  if (key === undefined) {
    const items = (packKeys[cursor.map] ?? []).map((name) => {
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Property);
      return Object.assign(item, { insertText: `${name}: `, range });
    });
    return new vscode.CompletionList(items);
  }
  const query = await knowledge.query();
  const isScenario = cursor.map === 'claims' && key === 'scenario';
  const names = isScenario ? (await scenarios.all()).map(({ name }) => name) : namesFor(cursor, key, query);
  const wanted = cursor.written.toLowerCase();
  const near = [...new Set(names)].filter((name) => name.toLowerCase().includes(wanted));
  const items = near.slice(0, mostNames).map((name) => {
    const item = new vscode.CompletionItem(name, kindOf(key));
    return Object.assign(item, { insertText: quoted(name, document, cursor.from), filterText: name, range });
  });
  return new vscode.CompletionList(items, near.length > mostNames);
}

/** What may stand behind a key. */
function namesFor({ entry, map }: PackCursor, key: string, query: Query): Iterable<string> {
  const { facts, catalog } = query;
  switch (key) {
    case 'in':
    case 'function':
    case 'code':
    case 'part-of':
    case 'at':
      return facts?.compiledNames() ?? [];
    case 'field':
      return (
        facts?.typeNames().flatMap((type) => facts.record(type)?.fields.map((each) => `${type}.${each.name}`) ?? []) ??
        []
      );
    case 'see':
      return catalog.entries.map(({ id }) => id);
    case 'statement':
    case 'text':
    case 'or':
      return statementsIn(entry.get('in') ?? [], query);
    case 'type':
      return facts?.typeNames() ?? [];
    case 'macro':
    case 'constant':
    case 'variable':
      return facts?.names() ?? [];
    case 'file':
      return facts?.debug.files ?? [];
    case 'kernel':
      return map === 'when' ? ['bundled', 'linux'] : [];
    case 'family':
      return catalog.entries.flatMap(({ family }) => family ?? []);
    default:
      return [];
  }
}

function statementsIn(functions: readonly string[], query: Query): string[] {
  return functions.flatMap((name) => {
    const file = query.kernel.fileOf?.(name);
    const statements = (file && query.annotatedFile(file).functionNamed(name)?.statements) ?? [];
    return statements.map(({ start, end }) =>
      (file?.text ?? '').slice(start, end).replace(/\s+/g, ' ').replace(/\s*;$/, ''),
    );
  });
}

function kindOf(key: string): vscode.CompletionItemKind {
  const { Function, Field, Reference, Value } = vscode.CompletionItemKind;
  return key === 'in' || key === 'function' ? Function : key === 'field' ? Field : key === 'see' ? Reference : Value;
}

/** In quotation marks what YAML would read in another way. */
function quoted(name: string, document: vscode.TextDocument, from: number): string {
  const isOpen = /["']/.test(document.getText()[from - 1] ?? '');
  return isOpen || /^[A-Za-z_][\w.]*$/.test(name) ? name : JSON.stringify(name);
}
