/**
 * The flags before statements, against what they say by definition: stepping, a breakpoint, a first visit, somebody who
 * watches; a straight run's first statement knows of those behind it, a quiet loop's first of all in it.
 */
import { itemAt } from '../../src/base/checked-access';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Memory } from '../../src/machine/memory';
import { StopFlags } from '../../src/machine/stop-flags';
import { prepare } from './c-machine';

const text = `int g;
static int add(int n) { g += n; g ^= 3; g -= 1; if (g & 1) { g++; g++; } return g; g = 0; }
int run(void)
{
	int i, s = 0;
	for (i = 0; i < 9; i++) { s += i; s ^= 5; if (s > 40) s -= 40; }
	while (s > 3) s -= 3;
	do { s++; i--; } while (i > 0);
	return add(s) + add(1);
}
`;
const { machine } = await prepare(text);
const { debug, map } = machine;
const { statements } = debug;
const COUNT = statements.length;
const loops = debug.functions
  .flatMap(({ resumePoints }) => resumePoints)
  .flatMap(({ quiet }) => (quiet ? [quiet] : []));

function fresh(): { flags: StopFlags; bytes: Uint8Array } {
  const memory = new Memory(new ArrayBuffer(map.flagsEnd));
  return {
    flags: new StopFlags(memory, map, debug),
    bytes: memory.bytes.subarray(map.flagsStart, map.flagsStart + COUNT),
  };
}

/** What the flags are about. */
class Model {
  readonly breakpoints = new Set<number>();
  readonly covered = new Set<number>();
  watched: readonly number[] = [];
  stepping = false;

  own(statement: number): boolean {
    return (
      this.stepping ||
      this.breakpoints.has(statement) ||
      !this.covered.has(statement) ||
      this.watched.includes(statement)
    );
  }

  /** Whether one that can be reached, of those behind `first` in its run, is up. */
  later(first: number): boolean {
    const before = statements[first - 1];
    if (before && before.ahead > 1 && before.function === itemAt(statements, first).function) {
      return false; // no first one
    }
    for (
      let at = first;
      itemAt(statements, at).ahead > 1 && statements[at + 1]?.function === itemAt(statements, first).function;
      at++
    ) {
      if (this.own(at + 1) && itemAt(statements, at + 1).ahead > 0) {
        return true;
      }
    }
    return false;
  }

  loop(first: number): boolean {
    return loops.some(([from, to]) => {
      const inside = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return from === first && inside.some((each) => this.own(each) && itemAt(statements, each).ahead > 0);
    });
  }

  byte(statement: number): number {
    return (this.own(statement) ? 1 : 0) | (this.later(statement) ? 2 : 0) | (this.loop(statement) ? 4 : 0);
  }
}

const at = fc.nat(COUNT - 1);
const acts = fc.oneof(
  fc.tuple(fc.constant('break' as const), at, fc.boolean()),
  fc.tuple(fc.constant('cover' as const), at, fc.boolean()),
  fc.tuple(fc.constant('watch' as const), at, fc.boolean()),
  fc.tuple(fc.constant('clear' as const), at, fc.boolean()),
  fc.tuple(fc.constant('suspend' as const), at, fc.boolean()),
);

test('what is tried has runs, quiet loops and a place that nothing leads to', () => {
  expect(loops.length).toBeGreaterThan(0);
  expect(statements.some(({ ahead }) => ahead > 2)).toBe(true);
  expect(statements.some(({ ahead }) => ahead === 0)).toBe(true);
});

test('each byte says what it is to say, whatever was done before', () =>
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 25 }), fc.boolean(), (done, everything) => {
      const { flags, bytes } = fresh();
      const model = new Model();
      if (everything) {
        flags.coverEverything();
        statements.forEach((_, id) => model.covered.add(id));
      }
      for (const [act, statement, on] of done) {
        switch (act) {
          case 'break':
            flags.setBreakpoint(statement, on);
            model.breakpoints[on ? 'add' : 'delete'](statement);
            break;
          case 'cover':
            expect(flags.cover(statement)).toBe(!model.breakpoints.has(statement));
            model.covered.add(statement);
            break;
          case 'watch':
            model.watched = on ? [statement, (statement + 3) % COUNT] : [];
            flags.setWatched(model.watched);
            break;
          case 'clear':
            flags.clearBreakpoints();
            model.breakpoints.clear();
            break;
          case 'suspend':
            flags.suspend();
            expect(bytes.every((byte) => byte === 0)).toBe(true);
            flags.resume();
            break;
        }
        expect([...bytes]).toEqual(statements.map((_, id) => model.byte(id)));
        expect(flags.isUp(statement)).toBe(model.own(statement));
        expect(flags.isBreakpoint(statement)).toBe(model.breakpoints.has(statement));
        expect(flags.covered[statement]).toBe(model.covered.has(statement) ? 1 : 0);
        const alone = bytes[statement] === 1 && !model.breakpoints.has(statement) && model.covered.has(statement);
        expect(flags.isOnlyWatched(statement)).toBe(alone);
      }
    }),
  ));

test('stepping puts all up, and takes none down that has another reason', () => {
  const { flags, bytes } = fresh();
  flags.coverEverything();
  flags.setBreakpoint(2, true);
  flags.setWatched([4]);
  const before = [...bytes];
  flags.setStepping(true);
  expect(bytes.every((byte) => (byte & 1) === 1)).toBe(true);
  expect([flags.cover(3), flags.isOnlyWatched(4)]).toEqual([false, false]);
  flags.setStepping(true);
  flags.setStepping(false);
  expect([...bytes]).toEqual(before);
  expect([flags.cover(3), flags.cover(2), flags.isOnlyWatched(4)]).toEqual([true, false, before[4] === 1]);
});

test('a breakpoint that is taken off a stepped program leaves it stepped', () => {
  const { flags, bytes } = fresh();
  flags.setStepping(true);
  flags.setBreakpoint(1, true);
  flags.setBreakpoint(1, false);
  flags.clearBreakpoints();
  expect(bytes.every((byte) => (byte & 1) === 1)).toBe(true);
});
