import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/machine/fault';
import { framesOf } from '../../src/machine/frames';
import { allOf } from '../../src/base/parts';
import { Traveller } from '../../src/machine/traveller';
import { SHADOW_FREED, SHADOW_VALID } from '../../src/abi/memory-map';
import { prepare, runToEnd, steppedLines } from './c-machine';

/** Runs `run` of the C text and expects it to return `expected`. */
async function check(text: string, expected: number): Promise<void> {
  const { machine, result } = await prepare(text);
  expect(runToEnd(machine)).toEqual({ kind: 'end' });
  expect(result()! | 0).toBe(expected);
}

async function checkFault(kind: FaultKind, text: string, expression?: string): Promise<void> {
  const { machine } = await prepare(text);
  const stop = runToEnd(machine);
  expect(stop.kind === 'fault' ? stop.fault : stop).toMatchObject({ kind, ...(expression ? { expression } : {}) });
}

describe('running C', () => {
  it('goes through loops, switches and gotos', () =>
    check(
      'int run(void) { int s = 0, i; for (i = 0; i < 10; i++) { switch (i % 3) { case 0: continue; case 1: s += 1; break; default: s += 10; } if (i == 8) goto out; } out: return s; }',
      33,
    ));
  it('calls through pointers and recurses', () =>
    check(
      'static int f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2); } int (*p)(int) = f; int run(void) { return p(15); }',
      610,
    ));
  it('returns and passes records by value', () =>
    check(
      'struct p { int x, y; char pad[9]; }; struct p add(struct p a, struct p b) { a.x += b.x; a.y += b.y; return a; } int run(void) { struct p a = {1, 2}, b = {10, 20}; a = add(add(a, b), b); return a.x * 100 + a.y; }',
      2142,
    ));
  it('computes with 64 bits', () =>
    check(
      'long long f(long long x) { return x / 3 + (x << 33 >> 33); } int run(void) { return (int)(f(0x100000003LL) >> 1); }',
      715827884,
    ));
  it('keeps bit-fields apart', () =>
    check(
      'struct b { unsigned a : 3; int c : 5; unsigned d : 24; }; int run(void) { struct b v = {0}; v.a = 9; v.c = -3; v.d = 0x123456; return v.a * 1000 + v.c + (v.d == 0x123456); }',
      998,
    ));
  it('reads and writes bit-fields at the end of an object without touching what lies behind it', async () => {
    const packed = 'struct p { unsigned char tag; long long wide : 20; } __attribute__((packed));';
    const { machine, result } = await prepare(
      `${packed} struct p *get(void); int run(void) { struct p *p = get() + 3, copy = {1, -7}; p->wide = -5; p->tag = 9; p->wide += copy.wide; return p->wide; }`,
      'run',
      [],
      {
        get: ({ host }) => {
          host.setShadow(host.heap.start, 16, SHADOW_VALID);
          return host.heap.start;
        },
      },
    );
    expect(runToEnd(machine)).toEqual({ kind: 'end' });
    expect(result()! | 0).toBe(-12);
    expect([...machine.memory.read(machine.map.heapStart + 12, 8)]).toEqual([9, 0xf4, 0xff, 0x0f, 0, 0, 0, 0]);
  });
  it('reads variable arguments', () =>
    check(
      'typedef __builtin_va_list va; int sum(int n, ...) { va l; int s = 0; __builtin_va_start(l, n); while (n--) s += __builtin_va_arg(l, int); __builtin_va_end(l); return s; } int run(void) { return sum(3, 1, 20, 300); }',
      321,
    ));
  it('recurses deeper than the native stack allows', () =>
    check('int f(int n) { return n ? 1 + f(n - 1) : 0; } int run(void) { return f(900); }', 900));
});

describe('stops', () => {
  it('come before each statement, in order', async () => {
    const { machine } = await prepare('int run(void)\n{\nint a = 1;\nif (a)\na = 2;\nwhile (a)\na--;\nreturn a;\n}\n');
    expect(steppedLines(machine)).toEqual([3, 4, 5, 6, 7, 6, 7, 6, 8]);
  });
  it('count statements the same when stepping and when running', async () => {
    const text =
      'int g(int x) { int i; for (i = 0; i < x; i++) { if (i & 1) continue; } return i; } int run(void) { return g(20) + g(7); }';
    const stepped = await prepare(text);
    const lines = steppedLines(stepped.machine);
    const free = await prepare(text);
    runToEnd(free.machine);
    expect(free.machine.clock).toBe(lines.length);
    expect(stepped.machine.clock).toBe(lines.length);
  });
  it('show every caller', async () => {
    const { machine } = await prepare(
      'int c(int x) { return x; } int b(int x) { return c(x) + 1; } int run(void) { return b(5); }',
    );
    machine.flags.setStepping(true);
    for (let i = 0; i < 3; i++) {
      machine.advance(1000);
    }
    const names = framesOf(machine.tasks.get(1)!, machine.memory, machine.debug).map(
      (frame) => itemAt(machine.debug.functions, frame.functionId).name,
    );
    expect(names).toEqual(['c', 'b', 'run']);
  });
});

describe('code that runs freely', () => {
  const SUM =
    'static int sum(const int *p, int n)\n{\nint s = 0;\nwhile (n-- > 0) {\ns += *p;\nif (s > 1000000)\ns = 0;\np++;\n}\nreturn s;\n}\nint data[64];\nint run(void)\n{\nint i, s = 0;\nfor (i = 0; i < 50; i++)\ns += sum(data, 64);\nreturn s;\n}\n';

  /** Clock and line of each stop at the statements of a line. */
  async function stopsAt(line: number, stepping: boolean, slice: number): Promise<number[]> {
    const { machine } = await prepare(SUM);
    const at = machine.debug.statements.findIndex((statement) => statement.line === line);
    machine.flags.coverEverything();
    machine.flags.setStepping(stepping);
    machine.flags.setBreakpoint(at, true);
    const clocks: number[] = [];
    for (let stop = machine.advance(slice); stop.kind !== 'end'; stop = machine.advance(slice)) {
      if (stop.kind === 'statement' && stop.statement === at) {
        clocks.push(machine.clock);
      }
    }
    return [...clocks, machine.clock];
  }

  it('goes on in slices through loops of functions whose frames are larger than the native depth', async () => {
    const { machine } = await prepare(
      'int count;\nstatic void touch(char *p)\n{\n*p = ++count;\n}\nint run(void)\n{\nchar room[40000];\nint i;\nfor (i = 0; i < 20; i++)\ntouch(room + i);\nreturn room[19] + count;\n}\n',
    );
    let slices = 0;
    let stop = machine.advance(3);
    for (; stop.kind === 'slice' && slices < 1000; slices++) {
      stop = machine.advance(3);
    }
    expect(stop.kind).toBe('end');
    expect(slices).toBeGreaterThan(10);
  });

  it.each([3, 4, 5, 6, 8, 10, 16, 17])('stops at line %i as often and as late as when it is stepped', async (line) => {
    const stepped = await stopsAt(line, true, 1_000_000);
    expect(stepped.length).toBeGreaterThan(1);
    expect(await stopsAt(line, false, 1_000_000)).toEqual(stepped);
    expect(await stopsAt(line, false, 7)).toEqual(stepped);
  });

  it('stops in a loop that has run freely as soon as a breakpoint is set there', async () => {
    const { machine } = await prepare(SUM);
    const at = machine.debug.statements.findIndex((statement) => statement.line === 5);
    machine.flags.coverEverything();
    for (let slices = 0; slices < 20; slices++) {
      expect(machine.advance(100).kind).toBe('slice');
    }
    const before = machine.clock;
    machine.flags.setBreakpoint(at, true);
    expect(machine.advance(1000)).toMatchObject({ kind: 'statement', statement: at });
    expect(machine.clock - before).toBeLessThan(8);
  });

  it('counts statements to the one that faults in a loop', async () => {
    const text =
      'int run(void) { char *p = (char *)&p; int n = 0; for (;;) { n += *p; p += 4096; if (n == -1) break; } return n; }';
    const free = await prepare(text);
    expect(runToEnd(free.machine)).toMatchObject({
      kind: 'fault',
      fault: { kind: 'wild-dereference', expression: '*p' },
    });
    const stepped = await prepare(text);
    steppedLines(stepped.machine, 1_000_000);
    expect(free.machine.clock).toBe(stepped.machine.clock);
  });

  it('looks again at an address after a call, a loop or another value', async () => {
    const freed =
      'struct s { int a, b; }; void release(struct s *p); struct s *get(void); int run(void) { struct s *p = get(); int n = p->a; p->a++; n += p->a ? p->b : 0; %; return n + p->a; }';
    for (const [middle, kind] of [
      ['release(p)', 'use-after-free'],
      ['p = 0', 'null-dereference'],
      ['while (n-- > 0) { p->a += p->b; p = 0; }', 'null-dereference'],
      ['n += 1 ? p->b : p[1].a', undefined],
    ] as const) {
      const { machine } = await prepare(freed.replace('%', middle), 'run', [], {
        get: ({ host }) => {
          host.setShadow(host.heap.start, 16, SHADOW_VALID);
          host.memory.setU32(host.heap.start, 5);
          return host.heap.start;
        },
        release: ({ host }) => host.setShadow(host.heap.start, 16, SHADOW_FREED),
      });
      const stop = runToEnd(machine);
      expect(stop.kind === 'fault' ? stop.fault.kind : undefined, middle).toBe(kind);
    }
  });

  it('takes casted and unprototyped calls, narrow, wide and many arguments', () =>
    check(
      'int wide(long long a, signed char b, unsigned short c, int d, int e) { return (int)(a >> 32) + b * 10 + c * 100 + d * 1000 + e * 10000; } int old(); int old(a, b) char a; short b; { return a + b; } int taken(int a, int b) { int *p = &a; *p += b; return *p; } int run(void) { int (*f)() = (int (*)())taken; int (*w)(long long, signed char, unsigned short, int, int) = wide; return w(1LL << 33, 257, 65537, 3, 4) + old(300, 70000) + f(1, 2); }',
      2 + 10 + 100 + 3000 + 40000 + 44 + 4464 + 3,
    ));
});

describe('faults', () => {
  it('null pointer', () =>
    checkFault('null-dereference', 'struct s { int a, b; }; int run(void) { struct s *p = 0; return p->b; }', 'p->b'));
  it('wild pointer', () => checkFault('wild-dereference', 'int run(void) { return *(int *)0x70000000; }'));
  it('reading through a function pointer', () =>
    checkFault('wild-dereference', 'int run(void) { return *(int *)run; }'));
  it('division by zero', () => checkFault('division-by-zero', 'int z; int run(void) { return 1 / z; }', '1 / z'));
  it('the quotient that does not fit', () =>
    checkFault('division-by-zero', 'int m = -2147483647 - 1, n = -1; int run(void) { return m / n; }'));
  it('stack overflow', () =>
    checkFault('stack-overflow', 'int f(int n) { return f(n + 1) + 1; } int run(void) { return f(0); }'));
  it('null function pointer', () =>
    checkFault('bad-function-pointer', 'int (*f)(void); int run(void) { return f(); }'));
  it('a function that is defined nowhere', () =>
    checkFault('missing-function', 'int nowhere(int); int run(void) { return nowhere(1); }'));
  it('can be gone back from', async () => {
    const { machine } = await prepare('int run(void) { int a = 1; int *p = 0; a = 2; return *p; }');
    const traveller = new Traveller(machine);
    const result = await traveller.forward(() => false, { stepping: true, budget: 1000 });
    expect(result.kind).toBe('terminal');
    const at = machine.clock;
    traveller.seek(at - 1);
    expect(machine.finished).toBeUndefined();
    expect(machine.clock).toBe(at - 1);
  });
});

describe('services', () => {
  it('get their arguments and give their result', async () => {
    const { machine, result } = await prepare(
      'int twice(int); int run(void) { return twice(20) + twice(1); }',
      'run',
      [],
      { twice: (call) => call.int(0) * 2 },
    );
    runToEnd(machine);
    expect(result()).toBe(42);
  });
  it('can keep a task deep in its calls, and let it go on', async () => {
    const { machine, result } = await prepare(
      'int wait(void); int f(int n) { return n ? f(n - 1) + 1 : wait(); } int run(void) { return f(50); }',
      'run',
      [],
      { wait: () => ({ kind: 'block' }) },
    );
    expect(runToEnd(machine)).toEqual({ kind: 'end' });
    machine.finished = undefined;
    machine.host.unblock(1, 1000);
    runToEnd(machine);
    expect(result()).toBe(1050);
  });
});

describe('time travel', () => {
  const text =
    'int a[8]; int f(int x) { a[x & 7] += x; return a[(x * 3) & 7]; } int run(void) { int i, s = 0; for (i = 0; i < 60; i++) s += f(i); return s; }';

  it('shows at every moment the bytes that were there', async () => {
    const { machine } = await prepare(text);
    const traveller = new Traveller(machine);
    const seen = new Map<number, string>();
    const picture = (): string =>
      `${given(machine.at, 'at').statement} ${[...machine.memory.read(machine.map.dataStart, machine.map.dataEnd - machine.map.dataStart)].join()}`;
    await traveller.forward(
      () => {
        seen.set(machine.clock, picture());
        return false;
      },
      { stepping: true, budget: 10_000 },
    );
    for (const clock of [...seen.keys()].reverse().filter((_, index) => index % 7 === 0)) {
      traveller.seek(clock);
      expect(machine.clock).toBe(clock);
      expect(picture()).toBe(seen.get(clock));
    }
  });

  it('finds the last moment that is wanted', async () => {
    const { machine } = await prepare(text);
    const traveller = new Traveller(machine);
    await traveller.forward(() => false, { stepping: false, budget: 10_000 });
    const first = given(machine.symbols.functionId('f'), 'function');
    const entry = itemAt(machine.debug.functions, first).firstStatement;
    expect(allOf(traveller.seekingLast(machine.clock, (stop) => stop.statement === entry))).toBe(true);
    expect(given(machine.at, 'at').statement).toBe(entry);
    const last = machine.clock;
    expect(allOf(traveller.seekingLast(last, (stop) => stop.statement === entry))).toBe(true);
    expect(machine.clock).toBeLessThan(last);
  });

  it('stops an endless loop at its budget', async () => {
    const { machine } = await prepare('int run(void) { for (;;) ; }');
    const result = await new Traveller(machine).forward(() => false, { stepping: false, budget: 5000 });
    expect(['budget', 'terminal']).toContain(result.kind);
  });
});
