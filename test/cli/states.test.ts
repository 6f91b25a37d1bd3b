/** `sockscope states`: both ends with their steps, the picture, data. */
import { expect, test } from 'vitest';
import { check } from './cli-fixture';

test('tells the way of both ends, in either language', async () => {
  const { out } = await check('states connection-life', { status: 0, out: /↔ 127\.0\.0\.1:8080: no more\n/ });
  expect(out).toMatch(/ {2}3\. ESTABLISHED → FIN_WAIT1, 0\.400 s, \w+ \(tcp\.c:\d+\)\n/);
  await check('states connection-life --lang zh', { status: 0, out: '：已不存在\n' });
});

test('counts half-open requests', () =>
  check('states backlog-overflow --at 14300', { status: 0, out: ': SYN_RECV (half open)\n' }));

test('as a picture and as data', async () => {
  await check('states handshake --svg', { status: 0, out: /^<svg [^]*<\/svg>\n$/ });
  const { out } = await check('states backlog-overflow --json', { status: 0 });
  expect(JSON.parse(out)).toHaveProperty('connections.0.ends.0.state', 'TCP_LISTEN');
});
