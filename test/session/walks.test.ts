/**
 * Random walks through the past: wherever one goes, and however one comes there, a moment has the same bytes, journal, hit
 * counts and printed lines.
 *
 * On all of a walk a breakpoint waits that counts, and a log point speaks at every second hit. What comes after a moment,
 * the next counted stop and what is printed on the way to it, shows the hits that are counted there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { expectSame, kernels, scenarios, Walker, WALKS, type Moment } from './walker';

/** Statements before a moment from which a run goes to it. */
const APPROACH = 3_000;
/** Each is called often in some of the scenarios. */
const functions = ['alloc_skb', 'kfree_skb', 'sock_wfree', 'tcp_v4_rcv', 'udp_rcv', 'schedule', 'inet_sendmsg'];
/** For so many walks one run that knows no past. */
const FRESH = 50;

interface Way {
  readonly place: number;
  readonly elsewhere: number;
  /** For each step whether it is one over calls. */
  readonly steps: readonly boolean[];
  readonly counted: string;
  readonly every: number;
}

/** Where a breakpoint for exactly the statement of a moment's top frame goes. */
interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

function placeOf({ session }: Walker, thread: number): Place | undefined {
  const { path, line, column } = session.stack(thread)[0] ?? {};
  return path === undefined || line === undefined || column === undefined ? undefined : { path, line, column };
}

/** The breakpoint that counts and the log point that does. */
class Counted {
  private readonly log: Place;

  constructor(
    private readonly walker: Walker,
    private readonly name: string,
    private readonly every: number,
  ) {
    const [at] = walker.session.setFunctionBreakpoints([{ name }]);
    const { path = '', line = 0, column = 0 } = given(at, 'breakpoint');
    this.log = { path, line, column };
  }

  /** With a breakpoint at a place, or without. */
  set(place?: Place): void {
    const { session } = this.walker;
    const { path, ...at } = this.log;
    const log = { ...at, logMessage: '{jiffies}', hitCondition: '% 2' };
    session.setFunctionBreakpoints([{ name: this.name, hitCondition: `% ${this.every}` }]);
    session.setBreakpoints(path, [log, ...(place?.path === path ? [place] : [])]);
    if (place && place.path !== path) {
      session.setBreakpoints(place.path, [place]);
    }
  }

  clear(place?: Place): void {
    const { session } = this.walker;
    session.setFunctionBreakpoints([]);
    session.setBreakpoints(this.log.path, []);
    if (place) {
      session.setBreakpoints(place.path, []);
    }
  }

  /** What comes after the moment: the next stop, and what is printed on the way. The machine stands at the moment again. */
  async ahead(): Promise<string> {
    const { session } = this.walker;
    const { clock } = session.stop;
    this.walker.listen();
    const stop = await session.run('continue');
    const next = `${stop.reason} ${stop.clock} ${this.walker.lines.join()}`;
    await session.travelTo(clock);
    return next;
  }
}

/** A walk from a moment and back to it in several ways; whether a run could be stopped there. */
async function walk(walker: Walker, { place, elsewhere, steps, counted, every }: Way): Promise<boolean> {
  const { session } = walker;
  const points = new Counted(walker, counted, every);
  points.set();
  await session.travelTo(walker.at(place));
  const here = walker.moment();
  const next = await points.ahead();
  const again = async (how: string): Promise<void> => {
    expectSame(walker, here, how);
    expect([how, await points.ahead()]).toEqual([how, next]);
  };
  await thereAndBack(walker, here, steps);
  if (session.stop.clock === here.clock) {
    await again('steps and steps back');
  }
  await session.travelTo(walker.at(elsewhere));
  await session.travelTo(here.clock);
  await again('a journey elsewhere and back');
  const isThere = await runTo(walker, points, here, next);
  walker.done(here);
  return isThere;
}

/** Steps from a moment, and each of them back. */
async function thereAndBack(walker: Walker, here: Moment, steps: readonly boolean[]): Promise<void> {
  const { session } = walker;
  const passed: { readonly before: Moment; readonly over: boolean }[] = [];
  let before = here;
  for (const over of steps) {
    const frame = session.stack(before.thread)[0]?.address;
    const stop = await session.run(over ? 'over' : 'into');
    const isElsewhere = stop.reason === 'end' || stop.switched !== undefined || stop.thread !== before.thread;
    if (isElsewhere || stop.reason !== 'step' || (over && session.stack(stop.thread)[0]?.address !== frame)) {
      break; // there is no one step back from there
    }
    passed.push({ before, over });
    before = walker.moment();
  }
  if (session.stop.clock !== before.clock) {
    await session.travelTo(before.clock);
  }
  for (const { before: then, over } of passed.reverse()) {
    await session.run(over ? 'back-over' : 'back-into');
    expectSame(walker, then, over ? 'a step over calls and back' : 'a step and a step back');
  }
  for (const each of [before, ...passed.map((step) => step.before)]) {
    if (each !== here) {
      walker.done(each);
    }
  }
}

/** Goes to a moment by running, with a breakpoint that waits there; false when none can stand just there. */
async function runTo(walker: Walker, points: Counted, here: Moment, next: string): Promise<boolean> {
  const { session, oldest } = walker;
  const place = placeOf(walker, here.thread);
  if (!place) {
    return false;
  }
  const passes: string[] = [];
  let isThere = false;
  for (let pass = 0; pass < 2; pass++) {
    await session.travelTo(Math.max(oldest, here.clock - APPROACH));
    points.set(place);
    walker.listen();
    while (session.stop.clock < here.clock && session.stop.reason !== 'end') {
      await session.run('continue');
    }
    isThere = session.stop.clock === here.clock;
    passes.push(`${session.stop.clock} ${walker.lines.join()}`);
    if (isThere) {
      expectSame(walker, here, 'a run');
    }
  }
  if (isThere) {
    points.clear(place);
    points.set();
    expect(['a run', await points.ahead()]).toEqual(['a run', next]);
  }
  points.clear(place);
  expect(passes[1]).toBe(passes[0]);
  return isThere;
}

/** Goes to the same moment with a run that has seen nothing before. */
async function runFresh(walker: Walker, place: number, fresh: Walker): Promise<void> {
  await walker.session.travelTo(walker.at(place));
  const here = walker.moment();
  const at = placeOf(walker, here.thread);
  if (!at) {
    return;
  }
  const { session } = fresh;
  session.setBreakpoints(at.path, [at]);
  await session.start({ stopOnEntry: false });
  while (session.stop.clock < here.clock && session.stop.reason !== 'end') {
    await session.run('continue');
  }
  if (session.stop.clock === here.clock) {
    expectSame(fresh, here, 'a run that knows no past');
  }
  session.dispose();
}

describe.each(kernels)('%s', (kernelName, kernel) => {
  test.each(scenarios)(
    '%s',
    async (scenario) => {
      const walker = await Walker.begin(scenario, kernel);
      const place = fc.nat(1 << 30);
      const called = functions.filter((name) => walker.session.hasFunction(name));
      const way = fc.record({
        place,
        elsewhere: place,
        steps: fc.array(fc.boolean(), { maxLength: 5 }),
        counted: fc.constantFrom(...called),
        every: fc.integer({ min: 1, max: 4 }),
      });
      const counts = { walks: 0, runs: 0 };
      await fc.assert(
        fc.asyncProperty(way, async (given) => {
          counts.walks++;
          counts.runs += (await walk(walker, given)) ? 1 : 0;
        }),
        { numRuns: WALKS, seed: 1 },
      );
      if (WALKS > 3) {
        console.info(`${kernelName}, ${scenario}: ${counts.walks} walks, ${counts.runs} of them run to their moment`);
      }
      expect(counts.runs).toBeGreaterThan(0);
      await fc.assert(
        fc.asyncProperty(place, async (given) => runFresh(walker, given, await walker.again(scenario, kernel))),
        { numRuns: Math.ceil(WALKS / FRESH), seed: 3 },
      );
    },
    WALKS * 200_000 + 900_000,
  );
});
