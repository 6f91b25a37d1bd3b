/** C that writes over frames which are waiting in memory: a stop, with what is left of the stack, and a way back. */
import { given, itemAt } from '../../src/base/checked-access';
import { describe, expect, it } from 'vitest';
import { FRAME_FUNCTION, FRAME_PARENT, FRAME_PC, NULL_LIMIT, SHADOW_VALID } from '../../src/abi/memory-map';
import { framesOf } from '../../src/machine/frames';
import type { Machine, MachineStop } from '../../src/machine/machine';
import { Traveller } from '../../src/machine/traveller';
import { prepare, runToEnd } from './c-machine';

const text = `int depth;
static int inner(int n) { depth = n; depth++; return n + 1; }
static int middle(int n) { int a[2]; a[0] = inner(n); return a[0]; }
int run(void) { int s = middle(3); s += middle(4); return s; }
`;

function topTask(machine: Machine): NonNullable<ReturnType<Machine['tasks']['get']>> {
  return machine.tasks.get(machine.currentTask)!;
}

/** Steps until `count` frames are there. */
async function stoppedAt(count: number): Promise<Machine> {
  const { machine } = await prepare(text);
  machine.checkpoints.add(machine.save());
  machine.flags.setStepping(true);
  do {
    machine.advance(10_000);
  } while (framesOf(topTask(machine), machine.memory, machine.debug).length < count);
  return machine;
}

const faultOf = (stop: MachineStop): string => (stop.kind === 'fault' ? stop.fault.kind : stop.kind);

describe('a header that was written over while its function waited', () => {
  it.each([
    ['function id beyond the table', 1, FRAME_FUNCTION, 0x41414141],
    ['another function', 1, FRAME_FUNCTION, 0],
    ['resume point that does not exist', 1, FRAME_PC, 5000],
    ['resume point that waits for nothing', 1, FRAME_PC, 0],
    ['parent nowhere', 0, FRAME_PARENT, 0x41414141],
    ['parent that is no frame', 0, FRAME_PARENT, NULL_LIMIT],
    ['parent left out', 0, FRAME_PARENT, 0],
    ['bottom with a parent', 2, FRAME_PARENT, 0x20000],
  ])('%s', async (_what, level, offset, value) => {
    const machine = await stoppedAt(3);
    const frames = framesOf(topTask(machine), machine.memory, machine.debug);
    machine.memory.setU32(itemAt(frames, level).fp + offset, value);
    machine.flags.setStepping(false);
    const stop = runToEnd(machine);
    expect(faultOf(stop)).toBe('stack-damaged');
    expect(framesOf(topTask(machine), machine.memory, machine.debug).length).toBeGreaterThanOrEqual(0);
    expect(machine.clock).toBeGreaterThan(0);
  });

  it('parents that lead round in a circle, listed and run', async () => {
    const machine = await stoppedAt(3);
    const [top, , bottom] = framesOf(topTask(machine), machine.memory, machine.debug);
    machine.memory.setU32(given(top, 'top').fp + FRAME_PARENT, given(top, 'top').fp);
    expect(framesOf(topTask(machine), machine.memory, machine.debug).map(({ fp }) => fp)).toEqual([
      given(top, 'top').fp,
    ]);
    machine.memory.setU32(given(top, 'top').fp + FRAME_PARENT, given(bottom, 'bottom').fp);
    expect(faultOf(runToEnd(machine))).toBe('stack-damaged');
  });
});

describe('C that does it', () => {
  const smashing = `static void smash(int *p, int n) { int i; for (i = 0; i < n; i++) p[i] = 0x41414141; }
static int middle(void) { int a[4]; a[0] = 1; smash(a, 14); return a[0]; }
int run(void) { int s = 0; s += middle(); return s; }
`;
  it.each([true, false])('stops, stepped (%s) or not, and can be gone back from', async (stepping) => {
    const { machine } = await prepare(smashing);
    const traveller = new Traveller(machine);
    const result = await traveller.forward(() => false, { stepping, budget: 100_000 });
    expect(result.kind === 'terminal' && faultOf(result.stop)).toBe('stack-damaged');
    const end = machine.clock;
    expect(machine.advance(1000)).toBe(machine.finished);
    framesOf(topTask(machine), machine.memory, machine.debug);
    traveller.seek(end - 1);
    expect(machine.finished).toBeUndefined();
    const names = framesOf(topTask(machine), machine.memory, machine.debug).map(
      ({ functionId }) => machine.debug.functions[functionId]?.name,
    );
    expect(names.length).toBeGreaterThan(0);
    traveller.seek(5);
    expect(machine.clock).toBe(5);
    expect(machine.at).toBeDefined();
  });
});

describe('what C cannot reach', () => {
  it('control words, gaps of the stacks, flags, the books and the shadow are no memory for it', async () => {
    const { machine } = await prepare('int run(void) { return 1; }');
    const { map, memory } = machine;
    const state = (address: number): number => memory.u8(map.shadowStart + (address >> 4));
    const { stackHigh } = topTask(machine);
    for (const address of [0, 0x20, NULL_LIMIT - 4, stackHigh, map.stacksStart - 8, map.stacksEnd, map.flagsStart]) {
      expect(state(address), address.toString(16)).not.toBe(SHADOW_VALID);
    }
    for (const address of [map.slabStart, map.slabEnd - 4, map.shadowStart, map.shadowStart + 0x1000]) {
      expect(state(address), address.toString(16)).not.toBe(SHADOW_VALID);
    }
  });
  it.each([
    'int run(int x) { (&x)[4] = 1; return *(int *)0x20; }',
    'struct s { char c[400]; } g; int run(void) { *(struct s *)0x20 = g; return 0; }',
    'struct s { char c[4000]; } g; extern char *p; char *p; int run(void) { p = (char *)&p; *(struct s *)(p - 4000) = g; return 0; }',
  ])('%s', async (c) => {
    const { machine } = await prepare(c, 'run', [1]);
    expect(faultOf(runToEnd(machine))).toMatch(/dereference|stack-damaged/);
  });
  it('services that are handed such addresses stop the caller', async () => {
    const { machine } = await prepare('int poke(int *p); int run(void) { return poke((int *)0x24); }', 'run', [], {
      poke: (call) => {
        call.memory.setU32(call.arg(0), 1);
        return 0;
      },
    });
    expect(faultOf(runToEnd(machine))).toBe('null-dereference');
    const { machine: other } = await prepare(
      'int poke(int *p); int run(void) { return poke((int *)0x24); }',
      'run',
      [],
      {
        poke: (call) => {
          call.host.memory.setU32(call.host.map.flagsStart, 1);
          return 0;
        },
      },
    );
    expect(faultOf(runToEnd(other))).toBe('wild-dereference');
  });
});

it('frames are listed innermost first, no more than asked for', async () => {
  const machine = await stoppedAt(3);
  const names = (limit?: number): (string | undefined)[] =>
    framesOf(topTask(machine), machine.memory, machine.debug, limit).map(
      ({ functionId }) => machine.debug.functions[functionId]?.name,
    );
  expect(names()).toEqual(['inner', 'middle', 'run']);
  expect([names(2), names(1), names(0)]).toEqual([['inner', 'middle'], ['inner'], []]);
});
