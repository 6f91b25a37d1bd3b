/**
 * Folders that are no kernel, the wrong kernel, half a kernel, or hold what no source file should: each is told, in
 * bounded time.
 */
import { given } from '../../src/base/checked-access';
import { english } from '../sentences/english';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { diskTree } from '../../src/hosts/disk-tree';
import { examineTree } from '../../src/trees/kernel-doctor';
import { identifyTree } from '../../src/trees/identify-tree';
import { openProgram, ProgramCache } from '../../src/facade/open-session';
import { formatDiagnostic } from '../../src/source/diagnostic';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from './tree-fixture';

const folders: string[] = [];
const cache = new ProgramCache();
const media = mediaTexts();
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

const version = (major: number, minor: number, patch: number): string =>
  `VERSION = ${major}\nPATCHLEVEL = ${minor}\nSUBLEVEL = ${patch}\n`;
/** The least that counts as a 2.4 tree. */
const least = {
  Makefile: version(2, 4, 18),
  'net/ipv4/af_inet.c': 'int inet_create(void)\n{\n\treturn 1;\n}\n',
  'include/net/sock.h': '',
};

function folderOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'tree-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(target, join(folder, path));
  }
  return folder;
}

/**
 * Examines a made-up folder: every text of `told` must be among its diagnostics, and `inet_create` be steppable as said.
 */
async function check(
  files: Readonly<Record<string, string | Uint8Array>>,
  told: readonly string[],
  inetCreate?: 'yes' | 'partly' | 'no',
  links?: Readonly<Record<string, string>>,
): Promise<void> {
  const loader = diskTree(folderOf(files, links));
  const kind = identifyTree(loader, 'tree');
  const { program, diagnostics } = await openProgram({
    media,
    wasm: wasmFiles(),
    cache,
    kernel: { loader, name: 'tree' },
  });
  const text = diagnostics.map((each) => formatDiagnostic(each)).join('\n');
  told.forEach((each) => expect(text).toContain(each));
  expect(
    'severity' in kind
      ? undefined
      : examineTree(kind, program, diagnostics).functions.find(({ name }) => name === 'inet_create')?.steppable,
  ).toBe(inetCreate);
}

describe('folders that cannot be stepped', () => {
  test('no kernel', () => check({ 'notes.txt': 'hello' }, ['no Linux source tree', '[SS8001]']));
  test('a folder that is not there', () =>
    expect(identifyTree(diskTree('/there/is/no/such/folder'), 'x')).toMatchObject({ code: 'SS8001' }));
  test('a 2.6 tree', () =>
    check({ ...least, Makefile: version(2, 6, 11) }, [
      'this is Linux 2.6.11; only 2.4 can be stepped',
      'reading features still work',
      '[SS8002]',
    ]));
  test('a 6.x tree', () => check({ ...least, Makefile: version(6, 1, 0) }, ['this is Linux 6.1.0', '[SS8002]']));
});

test('the run queue is the simulator’s, though the tree has C for it', async () => {
  const loader = diskTree(
    folderOf({
      ...least,
      'kernel/sched.c':
        'long sys_sched_yield(void)\n{\n\treturn *(long *)0;\n}\nvoid yield(void)\n{\n\tsys_sched_yield();\n}\n',
      'net/ipv4/af_inet.c': 'extern void yield(void);\nint inet_create(void)\n{\n\tyield();\n\treturn 1;\n}\n',
    }),
  );
  const { program } = await openProgram({ media, wasm: wasmFiles(), cache, kernel: { loader, name: 'tree' } });
  const kindOf = (name: string): string | undefined =>
    program?.image.debug.functions.find((each) => each.name === name)?.kind;
  expect([kindOf('yield'), kindOf('sys_sched_yield')]).toEqual(['compiled', 'service']);
});

test('the task queue of disks is there, empty, for a timer_bh that looks at it', async () => {
  const loader = diskTree(
    folderOf({
      ...least,
      'include/linux/tqueue.h':
        'typedef struct queue { struct queue *next, *prev; } task_queue;\n#define DECLARE_TASK_QUEUE(q) task_queue q = { &(q), &(q) }\nextern task_queue tq_disk;\n',
      'net/ipv4/af_inet.c':
        '#include <linux/tqueue.h>\nint inet_create(void)\n{\n\treturn tq_disk.next == &tq_disk;\n}\n',
    }),
  );
  const { diagnostics } = await openProgram({ media, wasm: wasmFiles(), cache, kernel: { loader, name: 'tree' } });
  expect(diagnostics.map((each) => formatDiagnostic(each)).filter((text) => text.includes('tq_disk'))).toEqual([]);
});

describe('trees with something wrong', () => {
  test('most of its sources and headers are not there', () =>
    check(
      least,
      [
        'net/ipv4/tcp.c:1:1: error: this source of the network stack is missing',
        '[SS8003]',
        "'linux/sched.h' not found",
        '[SS1001]',
      ],
      'yes',
    ));
  test('an include that is missing does not take its file along', () =>
    check(
      { ...least, 'net/ipv4/af_inet.c': `#include <linux/nothing.h>\n${least['net/ipv4/af_inet.c']}` },
      ["'linux/nothing.h' not found"],
      'yes',
    ));
  test('a statement that is not understood', () =>
    check(
      { ...least, 'net/ipv4/af_inet.c': 'int inet_create(void)\n{\n\tnowhere = 1;\n\treturn 1;\n}\n' },
      ["'nowhere' is not declared", '[SS3001]'],
      'partly',
    ));
  test('a link that leads back to itself', () =>
    check(least, ['a link leads back to itself', '[SS1010]'], 'yes', { 'net/socket.c': 'socket.c' }));
  test('a link that leads out of the tree', () =>
    check(least, ['leads out of the tree', '[SS1010]'], 'yes', {
      'net/socket.c': join(folderOf({ 'outside.c': 'int a;' }), 'outside.c'),
    }));
  test('a folder where a file should be', () =>
    check(
      { ...least, 'net/socket.c/x': '' },
      ['net/socket.c:1:1: error: this source of the network stack is missing'],
      'yes',
    ));
  test('a file of 50 MB', () =>
    check(
      { ...least, 'net/socket.c': new Uint8Array(50_000_000).fill(32) },
      ['50000000 bytes and was not read', '[SS1010]'],
      'yes',
    ));
  test('a binary file', () =>
    check({ ...least, 'net/socket.c': new Uint8Array([127, 69, 76, 70, 0, 1, 2]) }, ['not text', '[SS1010]'], 'yes'));
  test('comments in Latin-1 and EUC-JP', () => {
    const body = new TextEncoder().encode(least['net/ipv4/af_inet.c']);
    const comment = Uint8Array.from([0x2f, 0x2a, 0xe9, 0xe8, 0xa4, 0xb3, 0xa5, 0xab, 0x2a, 0x2f, 0x0a]);
    return check({ ...least, 'net/ipv4/af_inet.c': Uint8Array.from([...comment, ...body]) }, [], 'yes');
  });
  test('a header that includes itself', () =>
    check(
      {
        ...least,
        'include/linux/self.h': '#include <linux/self.h>\n',
        'net/ipv4/af_inet.c': `#include <linux/self.h>\n${least['net/ipv4/af_inet.c']}`,
      },
      ['[SS1002]'],
      'yes',
    ));
  test('a macro that expands without end', () => {
    const doublings = Array.from({ length: 60 }, (_, i) => `#define M${i + 1} M${i} M${i}\n`).join('');
    return check({ ...least, 'net/ipv4/igmp.c': `#define M0 x\n${doublings}int a = M60;\n` }, ['[SS1007]'], 'yes');
  });
  test('an unresolved merge', () =>
    check(
      {
        ...least,
        'include/net/sock.h': '<<<<<<< a\nint x\n=======\nint y;\n>>>>>>> b\n',
        'net/ipv4/af_inet.c': `#include <net/sock.h>\n${least['net/ipv4/af_inet.c']}`,
      },
      ['merge conflict', '[SS1009]'],
      'yes',
    ));
  test('headers of another processor only: the simulator’s own take their place', () =>
    check(
      {
        ...least,
        'include/asm-mips/errno.h': '#error mips\n',
        'net/ipv4/af_inet.c':
          '#include <asm/errno.h>\n#include <asm/socket.h>\nint inet_create(void)\n{\n\treturn -EAGAIN * SO_DEBUG;\n}\n',
      },
      [],
      'yes',
      { 'include/asm': 'asm-mips' },
    ));
  test('jiffies that only the linker script defines are the low word of jiffies_64', async () => {
    const loader = diskTree(
      folderOf({
        ...least,
        'net/socket.c':
          'extern unsigned long volatile jiffies;\nunsigned long long jiffies_64 = 5;\nunsigned long sys_socket(void)\n{\n\treturn jiffies;\n}\n',
      }),
    );
    const { program } = await openProgram({ media, wasm: wasmFiles(), cache, kernel: { loader, name: 'tree' } });
    const address = (name: string): number | undefined =>
      given(program, 'program').image.debug.globals.find((each) => each.name === name)?.address;
    expect(address('jiffies')).toBeDefined();
    expect(address('jiffies')).toBe(address('jiffies_64'));
  });
  test('a problem of a shared header is told once', async () => {
    const loader = diskTree(
      folderOf({
        ...least,
        'include/net/sock.h': 'int a = nowhere;\n',
        'net/ipv4/af_inet.c': '#include <net/sock.h>\n',
        'net/ipv4/tcp.c': '#include <net/sock.h>\n',
      }),
    );
    const { diagnostics } = await openProgram({ media, wasm: wasmFiles(), cache, kernel: { loader, name: 'tree' } });
    expect(diagnostics.filter(({ message }) => english(message).includes("'nowhere'"))).toHaveLength(1);
  });
});
