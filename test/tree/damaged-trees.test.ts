/**
 * Small trees with something wrong, through the command line: what is at fault is named, what hangs on it is refused, and
 * no summary says more than its details. With a real tree, the same on a copy of it in memory.
 */
import { describe, expect, test } from 'vitest';
import { check, sockscope, type CliRun } from '../cli/cli-fixture';

const makefile = (version: string): string => {
  const [major, minor, patch] = version.split('.');
  return `VERSION = ${major}\nPATCHLEVEL = ${minor}\n${patch === undefined ? '' : `SUBLEVEL = ${patch}\n`}`;
};
/** The least that counts as a 2.4 tree, with two functions of the notes. */
const least: Readonly<Record<string, string>> = {
  Makefile: makefile('2.4.18'),
  'net/ipv4/af_inet.c':
    '#include <net/sock.h>\nint inet_create(struct sock *sk)\n{\n\treturn sk->front;\n}\nint inet_bind(struct sock *sk)\n{\n\treturn sk->behind;\n}\n',
  'include/net/sock.h':
    'struct inner { int front; wait_t wait; };\nstruct sock { int front; struct inner inner; int behind; };\ntypedef struct sock sock_t;\ntypedef sock_t socks_t[2];\n',
};

function inTree(files: Readonly<Record<string, string>>, name = 'tree'): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries({ ...least, ...files }).map(([path, text]) => [`${name}/${path}`, text]));
}

function doctor(files: Readonly<Record<string, string>>): Promise<CliRun> {
  return sockscope('doctor tree', { files: inTree(files) });
}

describe('a struct that lost a member', () => {
  test('is named with the place and what it is part of; only what uses it whole is refused', async () => {
    const { status, out } = await doctor({});
    expect(status).toBe(1);
    expect(out).toContain(
      "not whole: struct inner, member 'wait' at include/net/sock.h:1: unknown type name 'wait_t' (declare it with typedef, or include the header that does); it is part of struct sock\n",
    );
    expect(out).toContain('steppable  inet_create  net/ipv4/af_inet.c:2\n');
    expect(out).toContain('partly     inet_bind  net/ipv4/af_inet.c:6  (stops at line 8)\n');
    expect(out).toContain('2 functions compiled, 1 of them without a refused statement');
  });
  test.each(['inner', 'sock', 'struct sock', 'sock_t', 'socks_t'])('has no layout: %s', async (name) => {
    const { status, out, err } = await sockscope('layout X --kernel tree', { files: inTree({}), words: { X: name } });
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(
      `the layout of '${name}' is not known: member 'wait' of 'struct inner' makes no sense, include/net/sock.h:1`,
    );
  });
  test('in Chinese', async () => {
    const { out } = await sockscope('doctor tree --lang zh', { files: inTree({}) });
    expect(out).toContain('不完整：struct inner，成员“wait”，include/net/sock.h:1：不认识的类型名“wait_t”');
  });
  test('what hangs on it through a name declared elsewhere counts as refused too', async () => {
    const { out } = await doctor({
      'net/ipv4/af_inet.c':
        '#include <net/sock.h>\nstruct sock first = { 1 };\nint inet_create(void)\n{\n\tint a = 1;\n\treturn first.front + a;\n}\n',
    });
    expect(out).toContain('partly     inet_create  net/ipv4/af_inet.c:3  (stops at line 6)');
    expect(out).toContain('1 functions compiled, 0 of them without a refused statement');
  });
});

describe('errors beside functions that are whole', () => {
  test('stand in functions that nothing calls', async () => {
    const { out } = await doctor({
      'net/ipv4/af_inet.c': 'int inet_create(void)\n{\n\treturn 1;\n}\n',
      'kernel/sys.c': 'int sys_led(void)\n{\n\treturn BOARD_REGISTER;\n}\n',
    });
    expect(out).toMatch(
      /of the errors 1 in functions that the network stack does not call \(sys_led\), \d+ in declarations and missing files/,
    );
    expect(out).toContain('1 functions compiled, 1 of them without a refused statement');
  });
  test('or in declarations', async () => {
    const { out } = await doctor({ 'net/ipv4/af_inet.c': 'nowhere_t a;\nint inet_create(void)\n{\n\treturn 1;\n}\n' });
    expect(out).toMatch(/of the errors \d+ in declarations and missing files\n/);
  });
  test('the first line promises no more than the rest holds', async () => {
    const { out } = await doctor({ 'net/ipv4/af_inet.c': 'int inet_create(void)\n{\n\treturn 1;\n}\n' });
    expect(out).toContain('Linux 2.4.18: a 2.4 tree; 1 of the 13 functions of the notes can be stepped whole');
  });
});

describe('what a tree lacks', () => {
  const lacks = ['drivers/net/Space.c', 'kernel/timer.c', 'net/core/Makefile', 'include/asm-i386', 'net/ipv4/tcp.c'];
  test('is told: sources of which a part is used, Makefiles, headers of the i386', async () => {
    const { out, err } = await doctor({});
    const missing = /^missing: (.*)$/m.exec(out)?.[1]?.split(', ') ?? [];
    expect(missing).toEqual(expect.arrayContaining(lacks));
    lacks.forEach((path) => expect(err).toContain(`${path}:1:1: `));
  });
  test('a source that its Makefile links', async () => {
    const { out } = await doctor({ 'net/core/Makefile': 'obj-y := sock.o filter.o whole.o\nwhole-objs := part.o\n' });
    expect(out).toContain('net/core/filter.c');
    expect(out).not.toContain('whole.c');
  });
  test('and nothing of what is there', async () => {
    const { out } = await doctor({
      'drivers/net/Space.c': '',
      'include/asm-i386/types.h': '#ifndef _I386_TYPES_H\n#endif\n',
    });
    expect(out).not.toMatch(/missing: .*(Space\.c|asm-i386)/);
  });
});

describe('kernels that are no 2.4', () => {
  const tells = async (name: string, files: Readonly<Record<string, string>>, told: string): Promise<void> => {
    const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
    for (const command of ['doctor DIR', 'run tcp-socket --kernel DIR', 'layout sock --kernel DIR']) {
      await check(command.replace('DIR', name), { status: 2, err: told }, { files: inside });
    }
  };
  test('1.2.13, whose socket layer lies in net/inet', () =>
    tells('tree', { Makefile: makefile('1.2.13'), 'net/inet/af_inet.c': '' }, 'this is Linux 1.2.13; only 2.4'));
  test('1.0, without a third number', () =>
    tells('tree', { Makefile: makefile('1.0'), 'net/inet/af_inet.c': '' }, 'this is Linux 1.0; only 2.4'));
  test('its network sources alone, in a folder of its name', () =>
    tells('linux-1.2.13', { 'net/inet/af_inet.c': '' }, 'this is Linux 1.2.13; only 2.4'));
  test('and in a folder of another name', () =>
    tells('kernel', { 'net/inet/af_inet.c': '' }, 'this is Linux 1.x; only 2.4'));
  test.each(['2.0.40', '2.2.26', '2.6.39', '3.0.101', '6.12.0'])('%s', (version) =>
    tells('tree', { Makefile: makefile(version), 'init/main.c': '' }, `this is Linux ${version}; only 2.4`),
  );
  test('by a header, where there is no Makefile', () =>
    tells(
      'tree',
      { 'include/linux/version.h': '#define UTS_RELEASE "2.2.26"\n', 'net/socket.c': '' },
      'this is Linux 2.2.26',
    ));
  test('a part of a 2.4', () =>
    tells(
      'tree',
      { Makefile: makefile('2.4.18'), 'net/socket.c': '' },
      'this is a part of Linux 2.4.18: it lacks net/ipv4/af_inet.c, include/net/sock.h',
    ));
  test('a part of unknown version', () =>
    tells('tree', { 'net/socket.c': '' }, 'this is a part of Linux of unknown version'));
  test('something else with a version in its Makefile', () =>
    tells('tree', { Makefile: makefile('2.4.18') }, 'this folder is no Linux source tree'));
});
