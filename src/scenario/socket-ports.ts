/**
 * Ports that the sockets of a scenario have: where a packet without ports is to go.
 *
 * In: the processes and the machine's memory, read by field names. Out: the usual port when a socket of the kind has it
 * or nobody has any, else the port of the socket with the highest descriptor. packetdrill, too, asks the socket for the
 * port that it really has.
 */
import { INODE_KINDS } from '../abi/linux-files';
import { SOCKET_TYPES, TCP_STATES } from '../abi/linux-sockets';
import { lastOf } from '../base/checked-access';
import type { Files } from '../kernel/files';
import type { Processes } from '../kernel/processes';
import { StructAccess } from '../kernel/struct-access';
import type { ServiceHost } from '../machine/service';

/** Descriptors of each process that are looked at: who listens or sends is among the first. */
const LOOKED_AT = 256;
const { SOCK_STREAM, SOCK_DGRAM } = SOCKET_TYPES;
const { TCP_LISTEN } = TCP_STATES;
const { S_IFMT, S_IFSOCK } = INODE_KINDS;

export interface SocketKernel {
  readonly processes: Processes;
  readonly files: Files;
}

/** The local port for packets of UDP, or for the first segments of TCP connections. */
export function chosenPort(kernel: SocketKernel, host: ServiceHost, protocol: 'tcp' | 'udp', usual: number): number {
  const access = new StructAccess(host);
  const inodeSocket = access.place('inode', 'u.socket_i')?.offset;
  if (inodeSocket === undefined) {
    return usual;
  }
  const ports: number[] = [];
  for (const process of kernel.processes.list()) {
    process.descriptors.slice(0, LOOKED_AT).forEach((_, fd) => {
      const file = kernel.files.fileOf(process, fd);
      const dentry = file && access.get(file, 'file', 'f_dentry');
      const inode = dentry && access.get(dentry, 'dentry', 'd_inode');
      if (inode && ((access.get(inode, 'inode', 'i_mode') ?? 0) & S_IFMT) === S_IFSOCK) {
        ports.push(portOf(access, inode + inodeSocket, protocol));
      }
    });
  }
  const known = ports.filter((port) => port !== 0);
  return known.length === 0 || known.includes(usual) ? usual : lastOf(known);
}

/** The port of a socket of the protocol, 0 when it has none; of TCP only listeners count. */
function portOf(access: StructAccess, socket: number, protocol: 'tcp' | 'udp'): number {
  const sk = access.get(socket, 'socket', 'sk') ?? 0;
  const type = access.get(socket, 'socket', 'type');
  const counts =
    sk !== 0 &&
    (protocol === 'udp' ? type === SOCK_DGRAM : type === SOCK_STREAM && access.get(sk, 'sock', 'state') === TCP_LISTEN);
  return counts ? (access.get(sk, 'sock', 'num') ?? 0) : 0;
}
