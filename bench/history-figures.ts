/**
 * What questions to a run's past cost, and going back in it.
 *
 * In: the built data in dist/; how many statements the run has about. Out: milliseconds by the clock and of processor time
 * (which other programs do not lengthen), each the 95th percentile of several, and the memory that the history takes. The
 * run is many connections through one listener of the bundled kernel; one of over 120 million statements is 64 KB again and
 * again over one connection, for a script has an end.
 * Variables that were just written, long ago and never stand for the cases there are. Nothing is warmed: the first
 * question of a run is among them, and told by itself.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate as breath } from 'node:timers/promises';
import type { History } from '../src/facade/history';
import { openSession, ProgramCache, type OpenedSession } from '../src/facade/open-session';
import type { SessionApi } from '../src/facade/session';
import type { Program } from '../src/compile/program';
import { openOptions } from './session-figures';
import { blocks, connections } from './workloads';

/** Variables of which it is asked once who wrote them. */
const SOME = 60;
/** Statements that a connection takes, about. */
const PER_CONNECTION = 6_470;
const GAP = 0.003;
/** Statements of 64 KB sent and received, about. */
const PER_BLOCK = 105_000;
/** Connections of a script at most: it has five events for each. */
const MOST_CONNECTIONS = 19_000;

/** A script of about so many statements. */
function scriptOf(statements: number): string {
  const count = Math.ceil(statements / PER_CONNECTION);
  return count <= MOST_CONNECTIONS ? connections(count, 0, GAP) : blocks(Math.ceil(statements / PER_BLOCK));
}

/** Milliseconds: by the clock, and those that the process ran, all its threads together. */
export interface Cost {
  readonly wall: number;
  readonly processor: number;
}

export interface HistoryFigures {
  readonly statements: number;
  /** The very first question, in which the copy of the machine is made. */
  readonly first: Cost;
  readonly who: Cost;
  /** The same of variables of which nobody has asked before, each once. */
  readonly whoOnce: Cost;
  readonly ask: Cost;
  readonly rows: number;
  readonly askWhere: Cost;
  /** The origin of a port that has come over the wire: through headers and a socket to the argument of a system call. */
  readonly origin: Cost;
  readonly stepBack: Cost;
  readonly stepBackAgain: Cost;
  readonly reverse: Cost;
  /** Longest time in which the process heard nobody while it was at one of these (a `cancel` waits so long), and what its thread ran of it. */
  readonly deaf: Readonly<Record<'first' | 'who' | 'ask' | 'origin' | 'reverse', Cost>>;
  /** MiB of checkpoints and journal, by the machine's own books, for each million statements. */
  readonly historyPerMillion: number;
  readonly historyMiB: number;
}

/** A run to its end, and the bytes that it has kept then; what the engine keeps of code that runs hot is not among them. */
async function ranToEnd(
  statements: number,
  breathe?: (clock: number) => Promise<boolean>,
): Promise<OpenedSession & { readonly held: number }> {
  const cache = new ProgramCache();
  const open = (count: number): Promise<OpenedSession> =>
    openSession({ ...openOptions(cache, scriptOf(count)), stepBudget: 4_000_000_000 });
  const warm = await open(30 * PER_CONNECTION);
  await warm.session?.start();
  await warm.session?.run('continue');
  warm.session?.dispose();
  const opened = await open(statements);
  const { session } = opened;
  if (!session) {
    throw new Error('the session was not opened');
  }
  await session.start();
  const heapBefore = await settledHeap();
  const end = await session.run('continue', breathe ? { breathe } : {});
  if (end.reason !== 'end') {
    throw new Error(`the run ended otherwise: ${end.reason}`);
  }
  return { ...opened, held: (await settledHeap()) - heapBefore };
}

/** The memory alone, of runs that are too long to ask them much: MiB that are kept at each tenth of them. */
export async function historyMemory(statements: number): Promise<{ statements: number; historyMiB: number }[]> {
  const samples: { statements: number; historyMiB: number }[] = [];
  let first = 0;
  const { session } = await ranToEnd(statements, async (clock) => {
    if (first === 0) {
      first = await settledHeap();
    } else if (clock >= (statements / 10) * (samples.length + 1)) {
      samples.push({ statements: clock, historyMiB: ((await settledHeap()) - first) / 2 ** 20 });
    }
    return false;
  });
  session?.dispose();
  return samples;
}

export async function historyFigures(statements: number): Promise<HistoryFigures> {
  const { session, history, program, held } = await ranToEnd(statements);
  if (!session || !history || !program) {
    throw new Error('the session was not opened');
  }
  const end = session.stop;
  const names = ['jiffies', 'tcp_port_rover', 'sysctl_tcp_fin_timeout', 'tcp_openreq_cachep', 'inet_family_ops'];
  const who = async (name: string): Promise<Cost> => {
    const { target } = history.target(name, undefined) as { target: Parameters<typeof history.whoWrote>[0] };
    return timed(() => history.whoWrote(target, breathing));
  };
  const deaf = new Deafness();
  const first = await deaf.during('first', () => who('inet_family_ops'));
  const times: Cost[] = [];
  for (let round = 0; round < 12; round++) {
    for (const name of names) {
      times.push(await deaf.during('who', () => who(name)));
    }
  }
  const others: Cost[] = [];
  for (const name of someGlobals(program)) {
    others.push(await deaf.during('who', () => who(name)));
  }
  let rows = 0;
  const asked = async (question: string): Promise<Cost> =>
    timed(async () => {
      const { answer } = await deaf.during('ask', () => history.ask(question, undefined, breathing, 1_000_000));
      rows = answer?.rows.length ?? 0;
    });
  const asks: Cost[] = [];
  for (let round = 0; round < 5; round++) {
    asks.push(await asked('calls(inet_bind)'), await asked('sockets where state == TCP_CLOSE && from == TCP_LISTEN'));
  }
  const wheres: Cost[] = [];
  for (let round = 0; round < 3; round++) {
    wheres.push(await asked('calls(tcp_v4_rcv) where skb->len > 100000'));
  }
  const origins = await deaf.during('origin', () => originTimes(session, history));
  const backs: Cost[] = [];
  const again: Cost[] = [];
  const target = Math.min(statements, end.clock) - 60_000;
  for (let round = 0; round < 30; round++) {
    await session.travelTo(target + round * 1_777);
    backs.push(await timed(() => session.run('back-into')));
    again.push(await timed(() => session.run('back-over')));
  }
  session.setFunctionBreakpoints([{ name: 'tcp_v4_rcv', condition: 'skb->len > 100000' }]);
  await session.travelTo(Math.min(end.clock, 1_000_000));
  const reverse = await deaf.during('reverse', () => timed(() => session.run('back-continue', breathing)));
  session.dispose();
  return {
    statements: end.clock,
    first,
    who: percentile(times),
    whoOnce: percentile(others),
    ask: percentile(asks),
    rows,
    askWhere: percentile(wheres),
    origin: percentile(origins),
    stepBack: percentile(backs),
    stepBackAgain: percentile(again),
    reverse,
    deaf: deaf.longest,
    historyPerMillion: held / 2 ** 20 / (end.clock / 1e6),
    historyMiB: held / 2 ** 20,
  };
}

/** Globals of all sizes that are one value, evenly drawn from the program's. */
function someGlobals({ image }: Program): readonly string[] {
  const values = image.debug.globals.filter(({ name, size }) => size <= 4 && /^[a-z]\w+$/.test(name));
  const names = [...new Set(values.map(({ name }) => name))];
  const distance = Math.max(1, Math.floor(names.length / SOME));
  return names.filter((_, index) => index % distance === 0).slice(0, SOME);
}

/** At the last packets of the run: where the port of each comes from. */
async function originTimes(session: SessionApi, history: History): Promise<Cost[]> {
  const times: Cost[] = [];
  session.setFunctionBreakpoints([{ name: 'tcp_v4_rcv' }]);
  for (let round = 0; round < 20; round++) {
    const { thread, clock } = await session.run('back-continue', breathing);
    const { value } = session.evaluate('skb->h.th->dest', session.stack(thread)[0]);
    const { address, size } = value ?? {};
    if (address === undefined || size === undefined) {
      throw new Error('the packet has no header');
    }
    times.push(await timed(() => history.origins.of({ address, size, label: 'dest', clock }, breathing)));
  }
  session.setFunctionBreakpoints([]);
  return times;
}

/** Questions hear their client now and then, as in the debug adapter. */
const breathing = {
  breathe: async (): Promise<boolean> => {
    breathed?.();
    await breath();
    return false;
  },
};
/** Told of each breath. */
let breathed: (() => void) | undefined;

/** How long the process hears nobody. */
class Deafness {
  readonly longest: Record<keyof HistoryFigures['deaf'], Cost> = {
    first: nothing,
    who: nothing,
    ask: nothing,
    origin: nothing,
    reverse: nothing,
  };

  async during<T>(what: keyof Deafness['longest'], act: () => Promise<T>): Promise<T> {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    await breath();
    delays.enable();
    let processor = 0;
    let before = mainThread();
    breathed = (): void => {
      processor = Math.max(processor, mainThread() - before);
      before = mainThread();
    };
    const result = await act();
    breathed();
    breathed = undefined;
    await breath();
    delays.disable();
    const { wall: longest, processor: most } = this.longest[what];
    this.longest[what] = { wall: Math.max(longest, delays.max / 1e6), processor: Math.max(most, processor) };
    return result;
  }
}

/** Milliseconds that the main thread has run; where the system does not tell, those of the process with its compiling threads. */
function mainThread(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}

const nothing: Cost = { wall: 0, processor: 0 };

async function timed(act: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage();
  const began = performance.now();
  await act();
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1000 };
}

/** Bytes in use when garbage is gone, where the engine can be told to collect it. */
async function settledHeap(): Promise<number> {
  const collect = (globalThis as { gc?: () => void }).gc;
  for (let round = 0; collect && round < 3; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The 95th percentile of each of the two. */
function percentile(costs: readonly Cost[]): Cost {
  const of = (times: readonly number[]): number => {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
  };
  return { wall: of(costs.map(({ wall }) => wall)), processor: of(costs.map(({ processor }) => processor)) };
}
