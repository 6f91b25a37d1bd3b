/**
 * The past is one past: a moment has the same bytes, stacks included, and the same journal, however one comes to it, and
 * in whichever way the statements before it were run.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MemoryMap } from '../../src/abi/memory-map';
import { openSession } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import type { StepKind } from '../../src/session/session-types';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';
import { programCache } from '../program-cache';

const cache = programCache();
/** Where things lie in memory: the same in all of these runs. */
let map: MemoryMap | undefined;
/** Kernel heap that the scenarios here use. */
const HEAP = 1 << 20;

async function open(scenario: string): Promise<SessionApi> {
  const opened = await openSession({ media: mediaTexts(), wasm: wasmFiles(), cache, scenario });
  expect(opened.diagnostics).toEqual([]);
  map ??= given(opened.program, 'program').image.map;
  return given(opened.session, 'session');
}

/** All that a moment is: where, every byte that C can see, the newest of what happened. */
function moment(session: SessionApi): unknown {
  const { stop } = session;
  const bytes = createHash('sha1');
  for (const [from, to] of [
    [given(map, 'map').dataStart, given(map, 'map').heapStart + HEAP],
    [given(map, 'map').userStart, given(map, 'map').userEnd],
    [given(map, 'map').stacksStart, given(map, 'map').stacksEnd],
    [given(map, 'map').slabStart, given(map, 'map').slabEnd],
  ] as const) {
    bytes.update(session.readMemory(from, to - from).bytes);
  }
  const happened = session.journal().slice(-30);
  const threads = session.threads().map(({ id, state }) => `${id} ${state}`);
  const stack = session.stack(stop.thread).map((frame) => `${frame.function}:${frame.line} ${frame.address}`);
  return { thread: stop.thread, bytes: bytes.digest('hex'), happened, threads, stack };
}

/** The same numbers for the same seed (Park and Miller, "Random number generators: good ones are hard to find", 1988). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 0x7fffffff;
    return state % below;
  };
}

/** Walks as long as this; more of them, and of scenarios, when somebody asks for it (`SOCKSCOPE_WALKS=1000`). */
const STEPS = Number(process.env['SOCKSCOPE_WALKS'] ?? 40);
const few = ['handshake', 'backlog-overflow', 'wake-one', 'udp-waits'];
const more = ['tcp-socket', 'fast-retransmit', 'interrupted-connect', 'raw-ping', 'half-close', 'reset-by-linger'];
const scenarios = STEPS > 40 ? [...few, ...more, 'syn-ack-lost', 'simultaneous-open'] : few;
const moves: readonly StepKind[] = ['into', 'over', 'out', 'back-into', 'back-over', 'back-out'];

describe.each(scenarios)('%s', (scenario) => {
  test('is the same whether functions run free or statement by statement', async () => {
    const free = await open(scenario);
    const stepped = await open(scenario);
    const names = ['sock_alloc', 'inet_bind', 'sys_accept', 'tcp_v4_rcv', 'udp_rcv', 'schedule_timeout', 'sys_close'];
    for (const session of [free, stepped]) {
      await session.start();
      session.setFunctionBreakpoints(names.map((name) => ({ name })));
    }
    // With a data breakpoint every statement is looked at; nothing ever writes these bytes.
    stepped.setDataBreakpoints([{ address: given(map, 'map').dataStart, size: 4, label: 'x' }]);
    for (let hits = 0; hits < 25 && free.stop.reason !== 'end'; hits++) {
      await free.run('continue');
      await stepped.run('continue');
      expect([stepped.stop.reason, stepped.stop.clock]).toEqual([free.stop.reason, free.stop.clock]);
      expect(moment(stepped)).toEqual(moment(free));
    }
  });

  test('is the same at each visit of a random walk', async () => {
    const session = await open(scenario);
    await session.start();
    await session.run('continue');
    const { clock: end, oldest } = session.stop;
    const random = numbers(1 + scenario.length);
    const seen = new Map<string, unknown>();
    const places: number[] = [];
    for (let step = 0; step < STEPS; step++) {
      const kind = random(10);
      if (kind < 3) {
        await session.travelTo(oldest + random(end - oldest));
      } else if (kind < 6 && places.length > 0) {
        await session.travelTo(itemAt(places, random(places.length)));
      } else {
        await session.run(itemAt(moves, random(moves.length)));
      }
      const { clock } = session.stop;
      places.push(clock);
      const what = moment(session);
      expect(seen.get(`${clock}`) ?? what).toEqual(what);
      seen.set(`${clock}`, what);
    }
    // A fresh run that goes straight to some of these moments finds the same.
    for (const clock of places.slice(0, 2)) {
      const fresh = await open(scenario);
      await fresh.travelTo(clock);
      expect(moment(fresh)).toEqual(seen.get(`${clock}`));
    }
  });
});
