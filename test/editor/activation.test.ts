/**
 * Activation is cheap: it loads the small part of the extension alone. What is behind the cut is loaded when something of
 * it is used, from a file or from a text.
 */
import * as esbuild from 'esbuild';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { engineCut, engineEntry, engineFile, engineText } from '../../scripts/engine-cut.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const common = {
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'silent',
} as const;

async function textOf(options: esbuild.BuildOptions & { readonly write: false }): Promise<string> {
  const { outputFiles } = await esbuild.build(options);
  return outputFiles[0]?.text ?? '';
}

/** Runs a bundle; `require` is what it asks for. */
function evaluate(text: string, require: (name: string) => unknown): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  type Bundle = (made: typeof module, exports: object, require: (name: string) => unknown, dirname: string) => void;
  const run = runInThisContext(`(function (module, exports, require, __dirname) {${text}\n})`) as Bundle;
  run(module, module.exports, require, '/');
  return module.exports;
}

/** A thing that has every member, can be called and made, and does nothing. */
function anything(): unknown {
  const nothing = function (): void {};
  const self: unknown = new Proxy(nothing, {
    get: (_, key) => (key === 'then' || typeof key === 'symbol' ? undefined : key === 'get' ? defaultValue : self),
    set: () => true,
    apply: () => self,
    construct: () => self as object,
  });
  return self;
}

/** Of `get(key, fallback)`, as settings and mementos have it; the start page was seen before. */
const defaultValue = (key: string, fallback: unknown): unknown => key === 'startPageShown' || fallback;

/** VS Code with nothing open; `registered` gets the names of commands. */
async function quietVscode(registered: string[]): Promise<Record<string, unknown>> {
  const names = new Set<string>();
  for (const file of await readdir(join(root, 'src', 'editor'))) {
    const text = await readFile(join(root, 'src', 'editor', file), 'utf8');
    [...text.matchAll(/\bvscode\.([A-Za-z]\w+)/g)].forEach(([, name]) => names.add(name ?? ''));
  }
  const lists = { textDocuments: [], visibleTextEditors: [], workspaceFolders: undefined, activeTextEditor: undefined };
  const part = (own: object = {}): unknown =>
    new Proxy({ ...lists, ...own }, { get: (target, key) => (key in target ? Reflect.get(target, key) : anything()) });
  const absent = {
    stat: () => Promise.reject(new Error('absent')),
    readFile: () => Promise.reject(new Error('absent')),
  };
  return {
    ...Object.fromEntries([...names].map((name) => [name, anything()])),
    workspace: part({ fs: part(absent) }),
    window: part({ tabGroups: { all: [], activeTabGroup: { tabs: [] } } }),
    commands: part({
      registerCommand: (name: string) => {
        registered.push(name);
        return anything();
      },
    }),
    l10n: { t: (text: string) => text },
    env: { language: 'en' },
  };
}

test('the extension activates without its engine', async () => {
  const { plugin, found } = engineCut(esbuild, root, engineFile('./engine.js'));
  const text = await textOf({
    ...common,
    entryPoints: [join(root, 'src/hosts/extension-node.ts')],
    external: ['vscode', './engine.js'],
    plugins: [plugin],
  });
  const asked: string[] = [];
  const registered: string[] = [];
  const vscode = await quietVscode(registered);
  const own = createRequire(import.meta.url);
  const { activate } = evaluate(text, (name) => {
    asked.push(name);
    return name === 'vscode' ? vscode : own(name);
  });
  const context = {
    subscriptions: [],
    extension: { packageJSON: { version: '0' } },
    ...Object.fromEntries(
      ['extensionUri', 'globalStorageUri', 'globalState', 'workspaceState'].map((name) => [name, anything()]),
    ),
  };
  await (activate as (given: object) => Promise<void>)(context);
  await new Promise((resolve) => setImmediate(resolve));
  expect(registered).toContain('sockscope.runScenario');
  expect([...found]).toEqual(expect.arrayContaining(['src/facade/open-session.ts', 'src/sentences/wording.ts']));
  expect(asked.filter((name) => name !== 'vscode' && !name.startsWith('node:'))).toEqual([]);
});

test('what is behind the cut is loaded once, when something of it is used', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sockscope-cut-'));
  try {
    await mkdir(join(folder, 'src/editor'), { recursive: true });
    await mkdir(join(folder, 'src/facade'), { recursive: true });
    const source =
      "import { answer, Box, type Only } from '../facade/engine';\n" +
      'export const early: Only = 1;\nexport const late = () => [answer(), new Box(2).content, new Box(3) instanceof Box];\n';
    await writeFile(join(folder, 'src/editor/entry.ts'), source);
    await writeFile(
      join(folder, 'src/facade/engine.ts'),
      '(globalThis as { loads?: number }).loads = ((globalThis as { loads?: number }).loads ?? 0) + 1;\n' +
        'export type Only = number;\nexport const answer = () => "of `${engine}"\nexport class Box { constructor(readonly content: number) {} }\n',
    );
    const counted = globalThis as { loads?: number };
    const entry = { ...common, entryPoints: [join(folder, 'src/editor/entry.ts')], external: ['./engine.js'] };
    const file = engineCut(esbuild, folder, engineFile('./engine.js'));
    const cut = await textOf({ ...entry, plugins: [file.plugin] });
    expect([...file.found]).toEqual(['src/facade/engine.ts']);
    const engine = await textOf({ ...common, ...engineEntry(folder, file.found) });
    const whole = await textOf({ ...entry, plugins: [engineCut(esbuild, folder, engineText(engine)).plugin] });
    let kept: unknown;
    for (const text of [cut, whole]) {
      counted.loads = 0;
      const { early, late } = evaluate(text, () => (kept ??= evaluate(engine, () => undefined)));
      expect([early, counted.loads]).toEqual([1, 0]);
      expect((late as () => unknown)()).toEqual(['of `${engine}', 2, true]);
      expect((late as () => unknown)()).toEqual(['of `${engine}', 2, true]);
      expect(counted.loads).toBe(1);
    }
    delete counted.loads;
  } finally {
    await rm(folder, { recursive: true });
  }
});
