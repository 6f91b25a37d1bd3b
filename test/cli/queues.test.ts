/** `sockscope queues`: lines, the picture, data, and moments that there are not. */
import { expect, test } from 'vitest';
import { check } from './cli-fixture';

test('tells the queues of a moment, in either language', async () => {
  const { out } = await check('queues backlog-overflow --at 14300', { status: 0, out: 'accept queue: 2 of 2, full\n' });
  expect(out).toMatch(/ {4}full: #13 dropped in \w+ \(net\/ipv4\/\w+\.c:\d+\)\n/);
  await check('queues backlog-overflow --at 14300 --lang zh', { status: 0, out: 'accept 队列：2 / 2，已满' });
});

test('as a picture and as data', async () => {
  await check('queues udp-full-queue --svg', { status: 0, out: /^<svg [^]*<\/svg>\n$/ });
  const { out } = await check('queues udp-full-queue --json', { status: 0 });
  expect(JSON.parse(out)).toHaveProperty('sockets.0.local', '0.0.0.0:8080');
});

test('a moment that the run does not have', () =>
  check('queues handshake --at 99999999', { status: 2, err: 'the run has no statement 99999999' }));

test('at a moment without sockets it says how to name another', async () => {
  await check('queues handshake', { status: 0, out: 'name another with --at' });
  await check('queues handshake --lang zh', { status: 0, out: '另选一个时刻' });
});
