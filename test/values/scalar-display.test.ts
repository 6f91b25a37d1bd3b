/** One line for a scalar: numbers of every width and kind, bit-fields, constants, fill bytes, pointers by where they lead. */
import { itemAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIpv4, formatScalar, isScalar, swap16, type ValuePlace } from '../../src/values/value-scalar';
import type { FormattedScalar } from '../../src/values/value-scalar';
import { readInteger } from '../../src/values/scalar-bytes';
import { KernelMemory } from './kernel-memory';

const kernel = new KernelMemory({ node: { next: '*node', value: 'u32' } }, { color: { RED: 0, GREEN: 5 } });
const AT = kernel.map.stacksStart + 64;
const { memory } = kernel;

function format(type: string, value: number | bigint, place: ValuePlace = {}, address = AT): FormattedScalar {
  const found = itemAt(kernel.debug.types, kernel.type(type));
  if (!isScalar(found)) {
    throw new Error(`${type} is no scalar`);
  }
  memory.fill(AT - 16, 64, 0);
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
  memory.write(address, new Uint8Array(bytes.buffer, 0, Math.min(found.size, 8)));
  return formatScalar(kernel.context, found, address, place);
}
const field = (record: string, path: string): ValuePlace => ({ record, path });
const variable = (name: string): ValuePlace => ({ variable: name });

describe('numbers', () => {
  test.each<[string, number | bigint, string]>([
    ['u8', 255, '255'],
    ['u8', 65, '65'],
    ['char', -1, '-1'],
    ['char', 65, "65 'A'"],
    ['char', 0x20, "32 ' '"],
    ['char', 0x7e, "126 '~'"],
    ['char', 0x1f, '31'],
    ['char', 0x7f, '127'],
    ['i16', -32768, '-32768'],
    ['u16', 65535, '65535'],
    ['i32', -2147483648, '-2147483648'],
    ['i32', 2147483647, '2147483647'],
    ['u32', 4294967295, '4294967295'],
    ['i64', -1n, '-1'],
    ['i64', -(1n << 63n), '-9223372036854775808'],
    ['color', 5, '5 (GREEN)'],
    ['color', 0, '0 (RED)'],
    ['color', 4, '4'],
  ])('%s %s', (type, value, display) => {
    const shown = format(type, value);
    expect(shown.display).toBe(display);
    expect(shown.scalar).toMatchObject({ kind: 'integer', value });
    expect(shown.mark).toBeUndefined();
  });
  test('enumerators are told beside the number', () =>
    expect([format('color', 5).scalar, format('color', 4).scalar]).toEqual([
      { kind: 'integer', value: 5, signed: false, constant: 'GREEN' },
      { kind: 'integer', value: 4, signed: false, constant: undefined },
    ]));
  test('of the same bits as a bit-field, wherever it begins and ends', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
        fc.nat(31),
        fc.integer({ min: 1, max: 32 }),
        fc.boolean(),
        (bits, bitOffset, bitSize, signed) => {
          memory.setU64(AT, bits);
          const raw = BigInt.asUintN(bitSize, bits >> BigInt(bitOffset));
          const value = signed ? BigInt.asIntN(bitSize, raw) : raw;
          expect(readInteger(memory, AT, 4, signed, { bitOffset, bitSize })).toBe(Number(value));
          expect(readInteger(memory, AT, 8, signed, { bitOffset, bitSize })).toBe(value);
        },
      ),
    ));
  test('a bit-field without an offset begins at the first bit', () => {
    memory.setU64(AT, 0b1101n);
    expect(readInteger(memory, AT, 4, false, { bitSize: 3 })).toBe(5);
  });
  test('a bit-field of char is a number, not a letter', () =>
    expect(format('char', 65, { bits: { bitOffset: 0, bitSize: 7 } }).display).toBe('-63'));
});

describe('numbers with a meaning', () => {
  test.each<[string, number, ValuePlace, string]>([
    ['u8', 7, field('sock', 'state'), '7 (TCP_CLOSE)'],
    ['u8', 77, field('sock', 'state'), '77'],
    ['u32', 3, field('sock', 'shutdown'), '0x3 (RCV_SHUTDOWN | SEND_SHUTDOWN)'],
    ['u32', 0x80000001, field('sock', 'shutdown'), '0x80000001 (RCV_SHUTDOWN | 0x80000000)'],
    ['u32', 4, field('sock', 'shutdown'), '4'],
    ['u32', 0, field('sock', 'shutdown'), '0'],
    ['i32', 111, field('sock', 'err'), '111 (ECONNREFUSED)'],
    ['i32', -111, field('sock', 'err'), '-111 (-ECONNREFUSED)'],
    ['i32', 0, field('sock', 'err'), '0'],
    ['i32', -512, variable('err'), '-512 (-ERESTARTSYS)'],
    ['i32', -9999, variable('err'), '-9999'],
    ['i32', 12, variable('other'), '12'],
    ['u16', 0x901f, field('sock', 'dport'), '0x901f (8080)'],
    ['u16', 0x0100, field('sock', 'dport'), '0x0100 (1)'],
    ['u16', 0, field('sock', 'dport'), '0'],
    ['u32', 0x901f, variable('sport'), '0x901f (8080)'],
    ['i64', 5, variable('sport'), '5'],
    ['u32', 0x0100007f, field('sock', 'daddr'), '0x0100007f (127.0.0.1)'],
    ['u32', 0, field('sock', 'daddr'), '0 (0.0.0.0)'],
    ['u16', 0x0201, field('udphdr', 'len'), '0x0201 (258)'],
    ['u32', 0x04030201, field('tcphdr', 'seq'), '0x04030201 (16909060)'],
    ['u32', 0xff000000, field('tcphdr', 'seq'), '0xff000000 (255)'],
    ['u32', 0x000000ff, field('tcphdr', 'seq'), '0x000000ff (4278190080)'],
    ['u32', 150, field('tcp_opt', 'rto'), '150 (1.50 s)'],
    ['u32', 0, field('tcp_opt', 'rto'), '0'],
    ['u32', 5, field('tcp_opt', 'timeout'), '5'],
    ['i32', 0x7fffffff, variable('timeo'), '2147483647 (MAX_SCHEDULE_TIMEOUT)'],
  ])('%s %i at %j: %s', (type, value, place, display) => expect(format(type, value, place).display).toBe(display));

  test('a field of a record is asked for by record and path, both', () => {
    expect(format('u8', 7, { record: 'sock' }).display).toBe('7');
    expect(format('u8', 7, { path: 'state' }).display).toBe('7');
    expect(format('u8', 7, { record: 'sock', path: 'nothing', variable: 'how' }).display).toBe('7');
  });
  test('the constant stands beside', () => {
    expect(format('u8', 7, field('sock', 'state')).scalar).toMatchObject({ value: 7, constant: 'TCP_CLOSE' });
    expect(format('i32', -22, variable('err')).scalar).toMatchObject({ value: -22, constant: '-EINVAL' });
    expect(format('i32', 22, variable('err')).scalar).toMatchObject({ value: 22, constant: undefined });
    expect(format('i32', 22, field('sock', 'err')).scalar).toMatchObject({ value: 22, constant: 'EINVAL' });
  });
  test('times, against the clock of the kernel, which may have begun again', () => {
    const own = new KernelMemory({});
    const jiffies = own.global('jiffies', 'u32');
    const type = itemAt(own.debug.types, own.type('u32'));
    const shown = (now: number, then: number): string => {
      own.memory.setU32(jiffies, now);
      own.memory.setU32(own.map.stacksStart, then);
      return isScalar(type)
        ? formatScalar(own.context, type, own.map.stacksStart, field('tcp_opt', 'timeout')).display
        : '';
    };
    expect([shown(100, 400), shown(400, 100), shown(100, 100), shown(100, 0), shown(0xffff_ff9c, 50)]).toEqual([
      '400 (+3.00 s)',
      '100 (−3.00 s)',
      '100 (+0.00 s)',
      '0',
      '50 (+1.50 s)',
    ]);
  });
  test('the program’s own constants count: their values, and none that means nothing', () => {
    const own = new KernelMemory({});
    Object.assign(own.constants, { TCP_CLOSE: 77, RCV_SHUTDOWN: 0, SEND_SHUTDOWN: 4, EPERM: 99 });
    const type = itemAt(own.debug.types, own.type('u32'));
    const shown = (value: number, place: ValuePlace): string => {
      own.memory.setU32(own.map.stacksStart, value);
      return isScalar(type) ? formatScalar(own.context, type, own.map.stacksStart, place).display : '';
    };
    expect([shown(77, field('sock', 'state')), shown(7, field('sock', 'state'))]).toEqual(['77 (TCP_CLOSE)', '7']);
    expect([shown(4, field('sock', 'shutdown')), shown(1, field('sock', 'shutdown'))]).toEqual([
      '0x4 (SEND_SHUTDOWN)',
      '1',
    ]);
    const err = field('sock', 'err');
    expect([shown(99, err), shown(1, err)]).toEqual(['99 (EPERM)', '1']);
  });
});

describe('fill bytes of the slab', () => {
  test.each<[string, number | bigint, string, string]>([
    ['u32', 0x5a5a5a5a, '0x5a5a5a5a (uninitialised)', 'uninitialised'],
    ['u32', 0x6b6b6b6b, '0x6b6b6b6b (freed memory)', 'freed'],
    ['i32', 0x6b6b6b6b, '0x6b6b6b6b (freed memory)', 'freed'],
    ['i64', 0x6b6b6b6b6b6b6b6bn, '0x6b6b6b6b6b6b6b6b (freed memory)', 'freed'],
    ['color', 0x5a5a5a5a, '0x5a5a5a5a (uninitialised)', 'uninitialised'],
    ['*node', 0x6b6b6b6b, '0x6b6b6b6b (freed memory)', 'freed'],
  ])('%s %s', (type, value, display, mark) => {
    const shown = format(type, value);
    expect(shown).toMatchObject({ display, mark, short: display.split(' ')[0] });
  });
  test('count in a small value when the whole word has them', () => {
    const type = itemAt(kernel.debug.types, kernel.type('u8'));
    const byte = (word: number, at: number, place: ValuePlace = {}): string => {
      memory.setU32(AT, word);
      return isScalar(type) ? formatScalar(kernel.context, type, AT + at, place).display : '';
    };
    expect([0, 1, 2, 3].map((at) => byte(0x5a5a5a5a, at))).toEqual(Array(4).fill('0x5a (uninitialised)'));
    expect([byte(0x5a5a5a00, 1), byte(0x005a5a5a, 0)]).toEqual(['90', '90']);
    expect(byte(0x5a5a5a5a, 0, variable('n'))).toBe('0x5a (uninitialised)');
    expect(byte(0x5a5a5a5a, 0, { bits: { bitOffset: 0, bitSize: 8 } })).toBe('90');
  });
  test('count in a bit-field of a whole word, and in a variable', () => {
    expect(format('u32', 0x5a5a5a5a, { bits: { bitOffset: 0, bitSize: 8 } }).display).toBe('0x5a (uninitialised)');
    expect(format('u32', 0x5a5a5a5a, variable('n')).display).toBe('0x5a5a5a5a (uninitialised)');
    expect(format('color', 0x5a5a5a5a, variable('n')).display).toBe('0x5a5a5a5a (uninitialised)');
    expect(format('*node', 0x5a5a5a5a, variable('p')).mark).toBe('uninitialised');
  });
  test('a negative number keeps its bits', () => {
    memory.setU32(AT, 0x6b6b6b6b);
    const type = itemAt(kernel.debug.types, kernel.type('i32'));
    const shown = isScalar(type) && formatScalar(kernel.context, type, AT, { bits: { bitOffset: 0, bitSize: 2 } });
    expect(shown).toMatchObject({ display: '0xffffffff (freed memory)', scalar: { value: -1 } });
  });
});

describe('pointers', () => {
  const fn = kernel.function('handler');
  const global = kernel.global('table', 'u32[4]');
  const live = kernel.allocate('node');
  const dead = kernel.allocate('node');
  kernel.free(dead);
  const hex = (address: number): string => `0x${address.toString(16).padStart(8, '0')}`;
  const text = kernel.global('message', 'char[100]');

  test.each<[string, number, Partial<FormattedScalar>]>([
    ['NULL', 0, { display: 'NULL', mark: 'null' }],
    ['a function', fn, { display: `${hex(fn)} <handler>`, short: 'handler()', mark: 'function' }],
    ['a global', global, { display: `${hex(global)} <table>`, short: '&table' }],
    ['into a global', global + 4, { display: `${hex(global + 4)} <table+4>`, short: '&table+4' }],
    ['an object', live, { display: hex(live) }],
    ['a freed one', dead, { display: `${hex(dead)} (freed)`, short: hex(dead), mark: 'dangling' }],
    ['what nobody allocated', kernel.map.heapEnd - 16, { mark: 'invalid' }],
    ['the null page', 12, { display: '0x0000000c (invalid)', short: '0x0000000c', mark: 'invalid' }],
    ['nowhere', 0x7000_0000, { display: '0x70000000 (invalid)', mark: 'invalid' }],
    ['user memory', kernel.map.userStart, { display: `${hex(kernel.map.userStart)} (user)`, mark: 'user' }],
    ['the stack', AT + 32, { display: hex(AT + 32) }],
  ])('to %s', (_what, address, expected) => {
    const shown = format('*node', address);
    expect(shown).toMatchObject(expected);
    expect([shown.mark, shown.scalar]).toMatchObject([expected.mark, { kind: 'pointer', address }]);
    if (expected.short === undefined && expected.mark === undefined) {
      expect(shown.short).toBeUndefined();
    }
  });

  test('to text show it, when it is text', () => {
    const put = (at: number, content: string): void => {
      memory.fill(at, 100, 0);
      memory.write(at, Uint8Array.from([...content].map((each) => each.charCodeAt(0))));
    };
    const behind = (content: string, type = '*char', at = text): string => {
      put(at, content);
      return format(type, at).display.replace(hex(at), '').replace('<message>', '').trim();
    };
    expect(behind('tcp')).toBe('"tcp"');
    expect(behind('a "b"\n')).toBe('"a \\"b\\"\\n"');
    expect([behind(''), behind('\u0001x')]).toEqual(['', '']);
    expect(behind('tcp', '*u8')).toBe('');
    expect(behind('x'.repeat(79))).toBe(`"${'x'.repeat(79)}"`);
    expect(behind('x'.repeat(80))).toBe(`"${'x'.repeat(80)}"…`);
    expect(behind('x'.repeat(90))).toBe(`"${'x'.repeat(80)}"…`);
    expect(behind('mine', '*char', kernel.map.userStart)).toBe('"mine" (user)');
    expect(format('*char', text).short).toBe(`&message "${'x'.repeat(80)}"…`);
  });
});

test('floating point: nine digits of a float, all of a double, the sign of zero', () => {
  const float = kernel.types.push({ kind: 'floating', name: 'float', size: 4 }) - 1;
  const wide = kernel.types.push({ kind: 'floating', name: 'long double', size: 12 }) - 1;
  const show = (id: number, value: number): string => {
    const type = itemAt(kernel.debug.types, id);
    memory.fill(AT, 16, 0xff);
    if (type.size === 4) {
      memory.view.setFloat32(AT, value, true);
    } else {
      memory.view.setFloat64(AT, value, true);
    }
    return isScalar(type) ? formatScalar(kernel.context, type, AT, {}).display : '';
  };
  const double = kernel.type('double');
  expect([0.1, -0, 1e30, 16777216, NaN].map((value) => show(float, value))).toEqual([
    '0.100000001',
    '-0',
    '1.00000002e+30',
    '16777216',
    'NaN',
  ]);
  expect([0.1, -0, 1e300, 0, -Infinity].map((value) => show(double, value))).toEqual([
    '0.1',
    '-0',
    '1e+300',
    '0',
    '-Infinity',
  ]);
  expect(show(wide, 2.5)).toBe('2.5');
});

test('orders of bytes, and addresses', () => {
  expect([swap16(0x1234), swap16(0xff00), swap16(0x12345)]).toEqual([0x3412, 0x00ff, 0x4523]);
  expect([formatIpv4(0x0100007f), formatIpv4(0xfffefdfc), formatIpv4(0)]).toEqual([
    '127.0.0.1',
    '252.253.254.255',
    '0.0.0.0',
  ]);
});
