/**
 * Builds `dist/`: one bundle per host, the inspector's page script, and the data files the bundles read.
 *
 * In: the entry files below, `media/`, and the wasm files of tree-sitter. Out (all in `dist/`):
 *   extension-node.js  extension-web.js  command-line.js        CommonJS, one file each
 *   cli.js                                                      what starts command-line.js through V8's code cache
 *   engine.js                                                   what extension-node.js loads when it is first needed; the
 *                                                               web's has it as a text (engine-cut.mjs)
 *   dap-stdio.js                                                starts the debug adapter of cli.js
 *   third-party-notices.txt                                     licences of the packages in the bundles (when all are built)
 *   compile-worker.js  compile-worker-web.js                    the extension's compiling thread
 *   names-worker.js                                             the thread that indexes a tree's names
 *   inspector.js  inspector.css                                 the webview
 *   web-tree-sitter.wasm  tree-sitter-c.wasm  codicons/         copied as they are
 *   media.json                                                  { "media/kernel/…": text } of every text file in media/,
 *                                                               for hosts without a file system
 *   compiler.json  images/KEY.image                             a name for the compiler that the other bundles have in them,
 *                                                               and the bundled kernel as it compiles it
 * Flags: `--production` (minified, no source maps), `--watch` (rebuilds until interrupted), `--quiet` (errors only),
 * `--only=NAME` (one bundle, and the data).
 * An entry that does not exist is skipped with a note. Exit status 1 when a bundle fails.
 */
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineCut, engineEntry, engineFile, engineText } from './engine-cut.mjs';
import { requireModules } from './modules.mjs';
import { notices } from './notices.mjs';

requireModules();
const esbuild = await import('esbuild');

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const flags = new Set(process.argv.slice(2));
const only = [...flags].find((flag) => flag.startsWith('--only='))?.slice('--only='.length);
const began = new Date();
const production = flags.has('--production');
const note = flags.has('--quiet') ? () => {} : (text) => process.stderr.write(`build: ${text}\n`);

/** Text files of `media/` that hosts need; everything else there (pictures) is read from disk by the editor only. */
const textFile = /\.(c|h|S|pkt|ya?ml|json|txt|md)$/;

const shim = (name) => join(root, 'scripts', 'web-shims', `${name}.mjs`);
const modules = join(root, 'node_modules');

const forNode = {
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  alias: { 'web-tree-sitter': join(modules, 'web-tree-sitter', 'web-tree-sitter.cjs') },
};
const forWeb = {
  platform: 'browser',
  target: 'es2022',
  format: 'cjs',
  external: ['vscode'],
  alias: {
    'web-tree-sitter': join(modules, 'web-tree-sitter', 'web-tree-sitter.cjs'),
    events: shim('events'),
    url: shim('url'),
    ...Object.fromEntries(['net', 'fs', 'path', 'fs/promises', 'module'].map((name) => [name, shim('absent')])),
  },
  define: { 'process.platform': '"web"', global: 'globalThis' },
};

/** The first line of a bundle that will name its content; while changes are watched it stays so, and no code is kept. */
const unnamed = '/* unnamed */';

/**
 * What src/hosts/code-cache.ts reads there is a digest of the whole. All of it is made ASCII, which is read fastest: esbuild
 * has done so but for regular expressions, where an escape means the same, and comments.
 */
function named(contents) {
  if (!Buffer.from(contents.subarray(0, unnamed.length)).equals(Buffer.from(unnamed))) {
    return contents;
  }
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = Buffer.from(contents)
    .toString('utf8', unnamed.length)
    .replace(/[^\x00-\x7f]/g, escaped);
  return Buffer.from(`/* ${hashOf(text)} */${text}`, 'latin1');
}

/** Every bundle: its name in dist/, its entry, and how it differs from the common options. */
const bundles = [
  {
    name: 'extension-node',
    entry: 'src/hosts/extension-node.ts',
    engine: 'file',
    options: { ...forNode, external: ['vscode', './engine.js'] },
  },
  { name: 'extension-web', entry: 'src/hosts/extension-web.ts', engine: 'text', options: forWeb },
  { name: 'compile-worker', entry: 'src/hosts/compile-worker-node.ts', options: forNode },
  { name: 'compile-worker-web', entry: 'src/hosts/compile-worker-web.ts', options: { ...forWeb, format: 'iife' } },
  { name: 'names-worker', entry: 'src/hosts/names-worker-node.ts', options: forNode },
  {
    name: 'command-line',
    entry: 'src/hosts/command-line.ts',
    of: 'cli',
    options: { ...forNode, banner: { js: unnamed } },
  },
  { name: 'cli', entry: 'src/hosts/cli.ts', options: { ...forNode, banner: { js: '#!/usr/bin/env node' } } },
  {
    name: 'inspector',
    entry: 'src/webview/main.ts',
    options: { platform: 'browser', target: 'es2022', format: 'iife', loader: { '.svg': 'text' } },
  },
];

function buildOptions({ name, entry, options }) {
  return {
    ...(entry === undefined ? {} : { entryPoints: { [name]: join(root, entry) } }),
    outdir: dist,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    legalComments: 'none',
    tsconfig: join(root, 'tsconfig.json'),
    ...options,
  };
}

/** Text files below `folder`, as paths relative to the repository with forward slashes, sorted. */
async function textFilesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile() && textFile.test(each.name))
    .map((each) =>
      relative(root, join(each.parentPath ?? each.path, each.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

/** Writes beside the file and renames: another process may be reading the old one, and never sees half of the new. */
async function replaceFile(path, contents) {
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, contents);
  // Dated when the build began: a source saved since then is newer, and scripts/sockscope.mjs builds again.
  await utimes(temporary, began, began);
  await rename(temporary, path);
}

async function writeMediaIndex() {
  const files = {};
  for (const path of existsSync(join(root, 'media')) ? await textFilesBelow(join(root, 'media')) : []) {
    files[path] = await readFile(join(root, path), 'utf8');
  }
  await replaceFile(join(dist, 'media.json'), JSON.stringify(files));
  note(`media.json: ${Object.keys(files).length} files`);
}

/** The adapter is a part of the command line: a program of its own would be the same code once more. */
const adapterStart = "#!/usr/bin/env node\nprocess.argv.splice(2, Infinity, 'dap');\nrequire('./cli.js');\n";

async function copyData() {
  const copies = [
    ['web-tree-sitter/web-tree-sitter.wasm', 'web-tree-sitter.wasm'],
    ['tree-sitter-c/tree-sitter-c.wasm', 'tree-sitter-c.wasm'],
    ['@vscode/codicons/dist/codicon.css', 'codicons/codicon.css'],
    ['@vscode/codicons/dist/codicon.ttf', 'codicons/codicon.ttf'],
  ];
  await mkdir(join(dist, 'codicons'), { recursive: true });
  await Promise.all([
    ...copies.map(([from, to]) => copyFile(join(modules, from), join(dist, to))),
    replaceFile(join(dist, 'dap-stdio.js'), adapterStart),
  ]);
}

/**
 * What a bundle is built from, when it is cut: its engine first. On a disk that is a file beside it; in a browser, where
 * nothing can be loaded in the middle of a call, a text in it that is evaluated.
 */
async function cutOptions(bundle) {
  const isFile = bundle.engine === 'file';
  const rehearsal = engineCut(esbuild, root, isFile ? engineFile('./engine.js') : engineText(''));
  await esbuild.build({ ...buildOptions(bundle), plugins: [rehearsal.plugin], write: false, sourcemap: false });
  const engine = buildOptions({ options: { ...bundle.options, ...engineEntry(root, rehearsal.found) } });
  if (isFile) {
    return [
      { ...buildOptions(bundle), plugins: [rehearsal.plugin] },
      { ...engine, outdir: undefined, outfile: join(dist, 'engine.js') },
    ];
  }
  const { outputFiles } = await esbuild.build({ ...engine, sourcemap: false, write: false });
  const { plugin } = engineCut(esbuild, root, engineText(outputFiles[0].text));
  return [{ ...buildOptions(bundle), plugins: [plugin] }];
}

/** Writes a bundle, or both parts of one that is cut; gives the files that went into it. */
async function buildOnce(bundle) {
  const all = bundle.engine ? await cutOptions(bundle) : [buildOptions(bundle)];
  const built = await Promise.all(all.map((options) => esbuild.build({ ...options, metafile: true, write: false })));
  // The engine before what loads it.
  for (const { path, contents } of built.reverse().flatMap(({ outputFiles }) => outputFiles)) {
    await replaceFile(path, named(contents));
  }
  return built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

/** Packages whose files are copied. */
const copied = ['web-tree-sitter', 'tree-sitter-c', '@vscode/codicons'];

/**
 * The compiler by itself, and its name, under which hosts keep images. A name that holds no longer is taken away before
 * the bundles are written: until the image is made they name the compiler by themselves.
 */
async function bundleCompiler() {
  const options = { name: 'kernel-image', entry: 'src/hosts/kernel-image.ts', options: forNode };
  const { outputFiles } = await esbuild.build({ ...buildOptions(options), sourcemap: false, write: false });
  const [{ contents: tool }] = outputFiles;
  const build = hashOf(tool);
  const named = join(dist, 'compiler.json');
  const before = existsSync(named) ? JSON.parse(await readFile(named, 'utf8')) : {};
  if (before.build !== build || flags.has('--watch')) {
    await rm(named, { force: true });
  }
  return { tool, build, before };
}

function hashOf(...contents) {
  return contents
    .reduce((sum, each) => sum.update(each), createHash('sha256'))
    .digest('hex')
    .slice(0, 16);
}

/** Compiles the bundled kernel with the compiler that was just built, unless what is there came from the same texts. */
async function shipImage({ tool, build, before }) {
  const of = hashOf(await readFile(join(dist, 'media.json')), tool);
  if (before.of === of && (before.key === null || existsSync(join(dist, 'images', `${before.key}.image`)))) {
    return;
  }
  const script = join(dist, `kernel-image.${process.pid}.js`);
  await writeFile(script, tool);
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, dist, build], { encoding: 'utf8' });
  await rm(script);
  const key = status === 0 ? stdout : null;
  await replaceFile(join(dist, 'compiler.json'), JSON.stringify({ build, of, key }));
  await removeImages((name) => name !== `${key}.image`);
  note(key ? `images/${key}.image` : `no image of the bundled kernel is shipped ${stderr}`);
}

/** Images of earlier builds. What another build is writing has another ending. */
async function removeImages(isOld) {
  const names = await readdir(join(dist, 'images')).catch(() => []);
  const old = names.filter((name) => name.endsWith('.image') && isOld(name));
  await Promise.all(old.map((name) => rm(join(dist, 'images', name), { force: true })));
}

async function main() {
  await mkdir(dist, { recursive: true });
  const wanted = bundles.filter(({ name, of }) => only === undefined || name === only || of === only);
  const present = wanted.filter(({ entry }) => existsSync(join(root, entry)));
  for (const { name, entry } of wanted.filter((each) => !present.includes(each))) {
    note(`${name}: skipped, there is no ${entry}`);
  }
  await Promise.all([copyData(), writeMediaIndex()]);
  const compiler = await bundleCompiler();
  if (flags.has('--watch')) {
    const all = await Promise.all(present.map((each) => (each.engine ? cutOptions(each) : [buildOptions(each)])));
    for (const options of all.flat()) {
      const context = await esbuild.context(options);
      await context.watch();
    }
    note('watching; Ctrl+C stops');
    return;
  }
  const results = await Promise.allSettled(present.map(buildOnce));
  const failed = present.filter((_, index) => results[index].status === 'rejected').map(({ name }) => name);
  if (failed.length > 0) {
    process.stderr.write(`build: failed: ${failed.join(', ')}\n`);
    process.exitCode = 1;
    return;
  }
  if (only === undefined) {
    const inputs = results.flatMap(({ value }) => value);
    await replaceFile(join(dist, 'third-party-notices.txt'), notices(modules, inputs, copied));
  }
  await shipImage(compiler);
  note(`built ${present.map(({ name }) => name).join(', ')}`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
}
