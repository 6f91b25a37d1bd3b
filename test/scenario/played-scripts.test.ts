/**
 * Scripts played on the bundled kernel: how exactly times are kept, what a failure tells, where a run stands when it is
 * over, and what goes on after the run was changed from outside.
 */
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { PktRunner } from '../../src/scenario/pkt-runner';
import { bootKernel } from '../../src/scenario/boot-kernel';
import { playing, prepareScenario } from '../../src/scenario/prepared-scenario';
import { runWorkload, statementsFor } from '../../src/scenario/run-workload';
import { SourceFile } from '../../src/source/source-file';
import { english } from '../sentences/english';
import { bundledKernel, runText } from './bundled-kernel';

/** Expects that a script fails with this, `line: expected | actual`, or that it passes. */
async function check(text: string, ...failures: string[]): Promise<void> {
  const { workload, stop } = await runText(text);
  const told = workload.failures.map(({ line, expected, actual, returned, refused }) =>
    [`${line}: ${english(expected)}`, english(actual), ...(refused ? ['refused'] : []), returned]
      .filter((each) => each !== undefined)
      .join(' | '),
  );
  expect(told).toEqual(failures);
  expect(stop.kind).toBe('end');
}

const WAITS =
  '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, {1, 0}, 8) = 0\n';
const recv = (time: string, more = ''): string => `${WAITS}${time} recv(3, ..., 9, 0) = -1 EAGAIN\n${more}`;

describe('a call that sleeps for a second', () => {
  test.each([
    ['+0...1'],
    ['0...1'],
    ['0.5...1.5'],
    ['+.5...+1.5'],
    ['+0...*'],
    ['+0...0.89'],
    ['+0...1.14'],
    ['+0...0.88', '4: the call returns after 0.880 s | it still sleeps'],
    ['+0...1.15', '4: the call returns after 1.150 s | it returned after 1.000 s'],
    ['+0', '4: the call returns after 0.000 s | it returned after 1.000 s'],
    ['.5', '4: the call returns after 0.000 s | it returned after 1.000 s'],
  ])('%s', (time, ...failures) => check(recv(time), ...failures));
  test('with another tolerance', async () => {
    await check(`--tolerance_percent=50\n${recv('+0...0.7')}`);
    await check(`--tolerance_usecs=300000\n${recv('+0...0.7')}`);
    await check(
      `--tolerance_usecs=299999\n${recv('+0...0.7')}`,
      '5: the call returns after 0.700 s | it returned after 1.000 s',
    );
    await check(`--tolerance_percent=0\n${recv('+0...0.99')}`);
    await check(`--tolerance_percent=0\n${recv('+0...0.98')}`, '5: the call returns after 0.980 s | it still sleeps');
  });
  test('while the script goes on', async () => {
    await check(recv('+0...1', '2 close(3) = 0\n'));
    await check(recv('+0...1', '+1 close(3) = 0\n'));
    await check(
      recv('+0...1', '+.5 close(3) = 0\n'),
      '5: process A makes this call | it is still in recv(3, ..., 9, 0)',
    );
    await check(recv('+0...0.5', '+3 close(3) = 0\n'), '4: the call returns after 0.500 s | it still sleeps');
  });
  test('and is still asleep when the script ends', async () => {
    const blocked = recv('+0...*').replace('-1 EAGAIN', 'blocked');
    await check(blocked);
    expect((await runText(blocked)).workload.position).toEqual({ line: 4, text: 'recv(3, ..., 9, 0) = blocked' });
    await check(
      `${blocked}+2 close(9) = -1 EBADF\n`,
      '4: the call still sleeps when the script ends | it returned -1 EAGAIN',
    );
  });
});

describe('a packet that comes three seconds after the one before, and one six later', () => {
  const connecting =
    '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 setsockopt(3, SOL_SOCKET, SO_SNDTIMEO, {30, 0}, 8) = 0\n+0...* connect(3, ..., ...) = ?\n+0 > S 0:0(0) <...>\n';
  const early = 'S 0:0(0) win 5840 <mss 1460,sackOK,TS val 1300 ecr 0,nop,wscale 0> at 3.000 s';
  test.each([
    [['+3', '+6']],
    [['3', '9']],
    [['*', '+6']],
    [['3', '*']],
    [['+2~+3', '+7']],
    [['+2.7', '9']],
    [['+3.4', '9']],
    [['+2.66', '+6'], '5: > S 0:0(0) <...> | no packet came'],
    [['+3.5', '+6'], `5: > S 0:0(0) <...> at 3.500 s | ${early}`],
    [['+1~+2', '+6'], '5: > S 0:0(0) <...> | no packet came'],
    [['+4~+5', '+6'], `5: > S 0:0(0) <...> at 4.000 s | ${early}`],
    [['+3', '+5'], '6: > S 0:0(0) <...> | no packet came'],
    [['+3', '10'], expect.stringMatching(/^6: > S 0:0\(0\) <\.\.\.> at 10\.000 s \| S .* at 9\.000 s$/)],
  ])('%j', ([first, second], ...failures) =>
    check(`${connecting}${first} > S 0:0(0) <...>\n${second} > S 0:0(0) <...>\n`, ...failures),
  );
});

describe('packets', () => {
  const accepted =
    '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 5) = 0\n+.1 < S 0:0(0) win 5840 <mss 1000>\n+0 > S. 0:0(0) ack 1 <...>\n+.1 < . 1:1(0) ack 1 win 5840\n+0 accept(3, ..., ...) = 4\n';
  const sending = `${accepted}+0 send(4, ..., 1500, 0) = 1500\n`;
  test('data in several segments, or in those that are written', async () => {
    await check(`${sending}+0 > P. 1:1501(1500) ack 1\n`);
    await check(`--strict_segments\n${sending}+0 > . 1:1001(1000) ack 1\n+0 > P. 1001:1501(500) ack 1\n`);
    await check(
      `--strict_segments\n${sending}+0 > P. 1:1501(1500) ack 1\n`,
      '10: > P. 1:1501(1500) ack 1 | . 1:1001(1000) ack 1 win 5840 (the length differs)',
    );
  });
  test('what is not as written, in the numbers of the script', () =>
    check(
      `${accepted}+0 close(4) = 0\n+0 > F. 2:2(0) ack 1\n`,
      '9: > F. 2:2(0) ack 1 | F. 1:1(0) ack 1 win 5840 (the sequence number differs)',
    ));
  test('the device is there for who sends without looking at packets, unless all stays on this machine', async () => {
    const sends = '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 sendto(3, ..., 9, 0, ..., ...) = 9\n';
    await check(sends);
    await check(`--remote_ip=127.0.0.1\n${sends}`);
    await check('0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 connect(3, ..., ...) = 0\n');
    await check(
      '0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 sendto(3, ..., 9, 0, {sin_addr = "192.0.2.1", sin_port = 5}, 16) = 9\n',
      '2: 9 | -1 ENETUNREACH | -101',
    );
  });
  test('go to sockets only, whatever other files there are', () =>
    check(
      '0 open_nonsocket() = 3\n+0 socket(AF_INET, SOCK_DGRAM, 0) = 4\n+0 bind(4, {sin_port = htons(5001)}, 16) = 0\n+0 open_nonsocket() = 5\n+0 < udp (3)\n+0 recv(4, ..., 9, MSG_DONTWAIT) = 3\n',
    ));
  test('on a device of other addresses, ports and size', async () => {
    const device =
      '--mtu=500\n--local_ip=10.0.0.1\n--remote_ip=10.0.0.2\n--netmask_ip=255.255.255.0\n--bind_port=9999\n--connect_port=77\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n';
    await check(
      `${device}+0 sendto(3, ..., 472, 0, ..., ...) = 472\n+0 > [saddr 10.0.0.1, daddr 10.0.0.2] udp 9999 > 77 (472)\n+0 sendto(3, ..., 9, 0, {sin_addr = "10.0.0.255", sin_port = 5}, 16) = -1 EACCES\n+0 sendto(3, ..., 9, 0, {sin_addr = "10.0.255.255", sin_port = 5}, 16) = 9\n`,
    );
    await check(
      `${device}+0 setsockopt(3, SOL_IP, IP_MTU_DISCOVER, [IP_PMTUDISC_DO], 4) = 0\n+0 sendto(3, ..., 473, 0, ..., ...) = -1 EMSGSIZE\n`,
    );
  });
});

describe('what a kernel lacks', () => {
  const ecn =
    'this kernel has no setting tcp_ecn: it leaves out explicit congestion notification, which a Linux tree has (--kernel DIR) | refused';
  test('settings of the header, told at their lines', () =>
    check(
      '//! title.en: x\n//! sysctl: tcp_ecn = 1\n//! sysctl: tcp_fack = 0\n0 close(3) = -1 EBADF\n',
      `2: net.ipv4.tcp_ecn = 1 | ${ecn}`,
    ));
  test('settings on the way', () =>
    check(
      '0 close(3) = -1 EBADF\n+0 `sysctl net.ipv4.tcp_ecn=0`\n+0 `sysctl net.ipv4.tcp_syn_retries=1 net.ipv4.tcp_ecn=1`\n+0 close(3) = 0\n',
      `3: net.ipv4.tcp_ecn = 1 | ${ecn}`,
    ));
  test('a setting that nobody can see is a note', async () => {
    const { machine } = await runText('0 `sysctl net.ipv4.inet_peer_threshold=7`\n+0 close(3) = -1 EBADF\n');
    const note = machine.journal.find(({ event }) => event === 'note');
    expect(note).toMatchObject({ setting: 'inet_peer_threshold' });
  });
  test('functions to be made to return', async () => {
    const told = 'nothing_here can be made to return 5 | this kernel has no such function';
    await check('//! title.en: x\n//! inject: return nothing_here 5\n0 close(3) = -1 EBADF\n', `2: ${told}`);
    await check('0 close(3) = -1 EBADF\n+0 inject return nothing_here 5\n+0 close(3) = 0\n', `2: ${told}`);
  });
});

describe('calls', () => {
  test('into which faults are injected', () =>
    check(
      '//! inject: return sys_listen 2 -5\n0 listen(3, 1) = -1 EBADF\n+0 listen(3, 1) = -1 EIO\n+0 listen(3, 1) = -1 EBADF\n+0 inject return sys_listen 7\n+0 listen(3, 1) = 7\n+0 inject alloc sock\n+0 socket(AF_INET, SOCK_STREAM, 0) = -1 ENOBUFS\n+0 socket(AF_INET, SOCK_STREAM, 0) = 3\n',
    ));
  test('descriptors have the names that the script gives them, in a child too', () =>
    check(
      '0 socket(AF_INET, SOCK_DGRAM, 0) = 7\n+0 bind(7, ..., ...) = 0\n+0 fcntl(7, F_DUPFD, 0) = 9\n+0 close(7) = 0\n+0 getsockname(9, {sin_port = htons(8080)}, ...) = 0\n+0 fork("B") = 0\nB: +0 getsockname(9, {sin_port = htons(8080)}, ...) = 0\nB: +0 socket(AF_INET, SOCK_DGRAM, 0) = 9\n+0 getsockname(9, {sin_port = htons(8080)}, ...) = 0\nB: +0 getsockname(9, {sin_port = 0}, ...) = 0\n',
    ));
  test('that are simulated', () =>
    check(
      '0 open_nonsocket() = 5\n+0 close(5) = 0\n+0 limit_fds(0) = 0\n+0 socket(AF_INET, SOCK_STREAM, 0) = -1 EMFILE\n+0 limit_fds(1) = 0\n+0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 limit_fds(NULL) = 0\n+0 socket(AF_INET, SOCK_STREAM, 0) = 4\n+0 kill("Z", 9) = -1 ESRCH\n+0 sleep(3) = -1 ENOSYS\n+0 sigaction(SIGUSR1, "ignore", 0) = 1\n+0 close(3) = 7\n',
      '11: 1 | 0 | 0',
    ));
  test.each([
    ['"handler", 0', '-1 EINTR'],
    ['"handler", SA_RESTART', 'blocked'],
    ['"ignore", 0', 'blocked'],
  ])('that a signal meets: %s', (action, result) =>
    check(
      `//! process: A, B\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 5) = 0\n+0 sigaction(SIGUSR1, ${action}) = 0\n+0...* accept(3, ..., ...) = ${result}\nB: +.1 kill("A", SIGUSR1) = 0\nB: +.1 close(3) = -1 EBADF\n`,
    ),
  );
  test('of a process that has ended', () =>
    check(
      '0 fork("B") = 0\nB: +0 kill("B", SIGKILL) = 0\nB: +0 close(3) = 0\n',
      '3: the call returns | SIGKILL ends its process',
    ));
});

describe('a script that is prepared', () => {
  const file = new SourceFile(
    'x.pkt',
    '0 socket(KIND, SOCK_STREAM, 0) = 3\n+0 > S 0:0(0) <wscale 3>\n+0 close(3) = 0 //! linux >=2.4.5: = 1\n',
  );
  const macros = new Map([['KIND', 'AF_INET']]);
  test('with definitions and rewrites; broken only by errors', () => {
    const prepared = prepareScenario(file, { macros, rewrites: [{ option: 'wscale', value: 0 }] });
    expect([prepared.isBroken, prepared.diagnostics, prepared.file]).toEqual([false, [], file]);
    expect(prepared.scenario.events[1]).toMatchObject({ packet: { options: [{ kind: 'wscale', value: 0 }] } });
    expect(prepareScenario(file, { macros }).scenario.events[1]).toMatchObject({ packet: { options: [{ value: 3 }] } });
    expect(prepareScenario(file)).toMatchObject({ isBroken: true, diagnostics: [{ code: 'SS5003' }] });
    const careful = prepareScenario(new SourceFile('x.pkt', '0 listen(3, 010) = 0\n'));
    expect([careful.isBroken, careful.diagnostics.length]).toEqual([false, 1]);
  });
  test('is played as a kernel of its version answers', async () => {
    const { image } = await bundledKernel();
    const scenarios: unknown[] = [];
    const expected = async (entries: object | undefined, version?: number): Promise<void> => {
      const make = playing(prepareScenario(file, { macros }), { image, entries: entries as never }, version);
      await bootKernel({ image }, (...args) => {
        const runner = make(...args);
        scenarios.push(runner.scenario.events.map((event) => event.kind === 'call' && event.expected).at(-1));
        return runner;
      });
    };
    await expected(undefined);
    await expected({ version: 0x20404 });
    await expected({ version: 0x20405 });
    await expected(undefined, 0x20405);
    expect(scenarios).toMatchObject([{ value: 0 }, { value: 0 }, { value: 1 }, { value: 1 }]);
  });
  test('may take four thousand statements an event, or more when it is short', () => {
    const { scenario } = prepareScenario(file, { macros });
    expect([statementsFor(scenario, 5), statementsFor(scenario, 12_000), statementsFor(scenario, 12_001)]).toEqual([
      12_000, 12_000, 12_001,
    ]);
  });
  test('runs as long as its budget lasts', async () => {
    const { image } = await bundledKernel();
    const { scenario } = prepareScenario(new SourceFile('x.pkt', '0 close(3) = -1 EBADF\n'));
    const make = playing({ scenario } as never, { image });
    const run = async (limits: object): Promise<string> => (await runWorkload(image, make, limits)).stop.kind;
    expect([await run({}), await run({ budget: 10 })]).toEqual(['end', 'slice']);
  });
});

test('a host that gives up ends a run between two slices', async () => {
  const { image } = await bundledKernel();
  const many = '+0 socket(AF_INET, SOCK_STREAM, 0) = ?\n'.repeat(1000);
  const make = playing(prepareScenario(new SourceFile('x.pkt', many)), { image });
  let breaths = 0;
  const run = async (isEnough: boolean) => {
    const { stop, machine } = await runWorkload(image, make, {
      breathe: () => {
        breaths++;
        return Promise.resolve(isEnough);
      },
    });
    return { kind: stop.kind, clock: machine.clock };
  };
  const given = await run(true);
  expect([given.kind, breaths]).toEqual(['slice', 1]);
  const whole = await run(false);
  expect([whole.kind, whole.clock > given.clock, breaths > 1]).toEqual(['end', true, true]);
});

test('what a runner has saved it is again', async () => {
  const { scenario } = parseScenario(new SourceFile('x.pkt', '0 close(3) = 0\n+0 close(4) = 0\n'));
  const saved: unknown[] = [];
  const { workload } = await runWorkload((await bundledKernel()).image, (kernel, host) => {
    const runner = new PktRunner(scenario, kernel, host);
    saved.push(runner.save());
    return runner;
  });
  expect([workload.position?.line, workload.failures.length]).toEqual([2, 1]);
  workload.restore(saved[0] as never);
  expect([workload.position?.line, workload.failures.length]).toEqual([1, 0]);
});

test('a failure ends the run where it is', async () => {
  const { workload } = await runText('0 close(3) = -1 EBADF\n+0 close(4) = 0\n+0 close(5) = 0\n');
  expect([workload.position, workload.done]).toEqual([{ line: 3, text: 'close(5) = 0' }, false]);
  const { workload: whole } = await runText('0 close(3) = -1 EBADF\n');
  expect([whole.position, whole.done]).toEqual([undefined, true]);
});

test('after a change from outside failures are told and the script goes on', async () => {
  const text =
    '0 close(3) = 0\n+0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0...* connect(3, ..., ...) = ?\n+0 > . 1:1(0)\n+2 > S 0:0(0) <...>\n+0 close(9) = 0\n';
  const { scenario } = parseScenario(new SourceFile('x.pkt', text));
  const { workload, machine } = await runWorkload((await bundledKernel()).image, (kernel, host) => {
    const runner = new PktRunner(scenario, kernel, host);
    runner.changed();
    return runner;
  });
  expect(workload.failures.map(({ line, actual }) => `${line}: ${english(actual)}`)).toEqual([
    '1: -1 EBADF',
    expect.stringMatching(/^4: S .* \(the flags differs\)$/),
    expect.stringMatching(/^6: it is still in connect/) as string,
  ]);
  expect(machine.journal.filter(({ event }) => event === 'expectation')).toHaveLength(3);
});
