/** The pictures beside the ladder in a real browser: drawn, readable, led by keys, in each theme and language. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followPointer, showModel, travelTo, watchPicture, type ViewSettings } from '../../src/protocol/messages';
import {
  sessionCurves,
  sessionQueues,
  sessionStates,
  sessionTimeline,
  type CurvesModel,
  type QueuesModel,
  type StatesModel,
} from '../../src/facade/views';
import type { Picture } from '../../src/protocol/pictures';
import { withRun } from '../views/run-at';
import { axeFindings } from './axe';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { models } from './models';
import { withPicture, type PictureWanted } from './picture-page';
import type { ThemeName } from './themes';

const LOOKS: readonly (readonly [ThemeName, ViewSettings])[] = [
  ['dark', { ui: 'en', notes: 'en' }],
  ['light', { ui: 'zh', notes: 'zh' }],
  ['high-contrast', { ui: 'zh', notes: 'zh' }],
  ['high-contrast-light', { ui: 'en', notes: 'en' }],
];

describe.skipIf(findChromium() === undefined)('pictures of a run', () => {
  let browser: InspectorBrowser;
  let pictures: readonly Picture[];
  let queues: QueuesModel;
  let states: StatesModel;
  beforeAll(async () => {
    [browser, { queues, states }] = await Promise.all([InspectorBrowser.start(), behindPacket('backlog-overflow', 13)]);
    const life = await behindPacket('connection-life', 10);
    pictures = [
      { kind: 'queues', data: queues },
      { kind: 'states', data: states },
      { kind: 'states', data: life.states },
      { kind: 'curves', data: await graphsOf('fast-retransmit') },
      { kind: 'timeline', data: await withRun({ scenario: 'handshake' }, ({ session }) => sessionTimeline(session)) },
    ];
  });
  afterAll(async () => {
    await browser.stop();
  });

  const opened = (wanted: Partial<PictureWanted> = {}): Promise<InspectorPage> =>
    withPicture(browser, { picture: { kind: 'queues', data: queues }, ...wanted });

  test.each(LOOKS)('are readable in %s', async (theme, settings) => {
    for (const [index, picture] of pictures.entries()) {
      const page = await opened({ picture, theme, settings });
      await page.screenshot(`${theme}-${picture.kind}-${index}`);
      expect(page.problems, picture.kind).toEqual([]);
      expect(await axeFindings(page.page), picture.kind).toEqual([]);
      await page.page.close();
    }
  });

  test('are asked for while they are shown, and no longer', async () => {
    const page = await opened();
    await page.page.getByRole('button', { name: 'Graph', exact: true }).click();
    const asked = (await page.sent()).filter(({ method }) => method === watchPicture.method);
    expect(asked.map(({ params }) => params)).toEqual([{ kind: 'queues' }, {}]);
  });

  test('without anything in them say so, also in 200 pixels', async () => {
    const picture: Picture = { kind: 'queues', data: { sockets: [], leftOff: 0, lacking: [] } };
    const page = await opened({ picture, width: 200 });
    expect(await page.page.locator('.scene-empty').textContent()).toContain('no socket yet');
  });

  test('a refusal leads to the moment of the drop', async () => {
    const page = await opened();
    await page.page.getByRole('button', { name: /^full: #13 dropped in/ }).click();
    const clock = queues.sockets[0]?.queues[1]?.refusals[2]?.clock;
    expect((await page.sent()).at(-1)).toEqual({ method: travelTo.method, params: { clock } });
  });

  test('a step of a state leads to its moment', async () => {
    const page = await opened({ picture: { kind: 'states', data: states } });
    await page.page.getByRole('button', { name: /^1\. CLOSE → LISTEN, 0\.000 s, tcp_listen_start/ }).click();
    const clock = states.connections[0]?.ends[0]?.steps[0]?.clock;
    expect((await page.sent()).at(-1)).toEqual({ method: travelTo.method, params: { clock } });
  });

  test('the timeline is looked at closer where one asks for it', async () => {
    const data = await withRun({ scenario: 'handshake' }, ({ session }) => sessionTimeline(session));
    const page = await opened({ picture: { kind: 'timeline', data } });
    await page.page.getByRole('button', { name: /^Zoom in\./ }).click();
    expect((await page.sent()).at(-1)).toEqual({
      method: watchPicture.method,
      params: { kind: 'timeline', choice: expect.stringMatching(/^\d+\.\.\d+$/) as string },
    });
  });

  test('keys go from part to part, and a box opens the object in it', async () => {
    const page = await opened();
    const first = page.page.locator('.scene .part').first();
    await first.focus();
    for (let times = 0; times < 2; times++) {
      await page.page.keyboard.press('ArrowDown');
    }
    const focused = (): Promise<string | null | undefined> =>
      page.page.evaluate(() => document.activeElement?.getAttribute('data-id'));
    const card = queues.sockets[0]?.queues[0]?.items[0]?.card ?? '';
    await expect.poll(focused).toContain(card);
    await page.page.keyboard.press('Enter');
    const address = Number(card.split('@')[1]);
    await expect
      .poll(async () => (await page.sent()).at(-1))
      .toEqual({ method: followPointer.method, params: { address, type: 'struct open_request *' } });
    await page.send(showModel, models().first);
    expect(page.problems).toEqual([]);
  });

  test('hundreds of sockets are drawn as far as they are in sight', async () => {
    const [listener] = queues.sockets;
    const sockets = Array.from({ length: 1000 }, (_, index) => ({ ...listener, card: `sock@0x${index}` }));
    const picture: Picture = { kind: 'queues', data: { ...queues, sockets: sockets as QueuesModel['sockets'] } };
    const page = await opened({ picture });
    expect(await page.page.locator('.scene .part').count()).toBeLessThan(150);
    await page.page.evaluate(() => document.querySelector('.scene-frame')?.scrollTo({ top: 100_000 }));
    await expect.poll(() => page.page.locator('.scene .part').first().getAttribute('data-id')).toContain('sock@0x');
    expect(await page.page.locator('.scene .part').count()).toBeLessThan(150);
  });
});

async function graphsOf(scenario: string): Promise<CurvesModel> {
  const model = await withRun({ scenario }, ({ session, history }) => sessionCurves(session, history));
  if (!model) {
    throw new Error('cancelled');
  }
  return model;
}

/** The models just behind a packet. */
function behindPacket(scenario: string, packet: number): Promise<{ queues: QueuesModel; states: StatesModel }> {
  return withRun({ scenario }, async ({ session, history }) => {
    const entry = [...session.journal()].reverse().find((each) => 'packet' in each && each.packet === packet);
    await session.travelTo((entry?.clock ?? 0) + 1);
    return { queues: await sessionQueues(session, history), states: await sessionStates(session, history) };
  });
}
