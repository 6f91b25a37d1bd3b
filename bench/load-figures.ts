/**
 * Heavy use of a kernel, timed: a thousand connections through one listener (connect, accept, close on both sides), run freely.
 *
 * In: the folder of a Linux 2.4 tree, or nothing for the bundled kernel. Out: statements executed, boot included, and the milliseconds from the
 * start of the machine to the end of the script; compiling is not part of it. Throws when a call of the script ended otherwise than it says.
 */
import { performance } from 'node:perf_hooks';
import { PktRunner } from '../src/scenario/pkt-runner';
import { parseScenario } from '../src/scenario/pkt-parser';
import { runWorkload } from '../src/scenario/run-workload';
import { ProgramCache, openProgram } from '../src/session/open-session';
import { SourceFile } from '../src/source/source-file';
import { diskTree } from '../src/hosts/disk-tree';
import { openOptions } from './session-figures';
import { connections } from './workloads';

const count = 1000;

export async function thousandConnections(kernel: string | undefined): Promise<{ statements: number; milliseconds: number }> {
  const { program, diagnostics } = await openProgram({ ...openOptions(new ProgramCache()), kernel: kernel === undefined ? undefined : { loader: diskTree(kernel), name: kernel } });
  if (!program) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  }
  const { scenario } = parseScenario(new SourceFile('connections.pkt', connections(count, 0)));
  const began = performance.now();
  const { workload, machine, stop } = await runWorkload(program.image, (parts, host) => new PktRunner(scenario, parts, host), { entries: program.entries, budget: 1_000_000_000 });
  const milliseconds = performance.now() - began;
  if (stop.kind !== 'end' || workload.failures.length > 0) {
    throw new Error(`the connections ended otherwise: ${JSON.stringify(workload.failures[0] ?? stop)}`);
  }
  return { statements: machine.clock, milliseconds };
}
