import { describe, expect, test } from 'vitest';
import { MemoryLoader } from '../../src/source/file-loader';
import { check, sockscope } from './cli-fixture';

describe('usage', () => {
  test('no command', () =>
    check('', {
      status: 2,
      out: /^$/,
      err: /^sockscope:1:1: error: a command is missing \[SS9001\]\nUsage: sockscope COMMAND/,
    }));
  test('help', () => check('help', { status: 0, out: /^Usage: sockscope COMMAND/ }));
  test('help for a command', () => check('help reach', { status: 0, out: /^Usage: sockscope reach / }));
  test('an unknown command', () => check('fly', { status: 2, err: "there is no command 'fly'" }));
  test('an unknown option', () => check('list --wings', { status: 2, err: 'unknown option --wings' }));
  test('a missing argument', () => check('run', { status: 2, err: 'an argument is missing' }));
  test('one argument too many', () => check('run a b', { status: 2, err: "too many arguments: 'b'" }));
  test('a language there is not', () => check('list --lang fr', { status: 2, err: "--lang cannot be 'fr'" }));
  test('help of a command', () =>
    check('run --help', { status: 0, out: 'Usage: sockscope run SCENARIO|FILE.pkt [--trace]' }));
  test('version', () => check('--version', { status: 0, out: /^1\.2\.3\n$/ }));
  test('in Chinese by locale', () => check('fly', { status: 2, err: '没有命令“fly”' }, { locale: 'zh_CN.UTF-8' }));
});

describe('list', () => {
  test('a line each', () => check('list', { status: 0, out: /^tcp-socket +\S/m }));
  test('as JSON', async () => {
    const { out } = await check('list --json', { status: 0 });
    const scenarios = JSON.parse(out) as { name: string; title: { en: string; zh: string }; file: string }[];
    expect(scenarios.find(({ name }) => name === 'tcp-socket')).toMatchObject({
      file: 'media/scenarios/tcp-socket.pkt',
      title: { en: expect.any(String), zh: expect.stringMatching(/[\u4e00-\u9fff]/) },
    });
  });
});

describe('layout and functions', () => {
  test('a struct', () =>
    check('layout socket', {
      status: 0,
      out: /struct socket: 44 bytes, aligned to 4\n\s+0\s+4\s+state\s+socket_state/,
    }));
  test('as JSON', async () => {
    const { out } = await check('layout sock tcp_opt --json', { status: 0 });
    const [sock, tcp] = JSON.parse(out) as { name: string; size: number; align: number; fields: object[] }[];
    expect([sock?.name, sock?.size, tcp?.name, tcp?.size]).toEqual(['sock', 796, 'tcp_opt', 420]);
    expect(sock?.fields[0]).toEqual({ name: 'daddr', offset: 0, size: 4, type: '__u32' });
  });
  test('one that is not there', () => check('layout nothing', { status: 2, err: "no struct 'nothing'" }));
  test('functions with how they run', async () => {
    const { out } = await check('functions --json', { status: 0 });
    const functions = JSON.parse(out) as { name: string; kind: string; file: string; line: number }[];
    expect(functions.find(({ name }) => name === 'inet_create')).toMatchObject({
      kind: 'compiled',
      file: 'net/ipv4/af_inet.c',
      line: expect.any(Number),
    });
    expect(functions.find(({ name }) => name === 'kmalloc')).toMatchObject({ kind: 'service' });
    expect(functions.filter(({ kind }) => kind === 'missing' || kind === 'refused')).toEqual([]);
  });
});

describe('explain', () => {
  test('a field', () =>
    check('explain sock.state --lang both', {
      status: 0,
      out: /volatile unsigned char state;[\s\S]*32 \(0x20\)[\s\S]*状态机/,
    }));
  test('an error', () =>
    check('explain EADDRINUSE', { status: 0, out: /#define EADDRINUSE 98[\s\S]*Somebody else has this port/ }));
  test('a function', () =>
    check('explain inet_create', { status: 0, out: 'static int inet_create(struct socket *sock, int protocol)' }));
  test('a point of the notes', () => check('explain P52', { status: 0, out: '1 to 1023' }));
  test('a path of members, from a variable too: what a table holds', async () => {
    await check('explain sk->state', { status: 0, out: 'struct sock' });
    await check('explain tcp_prot.accept', {
      status: 0,
      out: /holds from the beginning: tcp_accept[\s\S]*tcp_accept\(/,
    });
  });
  test('a term, in Chinese or with a blank', async () => {
    await check('explain 三次握手 --lang zh', { status: 0, out: '三次握手' });
    await check('explain TERM', { status: 0, out: 'accept' }, { words: { TERM: 'accept queue' } });
  });
  test('a line of a file in a tree, which is found around it', async () => {
    const files = { '/t/net/ipv4/af_inet.c': '', '/t/include/net/sock.h': '', '/else/af_inet.c': '' };
    const trees = {
      '/t': new MemoryLoader(
        Object.entries({
          Makefile: 'VERSION = 2\nPATCHLEVEL = 4\nSUBLEVEL = 0\n',
          'include/net/sock.h': 'struct sock { int own; };\n',
          'net/ipv4/af_inet.c': '#include <net/sock.h>\nint of_this_tree(struct sock *sk)\n{\n\treturn sk->own;\n}\n',
        }),
      ),
    };
    const found = await sockscope('explain /t/net/ipv4/af_inet.c:4', { files, trees });
    expect(found.err).toContain('explained from the tree /t');
    expect(found.out).toContain('of_this_tree');
    await check(
      'explain /else/af_inet.c:4',
      { status: 2, err: "'/else/af_inet.c' lies in no Linux tree (name the tree" },
      { files },
    );
    await check('explain /none/af_inet.c:4', { status: 2, err: '/none/af_inet.c' });
  });
  test('a name of later kernels is explained as what 2.4 has', async () => {
    await check('explain request_sock', { status: 0, out: 'in 2.4 it is open_request:' });
    await check('explain sk_state --lang zh', { status: 0, out: '在 2.4 里是 sock.state：' });
    const [found] = JSON.parse((await sockscope('explain inet_csk_accept --json')).out) as { in24?: string }[];
    expect(found?.in24).toBe('tcp_accept');
    await check('reach inet_csk_accept', { status: 2, err: 'did you mean tcp_accept?' });
  });
  test('something misspelt', () => check('explain tcp_acept', { status: 2, err: 'did you mean tcp_accept?' }));
  test('something unknown', () => check('explain nothing', { status: 2, err: "nothing is known about 'nothing'" }));
});

describe('annotations', () => {
  test('the bundled ones are in order', () =>
    check('annotations', { status: 0, out: /\d+ entries; .* 0 orphans; 0 stale pairs/, err: /^$/ }));
  test('stamps are renewed on disk', async () => {
    const { written } = await check(
      'annotations --stamp p.yaml',
      { status: 0, out: '1 packs, 1 changed' },
      { files: { 'p.yaml': 'entries:\n- errno: EIO\n  en: x\n  zh: y\n' } },
    );
    expect(written['p.yaml']).toMatch(/^ {2}pair: "[0-9a-f]{8}:[0-9a-f]{8}"$/m);
  });
});

describe('cc', () => {
  const run = (text: string, expected: Parameters<typeof check>[1]) =>
    check('cc a.c -DN=41', expected, { files: { 'a.c': text } });
  test("output and exit status are the program's", () =>
    run('#include <stdio.h>\nint main(void) { printf("%d\\n", N + 1); return 3; }', { status: 3, out: /^42\n$/ }));
  test('a program with an error is not run as if it were right', () =>
    run('int main(void) { return x; }', { status: 2, err: /^a\.c:1:25: error: / }));
  test('a fault is status 1', () => run('int main(void) { int *p = 0; return *p; }', { status: 1, err: "'*p'" }));
});
