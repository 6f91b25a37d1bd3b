/**
 * What a person waits for in a debugging session: the first stop after F5, and a step back late in a long run.
 *
 * In: the built data in dist/. Out: milliseconds. The kernel is the bundled one; the long run is a script that opens and
 * closes sockets until a million statements have gone by.
 */
import { wording } from '../src/sentences/wording';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type OpenOptions, openSession, ProgramCache } from '../src/facade/open-session';
import type { SessionApi } from '../src/facade/session';
import { compileProgram, type ProgramSource } from '../src/compile/program';
import { createCParser, type GrammarBytes } from '../src/parse/tree-sitter';
import type { SourceFile } from '../src/source/source-file';
import { bundledKernel } from '../src/trees/bundled-kernel';
import { identifyTree } from '../src/trees/identify-tree';
import { treeProgram } from '../src/trees/kernel-tree';
import { withShipped } from '../src/facade/compile-jobs';
import { diskTree } from '../src/hosts/disk-tree';
import { diskImageStore } from '../src/hosts/image-store';
import { shippedImages } from '../src/hosts/shipped-images';

/** What every session here is opened with: the built data, and a scenario or a script. */
export function openOptions(cache: ProgramCache, script?: string): OpenOptions {
  return {
    media: JSON.parse(readFileSync(join(__dirname, 'media.json'), 'utf8')) as OpenOptions['media'],
    wasm: grammar(),
    cache,
    ...(script === undefined ? { scenario: 'tcp-socket' } : { script: { path: 'bench.pkt', text: script } }),
  };
}

/** The grammar's bytes, of the built data. */
export function grammar(): GrammarBytes {
  return {
    runtimeWasm: readFileSync(join(__dirname, 'web-tree-sitter.wasm')),
    grammarWasm: readFileSync(join(__dirname, 'tree-sitter-c.wasm')),
  };
}

async function open(given: OpenOptions): Promise<SessionApi> {
  const { session, diagnostics } = await openSession(given);
  if (!session) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${wording(message, 'en')}`).join('\n'));
  }
  return session;
}

/**
 * As on a fresh profile (data and the shipped image on disk, no parser, nothing kept) to the first stop in
 * `inet_create`, and the same once more.
 */
export async function firstStop(): Promise<{ milliseconds: number; again: number }> {
  const began = performance.now();
  const cache = new ProgramCache(withShipped(shippedImages(join(__dirname, '..'), __filename)));
  const given = openOptions(cache);
  const timeOne = async (from: number) => {
    const session = await open(given);
    const stop = await session.start({ stopAtFunction: 'inet_create' });
    const milliseconds = performance.now() - from;
    if (stop.reason !== 'function-breakpoint') {
      throw new Error(`the session stopped for another reason: ${stop.reason}`);
    }
    session.dispose();
    return milliseconds;
  };
  const milliseconds = await timeOne(began);
  return { milliseconds, again: await timeOne(performance.now()) };
}

/**
 * From nothing to the first statement of a system call: of the bundled kernel, or of the tree in `kernel`. With `store`
 * (a folder) compiled programs are kept there, so that a second process finds them. `peakMiB` is the memory that the
 * process held at most.
 */
export async function openCold(
  kernel: string | undefined,
  store: string | undefined,
): Promise<{ milliseconds: number; peakMiB: number }> {
  const began = performance.now();
  const cache = new ProgramCache(store === undefined ? undefined : diskImageStore(store, 'bench'));
  const session = await open({
    ...openOptions(cache),
    kernel: kernel === undefined ? undefined : { loader: diskTree(kernel), name: kernel },
  });
  const stop = await session.start({ stopAtFunction: 'inet_create' });
  const milliseconds = performance.now() - began;
  if (stop.reason !== 'function-breakpoint') {
    throw new Error(`the session stopped for another reason: ${stop.reason}`);
  }
  session.dispose();
  return { milliseconds, peakMiB: process.resourceUsage().maxRSS / 1024 };
}

const target = 1_000_000;

/** One reverse step after a million statements: the median and the worst of several, each from another place. */
export async function stepBack(): Promise<{ milliseconds: number; worst: number }> {
  const pairs = 12_000;
  const line = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n';
  const session = await open(openOptions(new ProgramCache(), line + line.replace(/^0/, '+0').repeat(pairs)));
  await session.start();
  const times: number[] = [];
  for (let at = target; times.length < 15; at += 3_001) {
    const arrived = await session.travelTo(at);
    if (arrived.clock < target) {
      throw new Error(`the run ended after ${arrived.clock} statements: ${arrived.reason}`);
    }
    const began = performance.now();
    const stop = await session.run('back-into');
    times.push(performance.now() - began);
    if (stop.clock >= arrived.clock) {
      throw new Error(`a step back went from ${arrived.clock} to ${stop.clock}`);
    }
  }
  session.dispose();
  times.sort((a, b) => a - b);
  return { milliseconds: times[Math.floor(times.length / 2)]!, worst: times[times.length - 1]! };
}

/**
 * Every file that a kernel's program is compiled from, written below `out` for another compiler; gives what that has to
 * be told.
 */
export async function writeSources(
  kernel: string | undefined,
  out: string,
): Promise<Pick<ProgramSource, 'sources' | 'includePaths' | 'defines'>> {
  const { media } = openOptions(new ProgramCache());
  const parser = await createCParser(grammar());
  const source = sourceOfKernel(kernel, media);
  const asked = new Map<string, string>();
  const load = (path: string): SourceFile | undefined => {
    const file = source.loader.load(path);
    if (file) {
      asked.set(path, file.text);
    }
    return file;
  };
  compileProgram({ ...source, loader: { load } }, parser);
  const onDisk = (path: string): string => path.replace('<sim>', 'sim');
  for (const [path, text] of asked) {
    const place = join(out, onDisk(path));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  const { sources, includePaths, defines } = source;
  return { sources: sources.map(onDisk), includePaths: includePaths.map(onDisk), defines };
}

function sourceOfKernel(kernel: string | undefined, media: OpenOptions['media']): ProgramSource {
  if (kernel === undefined) {
    return bundledKernel(media);
  }
  const loader = diskTree(kernel);
  const kind = identifyTree(loader, kernel);
  if ('severity' in kind) {
    throw new Error(wording(kind.message, 'en'));
  }
  return treeProgram(loader, kind, media);
}
