/**
 * Facts about versions: to which steps of a case they apply, and that the shipped ones are complete.
 */
import { itemAt } from '../../src/base/checked-access';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseOracle } from '../../src/scenario/oracle-schema';
import { expectationOf, versionFacts } from '../../src/scenario/oracle-versions';
import { versionCode } from '../../src/scenario/pkt-variants';
import { SourceFile } from '../../src/source/source-file';

const facts = versionFacts(readFileSync(new URL('../../media/oracle-versions.json', import.meta.url), 'utf8'));

type Step = readonly [call: string, args: readonly unknown[], expect24: Readonly<Record<string, unknown>>];

/** What the last step is expected to give on a version, and the fact that says so. */
function check(steps: readonly Step[], version: string, outcome: unknown, fact: string | undefined): void {
  const text = JSON.stringify({
    cases: [
      {
        id: 'x',
        steps: steps.map(([call, args, expect24]) => ({
          p: 'A',
          call,
          args,
          expect24,
          ...(call === 'socket' ? { save: 's' } : {}),
        })),
      },
    ],
  });
  const { cases, diagnostics } = parseOracle(new SourceFile('x.json', text));
  expect(diagnostics).toEqual([]);
  const expectation = expectationOf(itemAt(cases, 0), steps.length - 1, versionCode(version), facts);
  expect([expectation.outcome, expectation.fact?.id]).toEqual([outcome, fact]);
}

const address = { family: 'AF_INET', ip: '192.0.2.1', port: 5000 };
const stream: Step = ['socket', ['AF_INET', 'SOCK_STREAM', 0], { ret: 'fd' }];
const datagram: Step = ['socket', ['AF_INET', 'SOCK_DGRAM', 0], { ret: 'fd' }];
const raw: Step = ['socket', ['AF_INET', 3, 1], { ret: 'fd' }];
const noRoute: Step = ['connect', ['s', address, 16], { errno: 'ENETUNREACH' }];
const bind: Step = ['bind', ['s', { ...address, ip: '0.0.0.0' }, 16], { errno: 'EINVAL' }];
const late = 'connect-chooses-its-port-late';

describe('connect chooses its port late', () => {
  test('bind after it has failed on the route', () => check([stream, noRoute, bind], '2.4.18', { ret: 0 }, late));
  test('not before 2.4.18', () => check([stream, noRoute, bind], '2.4.17', { errno: 'EINVAL' }, undefined));
  test('on the family', () =>
    check([stream, ['connect', ['s', address, 16], { errno: 'EAFNOSUPPORT' }], bind], '2.4.37', { ret: 0 }, late));
  test('on a length that is too short', () =>
    check([stream, ['connect', ['s', address, 8], { errno: 'EINVAL' }], bind], '2.4.37', { ret: 0 }, late));
  test('not on a length that no call takes', () =>
    check(
      [stream, ['connect', ['s', address, 200], { errno: 'EINVAL' }], bind],
      '2.4.37',
      { errno: 'EINVAL' },
      undefined,
    ));
  test('not when it was refused', () =>
    check(
      [stream, ['connect', ['s', address, 16], { errno: 'ECONNREFUSED' }], bind],
      '2.4.37',
      { errno: 'EINVAL' },
      undefined,
    ));
  test('not when the socket was bound before', () =>
    check([stream, ['bind', ['s', address, 16], { ret: 0 }], noRoute, bind], '2.4.37', { errno: 'EINVAL' }, undefined));
  test('not for datagrams', () => check([datagram, noRoute, bind], '2.4.37', { errno: 'EINVAL' }, undefined));
  test('the name of such a socket', () =>
    check(
      [stream, noRoute, ['getsockname', ['s'], { ret: 0, addr: { ip: '0.0.0.0', port: 'ephemeral' } }]],
      '2.4.22',
      { ret: 0, addr: { ip: '0.0.0.0', port: 0 } },
      late,
    ));
  test('no port is left because one was bound', () =>
    check(
      [
        stream,
        ['bind', ['l', { ...address, port: 0 }, 16], { ret: 0 }],
        ['connect', ['s', address, 16], { errno: 'EAGAIN' }],
      ],
      '2.4.22',
      { errno: 'EADDRNOTAVAIL' },
      late,
    ));
  test('connects to several peers share a port', () =>
    check(
      [
        stream,
        ['connect', ['l', { ...address, port: 1 }, 16], { ret: 0 }],
        ['connect', ['s', address, 16], { errno: 'EAGAIN' }],
      ],
      '2.4.22',
      { ret: 0 },
      late,
    ));
});

describe('sending without an address', () => {
  test('a datagram', () =>
    check(
      [datagram, ['send', ['s', 'x'], { errno: 'ENOTCONN' }]],
      '2.4.21',
      { errno: 'EDESTADDRREQ' },
      'send-needs-an-address',
    ));
  test('on a raw socket', () =>
    check(
      [raw, ['send', ['s', 'x'], { errno: 'EINVAL' }]],
      '2.4.21',
      { errno: 'EDESTADDRREQ' },
      'raw-send-needs-an-address',
    ));
  test('of a stream', () =>
    check([stream, ['send', ['s', 'x'], { errno: 'ENOTCONN' }]], '2.4.37', { errno: 'ENOTCONN' }, undefined));
  test('after a connect, for another reason', () =>
    check(
      [datagram, ['connect', ['s', address, 16], { ret: 0 }], ['send', ['s', 'x'], { errno: 'ENOTCONN' }]],
      '2.4.37',
      { errno: 'ENOTCONN' },
      undefined,
    ));
});

test('the shipped facts say in both languages what they are and where they were read', () => {
  for (const fact of facts) {
    expect(fact.from).toMatch(/^2\.4\.\d+$/);
    expect(fact.function).toMatch(/^[\w/]+\.c: \w+$/);
    expect(fact.en.length * fact.changes.length).toBeGreaterThan(0);
    expect(fact.zh).toMatch(/[一-鿿]/);
  }
});
