/** What happened, in words: one line for each kind of entry, in both languages. */
import { sameText } from '../../src/base/bilingual';
import { expect, test } from 'vitest';
import type { Happening, Microseconds } from '../../src/machine/journal-entry';
import { entryText, resultText } from '../../src/session/journal-text';

const uptime = 10_000_000 as Microseconds;
const call = { pid: 1, process: 'A', entry: 'sys_socketcall', uptime };

function check(happening: Happening, en: string, zh = en): void {
  const entry = { ...happening, clock: 1, thread: 1 };
  expect(entryText(entry, (value) => (value === -22 ? '-22 (-EINVAL)' : String(value)))).toEqual({ en, zh });
}

test('a call, and its return with the name of the error', () => {
  check({ event: 'call', ...call, text: 'bind(3, ..., 16)' }, 'A: bind(3, ..., 16)');
  check({ event: 'return', ...call, text: 'bind(3, ..., 16)', value: -22 }, 'A: bind(3, ..., 16) = -22 (-EINVAL)');
  check(
    { event: 'restart', pid: 1, process: 'A', text: 'accept(3)' },
    'A: accept(3) begins again after a signal',
    'A：信号处理之后重新开始 accept(3)',
  );
});

test('processes: new, switched to, asleep, ended by a signal', () => {
  check({ event: 'fork', pid: 1, child: 2, process: 'B' }, 'new process B (pid 2)', '新进程 B（pid 2）');
  check(
    { event: 'switch', from: 1, to: 2, process: 'B', because: 'woken' },
    'switch to process B (pid 2): it was woken',
    '切换到进程 B（pid 2）：它被唤醒',
  );
  check({ event: 'sleep', pid: 1, process: 'A', state: 1 }, 'A goes to sleep', 'A 进入睡眠');
  check({ event: 'exit', pid: 1, process: 'A', signal: 13 }, 'A is ended by signal 13', 'A 被信号 13 终止');
});

test('a packet by its bytes, a long one by its length', () => {
  const bytes = new Uint8Array([0x45, 0, 0, 20, 0, 0, 0, 0, 64, 99, 0, 0, 127, 0, 0, 1, 127, 0, 0, 2]);
  check(
    { event: 'packet', direction: 'in', device: 'lo', packet: 1, bytes, uptime },
    '127.0.0.1 > 127.0.0.2 proto 99, len 0',
  );
  check(
    { event: 'packet', direction: 'out', device: 'wire', packet: 1, bytes: new Uint8Array(4), length: 900, uptime },
    '900 bytes',
  );
});

test('states, messages, faults and what was injected', () => {
  check(
    { event: 'state', sock: 0xc0200000, from: 'TCP_CLOSE', to: 'TCP_LISTEN', uptime },
    'sk->state: TCP_CLOSE → TCP_LISTEN',
  );
  check({ event: 'printk', level: 4, text: 'NET: hello\n' }, 'NET: hello');
  check(
    { event: 'allocation-failed', cache: 'sock', size: 928 },
    'allocation fails: sock (928 bytes)',
    '分配失败：sock（928 字节）',
  );
  check(
    { event: 'inject', function: 'get_unused_fd', value: -22 },
    'injected fault: get_unused_fd returns -22 (-EINVAL) at once',
    '注入的故障：get_unused_fd 立即返回 -22 (-EINVAL)',
  );
  check(
    {
      event: 'fault',
      fault: { kind: 'null-dereference', message: sameText('x'), address: 4, expression: 'sk->state' },
    },
    'null pointer dereference: sk->state (0x00000004)',
    '空指针解引用: sk->state (0x00000004)',
  );
});

test('an expectation that failed, with its place', () => {
  check(
    { event: 'expectation', path: 'x.pkt', line: 3, text: 'listen(3, 1) = 0', expected: '0', actual: '-22' },
    'x.pkt:3: listen(3, 1) = 0: expected 0, actual -22',
    'x.pkt:3: listen(3, 1) = 0：预期 0，实际 -22',
  );
  check({ event: 'log', text: 'num is 7' }, 'num is 7');
});

test('results are spelled with the names that the program gives to error numbers', () => {
  const asked: string[] = [];
  const own: Readonly<Record<string, number>> = { EPERM: 1, EINVAL: 122, ERESTARTSYS: 512 };
  const spell = resultText((name) => {
    asked.push(name);
    return own[name];
  });
  expect(asked).toEqual([]);
  expect([-1, -122, -512, -22, 1, 122, 0, -4000].map(spell)).toEqual([
    '-1 (-EPERM)',
    '-122 (-EINVAL)',
    '-512 (-ERESTARTSYS)',
    '-22',
    '1',
    '122',
    '0',
    '-4000',
  ]);
  expect(new Set(asked).size).toBe(asked.length);
});

test('an expectation without a file', () =>
  check(
    { event: 'expectation', line: 0, text: 'x', expected: '0', actual: '1' },
    'x: expected 0, actual 1',
    'x：预期 0，实际 1',
  ));

test('a sleeper that is woken: by whom, and where', () => {
  const place = { function: 'sock_def_readable', file: 'net/core/sock.c', line: 75, statement: 9 };
  check(
    { event: 'wake-up', pid: 1, process: 'A', by: 2, byProcess: 'B', queue: 0xc0201000, place, uptime },
    'A is woken by B (sock_def_readable, net/core/sock.c:75)',
    'A 被 B 唤醒（sock_def_readable，net/core/sock.c:75）',
  );
  check(
    { event: 'wake-up', pid: 1, process: 'A', by: 0, byProcess: 'swapper', uptime },
    'A is woken by an interrupt',
    'A 被中断唤醒',
  );
});

test('a packet that is thrown away: where, and what is counted', () => {
  const bytes = new Uint8Array([0x45, 0, 0, 20, 0, 0, 0, 0, 64, 99, 0, 0, 127, 0, 0, 1, 127, 0, 0, 2]);
  const place = { function: 'tcp_v4_do_rcv', file: 'net/ipv4/tcp_ipv4.c', line: 1587, statement: 9 };
  const counters = ['ListenOverflows', 'ListenDrops'];
  check(
    { event: 'drop', packet: 7, reason: { kind: 'freed', counters, label: 'discard' }, place, bytes, uptime },
    'packet 7 is dropped in tcp_v4_do_rcv (net/ipv4/tcp_ipv4.c:1587, discard:), counted as ListenOverflows, ListenDrops: 127.0.0.1 > 127.0.0.2 proto 99, len 0',
    '报文 7 在 tcp_v4_do_rcv（net/ipv4/tcp_ipv4.c:1587，discard:）被丢弃，计入 ListenOverflows、ListenDrops：127.0.0.1 > 127.0.0.2 proto 99, len 0',
  );
  check(
    { event: 'drop', packet: 1, reason: { kind: 'lost' }, bytes, uptime },
    'packet 1 was lost by the script: it is sent again: 127.0.0.1 > 127.0.0.2 proto 99, len 0',
    '报文 1 被脚本丢失，现在重传：127.0.0.1 > 127.0.0.2 proto 99, len 0',
  );
  check(
    { event: 'drop', packet: 2, reason: { kind: 'ordered' }, bytes, uptime },
    'packet 2 is lost here, as ordered: 127.0.0.1 > 127.0.0.2 proto 99, len 0',
    '按吩咐，报文 2 在此丢失：127.0.0.1 > 127.0.0.2 proto 99, len 0',
  );
  check(
    { event: 'drop', reason: { kind: 'freed', counters: [] }, bytes, uptime },
    'packet is dropped: 127.0.0.1 > 127.0.0.2 proto 99, len 0',
    '报文 被丢弃：127.0.0.1 > 127.0.0.2 proto 99, len 0',
  );
});
