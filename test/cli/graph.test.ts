/** `sockscope graph`: changes as lines, a table, the curves; a socket that is not there. */
import { expect, test } from 'vitest';
import { check } from './cli-fixture';

test('tells each change with its time and statement', async () => {
  await check('graph syn-lost', { status: 0, out: / 9\.100 s +\d+ {2}client :\d+ {2}RTO = 12000\n/ });
  await check('graph syn-lost --lang zh', { status: 0, out: '重传超时 RTO = 12000\n' });
});

test('as a table, a picture and data', async () => {
  await check('graph syn-lost --csv', { status: 0, out: /^seconds,statement,local,remote,curve,member,value\r\n/ });
  await check('graph syn-lost --svg', { status: 0, out: /^<svg [^]*<\/svg>\n$/ });
  const { out } = await check('graph syn-lost --json', { status: 0 });
  expect(JSON.parse(out)).toHaveProperty('ends.0.panels.0.name', 'sequence');
});

test('a socket that is not there', () =>
  check('graph handshake --socket 1.2.3.4:5', { status: 2, err: "there is no socket '1.2.3.4:5' in this run" }));
