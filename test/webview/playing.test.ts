/** Going through a run in a real browser: the slider, the ruler of the timeline, play both ways. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionTimelineInDepth, type TimelineModel } from '../../src/facade/views';
import type { InspectorModel } from '../../src/protocol/inspector-model';
import { showModel, showRunning, travelTo } from '../../src/protocol/messages';
import { withRun } from '../views/run-at';
import { axeFindings } from './axe';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { models } from './models';
import { withPicture } from './picture-page';

describe.skipIf(findChromium() === undefined)('a run is gone through', () => {
  let browser: InspectorBrowser;
  const { back, busy } = models();
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  const moments = async (page: InspectorPage): Promise<number[]> =>
    (await page.sent())
      .filter(({ method }) => method === travelTo.method)
      .map(({ params }) => (params as { readonly clock: number }).clock);
  const at = (model: InspectorModel, clock: number): InspectorModel => ({
    ...model,
    stop: { ...model.stop, clock, frontier: Math.max(model.stop.frontier, clock) },
  });
  async function opened(model: InspectorModel): Promise<InspectorPage> {
    const page = await browser.open({ settings: { ui: 'en', notes: 'en' } });
    await page.send(showModel, model);
    return page;
  }

  test('the run follows the slider: one move at a time, and of what was wanted meanwhile only the last', async () => {
    const page = await opened(busy);
    const slider = page.page.locator('input[type=range]');
    await slider.fill('700');
    await page.send(showRunning, {});
    await slider.fill('650');
    await slider.fill('600');
    expect(await moments(page)).toEqual([700]);
    await page.send(showModel, at(busy, 700));
    expect(await moments(page)).toEqual([700, 600]);
    expect(await slider.inputValue()).toBe('600');
    await page.send(showModel, at(busy, 600));
    expect(await moments(page)).toEqual([700, 600]);
    await slider.press('ArrowLeft');
    expect(await moments(page)).toEqual([700, 600, 599]);
    expect(page.problems).toEqual([]);
  });

  test('a picture on the way of a drag has what is in sight, the last one everything; nothing glides meanwhile', async () => {
    const changes = Array.from({ length: 30 }, (_, index) => ({ path: `sk->num${index}`, from: '0', to: '1' }));
    const model = { ...busy, changes };
    const page = await opened(model);
    const listed = (): Promise<number> => page.page.locator('.changes li').count();
    const slides = (): Promise<string> =>
      page.page
        .locator('.card')
        .first()
        .evaluate((card) => getComputedStyle(card).transitionDuration);
    const chips = (): Promise<number> => page.page.locator('.chip').count();
    expect(await listed()).toBe(30);
    expect(await chips()).toBeGreaterThan(0);
    await page.send(showModel, at(model, busy.stop.clock));
    expect(await slides()).not.toBe('0s');
    const slider = page.page.locator('input[type=range]');
    await slider.fill('700');
    await slider.fill('650');
    expect(await listed()).toBe(30);
    await page.send(showModel, at(model, 700));
    expect(await listed()).toBeLessThan(30);
    expect(await slides()).toBe('0s');
    const fewer = { ...model, cards: model.cards.filter(({ id }) => model.focus.some(({ card }) => card === id)) };
    await page.send(showModel, at(fewer, 650));
    expect(await listed()).toBe(30);
    expect(await chips()).toBe(0);
    expect(page.problems).toEqual([]);
  });

  test('plays backwards until it is told to stop', async () => {
    const page = await opened(back);
    const { clock } = back.stop;
    await page.page.getByRole('button', { name: 'Play backwards' }).click();
    await expect.poll(() => moments(page)).toEqual([clock - 1]);
    await page.send(showModel, at(back, clock - 1));
    await expect.poll(() => moments(page)).toEqual([clock - 1, clock - 2]);
    await page.page.getByRole('button', { name: 'Stop playing' }).click();
    await page.send(showModel, at(back, clock - 2));
    expect(await page.page.getByRole('button', { name: 'Play backwards' }).count()).toBe(1);
    expect(await moments(page)).toHaveLength(2);
  });

  test('plays on until the run stops elsewhere', async () => {
    const page = await opened(back);
    await page.page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => moments(page)).toEqual([back.stop.clock + 1]);
    await page.send(showModel, { ...at(back, back.stop.clock), stop: { ...back.stop, reason: 'breakpoint' } });
    expect(await page.page.getByRole('button', { name: 'Stop playing' }).count()).toBe(0);
  });

  test('who wants little motion sees fewer pictures, not a slower run; the pace is remembered', async () => {
    const page = await opened(back);
    await page.page.emulateMedia({ reducedMotion: 'reduce' });
    await page.page.getByRole('combobox', { name: 'Pace' }).selectOption('20');
    await page.page.getByRole('button', { name: 'Play backwards' }).click();
    await expect.poll(() => moments(page)).toEqual([back.stop.clock - 20]);
    const kept = await page.page.evaluate(() => (window as unknown as { keptState(): { pace?: number } }).keptState());
    expect(kept.pace).toBe(20);
  });

  describe('on the timeline', () => {
    let data: TimelineModel;
    beforeAll(async () => {
      data = await withRun({ scenario: 'handshake' }, async ({ session, history }) => {
        session.setFunctionBreakpoints([{ name: 'ip_rcv' }]);
        const moments = [{ name: 'before the handshake', clock: 700 }];
        const made = await sessionTimelineInDepth(session, history, { window: '600..1600', moments });
        if (!made) {
          throw new Error('cancelled');
        }
        return made;
      });
    });

    test.each(['en', 'zh'] as const)('functions, breakpoints and named moments are there, %s', async (ui) => {
      const settings = { ui, notes: ui };
      const theme = ui === 'en' ? 'dark' : 'light';
      const page = await withPicture(browser, { picture: { kind: 'timeline', data }, settings, theme });
      await page.screenshot(`timeline-in-depth-${ui}`);
      const scene = page.page.locator('.scene');
      expect(await scene.textContent()).toMatch(/before the handshake/);
      expect(await page.page.getByRole('button', { name: /tcp_v4_connect\(\)/ }).count()).toBe(1);
      expect(await page.page.getByRole('button', { name: /: ip_rcv:\d+/ }).count()).toBe(1);
      expect(await axeFindings(page.page)).toEqual([]);
      expect(page.problems).toEqual([]);
    });

    test('a drag along the ruler and its keys go through the moments', async () => {
      const page = await withPicture(browser, { picture: { kind: 'timeline', data } });
      const ruler = page.page.getByRole('slider', { name: 'Go through the moments of this window' });
      const box = await ruler.locator('rect').boundingBox();
      if (!box) {
        throw new Error('no ruler');
      }
      await page.page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
      await page.page.mouse.down();
      await page.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.page.mouse.up();
      expect((await moments(page)).at(-1)).toBe(850);
      expect(await ruler.getAttribute('aria-valuenow')).toBe('1100');
      await page.send(showModel, at(models().first, 850));
      await expect.poll(async () => (await moments(page)).at(-1)).toBe(1100);
      await page.send(showModel, at(models().first, 1100));
      await ruler.press('PageDown');
      await page.send(showModel, at(models().first, 1500));
      await ruler.press('Home');
      expect((await moments(page)).slice(-2)).toEqual([1550, 600]);
    });
  });
});
