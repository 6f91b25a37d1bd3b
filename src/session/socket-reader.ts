/**
 * Sockets as people speak of them: what each is called, and whose it is.
 *
 * In: the simulated kernel, the address of a sock. Out: its name, and the process that has a descriptor of it. A connection
 * that nobody has accepted yet is its listener's.
 */
import type { KernelParts } from '../kernel/kernel';
import type { Machine } from '../machine/machine';
import type { SocketIdentity } from '../values/value-context';

export class SocketReader {
  /** Names of processes by sock, as they were at `clock`. */
  private owners: ReadonlyMap<number, string> = new Map();
  private clock = -1;

  constructor(
    private readonly kernel: KernelParts,
    private readonly machine: Machine,
  ) {}

  at(sock: number): SocketIdentity | undefined {
    const { names } = this.kernel;
    const name = names.of(sock);
    if (name === undefined) {
      return undefined;
    }
    const owners = this.ownersNow();
    const listener = owners.get(sock) === undefined ? names.listenerOf(sock) : undefined;
    return { name, isOwn: names.isOwn(sock), process: owners.get(sock) ?? owners.get(listener ?? 0) };
  }

  private ownersNow(): ReadonlyMap<number, string> {
    if (this.clock !== this.machine.clock) {
      this.clock = this.machine.clock;
      const found = new Map<number, string>();
      for (const { alive, descriptors, name } of this.kernel.processes.list()) {
        for (const file of alive ? descriptors : []) {
          const sock = file > 0 ? this.kernel.names.sockOf(file) : undefined;
          if (sock !== undefined && !found.has(sock)) {
            found.set(sock, name);
          }
        }
      }
      this.owners = found;
    }
    return this.owners;
  }
}
