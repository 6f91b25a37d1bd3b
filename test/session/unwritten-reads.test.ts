/**
 * Reads of local variables that were never written, told when asked for: where they are, where they are not, and that
 * the run goes on behind them as it does without.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { wording } from '../../src/sentences/wording';
import { openC } from './c-session';

const common = `
struct point { int x; int y; };
struct flags { unsigned a:3, b:5, c:24; };
int zero = 0, one = 1, result;
char sink[64];
int set(int *p) { *p = 5; return 0; }
int maybe(int *p, int really) { if (really) *p = 5; return really; }
void fill(char *p, int n) { while (n--) *p++ = 'Z'; }
void use(int n) { result += n; }
int truth(void) { return one; }
`;

/** What is told on the way to the end of `run`, with this body. */
async function told(body: string): Promise<string[]> {
  const session = await openC(`${common}int run(void) {\n${body}\n}\n`);
  session.watchUnwrittenReads(true);
  const found: string[] = [];
  let stop = await session.start({ stopOnEntry: false });
  for (let rounds = 0; rounds < 20 && stop.reason === 'fault'; rounds++) {
    const { kind, message } = given(stop.fault, 'fault');
    const line = itemAt(session.stack(stop.thread), 0).line - common.split('\n').length;
    found.push(kind === 'uninitialised-read' ? `${wording(message, 'en').split("'")[1]}:${line}` : kind);
    stop = await session.run('continue');
  }
  expect(stop.reason).toBe('end');
  return found;
}

// prettier-ignore
const programs: readonly (readonly [name: string, body: string, told: readonly string[]])[] = [
  ['a variable that nobody sets', 'int n;\nreturn n;', ['n:2']],
  ['one that is set', 'int n;\nn = 3;\nreturn n;', []],
  ['an initialiser', 'int n = zero;\nreturn n;', []],
  ['one arm sets it, the other is taken', 'int n;\nif (zero) n = 1;\nreturn n;', ['n:3']],
  ['one arm sets it and is taken', 'int n;\nif (one) n = 1;\nreturn n;', []],
  ['both arms set it', 'int n;\nif (one) n = 1; else n = 2;\nreturn n;', []],
  ['an argument', 'int n;\nuse(n);\nreturn 0;', ['n:2']],
  ['a condition', 'int n;\nif (n) return 1;\nreturn 0;', ['n:2']],
  ['what && does not reach', 'int n;\nif (zero && n) return 1;\nreturn 0;', []],
  ['what && reaches', 'int n;\nif (one && n) return 1;\nreturn 0;', ['n:2']],
  ['what || does not reach', 'int n;\nif (truth() || n) return 1;\nreturn 0;', []],
  ['what || reaches', 'int n;\nif (!truth() || n) return 1;\nreturn 0;', ['n:2']],
  ['the arm of ?: that is taken', 'int n;\nreturn one ? n : 2;', ['n:2']],
  ['the arm of ?: that is not', 'int n;\nreturn zero ? n : 2;', []],
  ['assigned in a condition', 'int n;\nif ((n = truth()) && n > 0) return n;\nreturn 0;', []],
  ['counting up', 'int n;\nn++;\nreturn n;', ['n:2']],
  ['adding up in a loop', 'int i, sum;\nfor (i = 1; i < 3; i++)\n  sum += i;\nreturn sum;', ['sum:3']],
  ['a loop that sets it', 'int i, last;\nfor (i = 0; i < 3; i++)\n  last = i;\nreturn last;', []],
  ['a loop that never runs', 'int i, last;\nfor (i = 0; i < zero; i++)\n  last = i;\nreturn last;', ['last:4']],
  ['goto over the assignment', 'int n;\nif (one) goto out;\nn = 2;\nout:\nreturn n;', ['n:5']],
  ['goto behind it', 'int n;\nn = 2;\nif (one) goto out;\nn = 3;\nout:\nreturn n;', []],
  ['goto backwards', 'int n, round = 0;\nagain:\nif (round) use(n);\nn = 4;\nif (!round++) goto again;\nreturn 0;', []],
  ['a switch without the case', 'int n;\nswitch (one) { case 0: n = 1; break; case 2: n = 2; }\nreturn n;', ['n:3']],
  ['a switch with default', 'int n;\nswitch (one) { case 0: n = 1; break; default: n = 2; }\nreturn n;', []],
  ['do while', 'int n;\ndo { n = 1; } while (zero);\nreturn n;', []],
  ['a callee sets it', 'int n;\nset(&n);\nreturn n;', []],
  ['a callee may, and does', 'int n;\nmaybe(&n, 1);\nreturn n;', []],
  ['a callee may, and does not', 'int n;\nmaybe(&n, 0);\nreturn n;', ['n:3']],
  ['checked before it is used', 'int n;\nif (maybe(&n, 0) && n) return 1;\nreturn 0;', []],
  ['a member that was set', 'struct point p;\np.x = 1;\nreturn p.x;', []],
  ['a member that was not', 'struct point p;\np.x = 1;\nreturn p.x + p.y;', ['p:3']],
  ['a struct with an initialiser', 'struct point p = { 1 };\nreturn p.y;', []],
  ['a struct that is copied whole', 'struct point p = { 1, 2 }, q;\nq = p;\nreturn q.y;', []],
  ['a struct copied in part unset', 'struct point p, q;\np.x = 1;\nq = p;\nreturn q.x;', []],
  ['a copy keeps what was never set', 'struct point p, q;\np.x = 1;\nq = p;\nreturn q.y;', ['q:4']],
  ['an element that was set', 'int a[4];\na[one] = 2;\nreturn a[one];', []],
  ['an element that was not', 'int a[4];\na[0] = 2;\nreturn a[one];', ['a:3']],
  ['an element by a running index', 'int a[3], i, s = 0;\na[0] = a[2] = 1;\nfor (i = 0; i < 3; i++)\n  s += a[i];\nreturn s;', ['a:4']],
  ['an array with an initialiser', 'int a[4] = { 1 };\nreturn a[3];', []],
  ['text that is filled by a callee', 'char a[8];\nfill(a, 3);\na[3] = 0;\nreturn a[0];', []],
  ['letters among those that were not', 'char a[8];\na[0] = 65;\nreturn a[0] + a[5];', ['a:3']],
  ['a character', 'char c;\nif (zero) c = 1;\nreturn c;', ['c:3']],
  ['a short', 'unsigned short s;\nif (zero) s = 1;\nreturn s;', ['s:3']],
  ['a long long', 'long long n;\nif (zero) n = 1;\nreturn (int) (n >> 40);', ['n:3']],
  ['a pointer', 'int *p;\nif (zero) p = &one;\nreturn p != 0;', ['p:3']],
  ['bit-fields are written one after the other', 'struct flags f;\nf.a = 1;\nf.b = 2;\nf.c = 3;\nreturn f.a + f.b + f.c;', []],
  ['a block in a loop', 'int i;\nfor (i = 0; i < 2; i++) { int n;\n  n = i;\n  use(n); }\nreturn 0;', []],
  ['an unused one', 'int n;\nint *p = &n;\nreturn p != 0;', []],
  ['sizeof reads nothing', 'int n;\nreturn sizeof(n) + sizeof n++;', []],
  ['two of them', 'int n, m;\nuse(n);\nuse(m);\nreturn 0;', ['n:2', 'm:3']],
  ['each read is told', 'int n;\nuse(n);\nuse(n);\nreturn 0;', ['n:2', 'n:3']],
];

test.each(programs)('%s', async (_name, body, expected) => {
  expect(await told(body)).toEqual(expected);
});

const body = `${common}int run(void) {
  int n, i, sum = 0;
  for (i = 0; i < 3; i++) {
    if (i == 1)
      use(n);
    sum += truth();
  }
  return sum;
}
`;

describe('the stop', () => {
  test('says which variable and where it is declared, in both languages', async () => {
    const session = await openC(body);
    session.watchUnwrittenReads(true);
    const stop = await session.start({ stopOnEntry: false });
    const line = body.slice(0, body.indexOf('  int n')).split('\n').length;
    expect(stop).toMatchObject({ reason: 'fault', fault: { kind: 'uninitialised-read' } });
    expect(wording(given(stop.fault, 'fault').message, 'en')).toBe(
      `'n' is read, but was never written; it is declared at t.c:${line}:7`,
    );
    expect(wording(given(stop.fault, 'fault').message, 'zh')).toContain('从未写入过');
  });

  test('the run goes on as it does without, steps included, and back before it', async () => {
    const plain = await openC(body);
    const end = await plain.start({ stopOnEntry: false });
    const session = await openC(body);
    session.watchUnwrittenReads(true);
    const stop = await session.start({ stopOnEntry: false });
    const back = await session.run('back-into');
    expect([back.reason, back.clock]).toEqual(['step', stop.clock - 1]);
    expect((await session.run('into')).fault?.kind).toBe('uninitialised-read');
    const into = await session.run('into');
    expect(session.stack(into.thread)[0]?.function).toBe('use');
    expect(into).toMatchObject({ reason: 'step', clock: stop.clock });
    expect(await session.run('continue')).toMatchObject({ reason: 'end', clock: end.clock });
    expect(await session.travelTo(stop.clock)).toMatchObject({ reason: 'goto', clock: stop.clock });
    expect((await session.run('back-continue')).reason).toBe('start');
    session.watchUnwrittenReads(false);
    expect((await session.run('continue')).reason).toBe('end');
  });

  test('nothing is told unless it is asked for', async () => {
    const session = await openC(body);
    expect((await session.start({ stopOnEntry: false })).reason).toBe('end');
  });
});
