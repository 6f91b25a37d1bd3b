/**
 * The simulated part of a kernel, put together: every device once, in the order in which they depend on each other.
 *
 * In: nothing but a seed. Out: the service modules for the machine, and the parts by name for whoever drives them
 * (environment, scenarios, inspector).
 */
import type { ServiceModule } from '../machine/service';
import { BlockMemory } from './block-memory';
import { Capabilities } from './capabilities';
import { Checksum } from './checksum';
import { Clock } from './clock';
import { Files } from './files';
import { Packets } from './packets';
import { Pages } from './pages';
import { Printk } from './printk';
import { Probes } from './probes';
import { Processes } from './processes';
import { Random } from './random';
import { Scheduler } from './scheduler';
import { Signals } from './signals';
import { SlabModule } from './slab-services';
import { SocketNames } from './socket-names';
import { UserMemory } from './user-memory';
import { Wire } from './wire';

export interface KernelParts {
  readonly slab: SlabModule;
  readonly user: UserMemory;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly scheduler: Scheduler;
  readonly signals: Signals;
  readonly files: Files;
  readonly wire: Wire;
  readonly packets: Packets;
  readonly probes: Probes;
  readonly names: SocketNames;
  /** All modules, in the order in which the machine starts them. */
  readonly modules: readonly ServiceModule[];
}

/** A fresh set of devices for one machine. */
export function createKernel(options: { readonly seed?: number } = {}): KernelParts {
  const slab = new SlabModule();
  const user = new UserMemory();
  const clock = new Clock();
  const processes = new Processes(slab.slab);
  const packets = new Packets();
  const wire = new Wire(clock, packets);
  const names = new SocketNames(processes);
  const probes = new Probes(clock, wire, packets, slab.slab, names);
  const scheduler = new Scheduler(processes, clock, probes);
  const signals = new Signals(processes, scheduler);
  const files = new Files(processes, slab.slab);
  const modules = [
    slab,
    user,
    clock,
    processes,
    scheduler,
    signals,
    files,
    wire,
    new Capabilities(processes),
    new Random(() => clock.now, options.seed),
    new Printk(),
    new BlockMemory(),
    new Checksum(),
    new Pages(slab.slab),
    packets,
    names,
    probes,
  ];
  return { slab, user, clock, processes, scheduler, signals, files, wire, packets, probes, names, modules };
}
