/**
 * Texts from outside on their way to a terminal, names that every object has, arguments that make no sense: what is
 * printed does nothing, what is looked up is what was named, and every refusal is one sentence with status 2.
 */
import { itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { visibleJson, visibleLine, visibleText } from '../../src/cli/visible-text';
import { check, sockscope } from './cli-fixture';

const escape = '\u001b[31m';

describe('characters that a terminal obeys are shown', () => {
  test('in lines', () => {
    expect(visibleText('a\u001b[2Jb\u009bc\u007f\r\n\td\u202e')).toBe('a\\x1b[2Jb\\x9bc\\x7f\\x0d\n\td\\u202e');
    expect(visibleLine('a\nb')).toBe('a\\x0ab');
    expect(visibleText('中文 é ✓')).toBe('中文 é ✓');
  });
  test('in JSON, which stays what it was', () => {
    const value = { text: 'a\u001b\u009b\u007f\u202e中' };

    expect(visibleJson(value)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(JSON.parse(visibleJson(value))).toEqual(value);
  });
  const packs = (text: string): Readonly<Record<string, string>> => ({
    '.sockscope/annotations/mine.yaml': `entries:\n- function: inet_create\n  en: ${JSON.stringify(text)}\n  title: {en: ${JSON.stringify(text)}, zh: x}\n- statement: return sock\n  in: sock_alloc\n  id: mine\n  en: ${JSON.stringify(text)}\n`,
  });
  const quiet = async (line: string, files: Readonly<Record<string, string>>): Promise<void> => {
    const { out, err } = await sockscope(line, { files });

    expect(out + err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(out + err).toMatch(/\\(x1b|u001b)|U\+001B/);
  };
  test.each(['explain inet_create', 'explain inet_create --json', 'functions inet_create', 'run tcp-socket --trace'])(
    'notes: %s',
    (line) => quiet(line, packs(`${escape}red`)),
  );
  test('names of files, with what is wrong in them', () => {
    const path = `.sockscope/annotations/${escape}.yaml`;
    return quiet('explain inet_create', { [path]: 'entries: 1\n' });
  });
  test('scripts, and what they print', () => quiet('check a.pkt', { 'a.pkt': `0 ${escape}\n` }));
  test('sources of a tree, in what is wrong with them', () =>
    quiet('doctor tree', {
      'tree/Makefile': 'VERSION = 2\nPATCHLEVEL = 4\nSUBLEVEL = 18\n',
      'tree/include/net/sock.h': `int a = "${escape}" "b";\n#error ${escape}\n`,
      'tree/net/ipv4/af_inet.c': `#include <net/sock.h>\n#include <${escape}.h>\n`,
    }));
  test('arguments', async () => {
    const { err } = await sockscope('explain X', { words: { X: `${escape}x` } });
    expect(err).toContain('\\x1b[31mx');
  });
});

describe('names that every object has', () => {
  const tree = {
    'tree/Makefile': 'VERSION = 2\nPATCHLEVEL = 4\nSUBLEVEL = 18\n',
    'tree/include/net/sock.h': '',
    'tree/net/ipv4/af_inet.c':
      'typedef struct constructor { int __proto__; } valueOf;\nenum { toString = 7 };\nvalueOf hasOwnProperty;\nint __proto__(void)\n{\n\treturn toString + hasOwnProperty.__proto__;\n}\nint constructor(void)\n{\n\treturn __proto__();\n}\n',
  };
  const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];
  test('of C in a tree', async () => {
    await check('layout constructor --kernel tree', { status: 0, out: 'struct constructor: 4 bytes' }, { files: tree });
    await check('layout valueOf --kernel tree', { status: 0, out: '__proto__  int' }, { files: tree });
    await check(
      'functions __proto__ constructor --kernel tree',
      { status: 0, out: /compiled +__proto__ .*\n.*compiled +constructor/s },
      { files: tree },
    );
  });
  test.each(['layout', 'explain', 'functions', 'reach', 'run', 'help', 'coverage'])(
    'on the command line: %s',
    async (command) => {
      for (const name of names) {
        await check(`${command} ${name}`, { status: 2, err: /^\S+: error: [^\n]*\[SS\d+\]\n/ });
      }
    },
  );
  test.each(['--constructor', '--__proto__=1', '--kernel=constructor'])('as option: %s', async (option) => {
    await check(`layout sock ${option}`, { status: 2, err: /error: / });
  });
  test('in an oracle file', () =>
    check(
      'check a.json',
      { status: 2, err: 'error: ' },
      { files: { 'a.json': '{"__proto__": {"cases": []}, "constructor": []}' } },
    ));
  test('in a script', async () => {
    for (const name of names) {
      const { status, out } = await sockscope('check a.pkt', {
        files: { 'a.pkt': `0 ${name}(1) = 0\n+0 socket(..., ${name}, SOCK_STREAM, ${name}) = ${name}\n` },
      });
      expect([status, out.includes('0 passed')]).toEqual([1, true]);
    }
  });
});

describe('arguments that make no sense', () => {
  const nonsense: readonly [string, Readonly<Record<string, string>>?][] = [
    ['explain E', { E: '' }],
    ['layout E', { E: '' }],
    ['reach E', { E: '' }],
    ['functions E', { E: '' }],
    ['run E', { E: '' }],
    ['check E', { E: '' }],
    ['doctor E', { E: '' }],
    ['cc E', { E: '' }],
    ['explain E', { E: 'a\0b' }],
    ['run E', { E: 'a\0b.pkt' }],
    ['explain tcp.c:99999999999999999999'],
    ['explain tcp.c:0'],
    ['reach tcp.c:99999999999999999999'],
    ['reach tcp_accept:return#99999999999999999999'],
    ['run tcp-socket --budget 1e9'],
    ['run tcp-socket --budget -5'],
    ['run tcp-socket --budget E', { E: '' }],
    ['run tcp-socket --rewrite wscale=99'],
    ['run tcp-socket -D x'],
    ['run tcp-socket --lang klingon'],
    ['layout sock --kernel nowhere'],
    ['check nowhere.json'],
    ['check folder'],
    ['annotations nowhere.c'],
    ['annotations --stamp nowhere.yaml'],
    ['cc nowhere.c --budget zero'],
    ['functions --kind other'],
    ['E', { E: '' }],
    ['--', {}],
    ['-'],
    ['list more'],
  ];
  test.each(nonsense)('%s %o', async (line, words = {}) => {
    const { status, err, out } = await sockscope(line, { words });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/error: .*\[SS\d{4}\]\n/);
    expect(err).not.toMatch(/\n\s+at |internal|undefined/);
  });
});

describe('did you mean', () => {
  test.each([
    ['explain tcp_acept', 'tcp_accept'],
    ['explain sock.stat', 'sock.state'],
    ['explain tpc.c:130', 'tcp.c:130'],
    ['explain wake-noe', 'wake-one'],
    ['layout sok', 'sock'],
    ['reach tcp_acept:out', 'tcp_accept:out'],
    ['reach tpc.c:130', 'tcp.c:130'],
    ['functions tcp_acept', 'tcp_accept'],
    ['coverage tcp_acept', 'tcp_accept'],
    ['run tcp-soket', 'tcp-socket'],
    ['lits', 'list'],
    ['help doktor', 'doctor'],
    ['list --jsn', '--json'],
    ['run tcp-socket --tace', '--trace'],
  ])('%s', async (line, near) => {
    await check(line, { status: 2, err: new RegExp(`did you mean ${near.replaceAll('.', '\\.')}\\?`, 'i') });
  });
  test('a case of an oracle file', () =>
    check(
      'check a.json --only socket-1a',
      { status: 2, err: 'did you mean socket-1?' },
      {
        files: { 'a.json': JSON.stringify({ cases: [{ id: 'socket-1', caps: [], procs: 1, setup: [], steps: [] }] }) },
      },
    ));
});

describe('explain at a place', () => {
  test.each([
    'net/ipv4/af_inet.c',
    'af_inet.c',
    './af_inet.c',
    '../../net/ipv4/af_inet.c',
    'media/kernel/net/ipv4/af_inet.c',
  ])('%s: the line of a function', async (path) => {
    const { out: functions } = await sockscope('functions inet_create');
    const line = itemAt(/af_inet\.c:(\d+)/.exec(functions)!, 1);
    await check(
      'explain X',
      { status: 0, out: 'inet_create(struct socket *sock, int protocol)' },
      { words: { X: `${path}:${line}` } },
    );
  });
  test.each(['/somewhere/else/media/kernel/net/ipv4/af_inet.c', 'C:\\linux\\net\\ipv4\\af_inet.c'])(
    '%s: a file of another machine is not the bundled one of that name',
    async (path) => {
      await check('explain X', { status: 2, err: '--kernel DIR' }, { words: { X: `${path}:100` } });
    },
  );
  test('a line with nothing to say', () =>
    check('explain af_inet.c:1', { status: 1, err: 'nothing is known about net/ipv4/af_inet.c:1' }));
  test('a name that several files have', () =>
    check('explain sock.h:1 utils.c:1', { status: 2, err: /it may be any of|nothing is known about/ }));
});
