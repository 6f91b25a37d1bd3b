/**
 * Reading a tree in a real VS Code: definition, references, implementation through tables of functions, types, callers,
 * symbols, outline, hovers; that renaming is refused. Over a small tree of our own with a file that no grammar takes, in
 * English, and over the bundled kernel, in Chinese.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { hoverUntil, moveBy, standsAt, stopDebugging } from './debugging';
import { type ReadTree, hoverAtWord, readingSettings, testsReading } from './reading-features';
import { opened, tabSettings } from './reading-places';
import { type Workbench, openSuite, until } from './workbench';

const sockHeader = `struct socket;
struct sock { int state; struct proto *prot; };
struct proto_ops { int family; int (*bind)(struct socket *sock, int port); };
struct socket { int type; struct sock *sk; struct proto_ops *ops; };
#define SOCK_OPEN(sock) ((sock)->sk->state = 1)
extern struct sock *sk_alloc(int family);
`;
const afInet = `#include <net/sock.h>

static int inet_bind(struct socket *sock, int port)
{
	struct sock *sk = sock->sk;

	SOCK_OPEN(sock);
	return sk->state + port;
}

struct proto_ops inet_stream_ops = { family: 2, bind: inet_bind };
struct proto_ops inet_dgram_ops = { family: 2, bind: inet_bind };
`;
const afUnix = `#include <net/sock.h>

static int unix_bind(struct socket *sock, int port)
{
	return sock->sk->state;
}

static struct proto_ops unix_ops = { 1, unix_bind };
`;
const socketC = `#include <net/sock.h>

int sys_bind(struct socket *sock, int port)
{
	return sock->ops->bind(sock, port);
}

int sys_socketcall(struct socket *sock)
{
	return sys_bind(sock, 0);
}
`;
/** What a grammar gives up on: a macro that opens a brace, signs that are no C, a bracket that nobody closes. */
const damaged = `#include <net/sock.h>
OPEN_A_BLOCK(x) {
@@ <<<< )) ;
int damaged_bind(struct socket *sock)
{
	struct sock *sk = sock->sk;
	if (sk->state
		return sys_bind(sock, sk->state);
}
`;
const small = {
  Makefile: 'VERSION = 2\nPATCHLEVEL = 6\nSUBLEVEL = 11\n',
  'include/net/sock.h': sockHeader,
  'net/ipv4/af_inet.c': afInet,
  'net/unix/af_unix.c': afUnix,
  'net/socket.c': socketC,
  'net/damaged.c': damaged,
};

const inSocket = { path: 'net/socket.c', symbol: 'sys_bind' };
const inHeader = { path: 'include/net/sock.h', symbol: 'proto_ops' };
const smallTree: ReadTree = {
  name: 'reading-small',
  source: (path) => given(small[path as keyof typeof small], path),
  caller: { ...inSocket, text: 'sys_bind' },
  call: { ...inSocket, text: 'ops->bind', word: 'bind' },
  callee: { path: 'net/ipv4/af_inet.c', symbol: 'inet_bind', text: 'inet_bind' },
  tables: ['inet_stream_ops.bind', 'inet_dgram_ops.bind'],
  others: ['af_unix.c'],
  member: [
    { ...inSocket, text: 'sock->ops', word: 'ops' },
    { ...inHeader, text: '*ops', word: 'ops' },
  ],
  type: [
    { ...inSocket, text: 'sock->ops', word: 'sock' },
    { ...inHeader, text: 'struct socket {', word: 'socket' },
  ],
  referenced: {
    at: { ...inHeader, text: 'int state', word: 'state' },
    files: ['af_inet.c', 'af_unix.c', 'damaged.c'],
  },
  damaged: {
    call: { path: 'net/damaged.c', symbol: 'damaged_bind', text: 'sys_bind(sock', word: 'sys_bind' },
    definition: { ...inSocket, text: 'sys_bind' },
  },
  outline: {
    record: 'proto_ops',
    member: { path: 'include/net/sock.h', symbol: 'family', text: 'int family' },
    macro: 'SOCK_OPEN',
  },
  noRename: 'does not rename',
};

/** Ends what hangs. */
const limit = 240_000;

describe('a small tree', { timeout: limit }, () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      settings: { ...tabSettings, ...readingSettings, 'sockscope.kernel': '.' },
      files: small,
      viewport: { width: 1400, height: 900 },
    });
  }, limit);
  afterAll(() => workbench?.close());

  testsReading(() => workbench, smallTree);
});

describe('the bundled kernel, in Chinese', { timeout: limit }, () => {
  let workbench: Workbench;
  const source = (path: string): string => readFileSync(new URL(`../../media/kernel/${path}`, import.meta.url), 'utf8');
  beforeAll(async () => {
    workbench = await openSuite({
      locale: 'zh-cn',
      theme: 'dark',
      settings: { ...tabSettings, 'sockscope.language': 'zh' },
      // It starts the extension, also where VS Code cannot search for scripts.
      files: { '.sockscope/start.json': '{}' },
      viewport: { width: 1400, height: 900 },
    });
    await opened(workbench);
  }, limit);
  afterAll(() => workbench?.close());

  test('a hover shows what a macro becomes', async () => {
    const use = { path: 'net/ipv4/tcp_connect.c', symbol: 'tcp_connect', text: 'TCP_SKB_CB(buff)', word: 'TCP_SKB_CB' };
    expect(await hoverAtWord(workbench, { source }, use, /展开/)).toContain('&((buff)->cb[0])');
    await workbench.screenshot('reading-macro');
  });

  test('a hover shows how a struct lies in memory, and says in Chinese what it is', async () => {
    const use = { path: 'net/ipv4/af_inet.c', symbol: 'inet_create', text: 'struct sock *sk', word: 'sock ' };
    expect(await hoverAtWord(workbench, { source }, use, /struct sock \{/)).toMatch(/[\u4e00-\u9fff]/);
    await workbench.screenshot('reading-layout');
  });

  test('a hover while paused shows the value and the note', async () => {
    await workbench.runCommand('SockScope: Run Scenario');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'tcp-socket' }).first().waitFor();
    await workbench.pick('tcp-socket');
    await standsAt(workbench);
    for (let step = 0; step < 4; step++) {
      await moveBy(workbench, 'F10');
    }
    await hoverUntil(workbench, 'sock_map_fd', /[\u4e00-\u9fff]/);
    await hoverUntil(workbench, 'retval', /retval = \d/);
    await workbench.screenshot('reading-paused');
  });

  test('values stand at the ends of lines that ran, and behind no others', async () => {
    const { page } = workbench;
    await page.mouse.move(5, 5);
    const lines = await until(
      'inline values',
      () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.view-line')]
            .filter((line) => line.querySelector('[class*="inline-value"], [class*="ced-inline"]'))
            // Blanks are drawn in several ways, in a selection as dots; the arrow of the next statement is a sign too.
            .map((line) => (line.textContent ?? '').replace(/[\s\u200b-\u200d\ue000-\uf8ff·]+/g, ' ').trim()),
        ),
      (all) => all.some((line) => /^return retval; ?retval = \d/.test(line)),
    );
    expect(lines.join('\n')).toMatch(/^retval = sock_map_fd\(sock\); ?sock = 0x/m);
    expect(lines.join('\n')).not.toContain('sock_release');
    await workbench.screenshot('reading-inline-values');
    await stopDebugging(workbench);
  });
});
