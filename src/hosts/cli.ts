/**
 * The command line's host: Node's process, files and streams for `src/cli`. In: argv. Out: the exit status.
 *
 * A reader that goes away (`| head`) is no error. `sockscope dap` is the debug adapter: a bundle of its own beside this one.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CliIo } from '../cli/cli-io';
import { runCli } from '../cli/main';
import { diskTree } from './disk-tree';
import { diskImageStore } from './image-store';
import type { MediaFiles } from '../session/media-files';

const root = resolve(__dirname, '..');
const largestFile = 50_000_000;
let media: MediaFiles | undefined;
let closed = false;
const byteFile = (name: string): Uint8Array => new Uint8Array(readFileSync(join(root, 'dist', name)));

const io: CliIo = {
  stdout: (text) => void (closed || process.stdout.write(text)),
  stdoutBytes: (bytes) => void (closed || process.stdout.write(bytes)),
  stderr: (text) => void process.stderr.write(text),
  readFile(path) {
    try {
      return statSync(path).isFile() && statSync(path).size <= largestFile ? readFileSync(path, 'utf8') : undefined;
    } catch {
      return undefined;
    }
  },
  writeFile: (path, text) => writeFileSync(path, text),
  listFiles(folder, endings) {
    try {
      const names = readdirSync(folder, { recursive: true }).map(String).sort();
      return names.filter((name) => endings.some((ending) => name.endsWith(ending))).map((name) => join(folder, name));
    } catch {
      return [];
    }
  },
  media: () => (media ??= JSON.parse(readFileSync(join(root, 'dist', 'media.json'), 'utf8')) as MediaFiles),
  kernelTree: diskTree,
  imageStore: (folder) => diskImageStore(folder, `${io.version} ${statSync(__filename).mtimeMs}`),
  packageRoot: root,
  parserWasm: () => ({ runtime: byteFile('web-tree-sitter.wasm'), grammar: byteFile('tree-sitter-c.wasm') }),
  locale: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG,
  version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  closed: () => closed,
  breathe: () => new Promise((done) => setImmediate(done)),
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? (closed = true) : process.exit(2)));
const words = process.argv.slice(2);
if (words[0] === 'dap' && words.length === 1) {
  void import(pathToFileURL(join(__dirname, 'dap-stdio.js')).href);
} else {
  runCli(words, io).then(
    (status) => (process.exitCode = status),
    (bug: unknown) => {
      process.stderr.write(`sockscope: ${bug instanceof Error ? bug.stack : String(bug)}\n`);
      process.exitCode = 2;
    },
  );
}
