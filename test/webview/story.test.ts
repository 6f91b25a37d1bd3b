/** The story in a real browser: what is told, the way on and back, the folded answer, and what suits the moment. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveStory, showModel, showStory, watchPicture, type ViewSettings } from '../../src/protocol/messages';
import type { StoryModel } from '../../src/protocol/story';
import { axeFindings } from './axe';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { models } from './models';
import type { ThemeName } from './themes';

const story: StoryModel = {
  count: 7,
  number: 3,
  isThere: true,
  text: { en: 'The SYN has arrived at the listener.', zh: 'SYN 到了监听者这里。' },
  focus: [{ expression: 'sk->num', value: '8080' }],
  predict: { en: 'What is made for it?', zh: '会为它造出什么？' },
  answer: { en: 'An open_request.', zh: '一个 open_request。' },
};

describe.skipIf(findChromium() === undefined)('the story', () => {
  let browser: InspectorBrowser;
  const model = models().first;
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  async function opened(told: StoryModel, theme: ThemeName = 'dark', settings?: ViewSettings): Promise<InspectorPage> {
    const page = await browser.open({ theme, ...(settings && { settings }), width: 1024, height: 768 });
    await page.send(showModel, model);
    await page.send(showStory, told);
    return page;
  }

  test.each<[ThemeName, ViewSettings]>([
    ['dark', { ui: 'en', notes: 'en' }],
    ['light', { ui: 'zh', notes: 'zh' }],
    ['high-contrast', { ui: 'en', notes: 'both' }],
  ])('%s', async (theme, settings) => {
    const page = await opened(story, theme, settings);
    await page.screenshot(`${theme}-story`);
    expect(page.problems).toEqual([]);
    expect(await axeFindings(page.page)).toEqual([]);
  });

  test('tells the moment, its place in the story, the values, and the answer when asked', async () => {
    const { page } = await opened(story, 'dark', { ui: 'en', notes: 'en' });
    const told = page.locator('.story');
    expect(await told.innerText()).toMatch(/3 of 7[^]*The SYN has arrived[^]*sk->num = 8080[^]*What is made for it\?/);
    const answer = page.getByText('An open_request.');
    expect(await answer.isVisible()).toBe(false);
    await page.getByText('Show the answer').click();
    expect(await answer.isVisible()).toBe(true);
  });

  test('asks for the next moment and the one before; at the ends one of them is off', async () => {
    const page = await opened(story, 'dark', { ui: 'en', notes: 'en' });
    await page.page.getByRole('button', { name: 'Next moment' }).click();
    await page.page.getByRole('button', { name: 'Previous moment' }).click();
    const moves = (await page.sent()).filter(({ method }) => method === moveStory.method);
    expect(moves.map(({ params }) => params)).toEqual([{ by: 1 }, { by: -1 }]);
    await page.send(showStory, { ...story, number: 7 });
    expect(await page.page.getByRole('button', { name: 'Next moment' }).isDisabled()).toBe(true);
    await page.send(showStory, { count: 7, number: 0, isThere: false });
    expect(await page.page.getByRole('button', { name: 'Previous moment' }).isDisabled()).toBe(true);
    expect(await page.page.locator('.story').innerText()).toContain('tells a story in 7 moments');
  });

  test('brings the view that the moment wants, once', async () => {
    const page = await opened({ ...story, view: 'packets' });
    const watched = async (): Promise<unknown[]> =>
      (await page.sent()).filter(({ method }) => method === watchPicture.method).map(({ params }) => params);
    expect(await watched()).toEqual([{ kind: 'ladder' }]);
    await page.send(showStory, { ...story, view: 'packets' });
    expect((await watched()).length).toBe(1);
  });

  test('marks the field that it speaks of, brings it into sight, and leaves the keyboard where it is', async () => {
    const { page } = await opened({ ...story, focus: [{ expression: 'sk->num', value: '8080' }] });
    const told = page.locator('.card .row.told');
    expect(await told.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.row))).toEqual(['num']);
    const isInSight = await told.evaluate((row) => {
      const [at, around] = [row.getBoundingClientRect(), row.closest('.viewport')?.getBoundingClientRect()];
      return around !== undefined && at.top >= around.top && at.bottom <= around.bottom;
    });
    expect(isInSight).toBe(true);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  });

  test('a moment that never comes is a sentence; without a story there is nothing', async () => {
    const page = await opened({ count: 7, number: 3, isThere: false, problem: { en: 'no such moment', zh: '无' } });
    expect(await page.page.locator('.story').innerText()).toContain('cannot go on: no such moment');
    await page.send(showStory, { count: 0, number: 0, isThere: false });
    expect(await page.page.locator('.story').count()).toBe(0);
  });
});
