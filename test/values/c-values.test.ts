/** Values of a C program in a stopped machine: how each kind is shown, unfolded, spelled, and what a step changed. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import type { ValueNode } from '../../src/values/value-model';
import { packetText } from '../../src/values/value-packet';
import { isNonZero, nameOfScalar, sameScalar } from '../../src/values/scalar-value';
import type { Scalar } from '../../src/values/value-model';
import { arrayText, quoteText } from '../../src/values/value-text';
import { breakAt, shown, started, where } from '../session/c-session';
import type { Session } from '../../src/session/session';

const text = `enum color { RED, GREEN = 5, FAR = -1 };
typedef int number;
struct inner { int a; char b; };
struct outer {
  struct inner one, *there;
  union { int left; char right[4]; };
  unsigned flag : 1, wide : 7;
  enum color tint : 4;
  int (*call)(struct inner *, char, ...);
  int grid[2][3];
  struct { short deep; } nested;
  const char *name;
} outer = { { 1, 'x' }, 0, { 0x41424344 }, 1, 100, GREEN, 0, { { 1, 2, 3 }, { 4, 5, 6 } }, { 7 }, "a \\"name\\"\\n" };
char text[] = "tcp", raw[6] = { 1, 2 }, long_text[] = "${'0123456789'.repeat(9)}";
char longer_text[] = "${'0123456789'.repeat(21)}";
char word[4] = { 'a', 'b', 'c', 'd' }, open[5] = { 'a', 'b', 'c', 'd', 'e' };
unsigned char bytes[4];
signed char small = -1;
unsigned char letter = 65;
char plain = 65, control = 10;
short half = -300;
unsigned short port = 80;
long long far = -5000000000LL;
unsigned long long most = ~0ULL;
float single = 0.1f;
double twice = -0.0, huge = 1e300;
long double wide = 2.5L;
_Bool yes = 1;
enum color away = FAR, none = 3;
int many[40];
int *to = &many[3], **chain = &to;
void *nothing, *anything = &outer;
struct unknown *hidden = (struct unknown *) &outer;
struct inner row[3];
int call(struct inner *i, char c, ...) { return i->a + c; }
int zero_length[0];
int run(int n, number m) {
  int err = -22, local = n;
  struct inner mine = { n, 'm' };
  outer.there = &outer.one;
  outer.call = call;
  mine.a = m;
  outer.one.a = 9, row[1].b = 'r';
  local++;
  return local + mine.a + err;
}
`;
const here = text.slice(0, text.indexOf('  mine.a = m')).split('\n').length;

async function stopped(): Promise<Session> {
  const session = await started(text, [[['run', 3, 4]]]);
  breakAt(session, { line: here });
  await session.run('continue');
  expect(where(session)).toContain(`run:${here}`);
  return session;
}
const session = await stopped();

function node(expression: string): ValueNode {
  const { value, diagnostics } = session.evaluate(expression, session.stack(1)[0]);
  expect(diagnostics, expression).toEqual([]);
  return given(value, 'value');
}

const addresses = (display: string): string => display.replace(/0x[0-9a-f]{8}/g, '0x…');

describe('one line for each kind', () => {
  test.each([
    ['small', '-1'],
    ['letter', '65'],
    ['plain', "65 'A'"],
    ['control', '10'],
    ['half', '-300'],
    ['port', '80'],
    ['far', '-5000000000'],
    ['most', '18446744073709551615'],
    ['single', '0.100000001'],
    ['twice', '-0'],
    ['huge', '1e+300'],
    ['wide', '2.5'],
    ['yes', '1'],
    ['away', '-1 (FAR)'],
    ['none', '3'],
    ['outer.tint', '5 (GREEN)'],
    ['outer.wide', '100'],
    ['outer.flag', '1'],
    ['err', '-22 (-EINVAL)'],
    ['n', '3'],
    ['nothing', 'NULL'],
    ['anything', '0x… <outer>'],
    ['to', '0x… <many+12>'],
    ['chain', '0x… <to>'],
    ['outer.call', '0x… <call>'],
    ['outer.name', '0x… "a \\"name\\"\\n"'],
    ['&mine', '0x…'],
    ['text', '"tcp"'],
    ['raw', '{1, 2, 0, 0, …}'],
    ['word', '"abcd"'],
    ['open', "{97 'a', 98 'b', 99 'c', 100 'd', …}"],
    ['bytes', '{0, 0, 0, 0}'],
    ['mine', "{a = 3, b = 109 'm'}"],
    ['row', '{{a = 0, b = 0}, {a = 0, b = 0}, {a = 0, b = 0}}'],
    ['outer.grid', '{{…}, {…}}'],
    ['outer.grid[1]', '{4, 5, 6}'],
    ['outer.nested', '{deep = 7}'],
    ['zero_length', '{}'],
    ['many', '{0, 0, 0, 0, …}'],
    ['(void) 0', '(no value)'],
    ['n + 1', '4'],
    ['1 ? 2.5 : 1', '2.5'],
    ['far + 1', '-4999999999'],
    ['(char) 66', "66 'B'"],
    ['(short) -2', '-2'],
    ['(void *) 16', '0x… (invalid)'],
    ['*outer.there', "{a = 1, b = 120 'x'}"],
  ])('%s', (expression, display) => expect(addresses(node(expression).display)).toBe(display));

  test('a long text is cut', () => {
    expect(node('long_text').display).toBe(`"${'0123456789'.repeat(9)}"`);
    expect(node('longer_text').display).toBe(`"${'0123456789'.repeat(20).slice(0, 199)}"…`);
    expect(node('(char *) long_text').display).toMatch(/ "(0123456789){8}"…$/);
  });
});

describe('unfolding', () => {
  const names = (expression: string): string[] =>
    node(expression)
      .children()
      .map(({ name }) => name);
  test('the members of a record, those of an anonymous union one deeper', () => {
    expect(names('outer')).toEqual([
      'one',
      'there',
      '(anonymous)',
      'flag',
      'wide',
      'tint',
      'call',
      'grid',
      'nested',
      'name',
    ]);
    const union = itemAt(node('outer').children(), 2);
    expect(union.children().map(({ expression, display }) => `${expression} ${display}`)).toEqual([
      'outer.left 1094861636',
      'outer.right "DCBA"',
    ]);
  });
  test('behind pointers: a record’s members, one value, nothing', () => {
    expect(
      node('outer.there')
        .children()
        .map(({ expression }) => expression),
    ).toEqual(['outer.there->a', 'outer.there->b']);
    expect(
      node('chain')
        .children()
        .map(({ expression, type }) => [expression, type]),
    ).toEqual([['*chain', 'int *']]);
    expect(node('chain').children(0, 0)).toEqual([]);
    expect(node('chain').children(1)).toEqual([]);
    for (const empty of ['nothing', 'anything', 'hidden', 'outer.call', '(struct inner *) 0', '(struct inner *) 16']) {
      expect([empty, node(empty).named, node(empty).children()]).toEqual([empty, 0, []]);
    }
  });
  test('elements of arrays, all or some', () => {
    expect(names('outer.grid')).toEqual(['[0]', '[1]']);
    const [, second] = node('outer.grid').children();
    expect(
      given(second, 'second')
        .children(1, 5)
        .map(({ expression, display }) => `${expression} ${display}`),
    ).toEqual(['outer.grid[1][1] 5', 'outer.grid[1][2] 6']);
    expect(
      node('many')
        .children(38)
        .map(({ name }) => name),
    ).toEqual(['[38]', '[39]']);
    expect(node('many').children(50)).toEqual([]);
    expect([node('many').indexed, node('zero_length').indexed, node('outer').indexed]).toEqual([40, 0, 0]);
  });
  test('expressions that need parentheses get them', () => {
    expect(itemAt(node('(struct outer *) anything').children(), 0).expression).toBe('((struct outer *) anything)->one');
    expect(itemAt(node('to + 1').children(), 0).expression).toBe('*(to + 1)');
    expect(itemAt(node('*outer.there').children(), 0).expression).toBe('(*outer.there).a');
  });
});

test('types are spelled as they were written, or as C declares them', () => {
  const types = [
    'outer',
    'outer.there',
    'outer.call',
    'outer.grid',
    'to',
    'chain',
    'away',
    'm',
    'outer.name',
    'yes',
    'most',
  ];
  expect(types.map((expression) => node(expression).type)).toEqual([
    'struct outer',
    'struct inner *',
    'int (*)(struct inner *, char, ...)',
    'int [2][3]',
    'int *',
    'int **',
    'enum color',
    'int',
    'char *',
    '_Bool',
    'unsigned long long',
  ]);
});

test('what is computed lies nowhere; what is named has its address and size', () => {
  expect([node('n + 1').address, node('n + 1').size]).toEqual([undefined, 4]);
  expect([node('outer.grid').size, node('n').size, node('far').size]).toEqual([24, 4, 8]);
  expect(node('outer.one').address).toBe(node('outer').address);
  expect((node('&outer').scalar as { address: number }).address).toBe(node('outer').address);
});

test('variables of a frame and globals of a file', () => {
  const [frame] = session.stack(1);
  expect(session.locals(given(frame, 'frame')).map(({ name, display }) => `${name} ${display}`)).toEqual([
    'n 3',
    'm 4',
    'err -22 (-EINVAL)',
    'local 3',
    "mine {a = 3, b = 109 'm'}",
  ]);
  expect(session.locals(given(frame, 'frame')).map(({ type }) => type)).toEqual([
    'int',
    'number',
    'int',
    'int',
    'struct inner',
  ]);
  const globals = session.globals('t.c').map(({ name }) => name);
  expect(globals).toEqual(expect.arrayContaining(['outer', 'text', 'row']));
  expect(session.globals().map(({ name }) => name)).toEqual(globals);
  expect(session.globals('other.c')).toEqual([]);
});

test('what steps change: locals, members, elements, in order; nothing that stayed', async () => {
  const own = await stopped();
  const changed = async (): Promise<string[]> => {
    await own.run('over');
    return own.changes().map(({ path, from, to }) => `${path}: ${from} → ${to}`);
  };
  expect(await changed()).toEqual(['mine.a: 3 → 4']);
  expect(await changed()).toEqual(['outer.one.a: 1 → 9', "row[1].b: 0 → 114 'r'"]);
  expect(await changed()).toEqual(['local: 3 → 4']);
  expect(shown(own, 'local')).toBe('4');
  await own.run('back-over');
  expect(own.changes().map(({ path, from, to }) => `${path}: ${from} → ${to}`)).toEqual(['local: 4 → 3']);
});

test('what a called function leaves behind is told of its caller’s variables', async () => {
  const own = await started(
    'int g, h[100];\nvoid set(int *p, int n) {\n  *p = n;\n  h[n] = n;\n}\nint run(void) {\n  int a = 1, b = 2;\n  set(&a, 50);\n  set(&g, 99);\n  return a + b;\n}\n',
  );
  await own.run('over');
  await own.run('over');
  expect(where(own)).toBe('1 run:8 step');
  const changes = async (kind: 'over' | 'into'): Promise<string[]> => {
    await own.run(kind);
    return own.changes().map(({ path, from, to, size }) => `${path}: ${from} → ${to} (${size})`);
  };
  expect(await changes('over')).toEqual(['a: 1 → 50 (4)', 'h[50]: 0 → 50 (4)']);
  expect(await changes('into')).toEqual([]);
  expect(await changes('into')).toEqual(['g: 0 → 99 (4)']);
});

describe('scalars', () => {
  const integer = (value: number | bigint, constant?: string): Scalar => ({
    kind: 'integer',
    value,
    signed: true,
    constant,
  });
  const floating = (value: number): Scalar => ({ kind: 'floating', value });
  const pointer = (address: number, symbol?: string): Scalar => ({ kind: 'pointer', address, symbol });
  const none: Scalar = { kind: 'none' };

  test('what counts as true', () => {
    const cases = [
      integer(0),
      integer(2),
      integer(0n),
      integer(1n << 63n),
      floating(-0),
      floating(NaN),
      pointer(0),
      pointer(4),
      none,
    ];
    expect(cases.map(isNonZero)).toEqual([false, true, false, true, false, true, false, true, undefined]);
  });
  test('which are the same', () => {
    const all = [
      integer(1),
      integer(1n),
      integer(2),
      floating(1),
      floating(0),
      floating(-0),
      floating(NaN),
      pointer(1),
      pointer(2),
      none,
    ];
    all.forEach((a, i) => all.forEach((b, j) => expect([i, j, sameScalar(a, { ...b })]).toEqual([i, j, i === j])));
    expect(sameScalar(integer(1, 'A'), integer(1))).toBe(true);
  });
  test('their names', () => {
    expect([integer(1, 'ONE'), integer(1), pointer(4, 'tcp'), floating(1), none].map(nameOfScalar)).toEqual([
      'ONE',
      undefined,
      'tcp',
      undefined,
      undefined,
    ]);
  });
});

test('bytes as text', () => {
  const bytes = (string: string): Uint8Array => Uint8Array.from([...string].map((char) => char.charCodeAt(0)));
  expect(quoteText(bytes('a\t\n\r"\\~ '))).toBe('"a\\t\\n\\r\\"\\\\~ "');
  expect([quoteText(bytes('\u001f')), quoteText(bytes('\u007f')), quoteText([])]).toEqual([undefined, undefined, '""']);
  expect(['ab\0\u0001', 'abcd', 'abcde', '\u0001\0', '\0a'].map((each) => arrayText(bytes(each)))).toEqual([
    '"ab"',
    '"abcd"',
    undefined,
    undefined,
    '""',
  ]);
});

describe('packets', () => {
  /** An IPv4 packet from 1.2.3.4 to 5.6.7.8 with `rest` behind its header of `words` words. */
  const packet = (protocol: number, rest: readonly number[], words = 5): Uint8Array => {
    const bytes = new Uint8Array(words * 4 + rest.length);
    bytes.set([0x40 + words, 0, 0, bytes.length, 0, 0, 0, 0, 64, protocol, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    bytes.set(rest, words * 4);
    return bytes;
  };
  const tcp = (flags: number, words = 5): number[] => [
    ...[0x30, 0x39, 0, 80, 0, 0, 0, 9, 0, 0, 0, 5, words * 16, flags, 1, 0, 0, 0, 0, 0],
    ...Array.from({ length: (words - 5) * 4 + 3 }, () => 0),
  ];

  test.each<[string, Uint8Array, string]>([
    ['TCP flags', packet(6, tcp(0x1f)), '1.2.3.4:12345 > 5.6.7.8:80 [SFRP.] seq 9, ack 5, win 256, len 3'],
    ['no flags', packet(6, tcp(0)), '1.2.3.4:12345 > 5.6.7.8:80 [none] seq 9, win 256, len 3'],
    ['options of both headers', packet(6, tcp(2, 7), 6), '1.2.3.4:12345 > 5.6.7.8:80 [S] seq 9, win 256, len 3'],
    ['half a TCP header', packet(6, tcp(2).slice(0, 19)), '1.2.3.4 > 5.6.7.8 proto 6, len 19'],
    ['UDP', packet(17, [0, 53, 1, 0, 0, 10, 0, 0, 1, 2]), '1.2.3.4:53 > 5.6.7.8:256 UDP len 2'],
    ['UDP without data', packet(17, [0, 53, 1, 0, 0, 8, 0, 0]), '1.2.3.4:53 > 5.6.7.8:256 UDP len 0'],
    ['half a UDP header', packet(17, [0, 53, 1, 0]), '1.2.3.4 > 5.6.7.8 proto 17, len 4'],
    ['ICMP', packet(1, [3, 1, 0]), '1.2.3.4 > 5.6.7.8 ICMP type 3 code 1, len 3'],
    ['ICMP without a body', packet(1, []), '1.2.3.4 > 5.6.7.8 ICMP type ? code ?, len 0'],
    ['another protocol', packet(47, [1, 2]), '1.2.3.4 > 5.6.7.8 proto 47, len 2'],
    ['another version', Uint8Array.of(0x65, ...packet(6, tcp(2)).slice(1)), '43 bytes'],
    ['a header that is too short', Uint8Array.of(0x44, ...packet(6, tcp(2)).slice(1)), '43 bytes'],
    ['nothing', new Uint8Array(0), '0 bytes'],
  ])('%s', (_name, bytes, line) => expect(packetText(bytes)).toBe(line));
});
