/**
 * C expressions in a stopped machine, from debug information alone: the program comes out of bytes, as after a start
 * from a cache.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { expect, test } from 'vitest';
import { Machine } from '../../src/machine/machine';
import { decodeProgram, encodeProgram } from '../../src/compile/image-codec';
import { programOf } from '../../src/compile/image-cache';
import { compileProgram, type Program } from '../../src/compile/program';
import { Session } from '../../src/session/session';
import { storeMacros } from '../../src/compile/stored-macros';
import { MemoryLoader } from '../../src/source/file-loader';
import { parser } from '../semantic/check-c';

const files: Readonly<Record<string, string>> = {
  'h.h': `#define LIMIT 7
#define TWICE(x) ((x) + (x))
enum state { CLOSED, OPEN = 4 };
typedef unsigned int u32;
struct proto;
struct sock { u32 state; unsigned char shutdown:2, more:5; struct sock *next; struct proto *prot; char name[8]; short list[3]; union { int left; u32 right; }; };
struct proto { int (*init)(struct sock *); long long big; };
int twice(int n);
int length(const char *text);
int touch(struct sock *sk);
`,
  'a.c': `#include "h.h"
#define OWN 100
static int hidden = 1;
int shared = 5;
static int init(struct sock *sk) { return sk->state; }
struct proto tcp = { init, 1LL << 40 };
struct sock head = { OPEN, 2, 9, &head, &tcp, "tcp", { 1, 2, 3 } };
int run(int count) {
  static int calls = 3;
  struct sock *sk = &head;
  enum state now = OPEN;
  {
    int count = 40;
    calls += count;
    hidden += twice(calls);
  }
  return sk->state + now + hidden;
}
`,
  'b.c': `#include "h.h"
#define OWN 200
#define state wrong
static int hidden = 2;
int twice(int n) { return 2 * n + hidden - 2; }
int touch(struct sock *sk) { return ++sk->list[0]; }
int length(const char *text) { int n = 0; while (text[n]) n++; return n; }
`,
};

/** The program as it comes out of bytes. */
function compiled(): Program {
  const loader = new MemoryLoader(Object.entries(files));
  const source = {
    loader,
    sources: ['a.c', 'b.c'],
    includePaths: [''],
    defines: {},
    build: { services: new Set<string>(), heapSize: 1 << 16 },
  };
  const { program, diagnostics, macroTables } = compileProgram(source, parser);
  const bytes = encodeProgram({
    image: given(program, 'program').image,
    files: {},
    stamps: {},
    diagnostics,
    macros: storeMacros(macroTables),
  });
  return programOf(decodeProgram(bytes, loader)!, loader, undefined);
}

async function stoppedAt(text: string): Promise<Session> {
  const stored = compiled();
  const machine = await Machine.create(stored.image, { modules: [], checkpointInterval: 50 });
  machine.environment = { returned: () => undefined, advance: () => 'end', save: () => null, restore: () => undefined };
  const task = machine.host.createTask();
  machine.currentTask = task;
  machine.host.pushCall(task, stored.image.functionIds['run']!, [2], null);
  const session = new Session({ machine, program: stored, parser, stepBudget: 100_000 });
  const [path, line] = itemAt(
    Object.entries(files).flatMap(([name, each]) =>
      each.includes(text) ? [[name, each.slice(0, each.indexOf(text)).split('\n').length] as const] : [],
    ),
    0,
  );
  session.setBreakpoints(path, [{ line }]);
  const stop = await session.start({ stopOnEntry: false });
  expect(stop.reason).toBe('breakpoint');
  return session;
}

function value(session: Session, expression: string, sideEffects = false): string {
  const { value: node, diagnostics } = session.evaluate(expression, session.stack(session.stop.thread)[0], {
    sideEffects,
  });
  return node?.display ?? diagnostics.map(({ message }) => wording(message, 'en')).join('; ');
}

test('expressions see locals, statics, the file’s own globals, macros, types and functions', async () => {
  const session = await stoppedAt('calls += count');
  const cases: Readonly<Record<string, string | RegExp>> = {
    count: '40',
    calls: '3',
    hidden: '1',
    'shared + LIMIT': '12',
    'TWICE(count)': '80',
    OWN: '100',
    'sk->state == OPEN': '1',
    'sk->state': '4 (TCP_FIN_WAIT1)',
    'sk->next->state': '4 (TCP_FIN_WAIT1)',
    'head.state + 0': '4',
    'sk->shutdown ': '0x2 (SEND_SHUTDOWN)',
    'sk->more + 1': /^10/,
    'sk->next->next == sk': '1',
    'sk->prot->big >> 38': /^4/,
    'sk->list[1]': /^2/,
    '((struct sock *) &head)->name[0]': /^'t'|^116/,
    'sizeof(struct sock)': /^36/,
    '(u32) -1 > 0': '1',
    '&head == sk': '1',
    'sk->left': /^0/,
    now: /OPEN|^4/,
    'sk->prot->init': /init/,
    nothing: /'nothing' is not declared/,
    'sk->nxt': /no member 'nxt'/,
    '"text"': '"text"',
    '"text"[1]': /^101/,
    '"text" == 0': '0',
    '(char *) "text" + 1': /"ext"|^0x/,
    '((struct sock *) 0)->state': /'\(struct sock \*\) 0' is null/,
    '*(int *) 16': /is 0x00000010, which lies in the null page/,
    // Pure calls run on a copy of the moment; what would change something is refused.
    'twice(4)': '8',
    'length(head.name) == 3': '1',
    'sk->prot->init(sk)': '4',
    '({ int sum = 0; for (int i = 0; i < 3; i++) sum += sk->list[i]; sum; })': '6',
    'touch(sk)': /would change the program/,
    'sk->state = 4': /would change the program/,
    'shared++ + 1': /would change the program/,
    '(sk->prot->init = init)(sk)': /would change the program/,
  };
  for (const [expression, expected] of Object.entries(cases)) {
    expect(value(session, expression), expression).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    );
  }
});

test('a struct is where its members are, not where its tag was mentioned first', () => {
  const { debug } = compiled().image;
  const place = (name: string): string | undefined => {
    const type = debug.types[debug.typeNames[`struct ${name}`]!];
    return type?.kind === 'record' && type.file !== undefined ? `${debug.files[type.file]}:${type.line}` : undefined;
  };
  expect(place('proto')).toBe('h.h:7');
  expect(place('sock')).toBe('h.h:6');
});

test('looking at the past leaves the future as it is; a change makes the present the frontier', async () => {
  const session = await stoppedAt('calls += count');
  const { clock } = session.stop;
  await session.run('over');
  await session.run('over');
  const { frontier } = session.stop;
  await session.travelTo(clock);
  for (const looking of ['1+1', 'twice(4)', 'sk->state', 'sk->state = sk->state']) {
    value(session, looking, true);
    expect([looking, session.stop.frontier]).toEqual([looking, frontier]);
  }
  value(session, 'sk->state = 9', true);
  expect(session.stop.frontier).toBe(clock);
});

test('calls and assignments, where they are allowed', async () => {
  const session = await stoppedAt('hidden += twice');
  expect(value(session, 'twice(4)', true)).toBe('8');
  expect(value(session, 'sk->prot->init(sk)', true)).toMatch(/^4/);
  expect(value(session, 'length("four")', true)).toBe('4');
  expect(value(session, '((struct sock){ 3, 1, 9 }).more', true)).toMatch(/^9/);
  expect(value(session, '(struct sock){ 3, 1, 9 }', true)).toBe(
    '{state = 3 (TCP_SYN_RECV), shutdown = 0x1 (RCV_SHUTDOWN), more = 9, …}',
  );
  expect(value(session, 'sk->more = 3', true)).toMatch(/^3/);
  expect(value(session, 'sk->shutdown')).toMatch(/^0x2/);
  expect(value(session, 'sk->more')).toMatch(/^3/);
});

test('a value has its scalar beside its display', async () => {
  const session = await stoppedAt('calls += count');
  const scalar = (expression: string): unknown =>
    session.evaluate(expression, session.stack(session.stop.thread)[0]).value?.scalar;
  expect(scalar('sk->state')).toEqual({ kind: 'integer', value: 4, signed: false, constant: 'TCP_FIN_WAIT1' });
  expect(scalar('now')).toEqual({ kind: 'integer', value: 4, signed: false, constant: 'OPEN' });
  expect(scalar('sk->more')).toEqual({ kind: 'integer', value: 9, signed: false });
  expect(scalar('-sk->prot->big')).toEqual({ kind: 'integer', value: -(1n << 40n), signed: true });
  expect(scalar('1 / 4.0')).toEqual({ kind: 'floating', value: 0.25 });
  expect(scalar('0.1f')).toEqual({ kind: 'floating', value: Math.fround(0.1) });
  expect(scalar('(void *) 0')).toEqual({ kind: 'pointer', address: 0 });
  expect(scalar('sk->prot')).toMatchObject({ kind: 'pointer', symbol: 'tcp' });
  expect(scalar('sk->prot->init')).toMatchObject({ kind: 'pointer', symbol: 'init' });
  expect(scalar('*sk')).toEqual({ kind: 'none' });
  expect(scalar('sk->list')).toEqual({ kind: 'none' });
});

test('another file’s names: its own macros and statics count there', async () => {
  const session = await stoppedAt('return 2 * n');
  expect(value(session, 'OWN')).toBe('200');
  expect(value(session, 'hidden')).toBe('2');
  expect(value(session, 'n')).toBe('43');
});

test('without a frame the first of several is meant', async () => {
  const session = await stoppedAt('calls += count');
  const outside = (expression: string): string | undefined => session.evaluate(expression, undefined).value?.display;
  expect(outside('shared')).toBe('5');
  expect(outside('head.state')).toMatch(/^4/);
});
