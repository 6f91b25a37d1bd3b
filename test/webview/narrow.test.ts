/**
 * A side bar of 200 pixels, and a projector at twice the size: nothing is cut or beside the page, everything can be reached.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { given } from '../../src/base/checked-access';
import { showModel, showStory } from '../../src/protocol/messages';
import { axeFindings } from './axe';
import { findChromium, InspectorBrowser } from './browser-page';
import { cutTexts } from './page-reading';
import { SituationRuns, SITUATIONS } from './situations';

/** At twice the size a page of 1024 × 768 has half as many pixels of its own each way. */
const SIZES = [
  ['a side bar', 200, 800],
  ['twice the size', 512, 384],
] as const;

describe.skipIf(findChromium() === undefined)('little room', () => {
  let browser: InspectorBrowser;
  const runs = new SituationRuns();
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  test.each(SIZES)('%s', async (name, width, height) => {
    const situation = given(
      SITUATIONS.find((each) => each.name === 'handshake'),
      'handshake',
    );
    const { model, session } = await runs.at(situation);
    for (const ui of ['en', 'zh'] as const) {
      const { page, send, screenshot } = await browser.open({ settings: { ui, notes: ui }, width, height });
      await send(showModel, model);
      await send(showStory, {
        ...{ count: 8, number: 3, isThere: true, focus: [{ expression: 'sk', value: '0x000093a0' }] },
        text: { en: 'The SYN has arrived at the listener.', zh: 'SYN 到了监听者这里。' },
      });
      await screenshot(`narrow-${width}-${ui}`);
      expect(await page.evaluate(cutTexts), `${name} ${ui}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      // What there is to press, and the cards of the frame, can be brought into sight and have room.
      const unreachable = await page.evaluate(
        (cards) =>
          [...document.querySelectorAll<HTMLElement>('button, summary, .card')]
            .filter((each) => each.checkVisibility())
            .filter((each) => !each.matches('.card') || cards.includes(each.dataset.card ?? ''))
            .filter((each) => {
              each.scrollIntoView({ block: 'center', inline: 'nearest' });
              const { left, right, top, width: wide, height: high } = each.getBoundingClientRect();
              return wide < 8 || high < 8 || left < -1 || right > innerWidth + 1 || top < -1 || top > innerHeight - 8;
            })
            .map((each) => `${each.className} ${JSON.stringify(each.getBoundingClientRect())}`),
        model.focus.map(({ card }) => card),
      );
      expect(unreachable, `${name} ${ui}`).toEqual([]);
      expect(await axeFindings(page)).toEqual([]);
      await page.close();
    }
    session.dispose();
  });
});
