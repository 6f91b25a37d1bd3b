/**
 * The debug adapter for editors other than VS Code: Debug Adapter Protocol on standard input and output.
 *
 * In: protocol messages. Out: protocol messages; ends with its client. Files are read from disk; bundled sources are
 * named by their real paths in `media/kernel`, because other editors know no URIs of ours.
 */
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { AdapterHost } from '../dap/adapter-host';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { FrameReader, FramingError } from '../dap/frame-reader';
import { SockscopeDebugSession } from '../dap/sockscope-debug-session';
import type { ImageStore } from '../facade/compile-jobs';
import { ProgramCache } from '../facade/open-session';
import { languageOf } from '../sentences/wording';
import { diskImageStore } from './image-store';
import { openFromDisk, readMedia } from './open-from-disk';

const root = resolve(__dirname, '..');
const bundled = join(root, 'media', 'kernel');
/** Where the program's files are: the bundled kernel, or the folder that the launch names. */
let kernel = bundled;

// Compiled programs are kept: the next start of an editor does not compile again, nor does a restart of the run.
const cache = new ProgramCache(keptImages());
let media: ReturnType<typeof readMedia> | undefined;

const host: AdapterHost = {
  open: (launch) => {
    kernel = launch.kernel === undefined ? bundled : resolve(launch.kernel);
    return openFromDisk(root, launch, cache, (media ??= readMedia(root)));
  },
  breathe: () => new Promise((done) => setImmediate(done)),
  toClientPath: (path) =>
    isAbsolute(path)
      ? path
      : path.startsWith('media/')
        ? join(root, path)
        : join(kernel, path).replace(join(kernel, '<sim>'), join(root, 'media', 'asm-sim')),
  fromClientPath: (path) =>
    resolve(path).startsWith(kernel + sep) ? relative(kernel, path).split(sep).join('/') : path,
  isThere: (clientPath) => existsSync(clientPath),
  language: (locale) => languageOf(locale ?? process.env.LC_ALL ?? process.env.LANG),
  exit: () => leave(0),
};

// What goes to the console would corrupt the protocol on standard output.
console.log = console.error;
const session = new SockscopeDebugSession(host);
const reader = new FrameReader();
// What is said in one go leaves in one go: an answer and the stop behind it cost the client one awakening.
let unsent = '';
const flush = (): void => {
  const text = unsent;
  unsent = '';
  process.stdout.write(text);
};
session.onDidSendMessage((message) => {
  if (unsent === '') {
    process.nextTick(flush);
  }
  const body = JSON.stringify(message);
  unsent += `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
});
process.stdin.on('data', (bytes: Buffer) => {
  try {
    reader.push(bytes).forEach((message) => session.handleMessage(message as DebugProtocol.ProtocolMessage));
  } catch (error) {
    give(error);
  }
});
process.stdin.on('end', () => (reader.unfinished ? give(new FramingError('it ends within a message')) : leave(0)));
// The client has gone: nobody reads what would be written.
process.stdout.on('error', () => process.exit(1));

/** Compiled programs in the user's cache folder, or in the one of SOCKSCOPE_CACHE; none when that is empty. */
function keptImages(): ImageStore | undefined {
  const own = process.env.SOCKSCOPE_CACHE;
  const folder = own ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sockscope');
  return folder === '' ? undefined : diskImageStore(folder, `dap ${statSync(__filename).mtimeMs}`);
}

/** What is no message ends the adapter: behind it nothing can be found again. */
function give(error: unknown): void {
  const what = error instanceof Error ? error.message : String(error);
  process.stderr.write(`sockscope: what came is not the Debug Adapter Protocol: ${what}\n`);
  leave(1);
}

/** Ends when everything written so far has left. */
function leave(status: number): void {
  process.stdin.pause();
  flush();
  process.stdout.write('', () => process.exit(status));
}
