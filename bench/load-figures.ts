/**
 * Heavy use of a kernel, timed and run freely: many connections through one listener (connect, accept, close on both
 * sides), and a bulk transfer through the loopback device, which bench/native-transfer.c makes too.
 *
 * In: the folder of a Linux 2.4 tree, or nothing for the bundled kernel. Out: statements executed and milliseconds;
 * compiling is not part of it. The connections count from the start of the machine, boot included; a transfer from its
 * first call to its last. Throws when a call ended otherwise than it should.
 */
import { wording } from '../src/sentences/wording';
import { performance } from 'node:perf_hooks';
import { PktRunner } from '../src/scenario/pkt-runner';
import { parseScenario } from '../src/scenario/pkt-parser';
import { runWorkload, statementsFor } from '../src/scenario/run-workload';
import { ProgramCache, openProgram } from '../src/facade/open-session';
import type { Program } from '../src/compile/program';
import { SourceFile } from '../src/source/source-file';
import { diskTree } from '../src/hosts/disk-tree';
import { openOptions } from './session-figures';
import { transfer } from './transfer';
import { connections } from './workloads';

const THOUSAND = 1000;
/** Events of the script `connections` before and after its connections. */
const LISTENER_EVENTS = 3;
const CLOSING_EVENTS = 2;
const WARM = 300;

async function load(kernel: string | undefined) {
  const { program, diagnostics } = await openProgram({
    ...openOptions(new ProgramCache()),
    kernel: kernel === undefined ? undefined : { loader: diskTree(kernel), name: kernel },
  });
  if (!program) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${wording(message, 'en')}`).join('\n'));
  }
  return program;
}

/**
 * 512 KB in blocks of 32 KB, a connection a round; the first rounds, while V8 still replaces its first code, do not
 * count.
 */
export async function bulkTransfer(
  kernel: string | undefined,
  rounds: number,
): Promise<{ sum: number; statements: number; milliseconds: number[] }> {
  const program = await load(kernel);
  const all = await transfer(program.image, 16, rounds + WARM, program.entries);
  const counted = all.slice(WARM);
  return {
    sum: counted[0]!.sum,
    statements: counted[0]!.statements,
    milliseconds: counted.map(({ milliseconds }) => milliseconds),
  };
}

/** What connections through one listener, one after the other, cost. */
export interface ConnectionFigures {
  readonly connections: number;
  readonly statements: number;
  readonly milliseconds: number;
  /** Most memory that this process has had, compiling included. */
  readonly peakMiB: number;
}

/**
 * A thousand connections follow each other at once; more of them at a distance, so that there is always a local port
 * that no TIME_WAIT holds. Afterwards the bundled kernel's slab must hold what it holds without any.
 */
export async function connectionFigures(kernel: string | undefined, count: number): Promise<ConnectionFigures> {
  const program = await load(kernel);
  const gap = count <= THOUSAND ? 0 : kernel === undefined ? 0.003 : 0.02;
  const quiet = count <= THOUSAND ? 0 : 70;
  const began = performance.now();
  const { machine, live } = await connect(program, count, gap, quiet);
  const milliseconds = performance.now() - began;
  if (quiet > 0 && kernel === undefined) {
    const before = (await connect(program, 0, gap, quiet)).live;
    if (live !== before) {
      throw new Error(`${count} connections leave ${live} live objects, none leave ${before}`);
    }
  }
  return {
    connections: count,
    statements: machine.clock,
    milliseconds,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

async function connect({ image, entries }: Program, count: number, gap: number, quiet: number) {
  // One connection is read, and played as often as it is wanted.
  const { scenario } = parseScenario(new SourceFile('connections.pkt', connections(1, quiet, gap)));
  const { events } = scenario;
  const one = events.slice(LISTENER_EVENTS, -CLOSING_EVENTS);
  const all = Array.from({ length: count }, () => one).flat();
  const played = {
    ...scenario,
    events: [...events.slice(0, LISTENER_EVENTS), ...all, ...events.slice(-CLOSING_EVENTS)],
  };
  const { workload, machine, stop, kernel } = await runWorkload(
    image,
    (parts, host) => new PktRunner(played, parts, host),
    { entries, budget: statementsFor(played, 1_000_000_000) },
  );
  if (stop.kind !== 'end' || workload.failures.length > 0) {
    throw new Error(`the connections ended otherwise: ${JSON.stringify(workload.failures[0] ?? stop)}`);
  }
  const live = kernel.slab.slab.statistics().reduce((sum, cache) => sum + cache.live, 0);
  return { machine, live };
}
