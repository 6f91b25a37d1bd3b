/** `sockscope packets`: lines in both languages, the ladder, the capture file, and how it ends. */
import { expect, test } from 'vitest';
import { check } from './cli-fixture';

test('tells packets, calls and states, in either language', async () => {
  const { out } = await check('packets syn-lost', {
    status: 0,
    out: /3\.100 s +\d+ {2}#2 A → 192\.0\.2\.1 {2}SYN seq 0 win 5840 \(again #1\)/,
  });
  expect(out).toMatch(/A: client :\d+: CLOSE → SYN_SENT\n/);
  await check('packets syn-lost --lang zh', { status: 0, out: '（重传 #1）' });
});

test('counts as on the wire when asked', () =>
  check('packets syn-lost --absolute', { status: 0, out: /SYN seq \d{4,} win 5840/ }));

test('draws the ladder', () => check('packets syn-lost --svg', { status: 0, out: /^<svg [^]*<\/svg>\n$/ }));

test('writes a capture file where it is told to', async () => {
  const { written, out } = await check('packets syn-lost --pcapng --output a.pcapng', { status: 0 });
  expect(out).toBe('');
  expect(written['a.pcapng']?.startsWith('\n\r\r\n')).toBe(true);
  expect(written['a.pcapng']).toMatch(/statement \d+\nA \(pid \d+\): connect\(3, \.\.\., \.\.\.\)\nwire_xmit /);
});

test('an expectation that is not met is told at its line, with the packets up to there', () =>
  check(
    'packets x.pkt',
    { status: 1, out: 'A: = 3', err: /x\.pkt:1:\d+: error: line 2: [^]*\[SS5006\]/ },
    { files: { 'x.pkt': '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 listen(3, 1) = 5\n' } },
  ));

test('a file that is not there', () => check('packets my/x.pkt', { status: 2, err: "there is no file 'my/x.pkt'" }));
