/** `sockscope origin` and `sockscope compare`: lines, JSON, exit statuses, both languages. */
import { expect, test } from 'vitest';
import { sockscope } from './cli-fixture';

const cli = (words: readonly string[]): ReturnType<typeof sockscope> => sockscope(words.join(' '));

test('origin tells the hops back to the call that the value is an argument of', async () => {
  const { status, out } = await cli(['origin', 'handshake', 'skb->h.th->dest', '--at', 'tcp_v4_rcv']);
  expect(status).toBe(0);
  expect(out.split('\n')[0]).toMatch(/^skb->h\.th->dest = .*: moved there at statement \d+, /);
});

test('origin as JSON, at a clock, and what it refuses', async () => {
  const { status, out } = await cli(['origin', 'handshake', 'tcp_port_rover', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ kind: 'computed', written: { function: 'tcp_free_port' } });
  expect((await cli(['origin', 'handshake', '1+1'])).status).toBe(2);
  expect((await cli(['origin', 'handshake', 'nothing_of_that_name'])).status).toBe(2);
});

test('compare tells what a failed allocation changes', async () => {
  const { status, out } = await cli(['compare', 'handshake', '--fail-allocation', '1:sock', '--lang', 'zh']);
  expect(status).toBe(1);
  expect(out).toContain('第一条不同的语句');
  expect(out).toMatch(/A: socket\(.*\) = 3 \| -105|A：socket\(.*\) = 3 \| -105/);
});

test('compare with a changed value, a lost packet, and nothing', async () => {
  const changed = await cli(['compare', 'handshake', '--change', 'tcp_port_rover=40000@inet_stream_connect', '--json']);
  expect(changed.status).toBe(1);
  expect((JSON.parse(changed.out) as { packets: unknown[] }).packets.length).toBeGreaterThan(0);
  const lost = await cli(['compare', 'handshake', '--drop-packet', '1']);
  expect(lost.out).toContain('3000 ms later');
  expect((await cli(['compare', 'handshake'])).status).toBe(0);
  expect((await cli(['compare', 'handshake', '--change', 'x=1@no_such_function'])).status).toBe(2);
});
