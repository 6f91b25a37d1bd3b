/**
 * Nothing is kept that nobody uses: every file of src/ is reached from a host or the inspector's page, every exported
 * function, class and constant is imported somewhere.
 *
 * Types may be exported without an importer: they name what an exported function takes or gives.
 */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { allFiles, importsOf, parse, resolveImport, sourceFiles, walk } from './source-tree';

const paths = sourceFiles();
const known = new Set(paths);
const targets = new Map(
  paths.map((path) => [path, importsOf(parse(path)).flatMap((name) => resolveImport(path, name, known) ?? [])]),
);

/** Where the bundles begin. */
const entries = paths.filter((path) => /^src\/hosts\/|^src\/webview\/main\.ts$/.test(path));

/** Alive only for tests today: the reading features are to stand on it or it goes. */
const waiting: readonly string[] = [];

function reached(): Set<string> {
  const seen = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (!seen.has(path)) {
      seen.add(path);
      open.push(...(targets.get(path) ?? []));
    }
  }
  return seen;
}

/** `file#name` of everything that some file imports by name; `file#*` where a file is imported whole. */
function importedNames(): Set<string> {
  const names = new Set<string>();
  for (const from of allFiles().filter((path) => /\.(ts|mts|mjs)$/.test(path))) {
    const add = (module: ts.Node | undefined, imported: readonly string[]) => {
      const target = module && ts.isStringLiteralLike(module) ? resolveImport(from, module.text, known) : undefined;
      imported.forEach((name) => target && names.add(`${target}#${name}`));
    };
    walk(parse(from), (node) => {
      if (ts.isImportDeclaration(node)) {
        const bindings = node.importClause?.namedBindings;
        const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
        add(node.moduleSpecifier, named?.map(({ propertyName, name }) => (propertyName ?? name).text) ?? ['*']);
      } else if (ts.isExportDeclaration(node)) {
        const named =
          node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
        add(node.moduleSpecifier, named?.map(({ propertyName, name }) => (propertyName ?? name).text) ?? ['*']);
      } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
        add(node.argument.literal, [node.qualifier?.getText() ?? '*']);
      } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        add(node.arguments[0], ['*']);
      }
    });
  }
  return names;
}

/** Functions, classes and constants that a file exports. */
function exportedValues(path: string): string[] {
  return parse(path).statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      return [];
    }
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    }
    const isValue = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
    return isValue && statement.name ? [statement.name.text] : [];
  });
}

describe('nothing is kept that nobody uses', () => {
  test('every file of src/ is reached from a host or from the inspector', () => {
    const seen = reached();
    expect(paths.filter((path) => !seen.has(path) && !waiting.includes(path))).toEqual([]);
  });

  test('every exported function, class and constant is imported somewhere', () => {
    const names = importedNames();
    const unused = paths
      .filter((path) => !entries.includes(path) && !names.has(`${path}#*`))
      .flatMap((path) =>
        exportedValues(path)
          .filter((name) => !names.has(`${path}#${name}`))
          .map((name) => `${path}: ${name}`),
      );
    expect(unused).toEqual([]);
  });
});
