/**
 * What a person waits for in a debugging session: the first stop after F5, and a step back late in a long run.
 *
 * In: the built data in dist/. Out: milliseconds. The kernel is the bundled one; the long run is a script that opens and
 * closes sockets until a million statements have gone by.
 */
import { wording } from '../src/sentences/wording';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type OpenOptions, openSession, ProgramCache } from '../src/facade/open-session';
import type { SessionApi } from '../src/facade/session';
import { diskTree } from '../src/hosts/disk-tree';
import { diskImageStore } from '../src/hosts/image-store';

/** What every session here is opened with: the built data, and a scenario or a script. */
export function openOptions(cache: ProgramCache, script?: string): OpenOptions {
  return {
    media: JSON.parse(readFileSync(join(__dirname, 'media.json'), 'utf8')) as OpenOptions['media'],
    wasm: {
      runtimeWasm: readFileSync(join(__dirname, 'web-tree-sitter.wasm')),
      grammarWasm: readFileSync(join(__dirname, 'tree-sitter-c.wasm')),
    },
    cache,
    ...(script === undefined ? { scenario: 'tcp-socket' } : { script: { path: 'bench.pkt', text: script } }),
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
 * From nothing (data on disk, no parser, nothing compiled) to the first stop in `inet_create`, and the same once more.
 */
export async function firstStop(): Promise<{ milliseconds: number; again: number }> {
  const cache = new ProgramCache();
  const began = performance.now();
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
