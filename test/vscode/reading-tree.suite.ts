/**
 * Reading Linux 2.4.0 itself in a real VS Code, in both languages: all that holds of a small tree, with the functions
 * behind `sock->ops->bind`, and hovers: a macro's expansion, a struct's layout, the note of a statement. Over a copy of
 * the folders that are indexed, in which one file is damaged so that no grammar takes it whole. Needs a tree
 * (SOCKSCOPE_KERNEL).
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReadTree, hoverAtWord, readingSettings, testsReading } from './reading-features';
import { tabSettings } from './reading-places';
import { type Workbench, openSuite } from './workbench';

const tree = process.env.SOCKSCOPE_KERNEL ?? '';
const isThere = existsSync(join(tree, 'net/ipv4/af_inet.c'));
if (!isThere) {
  process.stderr.write('reading-tree.suite: skipped, SOCKSCOPE_KERNEL names no Linux tree\n');
}

/** What is read of a tree, and what its program is compiled from. */
const copied = ['Makefile', 'include', 'kernel', 'net', 'lib', 'drivers/net/loopback.c', 'drivers/net/Space.c'];
const damagedFile = 'net/ipv4/udp.c';
const damagedFunction = 'int udp_sendmsg(';
/** A macro that opens a brace which nobody closes, and signs that are no C. */
const damage = 'OPEN_A_BLOCK(x) {\n@@ <<<< )) ;\n';

/** A copy of the tree to read in, the reference stays as it is. */
async function copyOfTree(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'sockscope-tree-'));
  for (const path of copied) {
    await cp(join(tree, path), join(copy, path), { recursive: true, verbatimSymlinks: true });
  }
  const text = await readFile(join(copy, damagedFile), 'latin1');
  expect(text).toContain(damagedFunction);
  await writeFile(join(copy, damagedFile), text.replace(damagedFunction, `${damage}${damagedFunction}`), 'latin1');
  return copy;
}

const inSocket = { path: 'net/socket.c', symbol: 'sys_bind' };
const inHeader = { path: 'include/linux/net.h', symbol: 'proto_ops' };
const damaged = { path: damagedFile, symbol: 'udp_sendmsg' };

function treeAt(folder: () => string, noRename: string): ReadTree {
  return {
    name: 'reading-tree',
    source: (path) => readFileSync(join(folder(), path), 'latin1'),
    caller: { ...inSocket, text: 'long sys_bind(', word: 'sys_bind' },
    call: { ...inSocket, text: 'sock->ops->bind', word: 'bind' },
    callee: { path: 'net/ipv4/af_inet.c', symbol: 'inet_bind', text: 'int inet_bind(', word: 'inet_bind' },
    tables: ['inet_stream_ops.bind', 'inet_dgram_ops.bind'],
    others: ['af_inet6.c', 'af_netlink.c', 'af_packet.c', 'af_unix.c'],
    member: [
      { ...inSocket, text: 'sock->ops->bind', word: 'ops' },
      { ...inHeader, text: '*ops;', word: 'ops' },
    ],
    type: [
      { ...inSocket, text: 'sock->ops->bind', word: 'sock' },
      { ...inHeader, text: 'struct socket\n', word: 'socket' },
    ],
    referenced: {
      at: { ...inHeader, text: 'passcred' },
      files: ['net.h', 'scm.h', 'sock.c', 'af_unix.c'],
    },
    damaged: {
      call: { ...damaged, text: 'ip_build_xmit(sk', word: 'ip_build_xmit' },
      definition: {
        path: 'net/ipv4/ip_output.c',
        symbol: 'ip_build_xmit',
        text: 'int ip_build_xmit(',
        word: 'ip_build_xmit',
      },
    },
    outline: {
      record: 'proto_ops',
      member: { path: 'include/linux/net.h', symbol: 'socketpair', text: '(*socketpair)', word: 'socketpair' },
      macro: 'SOCK_ASYNC_WAITDATA',
    },
    noRename,
  };
}

const said = {
  en: {
    noRename: 'does not rename',
    unconnected: /A new socket starts unconnected/,
    whole: /A datagram goes whole or not at all/,
  },
  'zh-cn': {
    noRename: '不在内核里重命名',
    unconnected: /新建的 socket 尚未连接/,
    whole: /数据报要么整个走，要么不走/,
  },
} as const;

/** Ends what hangs: the first hover waits for the tree to be compiled. */
const limit = 600_000;

describe.skipIf(!isThere).each(['en', 'zh-cn'] as const)('a tree read in %s', { timeout: limit }, (locale) => {
  const words = said[locale];
  let folder = '';
  let workbench: Workbench;
  const read = treeAt(() => folder, words.noRename);
  beforeAll(async () => {
    folder = await copyOfTree();
    workbench = await openSuite({
      folder,
      locale,
      theme: locale === 'en' ? 'light' : 'dark',
      settings: {
        ...tabSettings,
        ...readingSettings,
        'sockscope.kernel': '.',
        'sockscope.language': locale === 'en' ? 'en' : 'zh',
      },
      viewport: { width: 1400, height: 900 },
    });
  }, limit);
  afterAll(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  testsReading(() => workbench, read);

  test('a hover shows what a macro becomes', async () => {
    const use = { path: 'net/ipv4/tcp_output.c', symbol: 'update_send_head', text: 'TCP_SKB_CB(skb)' };
    await hoverAtWord(workbench, read, { ...use, word: 'TCP_SKB_CB' }, /\(skb\)->cb\[0\]/);
    await workbench.screenshot('reading-tree-macro');
  });

  test('a hover shows how a struct lies in memory', async () => {
    const use = { path: 'net/ipv4/af_inet.c', symbol: 'inet_create', text: 'struct sock *sk;', word: 'sock ' };
    expect(await hoverAtWord(workbench, read, use, /struct sock \{/)).toMatch(/\/\* +0 +4 \*\//);
    await workbench.screenshot('reading-tree-layout');
  });

  test('a hover shows the note of a statement, in a damaged file too', async () => {
    const create = { path: 'net/ipv4/af_inet.c', symbol: 'inet_create', text: 'sock->state = SS_UNCONNECTED' };
    await hoverAtWord(workbench, read, { ...create, word: 'state' }, words.unconnected);
    await workbench.screenshot('reading-tree-note');
    await hoverAtWord(workbench, read, { ...damaged, text: 'len > 0xFFFF', word: 'len' }, words.whole);
    await workbench.screenshot('reading-tree-damaged-note');
  });
});
