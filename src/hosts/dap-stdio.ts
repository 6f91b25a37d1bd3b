/**
 * The debug adapter for editors other than VS Code: Debug Adapter Protocol on standard input and output.
 *
 * In: protocol messages. Out: protocol messages; ends with its client. Files are read from disk; bundled sources are
 * named by their real paths in `media/kernel`, because other editors know no URIs of ours.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { AdapterHost } from '../dap/adapter-host';
import type { LaunchArguments } from '../dap/launch-arguments';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { uriToPath } from '../dap/client-places';
import { FrameReader, type Received } from '../dap/frame-reader';
import { SockscopeDebugSession } from '../dap/sockscope-debug-session';
import { withShipped, type ImageStore } from '../facade/compile-jobs';
import { ProgramCache } from '../facade/open-session';
import { sentence, type Sentence } from '../sentences/sentence';
import { languageOf, wording } from '../sentences/wording';
import { cacheFolder } from './cache-folder';
import { diskImageStore } from './image-store';
import { MessageText } from './message-text';
import { openFromDisk, readMedia } from './open-from-disk';
import { shippedImages } from './shipped-images';

const root = resolve(__dirname, '..');
const bundled = join(root, 'media', 'kernel');
const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG;
/** Milliseconds without a byte after which what has come of a message is all of it. */
const QUIET = 1000;
/** Of the process: 1 when something came that is no message. */
let status = 0;
/** Where the program's files are: the bundled kernel, or the folder that the launch names. */
let kernel = bundled;

// Compiled programs are kept: the next start of an editor does not compile again, nor does a restart of the run.
const images = keptImages();
const cache = new ProgramCache(images);
let toldOfCache = false;
let media: ReturnType<typeof readMedia> | undefined;

const host: AdapterHost = {
  open: async (given) => {
    const launch = { ...given, ...asPaths(given) };
    kernel = launch.kernel === undefined ? bundled : resolve(launch.kernel);
    const opened = await openFromDisk(root, launch, cache, (media ??= readMedia(root)));
    const problems = toldOfCache ? [] : (images.problems?.() ?? []);
    toldOfCache ||= problems.length > 0;
    return { ...opened, diagnostics: [...opened.diagnostics, ...problems] };
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
  language: (asked) => languageOf(asked ?? locale),
  passedOver: ({ problem, isTold }) => isTold || complain(problem),
  exit: () => leave(),
};

/** Files and folders of a launch, which may be named by URIs. */
function asPaths(launch: LaunchArguments): LaunchArguments {
  const { program, document, kernel: tree } = launch;
  return {
    ...(program === undefined ? {} : { program: uriToPath(program) }),
    ...(document === undefined ? {} : { document: uriToPath(document) }),
    ...(tree === undefined ? {} : { kernel: uriToPath(tree) }),
  };
}

// What goes to the console would corrupt the protocol on standard output.
console.log = console.error;
const session = new SockscopeDebugSession(host);
const reader = new FrameReader();
// What is said in one go leaves in one go: an answer and the stop behind it cost the client one awakening.
let unsent = '';
const texts = new MessageText();
const flush = (): void => {
  const text = unsent;
  unsent = '';
  process.stdout.write(text);
};
session.onDidSendMessage((message) => {
  if (unsent === '') {
    process.nextTick(flush);
  }
  unsent += texts.of(message);
});
let isSpoken = false;
let settling: NodeJS.Timeout | undefined;
function take(all: readonly Received[]): void {
  for (const each of all) {
    if ('message' in each) {
      isSpoken = true;
      session.handleMessage(each.message as DebugProtocol.ProtocolMessage);
    } else {
      isSpoken ||= each.asked !== undefined;
      session.passOver(each);
    }
  }
}
process.stdin.on('data', (bytes: Buffer) => {
  clearTimeout(settling);
  take(reader.push(bytes));
  if (status !== 0 && !isSpoken) {
    leave(); // whoever speaks there never spoke this protocol
  } else if (reader.unfinished) {
    settling = setTimeout(() => take(reader.settle()), QUIET);
  }
});
process.stdin.on('end', () => {
  if (reader.unfinished) {
    take(reader.settle());
    complain(sentence('it-ends-within-a-message'));
  }
  leave();
});
// The client has gone: nobody reads what would be written.
process.stdout.on('error', () => process.exit(1));

/** The shipped image, and compiled programs in the user's cache folder, where there is one. */
function keptImages(): ImageStore {
  const shipped = shippedImages(root, __filename);
  const folder = cacheFolder(process.env, process.platform, homedir());
  return withShipped(shipped, folder === undefined ? undefined : diskImageStore(folder, shipped.build));
}

/** What came is no message: it is passed over, and that there was such a thing shows in how the process ends. */
function complain(what: Sentence): void {
  const told = sentence('what-came-is-not-the-protocol', { what });
  process.stderr.write(`sockscope: ${wording(told, languageOf(locale))}\n`);
  status = 1;
}

/** Ends when everything written so far has left. */
function leave(): void {
  clearTimeout(settling);
  process.stdin.pause();
  flush();
  process.stdout.write('', () => process.exit(status));
}
