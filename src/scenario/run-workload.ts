/**
 * Running a workload to its end without a debugger: a fresh machine, the simulated kernel, slices until it stops.
 *
 * In: an image of a kernel and something that makes a workload. Out: how it ended, the journal, the parts for whoever
 * wants to look (slab statistics, coverage). Used by the oracle, by coverage and by tests; an interactive session drives
 * the machine itself.
 */
import type { KernelEntries } from '../abi/kernel-entries';
import type { KernelParts } from '../kernel/kernel';
import type { Workload } from '../kernel/workload';
import type { Image } from '../abi/image';
import { giveBack } from '../machine/spare-memory';
import { BoundedRun } from '../machine/bounded-run';
import type { Machine, MachineStop } from '../machine/machine';
import { bootKernel, type MakeWorkload } from './boot-kernel';
import type { Scenario } from './pkt-ast';

export interface RunLimits {
  /** Statements that are executed at most. */
  readonly budget?: number;
  readonly entries?: KernelEntries | undefined;
  /** Called between slices; lets a host breathe or give up (true). */
  readonly breathe?: (machine: Machine) => Promise<boolean>;
}

export interface WorkloadRun<W extends Workload> {
  readonly workload: W;
  readonly kernel: KernelParts;
  readonly machine: Machine;
  /** How it ended: `slice` when the budget was used up or the host gave up. */
  readonly stop: MachineStop;
  /** Gives the machine's memory to the next one: nothing of this one is used after that. */
  readonly dispose: () => void;
}

/** Statements that an event of a script may take on average; a system call of Linux takes a few thousand at most. */
const PER_EVENT = 4000;

/** Statements that a script may execute unless somebody says otherwise: `least`, or more when it is long. */
export function statementsFor({ events }: Scenario, least: number): number {
  return Math.max(least, events.length * PER_EVENT);
}

const SLICE = 200_000;
const DEFAULT_BUDGET = 100_000_000;

/** Boots a kernel and runs what `make` gives until the workload ends, something faults, or the budget is used up. */
export async function runWorkload<W extends Workload>(
  image: Image,
  make: MakeWorkload<W>,
  limits: RunLimits = {},
): Promise<WorkloadRun<W>> {
  const { kernel, machine, workload } = await bootKernel({ image, entries: limits.entries }, make);
  const run = new BoundedRun(machine, limits.budget ?? DEFAULT_BUDGET);
  let stop: MachineStop | undefined = { kind: 'slice' };
  while (stop?.kind === 'slice' || stop?.kind === 'statement') {
    stop = run.advance(SLICE);
    if (stop?.kind === 'slice' && (await limits.breathe?.(machine))) {
      break;
    }
  }
  return { workload, kernel, machine, stop: stop ?? { kind: 'slice' }, dispose: () => giveBack(machine) };
}
