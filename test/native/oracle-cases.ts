/**
 * The cases of syscalls.json as native scripts, and their outcomes against what Linux 2.4.0 gave.
 *
 * In: cases (schema: oracles/README.md) and the program's output. Out: a script for each case; a sentence for each step
 * that differs.
 */
import { itemAt } from '../../src/base/checked-access';
import { CAPABILITIES } from '../../src/abi/linux-process';
import { CONSTANTS, ERRNO } from '../../src/scenario/constants';
import type { Output } from './native-kernel';

const CAPABILITY_BITS = new Map<string, number>(Object.entries(CAPABILITIES));

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

function value(word: unknown): number {
  if (typeof word === 'number') {
    return word;
  }
  return String(word)
    .split('|')
    .reduce((sum, name) => {
      const constant = CONSTANTS.get(name) ?? CAPABILITY_BITS.get(name);
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
      return `setsockopt ${descriptor(a)} 1 ${CONSTANTS.get(b as string)} ${optionBytes(b as string, c)}`;
    case 'getsockopt':
      return `getsockopt ${descriptor(a)} 1 ${CONSTANTS.get(b as string)}`;
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
  return Number(actual) === (named ? (ports.get(itemAt(named, 1)) ?? -1) + Number(named[2] ?? 0) : expected);
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
