/** How values are shown: one line each, by field, and as trees. */
import { given } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { memberExpression } from '../../src/values/c-expression';
import { valueNode } from '../../src/values/value-node';
import { diffObjects } from '../../src/values/value-diff';
import { packetText } from '../../src/values/value-packet';
import { spellType } from '../../src/values/value-types';
import { socketMemory, tcpSocket } from './socket-memory';
import { KernelMemory } from './kernel-memory';
import type { ValueNode } from '../../src/values/value-model';

/** What a field of an object shows. */
function field(kernel: KernelMemory, struct: string, address: number, path: string): ValueNode {
  let node = valueNode(kernel.context, { name: 'it', expression: 'it', type: kernel.type(struct), address });
  for (const name of path.split('.')) {
    node = given(
      node.children().find((child) => child.name === name),
      'such item',
    );
  }
  return node;
}

function check(
  kernel: KernelMemory,
  struct: string,
  address: number,
  path: string,
  display: string,
  mark?: string,
): void {
  const node = field(kernel, struct, address, path);
  expect({ display: node.display, mark: node.mark }).toEqual({ display, mark });
}

describe('numbers are named by the constants they stand for', () => {
  const kernel = socketMemory();
  const { socket, sk } = tcpSocket(kernel);

  test('states, types, families, protocols', () => {
    check(kernel, 'sock', sk, 'state', '7 (TCP_CLOSE)');
    check(kernel, 'socket', socket, 'state', '1 (SS_UNCONNECTED)');
    check(kernel, 'socket', socket, 'type', '1 (SOCK_STREAM)');
    check(kernel, 'sock', sk, 'family', '2 (PF_INET)');
    check(kernel, 'sock', sk, 'protocol', '6 (IPPROTO_TCP)');
  });

  test('flags, also none and unknown ones', () => {
    kernel.write('sock', sk, { shutdown: 3 });
    check(kernel, 'sock', sk, 'shutdown', '0x3 (RCV_SHUTDOWN | SEND_SHUTDOWN)');
    kernel.write('sock', sk, { shutdown: 9 });
    check(kernel, 'sock', sk, 'shutdown', '0x9 (RCV_SHUTDOWN | 0x8)');
    kernel.write('sock', sk, { shutdown: 0 });
    check(kernel, 'sock', sk, 'shutdown', '0');
    const task = kernel.allocate('task_struct');
    check(kernel, 'task_struct', task, 'state', '0 (TASK_RUNNING)');
  });

  test("the program's own value of a constant counts", () => {
    const other = socketMemory();
    other.constants.TCP_CLOSE = 9;
    const { sk: otherSk } = tcpSocket(other);
    check(other, 'sock', otherSk, 'state', '7');
    other.write('sock', otherSk, { state: 9 });
    check(other, 'sock', otherSk, 'state', '9 (TCP_CLOSE)');
  });

  test('network byte order is undone', () => {
    kernel.write('sock', sk, { dport: 0x901f, daddr: 0x0100007f, num: 8080 });
    check(kernel, 'sock', sk, 'dport', '0x901f (8080)');
    check(kernel, 'sock', sk, 'daddr', '0x0100007f (127.0.0.1)');
    check(kernel, 'sock', sk, 'rcv_saddr', '0 (0.0.0.0)');
    check(kernel, 'sock', sk, 'num', '8080');
  });

  test('errors by name, in variables with their sign', () => {
    kernel.write('sock', sk, { err: 111 });
    check(kernel, 'sock', sk, 'err', '111 (ECONNREFUSED)');
    const at = kernel.onStack('atomic_t');
    kernel.memory.setU32(at, -105 >>> 0);
    const node = valueNode(kernel.context, {
      name: 'err',
      type: kernel.type('i32'),
      address: at,
      place: { variable: 'err' },
    });
    expect(node.display).toBe('-105 (-ENOBUFS)');
  });

  test('times relative to now, durations in seconds', () => {
    const jiffies = kernel.global('jiffies', 'u32');
    kernel.memory.setU32(jiffies, 100);
    kernel.write('sock', sk, { 'timer.expires': 400, rcvtimeo: 0x7fffffff });
    check(kernel, 'sock', sk, 'timer.expires', '400 (+3.00 s)');
    check(kernel, 'sock', sk, 'rcvtimeo', '2147483647 (MAX_SCHEDULE_TIMEOUT)');
    check(kernel, 'sock', sk, 'tp_pinfo.af_tcp.rto', '300 (3.00 s)');
  });
});

describe('pointers say what they point to', () => {
  const kernel = socketMemory();
  const { socket, sk } = tcpSocket(kernel);

  test('NULL, functions, globals', () => {
    check(kernel, 'sock', sk, 'next', 'NULL', 'null');
    expect(field(kernel, 'sock', sk, 'backlog_rcv').display).toMatch(/^0xc01\w+ <tcp_v4_do_rcv>$/);
    expect(field(kernel, 'sock', sk, 'backlog_rcv').mark).toBe('function');
    check(
      kernel,
      'sock',
      sk,
      'prot',
      `0x${kernel.memory
        .u32(kernel.at('sock', sk, 'prot'))
        .toString(16)
        .padStart(8, '0')} <tcp_prot>`,
    );
  });

  test("memory that was freed, was never handed out, is not there, is the user's", () => {
    const dead = kernel.allocate('sock');
    kernel.free(dead);
    kernel.write('sock', sk, { next: dead });
    expect(field(kernel, 'sock', sk, 'next')).toMatchObject({
      mark: 'dangling',
      scalar: { kind: 'pointer', address: dead },
    });
    for (const [value, mark] of [
      [0x8, 'invalid'],
      [kernel.map.heapEnd - 64, 'invalid'],
      [0x7fff0000, 'invalid'],
      [kernel.map.userStart, 'user'],
    ] as const) {
      kernel.write('sock', sk, { next: value });
      expect(field(kernel, 'sock', sk, 'next').mark).toBe(mark);
    }
    kernel.write('sock', sk, { next: 0 });
  });

  test('a pointer to a record unfolds to its fields, with expressions that C understands', () => {
    const node = field(kernel, 'socket', socket, 'sk');
    const state = given(
      node.children().find((child) => child.name === 'state'),
      'such item',
    );
    expect([node.expression, state.expression, state.display]).toEqual(['it.sk', 'it.sk->state', '7 (TCP_CLOSE)']);
    expect(field(kernel, 'socket', socket, 'file').named).toBe(0);
  });

  test('a cast is put in parentheses once', () => {
    expect(memberExpression(memberExpression('(struct sock *) 0x10', '->', 'socket'), '->', 'file')).toBe(
      '((struct sock *) 0x10)->socket->file',
    );
    expect(memberExpression('(a) + b', '.', 'c')).toBe('((a) + b).c');
  });

  test('children come in pages', () => {
    const node = field(kernel, 'socket', socket, 'sk');
    expect(node.children(2, 3).map((child) => child.name)).toEqual(['dport', 'num', 'next']);
    expect(node.children(node.named, 10)).toEqual([]);
  });
});

describe("the slab's fill bytes are named", () => {
  test('fresh and freed memory, in fields of every size', () => {
    const kernel = socketMemory();
    const sk = kernel.allocatePoisoned('sock');
    check(kernel, 'sock', sk, 'daddr', '0x5a5a5a5a (uninitialised)', 'uninitialised');
    check(kernel, 'sock', sk, 'state', '0x5a (uninitialised)', 'uninitialised');
    check(kernel, 'sock', sk, 'prot', '0x5a5a5a5a (uninitialised)', 'uninitialised');
    kernel.free(sk);
    check(kernel, 'sock', sk, 'num', '0x6b6b (freed memory)', 'freed');
    check(kernel, 'sock', sk, 'prot', '0x6b6b6b6b (freed memory)', 'freed');
  });

  test('90 in a byte among other bytes is 90', () => {
    const kernel = socketMemory();
    const sk = kernel.allocate('sock');
    kernel.write('sock', sk, { num: 0x5a5a });
    check(kernel, 'sock', sk, 'num', '23130');
  });
});

describe('other shapes', () => {
  const kernel = socketMemory();
  const at = kernel.allocate('oddments');
  kernel.write('oddments', at, { low: 5, high: 17, letters: 'tcp "x"' });
  kernel.memory.setU64(kernel.at('oddments', at, 'wide'), BigInt.asUintN(64, -9007199254740993n));
  kernel.memory.view.setFloat64(kernel.at('oddments', at, 'number'), 2.5, true);

  test('bit-fields, 64-bit integers, floating point, text', () => {
    check(kernel, 'oddments', at, 'low', '5');
    check(kernel, 'oddments', at, 'high', '17');
    check(kernel, 'oddments', at, 'wide', '-9007199254740993');
    check(kernel, 'oddments', at, 'number', '2.5');
    check(kernel, 'oddments', at, 'letters', '"tcp \\"x\\""');
    check(kernel, 'oddments', at, 'bytes', '{0, 0, 0, 0, …}');
  });

  test('members of an anonymous union are reached without its name', () => {
    const inner = field(kernel, 'oddments', at, '(anonymous)');
    expect(inner.children().map((child) => child.expression)).toEqual(['it.word', 'it.half']);
  });

  test('records and arrays on one line, arrays in pages', () => {
    const { sk } = tcpSocket(kernel);
    check(kernel, 'sock', sk, 'refcnt', '{counter = 1}');
    const table = valueNode(kernel.context, { name: 't', expression: 't', type: kernel.type('u32[600]'), address: sk });
    expect(table).toMatchObject({ named: 0, indexed: 600 });
    expect(table.children(598, 10).map((child) => child.expression)).toEqual(['t[598]', 't[599]']);
  });

  test('an address outside of memory is said to be unreadable', () => {
    const node = valueNode(kernel.context, { name: 'x', type: kernel.type('sock'), address: 0x7ffffff0 });
    expect([node.display, node.mark, node.children()]).toEqual(['(unreadable)', 'invalid', []]);
  });

  test('types are spelled as C declares them', () => {
    expect(spellType(kernel.debug, kernel.type('fn'))).toBe('int (*)(void)');
    expect(spellType(kernel.debug, kernel.type('*open_request[8]'), 'table')).toBe('struct open_request *table[8]');
  });
});

describe('differences between two moments', () => {
  test('each scalar that changed, by its path, as it was and is', () => {
    const kernel = socketMemory();
    const { sk } = tcpSocket(kernel);
    const before = kernel.snapshot();
    kernel.write('sock', sk, { state: 10, sport: 0x901f, 'refcnt.counter': 2, prot: 0 });
    const changes = diffObjects(before, kernel.context, [
      { type: kernel.type('sock'), address: sk, path: 'sk', access: '->' },
    ]);
    expect(changes.map(({ path, from, to }) => `${path}: ${from} → ${to}`)).toEqual([
      'sk->state: 7 (TCP_CLOSE) → 10 (TCP_LISTEN)',
      'sk->sport: 0 → 0x901f (8080)',
      'sk->refcnt.counter: 1 → 2',
      expect.stringMatching(/^sk->prot: 0x\w+ <tcp_prot> → NULL$/),
    ]);
  });

  test('a change has both values and the member', () => {
    const kernel = socketMemory();
    const { sk } = tcpSocket(kernel);
    const before = kernel.snapshot();
    kernel.write('sock', sk, { state: 10, prot: 0 });
    const place = { type: kernel.type('sock'), address: sk, path: 'sk', access: '->' } as const;
    expect(diffObjects(before, kernel.context, [place])).toMatchObject([
      {
        before: { kind: 'integer', value: 7, constant: 'TCP_CLOSE' },
        after: { kind: 'integer', value: 10, constant: 'TCP_LISTEN' },
        member: { record: 'sock', path: 'state' },
      },
      { before: { kind: 'pointer', symbol: 'tcp_prot' }, after: { kind: 'pointer', address: 0 } },
    ]);
  });

  test('an enumeration’s bit-field does not change with its neighbours', () => {
    const kernel = new KernelMemory({ pair: { word: 'u32' } }, { color: { RED: 0, GREEN: 1 } });
    const at = kernel.allocate('pair');
    const before = kernel.snapshot();
    kernel.memory.setU32(at, 0x13);
    const low = { type: kernel.type('color'), address: at, path: 'low', place: { bits: { bitOffset: 0, bitSize: 2 } } };
    const changes = diffObjects(before, kernel.context, [
      { ...low, path: 'middle', place: { bits: { bitOffset: 2, bitSize: 2 } } },
      { ...low, path: 'high', place: { bits: { bitOffset: 4, bitSize: 2 } } },
    ]);
    expect(changes.map(({ path, from, to }) => `${path}: ${from} → ${to}`)).toEqual(['high: 0 (RED) → 1 (GREEN)']);
  });

  test('the same field under two paths is told once, under the shorter', () => {
    const kernel = socketMemory();
    const { sk } = tcpSocket(kernel);
    const before = kernel.snapshot();
    kernel.write('sock', sk, { state: 10 });
    const type = kernel.type('sock');
    const changes = diffObjects(before, kernel.context, [
      { type, address: sk, path: 'sock->sk', access: '->' },
      { type, address: sk, path: 'sk', access: '->' },
    ]);
    expect(changes.map((change) => change.path)).toEqual(['sk->state']);
  });

  test('bit-fields of one unit are told apart, text is told as text', () => {
    const kernel = socketMemory();
    const at = kernel.allocate('oddments');
    const before = kernel.snapshot();
    kernel.write('oddments', at, { high: 3, letters: 'UDP' });
    const changes = diffObjects(before, kernel.context, [{ type: kernel.type('oddments'), address: at, path: 'o' }]);
    expect(changes.map(({ path, from, to }) => `${path}: ${from} → ${to}`)).toEqual([
      'o.high: 0 → 3',
      'o.letters: "" → "UDP"',
    ]);
  });
});

test('packets read as tcpdump writes them', () => {
  const packet = new Uint8Array(44);
  packet.set([
    0x45, 0, 0, 44, 0, 0, 0x40, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1, 4, 0, 0x1f, 0x90, 0, 0, 0, 7, 0, 0, 0, 0,
    0x60, 2, 0x16, 0xd0,
  ]);
  expect(packetText(packet)).toBe('127.0.0.1:1024 > 127.0.0.1:8080 [S] seq 7, win 5840, len 0');
  expect(packetText(packet.subarray(0, 7))).toBe('7 bytes');
  packet.set([0x20, 0], 2);
  expect(packetText(packet, 8192)).toBe('127.0.0.1:1024 > 127.0.0.1:8080 [S] seq 7, win 5840, len 8148');
  expect(packetText(packet)).toContain('len 0');
});
