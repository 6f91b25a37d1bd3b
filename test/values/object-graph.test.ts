/** Lines about kernel objects, where the picture of objects begins, and what expressions and comparisons leave alone. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { graphRoots } from '../../src/values/graph-roots';
import {
  sockEndpoint,
  sockLabel,
  sockProtocol,
  socketLabel,
  taskLabel,
  tcpStateName,
} from '../../src/values/graph-labels';
import { objectView } from '../../src/values/object-view';
import { diffObjects } from '../../src/values/value-diff';
import type { StackFrame } from '../../src/values/value-model';
import type { DebugVariable } from '../../src/abi/debug-info';
import { KernelMemory } from './kernel-memory';
import { socketMemory, tcpSocket } from './socket-memory';

describe('a sock in one line', () => {
  const kernel = socketMemory();
  const { socket, sk } = tcpSocket(kernel);
  const type = kernel.type('sock');
  const about = (fields: Record<string, number>): string => {
    kernel.write('sock', sk, fields);
    return sockProtocol(kernel.context, type, sk);
  };
  test.each([
    [{ type: 1, protocol: 6 }, 'TCP'],
    [{ type: 2, protocol: 17 }, 'UDP'],
    [{ type: 3, protocol: 6 }, 'RAW'],
    [{ type: 3, protocol: 1 }, 'RAW'],
  ])('the protocol of %j: %s', (fields, name) => expect(about(fields)).toBe(name));
  test('the protocol, while only the table of operations tells it', () => {
    const tables = ['tcp_prot', 'udp_prot', 'raw_prot', 'other_prot'].map(
      (name) => kernel.debug.globals.find((each) => each.name === name)?.address ?? kernel.global(name, 'proto'),
    );
    expect(tables.map((prot) => about({ type: 1, protocol: 0, prot }))).toEqual(['TCP', 'UDP', 'RAW', '']);
    expect(about({ type: 1, protocol: 0, prot: 0 })).toBe('');
    expect(about({ type: 1, protocol: 6, prot: itemAt(tables, 0) })).toBe('TCP');
  });
  test('its ends, when it has any', () => {
    const ends = (fields: Record<string, number>): unknown => {
      kernel.write('sock', sk, { rcv_saddr: 0, sport: 0, daddr: 0, dport: 0, ...fields });
      return [
        sockEndpoint(kernel.context, type, sk, 'local'),
        sockEndpoint(kernel.context, type, sk, 'remote'),
        sockLabel(kernel.context, type, sk),
      ];
    };
    kernel.write('sock', sk, { state: 10 });
    expect(ends({})).toEqual([undefined, undefined, 'TCP_LISTEN']);
    expect(ends({ sport: 0x901f })).toEqual(['0.0.0.0:8080', undefined, 'TCP_LISTEN 0.0.0.0:8080']);
    expect(ends({ rcv_saddr: 0x0100007f })).toEqual(['127.0.0.1:0', undefined, 'TCP_LISTEN 127.0.0.1:0']);
    kernel.write('sock', sk, { state: 1 });
    expect(ends({ rcv_saddr: 0x0100007f, sport: 0x901f, daddr: 0x0200000a, dport: 0x0004 })).toEqual([
      '127.0.0.1:8080',
      '10.0.0.2:1024',
      'TCP_ESTABLISHED 127.0.0.1:8080 ↔ 10.0.0.2:1024',
    ]);
    expect(ends({ dport: 0x0004 })).toEqual([undefined, '0.0.0.0:1024', 'TCP_ESTABLISHED 0.0.0.0:1024']);
  });
  test('states have names, of socks and sockets', () => {
    expect([1, 7, 99].map(tcpStateName)).toEqual(['TCP_ESTABLISHED', 'TCP_CLOSE', '99']);
    expect(tcpStateName(0)).toBe('');
    const label = (state: number): string => {
      kernel.write('socket', socket, { state });
      return socketLabel(kernel.context, kernel.type('socket'), socket);
    };
    expect([0, 1, 3, 9].map(label)).toEqual(['SS_FREE', 'SS_UNCONNECTED', 'SS_CONNECTED', '']);
  });
  test('a task by number and name', () => {
    const task = kernel.allocate('task_struct');
    kernel.write('task_struct', task, { pid: 7, comm: 'server' });
    expect(taskLabel(kernel.context, kernel.type('task_struct'), task)).toBe('pid 7 server');
    kernel.write('task_struct', task, { comm: '' });
    expect(taskLabel(kernel.context, kernel.type('task_struct'), task)).toBe('pid 7');
    expect(taskLabel(kernel.context, kernel.type('list_head'), task)).toBe('');
  });
});

describe('where the picture begins', () => {
  const kernel = socketMemory();
  const { socket, sk } = tcpSocket(kernel);
  const SIZE = 64;
  const variable = (name: string, type: string, offset: number, more: Partial<DebugVariable> = {}): DebugVariable => ({
    name,
    type: kernel.type(type),
    spelling: type,
    offset,
    from: 10,
    to: 90,
    ...more,
  });
  kernel.function('f');
  kernel.functions[0] = {
    ...itemAt(kernel.functions, 0),
    frameSize: SIZE,
    variables: [
      variable('sock', '*socket', 0),
      variable('sk', '*sock', 4, { parameter: 0, from: 0, to: 0 }),
      variable('later', '*sock', 8, { from: 60 }),
      variable('hidden', '*sock', 12, { artificial: true }),
      variable('n', 'i32', 16),
      variable('to', '*i32', 20),
      variable('node', '*list_head', 24),
      variable('wait', '__wait_queue', 32),
    ],
  };
  const base = kernel.map.stacksStart + 512;
  [socket, sk, sk, sk, 5, sk, sk].forEach((value, index) => kernel.memory.setU32(base + 4 * index, value));
  const frame = (more: Partial<StackFrame> = {}): StackFrame => ({
    id: 1,
    function: 'f',
    functionId: 0,
    functionLine: 1,
    path: 'test.c',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    start: 50,
    end: 55,
    address: base + SIZE,
    kind: 'compiled',
    ...more,
  });
  const roots = (...frames: StackFrame[]): string[] =>
    graphRoots(kernel.context, frames).map((root) =>
      `${root.frame ?? ''} ${root.expression}${root.access} ${root.cost}${root.unsure ? ' ?' : ''}`.trim(),
    );

  test('variables that can be seen, and lead to records or are some', () =>
    expect(roots(frame())).toEqual(['sock-> 0 ?', 'sk-> 0', 'node-> 0 ?', 'wait. 1']));
  test('what is declared later counts from there on', () =>
    expect(roots(frame({ start: 60 }))).toContain('later-> 0 ?'));
  test('outer frames by their names; far ones only with what has a view of its own', () => {
    const outer = frame({ function: 'g' });
    expect(roots(frame({ kind: 'service' }), outer)).toEqual(['g sock-> 1 ?', 'g sk-> 1', 'g node-> 1 ?', 'g wait. 2']);
    const far = roots(frame({ kind: 'service' }), frame({ kind: 'service' }), outer);
    expect(far).toEqual(['g sock-> 2 ?', 'g sk-> 2', 'g wait. 3']);
    const deep = [...Array.from({ length: 12 }, () => frame({ kind: 'service' })), outer];
    expect(roots(...deep)).toEqual([]);
    expect(roots(...deep.slice(1))).toHaveLength(3);
  });
  test('nothing of what is no function', () => expect(roots(frame({ functionId: 99 }))).toEqual([]));
  test('nothing that lies outside of memory', () => expect(roots(frame({ address: 0x7000_0000 }))).toEqual([]));

  test('the current process and the sockets that live come last', () => {
    const own = socketMemory();
    const made = tcpSocket(own);
    const task = own.allocate('task_struct', 'task_struct');
    own.memory.setU32(own.global('current', '*task_struct'), task);
    const all = graphRoots({ ...own.context, liveObjects: () => own.objects }, []);
    expect(all[0]).toMatchObject({ expression: 'current', address: task, cost: 4, access: '->' });
    const rest = all.slice(1).map(({ address, cost }) => [address, cost]);
    expect(rest).toContainEqual([made.sk, 8]);
    expect(
      all.every(({ expression }) => expression === 'current' || /^\(struct \w+ \*\) 0x[0-9a-f]{8}$/.test(expression)),
    ).toBe(true);
  });

  test('a followed pointer begins there, as it is written', () => {
    const cards = (type: string, expression?: string): string[] =>
      objectView(kernel.context, [], [{ address: sk, type, expression }]).cards.map(
        (card) => `${card.expression}: ${card.typeName}`,
      );
    expect(cards('struct sock *', 'p')).toContain('p: struct sock');
    expect(cards('const struct sock *', 'p')).toEqual(cards('struct sock *', 'p'));
    expect(cards('struct sock *')).toContain(`(struct sock *) ${sk}: struct sock`);
    expect([cards('struct nothing *'), cards('toString')]).toEqual([[], []]);
  });
});

describe('what a card says', () => {
  const kernel = socketMemory();
  const { socket, sk } = tcpSocket(kernel);
  kernel.write('sock', sk, { state: 10, sport: 0x901f });
  const view = objectView(
    { ...kernel.context, liveObjects: () => [...kernel.objects].reverse() },
    [],
    [{ address: socket, type: 'struct socket *', expression: 'sock' }],
  );
  const card = (name: string): (typeof view.cards)[number] =>
    given(
      view.cards.find(({ typeName }) => typeName === `struct ${name}`),
      'such item',
    );
  test('a line about what it is, and of a sock its facts', () => {
    expect([card('sock').summary, card('socket').summary]).toEqual(['TCP_LISTEN 0.0.0.0:8080', 'SS_UNCONNECTED']);
    expect(card('sock').sock).toEqual({
      protocol: 'TCP',
      state: 'TCP_LISTEN',
      local: '0.0.0.0:8080',
      remote: undefined,
    });
    expect([card('socket').sock, card('proto').summary]).toEqual([undefined, undefined]);
  });
  test('its fields, each once', () => {
    for (const each of view.cards) {
      const ids = [...each.important, ...each.others].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(card('sock').important.every(({ important }) => important)).toBe(true);
    expect(card('sock').others.some(({ important }) => important)).toBe(false);
  });
  test('of the other fields those that were asked for, and how many there are', () => {
    const source = { ...kernel.context, liveObjects: () => [...kernel.objects].reverse() };
    const others = (cards: readonly string[], bytes: { address: number; size: number }[]) =>
      given(
        objectView(source, [], [{ address: socket, type: 'struct socket *', expression: 'sock' }], {
          cards: new Set(cards),
          bytes,
        }).cards.find(({ typeName }) => typeName === 'struct sock'),
        'such item',
      );
    const all = card('sock');
    const scalar = given(
      all.others.find(({ chain }) => chain === undefined),
      'such item',
    );
    const lists = all.others.filter(({ chain }) => chain !== undefined).map(({ id }) => id);
    expect(all.otherCount).toBe(all.others.length);
    expect(others([all.id], []).others).toEqual(all.others);
    expect(others([], []).others.map(({ id }) => id)).toEqual(lists);
    expect(others([], [{ address: scalar.address, size: 1 }]).others.map(({ id }) => id)).toContain(scalar.id);
    expect(others([], []).otherCount).toBe(all.otherCount);
    expect(others([], []).important).toEqual(all.important);
  });
  test('nothing of one that was freed', () => {
    const own = socketMemory();
    const made = tcpSocket(own);
    own.free(made.sk);
    const freed = itemAt(
      objectView(own.context, [], [{ address: made.sk, type: 'struct sock *', expression: 'sk' }]).cards,
      0,
    );
    expect([freed.state, freed.summary]).toEqual(['freed', undefined]);
  });
});

describe('a comparison', () => {
  const kernel = new KernelMemory({
    odd: { name: 'char[3]', tail: 'u8', list: 'u16[3]', raw: 'u8[12]', none: 'u32[0]' },
  });
  const at = kernel.allocate('odd');
  const changes = (member: string, offset: number, change: () => void): string[] => {
    const before = kernel.snapshot();
    change();
    return diffObjects(before, kernel.context, [{ type: kernel.type(member), address: at + offset, path: 'x' }]).map(
      ({ path, from, to, size }) => `${path}: ${from} → ${to} (${size})`,
    );
  };
  test('ends where the object ends', () => {
    expect(changes('char[3]', 0, () => kernel.memory.setU8(at + 3, 9))).toEqual([]);
    expect(changes('char[3]', 0, () => kernel.memory.setU8(at + 2, 65))).toEqual(['x[2]: 00 → 41 (1)']);
    expect(changes('u16[3]', 4, () => kernel.memory.setU8(at + 10, 9))).toEqual([]);
  });
  test('tells elements, and the bytes around the first that differs', () => {
    kernel.memory.fill(at, 24, 0);
    expect(changes('u16[3]', 4, () => kernel.memory.setU16(at + 8, 7))).toEqual(['x[2]: 0 → 7 (2)']);
    expect(changes('u8[12]', 10, () => kernel.memory.setU16(at + 12, 0xbbaa))).toEqual([
      'x[2]: 00 00 00 00 00 00 00 00 → aa bb 00 00 00 00 00 00 (1)',
    ]);
    expect(changes('u8[12]', 10, () => kernel.memory.setU8(at + 10, 1))).toEqual([
      'x: 00 00 aa bb 00 00 00 00 → 01 00 aa bb 00 00 00 00 (1)',
    ]);
    expect(changes('u32[0]', 0, () => kernel.memory.setU8(at, 1))).toEqual([]);
  });
  test('tells of a struct that is kept in the bytes of a member by its own members', () => {
    const own = new KernelMemory({ box: { head: 'u32', bytes: 'char[12]' }, part: { seq: 'u32', when: 'u32' } });
    const box = own.allocate('box');
    own.memory.fill(box, 16, 0);
    const parts = [{ name: 'part', as: 'part', at: 'bytes', inPlace: true }];
    const views = {
      structs: new Map([['box', { fields: {}, lists: {}, unions: {}, parts }]]),
      variables: new Map(),
    };
    const before = own.snapshot();
    own.memory.setU32(box + 8, 7);
    const place = { type: own.type('box'), address: box, path: 'b', access: '->' } as const;
    const told = diffObjects(before, { ...own.context, views }, [place]);
    expect(told.map(({ path, from, to }) => [path, from, to])).toEqual([
      ['((struct part *) b->bytes)->when', '0', '7'],
    ]);
  });
  test('is bounded, and leaves out what another place tells', () => {
    const before = kernel.snapshot();
    [4, 6, 8].forEach((offset) => kernel.memory.setU16(at + offset, 0x77));
    const place = { type: kernel.type('u16[3]'), address: at + 4, path: 'x' };
    const paths = (more: object, limit?: number): string[] =>
      diffObjects(before, kernel.context, [{ ...place, ...more }], limit).map(({ path }) => path);
    expect(paths({})).toEqual(['x[0]', 'x[1]', 'x[2]']);
    expect([paths({}, 2), paths({}, 0)]).toEqual([['x[0]', 'x[1]'], []]);
    expect(paths({ except: [{ offset: 2, size: 2 }] })).toEqual(['x[0]', 'x[2]']);
    expect(
      paths({
        except: [
          { offset: 1, size: 1 },
          { offset: 4, size: 9 },
        ],
      }),
    ).toEqual(['x[0]', 'x[1]']);
  });
});
