/** `who` and `ask` on the command line: rows, JSON, both languages, what is refused. */
import { itemAt, lastOf } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { sockscope } from './cli-fixture';

/** The words of a command line, which may have blanks in them. */
async function run(...given: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const words = Object.fromEntries(given.map((word, index) => [`w${index}`, word]));
  const { status, out, err } = await sockscope(Object.keys(words).join(' '), { words });
  return { status, stdout: out, stderr: err };
}

test('who tells the statement that wrote a global last, and all of its changes', async () => {
  const { status, stdout } = await run('who', 'handshake', 'tcp_port_rover');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\d+ {2}\S+ \(\d+\) {2}\w+ {2}net\/ipv4\/\S+\.c:\d+ {2}tcp_port_rover: \d+ → \d+\n$/);
  const all = await run('who', 'handshake', 'tcp_port_rover', '--all', '--json');
  const rows = all.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { clock: number; by: string });
  expect(lastOf(rows).clock).toBe(Number(stdout.split(' ')[0]));
  expect(rows.every(({ by }) => by === 'statement')).toBe(true);
});

test('who looks from a place or a clock, at what is there', async () => {
  const at = await run('who', 'handshake', 'sk->state', '--at', 'tcp_rcv_state_process', '--json');
  expect(at.status).toBe(0);
  const { kind, row } = JSON.parse(at.stdout) as { kind: string; row: { clock: number; members: { name: string }[] } };
  expect([kind, itemAt(row.members, 0).name]).toEqual(['change', 'sk->state']);
  const parameter = await run('who', 'handshake', 'protocol', '--at', 'inet_create');
  expect(parameter.stdout).toContain('protocol is as it was when inet_create (');
  const chinese = await run('who', 'handshake', 'protocol', '--at', 'inet_create', '--lang', 'zh');
  expect(chinese.stdout).toContain('被调用以来没有变过');
});

test('who refuses what is no place, no moment and nothing in memory', async () => {
  const nothing = await run('who', 'handshake', '1 + 1');
  expect([nothing.status, nothing.stderr.includes('nothing in memory')]).toEqual([2, true]);
  const atTheEnd = await run('who', 'handshake', 'sk->state');
  expect([atTheEnd.status, atTheEnd.stderr]).toEqual([2, expect.stringContaining('say with --at FUNCTION')]);
  const nowhere = await run('who', 'handshake', 'jiffies', '--at', 'nowhere');
  expect([nowhere.status, nowhere.stderr.includes("'nowhere' is no place")]).toEqual([2, true]);
  const late = await run('who', 'handshake', 'jiffies', '--at', '999999999');
  expect([late.status, late.stderr.includes('it ends at')]).toEqual([2, true]);
  expect((await run('who', 'no-such-scenario', 'jiffies')).status).toBe(2);
});

test('ask prints a row for each answer', async () => {
  const { status, stdout } = await run('ask', 'handshake', 'packets where syn && !ack');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\d+ {2}\S+ \(\d+\) {2}\w+ (?:in|out): [\d.:]+ > [\d.:]+ \[S\]/);
  const json = await run('ask', 'handshake', 'calls(tcp_set_state) show state', '--json');
  const first = JSON.parse(itemAt(json.stdout.split('\n'), 0)) as { place: { function: string }; values: unknown[] };
  expect([first.place.function, first.values.length]).toEqual(['tcp_set_state', 1]);
  const none = await run('ask', 'handshake', 'returns(inet_create) where $ret < 0');
  expect(none).toMatchObject({ status: 1, stdout: '' });
  expect(none.stderr).toMatch(/^no moment answers: statements 0 to \d+ were looked at\n$/);
  expect((await run('ask', 'handshake', 'drops', '--lang', 'zh')).stderr).toContain('没有符合的时刻');
});

test('ask points at what is wrong with a question', async () => {
  const { status, stderr } = await run('ask', 'handshake', 'calls(tcp_v4_rvc)');
  expect(status).toBe(2);
  expect(stderr).toContain('  calls(tcp_v4_rvc)\n        ^\n');
  expect(stderr).toContain('tcp_v4_rcv');
  const member = await run('ask', 'handshake', 'calls(tcp_set_state) where sk->sk_state == 1');
  expect(member.stderr).toContain("'struct sock' has no member 'sk_state' (did you mean 'state'?)");
});
