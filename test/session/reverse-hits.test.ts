/**
 * What stops a run forwards stops it backwards, at the same moments: breakpoints of lines and functions, with conditions
 * and hit counts, data breakpoints for writes and reads, one of them alone or two together, at places and on bytes that
 * chance picks where the run comes by.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemAt } from '../../src/base/checked-access';
import type { BreakpointRequest, DataBreakpointRequest, Stop } from '../../src/session/session-types';
import type { ValueNode } from '../../src/values/value-model';
import { kernels, scenarios, Walker, WALKS } from './walker';

const functions = ['alloc_skb', 'kfree_skb', 'sock_wfree', 'tcp_v4_rcv', 'udp_rcv', 'schedule', 'inet_sendmsg'];
const kinds = ['line', 'function', 'data'] as const;
/** The last but one has no meaning in many places, which is a stop of its own. */
const conditions = [undefined, undefined, undefined, 'jiffies % 2 == 0', 'skb->len > 40', '0'] as const;
const hitConditions = [undefined, undefined, undefined, '% 2', '% 3', '> 2', '3'] as const;

/** What one breakpoint is; the numbers pick among what there is where the machine stands. */
interface Point {
  readonly kind: (typeof kinds)[number];
  readonly which: number;
  readonly offset: number;
  readonly access: NonNullable<DataBreakpointRequest['access']>;
  readonly condition: string | undefined;
  readonly hitCondition: string | undefined;
}

interface Stretch {
  readonly place: number;
  readonly points: readonly Point[];
  /** Besides, a function that is called often, so that something stops the run in the end. */
  readonly also: string | undefined;
}

/** A stop as both ways must tell it. */
function told({ clock, reason, thread, watched, read, breakpointIds, badCondition }: Stop): string {
  return [clock, reason, thread, watched, read, breakpointIds, badCondition?.text].map((each) => `${each}`).join(' ');
}

/** Bytes that the code at hand may touch: a variable of a frame, a word behind a pointer in one, the clock. */
function bytesAt({ session }: Walker, { which, offset, access }: Point): DataBreakpointRequest | undefined {
  const frames = session.stack(session.stop.thread);
  const variables: ValueNode[] = frames.slice(0, 4).flatMap((frame) => session.locals(frame));
  const { value } = session.evaluate('jiffies', undefined);
  const all = value ? [...variables, value] : variables;
  const { address = 0, size = 0, scalar, name } = itemAt(all, which % all.length);
  const label = `${name} + ${offset}`;
  if (scalar.kind === 'pointer' && which % 3 > 0 && session.readable(scalar.address + 4 * offset, 4) === 4) {
    return { address: scalar.address + 4 * offset, size: 4, label, access };
  }
  return size > 0 ? { address, size: Math.min(size, 8), label, access } : undefined;
}

/** Statements among which the line of a breakpoint is picked. */
const NEAR = 4_000;

/** Sets the points of a stretch, seen from the moment where the machine stands; answers files with points. */
async function setPoints(walker: Walker, { points, also }: Stretch): Promise<readonly string[]> {
  const { session } = walker;
  const from = session.stop.clock;
  const named = points.filter(({ kind }) => kind === 'function');
  session.setFunctionBreakpoints([
    ...named.map(({ which, condition, hitCondition }) => ({
      name: functionAt(walker, which),
      condition,
      hitCondition,
    })),
    ...(also === undefined ? [] : [{ name: also }]),
  ]);
  const lines = new Map<string, BreakpointRequest[]>();
  for (const { which, condition, hitCondition } of points.filter(({ kind }) => kind === 'line')) {
    await session.travelTo(Math.min(walker.end - 1, from + (which % NEAR)));
    const { path, line } = session.stack(session.stop.thread)[0] ?? {};
    if (path !== undefined && line !== undefined) {
      lines.set(path, [...(lines.get(path) ?? []), { line, condition, hitCondition }]);
    }
  }
  await session.travelTo(from);
  lines.forEach((requests, path) => session.setBreakpoints(path, requests));
  session.setDataBreakpoints(
    points
      .filter(({ kind }) => kind === 'data')
      .flatMap((point) => {
        const bytes = bytesAt(walker, point);
        return bytes ? [{ ...bytes, condition: point.condition, hitCondition: point.hitCondition }] : [];
      }),
  );
  return [...lines.keys()];
}

function clearPoints({ session }: Walker, paths: readonly string[]): void {
  session.setFunctionBreakpoints([]);
  session.setDataBreakpoints([]);
  paths.forEach((path) => session.setBreakpoints(path, []));
}

function functionAt({ session }: Walker, which: number): string {
  const there = functions.filter((name) => session.hasFunction(name));
  return itemAt(there, which % there.length);
}

/** Stops of a stretch forwards, then backwards; how many there were. */
async function thereAndBack(walker: Walker, stretch: Stretch): Promise<number> {
  const { session } = walker;
  await session.travelTo(walker.at(stretch.place));
  const paths = await setPoints(walker, stretch);
  const from = session.stop.clock;
  const forwards: string[] = [];
  while (forwards.length < 5 && (await session.run('continue')).reason !== 'end') {
    forwards.push(told(session.stop));
  }
  const backwards = session.stop.reason === 'end' ? [] : forwards.slice(-1);
  while ((await session.run('back-continue')).reason !== 'start' && session.stop.clock > from) {
    backwards.push(told(session.stop));
  }
  clearPoints(walker, paths);
  expect(backwards.reverse()).toEqual(forwards);
  return forwards.length;
}

describe.each(kernels)('%s', (kernelName, kernel) => {
  test.each(scenarios)(
    '%s',
    async (scenario) => {
      const walker = await Walker.begin(scenario, kernel);
      const point = fc.record({
        kind: fc.constantFrom(...kinds),
        which: fc.nat(1 << 20),
        offset: fc.nat(60),
        access: fc.constantFrom('write', 'read', 'readWrite'),
        condition: fc.constantFrom(...conditions),
        hitCondition: fc.constantFrom(...hitConditions),
      });
      const stretch = fc.record({
        place: fc.nat(1 << 30),
        points: fc.array(point, { minLength: 1, maxLength: 2 }),
        also: fc.constantFrom('alloc_skb', 'kfree_skb', 'schedule', undefined),
      });
      const counts = { stretches: 0, stops: 0 };
      await fc.assert(
        fc.asyncProperty(stretch, async (given) => {
          counts.stretches++;
          counts.stops += await thereAndBack(walker, given);
        }),
        { numRuns: Math.max(10, WALKS), seed: 2 },
      );
      if (WALKS > 3) {
        console.info(`${kernelName}, ${scenario}: ${counts.stretches} stretches with ${counts.stops} stops`);
      }
      expect(counts.stops).toBeGreaterThan(0);
    },
    WALKS * 200_000 + 900_000,
  );
});
