/**
 * Whose end of a connection is it? In: what the journal tells of sockets as calls on them return. Out: the process that
 * has an address and port, for one peer or for all. The first that had it keeps it, as a listener's child belongs to
 * who accepts it.
 */
import { dottedQuad } from '../base/bytes';
import type { SocketEnd, SocketEnds } from '../machine/journal-entry';
import type { Endpoint } from './packet-facts';

/** A socket's end as packets have it. */
export function endpointOf({ address, port }: SocketEnd): Endpoint {
  return { address: dottedQuad(address), port };
}

export class Owners {
  /** Process by `local remote`, by `local`, and by port alone for sockets of any address. */
  private readonly pids = new Map<string, number>();

  /** Ends that serve a process which talks to itself: these have a life line of their own. */
  private readonly apart = new Set<string>();

  /** A packet goes between two ends; told in order, when all calls are known. */
  meet(source: Endpoint, destination: Endpoint): void {
    const pid = this.of(source, destination);
    if (
      pid !== undefined &&
      pid === this.of(destination, source) &&
      !this.apart.has(keyOf(source)) &&
      keyOf(source) !== keyOf(destination)
    ) {
      this.apart.add(keyOf(destination));
    }
  }

  /** Whether the end stands apart from its process's other ones. */
  standsApart(local: Endpoint): boolean {
    return this.apart.has(keyOf(local));
  }

  /** A process has called something on this socket. */
  note({ local, remote }: SocketEnds, pid: number): void {
    if (local.port === 0) {
      return;
    }
    const port = local.address === 0 ? `*:${local.port}` : keyOf(endpointOf(local));
    const key = remote.port === 0 ? port : `${keyOf(endpointOf(local))} ${keyOf(endpointOf(remote))}`;
    if (!this.pids.has(key)) {
      this.pids.set(key, pid);
    }
  }

  /** The process at `local`, as somebody at `remote` meets it. */
  of(local: Endpoint, remote: Endpoint): number | undefined {
    const own = keyOf(local);
    return this.pids.get(`${own} ${keyOf(remote)}`) ?? this.pids.get(own) ?? this.pids.get(`*:${local.port}`);
  }
}

function keyOf({ address, port }: Endpoint): string {
  return `${address}:${port ?? ''}`;
}
