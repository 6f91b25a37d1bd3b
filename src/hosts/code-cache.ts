/**
 * Runs a bundle with the machine code's forerunner, V8's bytecode, as an earlier process of the same command left it: to
 * read and compile four million characters takes longer than most questions do.
 *
 * In: the bundle, which names its content in its first line, a folder of the user's own, a word that tells apart what
 * functions are needed. Out: the bundle's exports, and a way to keep the code. Bytecode is not checked by V8, so none is
 * taken that others may write, and none whose digest is not the one it was kept with. Nothing here fails: without a cache
 * the bundle is loaded as ever.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';

const ENDING = '.code';
const DIGEST = 32;
/** Code of another build goes when it was written so long ago, in milliseconds; what is still being written, sooner. */
const oldAge = 24 * 3_600_000;
const longestWrite = 60_000;
/** `build.mjs` writes it: a digest of the rest, all of which is ASCII. */
const marker = /^\/\* ([0-9a-f]{16}) \*\/\n/;

export interface Loaded {
  readonly exports: unknown;
  /** Whether kept code was run. */
  readonly wasKept: boolean;
  /** Keeps the code of all functions that have run, unless it was kept before. */
  keep(): void;
}

/** `folder` undefined: nothing is kept. */
export function loadThroughCodeCache(bundle: string, folder: string | undefined, word: string): Loaded {
  const load = createRequire(bundle);
  const source = folder === undefined ? '' : readFileSync(bundle, 'latin1');
  const content = marker.exec(source)?.[1];
  if (folder === undefined || content === undefined || !/^[a-z]+$/.test(word)) {
    return { exports: load(bundle), wasKept: false, keep: () => undefined };
  }
  const name = `${word}-${idOf(content)}${ENDING}`;
  const cachedData = readCode(folder, name);
  // In one line with the bundle's first, so that lines in traces are the file's.
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: bundle,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run(module.exports, load, module, bundle, join(bundle, '..'));
  const wasKept = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    wasKept,
    keep: () => (wasKept ? undefined : quietly(() => writeCode(folder, name, script.createCachedData()))),
  };
}

/** What bytecode is good for: this bundle, in this V8, on this kind of processor. */
function idOf(content: string): string {
  const { versions, arch, execArgv } = process;
  return createHash('sha256')
    .update([content, versions.v8, arch, ...execArgv].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

function digestOf(code: Uint8Array): Buffer {
  return createHash('sha256').update(code).digest();
}

/** Code that only this user can have written; undefined for all else. */
function readCode(folder: string, name: string): Buffer | undefined {
  return quietly(() => {
    if (!isOwn(statSync(folder))) {
      return undefined;
    }
    const file = openSync(join(folder, name), 'r');
    try {
      if (!isOwn(fstatSync(file))) {
        return undefined;
      }
      const bytes = readFileSync(file);
      const code = bytes.subarray(DIGEST);
      return digestOf(code).equals(bytes.subarray(0, DIGEST)) ? code : undefined;
    } finally {
      closeSync(file);
    }
  });
}

/** Windows keeps others out of a user's folders by other means. */
function isOwn({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Written beside and renamed: no reader meets half of it. */
function writeCode(folder: string, name: string, code: Buffer): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const beside = join(folder, `${name}.${process.pid}`);
  try {
    writeFileSync(beside, Buffer.concat([digestOf(code), code]), { mode: 0o600, flag: 'wx' });
    renameSync(beside, join(folder, name));
  } catch {
    rmSync(beside, { force: true });
  }
  removeOld(folder, name);
}

/** Code of other builds, and what killed processes were writing. */
function removeOld(folder: string, written: string): void {
  for (const name of readdirSync(folder)) {
    const [, id, , pid] = /^[a-z]+-([0-9a-f]{16})\.code(\.(\d+))?$/.exec(name) ?? [];
    const path = join(folder, name);
    if (id !== undefined && (pid !== undefined || !written.includes(id))) {
      quietly(() => Date.now() - statSync(path).mtimeMs > (pid === undefined ? oldAge : longestWrite) && rmSync(path));
    }
  }
}

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
