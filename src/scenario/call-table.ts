/**
 * The calls that scenarios and oracle cases can make: kernel entry, parameters, and which result is a descriptor.
 *
 * Parameter kinds say how an argument becomes a word on the kernel's stack: a number, a buffer in user memory that goes
 * in or comes out, a socket address, a length passed by pointer. `simulated` calls are answered by the simulator: they
 * concern processes, not sockets.
 */

export type ParameterKind =
  /** A descriptor: script numbers and names are mapped to live ones. */
  | 'fd'
  | 'int'
  /** `struct sockaddr *` read by the kernel, and its length. */
  | 'address-in'
  | 'address-length'
  /** `struct sockaddr *` written by the kernel, and the pointer to its length. */
  | 'address-out'
  | 'length-pointer'
  /** A buffer read or written by the kernel; its size is the parameter after it. */
  | 'data-in'
  | 'data-out'
  | 'size'
  /** An option value read or written, and its length. */
  | 'value-in'
  | 'value-out'
  | 'value-length'
  /** `int *` of ioctl: read or written, depending on the request. */
  | 'int-pointer'
  /** `int [2]` of socketpair. */
  | 'fd-pair'
  /** An optional last number. */
  | 'int-optional';

export interface CallSpecification {
  readonly name: string;
  /** C function behind it; undefined for simulated calls. */
  readonly entry: string | undefined;
  readonly parameters: readonly ParameterKind[];
  readonly returnsDescriptor?: boolean;
  /** How it is written, for completion and diagnostics. */
  readonly usage: string;
}

function call(
  name: string,
  parameters: readonly ParameterKind[],
  usage: string,
  extra: Partial<CallSpecification> = {},
): CallSpecification {
  return { name, entry: `sys_${name}`, parameters, usage, ...extra };
}

const SPECIFICATIONS: readonly CallSpecification[] = [
  call('socket', ['int', 'int', 'int'], 'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3', { returnsDescriptor: true }),
  call('socketpair', ['int', 'int', 'int', 'fd-pair'], 'socketpair(AF_INET, SOCK_STREAM, 0, ...) = -1 EOPNOTSUPP'),
  call('bind', ['fd', 'address-in', 'address-length'], 'bind(3, ..., ...) = 0'),
  call('listen', ['fd', 'int'], 'listen(3, 1) = 0'),
  call('accept', ['fd', 'address-out', 'length-pointer'], 'accept(3, ..., ...) = 4', { returnsDescriptor: true }),
  call('connect', ['fd', 'address-in', 'address-length'], 'connect(3, ..., ...) = 0'),
  call('getsockname', ['fd', 'address-out', 'length-pointer'], 'getsockname(3, ..., ...) = 0'),
  call('getpeername', ['fd', 'address-out', 'length-pointer'], 'getpeername(3, ..., ...) = 0'),
  call('close', ['fd'], 'close(3) = 0'),
  call('shutdown', ['fd', 'int'], 'shutdown(3, SHUT_WR) = 0'),
  call('read', ['fd', 'data-out', 'size'], 'read(3, ..., 100) = 100'),
  call('write', ['fd', 'data-in', 'size'], 'write(3, ..., 100) = 100'),
  call('send', ['fd', 'data-in', 'size', 'int'], 'send(3, ..., 100, 0) = 100'),
  call('recv', ['fd', 'data-out', 'size', 'int'], 'recv(3, ..., 100, 0) = 100'),
  call(
    'sendto',
    ['fd', 'data-in', 'size', 'int', 'address-in', 'address-length'],
    'sendto(3, ..., 100, 0, ..., ...) = 100',
  ),
  call(
    'recvfrom',
    ['fd', 'data-out', 'size', 'int', 'address-out', 'length-pointer'],
    'recvfrom(3, ..., 100, 0, ..., ...) = 100',
  ),
  call(
    'setsockopt',
    ['fd', 'int', 'int', 'value-in', 'value-length'],
    'setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0',
  ),
  call(
    'getsockopt',
    ['fd', 'int', 'int', 'value-out', 'length-pointer'],
    'getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0',
  ),
  call('fcntl', ['fd', 'int', 'int-optional'], 'fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0'),
  call('ioctl', ['fd', 'int', 'int-pointer'], 'ioctl(3, SIOCINQ, [100]) = 0'),
  call('fork', [], 'fork("B") = 0', { entry: undefined }),
  call('kill', [], 'kill("B", SIGUSR1) = 0', { entry: undefined }),
  call('sigaction', [], 'sigaction(SIGUSR1, "handler", SA_RESTART) = 0', { entry: undefined }),
  call('open_nonsocket', [], 'open_nonsocket() = 3', { entry: undefined, returnsDescriptor: true }),
  call('limit_fds', [], 'limit_fds(0) = 0', { entry: undefined }),
  call('sleep', [], 'sleep(1000) = 0', { entry: undefined }),
];

/** Calls by name. */
export const CALLS: ReadonlyMap<string, CallSpecification> = new Map(
  SPECIFICATIONS.map((specification) => [specification.name, specification]),
);
