/**
 * Oracle cases: what passes, how a mismatch is told, what a malformed file gives; all shared cases when they are there.
 */
import { itemAt } from '../../src/base/checked-access';
import { sameText } from '../../src/base/bilingual';
import { english, inEnglish } from '../sentences/english';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OracleRunner, type OracleResult } from '../../src/scenario/oracle-runner';
import { parseOracle, type OracleCase } from '../../src/scenario/oracle-schema';
import { versionCode } from '../../src/scenario/pkt-variants';
import { runWorkload } from '../../src/scenario/run-workload';
import { SourceFile } from '../../src/source/source-file';
import { bundledKernel } from './bundled-kernel';

const SHARED = join(import.meta.dirname, '../../../shared/oracles/syscalls.json');

async function runCase(oracle: OracleCase, version?: string): Promise<OracleResult> {
  const { image } = await bundledKernel();
  const code = version === undefined ? undefined : versionCode(version);
  const run = await runWorkload(image, (kernel, host) => new OracleRunner(oracle, kernel, host, code), {
    budget: 5_000_000,
  });
  return inEnglish(
    run.workload.result(
      run.stop.kind === 'end'
        ? undefined
        : run.stop.kind === 'fault'
          ? run.stop.fault.message
          : sameText(run.stop.kind),
    ),
  ) as OracleResult;
}

/** Runs steps written as [call, args, expectation, more]. */
function check(
  steps: readonly (readonly [string, readonly unknown[], Record<string, unknown>, Record<string, unknown>?])[],
  caps: readonly string[] = [],
): Promise<OracleResult> {
  const text = JSON.stringify({
    cases: [
      {
        id: 'x',
        caps,
        procs: ['A'],
        steps: steps.map(([call, args, expect24, more]) => ({ p: 'A', call, args, expect24, ...more })),
      },
    ],
  });
  const { cases, diagnostics } = parseOracle(new SourceFile('x.json', text));
  expect(diagnostics).toEqual([]);
  return runCase(itemAt(cases, 0));
}

const LOCAL = { family: 'AF_INET', ip: '127.0.0.1', port: 5000 };
const LISTENER = [
  ['socket', ['AF_INET', 'SOCK_STREAM', 0], { ret: 'fd' }, { save: 'l' }],
  ['bind', ['l', LOCAL, 16], { ret: 0 }],
  ['listen', ['l', 5], { ret: 0 }],
] as const;

test('descriptors, addresses and saved ports', async () => {
  expect(
    await check([
      ...LISTENER,
      ['socket', ['AF_INET', 'SOCK_STREAM', 0], { ret: 'fd' }, { save: 'c' }],
      ['connect', ['c', LOCAL, 16], { ret: 0 }],
      ['getsockname', ['c'], { ret: 0, addr: { ip: '127.0.0.1', port: 'ephemeral' }, addrlen: 16 }, { save_port: 'P' }],
      ['accept', ['l', 'buf', 16], { ret: 'fd', addr: { ip: '127.0.0.1', port: '$P' } }, { save: 'a' }],
      ['send', ['c', 'hello'], { ret: 5 }],
      ['recv', ['a', 64], { ret: 5, data: 'hello' }],
    ]),
  ).toEqual({ id: 'x', passed: true });
});

test('blocking steps, time-outs, signals', async () => {
  expect(
    await check([
      ...LISTENER,
      ['setsockopt', ['l', 'SO_RCVTIMEO', 400], { ret: 0 }],
      ['accept', ['l', null, null], { blocks: true }, { async: 'w' }],
      ['pending', ['w'], { blocks: true }, { p: undefined }],
      ['wait', ['w'], { errno: 'EAGAIN', elapsed_ms: [390, 420] }, { p: undefined }],
      ['sigaction', ['SIGUSR1', 'handler', false], { ret: 0 }],
      ['accept', ['l', null, null], { blocks: true }, { async: 'v' }],
      ['kill', ['A', 'SIGUSR1'], { ret: 0 }, { p: undefined }],
      ['wait', ['v'], { errno: 'EINTR' }, { p: undefined }],
    ]),
  ).toEqual({ id: 'x', passed: true });
});

test('a mismatch names the step, what was expected and what came', async () => {
  expect(await check([['socket', ['AF_INET', 'SOCK_RAW', 1], { ret: 'fd' }]])).toEqual({
    id: 'x',
    passed: false,
    step: 'steps[0] A: socket(AF_INET, SOCK_RAW, 1)',
    expected: 'ret "fd"',
    actual: 'errno "EPERM"',
  });
  expect(await check([['socket', ['AF_INET', 'SOCK_RAW', 1], { ret: 'fd' }]], ['CAP_NET_RAW'])).toMatchObject({
    passed: true,
  });
  expect(await check([...LISTENER, ['accept', ['l', null, null], { ret: 'fd' }]])).toMatchObject({
    passed: false,
    actual: 'it sleeps, and nothing is left that could wake it',
  });
});

test('a run that ends early, and calls that cannot be made', async () => {
  const step = (call: string, args: readonly unknown[], expect24: object, more: object = {}) =>
    [call, args, expect24 as Record<string, unknown>, more as Record<string, unknown>] as const;
  expect(
    await check([
      ...LISTENER,
      step('accept', ['l'], { blocks: true }, { async: 'v' }),
      step('close', ['l'], { ret: 0 }),
    ]),
  ).toMatchObject({
    passed: false,
    step: 'steps[4] A: close(l)',
    expected: 'ret 0',
    actual: 'the process is still in accept(l)',
  });
  expect(await check([step('close', [3], { ret: 0 }, { p: 'Z' })])).toMatchObject({
    actual: 'the process does not exist',
    step: 'steps[0] Z: close(3)',
  });
  expect(await check([step('munmap', [3], { ret: 0 })])).toMatchObject({
    actual: 'this kernel has no sys_munmap',
  });
  expect(await check([step('wait', ['x'], { ret: 0 })])).toMatchObject({ actual: 'no call has this label' });
  expect(await check([step('kill', ['Z', 'SIGUSR1'], { ret: 0 }, { p: 'Z' })])).toMatchObject({
    actual: 'errno "ESRCH"',
  });
  expect(await check([step('pending', ['x'], { blocks: true })])).toMatchObject({ passed: true });
  expect(await check([step('sleep', [20], { ret: 0 }), step('sleep', [0], { ret: 1 })])).toMatchObject({
    step: 'steps[1] A: sleep(0)',
    expected: 'ret 1',
    actual: 'ret 0',
  });
  const { cases } = parseOracle(
    new SourceFile(
      'x.json',
      JSON.stringify([{ id: 'x', setup: [{ call: 'close', args: [3], expect24: { ret: 0 } }], steps: [] }]),
    ),
  );
  expect(await runCase(itemAt(cases, 0))).toMatchObject({ step: 'setup[0] close(3)', actual: 'errno "EBADF"' });
});

test('a verdict on a run that was broken off', async () => {
  const { cases } = parseOracle(
    new SourceFile(
      'x.json',
      JSON.stringify([{ id: 'x', steps: [{ call: 'close', args: [3, null, [1]], expect24: { errno: 'EBADF' } }] }]),
    ),
  );
  const run = await runWorkload(
    (await bundledKernel()).image,
    (kernel, host) => new OracleRunner(itemAt(cases, 0), kernel, host),
    { budget: 10 },
  );
  expect(inEnglish(run.workload.result())).toEqual({
    id: 'x',
    passed: false,
    step: 'steps[0] close(3, null, [1])',
    expected: 'errno "EBADF"',
    actual: 'the run ended early',
  });
  expect(inEnglish(run.workload.result(sameText('it went wrong')))).toMatchObject({
    actual: sameText('it went wrong'),
  });
});

test('a call whose process a signal ends', async () => {
  expect(
    await check([
      ...LISTENER,
      ['accept', ['l', null, null], { blocks: true }, { async: 'v' }],
      ['kill', ['A', 'SIGTERM'], { ret: 0 }, { p: undefined }],
      ['wait', ['v'], { errno: 'EINTR' }, { p: undefined }],
    ]),
  ).toMatchObject({ passed: false, actual: 'SIGTERM ends its process' });
});

/** A case of these steps with expectations for several versions, on the bundled kernel as if it were of that version. */
async function passes(step: Readonly<Record<string, unknown>>, version?: string): Promise<boolean> {
  const text = JSON.stringify({ cases: [{ id: 'x', steps: [{ p: 'A', call: 'listen', args: [-1, 0], ...step }] }] });
  const { cases, diagnostics } = parseOracle(new SourceFile('x.json', text));
  expect(diagnostics).toEqual([]);
  return (await runCase(itemAt(cases, 0), version)).passed;
}

describe('expectations by version', () => {
  const right = { errno: 'EBADF' };
  const wrong = { errno: 'EINVAL' };
  test('expect2416', async () => {
    const step = { expect24: wrong, expect2416: right };
    expect(await Promise.all([passes(step), passes(step, '2.4.15'), passes(step, '2.4.16')])).toEqual([
      false,
      false,
      true,
    ]);
  });
  test('bounds as behind the events of scripts', async () => {
    const step = { expect24: wrong, expect: { '>=2.4.18 <2.4.20': right, '<2.4.3': right } };
    const versions = ['2.4.2', '2.4.3', '2.4.17', '2.4.18', '2.4.19', '2.4.20'];
    expect(await Promise.all(versions.map((version) => passes(step, version)))).toEqual([
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });
  test('they count before expect2416', async () =>
    expect(await passes({ expect24: wrong, expect2416: wrong, expect: { '>=2.4.18': right } }, '2.4.22')).toBe(true));
  test.each(['2.4.18', '>=2.4', '>2.4.18', '', '>=2.4.18 <2.4.18', '<=2.4.1'])('not %j', (bound) => {
    const step = { call: 'listen', args: [-1, 0], expect24: wrong, expect: { [bound]: right } };
    const { diagnostics } = parseOracle(
      new SourceFile('x.json', JSON.stringify({ cases: [{ id: 'x', steps: [step] }] })),
    );
    expect(diagnostics).toMatchObject([{ severity: 'error', code: 'SS5008' }]);
  });
});

test.each([
  ['no json', 'this is no JSON'],
  ['{}', 'no list "cases"'],
  ['{"cases":[{}]}', 'no "id"'],
  ['{"cases":[{"id":"a","steps":[{"call":1}]}]}', 'step 1 needs'],
  ['{"cases":[{"id":"a","caps":["CAP_FLY"],"steps":[]}]}', 'unknown capability CAP_FLY'],
  ['{"cases":[{"id":"a","sysctl":{"tcp_fin_timeut":1},"steps":[]}]}', 'no setting tcp_fin_timeut'],
  [
    '{"cases":[{"id":"a","steps":[{"call":"recv","args":["s",268435456],"expect24":{"ret":0}}]}]}',
    '268435456 bytes do not fit',
  ],
  [
    `{"cases":[{"id":"a","procs":${JSON.stringify(Array.from({ length: 64 }, (_, i) => `P${i}`))},"steps":[]}]}`,
    '64 processes do not fit',
  ],
])('%s', (text, part) => {
  const { diagnostics } = parseOracle(new SourceFile('x.json', text));
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({ code: 'SS5008', severity: 'error' });
  expect(english(itemAt(diagnostics, 0).message)).toContain(part);
});

test.skipIf(!existsSync(SHARED))('all shared cases give what Linux 2.4.0 gave', async () => {
  const { cases } = parseOracle(new SourceFile(SHARED, readFileSync(SHARED, 'utf8')));
  const failed: OracleResult[] = [];
  for (const oracle of cases) {
    const result = await runCase(oracle);
    if (!result.passed) {
      failed.push(result);
    }
  }
  expect(failed).toEqual([]);
  expect(cases.length).toBeGreaterThan(100);
});
