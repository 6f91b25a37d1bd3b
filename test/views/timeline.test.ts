/** Calls and events on an axis of statements. */
import { expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { sessionTimeline, sessionTimelineInDepth, timelineLines, timelineScene } from '../../src/facade/views';
import { check } from '../cli/cli-fixture';
import { withRun } from './run-at';

test('a call that slept lasts until it returns, and what is dropped is a mark', async () => {
  const model = await withRun({ scenario: 'backlog-overflow' }, ({ session }) => sessionTimeline(session));
  expect(model.strips.flatMap(({ marks }) => marks).filter(({ kind }) => kind === 'drop').length).toBeGreaterThan(2);
  const handshake = await withRun({ scenario: 'handshake' }, ({ session }) => sessionTimeline(session));
  const accept = handshake.strips.flatMap(({ calls }) => calls).find(({ text }) => text.en.startsWith('accept('));
  expect(accept?.sleeps).toHaveLength(1);
  expect(accept?.to).toBeGreaterThanOrEqual(accept?.sleeps[0]?.[1] ?? Infinity);
});

test('a call under way has no end, and what comes later is not there', async () => {
  const until = 1500;
  const model = await withRun({ scenario: 'handshake', until }, ({ session }) => sessionTimeline(session));
  expect(model.now).toBe(until);
  expect(model.strips.flatMap(({ marks }) => marks).every(({ clock }) => clock <= until)).toBe(true);
  expect(model.strips.flatMap(({ calls }) => calls).some(({ to }) => to === undefined)).toBe(true);
});

test('a window shows what lies in it, and stays within the run', async () => {
  await withRun({ scenario: 'handshake' }, ({ session }) => {
    const all = sessionTimeline(session);
    const part = sessionTimeline(session, '100..400');
    expect([part.from, part.to]).toEqual([100, 400]);
    expect(part.strips.flatMap(({ marks }) => marks).length).toBeLessThan(
      all.strips.flatMap(({ marks }) => marks).length,
    );
    expect(sessionTimeline(session, '0..999999999')).toMatchObject({ from: all.from, to: all.to });
    expect(sessionTimeline(session, `${all.now}..${all.now + 9}`).to).toBe(all.now);
    expect(sessionTimeline(session, 'nonsense')).toMatchObject({ from: all.from, to: all.to });
  });
});

test('the kernel has one strip, called so in both languages', async () => {
  await withRun({ scenario: 'connect-refused' }, async ({ session, history }) => {
    const model = given(await sessionTimelineInDepth(session, history), 'timeline');
    expect(model.strips.filter(({ name }) => name === 'kernel')).toHaveLength(1);
    const names = (language: 'en' | 'zh'): readonly string[] =>
      timelineScene(model, language).back.flatMap((shape) =>
        shape.class === 'strong' && 'text' in shape ? [shape.text] : [],
      );
    expect(names('en').filter((name) => name === 'kernel')).toHaveLength(1);
    expect(names('zh').filter((name) => name === '内核')).toHaveLength(1);
    expect(timelineLines(model, 'zh').join('\n')).not.toContain('kernel:');
  });
});

test('nothing in it is a sentence', async () => {
  const model = await withRun({ scenario: 'handshake', until: 0 }, ({ session }) => sessionTimeline(session));
  expect(timelineLines({ ...model, strips: [] }, 'zh')).toEqual([expect.stringContaining('还没有发生')]);
  expect(timelineScene({ ...model, strips: [] }, 'en').items).toHaveLength(5);
});

test('on the command line', async () => {
  await check('timeline handshake', { status: 0, out: /A: socket\(AF_INET, SOCK_STREAM, 0\), \d+ statements\n/ });
  await check('timeline handshake --svg --window 100..400', { status: 0, out: /^<svg [^]*<\/svg>\n$/ });
  await check('timeline handshake --window x', { status: 2, err: "'x' is no window" });
});
