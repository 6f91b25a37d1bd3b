/** Rows of cards: where pointers lead, what was reached in two ways, packets in one line, bits that decide. */
import { beforeEach, describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { buildGraph } from '../../src/values/graph-build';
import { packetLabel, requestLabel, timerLabel, waiterLabel } from '../../src/values/graph-labels';
import { importantRows, restRows, type BareRow } from '../../src/values/graph-rows';
import type { GraphCard, GraphRoot, ObjectGraph } from '../../src/values/graph-types';
import { objectView } from '../../src/values/object-view';
import { valueNode } from '../../src/values/value-node';
import { armAt, partsOf } from '../../src/values/view-facts';
import type { Condition, ViewSet } from '../../src/values/structure-views';
import { KernelMemory } from './kernel-memory';
import { emptyRing, socketMemory, tcpSocket } from './socket-memory';

let kernel: KernelMemory;
let socket: number;
let sk: number;

beforeEach(() => {
  kernel = socketMemory();
  ({ socket, sk } = tcpSocket(kernel));
});

const root = (type: string, address: number, expression: string, cost = 0): GraphRoot => ({
  type: kernel.type(type),
  address,
  expression,
  access: '->',
  cost,
});

const graphOf = (...roots: GraphRoot[]): ObjectGraph =>
  buildGraph({ context: kernel.context, roots, objects: kernel.objects });

const cardOf = (graph: ObjectGraph, struct: string): GraphCard =>
  given(
    graph.cards.find(({ typeName }) => typeName === `struct ${struct}`),
    'card',
  );

describe('where a pointer leads', () => {
  /** Struct of the card that a row of the sock leads to. */
  const target = (path: string, value: number): string | undefined => {
    kernel.write('sock', sk, { [path]: value });
    const { cards } = objectView(
      kernel.context,
      [],
      [
        { address: sk, type: 'struct sock *', expression: 'sk' },
        { address: socket, type: 'struct socket *', expression: 'sock' },
      ],
    );
    const card = given(
      cards.find(({ typeName }) => typeName === 'struct sock'),
      'card',
    );
    const rows = [...card.important, ...card.others];
    return given(
      rows.find(({ id }) => id === path),
      'row',
    ).target?.split('@')[0];
  };

  test('to the card that begins there with its type, else to the smallest around it', () => {
    expect(target('socket', socket)).toBe('socket');
    expect(target('sleep', kernel.at('socket', socket, 'wait'))).toBe('socket');
    const size = given(kernel.types[kernel.type('socket')], 'type').size;
    expect(target('sleep', socket + size - 1)).toBe('socket');
    expect(target('prev', sk)).toBe('sock');
    expect(target('prev', kernel.at('sock', sk, 'tp_pinfo.af_tcp.rto'))).toBe('tcp_opt');
  });

  test('of several that begin there to the one of its type, also where it is not the smallest', () => {
    kernel.write('sock', sk, { prev: sk, socket: 0 });
    const { cards } = objectView(
      kernel.context,
      [],
      [
        { address: sk, type: 'struct in_addr *', expression: 'small' },
        { address: sk, type: 'struct sock *', expression: 'sk' },
        { address: sk, type: 'struct list_head *', expression: 'head' },
      ],
    );
    const card = given(
      cards.find(({ typeName }) => typeName === 'struct sock'),
      'card',
    );
    const { target, targetRow } = given(
      [...card.important, ...card.others].find(({ id }) => id === 'prev'),
      'row',
    );
    expect([cards.length >= 3, target, targetRow]).toEqual([true, card.id, undefined]);
  });
  test('nowhere where no card is: behind an object, before it, at null', () => {
    const size = given(kernel.types[kernel.type('socket')], 'type').size;
    const lone = kernel.allocate('task_struct');
    expect([socket - 1, lone, 0].map((value) => target('sleep', value))).toEqual([undefined, undefined, undefined]);
    expect(target('sleep', socket + size)).not.toBe('socket');
  });
});

describe('an object that is reached in two ways', () => {
  test('keeps the first way, and stands where no way led so far', () => {
    const graph = graphOf(root('socket', socket, 'sock'));
    const sock = cardOf(graph, 'sock');
    expect([sock.from, sock.via, sock.expression]).toEqual([cardOf(graph, 'socket').id, '->sk', 'sock->sk']);
    expect([cardOf(graph, 'socket').from, cardOf(graph, 'socket').via]).toEqual([sock.id, '->socket']);
    const both = graphOf(root('sock', sk, 'sk'), root('socket', socket, 'sock', 1));
    expect(cardOf(both, 'tcp_opt').from).toBe(cardOf(both, 'sock').id);
    expect(cardOf(both, 'proto').from).toBe(cardOf(both, 'sock').id);
  });

  test('a table that two sockets share is reached from the nearer one', () => {
    const second = tcpSocket(kernel);
    const graph = graphOf(root('sock', second.sk, 'b', 1), root('sock', sk, 'a', 0));
    const near = graph.cards.find(({ typeName, address }) => typeName === 'struct sock' && address === sk);
    expect(cardOf(graph, 'proto')).toMatchObject({ from: near?.id, expression: 'tcp_prot' });
  });

  test('a part of another is that, however it was found', () => {
    const part = kernel.at('sock', sk, 'tp_pinfo.af_tcp');
    const graph = graphOf(root('tcp_opt', part, 'tp'), root('sock', sk, 'sk', 3));
    expect(cardOf(graph, 'tcp_opt')).toMatchObject({ state: 'embedded', inside: cardOf(graph, 'sock').id });
  });
});

describe('the other rows', () => {
  test('a type that is no record has none', () => {
    const graph = graphOf(root('sock', sk, 'sk'));
    const card = { ...cardOf(graph, 'sock'), type: kernel.type('i32') };
    expect(restRows(kernel.context, card, [], new Set())).toEqual({ rows: [], count: 0 });
  });

  test('of a struct without a view the first are the important ones, by dotted names', () => {
    const at = kernel.allocate('oddments');
    kernel.write('oddments', at, { low: 5, high: 9, word: 7 });
    const graph = graphOf(root('oddments', at, 'o'));
    const card = cardOf(graph, 'oddments');
    const rows = importantRows(kernel.context, card).filter((row): row is BareRow => typeof row !== 'string');
    expect(rows.map(({ id, display }) => `${id} ${display}`)).toEqual([
      ...['low 5', 'high 9', 'wide 0', 'letters ""', 'number 0', 'bytes {0, 0, 0, 0, …}', 'word 7'],
    ]);
    expect(rows.every(({ important }) => important)).toBe(true);
    expect(rows.filter(({ isBitField }) => isBitField).map(({ id }) => id)).toEqual(['low', 'high']);
    expect(restRows(kernel.context, card, [], new Set(['low', 'high'])).rows.map(({ id }) => id)).not.toContain('low');
  });

  test('lists stand among them also when only some bytes are wanted, of a struct without lists nothing else does', () => {
    const at = kernel.allocate('oddments');
    const graph = graphOf(root('oddments', at, 'o'), root('socket', socket, 'sock'));
    const wanted = (struct: string, address: number, size: number): string[] =>
      restRows(kernel.context, cardOf(graph, struct), [], new Set(), [{ address, size }]).rows.map(({ id }) => id);
    const letters = kernel.at('oddments', at, 'letters');
    expect(wanted('oddments', letters, 1)).toEqual(['letters']);
    expect(wanted('oddments', letters - 1, 2)).toEqual(['wide', 'letters']);
    expect(wanted('oddments', letters - 1, 1)).toEqual(['wide']);
    expect(wanted('oddments', letters + 8, 1)).toEqual(['number']);
    expect(wanted('socket', kernel.at('socket', socket, 'flags'), 4)).toEqual(['flags', 'wait']);
  });
});

describe('a packet in one line', () => {
  let skb: number;
  let head: number;
  const label = (): string => packetLabel(kernel.context, kernel.type('sk_buff'), skb);
  beforeEach(() => {
    kernel = socketMemory();
    const header = {
      ...{ source: 'u16', dest: 'u16', seq: 'u32', ack_seq: 'u32', res1: 'u8:4', doff: 'u8:4' },
      ...{ fin: 'u8:1', syn: 'u8:1', rst: 'u8:1', psh: 'u8:1', ack: 'u8:1', urg: 'u8:1' },
      ...{ window: 'u16', check: 'u16', urg_ptr: 'u16' },
    };
    const block = { seq: 'u32', end_seq: 'u32' };
    for (const [name, fields] of Object.entries({ tcphdr: header, tcp_skb_cb: block })) {
      const id = kernel.type(fields);
      kernel.types[id] = { ...given(kernel.types[id], 'type'), name } as (typeof kernel.types)[number];
      kernel.typeNames[`struct ${name}`] = id;
    }
    skb = kernel.allocate('sk_buff');
    // 64 bytes of buffer: an IP header at 0, TCP's behind it.
    head = kernel.allocate('task_struct', 'size-64');
    kernel.allocate('task_struct', 'size-64');
    kernel.write('sk_buff', skb, { head, end: head + 64, 'nh.raw': head, 'h.raw': head + 20, len: 47 });
    kernel.write('iphdr', head, { ihl: 5, version: 4, tot_len: 0x2f00, protocol: 6 });
    new DataView(kernel.memory.bytes.buffer).setUint32(head + 24, 7);
    new DataView(kernel.memory.bytes.buffer).setUint32(head + 28, 4);
    kernel.memory.setU8(head + 32, 5 << 4);
  });
  const flags = (bits: number): void => kernel.memory.setU8(head + 33, bits);

  test('flags, numbers and length of what its TCP header says', () => {
    flags(0x12);
    expect(label()).toBe('[S.] seq 7, ack 4, len 7');
    flags(0x02);
    expect(label()).toBe('[S] seq 7, len 7');
    flags(0x19);
    expect(label()).toBe('[FP.] seq 7, ack 4, len 7');
    flags(0x04);
    kernel.write('iphdr', head, { tot_len: 0x0a00 });
    expect(label()).toBe('[R] seq 7, len 0');
  });

  test('headers count only inside the buffer, and TCP only where IP says so', () => {
    flags(0x10);
    const without = (fields: Record<string, number>): string => {
      const before = kernel.memory.read(skb, 160);
      kernel.write('sk_buff', skb, fields);
      const text = label();
      kernel.memory.write(skb, before);
      return text;
    };
    expect(without({})).toBe('[.] seq 7, ack 4, len 7');
    expect(without({ end: head + 40 })).toBe('[.] seq 7, ack 4, len 7');
    expect(without({ end: head + 39 })).toBe('len 47');
    expect(without({ head: head + 1 })).toBe('len 47');
    expect(without({ 'h.raw': 0 })).toBe('len 47');
    expect(without({ 'nh.raw': 0 })).toBe('len 47');
    expect(without({ head: 0x15000, 'nh.raw': 0x15000, 'h.raw': 0x15014, end: 0x15040 })).toBe('len 47');
    kernel.write('iphdr', head, { protocol: 17 });
    expect(label()).toBe('len 47');
  });

  test('before there are headers, what TCP keeps in the control block', () => {
    kernel.write('sk_buff', skb, { 'h.raw': 0 });
    const block = kernel.at('sk_buff', skb, 'cb');
    const span = (from: number, to: number): string => {
      kernel.memory.setU32(block, from >>> 0);
      kernel.memory.setU32(block + 4, to >>> 0);
      return label();
    };
    expect(span(100, 147)).toBe('seq 100..147, len 47');
    expect(span(-2, 1)).toBe('seq 4294967294..1, len 47');
    expect(span(100, 100)).toBe('len 47');
    expect(span(147, 100)).toBe('len 47');
    expect(span(0, 0x10000)).toBe('seq 0..65536, len 47');
    expect(span(0, 0x10001)).toBe('len 47');
  });
});

describe('a list as its elements', () => {
  const queue = () =>
    valueNode(kernel.context, {
      name: 'q',
      type: kernel.type('sk_buff_head'),
      address: kernel.at('sock', sk, 'receive_queue'),
      expression: 'sk->receive_queue',
    });
  test('empty, with elements, and behind them as C has it', () => {
    expect([queue().display, queue().named]).toEqual([expect.stringContaining('(empty)'), 1]);
    const head = kernel.at('sock', sk, 'receive_queue');
    const [first, second] = [kernel.allocate('sk_buff'), kernel.allocate('sk_buff')];
    kernel.write('sk_buff', first, { next: second, prev: head, len: 3 });
    kernel.write('sk_buff', second, { next: head, prev: first, len: 4 });
    kernel.write('sock', sk, { 'receive_queue.next': first, 'receive_queue.prev': second, 'receive_queue.qlen': 2 });
    const node = queue();
    expect([node.display, node.named, node.indexed]).toEqual([expect.stringMatching(/^\[2\].*len 3.*len 4/), 3, 0]);
    expect(node.children().map(({ name }) => name)).toEqual(['[0]', '[1]', '(as C has it)']);
    expect(node.children(1, 1).map(({ name }) => name)).toEqual(['[1]']);
    expect(node.children(1).map(({ name }) => name)).toEqual(['[1]', '(as C has it)']);
    expect(node.children().map(({ address }) => address)).toEqual([first, second, head]);
    expect(
      node
        .children()[2]
        ?.children()
        .map(({ name }) => name),
    ).toContain('qlen');
  });
});

describe('the socket that a card belongs to', () => {
  const told = { name: 'server:3', isOwn: false, process: 'server' };
  const identities = (): (string | undefined)[] => {
    const source = { ...kernel.context, socketAt: (address: number) => (address === sk ? told : undefined) };
    const followed = [
      { address: socket, type: 'struct socket *', expression: 'sock' },
      { address: sk, type: 'struct sock *', expression: 'sk' },
    ];
    return objectView(source, [], followed)
      .cards.filter(({ typeName }) => /struct (sock|socket|tcp_opt|proto)$/.test(typeName))
      .map(({ typeName, identity: name }) => `${typeName.slice(7)} ${name ? 'named' : '-'}`)
      .sort();
  };
  test('is that of the sock that it is or was reached from, not of tables that all share', () =>
    expect(identities()).toEqual(['proto -', 'sock named', 'socket named', 'tcp_opt named']));
  test('one that was freed is nobody’s', () => {
    kernel.write('socket', socket, { sk: 0 });
    kernel.free(sk);
    expect(identities()).toEqual(['sock -', 'socket -']);
  });
});

describe('other objects in one line', () => {
  test('a request: who, how often asked again, and whether there is a socket', () => {
    const at = kernel.allocate('open_request');
    const about = (fields: Record<string, number>): string => {
      kernel.write('open_request', at, fields);
      return requestLabel(kernel.context, kernel.type('open_request'), at);
    };
    expect(about({ rmt_port: 0x0004, 'af.v4_req.rmt_addr': 0x0100007f })).toBe('127.0.0.1:1024');
    expect(about({ retrans: 2 })).toBe('127.0.0.1:1024, retrans 2');
    expect(about({ retrans: 0, sk })).toBe('127.0.0.1:1024 ✓');
  });

  test('a waiter: its process, and whether it is woken alone', () => {
    const task = kernel.allocate('task_struct');
    kernel.write('task_struct', task, { pid: 2, comm: 'server' });
    const wait = kernel.allocate('__wait_queue');
    const about = (fields: Record<string, number>): string => {
      kernel.write('__wait_queue', wait, fields);
      return waiterLabel(kernel.context, kernel.type('__wait_queue'), wait);
    };
    expect(about({ task })).toBe('pid 2 server');
    expect(about({ flags: 1 })).toBe('pid 2 server (WQ_FLAG_EXCLUSIVE)');
    expect(about({ flags: 2, task: 0x7000_0000 })).toBe('?');
  });

  test('a timer: what it calls, and when while it is pending', () => {
    const timer = kernel.allocate('timer_list');
    const jiffies = kernel.global('jiffies', 'u32');
    kernel.memory.setU32(jiffies, 1000);
    const about = (fields: Record<string, number>): string => {
      kernel.write('timer_list', timer, fields);
      return timerLabel(kernel.context, kernel.type('timer_list'), timer);
    };
    expect(about({ expires: 1020 })).toBe('');
    expect(about({ function: kernel.function('tcp_write_timer') })).toBe('<tcp_write_timer>');
    emptyRing(kernel, 'timer_list', timer, 'list');
    expect(about({})).toBe('+0.20 s <tcp_write_timer>');
    expect(about({ expires: 1000 })).toBe('+0.00 s <tcp_write_timer>');
    expect(about({ expires: 995 })).toBe('−0.05 s <tcp_write_timer>');
    expect(about({ 'list.next': 0x7000_0000 })).toBe('<tcp_write_timer>');
  });
});

describe('what a view says of bits', () => {
  const own = new KernelMemory({
    inner: { a: 'u32', b: 'u32' },
    thing: {
      low: 'u32:4',
      high: 'u32:4',
      whole: 'u32',
      text: 'double',
      to: '*inner',
      u: { union: { x: 'u32', y: 'u16' } },
    },
  });
  const at = own.allocate('thing');
  const inner = own.allocate('inner');
  const views = (left: string, op: '==' | '!=' | '<' | '&', right: number): ViewSet => ({
    variables: new Map(),
    structs: new Map([
      [
        'thing',
        {
          fields: {},
          lists: {},
          unions: { u: [{ arm: 'x', when: { op, left: { path: left.split('.') }, right: { number: right } } }] },
          parts: [
            {
              name: 'p',
              as: 'inner',
              at: 'to',
              when: { op, left: { path: left.split('.') }, right: { number: right } },
            },
            { name: 'q', as: 'inner', at: 'low', inPlace: true },
          ],
        },
      ],
    ]),
  });
  const arm = (...of: Parameters<typeof views>): string | undefined =>
    armAt({ ...own.context, views: views(...of) }, { record: 'thing', path: 'u' }, own.at('thing', at, 'u'));
  own.write('thing', at, { low: 3, high: 12, whole: 0x1234 });

  test('a bit-field counts by its own bits, a word by all', () => {
    expect([arm('low', '==', 3), arm('high', '==', 12), arm('high', '==', 3)]).toEqual(['x', 'x', undefined]);
    expect([arm('whole', '==', 0x1234), arm('whole', '&', 4), arm('whole', '&', 8)]).toEqual(['x', 'x', undefined]);
  });

  test('conditions join and turn round', () => {
    const low = { op: '==', left: { path: ['low'] }, right: { number: 3 } } as const;
    const high = { op: '==', left: { path: ['high'] }, right: { number: 3 } } as const;
    const holds = (when: Condition): boolean => {
      const unions = { u: [{ arm: 'x', when }] };
      const structs = new Map([['thing', { fields: {}, lists: {}, unions, parts: [] }]]);
      const context = { ...own.context, views: { variables: new Map<string, never>(), structs } };
      return armAt(context, { record: 'thing', path: 'u' }, own.at('thing', at, 'u')) === 'x';
    };
    const both = { left: low, right: high };
    expect([holds(low), holds(high)]).toEqual([true, false]);
    expect([holds({ op: 'not', of: low }), holds({ op: 'not', of: high })]).toEqual([false, true]);
    expect([holds({ op: 'and', ...both }), holds({ op: 'or', ...both })]).toEqual([false, true]);
    expect([holds({ op: 'or', left: high, right: low }), holds({ op: 'and', left: low, right: low })]).toEqual([
      true,
      true,
    ]);
    const is = (path: string): boolean => holds({ op: 'true', of: { path: [path] } });
    expect([is('low'), is('nothing'), is('text')]).toEqual([true, false, false]);
    own.constants.MARK = 3;
    expect(holds({ ...low, right: { path: ['MARK'] } })).toBe(true);
    expect(holds({ ...low, right: { path: ['IPPROTO_TCP'] } })).toBe(false);
  });

  test('what is no number, or is not there, decides nothing', () => {
    expect([arm('text', '==', 0), arm('nothing', '!=', 1), arm('to.a', '==', 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    own.write('thing', at, { to: inner });
    expect([arm('to.a', '==', 0), arm('to.a.b', '==', 0)]).toEqual(['x', undefined]);
  });

  test('parts are there while their condition holds and their bytes can be read', () => {
    const parts = (to: number, right = 3): string[] => {
      own.write('thing', at, { to });
      return partsOf({ ...own.context, views: views('low', '==', right) }, 'thing', at).map(
        ({ part, address }) => `${part.name} ${address === inner ? 'inner' : address === at ? 'here' : '?'}`,
      );
    };
    expect(parts(inner)).toEqual(['p inner', 'q here']);
    expect(parts(inner, 4)).toEqual(['q here']);
    expect(parts(0)).toEqual(['q here']);
    expect(parts(own.map.heapEnd - 4)).toEqual(['q here']);
  });
});
