/** Statements of each system call: they add up, belong to the call that caused them, and are the same in every run. */
import { given, itemAt, lastOf } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { expect, test } from 'vitest';
import { playing, prepareScenario } from '../../src/scenario/prepared-scenario';
import { countStatements, type CountedRun } from '../../src/scenario/statement-counts';
import { SourceFile } from '../../src/source/source-file';
import { bundledKernel } from './bundled-kernel';

async function count(text: string, budget = 1_000_000): Promise<CountedRun> {
  const { image } = await bundledKernel();
  const prepared = prepareScenario(new SourceFile('test.pkt', text));
  return countStatements({ image }, playing(prepared, { image }), budget);
}

const LIFE = `--remote_ip=127.0.0.1
0  socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 5) = 0
+0 socket(AF_INET, SOCK_STREAM, 0) = 4
+0 connect(4, ..., ...) = 0
`;

test('each call has its functions, most statements first', async () => {
  const { calls, failures, problem } = await count(LIFE);
  expect({ failures, problem }).toEqual({ failures: [], problem: undefined });
  expect(calls.map(({ call, result }) => `${call.split('(')[0]} ${result}`)).toEqual([
    'socket 3',
    'bind 0',
    'listen 0',
    'socket 4',
    'connect 0',
  ]);
  for (const { statements, functions } of calls) {
    expect(statements).toBeGreaterThan(functions.length);
    expect(functions.every((each) => each.statements > 0 && each.declarations < each.statements)).toBe(true);
    expect(functions.some((each) => each.declarations > 0)).toBe(true);
    expect(functions.reduce((sum, each) => sum + each.statements, 0)).toBe(statements);
    expect(functions.map((each) => each.statements)).toEqual(
      [...functions.map((each) => each.statements)].sort((a, b) => b - a),
    );
  }
  expect(
    given(
      itemAt(calls, 0).functions.find((each) => each.function === 'inet_create'),
      'such item',
    ).file,
  ).toBe('net/ipv4/af_inet.c');
});

test('over loopback both ends count towards connect', async () => {
  const names = lastOf((await count(LIFE)).calls).functions.map((each) => each.function);
  expect(names).toEqual(expect.arrayContaining(['tcp_v4_connect', 'tcp_v4_conn_request', 'tcp_check_req']));
});

test('a call that sleeps has its own statements only', async () => {
  const { calls } = await count(`//! process: A, B
--remote_ip=127.0.0.1
0         socket(AF_INET, SOCK_STREAM, 0) = 3
+0        bind(3, ..., ...) = 0
+0        listen(3, 5) = 0
+0        sigaction(SIGUSR1, "handler", 0) = 0
0.1...0.2 accept(3, ..., ...) = -1 EINTR
B: 0.15   socket(AF_INET, SOCK_DGRAM, 0) = 3
B: 0.2    kill("A", SIGUSR1) = 0
`);
  const accept = given(
    calls.find(({ call }) => call.startsWith('accept')),
    'such item',
  );
  expect(accept.functions.map((each) => each.function)).not.toContain('inet_create');
  expect(
    given(
      calls.find(({ call }) => call.includes('SOCK_DGRAM')),
      'such item',
    ).functions.map((each) => each.function),
  ).toContain('inet_create');
});

test('two runs count the same', async () => expect(await count(LIFE)).toEqual(await count(LIFE)));
test('the budget ends a run', async () =>
  expect(english((await count(LIFE, 500)).problem ?? '')).toBe('no end after 500 statements'));
