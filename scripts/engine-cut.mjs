/**
 * Cuts the extension in two: what VS Code loads when it activates it, and the engine (compiler, machine, notes, debug
 * adapter) that is parsed when something of it is used for the first time.
 *
 * In: options of a bundle whose entry lies in `src/hosts`. Out: the options with a plugin. Sources import from the facade
 * as ever; the plugin puts a module of getters in the place of every module behind the cut, and notes its name. A bundle
 * reads an imported name where it is used, so the getter runs then, and loads the engine. Nothing is in both parts that
 * has state or a class.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** What is needed at activation. */
const before = /^src\/(?:hosts|editor|protocol|base)\/|^src\/sentences\/sentence\.ts$|^src\/dap\/message-trace\.ts$/;
const namespace = 'engine';
/** The module whose function gives the engine's exports. */
const loader = 'the engine';

/** `src/facade/program.ts` of the import of `../facade/program` in a file. */
function moduleOf(root, importer, path) {
  const file = `${resolve(dirname(importer), path)}.ts`;
  return existsSync(file) ? relative(root, file).split(sep).join('/') : undefined;
}

/** A loader of an engine that is a file beside the bundle, and of one that is a text in it. */
export const engineFile = (name) => `module.exports = () => require(${JSON.stringify(name)});`;
export const engineText = (text) => `const text = ${JSON.stringify(text)};
let made;
module.exports = () => {
  if (!made) {
    const engine = { exports: {} };
    new Function('module', 'exports', text)(engine, engine.exports);
    made = engine.exports;
  }
  return made;
};`;

/** The plugin, and the modules that it found behind the cut; `load` is the text of a module that gives a loader. */
export function engineCut(esbuild, root, load) {
  const found = new Set();
  const plugin = {
    name: 'engine-cut',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ importer, path, kind }) => {
        const from = relative(root, importer).split(sep).join('/');
        const to = kind === 'import-statement' && before.test(from) ? moduleOf(root, importer, path) : undefined;
        if (to === undefined || before.test(to)) {
          return undefined;
        }
        found.add(to);
        return { path: to, namespace };
      });
      build.onResolve({ filter: /^the engine$/ }, () => ({ path: loader, namespace }));
      build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
        if (path === loader) {
          return { contents: load, loader: 'js', resolveDir: root };
        }
        const names = await exportedNames(esbuild, join(root, path));
        const getters = names.map((name) => `get ${name}() { return load()[${JSON.stringify(path)}].${name}; }`);
        const contents = `const load = require('${loader}');\nmodule.exports = { __esModule: true, ${getters.join(', ')} };`;
        return { contents, loader: 'js', resolveDir: root };
      });
    },
  };
  return { plugin, found };
}

async function exportedNames(esbuild, file) {
  const { metafile } = await esbuild.build({
    entryPoints: [file],
    format: 'esm',
    metafile: true,
    write: false,
    outdir: '.',
  });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports);
}

/** The engine's entry: every module behind the cut under its name. */
export function engineEntry(root, modules) {
  const lines = [...modules]
    .sort()
    .map((path) => `export * as ${JSON.stringify(path)} from './${path.replace(/\.ts$/, '')}';`);
  return { stdin: { contents: lines.join('\n'), resolveDir: root, sourcefile: 'engine.ts', loader: 'ts' } };
}
