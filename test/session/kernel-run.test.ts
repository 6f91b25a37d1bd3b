/** A run of the kernel as it is told: processes and what they wait for, whose frames are whose, results, objects, failures. */
import { given, itemAt } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import type { SessionApi } from '../../src/session/session-api';
import { openScript } from './kernel-session';

const script = `//! process: A, C
--remote_ip=127.0.0.1

A: 0       socket(AF_INET, SOCK_STREAM, 0) = 3
A: +0      bind(3, ..., ...) = 0
A: +0      listen(3, 5) = 0
A: +0      fork("B") = 0
A: +.1...* accept(3, ..., ...) = 4
B: +.1...* accept(3, ..., ...) = blocked
C: +.1     socket(AF_INET, SOCK_STREAM, 0) = 3
C: +0      connect(3, ..., ...) = 0
C: +0      connect(3, ..., ...) = 0
A: +.1     close(4) = 0
`;

/** `A running accept(3) | C idle`. */
const threads = (session: SessionApi): string =>
  session
    .threads()
    .map(({ name, state, call, sleepsIn }) => [name, state, call, sleepsIn].filter(Boolean).join(' '))
    .join(' | ');
/** `tcp_v4_rcv interrupt`, innermost first. */
const frames = (session: SessionApi): string[] =>
  session.stack(session.stop.thread).map(({ function: name, context }) => `${name} ${context ?? '-'}`);

async function runTo(
  session: SessionApi,
  name: string,
  kind: 'continue' | 'back-continue' = 'continue',
): Promise<void> {
  session.setFunctionBreakpoints([{ name }]);
  const { reason } = await session.run(kind);
  session.setFunctionBreakpoints([]);
  expect(reason).toBe('function-breakpoint');
}

test('entries of the journal are told once, in order, from the start or from where somebody listens', async () => {
  const session = await openScript(script);
  const told: unknown[] = [];
  session.onJournal((entry) => told.push(entry));
  await session.start();
  await runTo(session, 'tcp_v4_connect');
  expect(told.length).toBeGreaterThan(5);
  expect(told).toEqual(session.journal());
  const { clock } = session.stop;
  await session.run('continue');
  expect(told).toEqual(session.journal());
  const { length } = told;
  await session.travelTo(clock);
  expect(told).toHaveLength(length);
  const before = session.journal().length;
  await session.run('continue');
  expect(told.slice(length)).toEqual(session.journal().slice(before));
});

test('processes: who runs, who is idle, who sleeps in what', async () => {
  const session = await openScript(script);
  expect(session.stop).toMatchObject({ reason: 'entry', thread: -1, clock: 0 });
  expect(session.threads()).toEqual([]);
  expect((await session.start()).reason).toBe('entry');
  expect(threads(session)).toBe('A running socket(AF_INET, SOCK_STREAM, 0) | C idle');
  expect(frames(session)).toEqual(['sys_socket system-call']);
  await runTo(session, 'tcp_v4_connect');
  const sleeping = 'sleeping accept(3, ..., ...) wait_for_connect';
  expect(threads(session)).toBe(`A ${sleeping} | C running connect(3, ..., ...) | B ${sleeping}`);
  expect(session.threads().map(({ id, pid }) => [id, pid])).toEqual([
    [2, 100],
    [3, 101],
    [4, 102],
  ]);
  await runTo(session, 'sock_def_readable');
  for (let steps = 0; steps < 200 && threads(session).startsWith(`A ${sleeping}`); steps++) {
    await session.travelTo(session.stop.clock + 1);
  }
  // Woken, and the one who has woken it still runs.
  expect(threads(session)).toBe(`A woken accept(3, ..., ...) | C running connect(3, ..., ...) | B ${sleeping}`);
  for (let steps = 0; steps < 400 && threads(session).startsWith('A woken'); steps++) {
    await session.travelTo(session.stop.clock + 1);
  }
  expect(threads(session)).toBe(`A running accept(3, ..., ...) | C idle | B ${sleeping}`);
});

test('frames: what a system call does, and what an interrupt does on top of it', async () => {
  const session = await openScript(script);
  await session.start();
  await runTo(session, 'tcp_v4_rcv');
  const all = frames(session);
  const onTop = all.slice(0, all.indexOf('do_softirq interrupt') + 1);
  expect(onTop.length).toBeGreaterThan(3);
  expect(onTop.every((each) => each.endsWith(' interrupt'))).toBe(true);
  expect(all.slice(onTop.length)).toEqual([
    'schedule system-call',
    'schedule_timeout system-call',
    'inet_wait_for_connect system-call',
    'inet_stream_connect system-call',
    'sys_connect system-call',
  ]);
  const service = itemAt(session.stack(session.stop.thread), onTop.length);
  expect(service).toMatchObject({ kind: 'service', path: undefined });
  expect(service.endLine).toBe(service.line);
  expect([service.end, service.endColumn]).toEqual([service.start, service.column]);
});

test('frames: the boot of the kernel', async () => {
  const session = await openScript(script);
  const stop = await session.start({ stopAtFunction: 'inet_init' });
  expect(stop.reason).toBe('function-breakpoint');
  expect(frames(session).every((each) => each.endsWith(' boot'))).toBe(true);
  expect(threads(session)).toBe('boot running');
});

test('the line about a result names the error as the kernel’s headers do', async () => {
  const session = await openScript(script);
  await session.start();
  const stop = await session.run('continue');
  expect(stop).toMatchObject({
    reason: 'end',
    expectation: { line: 12, expected: '0', actual: '-1 EISCONN' },
  });
  const lines = session.journal().map((entry) => session.entryText(entry).en);
  expect(lines.filter((line) => line.startsWith('C: connect'))).toEqual([
    'C: connect(3, ..., ...)',
    'C: connect(3, ..., ...) = 0',
    'C: connect(3, ..., ...)',
    'C: connect(3, ..., ...) = -106 (-EISCONN)',
  ]);
  expect(lines.at(-1)).toBe('test.pkt:12: connect(3, ..., ...) = 0: expected 0, actual -1 EISCONN');
  expect((await session.run('back-over')).expectation).toBeUndefined();
});

test('objects that live, and the clock of the kernel', async () => {
  const session = await openScript(script);
  await session.start();
  const names = (): string[] =>
    session.objectView(session.stack(session.stop.thread)).cards.map(({ typeName }) => typeName);
  const before = session.jiffies();
  await runTo(session, 'tcp_v4_connect');
  expect(names()).toContain('struct sock');
  expect(session.jiffies()).toBeGreaterThan(given(before, 'before'));
  expect(session.hasFunction('tcp_v4_connect')).toBe(true);
});

test('a moment of a run is the same after going round', async () => {
  const session = await openScript(script);
  await session.start();
  await runTo(session, 'tcp_v4_connect');
  const seen = [threads(session), frames(session), session.journal().length, session.stop.clock];
  await session.run('continue');
  await runTo(session, 'tcp_v4_connect', 'back-continue');
  expect([threads(session), frames(session), session.journal().length, session.stop.clock]).toEqual(seen);
});
