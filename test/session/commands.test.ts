/** What the commands of a session leave behind: numbers of breakpoints, hits, changes, pauses, who is named in a stop. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/session/session';
import type { StepKind } from '../../src/session/session-types';
import { addressOf, breakAt, logOf, openC, path, shown, started, where } from './c-session';

const loop = `int total, marks[3];
int add(int n) {
  total += n;
  return total;
}
int run(void) {
  int i;
  for (i = 1; i <= 10; i++)
    add(i);
  return total;
}
int busy(int n) {
  while (n-- > 0)
    marks[1]++;
  return marks[1];
}
`;
const text = loop;
const changes = (session: Session): string[] =>
  session.changes().map(({ path: at, from, to }) => `${at}: ${from} → ${to}`);

describe('breakpoints', () => {
  test('have numbers that grow, of whichever kind and file', async () => {
    const session = await openC(text);
    const lines = breakAt(session, { line: 3 }, { line: 4 });
    const others = session.setBreakpoints('other.c', [{ line: 1 }]).map(({ id }) => id);
    const functions = session.setFunctionBreakpoints([{ name: 'nowhere' }, { name: 'add' }]).map(({ id }) => id);
    const again = breakAt(session, { line: 3 });
    const all = [...lines, ...others, ...functions, ...again];
    expect(all[0]).toBeGreaterThan(0);
    expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
    const watched = [0, 4, 8].map((offset) => ({ address: addressOf(session, 'marks') + offset, size: 4, label: 'x' }));
    const data = [...session.setDataBreakpoints(watched), ...session.setDataBreakpoints(watched)].map(({ id }) => id);
    expect([...all, ...data]).toEqual([...new Set([...all, ...data])].sort((a, b) => a - b));
  });

  test('say where they are: file, line, column and last line', async () => {
    const session = await openC(`int a, b;\nint run(void) {\n  a = b +\n    1; b = 2;\n  return a;\n}\n`);
    expect(session.setBreakpoints(path, [{ line: 3 }, { line: 4 }])).toMatchObject([
      { verified: true, path, line: 3, column: 3, endLine: 4 },
      { verified: true, path, line: 4, column: 8, endLine: 4 },
    ]);
    expect(session.setBreakpoints(path, [{ line: 99 }])).toMatchObject([{ verified: false, path, line: 99 }]);
    expect(session.setBreakpoints('nowhere.c', [{ line: 7 }])).toMatchObject([
      { verified: false, path: 'nowhere.c', line: 7 },
    ]);
    expect(session.setFunctionBreakpoints([{ name: 'run' }])).toMatchObject([
      { verified: true, path, line: 3, column: 3 },
    ]);
  });

  test('slide down to the next statement, but not far and not out of a function', async () => {
    const far = (lines: number): string => `int a;${'\n'.repeat(lines)}int run(void) { a = 1; return a; }\n`;
    const sits = async (c: string, line: number): Promise<number | undefined> => {
      const [result] = (await openC(c)).setBreakpoints(path, [{ line }]);
      return given(result, 'result').verified ? given(result, 'result').line : undefined;
    };
    expect(await sits(far(40), 1)).toBe(41);
    expect(await sits(far(41), 1)).toBeUndefined();
    const behind = `int run(void) {\n  return 1;\n\n}\nint other(void) { return 2; }\n`;
    expect(await sits(behind, 2)).toBe(2);
    expect(await sits(behind, 3)).toBeUndefined();
    expect(await sits(behind, 4)).toBeUndefined();
    expect(await sits(behind, 5)).toBe(5);
    expect(await sits(`int run(void);\n${behind}`, 1)).toBe(3);
  });

  test('at a column: the first statement from there on; behind the last one the first of the line', async () => {
    const session = await openC(`int a;\nint run(void) { a = 1; a = 2; return a; }\n`);
    const at = (column: number): number | undefined =>
      itemAt(session.setBreakpoints(path, [{ line: 2, column }]), 0).column;
    expect([1, 17, 18, 24, 25, 31, 32, 80].map(at)).toEqual([17, 17, 24, 24, 31, 31, 17, 17]);
  });

  test('of a file that has none any more stop nowhere', async () => {
    const session = await started(text);
    breakAt(session, { line: 3 });
    session.setFunctionBreakpoints([{ name: 'add' }]);
    session.setBreakpoints(path, []);
    session.setFunctionBreakpoints([]);
    expect((await session.run('continue')).reason).toBe('end');
  });

  test('in two files of requests leave each other alone', async () => {
    const session = await started(text);
    breakAt(session, { line: 3 });
    session.setBreakpoints('other.c', [{ line: 3 }]);
    expect(where(session, await session.run('continue'))).toBe('1 add:3 breakpoint');
  });

  test('a function without C has none: that there is no such function is something else', async () => {
    const session = await openC(`int sleep_here(void);\nint run(void) { return sleep_here(); }\n`);
    const results = session.setFunctionBreakpoints([{ name: 'sleep_here' }, { name: 'sleep' }, { name: ' run ' }]);
    expect(results.map(({ verified }) => verified)).toEqual([false, false, true]);
    expect(results.map(({ message }) => typeof message === 'object' && 'id' in message && message.id)).toEqual([
      'name-has-no-statements-to-stop-at',
      'no-function-is-called-name',
      false,
    ]);
  });

  test('two of a function and of bytes in one moment: both are told, the bytes give the reason', async () => {
    const session = await started(text);
    const [line] = breakAt(session, { line: 4 });
    const [data] = session.setDataBreakpoints([{ address: addressOf(session, 'total'), size: 4, label: 'total' }]);
    const stop = await session.run('continue');
    expect([where(session, stop), stop.breakpointIds]).toEqual([
      '1 add:4 data-breakpoint',
      [given(data, 'data').id, line],
    ]);
  });
});

describe('hits of bytes', () => {
  const watch = (session: Session, more: object, name = 'total'): void =>
    void session.setDataBreakpoints([{ address: addressOf(session, name), size: 4, label: name, ...more }]);

  test('are counted from the start of the run, whenever they came to be watched', async () => {
    const session = await started(text);
    breakAt(session, { line: 3, condition: 'n == 5' });
    await session.run('continue');
    breakAt(session);
    watch(session, { hitCondition: '7' });
    await session.run('continue');
    expect([session.stop.reason, shown(session, 'total')]).toEqual(['data-breakpoint', '28']);
    expect((await session.run('continue')).reason).toBe('end');
    expect((await session.run('back-continue')).reason).toBe('data-breakpoint');
    expect(shown(session, 'total')).toBe('28');
  });

  test('are those at which the condition holds', async () => {
    const session = await started(text);
    watch(session, { condition: 'total % 2 == 0', hitCondition: '2' });
    await session.run('continue');
    expect(shown(session, 'total')).toBe('10');
  });

  test('are counted anew after a change by hand', async () => {
    const session = await started(text);
    watch(session, { hitCondition: '3' });
    await session.run('continue');
    expect(shown(session, 'total')).toBe('6');
    await session.travelTo(0);
    session.assign('total', '50', session.stack(1)[0]);
    await session.run('continue');
    expect([session.stop.reason, shown(session, 'total')]).toEqual(['data-breakpoint', '56']);
  });

  test('of a breakpoint are counted anew after a change by hand', async () => {
    const session = await started(text);
    breakAt(session, { line: 3, hitCondition: '3' });
    await session.run('continue');
    expect(shown(session, 'n')).toBe('3');
    session.assign('n', '2', session.stack(1)[0]);
    expect((await session.run('continue')).reason).toBe('end');
    await session.travelTo(1);
    session.assign('i', '5', session.stack(1)[0]);
    await session.run('continue');
    expect(shown(session, 'n')).toBe('7');
  });

  test('one that cannot be decided stops and says why', async () => {
    const session = await started(text);
    watch(session, { condition: 'nothing' });
    const stop = await session.run('continue');
    expect([stop.reason, stop.badCondition?.text]).toEqual(['data-breakpoint', 'nothing']);
  });

  test('the last byte of the stacks can be watched, the one behind it cannot', async () => {
    const session = await started(text);
    const memory = session.readMemory(0xffff_ffff, 1).address;
    let end = memory;
    while (session.readable(end - 4, 4) < 4) {
      end -= 4;
    }
    expect(end).toBeLessThan(memory);
    const set = [0, 1, memory - end].map(
      (more) => session.setDataBreakpoints([{ address: end - 4 + more, size: 4, label: 'end' }])[0],
    );
    expect(set.map((each) => given(each, 'breakpoint').verified)).toEqual([true, false, false]);
    expect(given(set[0], 'breakpoint').message).toBeUndefined();
  });
});

describe('watched variables of functions', () => {
  const two = `int sleep_here(void);
void wake(int n, int value);
int first(int n) { int mine = n; mine += sleep_here(); mine++; return mine; }
int second(int n) { int own = n; own += 2; wake(1, 5); own += 3; return own; }
int idle(void) { int other[4]; other[0] = other[3] = 9; return other[0]; }
`;
  async function changesOf(name: string, fn: string, calls: Parameters<typeof started>[1]): Promise<string[]> {
    const session = await started(two, calls);
    session.setFunctionBreakpoints([{ name: fn }]);
    if (itemAt(session.stack(session.stop.thread), 0).function !== fn) {
      await session.run('continue');
    }
    session.setFunctionBreakpoints([]);
    await session.run('over');
    const frame = session.stack(session.stop.thread)[0];
    const { value } = session.evaluate(name, frame);
    session.setDataBreakpoints([{ address: given(given(value, 'value').address, 'address'), size: 4, label: name }]);
    const seen: string[] = [];
    while ((await session.run('continue')).reason !== 'end') {
      seen.push(
        `${session.stop.thread} ${itemAt(session.stack(session.stop.thread), 0).function} ${shown(session, name)}`,
      );
    }
    return seen;
  }
  const idle = ['idle'] as const;
  test('of the second process, not what the first does meanwhile or what comes to lie there', async () =>
    expect(await changesOf('own', 'second', [[['first', 1]], [['second', 3], idle, idle]])).toEqual([
      '2 second 5',
      '2 second 8',
    ]));
  test('of the first process, also while it sleeps', async () =>
    expect(await changesOf('mine', 'first', [[['first', 1], idle], [['second', 3]]])).toEqual([
      '1 first 6',
      '1 first 7',
    ]));
});

describe('what changed', () => {
  test.each<[StepKind, string[]]>([
    ['over', ['total: 0 → 1']],
    ['into', []],
    ['out', ['total: 0 → 1', 'i: 1 → 2']],
    ['continue', ['total: 0 → 55']],
  ])('by %s', async (kind, expected) => {
    const session = await started(text);
    breakAt(session, { line: 3 });
    await session.run('continue');
    breakAt(session);
    if (kind === 'into') {
      await session.run('over');
    }
    await session.run(kind);
    expect(changes(session).filter((each) => !each.startsWith('n'))).toEqual(
      kind === 'out' ? expected.slice(0, 1) : expected,
    );
  });

  test('by going far, in either direction, as by a step', async () => {
    const session = await started(text);
    breakAt(session, { line: 3 });
    await session.run('continue');
    await session.run('over');
    expect([changes(session), session.stepped]).toEqual([['total: 0 → 1'], true]);
    await session.run('continue');
    expect([changes(session), session.stepped]).toEqual([['n: 1 → 2', 'i: 1 → 2'], false]);
    await session.run('over');
    expect([changes(session), session.stepped]).toEqual([['total: 1 → 3'], true]);
    await session.run('back-continue');
    expect([changes(session), session.stepped]).toEqual([['total: 3 → 1'], false]);
    await session.travelTo(session.stop.clock + 1);
    expect([changes(session), session.stepped]).toEqual([['total: 1 → 3'], true]);
    await session.travelTo(session.stop.clock + 2);
    expect(session.stepped).toBe(false);
  });

  test('by travelling beyond the end', async () => {
    const session = await started(text);
    expect((await session.travelTo(100_000)).reason).toBe('end');
    expect([changes(session), session.stepped]).toEqual([['total: 0 → 55'], false]);
  });

  test('is worked out once for a stop', async () => {
    const session = await started(text);
    expect([session.changes(), session.stepped]).toEqual([[], false]);
    breakAt(session, { line: 3 });
    await session.run('continue');
    await session.run('over');
    expect(session.changes()).toBe(session.changes());
  });
});

describe('a pause', () => {
  const calls = [[['busy', 400_000]]] as const;
  test('is asked for by nobody when a run begins', async () => {
    const session = await openC(text, calls, 5_000_000);
    breakAt(session, { line: 15 });
    expect((await session.start({ stopOnEntry: false })).reason).toBe('breakpoint');
  });
  test('that was asked for before a command is forgotten', async () => {
    const session = await openC(text, calls, 5_000_000);
    await session.start();
    session.pause();
    expect((await session.run('continue')).reason).toBe('end');
    await session.travelTo(0);
    session.pause();
    expect((await session.travelTo(700_000)).reason).toBe('goto');
  });
  test('is what becomes of a run whose session is given up', async () => {
    const session = await openC(text, calls, 5_000_000);
    await session.start();
    const stop = await session.run('continue', {
      breathe: () => {
        session.dispose();
        return Promise.resolve(false);
      },
    });
    expect([stop.reason, stop.clock > 0]).toEqual(['pause', true]);
  });
  test('ends a start, and the way to a far moment, where they are; then the run goes on', async () => {
    const session = await openC(text, calls, 5_000_000);
    const stop = await session.start({ stopOnEntry: false, breathe: () => Promise.resolve(true) });
    expect([stop.reason, stop.thread]).toEqual(['pause', 1]);
    const next = await session.travelTo(700_000, { breathe: () => Promise.resolve(true) });
    expect([next.reason, next.clock > stop.clock, next.clock < 700_000]).toEqual(['pause', true, true]);
    expect(session.changes()).toEqual([]);
    expect(await session.travelTo(700_000)).toMatchObject({ reason: 'goto', clock: 700_000, frontier: 700_000 });
  });
});

describe('where a run begins', () => {
  test('a breakpoint before the wanted function comes first, stop on entry or not', async () => {
    for (const stopOnEntry of [undefined, true, false]) {
      const session = await openC(text);
      breakAt(session, { line: 9 });
      const stop = await session.start({ stopAtFunction: 'add', stopOnEntry });
      expect(where(session, stop)).toBe('1 run:9 breakpoint');
    }
  });
  test('a breakpoint is no reason where a stop on entry is wanted', async () => {
    const session = await openC(text);
    const [id] = breakAt(session, { line: 8 });
    const stop = await session.start();
    expect([where(session, stop), stop.breakpointIds]).toEqual(['1 run:8 entry', undefined]);
    await session.travelTo(20);
    const back = await session.run('back-continue');
    expect([back.clock, back.reason, back.breakpointIds]).toEqual([0, 'breakpoint', [id]]);
  });
  test('a log point speaks on the way to the first stop', async () => {
    const session = await openC(text);
    const said = logOf(session);
    breakAt(session, { line: 9, logMessage: 'i {i}' }, { line: 4 });
    expect(where(session, await session.start({ stopOnEntry: false }))).toBe('1 add:4 breakpoint');
    expect(said).toEqual(['i 1']);
  });
  test('bytes that change before the wanted stop end the start', async () => {
    const session = await openC(text);
    session.setDataBreakpoints([{ address: addressOf(session, 'total'), size: 4, label: 'total' }]);
    const stop = await session.start({ stopOnEntry: false });
    expect([where(session, stop), shown(session, 'total')]).toEqual(['1 add:4 data-breakpoint', '1']);
  });
  test('a function of which there is no C is as good as none', async () => {
    const session = await openC(text);
    expect(where(session, await session.start({ stopAtFunction: 'wake' }))).toBe('1 run:8 entry');
  });
  test('hits before the first stop count', async () => {
    const session = await openC(text);
    breakAt(session, { line: 3, hitCondition: '3' });
    await session.start({ stopOnEntry: false });
    expect(shown(session, 'n')).toBe('3');
    breakAt(session, { line: 3, hitCondition: '5' });
    await session.run('continue');
    expect(shown(session, 'n')).toBe('5');
  });
});

describe('a process that there is not', () => {
  test.each<[StepKind, string]>([
    ['into', '1 run:8 step'],
    ['over', '1 run:8 step'],
    ['out', '1 run:8 step'],
    ['back-into', '1 run:9 step'],
    ['back-over', '1 run:9 step'],
    ['back-out', '1 run:9 step'],
  ])('stepped %s: one statement of whoever runs', async (kind, expected) => {
    const session = await started(text);
    breakAt(session, { line: 3 });
    await session.run('continue');
    breakAt(session);
    if (!kind.startsWith('back')) {
      await session.run('over');
    }
    const { clock } = session.stop;
    const stop = await session.run(kind, { thread: 99 });
    expect([where(session, stop), stop.clock]).toEqual([expected, kind.startsWith('back') ? clock - 1 : clock + 1]);
    expect(stop.switched).toMatchObject({ from: 99, to: 1 });
  });
});

describe('a stop', () => {
  test('that stays with its process names no other', async () => {
    const session = await started(text);
    for (const kind of ['over', 'into', 'out', 'back-over', 'continue'] as const) {
      expect((await session.run(kind)).switched).toBeUndefined();
    }
  });
  test('at the end has no thread and no fault; the frontier is the end from then on', async () => {
    const session = await started(text);
    const end = await session.run('continue');
    expect(end).toMatchObject({ reason: 'end', thread: 1, frontier: end.clock });
    expect(end.fault).toBeUndefined();
    expect(await session.run('over')).toMatchObject({ reason: 'end', clock: end.clock });
    expect(await session.travelTo(end.clock)).toMatchObject({ reason: 'end', clock: end.clock });
    expect(await session.run('back-over')).toMatchObject({ reason: 'step', frontier: end.clock });
  });
  test('says that it left a process, and why', async () => {
    const sleepers = `int sleep_here(void);
void wake(int n, int value);
int woken;
int sleeper(void) { int why = sleep_here(); return why; }
int waker(int n) { woken++; wake(n, 1); return woken; }
int third(void) { woken++; return woken; }
`;
    const session = await started(sleepers, [[['sleeper'], ['third']], [['waker', 1]], [['third']]]);
    session.setFunctionBreakpoints([{ name: 'waker' }, { name: 'third' }]);
    expect((await session.run('over', { thread: 1 })).switched).toEqual({ from: 1, to: 2, because: 'sleeps' });
    expect((await session.run('out', { thread: 2 })).switched).toEqual({
      from: 2,
      to: 3,
      because: 'returned',
    });
    expect((await session.run('over', { thread: 1 })).switched).toBeUndefined();
  });
});

test('an assignment leaves the other half of a word, and tells its value', async () => {
  const session = await started(text);
  expect(session.assign('marks[2]', '0x12345', undefined)).toMatchObject({ value: { display: '74565' } });
  expect(session.writeMemory(addressOf(session, 'marks') + 9, Uint8Array.of(0xff)).written).toBe(1);
  expect(shown(session, 'marks[2]')).toBe(String(0x1ff45));
  expect(session.assign('marks[2]', 'nothing', undefined).value).toBeUndefined();
});
