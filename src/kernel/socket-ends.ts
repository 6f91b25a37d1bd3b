/**
 * The two ends of the socket behind a descriptor, as the journal tells them when a call on it returns.
 *
 * In: a process and a descriptor. Out: addresses and ports in host byte order; undefined when it is no Internet socket, or
 * the kernel at hand has the fields elsewhere. The way is Linux's: file, dentry, inode, socket, sock.
 */
import { swapLong, swapShort } from '../base/bytes';
import { ADDRESS_FAMILIES } from '../abi/linux-sockets';
import type { SocketEnds } from '../machine/journal-entry';
import type { ServiceHost } from '../machine/service';
import type { Process } from './processes';
import { StructAccess, type Field } from './struct-access';

/** Calls whose result is a new descriptor: that one is meant. */
const OPENING = new Set(['sys_socket', 'sys_accept', 'sys_dup', 'sys_dup2']);

export class SocketEndsReader {
  private readonly way: readonly Field[];
  private readonly fields: Readonly<Record<'family' | 'local' | 'localPort' | 'remote' | 'remotePort', Field>>;
  /** What was told of each sock last: the same object again while it holds, so that a long journal has few of them. */
  private readonly last = new Map<number, SocketEnds>();

  constructor(private readonly host: ServiceHost) {
    const structs = new StructAccess(host);
    this.way = [
      structs.field('file', 'f_dentry'),
      structs.field('dentry', 'd_inode'),
      structs.field('inode', 'u.socket_i.sk'),
    ];
    this.fields = {
      family: structs.field('sock', 'family'),
      local: structs.field('sock', 'rcv_saddr'),
      localPort: structs.field('sock', 'num'),
      remote: structs.field('sock', 'daddr'),
      remotePort: structs.field('sock', 'dport'),
    };
  }

  /** The ends of the socket that a call was about, which has returned `value`. */
  after(process: Process, entry: string, words: readonly number[], value: number): SocketEnds | undefined {
    const opened = OPENING.has(entry);
    return opened && value < 0 ? undefined : this.of(process.descriptors[opened ? value : (words[0] ?? -1)] ?? 0);
  }

  private of(file: number): SocketEnds | undefined {
    const sock = this.sockOf(file);
    return sock === undefined ? undefined : this.ofSock(sock);
  }

  /** The sock behind a file; undefined when it is no socket. */
  sockOf(file: number): number | undefined {
    let address: number | undefined = file;
    for (const step of this.way) {
      address = address !== undefined && this.host.memory.contains(address, 4) ? step.get(address) : undefined;
      if (address === undefined || address <= 0) {
        return undefined;
      }
    }
    return address;
  }

  /** The ends of a sock; undefined when it is none of the Internet's. */
  ofSock(sock: number): SocketEnds | undefined {
    const { family, local, localPort, remote, remotePort } = this.fields;
    if (!this.host.memory.contains(sock, 4) || family.get(sock) !== ADDRESS_FAMILIES.AF_INET) {
      return undefined;
    }
    const address = swapLong(local.get(sock) ?? 0);
    const port = localPort.get(sock) ?? 0;
    const remoteAddress = swapLong(remote.get(sock) ?? 0);
    const remotePortNow = swapShort(remotePort.get(sock) ?? 0);
    const last = this.last.get(sock);
    if (
      last?.local.address === address &&
      last.local.port === port &&
      last.remote.address === remoteAddress &&
      last.remote.port === remotePortNow
    ) {
      return last;
    }
    const ends = { sock, local: { address, port }, remote: { address: remoteAddress, port: remotePortNow } };
    this.last.set(sock, ends);
    return ends;
  }
}
