/** Packets over time in a real browser: what is drawn, what a click and the keys do, and that ten thousand scroll. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showModel, showPicture, travelTo, watchPicture, type ViewSettings } from '../../src/protocol/messages';
import type { Ladder, LadderRow } from '../../src/ladder/ladder-model';
import { ladderOfRun } from '../ladder/ladder-of-run';
import { axeFindings } from './axe';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { models } from './models';
import type { ThemeName } from './themes';

describe.skipIf(findChromium() === undefined)('packets over time', () => {
  let browser: InspectorBrowser;
  let handshake: Ladder;
  const model = models().first;
  beforeAll(async () => {
    [browser, handshake] = await Promise.all([InspectorBrowser.start(), ladderOfRun('handshake')]);
  });
  afterAll(async () => {
    await browser.stop();
  });

  async function opened(ladder: Ladder, theme: ThemeName = 'dark', settings?: ViewSettings): Promise<InspectorPage> {
    const page = await browser.open({ theme, ...(settings && { settings }), width: 1024, height: 768 });
    await page.send(showModel, model);
    await page.page.getByRole('button', { name: settings?.ui === 'zh' ? '报文' : 'Packets', exact: true }).click();
    await page.send(showPicture, { session: model.session, picture: { kind: 'ladder', data: ladder } });
    return page;
  }

  const drawnRows = (page: InspectorPage): Promise<number> => page.page.locator('.ladder .row').count();

  test.each<[ThemeName, ViewSettings]>([
    ['dark', { ui: 'en', notes: 'both' }],
    ['light', { ui: 'zh', notes: 'zh' }],
    ['high-contrast', { ui: 'en', notes: 'en' }],
  ])('%s', async (theme, settings) => {
    const page = await opened(handshake, theme, settings);
    await page.screenshot(`${theme}-ladder`);
    expect(page.problems).toEqual([]);
    expect(await axeFindings(page.page)).toEqual([]);
  });

  test('the page asks for packets while it shows them, and no longer', async () => {
    const page = await opened(handshake);
    await page.page.getByRole('button', { name: 'Graph', exact: true }).click();
    const asked = (await page.sent()).filter(({ method }) => method === watchPicture.method);
    expect(asked.map(({ params }) => params)).toEqual([{ kind: 'ladder' }, {}]);
  });

  test('a packet says who sent it to whom, and a click goes to its moment', async () => {
    const page = await opened(handshake);
    const syn = page.page.getByRole('button', {
      name: /^0\.100 s, B to A, client :\d+: SYN seq 0 win 32304\. Go to this moment/,
    });
    await page.page.evaluate(() => document.querySelector('.ladder-rows')?.scrollTo({ top: 0 }));
    await syn.click();
    const row = handshake.rows.find(({ kind }) => kind === 'packet');
    expect((await page.sent()).at(-1)).toEqual({ method: travelTo.method, params: { clock: row?.clock } });
  });

  test('on a projector nothing is beyond the right edge', async () => {
    for (const scenario of ['handshake', 'full-window', 'time-wait', 'backlog-overflow']) {
      for (const ui of ['en', 'zh'] as const) {
        const page = await opened(await ladderOfRun(scenario), 'dark', { ui, notes: ui });
        const beyond = await page.page.evaluate(() => {
          const frame = document.querySelector('.ladder-rows');
          const right = (frame?.getBoundingClientRect().left ?? 0) + (frame?.clientWidth ?? 0);
          return [...document.querySelectorAll('.ladder-rows text')]
            .filter((text) => text.getBoundingClientRect().right > right || text.getBoundingClientRect().left < 0)
            .map(({ textContent }) => textContent);
        });
        expect([scenario, ui, beyond]).toEqual([scenario, ui, []]);
      }
    }
  });

  test('keys move between the rows, and travel', async () => {
    const page = await opened(handshake);
    const { rows } = handshake;
    const focused = (): Promise<string | null> =>
      page.page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);
    await page.page.locator('.ladder .row.present').focus();
    expect(await focused()).toBe(String(rows.length - 1));
    await page.page.keyboard.press('ArrowUp');
    await expect.poll(focused).toBe(String(rows.length - 2));
    await page.page.keyboard.press('Home');
    await expect.poll(focused).toBe('0');
    await page.page.keyboard.press('Enter');
    expect((await page.sent()).at(-1)).toEqual({ method: travelTo.method, params: { clock: rows[0]?.clock } });
  });

  test('ten thousand packets are drawn as far as they are in sight', async () => {
    const packet = handshake.rows.find(({ kind }) => kind === 'packet') as LadderRow;
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ ...packet, clock: i, time: i * 1000, number: i + 1 }));
    const page = await opened({ ...handshake, rows: rows as LadderRow[] });
    expect(await drawnRows(page)).toBeLessThan(120);
    expect(await page.page.locator('.ladder .row.present').count()).toBe(1);
    await page.page.evaluate(() => document.querySelector('.ladder-rows')?.scrollTo({ top: 100_000 }));
    await expect.poll(() => page.page.locator('.ladder [data-row="4170"]').count()).toBe(1);
    expect(await drawnRows(page)).toBeLessThan(120);
  });

  test('a run without packets says so', async () => {
    const page = await opened({ lifelines: [], rows: [], leftOff: 0, origin: 0 });
    expect(await page.page.locator('.ladder-empty').textContent()).toContain('No system call and no packet yet');
  });
});
