/** Parts that values are made of: views put together, macros of expressions, frames and variables, the order of cards. */
import { describe, expect, test } from 'vitest';
import type { DebugVariable } from '../../src/abi/debug-info';
import { expandObjectMacros } from '../../src/values/macro-constants';
import { frameAt } from '../../src/values/frame-at';
import { inReadingOrder } from '../../src/values/graph-order';
import type { GraphCard } from '../../src/values/graph-types';
import { linuxViews } from '../../src/values/linux-views';
import { mergedViews, type StructView, type ViewSet } from '../../src/values/structure-views';
import type { ValueContext } from '../../src/values/value-context';
import type { StackFrame, ValueNode } from '../../src/values/value-model';
import { valueNode } from '../../src/values/value-node';
import { unionNode } from '../../src/values/viewed-nodes';
import { visibleVariables } from '../../src/values/visible';
import type { MacroInfo } from '../../src/preprocess/macro-table';
import { KernelMemory } from './kernel-memory';
import { socketMemory, tcpSocket } from './socket-memory';

describe('views put together', () => {
  const set = (structs: Record<string, Partial<StructView>>, variables: object = {}): ViewSet => ({
    structs: new Map(
      Object.entries(structs).map(([name, view]) => [name, { fields: {}, lists: {}, unions: {}, parts: [], ...view }]),
    ),
    variables: new Map(Object.entries(variables)),
  });
  const port = { kind: 'port' } as const;
  const ipv4 = { kind: 'ipv4' } as const;
  const part = (name: string, as: string): StructView['parts'][number] => ({ name, as, at: 'cb' });
  test('later ones count, member by member and part by part; what they do not describe stays', () => {
    const merged = mergedViews([
      set(
        {
          a: {
            fields: { x: port, y: port },
            lists: { l: { of: 'a', next: 'n' } },
            unions: { u: [] },
            parts: [part('one', 'p'), part('two', 'p')],
          },
          b: { fields: { z: port } },
        },
        { v: port, w: port },
      ),
      set({ a: { fields: { y: ipv4 }, parts: [part('one', 'q'), part('three', 'q')] }, c: {} }, { w: ipv4 }),
    ]);
    expect(merged.structs.get('a')).toEqual({
      fields: { x: port, y: ipv4 },
      lists: { l: { of: 'a', next: 'n' } },
      unions: { u: [] },
      parts: [part('two', 'p'), part('one', 'q'), part('three', 'q')],
    });
    expect([...merged.structs.keys()]).toEqual(['a', 'b', 'c']);
    expect(merged.structs.get('b')?.fields).toEqual({ z: port });
    expect([...merged.variables]).toEqual([
      ['v', port],
      ['w', ipv4],
    ]);
  });
  test('every condition of those for Linux can be read', () => {
    for (const [name, { unions, parts }] of linuxViews.structs) {
      for (const [path, arms] of Object.entries(unions)) {
        expect(arms.length, `${name}.${path}`).toBeGreaterThan(0);
      }
      expect(
        parts.every(({ when }) => when !== undefined),
        name,
      ).toBe(true);
    }
  });
});

describe('macros of an expression', () => {
  const macro = (body: string, parameters?: string[]): MacroInfo => ({ body, parameters, span: {} }) as never;
  const macros: Record<string, MacroInfo> = {
    A: macro('B + 1'),
    B: macro('2 *\n  C'),
    C: macro('A'),
    F: macro('x + B', ['x', 'y']),
    BUILTIN: { ...macro('1'), span: undefined } as never,
    INT_MAX: macro('5'),
  };
  const expand = (text: string, own: string[] = []): string =>
    expandObjectMacros(
      text,
      (name) => (Object.hasOwn(macros, name) ? macros[name] : undefined),
      (name) => own.includes(name),
    );
  test('come before it with those that they need, each once', () => {
    expect(expand('x + 1')).toBe('x + 1');
    expect(expand('A + A')).toBe('#define A B + 1\n#define B 2 * C\n#define C A\nA + A');
    expect(expand('F(1, 2)')).toBe('#define F(x, y) x + B\n#define B 2 * C\n#define C A\n#define A B + 1\nF(1, 2)');
    expect(expand('BUILTIN')).toBe('BUILTIN');
  });
  test('of C’s headers where the program has none of the name', () => {
    expect(expand('NULL')).toBe('#define NULL ((void *) 0)\nNULL');
    expect(expand('INT_MAX')).toBe('#define INT_MAX 5\nINT_MAX');
    expect(expand('INT_MIN', ['INT_MIN'])).toBe('INT_MIN');
    expect(expand('toString')).toBe('toString');
  });
  test('two hundred at most', () => {
    const many = Array.from({ length: 300 }, (_, at) => `M${at}`).join(' ');
    const text = expandObjectMacros(
      many,
      () => macro('1'),
      () => false,
    );
    expect(text.split('\n')).toHaveLength(201);
  });
});

describe('frames and variables', () => {
  const kernel = new KernelMemory({ list_head: { next: '*list_head', prev: '*list_head' } });
  kernel.function('f');
  kernel.function('kmalloc', 'service');
  const variable = (name: string, offset: number, more: Partial<DebugVariable> = {}): DebugVariable => ({
    ...{ name, type: 0, spelling: 'int', offset, from: 10, to: 20 },
    ...more,
  });
  const [f] = kernel.functions;
  kernel.functions[0] = {
    ...f!,
    frameSize: 32,
    variables: [
      variable('a', 0),
      variable('b', 4, { parameter: 0, from: 0, to: 0 }),
      variable('hidden', 8, { artificial: true }),
      variable('a', 12, { from: 15 }),
      variable('c', 16, { from: 15 }),
    ],
  };
  const seen = (start: number, functionId = 0): string[] =>
    visibleVariables(kernel.debug, { functionId, start, address: 132 } as StackFrame).map(
      ({ variable: { name }, address }) => `${name} ${address}`,
    );
  test('variables from their declaration on to the end of their block, one for each name', () => {
    expect([9, 10, 14, 15, 19, 20].map((start) => seen(start))).toEqual([
      ['b 104'],
      ['a 100', 'b 104'],
      ['a 100', 'b 104'],
      ['b 104', 'a 112', 'c 116'],
      ['b 104', 'a 112', 'c 116'],
      ['b 104'],
    ]);
    expect([seen(15, 1), seen(15, 7)]).toEqual([[], []]);
  });
  test('the frame of a statement that is about to run', () => {
    const statement = { ...{ function: 0, file: 0, line: 3, column: 4, endLine: 5, endColumn: 6, start: 7, end: 8 } };
    const debug = { ...kernel.debug, statements: [statement] as never };
    expect(frameAt(debug, { statement: 0, fp: 0x100 })).toEqual({
      ...{ id: 0, function: 'f', functionId: 0, functionLine: 1, path: 'test.c', line: 3, column: 4 },
      ...{ endLine: 5, endColumn: 6, start: 7, end: 8, address: 0x100, kind: 'compiled' },
    });
    expect(frameAt(debug, { statement: 9, fp: 0x100 })).toEqual({
      ...{ id: 0, function: '?', functionId: -1, functionLine: 0, path: undefined, line: 0, column: 0 },
      ...{ endLine: 0, endColumn: 0, start: 0, end: 0, address: 0x100, kind: 'compiled' },
    });
  });
});

test('cards in order: each socket with its sock and part, by the address of the sock; then by kind and address', () => {
  const kernel = socketMemory();
  const [first, second] = [tcpSocket(kernel), tcpSocket(kernel)];
  const lonely = kernel.allocate('socket');
  const card = (id: string, kind: GraphCard['kind'], address: number, more: Partial<GraphCard> = {}): GraphCard =>
    ({ id, kind, address, type: kernel.type(kind === 'socket' ? 'socket' : 'sock'), ...more }) as GraphCard;
  const cards = [
    card('packet at 9', 'packet', 9),
    card('other at 1', 'other', 1),
    card('queue at 7', 'queue', 7),
    card('packet at 8', 'packet', 8),
    card('part of second', 'protocol-part', second.sk + 400, { inside: 'second sk' }),
    card('second sk', 'sock', second.sk),
    card('lonely socket', 'socket', lonely),
    card('second socket', 'socket', second.socket),
    card('part of first', 'protocol-part', first.sk + 400, { inside: 'first sk' }),
    card('part of nobody', 'protocol-part', 5),
    card('first sk', 'sock', first.sk),
    card('first socket', 'socket', first.socket),
  ];
  const order = [
    'part of nobody',
    'first socket',
    'first sk',
    'part of first',
    'second socket',
    'second sk',
    'part of second',
    'lonely socket',
    'queue at 7',
    'packet at 8',
    'packet at 9',
    'other at 1',
  ];
  expect(inReadingOrder(kernel.context, cards).map(({ id }) => id)).toEqual(order);
  expect(inReadingOrder(kernel.context, [...cards].reverse()).map(({ id }) => id)).toEqual(order);
});

describe('a list as a value', () => {
  const kernel = socketMemory();
  const head = kernel.global('queue', 'sk_buff_head');
  const type = kernel.type('sk_buff_head');
  const packets = Array.from({ length: 4 }, () => kernel.allocate('sk_buff'));
  const show = (...chain: number[]): ValueNode => {
    const ring = [head, ...chain];
    ring.forEach((at, index) => kernel.memory.setU32(at, ring[(index + 1) % ring.length] ?? head));
    return valueNode(kernel.context, { name: 'queue', expression: 'queue', type, address: head });
  };
  packets.forEach((packet, at) => kernel.write('sk_buff', packet, { len: at === 3 ? 0 : 10 ** (at + 1) }));
  test('in pages, and what C shows behind them', () => {
    const node = show(...packets);
    expect([node.display, node.named, node.indexed]).toEqual(['[4] len 10, len 100, len 1000, len 0', 5, 0]);
    const names = (start?: number, count?: number): string[] =>
      node.children(start, count).map(({ name, display }) => `${name} ${display}`);
    expect([names(1, 2), names(3)]).toEqual([
      ['[1] len 100', '[2] len 1000'],
      ['[3] len 0', expect.stringMatching(/^\(as C has it\) \{next = /)],
    ]);
    expect(node.children(1, 1)[0]).toMatchObject({
      expression: `*queue.next->next`,
      address: packets[1],
      type: 'struct sk_buff',
    });
    expect(show().display).toBe('(empty)');
    expect(
      show()
        .children()
        .map(({ name }) => name),
    ).toEqual(['(as C has it)']);
  });
  test('on one line as far as there is room', () => {
    const many = Array.from({ length: 12 }, () => kernel.allocate('sk_buff'));
    many.forEach((packet) => kernel.write('sk_buff', packet, { len: 12345 }));
    const { display } = show(...many);
    expect(display).toBe(`[12] ${Array(6).fill('len 12345').join(', ')}, …`);
  });
  test('one that breaks says so', () => {
    show(...packets);
    kernel.memory.setU32(packets[1] ?? 0, packets[0] ?? 0);
    expect(valueNode(kernel.context, { name: 'queue', type, address: head }).display).toBe(
      '[2] len 10, len 100 (broken)',
    );
  });
});

test('a union by its arm in use, the others one level down', () => {
  const member = (name: string): ValueNode =>
    ({
      name,
      display: `<${name}>`,
      type: 'int',
      scalar: { kind: 'none' },
      named: 0,
      indexed: 0,
      children: () => [],
    }) as ValueNode;
  const members = ['a', 'b', 'c'].map(member);
  const plain = {
    ...member('u'),
    named: 3,
    children: (start = 0, count = 3) => members.slice(start, start + count),
  };
  const node = unionNode(plain, 'b');
  const [used, others] = node.children();
  expect([node.display, node.named, used?.name, others?.name, others?.named, others?.display]).toEqual([
    '.b = <b>',
    2,
    'b',
    '(other members)',
    2,
    '{…}',
  ]);
  expect([node.children(1, 1)[0]?.name, node.children(0, 1).length, node.children(2).length]).toEqual([
    '(other members)',
    1,
    0,
  ]);
  expect(
    [others?.children(), others?.children(1), others?.children(0, 1)].map((list) => list?.map(({ name }) => name)),
  ).toEqual([['a', 'c'], ['c'], ['a']]);
  expect(unionNode(plain, 'd')).toBe(plain);
});

describe('a value on one line', () => {
  const kernel = new KernelMemory({
    one: { a: 'u32' },
    three: { a: 'u32', b: 'u32', c: 'u32' },
    four: { a: 'u32', b: 'u32', c: 'u32', d: 'u32' },
    long: { a_name_that_is_as_long_as_it_can_be_here: 'u32', another_name_that_is_as_long_as_that: 'u32', c: 'u32' },
    deep: { one: 'one', inner: { two: 'three', u: { union: { x: 'u32', y: 'u32' } } }, list: 'u32[2]' },
    text: { data: 'char[300]', raw: 'u8[4]' },
  });
  const context = (): ValueContext => kernel.context;
  const display = (type: string, write?: (at: number) => void): string => {
    const at = kernel.global(`g${kernel.globals.length}`, type);
    write?.(at);
    return valueNode(context(), { name: 'g', type: kernel.type(type), address: at }).display;
  };
  test.each([
    ['one', '{a = 0}'],
    ['three', '{a = 0, b = 0, c = 0}'],
    ['four', '{a = 0, b = 0, c = 0, …}'],
    ['long', '{a_name_that_is_as_long_as_it_can_be_here = 0, …}'],
    ['deep', '{one = {a = 0}, inner = {two = {…}, u = {…}}, list = {…}}'],
    ['u32[0]', '{}'],
    ['u32[4]', '{0, 0, 0, 0}'],
    ['u32[5]', '{0, 0, 0, 0, …}'],
    ['one[2]', '{{a = 0}, {a = 0}}'],
    ['u8[2]', '{0, 0}'],
    ['char[2]', '""'],
  ])('%s: %s', (type, shown) => expect(display(type)).toBe(shown));
  test('numbers that need more room', () => {
    const full = (count: number) => (at: number) => kernel.memory.fill(at, 8 * count, 0x7f);
    expect(display('i64[4]', full(4))).toBe(`{${Array(3).fill('9187201950435737471').join(', ')}, …}`);
  });
  test('text up to two hundred characters, of bytes too when it is some', () => {
    const at = kernel.global('t', 'text');
    const shown = (length: number): string => {
      kernel.memory.fill(at, 300, 0);
      kernel.memory.fill(at, length, 65);
      return valueNode(context(), { name: 't', type: kernel.type('char[300]'), address: at }).display;
    };
    expect(shown(198)).toBe(`"${'A'.repeat(198)}"`);
    expect(shown(199)).toBe(`"${'A'.repeat(199)}"…`);
    expect(shown(299)).toBe(`"${'A'.repeat(199)}"…`);
    kernel.memory.write(at + 300, Uint8Array.of(72, 105, 0, 0));
    expect(valueNode(context(), { name: 't', type: kernel.type('u8[4]'), address: at + 300 }).display).toBe('"Hi"');
  });
});
