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

const frontEnd = ['base', 'sentences', 'source', 'preprocess', 'parse', 'semantic'];

export const layers: Readonly<Record<string, Layer>> = {
  base: { layers: [], core: true },
  sentences: { layers: ['base'], core: true },
  source: { layers: ['sentences'], core: true },
  preprocess: { layers: ['sentences', 'base', 'source'], core: true },
  parse: { layers: ['sentences', 'base', 'source', 'preprocess'], packages: ['web-tree-sitter'], core: true },
  semantic: { layers: ['sentences', 'base', 'source', 'parse'], core: true },
  abi: { layers: ['sentences'], core: true },
  ir: { layers: ['sentences', 'base', 'source', 'abi', 'semantic'], core: true },
  wasm: { layers: ['sentences', 'base', 'source', 'abi', 'ir'], files: ['src/semantic/checked.ts'], core: true },
  compile: { layers: [...frontEnd, 'abi', 'wasm'], core: true },
  machine: { layers: ['sentences', 'base', 'abi'], core: true },
  kernel: { layers: ['sentences', 'base', 'abi', 'machine'], core: true },
  trees: {
    layers: ['sentences', 'base', 'source', 'preprocess', 'parse', 'abi', 'compile'],
    files: ['src/kernel/kernel.ts'],
    core: true,
  },
  scenario: {
    layers: ['sentences', 'base', 'source', 'abi', 'machine', 'kernel'],
    files: ['src/story/story-model.ts'],
    core: true,
  },
  values: { layers: [...frontEnd, 'abi', 'ir', 'wasm', 'compile', 'machine'], core: true },
  picture: { layers: [], core: true },
  ladder: { layers: ['sentences', 'base', 'picture'], files: ['src/machine/journal-entry.ts'], core: true },
  views: {
    layers: ['sentences', 'base', 'abi', 'values', 'picture', 'ladder'],
    files: ['src/machine/journal-entry.ts'],
    core: true,
  },
  session: {
    layers: ['sentences', 'base', 'source', 'abi', 'machine', 'kernel', 'parse', 'compile', 'values'],
    files: ['src/wasm/watch-stores.ts', 'src/wasm/watched-moment.ts'],
    core: true,
  },
  history: {
    layers: ['sentences', 'base', 'source', 'abi', 'wasm', 'machine', 'parse', 'compile', 'values'],
    files: ['src/ir/instructions.ts', 'src/session/hit-condition.ts', 'src/session/log-text.ts'],
    core: true,
  },
  story: {
    layers: ['sentences', 'base', 'source'],
    files: ['src/history/question.ts', 'src/history/field-expression.ts'],
    core: true,
  },
  page: { layers: ['base'], core: true },
  hosted: {
    layers: ['sentences', 'base', 'source', 'parse', 'semantic', 'abi', 'compile', 'machine', 'kernel'],
    core: true,
  },
  reading: { layers: ['base', 'source', 'preprocess', 'parse'], core: true },
  names: { layers: ['base', 'preprocess'], files: ['src/parse/keywords.ts'], core: true },
  document: { layers: ['sentences', 'base', 'source'], files: ['src/reading/token-outline.ts'], core: true },
  catalog: {
    layers: ['sentences', 'base', 'source', 'reading'],
    files: [
      ...['src/parse/live-tree.ts', 'src/values/structure-views.ts', 'src/values/value-families.ts'],
      'src/values/view-condition.ts',
    ],
    packages: ['yaml'],
    core: true,
  },
  query: {
    layers: ['sentences', 'base', 'source', 'abi', 'preprocess', 'reading', 'catalog', 'document'],
    files: ['src/parse/live-tree.ts'],
    core: true,
  },
  facade: {
    layers: [
      'sentences',
      'base',
      'source',
      'parse',
      'abi',
      'compile',
      'machine',
      'scenario',
      'trees',
      'values',
      'session',
      'history',
      'picture',
      'ladder',
      'views',
      'catalog',
      'query',
      'story',
      'page',
    ],
    core: true,
  },
  dap: {
    layers: ['sentences', 'base', 'source', 'facade'],
    packages: ['@vscode/debugadapter', '@vscode/debugprotocol'],
    core: false,
  },
  cli: {
    layers: ['sentences', 'base', 'source', 'reading', 'names', 'document', 'catalog', 'query', 'facade', 'hosted'],
    core: true,
  },
  mcp: { layers: ['sentences', 'source', 'facade', 'cli'], core: true },
  protocol: {
    layers: ['base'],
    files: [
      'src/values/graph-types.ts',
      'src/values/value-model.ts',
      'src/session/session-types.ts',
      'src/ladder/ladder-model.ts',
      'src/views/curves-model.ts',
      'src/views/queues-model.ts',
      'src/views/states-model.ts',
      'src/views/timeline-model.ts',
    ],
    core: true,
  },
  editor: {
    layers: [
      ...['sentences', 'base', 'source', 'reading', 'names', 'document', 'catalog', 'query', 'facade', 'protocol'],
      'dap',
    ],
    packages: ['vscode'],
    core: false,
  },
  webview: {
    layers: ['base', 'protocol', 'picture'],
    files: [
      'src/views/queue-words.ts',
      'src/views/curves-scene.ts',
      'src/views/queues-scene.ts',
      'src/views/state-diagram.ts',
      'src/views/states-scene.ts',
      'src/views/timeline-scene.ts',
      'src/ladder/ladder-layout.ts',
      'src/ladder/ladder-model.ts',
    ],
    packages: ['lit'],
    core: false,
  },
  hosts: {
    layers: ['sentences', 'base', 'source', 'names', 'document', 'facade', 'cli', 'dap', 'mcp', 'editor'],
    packages: ['vscode', '@vscode/debugprotocol', '@modelcontextprotocol/sdk'],
    core: false,
  },
};

/**
 * What people meet: fronts and what starts them. Of the rooms that compile, run and read kernels they see the facade
 * alone; texts, notes and documents they read themselves.
 */
export const fronts: readonly string[] = ['dap', 'cli', 'mcp', 'editor', 'webview', 'hosts'];

/** Rooms that only the facade opens to fronts. */
export const behindTheFacade: readonly string[] = [
  ...['preprocess', 'parse', 'semantic', 'abi', 'ir', 'wasm', 'compile', 'machine', 'kernel', 'trees', 'scenario'],
  ...['values', 'session', 'history', 'story'],
];

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
