/** System calls that fail with an error somebody waits for: a stop at their last statement, in both directions. */
import { expect, test } from 'vitest';
import type { SessionApi } from '../../src/session/session-api';
import { openScript } from './kernel-session';

const script = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 listen(7, 1) = -1 EBADF (Bad file descriptor)
+0 accept(3, ..., ...) = -1 EINVAL (Invalid argument)
+0 bind(3, ..., ...) = 0
+0 shutdown(3, SHUT_RD) = -1 ENOTCONN (Transport endpoint is not connected)
`;

async function waitingFor(names: string | undefined): Promise<SessionApi> {
  const session = await openScript(script);
  await session.start();
  expect(session.failedCalls.wait(names)).toEqual([]);
  return session;
}

/** The system call in which it stopped because that failed; else why it stopped. */
function stopped(session: SessionApi): string | undefined {
  const { stop } = session;
  return stop.reason === 'failed-call' ? session.stack(stop.thread).at(-1)?.function : stop.reason;
}

async function all(session: SessionApi, kind: 'continue' | 'back-continue'): Promise<unknown[]> {
  const seen: unknown[] = [];
  do {
    await session.run(kind);
    seen.push(stopped(session));
  } while (session.stop.reason === 'failed-call');
  return seen;
}

test('any error: each failing call, forwards and backwards, at its last statement', async () => {
  const session = await waitingFor('');
  expect(await all(session, 'continue')).toEqual(['sys_listen', 'sys_accept', 'sys_shutdown', 'end']);
  expect(await all(session, 'back-continue')).toEqual(['sys_shutdown', 'sys_accept', 'sys_listen', 'start']);
});

test.each(['EINVAL', '-EINVAL', 'einval', '22', '-22', 'ENOTSOCK EINVAL', 'ENOTSOCK,EINVAL', 'ENOTSOCK | EINVAL'])(
  'one error of %j alone',
  async (names) => {
    expect(await all(await waitingFor(names), 'continue')).toEqual(['sys_accept', 'end']);
  },
);

test('the stop names the call, its result and the error', async () => {
  const session = await waitingFor('ENOTCONN');
  await session.run('continue');
  expect(session.stop.failedCall).toBe('shutdown(3, SHUT_RD) = -107 (-ENOTCONN)');
  const { clock } = session.stop;
  await session.run('into');
  expect(
    session
      .journal()
      .filter(({ event }) => event === 'return')
      .at(-1),
  ).toMatchObject({
    clock: clock + 1,
    value: -107,
  });
});

test('names that are no errors are answered, and nothing is waited for when nobody waits', async () => {
  const session = await openScript(script);
  await session.start();
  expect(session.failedCalls.wait('EINVAL ENOSUCH 12345')).toEqual(['ENOSUCH', '12345']);
  expect(session.failedCalls.wait(undefined)).toEqual([]);
  await session.run('continue');
  expect(session.stop.reason).toBe('end');
});

test('of a failed call and a breakpoint the later one stops the way back', async () => {
  const session = await waitingFor('EINVAL ENOTCONN');
  session.setFunctionBreakpoints([{ name: 'sys_bind' }, { name: 'sys_listen' }]);
  const both = async (kind: 'continue' | 'back-continue'): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for (let more = 4; more > 0; more--) {
      await session.run(kind);
      const name = session.stack(session.stop.thread).at(-1)?.function;
      seen.push(session.stop.reason === 'failed-call' ? `${name} fails` : name);
    }
    return seen;
  };
  const forwards = ['sys_listen', 'sys_accept fails', 'sys_bind', 'sys_shutdown fails'];
  expect(await both('continue')).toEqual(forwards);
  await session.run('continue');
  expect(session.stop.reason).toBe('end');
  expect(await both('back-continue')).toEqual([...forwards].reverse());
});
