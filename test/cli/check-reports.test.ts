/** `check --reporter` and `--coverage`: forms that build servers and coverage viewers read. */
import { expect, test } from 'vitest';
import { check, sockscope } from './cli-fixture';

const files = {
  'd/a & b.pkt': '0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n',
  'd/bad.pkt': '0 close(3) = 0\n',
  'd/c.pkt': '0 sing(3) = 0\n',
};

test('TAP: a line for each script, why one failed, what was refused', () =>
  check(
    'check d --reporter tap',
    {
      status: 1,
      out: /^TAP version 13\n1\.\.3\nok 1 - d\/a & b\.pkt\nnot ok 2 - d\/bad\.pkt\n {2}---\n {2}message: "line 1: close\(3\) = 0: expected 0, actual -1 EBADF"\n {2}\.\.\.\nok 3 - d\/c\.pkt # SKIP .*sing.*\n$/,
    },
    { files },
  ));

test('JUnit: counts, failures, and what was refused as skipped; names are escaped', async () => {
  const { out, status } = await sockscope('check d --reporter junit', { files });
  expect(status).toBe(1);
  expect(out).toContain('<testsuites tests="3" failures="1" skipped="1">');
  expect(out).toContain('<testcase name="d/a &amp; b.pkt" classname="sockscope"/>');
  expect(out).toContain('<failure message="line 1: close(3) = 0: expected 0, actual -1 EBADF"/>');
  expect(out.match(/<skipped /g)).toHaveLength(1);
});

test('lcov: the lines and functions of the kernel that the scripts executed', async () => {
  const { written, status } = await sockscope('check d/bad.pkt --coverage lcov', { files });
  expect(status).toBe(1);
  const [, socket = ''] = /SF:.*net\/socket\.c\n([\s\S]*?)end_of_record/.exec(written['lcov.info'] ?? '') ?? [];
  expect(socket).toMatch(/^FN:\d+,sock_create$/m);
  expect(socket).toMatch(/^FNDA:0,sock_create$/m);
  expect(socket).toMatch(/^DA:\d+,0$/m);
  const both = await sockscope('check d --coverage lcov --coverage-file c.info', { files });
  expect(both.written['c.info']).toMatch(/^FNDA:1,sys_socket$/m);
});

test('a form that there is not is refused', () =>
  check('check d --reporter html', { status: 2, err: /--reporter cannot be 'html': use junit, tap/ }, { files }));
