/** What sockets are called: one name each, in cards, states and the journal's lines, and whose they are. */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { bilingual } from '../../src/sentences/wording';
import type { SessionApi } from '../../src/session/session-api';
import { openSession } from '../../src/facade/open-session';
import { diskTree } from '../../src/hosts/disk-tree';
import { mediaTexts } from '../cli/cli-fixture';
import { realTree, wasmFiles } from '../tree/tree-fixture';
import { openScript } from './kernel-session';

const script = `//! process: A, B
--remote_ip=127.0.0.1

A: 0       socket(AF_INET, SOCK_STREAM, 0) = 3
A: +0      bind(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, ...) = 0
A: +0      listen(3, 5) = 0
B: +.1     socket(AF_INET, SOCK_STREAM, 0) = 3
B: +0      connect(3, ..., ...) = 0
B: +0      socket(AF_INET, SOCK_STREAM, 0) = 4
B: +0      connect(4, ..., ...) = 0
A: +.1     accept(3, ..., ...) = 4
A: +0      close(3) = 0
B: +.1     socket(AF_INET, SOCK_DGRAM, 0) = 5
B: +0      bind(5, {sa_family = AF_INET, sin_port = htons(53), sin_addr = inet_addr("127.0.0.1")}, ...) = 0
B: +0      close(3) = 0
`;

/** `A listener 127.0.0.1:8080`, of the socks that live and are nobody's secret. */
function sockets(session: SessionApi): string[] {
  return session
    .objectView(session.stack(session.stop.thread))
    .cards.filter(({ kind, identity }) => kind === 'sock' && identity !== undefined && !identity.isOwn)
    .map(({ identity }) => `${identity?.process ?? '-'} ${bilingual(identity?.name ?? '').en}`)
    .sort();
}

async function runTo(session: SessionApi, name: string): Promise<void> {
  session.setFunctionBreakpoints([{ name }]);
  expect((await session.run('continue')).reason).toBe('function-breakpoint');
  session.setFunctionBreakpoints([]);
}

test('a socket has one name, from what it has become, and keeps it', async () => {
  const session = await openScript(script);
  await session.start();
  await runTo(session, 'inet_bind');
  expect(sockets(session)).toEqual(['A TCP socket #1']);
  await runTo(session, 'inet_listen');
  expect(sockets(session)).toEqual(['A TCP socket 127.0.0.1:8080']);
  await runTo(session, 'tcp_v4_conn_request');
  expect(sockets(session)).toEqual(['A listener 127.0.0.1:8080', 'B client :32768']);
  await runTo(session, 'tcp_accept');
  expect(sockets(session)).toEqual([
    'A child of listener #1',
    'A child of listener #2',
    'A listener 127.0.0.1:8080',
    'B client :32768',
    'B client :32769',
  ]);
  const there = session.stop.clock;
  await runTo(session, 'inet_bind');
  expect(sockets(session)).toContain('B UDP socket #4');
  expect(sockets(session)).not.toContain('A listener 127.0.0.1:8080');
  await session.run('continue');
  await session.travelTo(there);
  expect(sockets(session)).toContain('A listener 127.0.0.1:8080');
});

test('the journal calls them the same', async () => {
  const session = await openScript(script);
  await session.start({ stopOnEntry: false });
  const states = session
    .journal()
    .filter(({ event }) => event === 'state')
    .map((entry) => session.entryText(entry));
  const lines = states.map(({ en }) => en);
  expect(lines).toContain('client :32768: TCP_SYN_SENT → TCP_ESTABLISHED');
  expect(lines).toContain('child of listener #1: TCP_SYN_RECV → TCP_ESTABLISHED');
  expect(lines).toContain('listener 127.0.0.1:8080: TCP_LISTEN → TCP_CLOSE');
  expect(states.map(({ zh }) => zh)).toContain('监听 socket 的子 socket #1：TCP_SYN_RECV → TCP_ESTABLISHED');
});

test.skipIf(realTree === undefined)('what a kernel made for itself is called its own', async () => {
  const kernel = { loader: diskTree(realTree ?? ''), name: 'linux' };
  const { session } = await openSession({ media: mediaTexts(), wasm: wasmFiles(), scenario: 'tcp-socket', kernel });
  await given(session, 'session').start();
  await runTo(given(session, 'session'), 'inet_create');
  const own = given(session, 'session')
    .objectView(given(session, 'session').stack(given(session, 'session').stop.thread))
    .cards.filter(({ kind, identity }) => kind === 'sock' && identity?.isOwn)
    .map(({ identity }) => bilingual(identity?.name ?? '').en);
  expect([...own].sort()).toEqual(["the kernel's own raw ICMP socket", "the kernel's own raw TCP socket"]);
});
