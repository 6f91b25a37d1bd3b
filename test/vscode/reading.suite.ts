/**
 * Reading a tree in a real VS Code: definition, references, implementation through tables of functions, types, callers,
 * symbols, outline, hovers; that renaming is refused. Nothing is run for any of it. Over a small tree of our own with a
 * file that no grammar takes, over the bundled kernel, and over a real 2.4 (SOCKSCOPE_KERNEL).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hoverUntil, moveBy, standsAt, stopDebugging } from './debugging';
import { closePeek, cursor, goTo, goToSymbol, hoverAtCursor, peek, placeIn } from './reading-places';
import { type Workbench, openSuite, quickType, until } from './workbench';

const tree = process.env.SOCKSCOPE_KERNEL;
const isTree = tree !== undefined && existsSync(tree);
if (!isTree) {
  console.warn('reading.suite: SOCKSCOPE_KERNEL names no tree; only the small one and the bundled kernel are read');
}

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

describe('a small tree', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      settings: {
        'sockscope.kernel': '.',
        'editor.gotoLocation.multipleImplementations': 'peek',
        'editor.gotoLocation.multipleReferences': 'peek',
      },
      files: small,
      viewport: { width: 1400, height: 900 },
    });
  });
  afterAll(() => workbench.close());

  test('a symbol of the tree is found by its name', async () => {
    await goToSymbol(workbench, 'sys_bind', 'socket.c');
    const { line, column } = placeIn(socketC, 'sys_bind');
    expect(await cursor(workbench)).toBe(`socket.c:${line}:${column}`);
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
    await workbench.page.keyboard.press('F12');
    const member = placeIn(sockHeader, '*ops', 'ops');
    await expect.poll(() => cursor(workbench)).toBe(`sock.h:${member.line}:${member.column}`);
    await goToSymbol(workbench, 'sys_bind', 'socket.c');
    await goTo(workbench, placeIn(socketC, 'sock->ops', 'sock'));
    await workbench.runCommand('Go to Type Definition');
    const record = placeIn(sockHeader, 'struct socket {', 'socket');
    await expect.poll(() => cursor(workbench)).toBe(`sock.h:${record.line}:${record.column}`);
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
    expect(list).toContain('sys_bind');
    await workbench.screenshot('reading-small-callers');
    await closePeek(workbench);
  });

  test('a file with errors can be read like any other', async () => {
    await goToSymbol(workbench, 'damaged_bind', 'damaged.c');
    await goTo(workbench, placeIn(damaged, 'sys_bind(sock', 'sys_bind'));
    await workbench.page.keyboard.press('F12');
    const call = placeIn(socketC, 'sys_bind');
    await expect.poll(() => cursor(workbench)).toBe(`socket.c:${call.line}:${call.column}`);
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

describe('the bundled kernel, in Chinese', () => {
  let workbench: Workbench;
  const source = (path: string): string => readFileSync(new URL(`../../media/kernel/${path}`, import.meta.url), 'utf8');
  beforeAll(async () => {
    workbench = await openSuite({
      locale: 'zh-cn',
      settings: { 'sockscope.language': 'zh' },
      files: { 'a.pkt': '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n' },
      viewport: { width: 1400, height: 900 },
    });
  });
  afterAll(() => workbench.close());

  test('a hover shows what a macro becomes', async () => {
    const text = source('net/ipv4/tcp_input.c');
    await goToSymbol(workbench, 'tcp_rcv_state_process', 'tcp_input.c');
    await goTo(workbench, placeIn(text, 'TCP_SKB_CB(skb)', 'TCP_SKB_CB'));
    expect(await hoverAtCursor(workbench, /展开/)).toContain('skb');
    await workbench.screenshot('reading-macro');
  });

  test('a hover shows how a struct lies in memory, and says in Chinese what it is', async () => {
    await goToSymbol(workbench, 'inet_create', 'af_inet.c');
    await goTo(workbench, placeIn(source('net/ipv4/af_inet.c'), 'struct sock *sk', 'sock '));
    expect(await hoverAtCursor(workbench, /struct sock \{/)).toMatch(/[\u4e00-\u9fff]/);
    await workbench.screenshot('reading-layout');
  });

  test('renaming is refused in Chinese', async () => {
    await goToSymbol(workbench, 'inet_create', 'af_inet.c');
    await refusesRename(workbench, '不');
  });

  test('a hover while paused shows the value and the note', async () => {
    await workbench.runCommand('SockScope: Run Scenario');
    await workbench.pick('tcp-socket');
    await standsAt(workbench);
    for (let step = 0; step < 4; step++) {
      await moveBy(workbench, 'F10');
    }
    await hoverUntil(workbench, 'protocol', /protocol = \d[\s\S]*[\u4e00-\u9fff]/);
    await workbench.screenshot('reading-paused');
  });

  test('values stand at the ends of lines that ran, and behind no others', async () => {
    const { page } = workbench;
    await page.mouse.move(5, 5);
    const text = source('net/ipv4/af_inet.c').split('\n');
    const valued = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.view-line')]
          .filter((line) => line.querySelector('[class*="ced-inline"], .debug-inline-value, [class*="inline-value"]'))
          .map((line) => line.textContent ?? ''),
      );
    const lines = await until('inline values', valued, (all) => all.length > 0);
    expect(text.length).toBeGreaterThan(100);
    expect(lines.join('\n')).toContain('protocol');
    await workbench.screenshot('reading-inline-values');
    await stopDebugging(workbench);
  });
});

describe.skipIf(!isTree)('a real 2.4 tree', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openSuite({
      locale: 'zh-cn',
      settings: {
        'sockscope.kernel': tree,
        'sockscope.language': 'both',
        'files.autoSave': 'off',
        'editor.gotoLocation.multipleDefinitions': 'goto',
        'editor.gotoLocation.multipleImplementations': 'peek',
        'editor.gotoLocation.multipleReferences': 'peek',
      },
      files: { 'a.pkt': '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n' },
      viewport: { width: 1600, height: 1000 },
    });
  });
  afterAll(() => workbench.close());
  const source = (path: string): string => readFileSync(join(tree ?? '', path), 'latin1');

  test('sock->ops->bind leads to inet_bind', async () => {
    await goToSymbol(workbench, 'sys_bind', 'socket.c');
    await goTo(workbench, placeIn(source('net/socket.c'), 'ops->bind(', 'bind('));
    await workbench.page.keyboard.press('F12');
    const bind = placeIn(source('net/ipv4/af_inet.c'), 'inet_bind(struct socket', 'inet_bind');
    await expect.poll(() => cursor(workbench)).toBe(`af_inet.c:${bind.line}:${bind.column}`);
  });

  test('and, when asked, to all tables that have it', async () => {
    await goToSymbol(workbench, 'sys_bind', 'socket.c');
    await goTo(workbench, placeIn(source('net/socket.c'), 'ops->bind(', 'bind('));
    const list = await peek(workbench, implementations, /af_unix\.c/);
    expect(list).toContain('af_inet.c');
    expect(list).toContain('af_packet.c');
    await workbench.screenshot('reading-tree-implementations');
    await closePeek(workbench);
  });

  test('references of a function are in every file, with calls through its tables', async () => {
    await goToSymbol(workbench, 'inet_bind', 'af_inet.c');
    expect(await peek(workbench, references, /socket\.c/)).toContain('af_inet.c');
    await workbench.screenshot('reading-tree-references');
    await closePeek(workbench);
  });

  test('callers through a table are in the call hierarchy', async () => {
    await goToSymbol(workbench, 'tcp_accept', 'tcp.c');
    await peek(workbench, 'Peek Call Hierarchy', /inet_accept/);
    await workbench.screenshot('reading-tree-callers');
    await closePeek(workbench);
  });

  test('a variable leads to its type, the outline to a member of a struct', async () => {
    const text = source('net/ipv4/af_inet.c');
    await goToSymbol(workbench, 'inet_bind', 'af_inet.c');
    await goTo(workbench, placeIn(text, 'struct sockaddr_in *addr=', 'addr='));
    await workbench.runCommand('Go to Type Definition');
    const record = placeIn(source('include/linux/in.h'), 'struct sockaddr_in {', 'sockaddr_in');
    await expect.poll(() => cursor(workbench)).toBe(`in.h:${record.line}:${record.column}`);
    await goToSymbol(workbench, 'tcp_opt', 'sock.h');
    await quickType(workbench.page, 'F1', '@rcv_nxt', 'rcv_nxt');
    await workbench.page.keyboard.press('Enter');
    const member = placeIn(source('include/net/sock.h'), 'rcv_nxt;').line;
    await expect.poll(() => cursor(workbench)).toContain(`sock.h:${member}:`);
  });

  test('hovers explain in both languages, with what a macro becomes and how a struct lies', async () => {
    await goToSymbol(workbench, 'inet_bind', 'af_inet.c');
    const note = await hoverAtCursor(workbench, /[\u4e00-\u9fff]/);
    expect(note).toMatch(/[a-z]{3,} [a-z]{2,}/);
    await workbench.screenshot('reading-tree-note');
    await goToSymbol(workbench, 'tcp_rcv_state_process', 'tcp_input.c');
    await goTo(workbench, placeIn(source('net/ipv4/tcp_input.c'), 'TCP_SKB_CB(skb)', 'TCP_SKB_CB'));
    await hoverAtCursor(workbench, /cb\[0\]/);
    await goToSymbol(workbench, 'inet_create', 'af_inet.c');
    await goTo(workbench, placeIn(source('net/ipv4/af_inet.c'), 'struct sock *sk', 'sock '));
    await hoverAtCursor(workbench, /struct sock \{/);
    await workbench.screenshot('reading-tree-layout');
  });

  test('a file whose text has become no C any more is still read', async () => {
    const text = source('net/socket.c');
    await goToSymbol(workbench, 'sys_listen', 'socket.c');
    const at = placeIn(text, 'sys_listen(int fd');
    await goTo(workbench, { line: at.line, column: 1 });
    await workbench.page.keyboard.type('@@ ( <<< extern int {\n');
    await goTo(workbench, {
      ...placeIn(text, 'ops->listen(', 'listen('),
      line: placeIn(text, 'ops->listen(').line + 1,
    });
    await workbench.page.keyboard.press('F12');
    await expect.poll(() => cursor(workbench)).toMatch(/^(?:af_inet|af_unix|socket)\.c:/);
    await workbench.screenshot('reading-tree-damaged');
  });

  test('renaming is refused in Chinese', async () => {
    await goToSymbol(workbench, 'inet_bind', 'af_inet.c');
    await refusesRename(workbench, '不');
  });
});

/** Asks for a new name and waits for the sentence that refuses it. */
async function refusesRename({ page }: Workbench, words: string): Promise<void> {
  await page.keyboard.press('F2');
  await until(
    'the refusal',
    () =>
      page
        .locator('.monaco-editor-overlaymessage')
        .innerText({ timeout: 5000 })
        .catch(() => ''),
    (text) => text.includes(words),
  );
}
