/** Settings of scripts in a kernel's variables, what is told of those that it lacks, and what needs urgent data. */
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/pkt-parser';
import { missingNeed } from '../../src/scenario/runner-needs';
import { makeSettings } from '../../src/scenario/runner-settings';
import { setSysctl } from '../../src/scenario/sysctl';
import { SourceFile } from '../../src/source/source-file';
import { FakeHost } from '../kernel/fake-host';
import { inEnglish } from '../sentences/english';

const AT = 0x1100;

/** A kernel that has these variables, one after the other, and field `no_pmtu_disc` 8 bytes into ipv4_config. */
class Host extends FakeHost {
  constructor(...names: string[]) {
    super({}, Object.fromEntries(names.map((name, index) => [name, AT + 16 * index])));
  }
  override fieldOffset(struct?: string, field?: string): number | undefined {
    return struct === 'ipv4_config' && field === 'no_pmtu_disc' ? 8 : undefined;
  }
}

describe('a setting', () => {
  /** The words of the first variable after a setting. */
  const after = (variable: string, name: string, ...values: number[]): unknown => {
    const host = new Host(variable);
    const made = setSysctl(host, name, values);
    return made ? [0, 1, 2, 3].map((index) => host.memory.i32(AT + 4 * index)) : made;
  };
  test.each<[string, string, number[], unknown]>([
    ['sysctl_tcp_syn_retries', 'tcp_syn_retries', [3], [3, 0, 0, 0]],
    ['sysctl_tcp_fin_timeout', 'tcp_fin_timeout', [3], [300, 0, 0, 0]],
    ['sysctl_tcp_rmem', 'tcp_rmem', [1, 2, 3, 4], [1, 2, 3, 0]],
    ['sysctl_local_port_range', 'ip_local_port_range', [1, 2], [1, 2, 0, 0]],
    ['sysctl_icmp_ratemask', 'icmp_ratemask', [-1], [-1, 0, 0, 0]],
    ['ipv4_config', 'ip_no_pmtu_disc', [1], [0, 0, 1, 0]],
    ['netdev_max_backlog', 'netdev_max_backlog', [9], [9, 0, 0, 0]],
    ['no_cong', 'no_cong_thresh', [9], [9, 0, 0, 0]],
    ['ipv4_config', 'ip_autoconfig', [1], false],
    ['sysctl_tcp_syn_retries', 'tcp_synack_retries', [1], false],
    ['sysctl_ip_forward', 'ip_forward', [1], false],
    ['sysctl_nothing', 'nothing', [1], false],
  ])('%s', (variable, name, values, words) => expect(after(variable, name, ...values)).toEqual(words));

  test('that this kernel lacks is refused where something could be seen of it', () => {
    const host = new Host('sysctl_tcp_sack');
    const refused = makeSettings(host, [
      { name: 'tcp_sack', values: [1] },
      { name: 'tcp_ecn', values: [0] },
      { name: 'tcp_ecn', values: [0, 2] },
      { name: 'igmp_max_msf', values: [1] },
      { name: 'of_later_kernels', values: [1] },
    ]);
    expect(inEnglish(refused)).toEqual([
      {
        text: 'net.ipv4.tcp_ecn=0 2',
        difference: {
          expected: 'net.ipv4.tcp_ecn = 0 2',
          actual:
            'this kernel has no setting tcp_ecn: it leaves out explicit congestion notification, which a Linux tree has (--kernel DIR)',
        },
      },
    ]);
    expect(inEnglish(host.entries)).toEqual([
      { event: 'note', text: 'this kernel has no setting igmp_max_msf', setting: 'igmp_max_msf' },
      { event: 'note', text: 'this kernel has no setting of_later_kernels', setting: 'of_later_kernels' },
    ]);
    expect(host.memory.i32(AT)).toBe(1);
  });
  test('that a Linux tree lacks', () =>
    expect(inEnglish(makeSettings(new Host('sysctl_tcp_ecn'), [{ name: 'tcp_frto', values: [1] }]))).toMatchObject([
      {
        difference: {
          actual: 'this kernel has no setting tcp_frto: it leaves out forward retransmission timeout recovery',
        },
      },
    ]));
});

describe('urgent data', () => {
  const needed = (event: string, ...variables: string[]): unknown => {
    const { scenario } = parseScenario(new SourceFile('x.pkt', `0 close(3) = 0\n+0 ${event}\n`));
    const missing = missingNeed(new Host(...variables), scenario);
    return missing && [missing.event.line, missing.event.text === event, inEnglish(missing.actual)];
  };
  test.each([
    '> U. 1:1(0) ack 1',
    '> . 1:1(0) ack 1 urg 1',
    '< U. 1:1(0) ack 1 win 1',
    '< U 1:2(1) win 1',
    'send(3, ..., 1, MSG_OOB) = 1',
    'sendto(3, ..., 1, MSG_OOB|MSG_DONTWAIT, ..., ...) = ?',
    'recv(3, ..., 1, MSG_OOB) = 1',
    'recvfrom(3, ..., 1, MSG_OOB, ..., ...) = 1',
    'ioctl(3, SIOCATMARK, [1]) = 0',
  ])('%s', (event) => {
    const actual = 'it leaves out urgent data, which a Linux tree has (--kernel DIR)';
    expect(needed(event)).toEqual([2, true, actual]);
    expect(needed(event, 'sysctl_tcp_stdurg')).toBeUndefined();
  });
  test.each([
    '> . 1:1(0) ack 1 urg 0',
    '< U 1:1(0) win 1',
    '< SU 1:2(1) win 1',
    '< . 1:2(1) ack 1 win 1 urg 3',
    '< udp (3)',
    'send(3, ..., 1, MSG_DONTWAIT) = 1',
    'send(3, ..., 1, MSG_OOB) = -1 EINVAL',
    'recv(3, ..., 1, MSG_OOB) = ?',
    'recv(3, ..., 1, 0) = 1',
    'recv(3, ..., 1, ...) = 1',
    'listen(3, 1, 1, MSG_OOB) = 0',
    'ioctl(3, SIOCATMARK, [1]) = ?',
    'ioctl(3, SIOCINQ, [1]) = 0',
    'fcntl(3, SIOCATMARK) = 0',
    '`sysctl net.ipv4.tcp_sack=1`',
  ])('not for %s', (event) => expect(needed(event)).toBeUndefined());
});
