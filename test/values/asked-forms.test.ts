/** Forms that a person asks in, read; and values in formats, memory in units, as gdb shows them. */
import { describe, expect, test } from 'vitest';
import { commandIn, sliceIn, type Format } from '../../src/values/requested';
import { examined, shownAs } from '../../src/values/shown-as';
import type { Scalar, ValueNode } from '../../src/values/value-model';
import { KernelMemory } from './kernel-memory';
import { plainNode } from './plain-node';

describe('a command', () => {
  const print = (text: string, format?: string): object => ({ kind: 'print', format, text });
  const examine = (text: string, count: number, format: string, unit: number): object => ({
    ...{ kind: 'examine', count, format, unit, text },
  });
  test.each<[string, object | undefined]>([
    ['p a', print('a')],
    [' print  a + 1 ', print('a + 1 ')],
    ['output a', print('a')],
    ['inspect a', print('a')],
    ['p/x a', print('a', 'x')],
    ['p /t a', print('a', 't')],
    ['p/z a', print('a', 'x')],
    ['p(a)', print('(a)')],
    ['p"a"', print('"a"')],
    ['p*a', print('*a')],
    ['p/d&a', print('&a', 'd')],
    ['p!a', print('!a')],
    ['p~a', print('~a')],
    ['p-a', print('-a')],
    ['p a\nb', print('a\nb')],
    ['p/i a', { kind: 'unknown', format: 'i' }],
    ['p/xd a', { kind: 'unknown', format: 'xd' }],
    ['p', undefined],
    ['p ', undefined],
    ['pa', undefined],
    ['p=1', undefined],
    ['p->a', undefined],
    ['x->a', undefined],
    ['p--a', print('--a')],
    ['a p b', undefined],
    ['x a', examine('a', 1, 'x', 4)],
    ['x/4 a', examine('a', 4, 'x', 4)],
    ['x/4xw a', examine('a', 4, 'x', 4)],
    ['x/2gd a', examine('a', 2, 'd', 8)],
    ['x/b a', examine('a', 1, 'x', 1)],
    ['x/h a', examine('a', 1, 'x', 2)],
    ['x/bw a', examine('a', 1, 'x', 4)],
    ['x/3c a', examine('a', 3, 'c', 1)],
    ['x/3ch a', examine('a', 3, 'c', 2)],
    ['x/s a', examine('a', 1, 's', 4)],
    ['x/0 a', examine('a', 1, 'x', 4)],
    ['x/99999 a', examine('a', 4096, 'x', 4)],
    ['x&a', examine('&a', 1, 'x', 4)],
    ['x/4(a)', examine('(a)', 4, 'x', 4)],
    ['x/i a', { kind: 'unknown', format: 'i' }],
    ['x/xd a', { kind: 'unknown', format: 'xd' }],
    ['x', undefined],
    ['xa', undefined],
    ['x = 1', examine('= 1', 1, 'x', 4)],
  ])('%s', (text, command) => expect(commandIn(text)).toEqual(command));
});

test.each<[string, unknown]>([
  ['a@3', { first: 'a', count: '3' }],
  ['a[0] @ n + 1', { first: 'a[0] ', count: ' n + 1' }],
  ['a@b@c', { first: 'a@b', count: 'c' }],
  ['"@"', undefined],
  ["'@'", undefined],
  ['"\\"@"', undefined],
  ['f("x@y")@2', { first: 'f("x@y")', count: '2' }],
  ['@3', undefined],
  ['a', undefined],
])('the slice in %s', (text, slice) => expect(sliceIn(text)).toEqual(slice));

const kernel = new KernelMemory({ list_head: { next: '*list_head', prev: '*list_head' } });
const called = kernel.function('tcp_close');
const global = kernel.global('table', 'u32[8]');

const node = (more: Partial<ValueNode>): ValueNode => plainNode({ display: 'as it is', ...more });
const integer = (value: number | bigint): Scalar => ({ kind: 'integer', value, signed: true });
const shown = (format: Format, more: Partial<ValueNode>): string => shownAs(kernel.context, node(more), format).display;

describe('a value in a format', () => {
  test.each<[Format, Scalar, number | undefined, string]>([
    ['x', integer(-1), 4, '0xffffffff'],
    ['x', integer(-1), 2, '0xffff'],
    ['x', integer(-1n), 8, '0xffffffffffffffff'],
    ['x', integer(-1n), undefined, '0xffffffffffffffff'],
    ['x', integer(-1), undefined, '0xffffffff'],
    ['o', integer(8), 4, '010'],
    ['o', integer(0), 4, '0'],
    ['t', integer(5), 4, '101'],
    ['d', integer(0xffff), 2, '-1'],
    ['d', integer(0xffff), 4, '65535'],
    ['u', integer(-1), 2, '65535'],
    ['c', integer(65), 4, "65 'A'"],
    ['c', integer(0x141), 4, "65 'A'"],
    ['c', integer(200), 1, "-56 '\\310'"],
    ['c', integer(7), 1, "7 '\\007'"],
    ['a', integer(called), 4, `0x${called.toString(16)} <tcp_close>`],
    ['a', integer(5), 4, '0x00000005'],
    ['f', integer(0x3fc00000), 4, '1.5'],
    ['f', integer(0x3ff8000000000000n), 8, '1.5'],
    ['s', integer(65), 4, 'as it is'],
    ['x', { kind: 'pointer', address: 0x1000 }, 4, '0x1000'],
    ['d', { kind: 'pointer', address: 0x1000 }, 4, '4096'],
    ['f', { kind: 'floating', value: 2.5 }, 8, '2.5'],
    ['x', { kind: 'floating', value: 18.9 }, 8, '0x12'],
    ['d', { kind: 'floating', value: -2.5 }, 8, '-2'],
    ['x', { kind: 'floating', value: NaN }, 8, '0x0'],
    ['x', { kind: 'none' }, 4, 'as it is'],
  ])('%s of %o in %s bytes', (format, scalar, size, display) => expect(shown(format, { scalar, size })).toBe(display));
  test('has the size of its type where nobody says', () => {
    const scalar = integer(-1);
    expect(['char', 'unsigned short', 'int', 'charm'].map((type) => shown('x', { scalar, type }))).toEqual([
      '0xff',
      '0xffff',
      '0xffffffff',
      '0xffffffff',
    ]);
  });
  test('of a struct or an array: of each part, eight of them on the line', () => {
    const parts =
      (count: number) =>
      (start = 0, wanted = count) =>
        Array.from({ length: count }, (_, at) => node({ name: `m${at}`, scalar: integer(at + 9) })).slice(
          start,
          start + wanted,
        );
    expect(shown('x', { named: 2, children: parts(2) })).toBe('{m0 = 0x9, m1 = 0xa}');
    expect(shown('x', { indexed: 8, children: parts(8) })).toBe('{0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf, 0x10}');
    expect(shown('x', { indexed: 9, children: parts(9) })).toBe('{0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf, 0x10, …}');
    expect(shown('s', { indexed: 2, children: parts(2) })).toBe('as it is');
    const inner = shownAs(kernel.context, node({ named: 2, children: parts(2) }), 'x');
    expect(inner.children(1, 1).map(({ name, display }) => [name, display])).toEqual([['m1', '0xa']]);
    const pointer = shownAs(kernel.context, node({ scalar: integer(16), named: 2, children: parts(2) }), 'x');
    expect([pointer.display, pointer.children().length]).toEqual(['0x10', 2]);
  });
});

describe('memory in units', () => {
  [0x04030201, 0xfffffffe, 0x41, 0, 5, 6, 7, 8].forEach((word, at) => kernel.memory.setU32(global + 4 * at, word));
  const at = (index: number): string =>
    `0x${(global + 4 * index).toString(16).padStart(8, '0')} <table${index ? `+${4 * index}` : ''}>`;
  const lines = (count: number, unit: 1 | 2 | 4 | 8, format: Format): string[] =>
    examined(kernel.context, { name: 'm', address: global, count, unit, format }).display.split('\n');
  test.each<[number, 1 | 2 | 4 | 8, Format, string[]]>([
    [5, 4, 'x', [`${at(0)}: 0x04030201 0xfffffffe 0x00000041 0x00000000`, `${at(4)}: 0x00000005`]],
    [3, 2, 'x', [`${at(0)}: 0x0201 0x0403 0xfffe`]],
    [9, 1, 'x', [`${at(0)}: 0x01 0x02 0x03 0x04 0xfe 0xff 0xff 0xff`, `${at(2)}: 0x41`]],
    [9, 2, 'd', [`${at(0)}: 513 1027 -2 -1 65 0 0 0`, `${at(4)}: 5`]],
    [3, 8, 'x', [`${at(0)}: 0xfffffffe04030201 0x0000000000000041`, `${at(4)}: 0x0000000600000005`]],
    [2, 4, 'd', [`${at(0)}: 67305985 -2`]],
    [2, 4, 'u', [`${at(0)}: 67305985 4294967294`]],
    [1, 1, 'c', [`${at(0)}: 1 '\\001'`]],
  ])('%d of %d bytes as %s', (count, unit, format, told) => expect(lines(count, unit, format)).toEqual(told));
  test('each unit is an element with its place', () => {
    const value = examined(kernel.context, { name: 'm', address: global, count: 5, unit: 4, format: 'd' });
    expect(value).toMatchObject({ name: 'm', type: 'word [5]', address: global, size: 20, named: 0, indexed: 5 });
    expect(value.children(1, 2)).toMatchObject([
      {
        name: '[1]',
        display: '-2',
        address: global + 4,
        size: 4,
        scalar: { kind: 'integer', value: -2, signed: true },
      },
      { name: '[2]', display: '65', address: global + 8 },
    ]);
    expect([value.children().length, value.children(4).length, value.children(0)[0]?.children()]).toEqual([5, 1, []]);
    expect(
      ([1, 2, 4, 8] as const).map(
        (unit) => examined(kernel.context, { name: '', address: global, count: 1, unit, format: 'x' }).type,
      ),
    ).toEqual(['byte [1]', 'halfword [1]', 'word [1]', 'giant [1]']);
    const [giant] = examined(kernel.context, { name: '', address: global, count: 1, unit: 8, format: 'u' }).children();
    expect(giant?.scalar).toEqual({ kind: 'integer', value: 0xfffffffe04030201n, signed: false });
  });
});
