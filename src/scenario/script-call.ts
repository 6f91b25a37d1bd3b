/**
 * One call of a script: from its arguments to words on the kernel's stack, and from its outcome to "as expected" or not.
 *
 * In: a call event, the descriptors of the process that makes it, default addresses. Out: a {@link PlannedCall}; later
 * the first thing about its result that differs from the script.
 */
import { sentence, type Told } from '../sentences/sentence';
import type { UserMemory } from '../kernel/user-memory';
import { BAD_POINTER } from '../kernel/user-memory';
import type { Memory } from '../machine/memory';
import {
  dataBytes,
  numberOf,
  socketAddressBytes,
  socketAddressOf,
  valueWords,
  type SocketAddress,
} from './argument-value';
import { formatInternetAddress, latinBytes, littleWords, showBytes } from './byte-order';
import {
  ADDRESS_ROOM,
  ADDRESS_SIZE,
  CallBuilder,
  readSocketAddress,
  type CallAnswer,
  type PlannedCall,
} from './call-builder';
import { CALLS, type CallSpecification } from './call-table';
import { constantNamed, constantValue, describeResult, ERRNO } from './constants';
import type { Argument, CallEvent } from './pkt-ast';

const VALUE_ROOM = 256;

export interface CallContext {
  readonly user: UserMemory;
  readonly memory: Memory;
  /** Live descriptor of a script descriptor. */
  descriptor(script: number): number;
  /** What `...` stands for where an address is read. */
  readonly defaultAddress: SocketAddress;
}

/** Words and buffers of a call; undefined when user memory cannot hold its buffers. */
export function planCall(
  context: CallContext,
  specification: CallSpecification,
  args: readonly Argument[],
): PlannedCall | undefined {
  const builder = new CallBuilder(context.user, context.memory);
  specification.parameters.forEach((kind, index) => {
    const argument = args[index];
    const number = numberOf(argument) ?? 0;
    const size = (): number => numberOf(args[index + 1]) ?? 0;
    const pointer = pointerWord(argument);
    if (argument === undefined) {
      builder.word(0);
    } else if (kind === 'fd') {
      builder.word(context.descriptor(number));
    } else if (pointer !== undefined && kind !== 'int' && kind !== 'size' && kind !== 'int-optional') {
      builder.word(pointer);
    } else {
      addParameter(builder, context, kind, argument, number, size);
    }
  });
  return builder.failed ? undefined : builder.plan();
}

function addParameter(
  builder: CallBuilder,
  context: CallContext,
  kind: CallSpecification['parameters'][number],
  argument: Argument,
  number: number,
  size: () => number,
): void {
  switch (kind) {
    case 'address-in':
      builder.bytes(
        argument.kind === 'string'
          ? latinBytes(argument.value)
          : socketAddressBytes(socketAddressOf(argument) ?? context.defaultAddress),
      );
      return;
    case 'address-length':
      builder.word(argument.kind === 'ellipsis' ? ADDRESS_SIZE : number);
      return;
    case 'address-out':
      builder.roomWithLength('address', ADDRESS_ROOM);
      return;
    case 'value-out':
      builder.roomWithLength('value', VALUE_ROOM);
      return;
    case 'length-pointer':
      builder.lengthPointer(argument.kind === 'ellipsis' ? ADDRESS_SIZE : (valueWords(argument)?.[0] ?? number));
      return;
    case 'data-in':
      builder.bytes(dataBytes(argument, Math.max(0, size())));
      return;
    case 'data-out':
      builder.answer('data', Math.max(0, size()));
      return;
    case 'value-in':
      builder.bytes(
        argument.kind === 'string' ? latinBytes(argument.value) : littleWords(valueWords(argument) ?? [0, 0]),
      );
      return;
    case 'value-length':
      builder.word(argument.kind === 'ellipsis' ? 4 : number);
      return;
    case 'int-pointer':
      builder.answer('value', 4);
      return;
    case 'fd-pair':
      builder.answer('pair', 8);
      return;
    default:
      // Only the family of socket() may be left open.
      builder.word(argument.kind === 'ellipsis' ? constantNamed('AF_INET') : number);
  }
}

function pointerWord(argument: Argument | undefined): number | undefined {
  return argument?.kind !== 'word'
    ? undefined
    : argument.name === 'NULL'
      ? 0
      : argument.name === 'BAD_POINTER'
        ? BAD_POINTER
        : undefined;
}

/** Values that go into the `int *` of an ioctl before the call. */
export function ioctlInput(event: CallEvent): number | undefined {
  const input = event.name === 'ioctl' && numberOf(event.args[1]) === constantValue('FIONBIO');
  return input && event.args[2] ? valueWords(event.args[2])?.[0] : undefined;
}

/** Whether the result of a call is a descriptor, which is a name in a script. */
export function returnsDescriptor(event: CallEvent): boolean {
  return (
    CALLS.get(event.name)?.returnsDescriptor === true ||
    (event.name === 'fcntl' && numberOf(event.args[1]) === constantValue('F_DUPFD'))
  );
}

export interface Difference {
  readonly expected: Told;
  readonly actual: Told;
  /** The kernel's result, when that is what differs; a negative errno when the call failed. */
  readonly returned?: number;
}

/**
 * The first difference between a finished call and its script. `value` is the kernel's result; `descriptor` maps script
 * descriptors.
 */
export function compareCall(
  event: CallEvent,
  specification: CallSpecification | undefined,
  value: number,
  answer: CallAnswer,
): Difference | undefined {
  const { expected } = event;
  if (expected.kind === 'blocked') {
    return { expected: sentence('the-call-still-sleeps-when-the-script-ends'), actual: returned(value) };
  }
  if (expected.kind === 'fault') {
    return { expected: sentence('the-kernel-goes-wrong-in-this-call'), actual: returned(value) };
  }
  if (expected.kind === 'value') {
    const difference = compareResult(expected.value, expected.errno, value, returnsDescriptor(event));
    if (difference) {
      return difference;
    }
  }
  return specification && value >= 0 ? compareAnswers(event, specification, answer) : undefined;
}

function returned(value: number): Told {
  return sentence('it-returned-value', { value: describeResult(value) });
}

function compareResult(
  expected: number,
  errno: string | undefined,
  value: number,
  isDescriptor: boolean,
): Difference | undefined {
  const actual = describeResult(value);
  if (expected === -1) {
    const wanted = errno === undefined ? undefined : ERRNO[errno];
    const fails = value < 0 && value > -4096;
    return fails && (wanted === undefined || wanted === -value)
      ? undefined
      : { expected: errno ? `-1 ${errno}` : '-1', actual, returned: value };
  }
  // A script's descriptor is only a name for whatever the kernel gave.
  return (isDescriptor ? value >= 0 : value === expected)
    ? undefined
    : { expected: String(expected), actual, returned: value };
}

function compareAnswers(
  event: CallEvent,
  specification: CallSpecification,
  answer: CallAnswer,
): Difference | undefined {
  for (const [index, kind] of specification.parameters.entries()) {
    const argument = event.args[index];
    const difference = argument && compareAnswer(event, kind, argument, answer);
    if (difference) {
      return difference;
    }
  }
  return undefined;
}

function compareAnswer(
  event: CallEvent,
  kind: CallSpecification['parameters'][number],
  argument: Argument,
  answer: CallAnswer,
): Difference | undefined {
  switch (kind) {
    case 'data-out':
      if (argument.kind === 'string' && answer.data) {
        return differ(showBytes(latinBytes(argument.value)), showBytes(answer.data));
      }
      return undefined;
    case 'address-out': {
      const wanted = socketAddressOf(argument);
      const got = answer.address && readSocketAddress(answer.address);
      if (!wanted || !got || argument.kind !== 'struct') {
        return undefined;
      }
      const named = new Set(argument.fields.map(({ name }) => name));
      const text = ({ family, port, ip }: SocketAddress): string =>
        [
          named.has('sa_family') || named.has('sin_family') ? `family ${family}` : '',
          named.has('sin_addr') ? formatInternetAddress(ip) : '',
          named.has('sin_port') ? `port ${port}` : '',
        ]
          .filter(Boolean)
          .join(' ');
      return differ(text(wanted), text(got));
    }
    case 'value-out':
    case 'int-pointer': {
      const words = argument.kind === 'ellipsis' || ioctlInput(event) !== undefined ? undefined : valueWords(argument);
      const { value } = answer;
      if (!words || !value) {
        return undefined;
      }
      const got = Array.from({ length: Math.min(words.length, Math.floor(value.length / 4)) }, (_, i) =>
        new DataView(value.buffer).getInt32(4 * i, true),
      );
      return differ(`[${words.join(', ')}]`, `[${got.join(', ')}]`);
    }
    case 'length-pointer': {
      const wanted = argument.kind === 'array' ? valueWords(argument)?.at(-1) : undefined;
      return wanted === undefined || answer.length === undefined
        ? undefined
        : differ(`length ${wanted}`, `length ${answer.length}`);
    }
    default:
      return undefined;
  }
}

function differ(expected: string, actual: Told): Difference | undefined {
  return expected === actual ? undefined : { expected, actual };
}
