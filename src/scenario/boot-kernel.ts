/**
 * A kernel that is switched on: a fresh machine with the simulated kernel's services, and a workload for its processes.
 *
 * In: a program that is a kernel, and something that makes a workload on it. Out: the machine before its first
 * statement. Sessions, checks, coverage and counts all begin here.
 */
import type { Image } from '../abi/image';
import { DEFAULT_ENTRIES, type KernelEntries } from '../abi/kernel-entries';
import { KernelEnvironment } from '../kernel/environment';
import { createKernel, type KernelParts } from '../kernel/kernel';
import type { Workload } from '../kernel/workload';
import { Machine } from '../machine/machine';
import type { MachineOptions } from '../machine/machine-types';
import type { ServiceHost } from '../machine/service';

/** What a kernel is started from. */
export interface KernelProgram {
  readonly image: Image;
  /** Names by which the simulator enters it; the bundled kernel's by default. */
  readonly entries?: KernelEntries | undefined;
}

/** Makes what a kernel's processes do. */
export type MakeWorkload<W extends Workload> = (kernel: KernelParts, host: ServiceHost, machine: Machine) => W;

export interface BootedKernel<W extends Workload> {
  readonly kernel: KernelParts;
  readonly machine: Machine;
  readonly workload: W;
}

export async function bootKernel<W extends Workload>(
  { image, entries = DEFAULT_ENTRIES }: KernelProgram,
  make: MakeWorkload<W>,
  options: Pick<MachineOptions, 'witness' | 'journalRoom'> = {},
): Promise<BootedKernel<W>> {
  const kernel = createKernel();
  const machine = await Machine.create(image, { ...options, modules: kernel.modules, userMemoryIsForeign: true });
  const workload = make(kernel, machine.host, machine);
  machine.environment = new KernelEnvironment(machine.host, kernel, workload, entries, image.initcalls);
  return { kernel, machine, workload };
}
