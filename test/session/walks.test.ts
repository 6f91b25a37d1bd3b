/**
 * Random walks through the past: wherever one goes, and however one comes there, a moment has the same bytes, journal and
 * printed lines; what stops a run forwards stops it backwards at the same moments.
 *
 * Few walks of few scenarios, unless somebody asks for more (`SOCKSCOPE_WALKS=1000`: twelve scenarios, so many walks of
 * each); with `SOCKSCOPE_KERNEL` on that tree too.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { given, itemAt } from '../../src/base/checked-access';
import type { MemoryMap } from '../../src/abi/memory-map';
import { openSession, type OpenOptions } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { diskTree } from '../../src/hosts/disk-tree';
import { mediaTexts } from '../cli/cli-fixture';
import { programCache } from '../program-cache';
import { realTree, wasmFiles } from '../tree/tree-fixture';

const WALKS = Number(process.env['SOCKSCOPE_WALKS'] ?? 3);
const few = ['handshake', 'udp-waits'];
const more = ['tcp-socket', 'fast-retransmit', 'interrupted-connect', 'raw-ping', 'half-close', 'reset-by-linger'];
const last = ['backlog-overflow', 'wake-one', 'syn-ack-lost', 'simultaneous-open'];
const scenarios = WALKS > 3 ? [...few, ...more, ...last] : few;
const kernels: readonly (readonly [string, OpenOptions['kernel']])[] = [
  ['bundled', undefined],
  ...(realTree === undefined ? [] : [['a Linux tree', { loader: diskTree(realTree), name: 'tree' }] as const]),
];
const cache = programCache();
/** Kernel heap that is compared. */
const HEAP = 2 << 20;
/** Statements before a moment from which a run goes to it. */
const APPROACH = 3_000;

/** All that a moment is. The bytes are kept whole: comparing them costs less than a hash of them. */
interface Moment {
  readonly clock: number;
  readonly thread: number;
  readonly bytes: readonly Buffer[];
  readonly journal: string;
  readonly threads: string;
  readonly stack: string;
}

class Walker {
  private constructor(
    readonly session: SessionApi,
    private readonly map: MemoryMap,
    readonly oldest: number,
    readonly end: number,
  ) {}

  static async begin(scenario: string, kernel: OpenOptions['kernel']): Promise<Walker> {
    const options = { media: mediaTexts(), wasm: wasmFiles(), cache, scenario };
    const opened = await openSession(kernel ? { ...options, kernel } : options);
    const session = given(opened.session, 'session');
    await session.start();
    await session.run('continue');
    const { clock, oldest } = session.stop;
    return new Walker(session, given(opened.program, 'program').image.map, oldest, clock);
  }

  moment(): Moment {
    const { session, map } = this;
    const { clock, thread } = session.stop;
    const ranges = [
      [map.dataStart, map.heapStart + HEAP],
      [map.userStart, map.userEnd],
      [map.stacksStart, map.stacksEnd],
      [map.slabStart, map.slabEnd],
    ] as const;
    const { journalForgotten } = session;
    return {
      clock,
      thread,
      bytes: ranges.map(([from, to]) => Buffer.from(session.readMemory(from, to - from).bytes)),
      journal: `${journalForgotten} ${session.journal().length} ${JSON.stringify(session.journal().slice(-20))}`,
      threads: session
        .threads()
        .map(({ id, state }) => `${id} ${state}`)
        .join(),
      stack: session
        .stack(thread)
        .map((frame) => `${frame.function}:${frame.line} ${frame.address}`)
        .join(),
    };
  }

  at(place: number): number {
    return this.oldest + (place % (this.end - this.oldest));
  }
}

function expectSame(now: Moment, before: Moment, how: string): void {
  const { bytes, ...rest } = now;
  const { bytes: was, ...restBefore } = before;
  expect({ how, ...rest }).toEqual({ how, ...restBefore });
  expect([how, bytes.map((each, index) => each.equals(itemAt(was, index)))]).toEqual([how, was.map(() => true)]);
}

/** A walk from a moment and back to it in several ways. */
async function walk(walker: Walker, place: number, elsewhere: number, steps: number): Promise<void> {
  const { session } = walker;
  await session.travelTo(walker.at(place));
  const here = walker.moment();
  const passed = [here];
  for (let step = 0; step < steps && session.stop.reason !== 'end'; step++) {
    await session.run('into');
    if (session.stop.switched || session.stop.thread < 0) {
      break;
    }
    passed.push(walker.moment());
  }
  if (!session.stop.switched && session.stop.thread >= 0) {
    for (const before of passed.slice(0, -1).reverse()) {
      await session.run('back-into');
      if (session.stop.clock !== before.clock) {
        break; // another process ran in between
      }
      expectSame(walker.moment(), before, 'a step and a step back');
    }
  }
  await session.travelTo(walker.at(elsewhere));
  await session.travelTo(here.clock);
  expectSame(walker.moment(), here, 'a journey elsewhere and back');
  await runTo(walker, here);
}

/** Goes to a moment by running, with a breakpoint that waits there and a log point that prints on the way. */
async function runTo(walker: Walker, here: Moment): Promise<void> {
  const { session, oldest } = walker;
  const { path, line, column } = session.stack(here.thread)[0] ?? {};
  if (path === undefined || line === undefined || column === undefined) {
    return;
  }
  const printed: string[] = [];
  const heard = session.onJournal((entry) => {
    if (entry.event === 'log') {
      printed.push(`${entry.clock} ${entry.text}`);
    }
  });
  const passes: string[] = [];
  for (let pass = 0; pass < 2; pass++) {
    session.setBreakpoints(path, []);
    await session.travelTo(Math.max(oldest, here.clock - APPROACH));
    session.setBreakpoints(path, [
      { line, column },
      { line, column, logMessage: 'here', hitCondition: '% 2' },
    ]);
    printed.length = 0;
    while (session.stop.clock < here.clock && session.stop.reason !== 'end') {
      await session.run('continue');
    }
    if (session.stop.clock === here.clock) {
      expectSame(walker.moment(), here, 'a run');
    } // else no breakpoint can stand just there: another statement begins at the same place
    passes.push(printed.join());
  }
  heard.dispose();
  session.setBreakpoints(path, []);
  expect(passes[1]).toBe(passes[0]);
}

const functions = ['alloc_skb', 'kfree_skb', 'sock_wfree', 'tcp_v4_rcv', 'udp_rcv', 'schedule', 'inet_sendmsg'];

/** Stops of a stretch forwards, then backwards. */
async function thereAndBack(walker: Walker, place: number, kind: number, which: number): Promise<void> {
  const { session } = walker;
  const name = itemAt(functions, which % functions.length);
  const ways = [
    () => session.setFunctionBreakpoints([{ name }]),
    () => session.setFunctionBreakpoints([{ name, hitCondition: '% 3' }]),
    () => session.setFunctionBreakpoints([{ name, condition: 'jiffies % 2 == 0' }]),
    () => {
      const value = session.evaluate('jiffies', undefined).value;
      const { address = 0, size = 0 } = value ?? {};
      const access = itemAt(['write', 'read', 'readWrite'] as const, which % 3);
      return session.setDataBreakpoints([{ address, size, label: 'jiffies', access }]);
    },
  ];
  await session.travelTo(walker.at(place));
  itemAt(ways, kind % ways.length)();
  const from = session.stop.clock;
  const forwards: number[] = [];
  while (forwards.length < 4 && (await session.run('continue')).reason !== 'end') {
    forwards.push(session.stop.clock);
  }
  const backwards = session.stop.reason === 'end' ? [] : forwards.splice(-1).slice(1);
  while ((await session.run('back-continue')).reason !== 'start' && session.stop.clock > from) {
    backwards.push(session.stop.clock);
  }
  session.setFunctionBreakpoints([]);
  session.setDataBreakpoints([]);
  expect([name, kind, ...backwards.reverse()]).toEqual([name, kind, ...forwards]);
}

describe.each(kernels)('%s', (_name, kernel) => {
  test.each(scenarios)(
    '%s',
    async (scenario) => {
      const walker = await Walker.begin(scenario, kernel);
      const place = fc.nat(1 << 30);
      await fc.assert(
        fc.asyncProperty(place, place, fc.nat(4), (there, elsewhere, steps) => walk(walker, there, elsewhere, steps)),
        { numRuns: WALKS, seed: 1 },
      );
      await fc.assert(
        fc.asyncProperty(place, fc.nat(3), fc.nat(20), (there, kind, which) =>
          thereAndBack(walker, there, kind, which),
        ),
        { numRuns: Math.max(3, WALKS / 10), seed: 2 },
      );
    },
    WALKS * 20_000 + 60_000,
  );
});
