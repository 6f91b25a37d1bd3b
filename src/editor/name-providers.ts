/**
 * Where a name of kernel C is defined and used, and which names there are, for VS Code.
 *
 * In: a place in a document of the kernel in use. Out: the answers of the index of names in VS Code's types: definition,
 * implementation (what a member that holds functions leads to), type definition, references, symbols of a file and of
 * the tree. Renaming is refused: a kernel is read here, and its notes are found by its names.
 */
import * as vscode from 'vscode';
import {
  definitionsFound,
  foundDefinition,
  localsOnLines,
  preferred,
  referencesFound,
  outlineOf,
  type FoundDefinition,
  type FoundKind,
  type OutlineItem,
} from '../names/found';
import { searchNames } from '../names/search';
import type { TreeSymbol } from '../names/symbols';
import type { RunnableDocuments } from './documents';
import { isKernelSource } from './kernel-providers';
import type { LiveRuns } from './live-runs';
import { explainedDocuments } from './places';
import type { SourcePlaces } from './source-places';
import { strings } from './strings';
import type { IndexInUse, TreeIndex } from './tree-index';

/** Symbols of the tree that are listed; VS Code asks again with more letters. */
const mostSymbols = 300;

const symbolKinds: Readonly<Record<FoundKind, vscode.SymbolKind>> = {
  function: vscode.SymbolKind.Function,
  macro: vscode.SymbolKind.Constant,
  struct: vscode.SymbolKind.Struct,
  union: vscode.SymbolKind.Struct,
  enum: vscode.SymbolKind.Enum,
  typedef: vscode.SymbolKind.Class,
  constant: vscode.SymbolKind.EnumMember,
  variable: vscode.SymbolKind.Variable,
  member: vscode.SymbolKind.Field,
  local: vscode.SymbolKind.Variable,
  declaration: vscode.SymbolKind.Function,
};

/** What is asked about: the index as of now and the symbol at a place. */
interface Asked {
  readonly index: IndexInUse;
  readonly symbol: TreeSymbol;
  readonly path: string;
  readonly offset: number;
}

export interface NameParts {
  readonly index: TreeIndex;
  readonly runs: LiveRuns;
  readonly places: SourcePlaces;
  readonly documents: RunnableDocuments;
}

/** Answers questions about names; what the index does not know others may. */
export class NameAnswers {
  constructor(private readonly parts: NameParts) {}

  /** The index as of now. */
  index(): Promise<IndexInUse | undefined> {
    return this.parts.index.get();
  }

  /** The symbol at a place of a document that belongs to the kernel in use. */
  async at(document: vscode.TextDocument, position: vscode.Position): Promise<Asked | undefined> {
    const { index, runs, places, documents } = this.parts;
    if (!isKernelSource(document, runs, places, documents) || documents.of(document)) {
      return undefined;
    }
    const inUse = await index.get();
    const path = places.pathOf(document.uri);
    const offset = document.offsetAt(position);
    const symbol = inUse?.symbols.at(path, offset);
    return inUse && symbol && { index: inUse, symbol, path, offset };
  }

  /** The functions that a member may lead to, with the tables that hold them. */
  async implementations(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Location[] | undefined> {
    const asked = await this.at(document, position);
    if (asked?.symbol.kind !== 'member') {
      return asked && this.locations(definitionsFound(asked.index.symbols, asked.symbol));
    }
    const { names, symbols, calls } = asked.index;
    const slots = calls.slotsOf(asked.symbol.members);
    const functions = new Set(
      preferred(slots.map((slot) => ({ ...slot, file: slot.value.file }))).map((slot) => slot.function),
    );
    const defined = [...functions].flatMap((name) => {
      const symbol = symbols.named(name);
      return symbol ? definitionsFound(symbols, symbol) : [];
    });
    const inTables = preferred(slots.map(({ value }) => value)).map(({ file, place }) => {
      const start = names.placeOf({ file, place });
      return this.location(file.path, start.line, start.column, names.nameOf({ file, place }).length);
    });
    return [...this.locations(defined), ...inTables];
  }

  /** Where a name is defined; at a call through a member, the functions that it may reach. */
  async definitions(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Location[] | undefined> {
    const asked = await this.at(document, position);
    if (!asked) {
      return undefined;
    }
    const { symbols, calls, names } = asked.index;
    const place = names.placeAt(asked.path, asked.offset);
    const targets = place && names.isCall(place) ? calls.targetsAt(place) : [];
    const inOrder = preferred(targets.map((slot) => ({ ...slot, file: slot.value.file })));
    const reached = [...new Set(inOrder.map((slot) => slot.function))].flatMap((name) => {
      const symbol = symbols.named(name);
      return symbol ? definitionsFound(symbols, symbol) : [];
    });
    return this.locations(reached.length > 0 ? reached : definitionsFound(symbols, asked.symbol));
  }

  async typeDefinitions(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Location[] | undefined> {
    const asked = await this.at(document, position);
    if (!asked) {
      return undefined;
    }
    const { symbols, names } = asked.index;
    const records = symbols.definitionsOf(asked.symbol).flatMap((each) => symbols.records.recordsOf(each));
    return this.locations(preferred(records).map((each) => foundDefinition(names, each)));
  }

  async references(
    document: vscode.TextDocument,
    position: vscode.Position,
    withDeclaration: boolean,
  ): Promise<vscode.Location[] | undefined> {
    const asked = await this.at(document, position);
    if (!asked) {
      return undefined;
    }
    return referencesFound(asked.index.symbols, asked.index.calls, asked.symbol)
      .filter(({ act, uncertain }) => !uncertain && (withDeclaration || (act !== 'define' && act !== 'declare')))
      .map(({ path, line, column, start, end }) => this.location(path, line, column, end - start));
  }

  async outline(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[] | undefined> {
    const { index, places } = this.parts;
    const inUse = await index.get();
    const path = places.pathOf(document.uri);
    return inUse?.names.get(path) && outlineOf(inUse.names, path).map(symbolOf);
  }

  /** Offsets of parameters and local variables on some lines; undefined for a file that is not in the index. */
  async variables(path: string, first: number, last: number): Promise<ReadonlySet<number> | undefined> {
    const inUse = await this.parts.index.get();
    return inUse?.names.get(path) && localsOnLines(inUse.names, path, first, last);
  }

  async search(letters: string): Promise<vscode.SymbolInformation[]> {
    const inUse = letters.trim() === '' ? undefined : await this.parts.index.get();
    return inUse
      ? searchNames(inUse.names, letters.trim(), mostSymbols).map((each) => {
          const { name, kind, owner, path, line, column } = foundDefinition(inUse.names, each);
          const location = this.location(path, line, column, name.length);
          return new vscode.SymbolInformation(name, symbolKinds[kind], owner ?? path, location);
        })
      : [];
  }

  private locations(found: readonly FoundDefinition[]): vscode.Location[] {
    return found.map(({ path, line, column, name }) => this.location(path, line, column, name.length));
  }

  private location(path: string, line: number, column: number, length: number): vscode.Location {
    return new vscode.Location(this.parts.places.uriOf(path), new vscode.Range(line, column, line, column + length));
  }
}

export function registerNameProviders(answers: NameAnswers): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerImplementationProvider(explainedDocuments, {
      provideImplementation: (document, position) => answers.implementations(document, position),
    }),
    languages.registerTypeDefinitionProvider(explainedDocuments, {
      provideTypeDefinition: (document, position) => answers.typeDefinitions(document, position),
    }),
    languages.registerReferenceProvider(explainedDocuments, {
      provideReferences: (document, position, { includeDeclaration }) =>
        answers.references(document, position, includeDeclaration),
    }),
    languages.registerWorkspaceSymbolProvider({ provideWorkspaceSymbols: (letters) => answers.search(letters) }),
    languages.registerRenameProvider(explainedDocuments, {
      async prepareRename(document, position) {
        if (await answers.at(document, position)) {
          throw new Error(strings.noRename());
        }
        throw new Error(strings.nothingToRename());
      },
      provideRenameEdits: () => undefined,
    }),
  );
}

function symbolOf(item: OutlineItem): vscode.DocumentSymbol {
  const name = new vscode.Range(item.line, item.column, item.line, item.column + item.name.length);
  const symbol = new vscode.DocumentSymbol(
    item.name,
    item.kind === 'macro' || item.kind === 'typedef' ? item.kind : '',
    symbolKinds[item.kind],
    new vscode.Range(
      item.line,
      0,
      Math.max(item.line, item.endLine),
      Math.max(item.endColumn, item.column + item.name.length),
    ),
    name,
  );
  symbol.children = item.children.map(symbolOf);
  return symbol;
}
