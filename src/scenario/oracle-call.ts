/**
 * One call of an oracle step: from JSON arguments to words on the kernel's stack, and from the outcome to the JSON shape
 * of expectations.
 *
 * In: a step, the names saved so far. Out: a {@link PlannedCall} with its kernel entry; later the outcome as plain data.
 */
import { MESSAGE_FLAGS, OPTION_LEVELS } from '../abi/linux-sockets';
import { BAD_POINTER, type UserMemory } from '../kernel/user-memory';
import type { Memory } from '../machine/memory';
import { socketAddressBytes } from './argument-value';
import { formatInternetAddress, latinBytes, littleWords, parseAddress } from './byte-order';
import {
  ADDRESS_ROOM,
  ADDRESS_SIZE,
  CallBuilder,
  readSocketAddress,
  type CallAnswer,
  type PlannedCall,
} from './call-builder';
import { constantValue, ERRNO, errorName } from './constants';
import { IP_HEADER } from './ip-packet';
import type { OracleOutcome, OracleStep, OracleValue } from './oracle-schema';

/** Names given to descriptors and ports by earlier steps. */
export interface OracleNames {
  readonly descriptors: { readonly [name: string]: number };
  readonly ports: { readonly [name: string]: number };
}

const VALUE_SIZE = 8;

/** Number of a flag word such as `MSG_PEEK|MSG_DONTWAIT`; 0 for what nobody knows. */
export function numberOfName(value: OracleValue | undefined): number {
  if (typeof value === 'number') {
    return value;
  }
  return typeof value === 'string'
    ? value
        .split('|')
        .reduce((all, name) => all | (/^-?\d+$/.test(name) ? Number(name) : (constantValue(name.trim()) ?? 0)), 0)
    : Number(value === true);
}

/** Value of `8080`, `"$P"` or `"$P+1"`. */
function portValue(value: OracleValue | undefined, names: OracleNames): number {
  const match = typeof value === 'string' ? /^\$(\w+)(?:\+(\d+))?$/.exec(value) : null;
  const [, name = '', more = '0'] = match ?? [];
  return match ? (names.ports[name] ?? 0) + Number(more) : numberOfName(value);
}

/** Kernel entry and words of a step; undefined when user memory is full. */
export function planOracleCall(
  step: OracleStep,
  names: OracleNames,
  user: UserMemory,
  memory: Memory,
): { readonly entry: string; readonly plan: PlannedCall } | undefined {
  const builder = new CallBuilder(user, memory);
  const arg = (index: number): OracleValue | undefined => step.args[index];
  const descriptor = (): void =>
    builder.word(typeof arg(0) === 'number' ? (arg(0) as number) : (names.descriptors[String(arg(0))] ?? -1));
  switch (step.call) {
    case 'socket':
      [0, 1, 2].forEach((index) => builder.word(numberOfName(arg(index))));
      break;
    case 'socketpair':
      [0, 1, 2].forEach((index) => builder.word(numberOfName(arg(index))));
      builder.answer('pair', 8);
      break;
    case 'bind':
    case 'connect':
      descriptor();
      addressIn(builder, arg(1), names);
      builder.word(numberOfName(arg(2) ?? ADDRESS_SIZE));
      break;
    case 'accept':
    case 'getsockname':
    case 'getpeername':
      descriptor();
      addressOut(
        builder,
        step.args.length < 2 ? 'buf' : arg(1),
        step.args.length < 3 && step.call !== 'accept' ? ADDRESS_SIZE : (arg(2) ?? null),
      );
      break;
    case 'send':
    case 'sendto':
      descriptor();
      sendArguments(builder, step, names);
      break;
    case 'recv':
      descriptor();
      builder.answer('data', numberOfName(arg(1)));
      builder.word(numberOfName(arg(1)));
      builder.word(0);
      break;
    case 'setsockopt':
    case 'getsockopt':
      descriptor();
      optionArguments(builder, step);
      break;
    default:
      descriptor();
      step.args.slice(1).forEach((value) => builder.word(numberOfName(value)));
      if (step.call === 'fcntl' && step.args.length < 3) {
        builder.word(0);
      }
  }
  return builder.failed ? undefined : { entry: `sys_${step.call}`, plan: builder.plan() };
}

/** What stands behind the descriptor of `send` and `sendto`. */
function sendArguments(builder: CallBuilder, { call, args }: OracleStep, names: OracleNames): void {
  const bytes = latinBytes(String(args[1] ?? ''));
  builder.bytes(bytes);
  builder.word(bytes.length);
  builder.word(MESSAGE_FLAGS.MSG_NOSIGNAL);
  if (call === 'sendto') {
    addressIn(builder, args[2], names);
    builder.word(ADDRESS_SIZE);
  }
}

/** What stands behind the descriptor of `setsockopt` and `getsockopt`. */
function optionArguments(builder: CallBuilder, { call, args }: OracleStep): void {
  builder.word(OPTION_LEVELS.SOL_SOCKET);
  builder.word(numberOfName(args[1]));
  if (call === 'setsockopt') {
    const bytes = littleWords(optionWords(args[1], args[2]));
    builder.bytes(bytes);
    builder.word(bytes.length);
  } else {
    builder.roomWithLength('value', VALUE_SIZE);
    builder.lengthPointer(VALUE_SIZE);
  }
}

function addressIn(builder: CallBuilder, value: OracleValue | undefined, names: OracleNames): void {
  if (value === null || value === undefined || typeof value !== 'object' || Array.isArray(value)) {
    builder.word(value === 'bad' ? BAD_POINTER : 0);
    return;
  }
  const fields = value as { readonly [key: string]: OracleValue };
  const bytes = Array<number>(ADDRESS_ROOM).fill(0);
  const parts =
    typeof fields['hex'] === 'string'
      ? (fields['hex'].match(/../g) ?? []).map((pair) => parseInt(pair, 16))
      : socketAddressBytes({
          family: numberOfName(fields['family']),
          port: portValue(fields['port'], names),
          ip: parseAddress(String(fields['ip'] ?? '0.0.0.0')) ?? 0,
        });
  parts.slice(0, ADDRESS_ROOM).forEach((byte, index) => (bytes[index] = byte));
  builder.bytes(bytes);
}

function addressOut(builder: CallBuilder, buffer: OracleValue | undefined, length: OracleValue): void {
  if (buffer === 'buf') {
    builder.roomWithLength('address', ADDRESS_ROOM);
  } else {
    builder.word(buffer === 'bad' ? BAD_POINTER : 0);
  }
  if (length === null || length === 'bad') {
    builder.word(length === 'bad' ? BAD_POINTER : 0);
  } else {
    builder.lengthPointer(numberOfName(length));
  }
}

/** Words of an option value: time-outs are given in milliseconds, SO_LINGER as [onoff, seconds]. */
function optionWords(name: OracleValue | undefined, value: OracleValue | undefined): number[] {
  if (name === 'SO_RCVTIMEO' || name === 'SO_SNDTIMEO') {
    const milliseconds = numberOfName(value);
    return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1000];
  }
  return Array.isArray(value) ? value.map((item) => numberOfName(item as OracleValue)) : [numberOfName(value)];
}

/** Outcome of a finished call in the shape of an expectation, with everything that an expectation might ask for. */
export function outcomeOf(step: OracleStep, value: number, answer: CallAnswer, elapsed: number): OracleOutcome {
  if (value < 0 && value > -4096) {
    return { errno: errorName(-value), elapsed_ms: [elapsed, elapsed] };
  }
  const address = answer.address && readSocketAddress(answer.address);
  const skip = step.skip_ip ? IP_HEADER : 0;
  const data = answer.data?.subarray(skip);
  const word =
    answer.value && answer.value.length >= 4
      ? new DataView(answer.value.buffer, answer.value.byteOffset).getInt32(0, true)
      : undefined;
  return {
    ret: value - (step.call === 'recv' ? skip : 0),
    addr: address && { ip: formatInternetAddress(address.ip), port: address.port },
    addrlen: answer.length,
    data: data && String.fromCharCode(...data),
    value: word === undefined ? undefined : step.args[1] === 'SO_ERROR' && word !== 0 ? errorName(word) : word,
    elapsed_ms: [elapsed, elapsed],
  };
}

/** Whether an outcome is what a step expects; extra keys of the outcome do not matter. */
export function outcomeMatches(expected: OracleOutcome, actual: OracleOutcome, names: OracleNames): boolean {
  if (expected.blocks) {
    return actual.blocks === true;
  }
  if (
    expected.errno !== undefined
      ? ERRNO[expected.errno] !== ERRNO[actual.errno ?? ''] || actual.errno === undefined
      : expected.ret === 'fd'
        ? typeof actual.ret !== 'number' || actual.ret < 0
        : expected.ret !== actual.ret
  ) {
    return false;
  }
  const { addr, elapsed_ms: time } = expected;
  const port =
    addr?.port === undefined ||
    (addr.port === 'ephemeral'
      ? Number(actual.addr?.port ?? 0) >= 1024
      : portValue(addr.port, names) === actual.addr?.port);
  return (
    port &&
    (addr?.ip === undefined || addr.ip === actual.addr?.ip) &&
    (expected.addrlen === undefined || expected.addrlen === actual.addrlen) &&
    (expected.data === undefined || expected.data === actual.data) &&
    (expected.value === undefined || JSON.stringify(expected.value) === JSON.stringify(actual.value)) &&
    (time === undefined ||
      ((actual.elapsed_ms?.[0] ?? -1) >= time[0] && (actual.elapsed_ms?.[0] ?? Infinity) <= time[1]))
  );
}

/** The keys of an outcome that an expectation names, as one line. */
export function describeOutcome(outcome: OracleOutcome, like: OracleOutcome): string {
  const keys: readonly (keyof OracleOutcome)[] = [
    'ret',
    'errno',
    'blocks',
    'addr',
    'addrlen',
    'data',
    'value',
    'elapsed_ms',
  ];
  const parts = keys.filter(
    (key) =>
      outcome[key] !== undefined && (key === 'ret' || key === 'errno' || key === 'blocks' || like[key] !== undefined),
  );
  return parts.map((key) => `${key} ${JSON.stringify(outcome[key])}`).join(', ');
}
