/**
 * The layer table: which folder of `src/` may import which, and which packages.
 *
 * In: nothing. Out: plain data, read by layers.test.ts and globals.test.ts. ARCHITECTURE.md explains the reasons.
 */

export interface Layer {
  /** Other folders of `src/` it may import from; its own folder is always allowed. */
  layers: readonly string[];
  /** Single files of folders that are otherwise closed to it. */
  files?: readonly string[];
  /** Packages it may import. */
  packages?: readonly string[];
  /** A core layer runs anywhere: no clock, no timers, no chance, no host. */
  core: boolean;
}

/** What the machine and those above it know of compiled code: plain data, never the compiler. */
const compiledData = [
  'src/ir/debug-info.ts',
  'src/ir/image.ts',
  'src/ir/memory-map.ts',
  'src/ir/run-status.ts',
  'src/ir/slab-layout.ts',
];

const frontEnd = ['base', 'source', 'preprocess', 'parse', 'semantic'];
const engine = [...frontEnd, 'ir', 'wasm', 'machine', 'kernel', 'scenario'];

export const layers: Readonly<Record<string, Layer>> = {
  base: { layers: [], core: true },
  source: { layers: ['base'], core: true },
  preprocess: { layers: ['base', 'source'], core: true },
  parse: { layers: ['base', 'source', 'preprocess'], packages: ['web-tree-sitter'], core: true },
  semantic: { layers: ['base', 'source', 'parse'], core: true },
  ir: { layers: ['base', 'source', 'parse', 'semantic'], core: true },
  wasm: { layers: ['base', 'source', 'ir'], files: ['src/semantic/checked.ts'], core: true },
  machine: { layers: ['base', 'source'], files: compiledData, core: true },
  kernel: { layers: ['base', 'source', 'machine'], files: compiledData, core: true },
  scenario: { layers: ['base', 'source', 'machine', 'kernel'], files: compiledData, core: true },
  session: { layers: engine, core: true },
  hosted: { layers: [...engine, 'session'], core: true },
  catalog: { layers: ['base', 'source', 'parse'], packages: ['yaml'], core: true },
  query: { layers: [...frontEnd, 'catalog'], files: compiledData, core: true },
  dap: {
    layers: ['base', 'source', 'session', 'query'],
    packages: ['@vscode/debugadapter', '@vscode/debugprotocol', '@vscode/l10n'],
    core: false,
  },
  cli: { layers: [...engine, 'session', 'hosted', 'catalog', 'query'], core: true },
  protocol: { layers: ['base'], core: true },
  editor: {
    layers: ['base', 'source', 'scenario', 'catalog', 'query', 'protocol', 'dap', 'session'],
    packages: ['vscode', '@vscode/debugprotocol'],
    core: false,
  },
  webview: {
    layers: ['base', 'protocol'],
    packages: ['lit', '@vscode-elements/elements', '@vscode/codicons', '@dagrejs/dagre'],
    core: false,
  },
  hosts: {
    layers: [...engine, 'session', 'hosted', 'catalog', 'query', 'cli', 'dap', 'protocol', 'editor'],
    packages: ['vscode', '@vscode/debugadapter', '@vscode/debugprotocol', '@vscode/l10n'],
    core: false,
  },
};

/** `dap` of `src/dap/errors.ts`; undefined for a file outside `src/`. */
export function layerOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** `lit` of `lit/decorators.js`, `@vscode/l10n` of `@vscode/l10n/x`. */
export function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
