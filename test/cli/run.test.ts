import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { check } from './cli-fixture';

interface TracedLine {
  readonly statement?: number;
  readonly event?: string;
  readonly function?: string;
  readonly file?: string;
  readonly line?: number;
  readonly text?: string;
  readonly value?: number;
  readonly note?: { en: string; zh: string };
  readonly changes?: readonly { path: string; from: string; to: string }[];
}

async function traceOf(scenario: string): Promise<TracedLine[]> {
  const { out } = await check(`run ${scenario} --trace --json`, { status: 0 });
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TracedLine);
}

describe('run', () => {
  test('tells calls and results', () =>
    check('run raw-no-capability', {
      status: 0,
      out: /socket\(AF_INET, SOCK_RAW, IPPROTO_ICMP\) = -1 \(-EPERM\)/,
    }));
  test('an unknown scenario', () =>
    check('run tcp-sockets', { status: 2, err: /no scenario named tcp-sockets.*tcp-socket.*\[SS5004\]/ }));
  test('a file that is not there', () => check('run my/x.pkt', { status: 2, err: "there is no file 'my/x.pkt'" }));
  test('a syntax error has its place', () =>
    check(
      'run x.pkt',
      { status: 2, err: /^x\.pkt:1:\d+: error: .*\[SS50\d\d\]$/m },
      { files: { 'x.pkt': '0 socket(AF_INET = 3\n' } },
    ));
  test('a call that does not exist', () =>
    check(
      'run x.pkt',
      { status: 2, err: /^x\.pkt:1:\d+: error: .*\[SS5002\]$/m },
      { files: { 'x.pkt': '0 sockett(AF_INET, SOCK_STREAM, 0) = 3\n' } },
    ));
  test('a failed expectation', () =>
    check(
      'run x.pkt',
      { status: 1, err: /^x\.pkt:1:1: error: .*expected 3, actual -1 .*\[SS5006\]$/m },
      { files: { 'x.pkt': '0 socket(AF_INET, SOCK_STREAM, IPPROTO_UDP) = 3\n' } },
    ));
  test('a budget that is no number', () => check('run tcp-socket --budget many', { status: 2, err: "not 'many'" }));
});

describe('run --trace', () => {
  test('every statement with place, notes in both languages, and changes', async () => {
    const { out } = await check('run tcp-socket --trace --lang both', { status: 0, err: /^$/ });
    expect(out).toMatch(
      /^#\d+ {2}A\(\d+\) {2}0\.00 s {2}inet_create {2}net\/ipv4\/af_inet\.c:\d+ {2}sock->ops = &inet_stream_ops;$/m,
    );
    expect(out).toMatch(/\| 系统调用将走的函数表 \/ What the system calls will call$/m);
    expect(out).toMatch(/^ +sk->state: 0 → 7 \(TCP_CLOSE\)$/m);
    expect(out).toMatch(/^ {2}<< inet_create = 0$/m);
    expect(out).toMatch(/^== 0\.00 s {2}A: socket\(AF_INET, SOCK_STREAM, IPPROTO_TCP\)$/m);
  });

  test('as JSON, one object a line', async () => {
    const trace = await traceOf('tcp-socket');
    const state = trace.find((each) => each.function === 'sock_init_data' && each.text === 'sk->state = TCP_CLOSE;');
    expect(state).toMatchObject({
      file: 'net/core/sock.c',
      changes: [{ path: 'sk->state', from: '0', to: '7 (TCP_CLOSE)' }],
      note: { en: expect.any(String), zh: expect.any(String) },
    });
    expect(trace.filter((each) => each.event === 'return' && each.function === 'inet_create')).toMatchObject([
      { value: 0 },
    ]);
    expect(trace.filter((each) => each.event === 'return' && each.function === 'tcp_v4_init_sock')).toMatchObject([
      { value: 0 },
    ]);
    expect(trace.find((each) => each.event === 'return' && each.function === 'sk_alloc')).toMatchObject({
      value: expect.any(Number),
      shown: expect.stringMatching(/^0x(?!0+$)/),
    });
    const numbers = trace.flatMap((each) => each.statement ?? []);
    expect(numbers).toEqual(numbers.map((_, index) => itemAt(numbers, 0) + index));
  });

  test('changes of state are events too', async () => {
    const states = (await traceOf('tcp-socket')).filter(({ event }) => event === 'state');
    expect(states).toContainEqual(expect.objectContaining({ path: 'sk->state', to: '7 (TCP_CLOSE)' }));
  });

  test('a lost SYN is repeated after 3, 6 and 12 seconds of virtual time', async () => {
    const { out } = await check('run syn-lost', { status: 0 });
    const times = [...out.matchAll(/\*\* (\d+\.\d\d) s {2}packet out .* \[S\]/g)].map(([, time]) => Number(time));
    expect(times.slice(1).map((time, index) => Math.round(time - itemAt(times, index)))).toEqual(
      [3, 6, 12].slice(0, times.length - 1),
    );
    expect(times.length).toBeGreaterThan(2);
  });

  test('the same run twice prints the same bytes', async () => {
    const [one, two] = [
      await check('run udp-socket --trace', { status: 0 }),
      await check('run udp-socket --trace', { status: 0 }),
    ];
    expect(one.out).toBe(two.out);
  });

  test('an error path returns its error', async () => {
    const trace = await traceOf('stream-wrong-protocol');
    expect(trace.find((each) => each.event === 'return' && each.function === 'inet_create')?.value).toBe(-93);
  });

  test('a reader that goes away ends the run', async () => {
    const { out } = await check('run tcp-socket --trace', { status: 0 }, { readerLines: 20 });
    expect(out.split('\n').length).toBeLessThan(60);
  });
});

describe('statements of each call', () => {
  test('as a table', () =>
    check('run handshake --counts', {
      status: 0,
      out: /^statements +without lib\/ +functions +call\n +\d+ +\d+ +\d+ +A: socket\(/,
    }));
  test('as JSON, one object a line', async () => {
    const { out } = await check('run handshake --counts --json', { status: 0 });
    const calls = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { call: string; statements: number; functions: { function: string }[] });
    expect(
      given(
        calls.find(({ call }) => call.startsWith('connect')),
        'such item',
      ).functions.map((each) => each.function),
    ).toContain('tcp_v4_connect');
  });
  test('a scenario that is not there', () => check('run handshak --counts', { status: 2, err: 'SS5004' }));
});
