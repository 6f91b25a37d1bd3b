/**
 * Heavy use of a kernel, timed and run freely: a thousand connections through one listener (connect, accept, close on
 * both sides), and a bulk transfer through the loopback device, which bench/native-transfer.c makes too.
 *
 * In: the folder of a Linux 2.4 tree, or nothing for the bundled kernel. Out: statements executed and milliseconds;
 * compiling is not part of it. The connections count from the start of the machine, boot included; a transfer from its
 * first call to its last. Throws when a call ended otherwise than it should.
 */
import { performance } from 'node:perf_hooks';
import { PktRunner } from '../src/scenario/pkt-runner';
import { parseScenario } from '../src/scenario/pkt-parser';
import { runWorkload } from '../src/scenario/run-workload';
import { ProgramCache, openProgram } from '../src/session/open-session';
import { SourceFile } from '../src/source/source-file';
import { diskTree } from '../src/hosts/disk-tree';
import { openOptions } from './session-figures';
import { transfer } from './transfer';
import { connections } from './workloads';

const count = 1000;
const WARM = 300;

async function load(kernel: string | undefined) {
  const { program, diagnostics } = await openProgram({
    ...openOptions(new ProgramCache()),
    kernel: kernel === undefined ? undefined : { loader: diskTree(kernel), name: kernel },
  });
  if (!program) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
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

export async function thousandConnections(
  kernel: string | undefined,
): Promise<{ statements: number; milliseconds: number }> {
  const program = await load(kernel);
  const { scenario } = parseScenario(new SourceFile('connections.pkt', connections(count, 0)));
  const began = performance.now();
  const { workload, machine, stop } = await runWorkload(
    program.image,
    (parts, host) => new PktRunner(scenario, parts, host),
    { entries: program.entries, budget: 1_000_000_000 },
  );
  const milliseconds = performance.now() - began;
  if (stop.kind !== 'end' || workload.failures.length > 0) {
    throw new Error(`the connections ended otherwise: ${JSON.stringify(workload.failures[0] ?? stop)}`);
  }
  return { statements: machine.clock, milliseconds };
}
