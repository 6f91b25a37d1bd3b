/**
 * Each of the ten situations, read from the page as a class sees it on a projector and on a large screen: the objects of the
 * frame are there without scrolling, no text is cut, under an edge or over another, no arrow of C broken, cards and the list
 * of changes say the same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showModel } from '../../src/protocol/messages';
import type { InspectorModel } from '../../src/protocol/inspector-model';
import { given, itemAt } from '../../src/base/checked-access';
import { realTree } from '../tree/tree-fixture';
import { axeFindings } from './axe';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { brokenArrows, brokenWords, cutTexts, hiddenCards, marksOnPage, overlappingHeads } from './page-reading';
import { OTHER_SITUATIONS, SituationRuns, SITUATIONS } from './situations';
import { THEMES, type ThemeName } from './themes';

const NAMES = Object.keys(THEMES) as ThemeName[];

const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
];

/** Objects that each situation is about, as its C names them. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  create: ['sock', 'sk', 'sk->tp_pinfo.af_tcp'],
  'bind-conflict': ['sk', 'tb', 'sk2'],
  listen: ['sk', 'tp', 'lopt'],
  'two-acceptors': ['sk'],
  handshake: ['sk', 'skb', 'req', 'iph', 'sk->tp_pinfo.af_tcp'],
  overflow: ['skb'],
  retransmission: ['sk', 'skb', 'tp'],
  'window-closed': ['sk', 'tp'],
  'time-wait': ['sk', 'tw', 'tp'],
  'linux-create': ['sock', 'sk', 'sk->tp_pinfo.af_tcp'],
};

describe.skipIf(findChromium() === undefined)('the ten situations', () => {
  let browser: InspectorBrowser;
  const runs = new SituationRuns();
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  const there = SITUATIONS.filter(({ onTree }) => onTree !== true || realTree !== undefined);
  test.each(there)('$name', async (situation) => {
    const { model, session } = await runs.at(situation);
    const titles = model.focus.map(({ card }) => model.cards.find(({ id }) => id === card)?.title);
    expect(titles).toEqual(expect.arrayContaining([...(EXPECTED[situation.name] ?? [])]));
    const cast = model.changes.filter(({ card, path }) => card !== undefined && path.startsWith('((struct sock *) 0x'));
    expect(cast).toEqual([]);
    for (const [index, size] of SIZES.entries()) {
      for (const ui of ['en', 'zh'] as const) {
        // Over the ten, each theme meets each language and size.
        const theme = itemAt(NAMES, (SITUATIONS.indexOf(situation) + index + (ui === 'zh' ? 2 : 0)) % NAMES.length);
        const view = await browser.open({ theme, settings: { ui, notes: ui }, ...size });
        await view.send(showModel, model);
        await check(view, model);
        expect(await axeFindings(view.page)).toEqual([]);
        await view.page.close();
      }
    }
    session.dispose();
  });

  test.each(OTHER_SITUATIONS)('and other moments: $name', async (situation) => {
    const { model, session } = await runs.at(situation);
    expect(model.focus.length).toBeGreaterThan(1);
    for (const [index, size] of SIZES.entries()) {
      const at = OTHER_SITUATIONS.indexOf(situation) + index;
      const ui = at % 2 === 0 ? 'zh' : 'en';
      const theme = itemAt(NAMES, at % NAMES.length);
      const view = await browser.open({ theme, settings: { ui, notes: ui }, ...size });
      await view.send(showModel, model);
      await check(view, model);
      await view.page.close();
    }
    session.dispose();
  });

  test('what a retransmission writes down is told by its name in the control block', async () => {
    const { model, session } = await runs.at(
      given(
        SITUATIONS.find(({ name }) => name === 'retransmission'),
        'it',
      ),
    );
    expect(model.changes.map(({ path }) => path)).toEqual(['((struct tcp_skb_cb *) skb->cb)->when']);
    session.dispose();
  });

  async function check({ page, problems }: InspectorPage, model: InspectorModel): Promise<void> {
    expect(
      await page.evaluate(
        hiddenCards,
        model.focus.map(({ card }) => card),
      ),
    ).toEqual([]);
    expect(await page.evaluate(cutTexts)).toEqual([]);
    expect(await page.evaluate(brokenArrows)).toEqual([]);
    expect(await page.evaluate(brokenWords)).toEqual([]);
    expect(await page.evaluate(overlappingHeads)).toEqual([]);
    const { listed, marked } = await page.evaluate(marksOnPage);
    const shown = model.changes.filter(
      ({ card }) => card !== undefined && model.focus.some((each) => each.card === card),
    );
    expect(marked).toEqual([...new Set(shown.map(({ card, row }) => `${card} ${row}`))].sort());
    expect(listed).toHaveLength(Math.min(model.changes.length, 40));
    expect(problems).toEqual([]);
  }
});
