/**
 * Reading a tree in a real VS Code: definition, references, implementation through tables of functions, types, callers,
 * symbols, outline, hovers; that renaming is refused. Over a small tree of our own with a file that no grammar takes, in
 * English, and over the bundled kernel, in Chinese.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hoverUntil, moveBy, standsAt, stopDebugging } from './debugging';
import {
  closePeek,
  cursor,
  followsTo,
  goTo,
  goToSymbol,
  hoverAtCursor,
  opened,
  peek,
  placeIn,
  refusesRename,
  tabSettings,
} from './reading-places';
import { type Workbench, openSuite, quickType, until } from './workbench';

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

const implementations = 'Go to Implementations';
const references = 'Go to References';

/** Ends what hangs. */
const limit = 240_000;

describe('a small tree', { timeout: limit }, () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      settings: {
        ...tabSettings,
        'sockscope.kernel': '.',
        'editor.gotoLocation.multipleImplementations': 'peek',
        'editor.gotoLocation.multipleReferences': 'peek',
      },
      files: small,
      viewport: { width: 1400, height: 900 },
    });
  }, limit);
  afterAll(() => workbench?.close());

  test('a symbol of the tree is found by its name', async () => {
    await goToSymbol(workbench, 'sys_bind', 'socket.c');
    const { line, shown } = placeIn(socketC, 'sys_bind');
    expect(await cursor(workbench)).toBe(`socket.c:${line}:${shown}`);
  });

  test('a call through a table leads to the functions of all tables', async () => {
    await goTo(workbench, placeIn(socketC, 'ops->bind', 'bind'));
    const list = await peek(workbench, implementations, /af_unix\.c/);
    expect(list).toContain('af_inet.c');
    await workbench.screenshot('reading-small-implementations');
    await closePeek(workbench);
  });

  test('a member leads to its struct, a variable to the definition of its type', async () => {
    await goTo(workbench, placeIn(socketC, 'sock->ops', 'ops'));
    const member = placeIn(sockHeader, '*ops', 'ops');
    await followsTo(workbench, `sock.h:${member.line}:${member.shown}`);
    await goToSymbol(workbench, 'sys_bind', 'socket.c');
    await goTo(workbench, placeIn(socketC, 'sock->ops', 'sock'));
    await workbench.runCommand('Go to Type Definition');
    const record = placeIn(sockHeader, 'struct socket {', 'socket');
    await expect.poll(() => cursor(workbench)).toBe(`sock.h:${record.line}:${record.shown}`);
  });

  test('references of a member are those of its struct, in every file', async () => {
    await goTo(workbench, placeIn(sockHeader, 'int state', 'state'));
    const list = await peek(workbench, references, /damaged\.c/);
    expect(list).toContain('af_inet.c');
    expect(list).toContain('af_unix.c');
    await closePeek(workbench);
  });

  test('callers are found through tables', async () => {
    await goToSymbol(workbench, 'inet_bind', 'af_inet.c');
    const list = await peek(workbench, 'Peek Call Hierarchy', /sys_bind/);
    expect(list).toContain('inet_stream_ops.bind, inet_dgram_ops.bind');
    await workbench.screenshot('reading-small-callers');
    await closePeek(workbench);
  });

  test('a file with errors can be read like any other', async () => {
    await goToSymbol(workbench, 'damaged_bind', 'damaged.c');
    await goTo(workbench, placeIn(damaged, 'sys_bind(sock', 'sys_bind'));
    const call = placeIn(socketC, 'sys_bind');
    await followsTo(workbench, `socket.c:${call.line}:${call.shown}`);
    await goToSymbol(workbench, 'damaged_bind', 'damaged.c');
    await quickType(workbench.page, 'F1', '@damaged', 'damaged_bind');
    await workbench.page.keyboard.press('Escape');
  });

  test('the outline has structs with their members, and macros', async () => {
    await goToSymbol(workbench, 'proto_ops', 'sock.h');
    await quickType(workbench.page, 'F1', '@SOCK_OPEN', 'SOCK_OPEN');
    await workbench.page.keyboard.press('Escape');
    await quickType(workbench.page, 'F1', '@family', 'family');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => cursor(workbench)).toContain(`sock.h:${placeIn(sockHeader, 'int family').line}:`);
  });

  test('renaming is refused with the reason', async () => {
    await goToSymbol(workbench, 'inet_bind', 'af_inet.c');
    await refusesRename(workbench, 'does not rename');
    await workbench.screenshot('reading-small-no-rename');
  });
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
    await goToSymbol(workbench, 'tcp_connect', 'tcp_connect.c');
    await goTo(workbench, placeIn(source('net/ipv4/tcp_connect.c'), 'TCP_SKB_CB(buff)', 'TCP_SKB_CB'));
    expect(await hoverAtCursor(workbench, /展开/)).toContain('&((buff)->cb[0])');
    await workbench.screenshot('reading-macro');
  });

  test('a hover shows how a struct lies in memory, and says in Chinese what it is', async () => {
    await goToSymbol(workbench, 'inet_create', 'af_inet.c');
    await goTo(workbench, placeIn(source('net/ipv4/af_inet.c'), 'struct sock *sk', 'sock '));
    expect(await hoverAtCursor(workbench, /struct sock \{/)).toMatch(/[\u4e00-\u9fff]/);
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
