/**
 * The command line's doors to the outside in a Node process: streams, files, the package's own data.
 *
 * In: the bundle's folder and whether the reader of stdout has gone away. Out: a {@link CliIo}.
 */
import { sentence } from '../sentences/sentence';
import { lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { CliIo } from '../cli/cli-io';
import type { MediaFiles } from '../source/media-files';
import { diskTree, sourceOf } from './disk-tree';
import { withShipped } from '../facade/compile-jobs';
import { cacheFolder } from './cache-folder';
import { diskImageStore } from './image-store';
import { shippedImages } from './shipped-images';
import { describeProblem, readRegularFile } from './read-file';
import { walkFolder } from './walk-folder';

/** `bundle` is the running script: the package lies one folder above its own. */
export function nodeIo(bundle: string, closed: () => boolean): CliIo {
  const root = resolve(bundle, '..', '..');
  let media: MediaFiles | undefined;
  const byteFile = (name: string): Uint8Array => new Uint8Array(readFileSync(join(root, 'dist', name)));

  const io: CliIo = {
    stdout: (text) => void (closed() || process.stdout.write(text)),
    stdoutBytes: (bytes) => void (closed() || process.stdout.write(bytes)),
    stderr: (text) => void process.stderr.write(text),
    stderrBytes: (bytes) => void process.stderr.write(bytes),
    openFile(path) {
      const read = readRegularFile(path);
      return read instanceof Uint8Array ? sourceOf(path, read) : describeProblem(path, read);
    },
    isMissing: (path) => lstatSync(path, { throwIfNoEntry: false }) === undefined,
    writeFile(path, content) {
      try {
        writeFileSync(path, content);
        return undefined;
      } catch {
        return {
          code: 'SS9001',
          severity: 'error',
          path,
          message: sentence('the-file-cannot-be-written'),
          remedy: sentence('allow-writing-it'),
        };
      }
    },
    listFiles: walkFolder,
    stampOf,
    media: () => (media ??= JSON.parse(readFileSync(join(root, 'dist', 'media.json'), 'utf8')) as MediaFiles),
    kernelTree: diskTree,
    imageStore: (given) => {
      const folder = given ?? cacheFolder(process.env, process.platform, homedir());
      const shipped = shippedImages(root, bundle);
      return withShipped(shipped, folder === undefined ? undefined : diskImageStore(folder, shipped.build));
    },
    packageRoot: root,
    parserWasm: () => ({ runtime: byteFile('web-tree-sitter.wasm'), grammar: byteFile('tree-sitter-c.wasm') }),
    locale: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG,
    version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    closed,
    now: () => performance.now(),
    compileSparingly: () => {
      setTiers('no-');
      // Code that is kept at the end (code-cache.ts) fits the flags that it was made under.
      process.prependOnceListener('exit', () => setTiers(''));
    },
    breathe: () => new Promise((done) => setImmediate(done)),
  };
  return io;
}

/** Whether the engine compiles once more what is used often. */
function setTiers(no: 'no-' | ''): void {
  ['wasm-dynamic-tiering', 'wasm-tier-up'].forEach((name) => setFlagsFromString(`--${no}${name}`));
}

function stampOf(path: string): string | undefined {
  const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return size === undefined ? undefined : `${size} ${mtimeMs}`;
}
