/** Moving through time, changing the present, budget and pause: what the stops say and what the journal tells. */
import { given } from '../../src/base/checked-access';
import { wording } from '../../src/sentences/wording';
import { expect, test } from 'vitest';
import type { JournalEntry, Stop } from '../../src/session/session-types';
import { breakAt, openC, shown, started, where } from './c-session';

const text = `int total;
int sleep_here(void);
int run(int n) {
  int i;
  for (i = 0; i < n; i++)
    total += i;
  return total;
}
int forever(void) {
  for (;;)
    total++;
}
int wrong(int *p) {
  total = 1;
  return *p;
}
`;
const three = [[['run', 3]]] as const;

test('travel to a moment, to the end, before the beginning', async () => {
  const session = await started(text, three);
  expect(where(session, await session.travelTo(3))).toBe('1 run:5 goto');
  expect([session.stop.clock, session.stop.frontier, shown(session, 'i')]).toEqual([3, 3, '0']);
  expect(where(session, await session.travelTo(1000))).toBe('- end');
  const end = session.stop.clock;
  expect(await session.travelTo(4.9)).toMatchObject({ reason: 'goto', clock: 4, frontier: end, oldest: 0 });
  expect(await session.travelTo(-5)).toMatchObject({ reason: 'goto', clock: 0, frontier: end });
  expect(await session.run('into')).toMatchObject({ reason: 'step', clock: 1, frontier: end });
});

test('travel as far as the budget of one command goes', async () => {
  const session = await openC(text, [[['forever']]], 5000);
  await session.start();
  expect(await session.travelTo(20_000)).toMatchObject({ reason: 'fault', fault: { kind: 'budget' } });
  expect(session.stop.clock).toBe(5000);
  expect(await session.travelTo(6000)).toMatchObject({ reason: 'goto', clock: 6000 });
});

test('an endless loop: a stop at the budget, from which the run goes on, back and forth', async () => {
  const session = await openC(text, [[['forever']]], 5000);
  await session.start();
  const stop = await session.run('continue');
  expect(stop).toMatchObject({ reason: 'fault', clock: 5000, fault: { kind: 'budget' } });
  expect(wording(given(stop.fault, 'fault').message, 'en')).toContain('5,000 statements');
  expect(await session.run('continue')).toMatchObject({ clock: 10_000, frontier: 10_000 });
  expect(await session.run('back-into')).toMatchObject({ reason: 'step', clock: 9999, frontier: 10_000 });
});

test('a pause, asked between two slices or while breathing', async () => {
  const session = await openC(text, [[['forever']]], 5_000_000);
  await session.start();
  const paused = await session.run('continue', { breathe: () => Promise.resolve(true) });
  expect(paused.reason).toBe('pause');
  expect(paused.clock).toBeGreaterThan(0);
  session.pause();
  const next = await session.run('continue', {
    breathe: () => {
      session.pause();
      return Promise.resolve(false);
    },
  });
  expect(next.reason).toBe('pause');
  expect(next.clock).toBeGreaterThan(paused.clock);
  expect((await session.travelTo(4_000_000, { breathe: () => Promise.resolve(true) })).reason).toBe('pause');
});

test('a fault of the C is a stop that says where; one step back leads before it', async () => {
  const session = await started(text, [[['wrong', 0]]]);
  const stop = await session.run('continue');
  expect(stop).toMatchObject({ reason: 'fault', thread: 1, fault: { kind: 'null-dereference', expression: '*p' } });
  expect(await session.run('over')).toMatchObject({ reason: 'fault', clock: stop.clock });
  expect(where(session, await session.run('back-into'))).toBe('1 wrong:15 step');
  expect(session.stop.fault).toBeUndefined();
  session.assign('p', '&total', session.stack(1)[0]);
  expect((await session.run('continue')).reason).toBe('end');
});

test('an assignment changes the present, and what came after it is void', async () => {
  const session = await started(text, three);
  await session.run('continue');
  await session.travelTo(3);
  expect(session.assign('i', '2', session.stack(1)[0]).value?.display).toBe('2');
  expect(session.stop.frontier).toBe(3);
  breakAt(session, { line: 7 });
  await session.run('continue');
  expect(shown(session, 'total')).toBe('0');
  expect(where(session, await session.run('back-continue'))).toBe('1 run:5 start');
});

test('reading changes nothing also where assignments are allowed', async () => {
  const session = await started(text, three);
  await session.run('continue');
  const { frontier } = await session.travelTo(3);
  const frame = session.stack(1)[0];
  expect(session.evaluate('total + 1', frame, { sideEffects: true })).toMatchObject({ changed: false });
  expect(session.stop.frontier).toBe(frontier);
  expect(session.evaluate('total = 8', frame, { sideEffects: true })).toMatchObject({ changed: true });
  expect([session.stop.frontier, shown(session, 'total')]).toEqual([3, '8']);
});

test('reading changes nothing; an assignment that is not allowed is refused', async () => {
  const session = await started(text, three);
  await session.run('continue');
  const { frontier } = await session.travelTo(3);
  expect(shown(session, 'total + 1')).toBe('1');
  const { value, diagnostics } = session.evaluate('total = 9', session.stack(1)[0]);
  expect([value, diagnostics.length]).toEqual([undefined, 1]);
  expect([session.stop.frontier, shown(session, 'total')]).toEqual([frontier, '0']);
  expect(session.assign('nowhere', '1', undefined).diagnostics).toHaveLength(1);
  expect(session.stop.frontier).toBe(frontier);
});

test('every stop is told once, and is the current one', async () => {
  const session = await openC(text, three);
  const stops: Stop[] = [];
  session.onStop((stop) => stops.push(stop));
  await session.start();
  await session.run('over');
  await session.run('back-over');
  await session.travelTo(2);
  await session.run('continue');
  expect(stops.map(({ reason, clock }) => `${reason} ${clock}`)).toEqual([
    'entry 0',
    'step 1',
    'step 0',
    'goto 2',
    'end 12',
  ]);
  expect(session.stop).toBe(stops.at(-1));
});

test('entries of the journal are told as they happen, and again after going back before them', async () => {
  const session = await started(text, three);
  const told: JournalEntry[] = [];
  session.onJournal((entry) => told.push(entry));
  breakAt(session, { line: 6, logMessage: '{i}' });
  await session.run('continue');
  expect(told.map((entry) => entry.event === 'log' && wording(entry.text, 'en'))).toEqual(['0', '1', '2']);
  await session.travelTo(0);
  expect(session.journal()).toEqual([]);
  await session.run('continue');
  expect(told).toHaveLength(6);
  expect(told.slice(3)).toEqual(told.slice(0, 3));
});

test('what the last move changed, also backwards and after a longer way', async () => {
  const session = await started(text, three);
  const changes = (): string[] => session.changes().map(({ path, from, to }) => `${path}: ${from} → ${to}`);
  expect(where(session, await session.travelTo(5))).toBe('1 run:6 goto');
  expect(changes()).toEqual(['i: 0x5a5a5a5a (uninitialised) → 1']);
  await session.run('over');
  expect(changes()).toEqual(['total: 0 → 1']);
  await session.run('back-over');
  expect(changes()).toEqual(['total: 1 → 0']);
  await session.travelTo(6);
  expect(changes()).toEqual(['total: 0 → 1']);
  await session.run('continue');
  expect([changes(), session.stepped]).toEqual([['total: 1 → 3'], false]);
});

test('a travel that goes on with the one before tells what both changed, as one that went there at once', async () => {
  const session = await started(text, three);
  const changes = (): string[] => session.changes().map(({ path, from, to }) => `${path}: ${from} → ${to}`);
  await session.travelTo(6);
  await session.travelTo(9);
  const atOnce = changes();
  expect([atOnce.length > 0, session.wentOn]).toEqual([true, false]);
  await session.travelTo(6);
  await session.travelTo(12);
  for (const clock of [2, 8, 14, 9]) {
    await session.travelTo(clock, { goesOn: true });
    expect([session.wentOn, session.stepped, changes().length > 0]).toEqual([true, false, true]);
  }
  expect(changes()).toEqual(atOnce);
  await session.run('over');
  expect([session.wentOn, session.stepped]).toEqual([false, true]);
});
