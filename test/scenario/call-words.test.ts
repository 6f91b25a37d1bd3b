/**
 * The arguments of calls as words and buffers for the kernel, and what of a call's outcome is compared with the script.
 *
 * A word that points to a buffer is told as `→` and the buffer's bytes in hex, room for an answer by its size.
 */
import { itemAt } from '../../src/base/checked-access';
import { beforeAll, describe, expect, test } from 'vitest';
import { bootKernel } from '../../src/scenario/boot-kernel';
import { readAnswer, releaseBuffers, type CallAnswer, type PlannedCall } from '../../src/scenario/call-builder';
import { CALLS, type CallSpecification } from '../../src/scenario/call-table';
import { planOracleCall } from '../../src/scenario/oracle-call';
import type { OracleStep } from '../../src/scenario/oracle-schema';
import type { CallEvent } from '../../src/scenario/pkt-ast';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { PktRunner } from '../../src/scenario/pkt-runner';
import { compareCall, planCall } from '../../src/scenario/script-call';
import type { Memory } from '../../src/machine/memory';
import type { UserMemory } from '../../src/kernel/user-memory';
import { SourceFile } from '../../src/source/source-file';
import { inEnglish } from '../sentences/english';
import { bundledKernel } from './bundled-kernel';

let user: UserMemory;
let memory: Memory;

beforeAll(async () => {
  const { scenario } = parseScenario(new SourceFile('x.pkt', '0 close(3) = 0\n'));
  const booted = await bootKernel(
    { image: (await bundledKernel()).image },
    (kernel, host) => new PktRunner(scenario, kernel, host),
  );
  user = booted.kernel.user;
  memory = booted.machine.memory;
});

function callOf(text: string): { event: CallEvent; specification: CallSpecification } {
  const event = parseScenario(new SourceFile('x.pkt', `0 ${text}\n`)).scenario.events[0];
  if (event?.kind !== 'call') {
    throw new Error(`no call: ${text}`);
  }
  return { event, specification: CALLS.get(event.name)! };
}

test('a call as it is made has nothing of what will be written', () => {
  const asked = (text: string): string => {
    const { event } = callOf(text);
    return event.asked ?? event.call;
  };
  expect(asked('accept(3, {sa_family = AF_INET,  sin_addr = inet_addr("127.0.0.1")}, [16]) = 4')).toBe(
    'accept(3, ..., [16])',
  );
  expect(asked('getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0')).toBe(
    'getsockopt(3, SOL_SOCKET, SO_ERROR, ..., [4])',
  );
  expect(asked('recv(3, NULL, 5, 0) = -1 EFAULT')).toBe('recv(3, NULL, 5, 0)');
  expect(asked('ioctl(3, FIONREAD, [5]) = 0')).toBe('ioctl(3, FIONREAD, ...)');
  expect(asked('ioctl(3, FIONBIO, [1]) = 0')).toBe('ioctl(3, FIONBIO, [1])');
  expect(asked('setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0')).toBe(
    'setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4)',
  );
});

const hex = (address: number, size: number): string => Buffer.from(memory.read(address, size)).toString('hex');

/** Sizes of the ranges of user memory in use, by address; 16 bytes of each keep it apart from the next. */
const taken = (): Map<number, number> =>
  new Map(
    (user.save() as { taken: { address: number; size: number }[] }).taken.map(({ address, size }) => [
      address,
      size - 16,
    ]),
  );

/** The words, and what stands where answers are read. */
function shown(plan: PlannedCall | undefined): string {
  if (!plan) {
    return 'full';
  }
  const sizes = taken();
  const rooms = new Map(plan.answers.map((place) => [place.address, place]));
  const words = plan.words.map((word) => {
    const room = rooms.get(word);
    const size = sizes.get(word);
    if (room && room.what !== 'length') {
      return `→${room.what} ${room.size}${'lengthAddress' in room && room.lengthAddress ? ' by length' : ''}`;
    }
    return size === undefined ? String(word) : `→${hex(word, room ? 4 : size).replace(/(00)+$/, '')}`;
  });
  expect([...sizes.keys()].sort()).toEqual([...plan.buffers].sort());
  releaseBuffers(user, plan.buffers);
  expect(taken().size).toBe(0);
  return words.join(', ');
}

describe('the words of a call', () => {
  const planned = (text: string): string => {
    const { event, specification } = callOf(`${text} = 0`);
    const context = { user, memory, descriptor: (fd: number) => fd + 100 };
    return shown(
      planCall({ ...context, defaultAddress: { family: 2, port: 0x1f90, ip: 0xc0000201 } }, specification, event.args),
    );
  };
  const address = '02001f90c0000201';
  test.each([
    ['socket(..., SOCK_STREAM, 6)', '2, 1, 6'],
    ['socket(AF_INET, 1|4, -1)', '2, 5, 4294967295'],
    ['socket(NULL, BAD_POINTER, 0)', '0, 0, 0'],
    ['read(3, ..., BAD_POINTER)', '103, →data 0, 0'],
    ['fcntl(3, BAD_POINTER, BAD_POINTER)', '103, 0, 0'],
    ['socket(htons(258), ntohs(0x12345), htonl(1))', '513, 17699, 16777216'],
    ['socket(ntohl(0x01020304), inet_addr("1.2.3.4"), htons("x"))', '67305985, 67305985, 0'],
    ['setsockopt(3, SOL_SOCKET, 2, [htons(80), inet_addr("x")], 8)', '103, 1, 2, →, 8'],
    ['setsockopt(3, SOL_SOCKET, 2, [htons(80), [1]], 8)', '103, 1, 2, →0050000001, 8'],
    ['bind(3, {sin_port = 8080, sin_addr = htonl(INADDR_LOOPBACK)}, 16)', '103, →02001f907f000001, 16'],
    ['bind(3, {family = 7, port = 1, addr = "10.0.0.1"}, 16)', '103, →070000010a000001, 16'],
    ['bind(3, {sin_addr = "no address"}, 16)', `103, →${address}, 16`],
    ['bind(3, {sin_family = 3, sin_port = 1}, 16)', '103, →03000001, 16'],
    ['bind(3, ..., ...)', `103, →${address}, 16`],
    ['bind(3, ..., 7)', `103, →${address}, 7`],
    ['bind(3, NULL, 16)', '103, 0, 16'],
    ['bind(3, BAD_POINTER, 16)', `103, ${0xbad00000}, 16`],
    ['bind(3, "\\x01\\x02", 2)', '103, →0102, 2'],
    [
      'bind(3, {sa_family = AF_UNSPEC, sin_port = htons(258), sin_addr = inet_addr("1.2.3.4")}, 16)',
      '103, →0000010201020304, 16',
    ],
    ['bind(3, {sin_port = 1}, 16)', '103, →02000001, 16'],
    ['accept(3, ..., ...)', '103, →address 128 by length, →10'],
    ['accept(3, ..., [300])', '103, →address 128 by length, →2c01'],
    ['accept(3, ..., [7, 16909060])', '103, →address 128 by length, →07'],
    ['accept(3, ..., 5)', '103, →address 128 by length, →05'],
    ['accept(3, NULL, NULL)', '103, 0, 0'],
    ['write(3, ..., 28)', `103, →${Buffer.from('abcdefghijklmnopqrstuvwxyzab').toString('hex')}, 28`],
    ['write(3, "abc", 2)', '103, →6162, 2'],
    ['write(3, "abc", 5)', '103, →616263, 5'],
    ['write(3, "abc", -1)', '103, →, 4294967295'],
    ['write(3, NULL, 5)', '103, 0, 5'],
    ['read(3, ..., 5)', '103, →data 5, 5'],
    ['read(3, ..., -5)', '103, →data 0, 4294967291'],
    ['read(3, BAD_POINTER, 5)', `103, ${0xbad00000}, 5`],
    ['recv(3, ..., 9, MSG_PEEK)', '103, →data 9, 9, 2'],
    ['setsockopt(3, SOL_SOCKET, 2, [1], 4)', '103, 1, 2, →01, 4'],
    ['setsockopt(3, SOL_SOCKET, 2, {1, {2, 0x1020304}}, ...)', '103, 1, 2, →010000000200000004030201, 4'],
    ['setsockopt(3, SOL_SOCKET, 2, ..., 8)', '103, 1, 2, →, 8'],
    ['setsockopt(3, SOL_SOCKET, 2, "xyz", 3)', '103, 1, 2, →78797a, 3'],
    ['setsockopt(3, SOL_SOCKET, 2, 5, 4)', '103, 1, 2, →05, 4'],
    ['getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4])', '103, 1, 4, →value 256 by length, →04'],
    ['ioctl(3, FIONBIO, [1])', '103, 21537, →value 4'],
    ['ioctl(3, FIONBIO, NULL)', '103, 21537, 0'],
    ['socketpair(1, 1, 0, ...)', '1, 1, 0, →pair 8'],
    ['fcntl(3, F_GETFL)', '103, 3, 0'],
    ['fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK)', '103, 4, 2050'],
    ['write(3, ..., 1000001)', 'full'],
    ['recvfrom(3, ..., 1000000, 0, ..., ...)', '103, →data 1000000, 1000000, 0, →address 128 by length, →10'],
  ])('%s', (call, words) => expect(planned(call)).toBe(words));
});

describe('the words of an oracle step', () => {
  const names = { descriptors: { s: 7 }, ports: { P: 0x1234, LONG_1: 0x4321 } };
  const planned = (call: string, args: OracleStep['args']): string => {
    const planned = planOracleCall({ call, args, expect24: {} }, names, user, memory);
    return `${planned?.entry}: ${shown(planned?.plan)}`;
  };
  const local = { family: 'AF_INET', ip: '127.0.0.1', port: 258 };
  const bytes = '020001027f000001';
  test.each<[string, OracleStep['args'], string]>([
    ['socket', ['AF_INET', 'SOCK_STREAM', 6], '2, 1, 6'],
    ['socket', ['AF_INET', 'WHAT|SOCK_DGRAM'], '2, 2, 0'],
    ['socketpair', [1, 2, true], '1, 2, 1, →pair 8'],
    ['bind', ['s', local, 16], `7, →${bytes}, 16`],
    ['bind', ['s', local], `7, →${bytes}, 16`],
    ['bind', [3, { port: '$P' }, 5], '3, →00001234, 5'],
    ['connect', ['s', { port: '$P+2', family: 2 }, 16], '7, →02001236, 16'],
    ['connect', ['s', { port: '$Q' }, 16], '7, →, 16'],
    ['connect', ['s', { port: '$LONG_1+15' }, 16], '7, →00004330, 16'],
    ['connect', ['s', { port: 'x$P' }, 16], '7, →, 16'],
    ['connect', ['t', { hex: '0a0b0c' }, 3], '4294967295, →0a0b0c, 3'],
    ['connect', ['s', null, 16], '7, 0, 16'],
    ['connect', ['s', [1], 16], '7, 0, 16'],
    ['connect', ['s', 'bad', 16], `7, ${0xbad00000}, 16`],
    ['connect', ['s', { ip: 'no address' }, 16], '7, →, 16'],
    ['accept', ['s', 'buf', 16], '7, →address 128 by length, →10'],
    ['accept', ['s', 'buf'], '7, →address 128, 0'],
    ['accept', ['s'], '7, →address 128, 0'],
    ['accept', ['s', null, null], '7, 0, 0'],
    ['accept', ['s', 'bad', 'bad'], `7, ${0xbad00000}, ${0xbad00000}`],
    ['getsockname', ['s'], '7, →address 128 by length, →10'],
    ['getpeername', ['s', 'buf', 3], '7, →address 128 by length, →03'],
    ['getpeername', ['s', 'buf', null], '7, →address 128, 0'],
    ['send', ['s', 'ab'], '7, →6162, 2, 16384'],
    ['send', ['s'], '7, →, 0, 16384'],
    ['sendto', ['s', 'ab', local], `7, →6162, 2, 16384, →${bytes}, 16`],
    ['recv', ['s', 9], '7, →data 9, 9, 0'],
    ['setsockopt', ['s', 'SO_RCVTIMEO', 1250], '7, 1, 20, →0100000090d003, 8'],
    ['setsockopt', ['s', 'SO_SNDTIMEO', 1], '7, 1, 21, →00000000e803, 8'],
    ['setsockopt', ['s', 'SO_LINGER', [1, 5]], '7, 1, 13, →0100000005, 8'],
    ['setsockopt', ['s', 'SO_REUSEADDR', 1], '7, 1, 2, →01, 4'],
    ['getsockopt', ['s', 'SO_ERROR'], '7, 1, 4, →value 8 by length, →08'],
    ['listen', ['s', 5], '7, 5'],
    ['close', ['s'], '7'],
    ['fcntl', ['s', 'F_GETFL'], '7, 3, 0'],
    ['fcntl', ['s', 'F_SETFL', 'O_NONBLOCK'], '7, 4, 2048'],
    ['shutdown', [-1, 2], '4294967295, 2'],
  ])('%s %j', (call, args, words) => expect(planned(call, args)).toBe(`sys_${call}: ${words}`));
});

test('what the kernel wrote is read no further than it says', () => {
  const { event, specification } = callOf('recvfrom(3, ..., 6, 0, ..., ...) = 0');
  const context = { user, memory, descriptor: (fd: number) => fd };
  const plan = planCall({ ...context, defaultAddress: { family: 2, port: 0, ip: 0 } }, specification, event.args)!;
  const [data, address, length] = plan.answers.map((place) => place.address);
  memory.write(data ?? 0, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  memory.write(address ?? 0, Uint8Array.of(9, 8, 7, 6));
  const read = (size: number, result: number): unknown => {
    memory.setU32(length ?? 0, size >>> 0);
    const answer = readAnswer(memory, plan.answers, result);
    return { data: [...(answer.data ?? [])], address: [...(answer.address ?? [])].slice(0, 5), length: answer.length };
  };
  expect(read(3, 2)).toEqual({ data: [1, 2], address: [9, 8, 7], length: 3 });
  expect(read(5, 100)).toEqual({ data: [1, 2, 3, 4, 5, 6], address: [9, 8, 7, 6, 0], length: 5 });
  expect(read(-1, -11)).toEqual({ data: [], address: [], length: -1 });
  expect(readAnswer(memory, itemAt([plan.answers.slice(1)], 0), 0).address).toHaveLength(0);
  memory.setU32(length ?? 0, 1000);
  expect(readAnswer(memory, plan.answers, 0).address).toHaveLength(128);
  releaseBuffers(user, plan.buffers);
});

describe('what differs from the script', () => {
  const words = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
  const address = Uint8Array.of(2, 0, 0x1f, 0x90, 10, 0, 0, 1);
  const text = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value, 'latin1'));
  test.each<[string, number, CallAnswer, string | undefined]>([
    ['close(3) = 0', 0, {}, undefined],
    ['close(3) = 0', 1, {}, '0 | 1 | 1'],
    ['close(3) = 0', -9, {}, '0 | -1 EBADF | -9'],
    ['close(3) = ?', -9, {}, undefined],
    ['close(3) = -1', -9, {}, undefined],
    ['close(3) = -1', -4095, {}, undefined],
    ['close(3) = -1', -4096, {}, '-1 | -4096 | -4096'],
    ['close(3) = -1', 0, {}, '-1 | 0 | 0'],
    ['close(3) = -1 EBADF', -9, {}, undefined],
    ['close(3) = -1 EBADF', -22, {}, '-1 EBADF | -1 EINVAL | -22'],
    ['close(3) = -1 EBADF', 9, {}, '-1 EBADF | 9 | 9'],
    ['close(3) = -5', -5, {}, undefined],
    ['close(3) = blocked', 3, {}, 'the call still sleeps when the script ends | it returned 3'],
    ['accept(3, ..., ...) = 4', 77, {}, undefined],
    ['accept(3, ..., ...) = 4', 0, {}, undefined],
    ['accept(3, ..., ...) = 4', -11, {}, '4 | -1 EAGAIN | -11'],
    ['fcntl(3, F_DUPFD, 0) = 4', 9, {}, undefined],
    ['fcntl(3, F_GETFL) = 4', 9, {}, '4 | 9 | 9'],
    ['read(3, "abc", 9) = 3', 3, { data: text('abc') }, undefined],
    ['read(3, "abc", 9) = 3', 3, { data: text('abd') }, 'abc | abd'],
    ['read(3, "abc", 9) = ?', 4, { data: text('abc\n') }, 'abc | abc\\x0a'],
    ['read(3, ..., 9) = 3', 3, { data: text('abd') }, undefined],
    ['read(3, "abc", 9) = ?', -11, { data: text('') }, undefined],
    ['read(3, "abc", 9) = ?', 0, { data: text('') }, 'abc | '],
    ['read(3, "abc", 9) = 3', 3, {}, undefined],
    [
      'accept(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("10.0.0.1")}, ...) = 4',
      4,
      { address },
      undefined,
    ],
    [
      'accept(3, {sa_family = 1, sin_port = 80, sin_addr = inet_addr("10.0.0.2")}, ...) = 4',
      4,
      { address },
      'family 1 10.0.0.2 port 80 | family 2 10.0.0.1 port 8080',
    ],
    ['accept(3, {sin_family = 1}, ...) = 4', 4, { address }, 'family 1 | family 2'],
    ['accept(3, {sin_port = 80}, ...) = 4', 4, { address }, 'port 80 | port 8080'],
    ['accept(3, {sin_addr = "10.0.0.2"}, ...) = 4', 4, { address }, '10.0.0.2 | 10.0.0.1'],
    ['accept(3, {}, ...) = 4', 4, { address }, undefined],
    ['accept(3, {sin_port = 80}, ...) = 4', 4, {}, undefined],
    ['accept(3, NULL, ...) = 4', 4, { address }, undefined],
    ['getsockopt(3, 1, 4, [5], [4]) = 0', 0, { value: words(5, 6), length: 4 }, undefined],
    ['getsockopt(3, 1, 4, [5, 7], ...) = 0', 0, { value: words(5, 6), length: 4 }, '[5, 7] | [5, 6]'],
    ['getsockopt(3, 1, 4, [5, 6], [4]) = 0', 0, { value: words(5), length: 4 }, '[5, 6] | [5]'],
    ['getsockopt(3, 1, 4, [-1], [4]) = 0', 0, { value: words(-1), length: 4 }, undefined],
    ['getsockopt(3, 1, 4, ..., [4]) = 0', 0, { value: words(6), length: 5 }, 'length 4 | length 5'],
    ['getsockopt(3, 1, 4, ..., [9, 4]) = 0', 0, { value: words(6), length: 4 }, undefined],
    ['getsockopt(3, 1, 4, ..., ...) = 0', 0, { value: words(6), length: 5 }, undefined],
    ['getsockopt(3, 1, 4, ..., 4) = 0', 0, { value: words(6), length: 5 }, undefined],
    ['getsockopt(3, 1, 4, ["x"], [4]) = 0', 0, { value: words(6), length: 4 }, undefined],
    ['ioctl(3, SIOCINQ, [5]) = 0', 0, { value: words(6) }, '[5] | [6]'],
    ['ioctl(3, FIONBIO, [5]) = 0', 0, { value: words(6) }, undefined],
    ['ioctl(3, FIONBIO, ...) = 0', 0, { value: words(6) }, undefined],
    ['ioctl(3, SIOCINQ, [5]) = 0', 0, {}, undefined],
  ])('%s returning %d', (call, value, answer, difference) => {
    const { event, specification } = callOf(call);
    const found = compareCall(event, specification, value, answer);
    expect(found && Object.values(inEnglish(found) as object).join(' | ')).toBe(difference);
  });
  test('where the kernel was to go wrong, that it did not', () => {
    const { event, specification } = callOf('close(3) = 0');
    const found = compareCall({ ...event, expected: { kind: 'fault' } }, specification, 0, {});
    expect(inEnglish(found)).toEqual({ expected: 'the kernel goes wrong in this call', actual: 'it returned 0' });
  });
});
