/**
 * With more objects alive than a picture holds, the ones in it stay from step to step: a call or a return brings its own,
 * and pushes no table off that all sockets lead to.
 */
import { given } from '../../src/base/checked-access';
import { expect, test } from 'vitest';
import { aliveSockets } from '../../bench/workloads';
import { openSession } from '../../src/facade/open-session';
import { mediaTexts } from '../cli/cli-fixture';
import { programCache } from '../program-cache';
import { wasmFiles } from '../tree/tree-fixture';

test('a call and a return leave the objects of a crowded picture where they are', async () => {
  const script = { path: 'crowd.pkt', text: aliveSockets(60) };
  const opened = await openSession({ media: mediaTexts(), wasm: wasmFiles(), cache: programCache(), script });
  const session = given(opened.session, 'session');
  await session.start();
  await session.run('continue');
  session.setFunctionBreakpoints([{ name: 'tcp_v4_connect' }]);
  await session.run('back-continue');
  const shown = (): { readonly cards: readonly string[]; readonly leftOff: number } => {
    const { cards, leftOff } = session.objectView(session.stack(session.stop.thread));
    return { cards: cards.filter(({ state }) => state !== 'stack').map(({ id }) => id), leftOff };
  };
  let before = shown();
  const deepest: number[] = [];
  const others: string[] = [];
  for (let step = 0; step < 100; step++) {
    await session.run('into');
    const now = shown();
    expect(now.leftOff).toBeGreaterThan(20);
    expect(now.cards.some((id) => id.startsWith('proto@'))).toBe(true);
    const come = now.cards.filter((id) => !before.cards.includes(id));
    deepest.push(come.length);
    others.push(...come.filter((id) => id.startsWith('sock@')));
    before = now;
  }
  // Some hundred would come and go if it depended on how deep the stack is.
  expect(Math.max(...deepest)).toBeLessThanOrEqual(6);
  expect(others.length).toBeLessThan(20);
});
