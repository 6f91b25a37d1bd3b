/**
 * The cases of syscalls.json as native scripts, and their outcomes against what Linux 2.4.0 gave.
 *
 * In: cases (schema: oracles/README.md) and the program's output. Out: a script for each case; a sentence for each step
 * that differs.
 */
import type { Output } from './native-kernel';

export interface OracleStep {
  readonly p?: string;
  readonly call: string;
  readonly args: readonly unknown[];
  readonly save?: string;
  readonly async?: string;
  readonly save_port?: string;
  readonly skip_ip?: boolean;
  readonly expect24: Readonly<Record<string, unknown>>;
}

export interface OracleCase {
  readonly id: string;
  readonly title: string;
  readonly caps: readonly string[];
  readonly procs: readonly string[];
  readonly needs: readonly string[];
  readonly sysctl?: Readonly<Record<string, readonly number[]>>;
  readonly setup: readonly OracleStep[];
  readonly steps: readonly OracleStep[];
}

const CONSTANTS: Readonly<Record<string, number>> = {
  AF_UNSPEC: 0,
  AF_UNIX: 1,
  AF_INET: 2,
  AF_INET6: 10,
  AF_PACKET: 17,
  SOCK_STREAM: 1,
  SOCK_DGRAM: 2,
  SOCK_RAW: 3,
  SOCK_RDM: 4,
  SOCK_SEQPACKET: 5,
  SOCK_PACKET: 10,
  SOCK_NONBLOCK: 0x800,
  SOCK_CLOEXEC: 0x80000,
  IPPROTO_IP: 0,
  IPPROTO_ICMP: 1,
  IPPROTO_TCP: 6,
  IPPROTO_UDP: 17,
  IPPROTO_SCTP: 132,
  IPPROTO_UDPLITE: 136,
  IPPROTO_RAW: 255,
  SHUT_RD: 0,
  SHUT_WR: 1,
  SHUT_RDWR: 2,
  F_GETFD: 1,
  F_SETFD: 2,
  F_GETFL: 3,
  F_SETFL: 4,
  O_NONBLOCK: 0x800,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGTERM: 15,
  SIGINT: 2,
  SIGKILL: 9,
  SIGALRM: 14,
  CAP_NET_BIND_SERVICE: 10,
  CAP_NET_RAW: 13,
};

const OPTIONS: Readonly<Record<string, number>> = {
  SO_REUSEADDR: 2,
  SO_TYPE: 3,
  SO_ERROR: 4,
  SO_DONTROUTE: 5,
  SO_BROADCAST: 6,
  SO_SNDBUF: 7,
  SO_RCVBUF: 8,
  SO_KEEPALIVE: 9,
  SO_LINGER: 13,
  SO_RCVTIMEO: 20,
  SO_SNDTIMEO: 21,
  SO_ACCEPTCONN: 30,
};

export const ERRNO: Readonly<Record<string, number>> = {
  EPERM: 1,
  EINTR: 4,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  ENODEV: 19,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  EPIPE: 32,
  ENOTSOCK: 88,
  EDESTADDRREQ: 89,
  EMSGSIZE: 90,
  EPROTOTYPE: 91,
  ENOPROTOOPT: 92,
  EPROTONOSUPPORT: 93,
  ESOCKTNOSUPPORT: 94,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ENOBUFS: 105,
  EISCONN: 106,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  EALREADY: 114,
  EINPROGRESS: 115,
};

function value(word: unknown): number {
  if (typeof word === 'number') {
    return word;
  }
  return String(word)
    .split('|')
    .reduce((sum, name) => {
      const constant = CONSTANTS[name] ?? OPTIONS[name];
      if (constant === undefined) {
        throw new Error(`unknown constant ${name}`);
      }
      return sum | constant;
    }, 0);
}

const descriptor = (word: unknown): string => (typeof word === 'number' ? String(word) : `@${String(word)}`);

function address(word: unknown): string {
  if (word === null) {
    return 'null';
  }
  if (word === 'bad') {
    return 'bad';
  }
  const { family, ip, port, hex } = word as { family: unknown; ip?: string; port?: unknown; hex?: string };
  return hex === undefined ? `in:${value(family)}:${ip}:${port as string}` : `hex:${value(family)}:${hex}`;
}

const room = (word: unknown): string => (word === null ? 'null' : String(word));
const bytes = (words: readonly number[]): string => Buffer.from(new Int32Array(words).buffer).toString('hex');
const text = (word: unknown): string => Buffer.from(String(word), 'latin1').toString('hex') || '-';

function optionBytes(name: string, setting: unknown): string {
  if (name === 'SO_RCVTIMEO' || name === 'SO_SNDTIMEO') {
    const ms = setting as number;
    return bytes([Math.floor(ms / 1000), (ms % 1000) * 1000]);
  }
  return bytes(Array.isArray(setting) ? (setting as number[]) : [setting as number]);
}

/** The call of a step as script words. */
function words({ call, args }: OracleStep): string {
  const [a, b, c] = args;
  switch (call) {
    case 'socket':
    case 'socketpair':
      return `${call} ${value(a)} ${value(b)} ${value(c)}`;
    case 'bind':
    case 'connect':
      return `${call} ${descriptor(a)} ${address(b)} ${c as number}`;
    case 'listen':
    case 'shutdown':
      return `${call} ${descriptor(a)} ${value(b)}`;
    case 'accept':
      return `accept ${descriptor(a)} ${b === null ? 'null' : String(b)} ${room(c)}`;
    case 'getsockname':
    case 'getpeername':
      return `${call} ${descriptor(a)} ${args.length > 1 ? (b === null ? 'null' : String(b)) : 'buf'} ${args.length > 2 ? room(c) : 16}`;
    case 'close':
      return `close ${descriptor(a)}`;
    case 'send':
      return `sendto ${descriptor(a)} ${text(b)}`;
    case 'sendto':
      return `sendto ${descriptor(a)} ${text(b)} ${address(c)}`;
    case 'recv':
      return `recv ${descriptor(a)} ${b as number}`;
    case 'fcntl':
      return `fcntl ${descriptor(a)} ${value(b)} ${c === undefined ? 0 : value(c)}`;
    case 'setsockopt':
      return `setsockopt ${descriptor(a)} 1 ${OPTIONS[b as string]} ${optionBytes(b as string, c)}`;
    case 'getsockopt':
      return `getsockopt ${descriptor(a)} 1 ${OPTIONS[b as string]}`;
    case 'open_nonsocket':
      return 'open_nonsocket';
    case 'fork':
      return `fork ${a as string}`;
    case 'sigaction':
      return `sigaction ${value(a)} ${b === 'handler' ? 1 : 2} ${c === true ? 1 : 0}`;
    case 'limit_fds':
      return `limit_fds ${a === null ? -1 : (a as number)}`;
    default:
      throw new Error(`unknown call ${call}`);
  }
}

/** The whole case as a script. */
export function scriptOf(oracle: OracleCase): string {
  const caps = oracle.caps.reduce((sum, name) => sum | (1 << value(name)), 0);
  const lines = [`case ${oracle.id} ${caps}`];
  const range = oracle.sysctl?.ip_local_port_range;
  if (range) {
    lines.push(`ports ${range[0]} ${range[1]}`);
  }
  lines.push(...oracle.procs.map((name) => `proc ${name}`));
  const started = new Map<string, OracleStep>();
  for (const step of [...oracle.setup, ...oracle.steps]) {
    if (step.p === undefined) {
      const [a, b] = step.args;
      const first = started.get(a as string);
      lines.push(
        step.call === 'wait'
          ? `wait ${a as string} ${first?.save ?? '-'} ${first?.save_port ?? '-'}`
          : step.call === 'kill'
            ? `kill ${a as string} ${value(b)}`
            : `${step.call} ${a as string}`,
      );
      continue;
    }
    if (step.async !== undefined) {
      started.set(step.async, step);
    }
    lines.push(`step ${step.p} ${step.async ?? '-'} ${step.save ?? '-'} ${step.save_port ?? '-'} ${words(step)}`);
  }
  lines.push('closeall', 'sleep 700000', 'memory', 'end');
  return `${lines.join('\n')}\n`;
}

function portMatches(expected: unknown, actual: unknown, ports: ReadonlyMap<string, number>): boolean {
  if (expected === 'ephemeral') {
    return Number(actual) >= 1024;
  }
  const named = /^\$(\w+?)(?:\+(\d+))?$/.exec(String(expected));
  return Number(actual) === (named ? (ports.get(named[1]!) ?? -1) + Number(named[2] ?? 0) : expected);
}

/** What is wrong with one step, or undefined. */
function stepProblem(
  step: OracleStep,
  got: Output | undefined,
  ports: ReadonlyMap<string, number>,
): string | undefined {
  const expected = step.expect24;
  if (!got) {
    return 'no result';
  }
  if (expected.blocks === true) {
    return got.blocks === true ? undefined : `should block, returned ${String(got.ret)}`;
  }
  if (got.blocks === true) {
    return 'blocks';
  }
  const ret = Number(got.ret);
  if (expected.errno !== undefined && ret !== -ERRNO[expected.errno as string]!) {
    return `expected ${expected.errno as string}, got ${ret}`;
  }
  const skip = step.skip_ip ? 20 : 0;
  if (expected.ret === 'fd' ? ret < 0 : expected.ret !== undefined && ret - skip !== expected.ret) {
    return `expected ${String(expected.ret)}, got ${ret}`;
  }
  const addr = expected.addr as { ip: string; port: unknown } | undefined;
  if (addr && (got.ip !== addr.ip || !portMatches(addr.port, got.port, ports))) {
    return `expected ${addr.ip}:${String(addr.port)}, got ${String(got.ip)}:${String(got.port)}`;
  }
  if (expected.addrlen !== undefined && got.addrlen !== expected.addrlen) {
    return `expected address length ${String(expected.addrlen)}, got ${String(got.addrlen)}`;
  }
  if (
    expected.data !== undefined &&
    Buffer.from(String(got.data ?? ''), 'hex')
      .subarray(skip)
      .toString('latin1') !== expected.data
  ) {
    return `expected data ${String(expected.data)}, got ${String(got.data)}`;
  }
  if (
    expected.value !== undefined &&
    got.value !== (typeof expected.value === 'string' ? ERRNO[expected.value] : expected.value)
  ) {
    return `expected value ${String(expected.value)}, got ${String(got.value)}`;
  }
  const elapsed = expected.elapsed_ms as [number, number] | undefined;
  if (elapsed && !(Number(got.elapsed) >= elapsed[0] && Number(got.elapsed) <= elapsed[1])) {
    return `expected ${elapsed.join('..')} ms, took ${String(got.elapsed)}`;
  }
  return undefined;
}

/** All that differs between a case and a run of it; also faults and memory that was not freed. */
export function problemsOf(oracle: OracleCase, output: readonly Output[]): string[] {
  const problems = output.filter((line) => line.fault !== undefined).map((line) => String(line.fault));
  const ports = new Map<string, number>();
  [...oracle.setup, ...oracle.steps].forEach((step, index) => {
    const got = output.find((line) => line.step === index);
    const problem = stepProblem(step, got, ports);
    if (problem !== undefined) {
      problems.push(`step ${index} ${step.call}(${JSON.stringify(step.args)}): ${problem}`);
    }
    if (step.save_port !== undefined && got?.port !== undefined) {
      ports.set(step.save_port, Number(got.port));
    }
  });
  const live = output.find((line) => line.live !== undefined)?.live as Record<string, number> | undefined;
  for (const [cache, count] of Object.entries(live ?? { '(no report)': 1 })) {
    if (count !== (cache === 'kmalloc' ? 2 : 0)) {
      problems.push(`${count} objects of ${cache} are never freed`);
    }
  }
  return problems;
}
