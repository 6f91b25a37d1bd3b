/** What matters at a stop: the objects of a frame by the names its code has, its variables, the socket it is about. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { DebugVariable } from '../../src/abi/debug-info';
import { given, itemAt, lastOf } from '../../src/base/checked-access';
import { frameSocket, socketBehind } from '../../src/values/frame-socket';
import { buildGraph } from '../../src/values/graph-build';
import { focusOf, type Focus } from '../../src/values/graph-focus';
import { graphRoots } from '../../src/values/graph-roots';
import type { Touched } from '../../src/values/touched';
import type { SocketIdentity } from '../../src/values/value-context';
import type { StackFrame } from '../../src/values/value-model';
import type { KernelMemory } from './kernel-memory';
import { socketMemory, tcpSocket } from './socket-memory';

const SIZE = 64;
let kernel: KernelMemory;
let socket: number;
let sk: number;
let frames = 0;

beforeEach(() => {
  kernel = socketMemory();
  ({ socket, sk } = tcpSocket(kernel));
  frames = 0;
});

type Value = readonly [type: string, value: number, more?: Partial<DebugVariable>];

/** A frame of a function with these variables: words in the order given, records where their value says. */
function frame(name: string, variables: Readonly<Record<string, Value>>, more: Partial<StackFrame> = {}): StackFrame {
  kernel.function(name);
  const functionId = kernel.functions.length - 1;
  const base = kernel.map.stacksStart + 256 * ++frames;
  const entries = Object.entries(variables);
  kernel.functions[functionId] = {
    ...itemAt(kernel.functions, functionId),
    frameSize: SIZE,
    variables: entries.map(([variable, [type, , given = {}]], index) => ({
      name: variable,
      type: kernel.type(type),
      spelling: type,
      offset: 4 * index,
      from: 0,
      to: 100,
      ...given,
    })),
  };
  entries.forEach(([, [type, value]], index) => {
    if (!/^\w+$/.test(type) || /^[ui]\d/.test(type)) {
      kernel.memory.setU32(base + 4 * index, value >>> 0);
    }
  });
  return {
    id: frames,
    function: name,
    functionId,
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
  };
}

function focus(stack: readonly StackFrame[], touched?: Touched): Focus {
  const source = { ...kernel.context, liveObjects: () => kernel.objects };
  const graph = buildGraph({ context: kernel.context, roots: graphRoots(source, stack), objects: kernel.objects });
  return focusOf(kernel.context, graph, stack, touched);
}

/** `name struct`, marked where the statement names it. */
const names = ({ objects }: Focus): string[] =>
  objects.map(({ name, card, touched }) => `${name} ${itemAt(card.split('@'), 0)}${touched ? ' !' : ''}`);

describe('objects', () => {
  test('by the names of the variables, then what they lead to by the way there', () => {
    expect(names(focus([frame('f', { sk: ['*sock', sk] })]))).toEqual([
      'sk sock',
      'sk->tp_pinfo.af_tcp tcp_opt',
      'sk->socket socket',
    ]);
  });

  test('a variable that is the object itself, and one whose address says what family it is', () => {
    const f = frame('f', { address: ['sockaddr', 0], to: ['*sockaddr', 0] });
    const at = f.address - SIZE;
    kernel.memory.setU16(at, 2);
    // The second variable lies behind the first one's sixteen bytes.
    const variables = itemAt(kernel.functions, f.functionId).variables;
    kernel.functions[f.functionId] = {
      ...itemAt(kernel.functions, f.functionId),
      variables: [itemAt(variables, 0), { ...itemAt(variables, 1), offset: 32 }],
    };
    const pointed = kernel.allocate('sockaddr_in');
    kernel.memory.setU16(pointed, 2);
    kernel.memory.setU32(at + 32, pointed);
    kernel.objects.sort((a, b) => a.address - b.address);
    expect(names(focus([f]))).toEqual(expect.arrayContaining(['to sockaddr_in']));
    kernel.memory.setU16(pointed, 1);
    expect(names(focus([f]))).not.toContain('to sockaddr_in');
  });

  test('the first of two names of one object stays', () => {
    expect(names(focus([frame('f', { a: ['*sock', sk], b: ['*sock', sk] })]))[0]).toBe('a sock');
    expect(names(focus([frame('f', { a: ['*sock', sk], b: ['*sock', sk] })])).join()).not.toContain('b sock');
  });

  test('a record of the same place and another type is another object', () => {
    const stray = kernel.allocate('tcp_bind_bucket');
    expect(names(focus([frame('f', { tb: ['*sock', stray], n: ['i32', 1] })]))).toEqual([]);
  });

  test('where the innermost frame knows none, the next outer one that does comes in, and its variables with it', () => {
    const [inner, outer, outmost] = [
      frame('inner', { n: ['i32', 7] }),
      frame('outer', { sock: ['*socket', socket] }),
      frame('outmost', { other: ['*sock', sk] }),
    ];
    const found = focus([inner, outer, outmost]);
    expect(names(found)[0]).toBe('sock socket');
    expect(found.frames.map((each) => each.function)).toEqual(['inner', 'outer']);
    expect(focus([outer, outmost]).frames.map((each) => each.function)).toEqual(['outer']);
    expect(focus([inner]).frames.map((each) => each.function)).toEqual(['inner']);
    expect(focus([inner]).objects).toEqual([]);
  });

  test('services have none; without a frame of C there is nothing', () => {
    const service = frame('kmalloc', { sk: ['*sock', sk] }, { kind: 'service' });
    expect(focus([service])).toEqual({ objects: [], frames: [] });
    expect(focus([])).toEqual({ objects: [], frames: [] });
    expect(names(focus([service, frame('f', { sk: ['*sock', sk] })]))[0]).toBe('sk sock');
  });

  test('few are joined by those of callers, not by those far out', () => {
    const task = kernel.allocate('task_struct');
    const inner = frame('inner', { p: ['*task_struct', task, { parameter: 0 }] });
    const between = Array.from({ length: 3 }, (_, index) => frame(`between${index}`, {}));
    const outer = frame('outer', { sock: ['*socket', socket, { parameter: 0 }] });
    expect(names(focus([inner, ...between, outer]))).toEqual(['p task_struct', 'sock socket']);
    expect(names(focus([inner, frame('more', {}), ...between, outer]))).toEqual(['p task_struct']);
    const reached = names(focus([frame('f', { sk: ['*sock', sk] }), outer]));
    expect(reached).toContain('sk->socket socket');
    expect(reached).not.toContain('sock socket');
  });
});

describe('what the statement names', () => {
  test('is an object of its own behind those of the frame, under its expression', () => {
    const task = kernel.allocate('task_struct');
    const f = frame('f', { p: ['*task_struct', task], sock: ['*socket', socket] });
    const objects = [
      { type: kernel.type('sock'), address: sk, expression: 'sock->sk', access: '->' as const, cost: 0 },
    ];
    expect(names(focus([f], { objects, bytes: [] })).slice(0, 3)).toEqual([
      'p task_struct',
      'sock socket',
      'sock->sk sock',
    ]);
    const inner = frame('inner', { n: ['i32', 7] });
    const named = [{ ...itemAt(objects, 0), expression: 'elsewhere' }];
    expect(names(focus([inner, f], { objects: named, bytes: [] })).join()).not.toContain('elsewhere');
  });

  test('is marked when bytes of it are named: all of the range lies in it', () => {
    const f = frame('f', { sk: ['*sock', sk] });
    const size = given(kernel.types[kernel.type('sock')], 'type').size;
    const marked = (address: number, count: number): string[] =>
      names(focus([f], { objects: [], bytes: [{ address, size: count }] })).filter((name) => name.endsWith('!'));
    expect(marked(sk, 4)).toEqual(['sk sock !']);
    expect(marked(sk + size - 4, 4)).toEqual(['sk sock !']);
    expect(marked(sk + size - 4, 5)).toEqual([]);
    expect(marked(sk - 1, 4)).toEqual([]);
    expect(marked(kernel.at('sock', sk, 'tp_pinfo'), 4)).toEqual(['sk sock !', 'sk->tp_pinfo.af_tcp tcp_opt !']);
  });
});

describe('variables of a frame', () => {
  test('with value, size, and the object that a pointer leads to', () => {
    const f = frame('f', { sk: ['*sock', sk], n: ['i32', -5], none: ['*sock', 0] });
    const [own] = focus([f]).frames;
    expect(own).toMatchObject({ function: 'f', address: f.address - SIZE, size: SIZE });
    expect(own?.id).toContain((f.address >>> 0).toString(16));
    const rows = own?.rows ?? [];
    expect(rows.map(({ id, display, size, pointer }) => [id, display, size, pointer])).toEqual([
      ['sk', expect.stringContaining(sk.toString(16)), 4, sk],
      ['n', '-5', 4, undefined],
      ['none', expect.stringMatching(/NULL|0x0/), 4, 0],
    ]);
    expect(rows.map(({ target }) => target?.split('@')[0])).toEqual(['sock', undefined, undefined]);
    expect(rows.map(({ scalars }) => scalars.length)).toEqual([1, 1, 1]);
    expect(rows.every(({ important, expression, id }) => important && expression === id)).toBe(true);
    expect(rows.map(({ address }) => address - f.address + SIZE)).toEqual([0, 4, 8]);
  });

  test('a record is told without a scalar; one that lies outside of memory does not stop the others', () => {
    const f = frame('f', { wait: ['__wait_queue', 0] });
    expect(focus([f]).frames[0]?.rows.map(({ id, scalars, size }) => [id, scalars, size])).toEqual([['wait', [], 16]]);
    const away = frame('g', { n: ['i32', 0] }, { address: 0x7000_0000 });
    expect(focus([away]).frames[0]?.rows).toHaveLength(1);
  });
});

describe('the socket that a frame is about', () => {
  const told: SocketIdentity = { name: 'server:3', isOwn: false, process: 'server' };
  let asked: number[];
  const source = (known: readonly number[] = [sk]) => ({
    ...kernel.context,
    socketAt: (address: number) => (asked.push(address), known.includes(address) ? told : undefined),
  });
  beforeEach(() => {
    asked = [];
  });

  test('a sock is itself, a socket the one of its sock, other structs none', () => {
    expect(socketBehind(source(), 'sock', sk)).toBe(told);
    expect(socketBehind(source(), 'socket', socket)).toBe(told);
    expect(socketBehind(source(), 'proto', sk)).toBeUndefined();
    expect(asked).toEqual([sk, sk]);
  });

  test('nobody is asked for a null pointer, for a socket without sock, and for one that cannot be read', () => {
    kernel.write('socket', socket, { sk: 0 });
    expect(socketBehind(source(), 'sock', 0)).toBeUndefined();
    expect(socketBehind(source(), 'socket', socket)).toBeUndefined();
    expect(socketBehind(source(), 'socket', 0x7000_0000)).toBeUndefined();
    expect(asked).toEqual([]);
    expect(socketBehind(kernel.context, 'sock', sk)).toBeUndefined();
  });

  test('parameters come before locals, and what leads to no socket is passed over', () => {
    const other = kernel.allocate('sock');
    const f = frame('f', {
      n: ['i32', 3],
      local: ['*sock', sk],
      prot: ['*proto', sk],
      sk: ['*sock', other, { parameter: 0 }],
    });
    frameSocket(source([other, sk]), f);
    expect(asked).toEqual([other]);
    asked = [];
    expect(frameSocket(source([sk]), f)).toBe(told);
    expect(asked).toEqual([other, sk]);
    expect(frameSocket(source([]), f)).toBeUndefined();
    expect(lastOf(asked)).toBe(sk);
  });

  test('a variable outside of memory leads nowhere', () => {
    const away = frame('g', { sk: ['*sock', sk] }, { address: 0x7000_0000 });
    expect(frameSocket(source(), away)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
