/**
 * A run of many connections under the debugger: it can be travelled in both directions from its end, the same moment is
 * always the same, and what is kept of it is bounded. The step budget is kept exactly.
 */
import { given, itemAt } from '../../src/base/checked-access';
import { beforeAll, describe, expect, test } from 'vitest';
import { connections } from '../../bench/workloads';
import { openSession } from '../../src/facade/open-session';
import type { SessionApi } from '../../src/facade/session';
import { mediaTexts } from '../cli/cli-fixture';
import { wasmFiles } from '../tree/tree-fixture';
import { programCache } from '../program-cache';

const cache = programCache();

async function open(text: string, stepBudget?: number): Promise<SessionApi> {
  const script = { path: 'long.pkt', text };
  const { session, diagnostics } = await openSession({
    media: mediaTexts(),
    wasm: wasmFiles(),
    cache,
    script,
    stepBudget,
  });
  expect(diagnostics).toEqual([]);
  return given(session, 'session');
}

/** What a person sees of a moment. */
function moment(session: SessionApi): unknown {
  const { clock, thread, reason } = session.stop;
  const stack = session.stack(thread).map(({ function: name, line }) => `${name}:${line}`);
  return { clock, thread, reason, stack, last: session.journal().slice(-20) };
}

describe('two thousand connections', () => {
  let session: SessionApi;
  let end: number;
  beforeAll(async () => {
    session = await open(connections(2000, 70), 100_000_000);
    await session.start();
    const stop = await session.run('continue');
    expect([stop.reason, stop.expectation]).toEqual(['end', undefined]);
    end = stop.clock;
  });

  test('the same moment is the same from wherever one comes', async () => {
    const clocks = [Math.floor(end / 2), 5000, Math.floor(end * 0.9)];
    const seen: unknown[] = [];
    for (const clock of clocks) {
      await session.travelTo(clock);
      expect(session.stop.clock).toBe(clock);
      seen.push(moment(session));
    }
    for (const at of [1, 0, 2, 1, 2, 0]) {
      await session.travelTo(itemAt(clocks, at));
      expect(moment(session)).toEqual(seen[at]);
    }
  });

  test('steps back from the end, statement by statement and call by call', async () => {
    await session.travelTo(end);
    expect(session.stop.reason).toBe('end');
    let { clock } = session.stop;
    for (const kind of ['back-into', 'back-into', 'back-over', 'back-into', 'back-over'] as const) {
      const stop = await session.run(kind);
      expect([stop.reason, stop.clock < clock]).toEqual(['step', true]);
      ({ clock } = stop);
    }
    await session.travelTo(Number.MAX_SAFE_INTEGER);
    expect([session.stop.reason, session.stop.clock]).toEqual(['end', end]);
  });
});

describe('the step budget', () => {
  test('is kept exactly by every command', async () => {
    const session = await open(connections(50, 0), 60_000);
    const start = await session.start();
    for (let times = 1; times <= 3; times++) {
      const stop = await session.run('continue');
      expect([stop.reason, stop.fault?.kind, stop.clock]).toEqual(['fault', 'budget', start.clock + times * 60_000]);
    }
    const here = session.stop.clock;
    const stop = await session.travelTo(here + 100_000);
    expect([stop.reason, stop.fault?.kind, stop.clock]).toEqual(['fault', 'budget', here + 60_000]);
    expect((await session.travelTo(here + 70_000)).reason).toBe('goto');
  });
});
