/** Outcomes of oracle steps: what a finished call gives, when that is what the step expects, and how it is told. */
import { describe, expect, test } from 'vitest';
import type { CallAnswer } from '../../src/scenario/call-builder';
import { describeOutcome, numberOfName, outcomeMatches, outcomeOf } from '../../src/scenario/oracle-call';
import { parseOracle, type OracleOutcome, type OracleStep } from '../../src/scenario/oracle-schema';
import { expectationOf, type VersionFact } from '../../src/scenario/oracle-versions';
import { versionCode } from '../../src/scenario/pkt-variants';
import { SourceFile } from '../../src/source/source-file';
import { messages } from '../sentences/english';

const words = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);

test.each([
  ['MSG_PEEK', 2],
  ['MSG_PEEK|MSG_DONTWAIT', 0x42],
  ['MSG_PEEK | MSG_DONTWAIT', 0x42],
  ['2|8', 10],
  ['-1', -1],
  ['1x', 0],
  ['NOTHING', 0],
  [7, 7],
  [true, 1],
  [false, 0],
  [null, 0],
  [undefined, 0],
])('%j is the number %d', (value, number) => expect(numberOfName(value)).toBe(number));

describe('the outcome of a call', () => {
  const step = (call: string, more: Partial<OracleStep> = {}): OracleStep => ({
    call,
    args: [],
    expect24: {},
    ...more,
  });
  test.each<[string, OracleStep, number, CallAnswer, OracleOutcome]>([
    ['an error', step('bind'), -22, {}, { errno: 'EINVAL', elapsed_ms: [7, 7] }],
    ['an error without a name', step('bind'), -4000, {}, { errno: '4000', elapsed_ms: [7, 7] }],
    ['the last error', step('bind'), -4095, {}, { errno: '4095', elapsed_ms: [7, 7] }],
    ['what is no error', step('bind'), -4096, {}, { ret: -4096, elapsed_ms: [7, 7] }],
    ['a number', step('bind'), 0, {}, { ret: 0, elapsed_ms: [7, 7] }],
    [
      'an address',
      step('accept'),
      3,
      { address: Uint8Array.of(2, 0, 1, 2, 10, 0, 0, 1), length: 16 },
      { ret: 3, addr: { ip: '10.0.0.1', port: 258 }, addrlen: 16, elapsed_ms: [7, 7] },
    ],
    ['data', step('recv'), 2, { data: Uint8Array.of(104, 105) }, { ret: 2, data: 'hi', elapsed_ms: [7, 7] }],
    [
      'data behind an IP header',
      step('recv', { skip_ip: true }),
      22,
      { data: Uint8Array.from([...Array<number>(20).fill(0), 104, 105]) },
      { ret: 2, data: 'hi', elapsed_ms: [7, 7] },
    ],
    ['no data of another call', step('send', { skip_ip: true }), 22, {}, { ret: 22, elapsed_ms: [7, 7] }],
    ['an option', step('getsockopt'), 0, { value: words(-5, 6) }, { ret: 0, value: -5, elapsed_ms: [7, 7] }],
    ['an option of a byte', step('getsockopt'), 0, { value: Uint8Array.of(1) }, { ret: 0, elapsed_ms: [7, 7] }],
    [
      'a pending error',
      step('getsockopt', { args: ['s', 'SO_ERROR'] }),
      0,
      { value: words(111) },
      { ret: 0, value: 'ECONNREFUSED', elapsed_ms: [7, 7] },
    ],
    [
      'no pending error',
      step('getsockopt', { args: ['s', 'SO_ERROR'] }),
      0,
      { value: words(0) },
      { ret: 0, value: 0, elapsed_ms: [7, 7] },
    ],
  ])('%s', (_what, made, value, answer, outcome) => expect(outcomeOf(made, value, answer, 7)).toEqual(outcome));
});

describe('an outcome is what is expected', () => {
  const names = { descriptors: {}, ports: { P: 2000 } };
  const all = {
    ret: 0,
    addr: { ip: '10.0.0.1', port: 2001 },
    addrlen: 16,
    data: 'hi',
    value: [1, 2],
    elapsed_ms: [5, 5],
  } as const;
  test.each<[OracleOutcome, OracleOutcome, boolean]>([
    [{}, { ret: undefined }, true],
    [{ ret: 0 }, { ret: 0 }, true],
    [{ ret: 0 }, { ret: 1 }, false],
    [{ ret: 0 }, { errno: 'EINVAL' }, false],
    [{ ret: 'fd' }, { ret: 0 }, true],
    [{ ret: 'fd' }, { ret: -4096 }, false],
    [{ ret: 'fd' }, { errno: 'EINVAL' }, false],
    [{ errno: 'EAGAIN' }, { errno: 'EWOULDBLOCK' }, true],
    [{ errno: 'EAGAIN' }, { errno: 'EINVAL' }, false],
    [{ errno: 'EAGAIN' }, { ret: 0 }, false],
    [{ errno: 'NOTHING' }, { ret: 0 }, false],
    [{ blocks: true }, { blocks: true }, true],
    [{ blocks: true }, { ret: 0 }, false],
    [{ ret: 0 }, { blocks: true }, false],
    [all, all, true],
    [{ ret: 0, addr: {} }, { ret: 0 }, true],
    [{ ret: 0, addr: { ip: '10.0.0.1' } }, { ret: 0, addr: { ip: '10.0.0.2' } }, false],
    [{ ret: 0, addr: { port: '$P+1' } }, all, true],
    [{ ret: 0, addr: { port: '$P' } }, all, false],
    [{ ret: 0, addr: { port: 'ephemeral' } }, all, true],
    [{ ret: 0, addr: { port: 'ephemeral' } }, { ret: 0, addr: { port: 1024 } }, true],
    [{ ret: 0, addr: { port: 'ephemeral' } }, { ret: 0, addr: { port: 1023 } }, false],
    [{ ret: 0, addr: { port: 'ephemeral' } }, { ret: 0 }, false],
    [{ ret: 0, addrlen: 16 }, { ...all, addrlen: 15 }, false],
    [{ ret: 0, data: 'hi' }, { ...all, data: 'ho' }, false],
    [{ ret: 0, value: [1, 2] }, { ...all, value: [1, 3] }, false],
    [{ ret: 0, elapsed_ms: [5, 6] }, all, true],
    [{ ret: 0, elapsed_ms: [4, 5] }, all, true],
    [{ ret: 0, elapsed_ms: [6, 7] }, all, false],
    [{ ret: 0, elapsed_ms: [3, 4] }, all, false],
    [{ ret: 0, elapsed_ms: [0, 4] }, { ret: 0 }, false],
  ])('%j: %j', (expected, actual, matches) => expect(outcomeMatches(expected, actual, names)).toBe(matches));
  test('is told by what is expected, and always by how the call ended', () => {
    expect(describeOutcome(all, all)).toBe(
      'ret 0, addr {"ip":"10.0.0.1","port":2001}, addrlen 16, data "hi", value [1,2], elapsed_ms [5,5]',
    );
    expect(describeOutcome(all, { data: '' })).toBe('ret 0, data "hi"');
    expect(describeOutcome({ errno: 'EINVAL', elapsed_ms: [1, 1] }, { ret: 0, data: 'x' })).toBe('errno "EINVAL"');
    expect(describeOutcome({ blocks: true }, {})).toBe('blocks true');
  });
});

describe('what is read of a file', () => {
  const read = (root: unknown): ReturnType<typeof parseOracle> =>
    parseOracle(new SourceFile('x.json', JSON.stringify(root)));
  const close = { call: 'close', args: [3], expect24: { ret: 0 } };
  test('cases with and without what they need not have', () => {
    const { cases, diagnostics } = read([
      {
        id: 'a',
        steps: [
          { ...close, args: undefined },
          { ...close, expect: { '>= 2.4.3': { ret: 1 } }, p: 'B' },
        ],
      },
      {
        id: 'b',
        title: 'B',
        caps: ['CAP_KILL', 3],
        procs: ['X', 'Y'],
        sysctl: { tcp_syn_retries: 2, tcp_rmem: [1, 2, 3] },
        setup: [close],
        steps: [],
        note: 'ignored',
      },
    ]);
    expect(diagnostics).toEqual([]);
    expect(cases).toEqual([
      {
        ...{ id: 'a', title: 'a', caps: [], procs: ['A'], sysctl: {}, setup: [] },
        steps: [
          { call: 'close', args: [], expect24: { ret: 0 } },
          { ...close, p: 'B', expect: [{ bound: { from: 0x20403, below: undefined }, outcome: { ret: 1 } }] },
        ],
      },
      {
        ...{ id: 'b', title: 'B', caps: ['CAP_KILL'], procs: ['X', 'Y'] },
        sysctl: { tcp_syn_retries: [2], tcp_rmem: [1, 2, 3] },
        setup: [close],
        steps: [],
      },
    ]);
  });
  test.each([
    ['case 1: it has no "id"', [3]],
    ['case 1: it has no "id"', [null]],
    ['case 1: it has no "id"', [[]]],
    ['case 1: it has no "id"', [{ id: 3 }]],
    ['case 1: a: its steps are no list', [{ id: 'a', steps: {} }]],
    ['case 1: a: its steps are no list', [{ id: 'a', setup: 'x' }]],
    ['case 1: a: step 1 needs', [{ id: 'a', setup: [{}] }]],
    ['case 1: a: step 2 needs', [{ id: 'a', steps: [close, 3] }]],
    ['case 1: a: step 2 needs', [{ id: 'a', steps: [close, { call: 'close' }] }]],
    ['case 1: a: step 2 needs', [{ id: 'a', steps: [close, { call: 'close', expect24: [] }] }]],
    ['case 1: a: step 1: its "expect" is no table', [{ id: 'a', steps: [{ ...close, expect: 3 }] }]],
    ['case 1: a: step 1: ', [{ id: 'a', steps: [{ ...close, expect: { '<2.4.3': 3 } }] }]],
    ['case 1: a: step 1: no version is in', [{ id: 'a', steps: [{ ...close, expect: { '>=2.4.3 <2.4.3': {} } }] }]],
    ['case 2: b: unknown capability CAP_X', [{ id: 'a' }, { id: 'b', caps: ['CAP_X'] }]],
    ['case 1: a: tcp_rmem has 3 numbers, not 1', [{ id: 'a', sysctl: { tcp_rmem: 1 } }]],
    ['1000001 bytes do not fit', [{ id: 'a', steps: [{ ...close, call: 'recv', args: ['s', 1000001] }] }]],
    ['1000001 bytes do not fit', [{ id: 'a', steps: [{ ...close, call: 'send', args: ['s', 'x'.repeat(1000001)] }] }]],
    ['1000001 bytes do not', [{ id: 'a', steps: [{ ...close, call: 'sendto', args: ['s', 'x'.repeat(1000001)] }] }]],
    ['case 1: a: ', [{ id: 'a', steps: Array(100_001).fill(close) }]],
    ['no list "cases"', { cases: {} }],
    ['no list "cases"', 3],
  ])('%#: %s', (words, root) => {
    const { diagnostics } = read(root);
    expect(messages(diagnostics)).toEqual([expect.stringContaining(words)]);
    expect(diagnostics[0]).toMatchObject({ code: 'SS5008', severity: 'error', path: 'x.json' });
  });
  test('buffers that just fit, sizes of other calls, and a hundred thousand steps', () => {
    const steps = [
      { ...close, call: 'recv', args: ['s', 1000000] },
      { ...close, call: 'send', args: ['s', 'x'.repeat(1000000)] },
      { ...close, call: 'send', args: ['s'] },
      { ...close, call: 'listen', args: ['s', 9999999] },
    ];
    expect(
      read([
        { id: 'a', steps },
        { id: 'b', steps: Array(100_000).fill(close) },
      ]).diagnostics,
    ).toEqual([]);
  });
});

describe('facts about versions', () => {
  const fact = (change: object): VersionFact[] => [
    { id: 'f', from: '2.4.5', function: 'f', en: '', zh: '', changes: [change as VersionFact['changes'][number]] },
  ];
  const made: OracleStep = { call: 'socket', args: ['AF_INET', 'SOCK_DGRAM', 0], save: 's', expect24: { ret: 'fd' } };
  const send: OracleStep = { call: 'send', args: ['s', 'x'], expect24: { errno: 'ENOTCONN' } };
  const change = { call: 'send', type: 'SOCK_DGRAM', when: 'no-peer', was: {}, is: { ret: 1 } };
  const outcome = (changed: object, steps: readonly OracleStep[] = [made, send], version = '2.4.5'): OracleOutcome => {
    const oracle = {
      id: 'x',
      title: '',
      caps: [],
      procs: ['A'],
      sysctl: {},
      setup: steps.slice(0, 1),
      steps: steps.slice(1),
    };
    return expectationOf(oracle, steps.length - 1, versionCode(version), fact(changed)).outcome;
  };
  const old = send.expect24;
  const connect = (port: number, expect24: OracleOutcome, family: unknown = 'AF_INET'): OracleStep => ({
    call: 'connect',
    args: ['s', { family, port } as never, 16],
    expect24,
  });
  test.each<[string, object, readonly OracleStep[] | undefined, OracleOutcome]>([
    ['what it says', change, undefined, { ret: 1 }],
    ['not for another call', { ...change, call: 'recv' }, undefined, old],
    ['not for another kind of socket', { ...change, type: 'SOCK_STREAM' }, undefined, old],
    ['not for another error', { ...change, was: { errno: 'EINVAL' } }, undefined, old],
    ['for this error', { ...change, was: { errno: 'ENOTCONN' } }, undefined, { ret: 1 }],
    ['not for another result', { ...change, was: { ret: 0 } }, undefined, old],
    ['not for another port', { ...change, was: { addr: { port: 1 } } }, undefined, old],
    ['not for a socket that nobody made', change, [{ ...made, save: 't' }, send], old],
    [
      'not for a socket without a name',
      change,
      [
        { ...made, save: undefined },
        { ...send, args: [] },
      ],
      old,
    ],
    ['of the last socket of a name', change, [{ ...made, args: [2, 1, 0] }, made, send], { ret: 1 }],
    ['with a peer from before it was made', change, [made, connect(1, { ret: 0 }), made, send], { ret: 1 }],
    ['not with a peer', change, [made, connect(1, { ret: 0 }), send], old],
    ['with a peer that it did not get', change, [made, connect(1, { errno: 'EINVAL' }), send], { ret: 1 }],
    ['not with one it is getting', change, [made, connect(1, { errno: 'EINPROGRESS' }), send], old],
    ['with one that is taken from it', change, [made, connect(0, { ret: 0 }, 'AF_UNSPEC'), send], { ret: 1 }],
    [
      'an address in part',
      { ...change, was: { addr: { port: 9 } }, is: { addr: { port: 0 } } },
      [made, { ...send, expect24: { ret: 0, addr: { ip: '1.2.3.4', port: 9 } } }],
      { ret: 0, addr: { ip: '1.2.3.4', port: 0 } },
    ],
  ])('%s', (_what, changed, steps, expected) => expect(outcome(changed, steps)).toEqual(expected));
  test('from its version on, and never on the bundled kernel', () => {
    expect(['2.4.4', '2.4.5', '2.4.6'].map((version) => outcome(change, [made, send], version))).toEqual([
      old,
      { ret: 1 },
      { ret: 1 },
    ]);
    const { outcome: bundled } = expectationOf(
      { id: 'x', title: '', caps: [], procs: ['A'], sysctl: {}, setup: [], steps: [made, send] },
      1,
      undefined,
      fact(change),
    );
    expect(bundled).toEqual(old);
  });
  const bind = (port: number, save: string, expect24: OracleOutcome): OracleStep => ({
    call: 'bind',
    args: [save, { port } as never, 16],
    expect24,
  });
  const close = (save: string): OracleStep => ({ call: 'close', args: [save], expect24: { ret: 0 } });
  const last = connect(5, { errno: 'EAGAIN' });
  const other = (port: number, expect24: OracleOutcome): OracleStep => ({
    ...connect(port, expect24),
    args: ['t', { family: 'AF_INET', port }, 16],
  });
  const when = (condition: string): object => ({ ...change, call: 'connect', when: condition });
  test.each<[string, readonly OracleStep[], readonly [boolean, boolean]]>([
    ['nobody', [], [false, true]],
    ['one that was bound to any port', [bind(0, 't', { ret: 0 })], [true, false]],
    ['one that was bound to a port of its own', [bind(80, 't', { ret: 0 })], [false, true]],
    ['one that could not be bound', [bind(0, 't', { errno: 'EINVAL' })], [false, true]],
    ['one that has closed it', [bind(0, 't', { ret: 0 }), close('t')], [false, true]],
    ['one while another has closed it', [bind(0, 't', { ret: 0 }), close('u')], [true, false]],
    ['one that took it after a close', [close('t'), bind(0, 't', { ret: 0 })], [true, false]],
    ['a connect to another peer', [other(6, { ret: 0 })], [false, true]],
    ['a connect to the same peer', [other(5, { ret: 0 })], [false, false]],
    ['a connect to the same peer under way', [other(5, { errno: 'EINPROGRESS' })], [false, false]],
    ['a failed connect to the same peer', [other(5, { errno: 'EINVAL' })], [false, true]],
  ])('ports are held by %s', (_what, before, [bound, connected]) => {
    const steps = [made, ...before, last];
    expect([outcome(when('ports-bound'), steps), outcome(when('ports-connected'), steps)]).toEqual([
      bound ? { ret: 1 } : last.expect24,
      connected ? { ret: 1 } : last.expect24,
    ]);
  });
  const failed = (errno: string, length: number | string = 16): OracleStep => ({
    call: 'connect',
    args: ['s', {}, length],
    expect24: { errno },
  });
  test.each<[string, readonly OracleStep[], boolean]>([
    ['nothing', [], false],
    ['the family', [failed('EAFNOSUPPORT')], true],
    ['no route to the net', [failed('ENETUNREACH')], true],
    ['no route to the host', [failed('EHOSTUNREACH')], true],
    ['a refusal', [failed('ECONNREFUSED')], false],
    ['a length of 16', [failed('EINVAL', 16)], false],
    ['a length of 15', [failed('EINVAL', 15)], true],
    ['a length of 0', [failed('EINVAL', 0)], true],
    ['a length below 0', [failed('EINVAL', -1)], false],
    ['a length that is no number', [failed('EINVAL', 'many')], false],
    ['the family of another call', [{ ...failed('EAFNOSUPPORT'), call: 'bind' }], false],
    ['the family, and a bind before', [{ ...bind(0, 's', { ret: 0 }) }, failed('EAFNOSUPPORT')], false],
    [
      'the family, and a listen',
      [failed('EAFNOSUPPORT'), { call: 'listen', args: ['s', 1], expect24: { ret: 0 } }],
      false,
    ],
    ['the family, and a connect', [failed('EAFNOSUPPORT'), connect(1, { ret: 0 })], false],
    ['the family, and a bind that failed', [failed('EAFNOSUPPORT'), bind(0, 's', { errno: 'EINVAL' })], true],
    ['the family, and a bind of another socket', [failed('EAFNOSUPPORT'), bind(0, 't', { ret: 0 })], true],
  ])('connect has failed early on %s', (_what, before, early) =>
    expect(outcome({ ...change, when: 'connect-failed-early' }, [made, ...before, send])).toEqual(
      early ? { ret: 1 } : old,
    ),
  );
});
