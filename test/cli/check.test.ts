/**
 * `sockscope check` on scripts: what passes, fails, is refused; folders, rewrites, figures. Oracle cases have tests of
 * their own.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { check } from './cli-fixture';

const good = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n';
const bad = '0 close(3) = 0\n';
const unreadable = '0 sing(3) = 0\n';
const needsMore = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n`sysctl -q net.ipv4.ip_forward=1`\n';
const scaled = `0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 5) = 0
+0 < S 0:0(0) win 20000 <mss 1000,nop,wscale 7>
+0 > S. 0:0(0) ack 1 <mss 1460,nop,wscale 8>
`;
const files = {
  'good.pkt': good,
  'bad.pkt': bad,
  'd/a.pkt': good,
  'd/b.pkt': bad,
  'd/c.pkt': unreadable,
  'needs.pkt': needsMore,
  'scaled.pkt': scaled,
  'fails.pkt': `// Failure: errno 9\n${bad}`,
  'fails-not.pkt': `// Failure: errno 9\n${good}`,
};

describe('scripts', () => {
  test('one that passes', () => check('check good.pkt', { status: 0, out: /^1 passed, 0 failed\n$/ }, { files }));
  test('one that fails', () =>
    check(
      'check bad.pkt',
      { status: 1, out: 'bad.pkt: line 1: close(3) = 0: expected 0, actual -1 EBADF\n0 passed, 1 failed\n' },
      { files },
    ));
  test('a folder of them, one of which cannot be read', () =>
    check(
      'check d',
      {
        status: 1,
        out: /^d\/b\.pkt: line 1: .*\nd\/c\.pkt: refused: .*unknown call sing.*\[SS5002\]\n1 passed, 1 failed, 1 refused\n$/,
      },
      { files },
    ));
  test('no more statements than it may', () =>
    check(
      'check good.pkt --budget 100',
      { status: 1, out: 'expected the kernel goes on, actual no end after 100 statements\n0 passed, 1 failed' },
      { files },
    ));
  test('a budget that is no number', () => check('check good.pkt --budget 1e9', { status: 2, err: '1e9' }, { files }));
  test('several words', () => check('check good.pkt d/a.pkt', { status: 0, out: '2 passed, 0 failed' }, { files }));
  test('a setting that the kernel lacks', () =>
    check(
      'check needs.pkt',
      {
        status: 1,
        out: /^needs\.pkt: refused: .*this kernel has no setting ip_forward: it leaves out forwarding, which a Linux tree has \(--kernel DIR\)\n0 passed, 0 failed, 1 refused\n$/,
      },
      { files },
    ));
  test('one that fails where it says so', () =>
    check('check fails.pkt', { status: 0, out: '1 passed, 0 failed' }, { files }));
  test('one that does not fail though it says so', () =>
    check('check fails-not.pkt', { status: 1, out: 'everything was as the script says' }, { files }));
  test('a file that is not there', () =>
    check('check nothing.pkt', { status: 2, err: "there is no file 'nothing.pkt'" }, { files }));
  test('as JSON, with the statements of each call', async () => {
    const { out } = await check('check good.pkt --json', { status: 0 }, { files });
    const [result] = JSON.parse(out) as {
      id: string;
      passed: boolean;
      calls: { call: string; statements: number; result: number }[];
    }[];
    expect({
      ...result,
      calls: given(result, 'result').calls.map(({ call, result: value }) => `${call.split('(')[0]} ${value}`),
    }).toEqual({ id: 'good.pkt', passed: true, calls: ['socket 3', 'close 0'] });
    expect(itemAt(given(result, 'result').calls, 0).statements).toBeGreaterThan(100);
  });
});

describe('what has no effect, or is refused', () => {
  const socket = '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n';
  const scripts = {
    'misspelt.pkt': `//! sysctl: tcp_fin_timeut = 5\n${socket}`,
    'lacking.pkt': `//! sysctl: tcp_app_win = 5\n${socket}`,
    'recycle.pkt': `//! sysctl: tcp_tw_recycle = 1\n${socket}`,
    'oob.pkt': `${socket}+0 send(3, "a", 1, MSG_OOB) = 1\n`,
    'later.pkt': `${socket}+0 sendto(3, ..., 5, MSG_FASTOPEN, ..., ...) = 5\n`,
    'empty.pkt': '// nothing yet\n',
  };
  const one = (line: string, expected: Parameters<typeof check>[1]): ReturnType<typeof check> =>
    check(`check ${line}`, expected, { files: scripts });
  test('a setting that is misspelt', () =>
    one('misspelt.pkt', {
      status: 0,
      out: /^1 passed, 0 failed\n$/,
      err: /^misspelt\.pkt:1:1: warning: Linux 2\.4 has no setting tcp_fin_timeut: .*did you mean tcp_fin_timeout\?/,
    }));
  test('a setting of Linux 2.4 that nobody can see here', () =>
    one('lacking.pkt', { status: 0, err: 'warning: this kernel has no setting tcp_app_win' }));
  test('as JSON', async () => {
    const { out } = await one('misspelt.pkt --json', { status: 0 });
    expect(JSON.parse(out)).toMatchObject([{ passed: true, warnings: [expect.stringContaining('tcp_fin_timeut')] }]);
  });
  test('a setting that changes what can be seen', () =>
    one('recycle.pkt', {
      status: 1,
      out: 'this kernel has no setting tcp_tw_recycle: it leaves out fast recycling of TIME_WAIT, which a Linux tree has',
    }));
  test('urgent data', () =>
    one('oob.pkt', {
      status: 1,
      out: /refused: line 2: .*it leaves out urgent data.*\n0 passed, 0 failed, 1 refused/,
    }));
  test('in Chinese', () => one('oob.pkt --lang zh', { status: 1, out: '没有实现紧急数据' }));
  test('a name of later kernels', () =>
    one('later.pkt', {
      status: 1,
      out: /refused: later\.pkt:2:22: error: MSG_FASTOPEN belongs to TCP Fast Open.*\[SS5009\]/,
    }));
  test('the same in Chinese', () =>
    one('later.pkt --lang zh', { status: 1, out: 'MSG_FASTOPEN 属于TCP Fast Open，Linux 2.4 没有此功能' }));
  test('a script without an event', () =>
    one('empty.pkt', { status: 1, out: /no event: there is nothing to check.*\n0 passed, 0 failed, 1 refused/ }));
});

describe('rewriting', () => {
  test('the window scale as written', () =>
    check('check scaled.pkt', { status: 1, out: 'the options differs' }, { files }));
  test('another window scale', () =>
    check('check scaled.pkt --rewrite wscale=0', { status: 0, out: '1 passed' }, { files }));
  test('any options', () => check('check scaled.pkt --rewrite wscale=any', { status: 0, out: '1 passed' }, { files }));
  test('for run too', () => check('run scaled.pkt --rewrite wscale=0', { status: 0 }, { files }));
  test('no such rule', () => check('check scaled.pkt --rewrite mss=1', { status: 2, err: "not 'mss=1'" }, { files }));
});
