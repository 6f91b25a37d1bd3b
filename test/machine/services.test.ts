/** C and its services: calls back and forth, sleeping, faults, onlookers, fault injection, interrupts, and all of it again. */
import { given } from '../../src/base/checked-access';
import { describe, expect, test } from 'vitest';
import { sameText } from '../../src/base/bilingual';
import { SHADOW_VALID } from '../../src/abi/memory-map';
import type { MachineStop } from '../../src/machine/machine';
import type { PlainData, Probe, Service, ServiceCall, ServiceModule } from '../../src/machine/service';
import { Traveller } from '../../src/machine/traveller';
import { wording } from '../../src/sentences/wording';
import { prepare, runToEnd, type Prepared } from './c-machine';

const reason = { en: 'test', zh: '测试' };
const state = { save: () => null, restore: () => undefined };
const faultOf = (stop: MachineStop): string => (stop.kind === 'fault' ? stop.fault.kind : stop.kind);

/** A module with these services. */
function services(...all: Omit<Service, 'reason'>[]): ServiceModule {
  return { name: 'more', services: all.map((each) => ({ ...each, reason })), ...state };
}
async function check(prepared: Promise<Prepared>, result: number): Promise<void> {
  const { machine, result: returned } = await prepared;
  expect(faultOf(runToEnd(machine))).toBe('end');
  expect(returned()! | 0).toBe(result);
}

describe('a result', () => {
  test.each<[string, ReturnType<Service['call']>, string, number]>([
    ['a number', 7, 'int', 7],
    ['a negative one', -7, 'int', -7],
    ['nothing, which is 0', undefined, 'int', 0],
    ['64 bits', (3n << 32n) | 5n, 'long long', 8],
    ['64 negative bits', -1n, 'long long', -2],
  ])('%s', (_what, value, type, expected) =>
    check(
      prepare(
        `${type} ask(void); int run(void) { ${type} v = ask(); return ${type === 'int' ? 'v' : '(int) v + (int) (v >> 32)'}; }`,
        'run',
        [],
        {
          ask: () => value,
        },
      ),
      expected,
    ),
  );
  test('arguments are seen as words, as numbers and where they lie', async () => {
    const seen: unknown[] = [];
    await check(
      prepare('int ask(int a, unsigned b, ...); int run(void) { return ask(-1, 5, 6, 7); }', 'run', [], {
        ask: (call) => {
          seen.push(call.arg(0), call.int(0), call.arg(1), call.host.memory.u32(call.argAddress(3)), call.task);
          return 1;
        },
      }),
      1,
    );
    expect(seen).toEqual([0xffff_ffff, -1, 5, 7, 1]);
  });
});

describe('a service that calls C', () => {
  const text = `int ask(int (*f)(int, int), int n);
int add(int a, int b) { return a + b; }
int deep(int a, int b) { return ask(add, a) + b; }
int run(int n) { return ask(n ? deep : add, 4) + 1000; }
`;
  const asking = (): ServiceModule =>
    services({
      name: 'ask',
      call: (call) => ({ kind: 'call', function: call.arg(0), args: [call.arg(1), 10], data: { first: call.int(1) } }),
      resume: (_call, data, value) => (data as { first: number }).first * 100 + value,
    });
  test('goes on with its result', () => check(prepare(text, 'run', [0], {}, [asking()]), 1000 + 400 + 14));
  test('also from C that it called', () =>
    check(prepare(text, 'run', [1], {}, [asking()]), 1000 + 400 + 400 + 14 + 10));
  test('the same stepped, and from any moment again', async () => {
    const { machine, result } = await prepare(text, 'run', [1], {}, [asking()]);
    const traveller = new Traveller(machine);
    const clocks: string[] = [];
    const look = (): boolean => {
      clocks.push(`${machine.clock} ${machine.at?.statement} ${machine.tasks.get(1)!.calls.length}`);
      return false;
    };
    await traveller.forward(look, { stepping: true, budget: 1000 });
    expect([result(), machine.clock]).toEqual([1824, clocks.length]);
    const again = [...clocks];
    for (let clock = again.length - 1; clock >= 0; clock--) {
      traveller.seek(clock);
      expect(`${machine.clock} ${machine.at?.statement} ${machine.tasks.get(1)!.calls.length}`).toBe(again[clock]);
    }
    traveller.seek(2);
    await traveller.forward(() => false, { stepping: false, budget: 1000 });
    expect([result(), machine.clock]).toEqual([1824, again.length]);
  });
  test('may name the function by its number, and no function is a fault', async () => {
    const byNumber = (id: (call: ServiceCall) => number): Promise<Prepared> =>
      prepare('int ask(void); int inner(int n) { return n + 1; } int run(void) { return ask(); }', 'run', [], {}, [
        services({
          name: 'ask',
          call: (call) => ({ kind: 'call', function: id(call), args: [5], data: null }),
          resume: (_c, _d, value) => value,
        }),
      ]);
    await check(
      byNumber((call) => given(call.host.functionId('inner'), 'function')),
      6,
    );
    const { machine } = await byNumber(() => 0x1234_5678);
    const stop = runToEnd(machine);
    expect(stop).toMatchObject({ kind: 'fault', fault: { kind: 'bad-function-pointer', address: 0x1234_5678 } });
    expect(stop.kind === 'fault' && wording(stop.fault.message, 'en')).toContain('ask');
  });
  test('may fail, sleep or call again when it goes on', async () => {
    const then = (result: ReturnType<Service['call']>): Promise<Prepared> =>
      prepare('int ask(void); int inner(int n) { return n + 1; } int run(void) { return ask() * 2; }', 'run', [], {}, [
        services({
          name: 'ask',
          call: (call) => ({
            kind: 'call',
            function: given(call.host.functionId('inner'), 'function'),
            args: [5],
            data: 'first',
          }),
          resume: (call, data, value) =>
            data === 'first'
              ? (result ?? {
                  kind: 'call',
                  function: given(call.host.functionId('inner'), 'function'),
                  args: [value],
                  data: 'second',
                })
              : value,
        }),
      ]);
    const failed = await then({ kind: 'fault', fault: { kind: 'bug', message: sameText('x') } });
    expect(faultOf(runToEnd(failed.machine))).toBe('bug');
    await check(then(undefined), 14);
    const { machine, result } = await then({ kind: 'block' });
    expect(faultOf(runToEnd(machine))).toBe('end');
    expect(machine.host.isBlocked(1)).toBe(true);
    machine.finished = undefined;
    machine.host.unblock(1, 50);
    runToEnd(machine);
    expect(result()).toBe(100);
  });
});

describe('a service that fails', () => {
  test.each<[string, Service['call'], string]>([
    ['by its answer', () => ({ kind: 'fault', fault: { kind: 'panic', message: sameText('x') } }), 'panic'],
    ['by a bad address', (call) => call.memory.u32(0), 'null-dereference'],
    ['by an address that is none', (call) => call.host.books.u32(0xffff_fff0), 'wild-dereference'],
  ])('%s, is a fault of the statement that called it', async (_what, call, kind) => {
    const text = 'int g; int ask(void); int run(void) { g = 1; g = ask(); return g; }';
    const { machine } = await prepare(text, 'run', [], { ask: call });
    const traveller = new Traveller(machine);
    const result = await traveller.forward(() => false, { stepping: false, budget: 100 });
    expect(result.kind === 'terminal' && faultOf(result.stop)).toBe(kind);
    expect(machine.clock).toBe(2);
    expect(machine.journal.map(({ event, clock, thread }) => [event, clock, thread])).toEqual([['fault', 2, 1]]);
    expect(machine.advance(100)).toBe(machine.finished);
    traveller.seek(1);
    expect([machine.clock, machine.finished, machine.journal.length]).toEqual([1, undefined, 0]);
  });
  test('an error of its own is thrown', async () => {
    const { machine } = await prepare('int ask(void); int run(void) { return ask(); }', 'run', [], {
      ask: () => {
        throw new Error('ours');
      },
    });
    expect(() => machine.advance(100)).toThrow('ours');
  });
});

describe('onlookers', () => {
  const text =
    'int g; int twice(int n) { g += n; return 2 * n; } int run(int n) { int i, s = 0; for (i = 0; i < n; i++) s += twice(i); return s; }';
  const watching = (seen: number[]): ServiceModule => ({
    ...services(),
    probes: [{ function: 'twice', entered: (call) => void seen.push(call.int(0)) }],
  });
  test('see each call before its first statement, however it runs, and change no clock', async () => {
    const plain = await prepare(text, 'run', [4]);
    runToEnd(plain.machine);
    for (const stepping of [false, true]) {
      const seen: number[] = [];
      const { machine } = await prepare(text, 'run', [4], {}, [watching(seen)]);
      machine.flags.setStepping(stepping);
      for (let stop = machine.advance(1000); stop.kind !== 'end';) {
        stop = machine.advance(1000);
      }
      expect([seen, machine.clock]).toEqual([[0, 1, 2, 3], plain.machine.clock]);
    }
  });
  const nested = `int g;
int twice(int n) { g += n; return 2 * n; }
int by(int n) { return n < 2
  ? twice(n)
  : by(n - 1); }
int run(int n) {
  int (*way)(int) = twice;
  int s = twice(1);
  s += way(2);
  return s + by(n) + by(1); }`;
  const told = ({ caller }: ServiceCall): string => (caller ? `${caller.function}:${caller.line}` : 'nobody');
  const runs: readonly (readonly [string, Probe['wants'], boolean])[] = [
    ['run freely', undefined, false],
    ['stepped', undefined, true],
    ['with the stack', () => 'stack', false],
  ];
  test.each(runs)('are told which statement makes the call: %s', async (_how, wants, stepping) => {
    const seen: string[] = [];
    const probe: Probe = { function: 'twice', ...(wants && { wants }), entered: (call) => void seen.push(told(call)) };
    for (const [entry, expected] of [
      ['run', ['run:8', 'run:9', 'by:3', 'by:3']],
      ['twice', ['nobody']],
    ] as const) {
      seen.length = 0;
      const { machine } = await prepare(nested, entry, [4], {}, [{ ...services(), probes: [probe] }]);
      machine.flags.setStepping(stepping);
      for (let stop = machine.advance(1000); stop.kind !== 'end';) {
        stop = machine.advance(1000);
      }
      expect(seen).toEqual(expected);
    }
  });
  test('that want nothing of a call are not shown it', async () => {
    const seen: number[] = [];
    const probe: Probe = {
      function: 'twice',
      wants: (call) => (call.int(0) % 2 === 0 ? 'nothing' : 'call'),
      entered: (call) => void seen.push(call.int(0)),
    };
    runToEnd((await prepare(text, 'run', [4], {}, [{ ...services(), probes: [probe] }])).machine);
    expect(seen).toEqual([1, 3]);
  });
  test('that cannot read what they want do without', async () => {
    const module: ServiceModule = {
      ...services(),
      probes: [{ function: 'twice', entered: (call) => void call.memory.u32(call.arg(0)) }],
    };
    await check(prepare(text, 'run', [4], {}, [module]), 12);
  });
});

describe('fault injection', () => {
  const text =
    'int g; int get(int n) { g++; return n; } int run(int n) { int i, s = 0; for (i = 0; i < n; i++) s = s * 10 + get(1); return s; }';
  async function injected(nth: number, stepping: boolean): Promise<[number | undefined, number, string[]]> {
    const { machine, result } = await prepare(text, 'run', [4]);
    machine.flags.setStepping(stepping);
    machine.host.interceptCall!(given(machine.host.functionId('get'), 'function'), nth, 7);
    for (let stop = machine.advance(1000); stop.kind !== 'end';) {
      stop = machine.advance(1000);
    }
    const told = machine.journal.map((entry) =>
      entry.event === 'inject' ? `${entry.function} ${entry.value}` : entry.event,
    );
    return [result(), machine.memory.u32(machine.host.globalAddress('g')!), told];
  }
  test.each([
    [1, 7111],
    [2, 1711],
    [4, 1117],
    [0, 7111],
  ])('strikes at call %i, once; the others run', async (nth, expected) => {
    for (const stepping of [false, true]) {
      expect(await injected(nth, stepping)).toEqual([expected, 3, ['get 7']]);
    }
  });
  test('that never comes', async () => expect(await injected(5, false)).toEqual([1111, 4, []]));
  test('strikes again after going back before it', async () => {
    const { machine, result } = await prepare(text, 'run', [4]);
    const traveller = new Traveller(machine);
    machine.host.interceptCall!(given(machine.host.functionId('get'), 'function'), 2, 7);
    const run = async (): Promise<unknown> => {
      await traveller.forward(() => false, { stepping: false, budget: 1000 });
      return [result(), machine.clock, machine.journal.map(({ clock }) => clock)];
    };
    const first = await run();
    for (const clock of [0, 3, 9]) {
      traveller.seek(clock);
      expect(await run()).toEqual(first);
    }
  });
  test('of a function that is called last leaves the run at its end', async () => {
    const { machine, result } = await prepare('int run(int n) { return n; }', 'run', [4]);
    machine.host.interceptCall!(given(machine.host.functionId('run'), 'function'), 1, 9);
    expect([faultOf(runToEnd(machine)), result(), machine.clock]).toEqual(['end', 9, 0]);
  });
});

describe('the environment', () => {
  test('may run another task, and an interrupt on top of one that sleeps', async () => {
    const { machine, result } = await prepare(
      'int g; int wait(void); int tick(void) { g += 5; return 1; } int run(void) { return wait() + g; }',
      'run',
      [],
      { wait: () => ({ kind: 'block' }) },
    );
    const { host } = machine;
    const told: PlainData[] = [];
    let interrupts = 2;
    const { environment } = machine;
    machine.environment = {
      ...given(environment, 'environment'),
      returned: (task, tag, value) => {
        told.push([task, tag, value]);
        given(environment, 'environment').returned(task, tag, value);
      },
      advance: () => {
        if (!host.isBlocked(1)) {
          return 'end';
        }
        if (interrupts-- > 0) {
          host.pushCall(1, given(host.functionId('tick'), 'function'), [], 'tick');
        } else {
          host.unblock(1, 100);
        }
        return 'continue';
      },
    };
    expect(faultOf(runToEnd(machine))).toBe('end');
    expect([result(), told]).toEqual([
      110,
      [
        [1, 'tick', 1],
        [1, 'tick', 1],
        [1, null, 110],
      ],
    ]);
    expect(host.isIdle(1)).toBe(true);
  });
  test('that can wake nobody is a deadlock of the task that ran last', async () => {
    const { machine } = await prepare('int wait(void); int run(void) { return wait(); }', 'run', [], {
      wait: () => ({ kind: 'block' }),
    });
    machine.environment = { ...given(machine.environment, 'environment'), advance: () => 'deadlock' };
    expect(runToEnd(machine)).toMatchObject({ kind: 'fault', task: 1, fault: { kind: 'deadlock' } });
    expect(machine.at).toBeUndefined();
  });
  test('that reads where nothing is, is a fault too', async () => {
    const { machine } = await prepare('int run(void) { return 1; }');
    machine.environment = {
      ...given(machine.environment, 'environment'),
      returned: () => void machine.memory.u32(0xffff_fff0),
    };
    expect(faultOf(runToEnd(machine))).toBe('wild-dereference');
  });
  test('is asked for nothing that it must not do', async () => {
    const { machine } = await prepare('int run(void) { return 1; }');
    expect(() => machine.host.unblock(1, 0)).toThrow('blocked');
    expect(() => machine.host.isIdle(99)).toThrow('99');
    while (machine.host.hasTaskRoom()) {
      machine.host.createTask();
    }
    expect(() => machine.host.createTask()).toThrow('taken');
    machine.host.destroyTask(3);
    expect([machine.host.hasTaskRoom(), machine.tasks.get(3)]).toEqual([true, undefined]);
  });
});

describe('what services do to memory and time', () => {
  test('the heap is in use up to where something was ever allocated', async () => {
    const { machine } = await prepare('int run(void) { return 1; }');
    const { host, map } = machine;
    expect(host.heap).toEqual({ start: map.heapStart, end: map.heapEnd });
    host.setShadow(map.heapStart + 64, 30, SHADOW_VALID);
    expect(machine.heapHigh).toBe(map.heapStart + 94);
    expect([...machine.memory.read(map.shadowStart + (map.heapStart >> 4) + 3, 4)]).toEqual([0, 1, 1, 0]);
    host.setShadow(map.heapStart, 16, SHADOW_VALID);
    host.setShadow(map.userStart, 16, SHADOW_VALID);
    expect(machine.heapHigh).toBe(map.heapStart + 94);
  });
  test('a service cannot write what is not the program’s, and may read it', async () => {
    const { machine } = await prepare('int run(void) { return 1; }');
    const { host, map } = machine;
    expect(() => host.memory.setU8(map.shadowStart, 1)).toThrow();
    host.books.setU8(map.slabStart, 1);
    expect(host.memory.u8(map.slabStart)).toBe(1);
  });
});

test('the door for services names the process that runs; what goes wrong in a probe of ours is told', async () => {
  const tasks: number[] = [];
  const { machine } = await prepare(
    'int ask(void); int twice(int n) { return n + n; } int run(void) { return ask() + twice(3); }',
    'run',
    [],
    {
      ask: (call) => {
        tasks.push(call.task, call.host.currentTask);
        return 1;
      },
    },
    [
      {
        name: 'onlooker',
        services: [],
        ...state,
        probes: [
          {
            function: 'twice',
            entered: () => {
              throw new Error('ours');
            },
          },
        ],
      },
    ],
  );
  expect(() => runToEnd(machine)).toThrow('ours');
  expect(tasks).toEqual([machine.currentTask, machine.currentTask]);
});
