/** The object graph: which cards there are, how they are reached, what their rows and lists say. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/values/graph-build';
import { GraphLinks } from '../../src/values/graph-links';
import { importantRows, restRows } from '../../src/values/graph-rows';
import type { GraphCard, GraphRoot, GraphRow, ObjectGraph } from '../../src/values/graph-types';
import { valueNode } from '../../src/values/value-node';
import type { KernelMemory } from './kernel-memory';
import { emptyRing, socketMemory, tcpSocket } from './socket-memory';

function pointer(
  kernel: KernelMemory,
  struct: string,
  address: number,
  name: string,
  cost = 0,
  unsure = false,
): GraphRoot {
  return { type: kernel.type(struct), address, expression: name, access: '->', cost, variable: name, unsure };
}

function graphOf(kernel: KernelMemory, roots: readonly GraphRoot[], limit?: number): ObjectGraph {
  return buildGraph({ context: kernel.context, roots, objects: kernel.objects, limit });
}

function rowsOf(kernel: KernelMemory, graph: ObjectGraph, struct: string): Record<string, GraphRow> {
  const card = given(
    graph.cards.find((each) => each.typeName === `struct ${struct}`),
    'such item',
  );
  return Object.fromEntries(
    new GraphLinks(kernel.context, graph).rows(card, importantRows(kernel.context, card)).map((row) => [row.id, row]),
  );
}

/** Cards as `expression: struct` lines. */
function check(graph: ObjectGraph, expected: readonly string[]): void {
  expect(graph.cards.map((card: GraphCard) => `${card.expression}: ${card.typeName.replace('struct ', '')}`)).toEqual(
    expected,
  );
}

describe('from a struct socket', () => {
  const kernel = socketMemory();
  const { socket, sk } = tcpSocket(kernel);
  const graph = graphOf(kernel, [pointer(kernel, 'socket', socket, 'sock')]);

  test('its sock, the protocol part in use and the operations are found', () => {
    check(graph, [
      'sock: socket',
      'sock->sk: sock',
      'sock->sk->tp_pinfo.af_tcp: tcp_opt',
      'inet_stream_ops: proto_ops',
      'tcp_prot: proto',
    ]);
    expect(graph.cards.map((card) => card.state)).toEqual(['live', 'live', 'embedded', 'static', 'static']);
    expect(itemAt(graph.cards, 0).variables).toEqual(['sock']);
  });

  test('rows lead to cards, and into the middle of them', () => {
    const rows = rowsOf(kernel, graph, 'sock');
    expect(rows.prot).toMatchObject({ target: itemAt(graph.cards, 4).id });
    expect(rows.sleep).toMatchObject({ target: itemAt(graph.cards, 0).id, targetRow: 'wait' });
    expect(given(rows.backlog_rcv, 'backlog_rcv').target).toBeUndefined();
    expect(rows.refcnt).toMatchObject({ display: '1', expression: 'sock->sk->refcnt.counter' });
  });

  test('a RAW sock has its own part, one without protocol none', () => {
    kernel.write('sock', sk, { type: 3, protocol: 1 });
    check(graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]), [
      'sk->socket: socket',
      'sk: sock',
      'sk->tp_pinfo.tp_raw4: raw_opt',
      'inet_stream_ops: proto_ops',
      'tcp_prot: proto',
    ]);
    kernel.write('sock', sk, { type: 1, protocol: 6 });
  });

  test('the rest of the fields comes without the protocol union and without repeating its bytes', () => {
    const card = itemAt(graph.cards, 1);
    const links = new GraphLinks(kernel.context, graph);
    const { rows } = restRows(kernel.context, card, links.partsOf(card), new Set());
    expect(rows.some((row) => row.id.startsWith('tp_pinfo'))).toBe(false);
    expect(rows.map((row) => row.id)).toContain('lock.users');
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  });
});

describe('what a pointer may lead to', () => {
  test('nothing: NULL, fill bytes, addresses that are no object', () => {
    const kernel = socketMemory();
    const { sk } = tcpSocket(kernel);
    const stale = [0, 0x5a5a5a5a, 0x6b6b6b6b, 8, sk + 4096, 0xffffffff].map((address, index) =>
      pointer(kernel, 'sock', address, `p${index}`),
    );
    check(graphOf(kernel, stale), []);
  });

  test('a stale variable into a freed or other object gives no card, a field does', () => {
    const kernel = socketMemory();
    const { socket, sk } = tcpSocket(kernel);
    const inside = pointer(kernel, 'sock', sk + 16, 'stale', 0, true);
    kernel.free(sk);
    const graph = graphOf(kernel, [
      pointer(kernel, 'sock', sk, 'gone', 0, true),
      inside,
      pointer(kernel, 'socket', socket, 'sock'),
    ]);
    expect(graph.cards.map((card) => [card.expression, card.state])).toEqual([
      ['sock', 'live'],
      ['sock->sk', 'freed'],
      ['inet_stream_ops', 'static'],
    ]);
    expect(rowsOf(kernel, graph, 'sock').state).toMatchObject({ mark: 'freed' });
    expect(rowsOf(kernel, graph, 'socket').sk).toMatchObject({ mark: 'dangling', target: itemAt(graph.cards, 1).id });
  });

  test('a parameter that leads to freed memory is shown', () => {
    const kernel = socketMemory();
    const { sk } = tcpSocket(kernel);
    kernel.free(sk);
    const graph = graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]);
    expect(graph.cards.map((card) => [card.expression, card.state])).toEqual([['sk', 'freed']]);
  });

  test('a pointer to a struct that is only declared leads to the struct defined elsewhere', () => {
    const kernel = socketMemory();
    const { sk } = tcpSocket(kernel);
    const declared =
      kernel.types.push({
        kind: 'record',
        tag: 'struct',
        name: 'sock',
        size: 0,
        align: 1,
        complete: false,
        fields: [],
      }) - 1;
    const graph = graphOf(kernel, [{ ...pointer(kernel, 'sock', sk, 'sk'), type: declared }]);
    expect(graph.cards.map((card) => card.expression)).toContain('sk');
    const pointerType = kernel.types.push({ kind: 'pointer', size: 4, to: declared }) - 1;
    kernel.memory.setU32(kernel.map.stacksStart, sk);
    const node = valueNode(kernel.context, {
      name: 'sk',
      expression: 'sk',
      type: pointerType,
      address: kernel.map.stacksStart,
    });
    expect(node.children().find((child) => child.name === 'state')?.display).toBe('7 (TCP_CLOSE)');
  });

  test('an Internet address behind struct sockaddr is shown as one', () => {
    const kernel = socketMemory();
    const address = kernel.onStack('sockaddr_in');
    kernel.write('sockaddr_in', address, { sin_family: 2, sin_port: 0x901f, 'sin_addr.s_addr': 0x0100007f });
    const graph = graphOf(kernel, [pointer(kernel, 'sockaddr', address, 'uaddr')]);
    check(graph, ['(struct sockaddr_in *) uaddr: sockaddr_in']);
    expect(given(rowsOf(kernel, graph, 'sockaddr_in').sin_addr, 'sin_addr').display).toBe('0x0100007f (127.0.0.1)');
  });
});

describe('lists', () => {
  function listener(): { readonly kernel: KernelMemory; readonly socket: number; readonly sk: number } {
    const kernel = socketMemory();
    const made = tcpSocket(kernel);
    kernel.write('sock', made.sk, { state: 10, sport: 0x901f });
    return { kernel, ...made };
  }

  test('the SYN table and the accept queue, with the requests as cards', () => {
    const { kernel, sk } = listener();
    const table = kernel.allocate('tcp_listen_opt', 'size-512');
    const half = kernel.allocate('open_request', 'tcp_open_request');
    const done = kernel.allocate('open_request', 'tcp_open_request');
    const child = tcpSocket(kernel).sk;
    kernel.write('open_request', half, { rmt_port: 0x0004, 'af.v4_req.rmt_addr': 0x0100007f, retrans: 1 });
    kernel.write('open_request', done, { rmt_port: 0x0104, 'af.v4_req.rmt_addr': 0x0100007f, sk: child });
    kernel.memory.setU32(kernel.at('tcp_listen_opt', table, 'syn_table') + 12, half);
    kernel.write('sock', sk, { 'tp_pinfo.af_tcp.listen_opt': table, 'tp_pinfo.af_tcp.accept_queue': done });
    const graph = graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]);
    expect(
      given(given(rowsOf(kernel, graph, 'tcp_listen_opt').syn_table, 'syn_table').chain, 'chain').items.map(
        (item) => item.label,
      ),
    ).toEqual(['127.0.0.1:1024, retrans 1']);
    expect(
      given(given(rowsOf(kernel, graph, 'tcp_opt').accept_queue, 'accept_queue').chain, 'chain').items.map(
        (item) => item.label,
      ),
    ).toEqual(['127.0.0.1:1025 ✓']);
    expect(graph.cards.filter((card) => card.kind === 'request')).toHaveLength(2);
    expect(graph.cards.filter((card) => card.kind === 'sock')).toHaveLength(2);
  });

  test('who waits, and who waits exclusively', () => {
    const { kernel, socket } = listener();
    const head = kernel.at('socket', socket, 'wait.task_list');
    let last = head;
    for (const [index, comm] of ['first', 'second'].entries()) {
      const task = kernel.allocate('task_struct', 'task_struct');
      kernel.write('task_struct', task, { pid: index + 1, comm, state: 1 });
      const entry = kernel.onStack('__wait_queue');
      kernel.write('__wait_queue', entry, { flags: index, task });
      const link = kernel.at('__wait_queue', entry, 'task_list');
      kernel.memory.setU32(last, link);
      kernel.memory.setU32(link, head);
      last = link;
    }
    const graph = graphOf(kernel, [pointer(kernel, 'socket', socket, 'sock')]);
    const { wait } = rowsOf(kernel, graph, 'socket');
    expect([
      given(wait, 'wait').display,
      ...given(given(wait, 'wait').chain, 'chain').items.map((item) => item.label),
    ]).toEqual(['[2]', 'pid 1 first', 'pid 2 second (WQ_FLAG_EXCLUSIVE)']);
    expect(graph.cards.filter((card) => card.kind === 'task')).toHaveLength(2);
  });

  test('a queue of packets is counted beyond what is listed, a broken one ends where it breaks', () => {
    const { kernel, sk } = listener();
    const queue = kernel.at('sock', sk, 'receive_queue');
    const packets = Array.from({ length: 20 }, () => kernel.allocate('sk_buff', 'skbuff_head_cache'));
    [queue, ...packets].forEach((address, index) => kernel.memory.setU32(address, packets[index] ?? queue));
    kernel.write('sk_buff', itemAt(packets, 0), { len: 100 });
    const graph = graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]);
    const row = given(rowsOf(kernel, graph, 'sock').receive_queue, 'receive_queue');
    expect([
      row.display,
      itemAt(given(row.chain, 'chain').items, 0).label,
      given(row.chain, 'chain').items.length,
      given(row.chain, 'chain').leftOff,
      given(row.chain, 'chain').broken,
    ]).toEqual(['[20]', 'len 100', 12, 8, false]);
    kernel.free(itemAt(packets, 2));
    const broken = given(
      rowsOf(kernel, graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]), 'sock').receive_queue,
      'receive_queue',
    );
    expect([broken.display, given(broken.chain, 'chain').broken]).toEqual(['[2]', true]);
  });

  test('a list head that was never initialised is an empty list', () => {
    const { kernel, sk } = listener();
    kernel.memory.fill(kernel.at('sock', sk, 'receive_queue'), 16, 0x5a);
    kernel.memory.fill(kernel.at('sock', sk, 'lock.wq'), 12, 0);
    const rows = rowsOf(kernel, graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]), 'sock');
    expect([
      given(rows.receive_queue, 'receive_queue').display,
      given(given(rows.receive_queue, 'receive_queue').chain, 'chain').broken,
    ]).toEqual(['[0]', false]);
  });

  test('a list that never ends is bounded', () => {
    const { kernel, sk } = listener();
    const [a, b] = [kernel.allocate('sk_buff'), kernel.allocate('sk_buff')];
    kernel.write('sk_buff', a, { next: b });
    kernel.write('sk_buff', b, { next: a });
    kernel.write('sock', sk, { 'backlog.head': a });
    const row = given(rowsOf(kernel, graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]), 'sock').backlog, 'backlog');
    expect([row.display, given(row.chain, 'chain').broken]).toEqual(['[2]', true]);
  });
});

describe('bounds and order', () => {
  test('at most so many cards, the nearest ones, and the others are counted', () => {
    const kernel = socketMemory();
    const sockets = Array.from({ length: 10 }, () => tcpSocket(kernel));
    const roots = sockets.map(({ socket }, index) => pointer(kernel, 'socket', socket, `s${index}`, index * 10));
    const graph = graphOf(kernel, roots, 6);
    expect(graph.cards).toHaveLength(6);
    expect(graph.leftOff).toBeGreaterThan(0);
    expect(graph.cards.slice(0, 3).map((card) => card.expression)).toEqual(['s0', 's0->sk', 's0->sk->tp_pinfo.af_tcp']);
  });

  test('what is reached from an outer frame says in which its name holds', () => {
    const kernel = socketMemory();
    const [one, two] = [tcpSocket(kernel), tcpSocket(kernel)];
    const graph = graphOf(kernel, [
      pointer(kernel, 'sock', one.sk, 'sk'),
      { ...pointer(kernel, 'sock', two.sk, 'sk', 1), frame: 'inet_stream_connect' },
    ]);
    expect(graph.cards.filter((card) => card.kind === 'sock').map((card) => card.frame)).toEqual([
      undefined,
      'inet_stream_connect',
    ]);
    expect(graph.cards.filter((card) => card.kind === 'socket').map((card) => card.frame)).toEqual([
      undefined,
      'inet_stream_connect',
    ]);
  });

  test('ids and order do not depend on which variable leads there', () => {
    const kernel = socketMemory();
    const one = tcpSocket(kernel);
    const two = tcpSocket(kernel);
    const ids = (roots: readonly GraphRoot[]): readonly string[] => graphOf(kernel, roots).cards.map((card) => card.id);
    expect(ids([pointer(kernel, 'sock', two.sk, 'newsk'), pointer(kernel, 'socket', one.socket, 'sock', 1)])).toEqual(
      ids([pointer(kernel, 'socket', one.socket, 'a'), pointer(kernel, 'socket', two.socket, 'b', 5)]),
    );
  });

  test('a version without a field simply has no such row', () => {
    const kernel = socketMemory();
    const { sk } = tcpSocket(kernel);
    emptyRing(kernel, 'sock', sk, 'receive_queue');
    const rows = rowsOf(kernel, graphOf(kernel, [pointer(kernel, 'sock', sk, 'sk')]), 'sock');
    expect('error_queue' in rows).toBe(false);
    expect('state' in rows).toBe(true);
  });
});
