/**
 * The source tree as the tidy tests see it.
 *
 * In: the repository on disk (only what git would keep: build output, dependencies and reports are left out).
 * Out: paths relative to the repository with forward slashes, parsed TypeScript files, and the imports of each.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

const generated = new Set(['node_modules', 'dist', 'out', '.git', '.vscode-test', 'coverage', 'test-results']);
const generatedPaths = new Set(['bench/results']);

/** Every file of the repository, sorted. */
export function allFiles(folder = ''): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (generated.has(entry.name) || generatedPaths.has(path)) {
        return [];
      }
      return entry.isDirectory() ? allFiles(path) : [path];
    })
    .sort();
}

export function readText(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

/** TypeScript files below `src/`. */
export function sourceFiles(): string[] {
  return allFiles('src').filter((path) => path.endsWith('.ts'));
}

export function parse(path: string, text = readText(path)): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** Calls `visit` for a node and everything below it, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Module names a file imports in any way: statements, re-exports, `import('…')` as type or call, `require`. */
export function importsOf(file: ts.SourceFile): string[] {
  const names: string[] = [];
  const add = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) {
      names.push(node.text);
    }
  };
  walk(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier);
    } else if (ts.isExternalModuleReference(node)) {
      add(node.expression);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal);
    } else if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
    ) {
      add(node.arguments[0]);
    }
  });
  return names;
}

/** The file of the repository that a relative import names: `./x` from `src/a/b.ts` is `src/a/x.ts`. */
export function resolveImport(from: string, name: string, files: ReadonlySet<string>): string | undefined {
  if (!name.startsWith('.')) {
    return undefined;
  }
  const path = posix.join(posix.dirname(from), name);
  return (
    [path, `${path}.ts`, `${path}.mts`, `${path}.d.ts`, `${path}/index.ts`].find((candidate) => files.has(candidate)) ??
    path
  );
}
