/**
 * The core runs anywhere and always the same: no wall clock, no chance, no timers, no host's globals.
 *
 * A name counts only where it means the global one. A local variable called `process` (a simulated process is one) is
 * fine: names are resolved by the TypeScript binder in a program without libraries, where only globals stay unresolved.
 */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { layerOf, layers } from './layers';
import { parse, sourceFiles, walk } from './source-tree';

/** Never outside src/hosts: Node's own, and anything that runs text as code. */
const hostGlobals = ['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate', 'eval', 'Function'];
/** Never in a layer that is part of the core. */
const coreGlobals = [
  ...['setTimeout', 'setInterval', 'requestAnimationFrame', 'queueMicrotask', 'performance', 'Date', 'crypto'],
  ...['window', 'document', 'localStorage', 'fetch', 'XMLHttpRequest', 'Worker', 'console', 'globalThis', 'navigator'],
];
/** Never anywhere but in hosts, editor and webview: they would make two runs differ. */
const clocksAndChance = ['Date.now', 'performance.now', 'Math.random'];

/** Names in `text` that no declaration of the file explains, as `name` and, for members, `name.member`. */
function globalsUsed(path: string, text?: string): Map<string, number> {
  const source = parse(path, text);
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === path ? source : undefined),
    getDefaultLibFileName: () => '',
    writeFile: () => {},
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === path,
    readFile: () => undefined,
  };
  const program = ts.createProgram(
    [path],
    { noLib: true, noResolve: true, types: [], experimentalDecorators: true },
    host,
  );
  const checker = program.getTypeChecker();
  const used = new Map<string, number>();
  walk(source, (node) => {
    if (
      !ts.isIdentifier(node) ||
      !isReference(node) ||
      checker.resolveName(node.text, node, ts.SymbolFlags.Value, false)
    ) {
      return;
    }
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    used.set(node.text, line);
    if (ts.isPropertyAccessExpression(node.parent)) {
      used.set(`${node.text}.${node.parent.name.text}`, line);
    }
  });
  return used;
}

/** True where an identifier is used as a value, not as a member's name, a declaration, or a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node;
  }
  if (ts.isPropertyAssignment(parent)) {
    return parent.initializer === node;
  }
  return (
    (ts.isExpression(parent) ||
      ts.isStatement(parent) ||
      ts.isVariableDeclaration(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isSpreadAssignment(parent)) &&
    !ts.isTypeNode(parent)
  );
}

function violations(path: string, text?: string): string[] {
  const layerName = layerOf(path) ?? '';
  const layer = layers[layerName];
  if (!layer || layerName === 'hosts') {
    return [];
  }
  const outermost = layerName === 'editor' || layerName === 'webview';
  const forbidden = new Set([
    ...hostGlobals,
    ...(layer.core ? coreGlobals : []),
    ...(outermost ? [] : clocksAndChance),
  ]);
  return [...globalsUsed(path, text)]
    .filter(([name]) => forbidden.has(name))
    .map(([name, line]) => `${path}:${line}: ${name}`);
}

describe('globals', () => {
  test('no layer uses what it may not', () => {
    expect(sourceFiles().flatMap((path) => violations(path))).toEqual([]);
  });

  test('the check sees through the ways a global can be used', () => {
    const check = (text: string, path = 'src/machine/x.ts') =>
      violations(path, text).map((each) => each.split(': ')[1]);
    expect(check('export const t = Date.now();')).toEqual(['Date', 'Date.now']);
    expect(check('export const r = () => [Math.random()];')).toEqual(['Math.random']);
    expect(check('export function f(process: { id: number }) { return process.id; }')).toEqual([]);
    expect(check('export const o = { process: 1 }; export const p = o.process;')).toEqual([]);
    expect(check('if (process.env.X) { setTimeout(() => {}, 1); }')).toEqual(['process', 'setTimeout']);
    expect(check('export type B = Buffer;')).toEqual([]);
    expect(check('setTimeout(() => {}, 0);', 'src/dap/x.ts')).toEqual([]);
    expect(check('export const t = Date.now();', 'src/dap/x.ts')).toEqual(['Date.now']);
    expect(check('export const p = process.argv;', 'src/hosts/x.ts')).toEqual([]);
  });
});
