/**
 * What a person asks of a stopped kernel: expressions that lead nowhere, names every C programmer knows, gdb's forms, and
 * the value of the function just left.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { wording } from '../../src/sentences/wording';
import { mediaTexts } from '../cli/cli-fixture';
import { started } from '../session/c-session';
import { programCache } from '../program-cache';

const root = fileURLToPath(new URL('../../', import.meta.url));
const wasm = (path: string): Uint8Array => new Uint8Array(readFileSync(`${root}node_modules/${path}`));

let session: SessionApi;
beforeAll(async () => {
  const opened = await openSession({
    media: mediaTexts(),
    cache: programCache(),
    scenario: 'handshake',
    wasm: { runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'), grammar: wasm('tree-sitter-c/tree-sitter-c.wasm') },
  });
  session = given(opened.session, 'session');
  session.setFunctionBreakpoints([{ name: 'tcp_v4_connect' }]);
  await session.start({ stopOnEntry: false });
});

function asked(expression: string, language = 'en', of: SessionApi = session): string {
  const { value, diagnostics } = of.evaluate(expression, of.stack(of.stop.thread)[0]);
  return value?.display ?? diagnostics.map(({ message }) => wording(message, language)).join('; ');
}

// prettier-ignore
const answers: readonly (readonly [expression: string, answer: string | RegExp])[] = [
  // The part that leads nowhere is named.
  ['sk->next', 'NULL'],
  ['sk->next->state', "'sk->next' is null"],
  ['sk->next->state == 0', "'sk->next' is null"],
  ['sk->next->next->state', "'sk->next' is null"],
  ['~sk->next->num', "'sk->next' is null"],
  ['!sk->next->num', "'sk->next' is null"],
  ['-sk->next->num', "'sk->next' is null"],
  ['(long long) sk->next->num', "'sk->next' is null"],
  ['1, sk->next->num', "'sk->next' is null"],
  ['1 || sk->next->num', '1'],
  ['*sk->next', "'sk->next' is null"],
  ['sk->prot->name[sk->next->num]', "'sk->next' is null"],
  ['sk->next ? 1 : sk->pair->num', "'sk->pair' is null"],
  ['((struct sock *) 0)->state', "'(struct sock *) 0' is null"],
  ['((struct sock *) 16)->state', "'(struct sock *) 16' is 0x00000010, which lies in the null page"],
  ['*(int *) 0x6b6b6b6b', "'(int *) 0x6b6b6b6b' is 0x6b6b6b6b: it was read from freed memory"],
  ['*(int *) 0x5a5a5a5a', "'(int *) 0x5a5a5a5a' is 0x5a5a5a5a: it was never set"],
  ['*(int *) 0xfffffff0', "'(int *) 0xfffffff0' is 0xfffffff0, where the program has no memory"],
  ['*(int *) tcp_v4_connect', /is 0xc0\w+, the code of a function$/],
  ['sk && sk->next && sk->next->state', '0'],
  ['&sk->next->state', '0x00000020 (invalid)'],
  ['sk->prot->name[40]', "'sk->prot->name[40]' is outside of its array: the index is 40, and there are 32 elements"],
  // Arithmetic and calls that do not end well.
  ['1/0', "'1/0' divides by zero, or its quotient does not fit"],
  ['1 % (sk->num - sk->num)', /divides by zero/],
  ['tcp_v4_hash(0)', "the call does not come to its end: in tcp_v4_hash, 'sk->state' reads or writes through a null pointer (address 0x00000020)"],
  ['((int (*)(void)) 0)()', "'((int (*)(void)) 0)()' calls a null function pointer"],
  ['printk("x\\n")', 'this expression would add to what has happened: it prints, or sends, or wakes somebody'],
  ['tcp_set_state(sk, 1)', 'this expression would change the program'],
  ['nosuch(1)', "'nosuch' is not declared"],
  ['sk->nosuch', "'struct sock' has no member 'nosuch'"],
  // Names every C programmer knows, the program's macros, inline functions.
  ['__func__', '"tcp_v4_connect"'],
  ['"text"', '"text"'],
  ['sk ? "yes" : "no"', /^0x[0-9a-f]+ "yes"$/],
  ['sk->next ? "yes" : "no"', /^0x[0-9a-f]+ "no"$/],
  ['({ goto nowhere; 1; })', "there is no label 'nowhere' in this expression, which cannot jump out of itself"],
  ['&&sk', "there is no label 'sk' in this expression, which cannot jump out of itself"],
  ['({ int i = 0; again: i++; if (i < 5) goto again; i; })', '5'],
  ['"abc" + 1', /^0x[0-9a-f]+ "bc"$/],
  ['*("abc" + 1)', "98 'b'"],
  ['*(sk ? "yes" : "no")', "121 'y'"],
  ['strcmp(sk->prot->name, "TCP")', '0'],
  ['strcmp("abc", "abd") < 0', '1'],
  ['strncmp("abc", "abd", 2)', '0'],
  ['memcmp(sk->prot->name, "TCP", 4) == 0', '1'],
  ['strlen(sk->prot->name)', '3'],
  ['offsetof(struct sock, state)', '32'],
  ['ARRAY_SIZE(sk->prot->name)', '32'],
  ['INT_MAX', '2147483647'],
  ['INT_MIN', '-2147483648'],
  ['UINT_MAX', '4294967295'],
  ['ULLONG_MAX == ~0ULL', '1'],
  ['NULL', 'NULL'],
  ['HZ', '100'],
  ['TCP_ESTABLISHED', '1'],
  ['skb_queue_empty(&sk->receive_queue)', '1'],
  ['skb_queue_len(&sk->receive_queue)', '0'],
  ['min(3, 4)', '3'],
  ['htons(80) == 0x5000', '1'],
  ['({ int n = 0; while (sk->prot->name[n]) n++; n; })', '3'],
  ['current->comm', '"B"'],
  ['*tcp_prot.connect', /^0xc0\w+ <tcp_v4_connect>$/],
  // gdb's forms.
  ['p sk->state', '7 (TCP_CLOSE)'],
  ['p/x -1', '0xffffffff'],
  ['p/x (unsigned char) 200', '0xc8'],
  ['p/d 4294967295u', '-1'],
  ['p/u -1', '4294967295'],
  ['p/t 5', '101'],
  ['p/o 8', '010'],
  ['p/o 0', '0'],
  ['p/t 0', '0'],
  ['p/f 1.5', '1.5'],
  ['p/x 2.75', '0x2'],
  ['p/d -2.75', '-2'],
  ['p/d 1.0 / 0', '0'],
  ['p/c 65', "65 'A'"],
  ['p/x sk->prot->name[0]@3', '{0x54, 0x43, 0x50}'],
  ['p/a tcp_prot.connect', /^0xc0\w+ <tcp_v4_connect>$/],
  ['p/x sk->next->num', "'sk->next' is null"],
  ['p/i 5', "'i' is no format of values here"],
  ['x/4xb sk->prot->name', /^0x\w+ <tcp_prot\+\d+>: 0x54 0x43 0x50 0x00$/],
  ['x/2xw &sk->num', /^0x\w+: 0x\w{8} 0x\w{8}$/],
  ['x/s sk->prot->name', /: "TCP"$/],
  ['x/2c sk->prot->name', /: 84 'T' 67 'C'$/],
  ['x/4x 0', 'there is no memory of the program at 0x00000000'],
  ['x/4x 4090', 'there is no memory of the program at 0x00000ffa'],
  ['sk->prot->name[0]@3', '"TCP"'],
  ['uaddr->sa_data[0]@4', /^\{31,/],
  ['*sk@2', /^there is no memory of the program at 0x/],
  ['sk->num@0', 'behind the @ stands a number from 1 to 65536'],
  ['"a@b"', '"a@b"'],
  ['$ret', '$ret is the value of the function just left, and is known right after a return only'],
];

test('what an answer shows beside its value: texts and blocks of memory are no scalar, an element is', () => {
  const scalar = (text: string): unknown => session.evaluate(text, session.stack(session.stop.thread)[0]).value?.scalar;
  expect([scalar('x/s sk->prot->name'), scalar('x/2xb sk->prot->name')]).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  expect(scalar('p/x sk->prot->name[0]')).toMatchObject({ kind: 'integer', value: 84 });
});

test.each(answers)('%s', (expression, answer) => {
  expect(asked(expression)).toEqual(typeof answer === 'string' ? answer : expect.stringMatching(answer));
  // Looking changes nothing, and has a sentence in Chinese wherever it has one in English.
  expect(asked(expression)).toBe(asked(expression));
});

test('problems are told in Chinese', () => {
  expect(asked('sk->next->state', 'zh')).toBe("'sk->next' 是空指针");
  expect(asked('p/i 5', 'zh')).toBe('“i”不是这里可用的显示格式');
});

test('memory that is none cannot be read', () => {
  expect(session.readable(0, 16)).toBe(0);
  expect(session.readable(0xff8, 16)).toBe(0);
  const { value } = session.evaluate('sk', session.stack(session.stop.thread)[0]);
  const address = value?.scalar.kind === 'pointer' ? value.scalar.address : 0;
  expect(session.readable(address, 64)).toBe(64);
  expect(session.readable(0xffff0000, 16)).toBe(0);
});

const program = `
struct node { int n; struct node *next; } last = { 4, 0 }, first = { 3, &last };
int p = 12, x = 3, sum;
int inner(int n) { return n - 30; }
char *name(void) { return "walk"; }
int run(void) {
  struct node *at = &first;
  sum = inner(23);
  name();
  for (; at; at = at->next) {
    sum += at->n; /* here */
  }
  return sum;
}
`;

test('where p and x are variables, C counts', async () => {
  const stopped = await started(program);
  expect(asked('p/x', 'en', stopped)).toBe('4');
  expect(asked('p - 1', 'en', stopped)).toBe('11');
  expect(asked('p/x p', 'en', stopped)).toBe('0xc');
});

test('$ret is the value of the function just left, and nothing later', async () => {
  const stopped = await started(program);
  stopped.setFunctionBreakpoints([{ name: 'inner' }, { name: 'name' }]);
  await stopped.run('continue');
  await stopped.run('out');
  expect(asked('$ret', 'en', stopped)).toBe('-7');
  expect(asked('$ret < 0 && $ret > -10', 'en', stopped)).toBe('1');
  await stopped.run('continue');
  expect(asked('$ret', 'en', stopped)).toContain('right after a return only');
  await stopped.run('out');
  expect(asked('$ret', 'en', stopped)).toContain('"walk"');
  expect(asked('$ret[1]', 'en', stopped)).toContain("97 'a'");
  await stopped.run('over');
  expect(asked('$ret', 'en', stopped)).toContain('right after a return only');
});

test('a condition that follows a null pointer stops and says which; a log point says it where the value would be', async () => {
  const stopped = await started(program);
  const line = program.slice(0, program.indexOf('/* here */')).split('\n').length;
  const said: string[] = [];
  stopped.onJournal((entry) => entry.event === 'log' && said.push(wording(stopped.entryText(entry), 'en')));
  stopped.setBreakpoints('t.c', [{ line, logMessage: 'n {at->n} next {at->next->n}' }]);
  await stopped.run('continue');
  expect(said).toEqual(['n 3 next 4', "n 4 next {at->next->n: 'at->next' is null}"]);
  await stopped.run('back-continue');
  stopped.setBreakpoints('t.c', [{ line, condition: 'at->next->n == 9' }]);
  const { badCondition } = await stopped.run('continue');
  expect(badCondition && wording(badCondition.problem.message, 'en')).toBe("'at->next' is null");
  expect(asked('at->n', 'en', stopped)).toBe('4');
});

describe('what is shown can be written', () => {
  const kernel = `
enum state { TCP_ESTABLISHED = 1, TCP_CLOSE = 7 };
struct iphdr { unsigned short frag_off; };
struct sock { unsigned char state, shutdown, userlocks; int err; unsigned daddr; unsigned short dport; };
struct sock one = { 1, 0, 0, 0, 0, 0 };
struct iphdr ip;
char name[8] = "before";
char letter = 'b';
int (*call)(void);
int seven(void) { return 7; }
int run(void) {
  int err = -115, n, later;
  struct sock *sk = &one;
  later = sk->state; /* here */
  return err + later + seven();
}
`;
  const line = kernel.slice(0, kernel.indexOf('/* here */')).split('\n').length;
  // prettier-ignore
  const forms: readonly (readonly [target: string, written: string, shown: string | RegExp])[] = [
    ['sk->state', '7 (TCP_CLOSE)', '7 (TCP_CLOSE)'],
    ['sk->state', 'TCP_CLOSE', '7 (TCP_CLOSE)'],
    ['sk->state', 'CLOSE', '7 (TCP_CLOSE)'],
    ['sk->state', '3 + 4', '7 (TCP_CLOSE)'],
    ['sk->daddr', '10.0.0.1', '0x0100000a (10.0.0.1)'],
    ['sk->daddr', '0x0100007f (127.0.0.1)', '0x0100007f (127.0.0.1)'],
    ['sk->dport', '0x901f (8080)', '0x901f (8080)'],
    ['sk->err', 'EINPROGRESS', '115 (EINPROGRESS)'],
    ['sk->err', '-EINPROGRESS', '-115 (-EINPROGRESS)'],
    ['sk->err', '-115 (-EINPROGRESS)', '-115 (-EINPROGRESS)'],
    ['sk->shutdown', 'RCV_SHUTDOWN | SEND_SHUTDOWN', '0x3 (RCV_SHUTDOWN | SEND_SHUTDOWN)'],
    ['sk->shutdown', '0x3 (RCV_SHUTDOWN | SEND_SHUTDOWN)', '0x3 (RCV_SHUTDOWN | SEND_SHUTDOWN)'],
    ['sk->userlocks', 'SOCK_SNDBUF_LOCK|0x10', '0x11 (SOCK_SNDBUF_LOCK | 0x10)'],
    ['ip.frag_off', 'DF|0x10', '0x1040 (IP_DF | 0x10)'],
    ['ip.frag_off', '0x0040 (IP_DF)', '0x0040 (IP_DF)'],
    ['name', '"after"', '"after"'],
    ['name', '"longer than that"', /^\{108 'l'|^\{/],
    ['letter', "65 'A'", "65 'A'"],
    ['n', '5', '5'],
  ];

  test.each(forms)('%s = %s', async (target, written, shown) => {
    const stopped = await started(kernel);
    stopped.setBreakpoints('t.c', [{ line }]);
    await stopped.run('continue');
    const { value, diagnostics } = stopped.assign(target, written, stopped.stack(stopped.stop.thread)[0]);
    expect(value?.display ?? diagnostics.map(({ message }) => wording(message, 'en'))).toEqual(
      typeof shown === 'string' ? shown : expect.stringMatching(shown),
    );
  });

  test('a function by its address and name; nonsense is no value', async () => {
    const stopped = await started(kernel);
    const frame = stopped.stack(stopped.stop.thread)[0];
    const display = stopped.evaluate('seven', frame).value?.display ?? '';
    expect(stopped.assign('call', display, frame).value?.display).toBe(display);
    for (const nonsense of ['7 (', '1.2.3', '300.0.0.1', 'EWHATEVER', 'DF|', '']) {
      expect([nonsense, stopped.assign('one.daddr', nonsense, frame).value]).toEqual([nonsense, undefined]);
    }
  });

  test('locals: an error by its name, and what was never written', async () => {
    const stopped = await started(kernel);
    stopped.setBreakpoints('t.c', [{ line }]);
    await stopped.run('continue');
    const locals = stopped.locals(itemAt(stopped.stack(stopped.stop.thread), 0));
    expect(locals.map(({ name, display }) => `${name} = ${display}`)).toEqual([
      'err = -115 (-EINPROGRESS)',
      'n = 0x5a5a5a5a (uninitialised)',
      'later = 0x5a5a5a5a (uninitialised)',
      expect.stringMatching(/^sk = 0x/),
    ]);
  });
});
