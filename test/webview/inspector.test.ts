/** The inspector in a real browser: what it shows, what it sends, how it looks, whether everyone can use it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showIdle, showModel, type ViewSettings } from '../../src/protocol/messages';
import { axeFindings } from './axe';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { models } from './models';
import type { ThemeName } from './themes';

describe.skipIf(findChromium() === undefined)('in chromium', () => {
  let browser: InspectorBrowser;
  const recorded = models();
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  /** No policy violation, no exception, and nothing for axe. */
  async function check({ page, problems }: InspectorPage): Promise<void> {
    expect(problems).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  }

  test.each<[ThemeName, ViewSettings]>([
    ['dark', { ui: 'en', notes: 'both' }],
    ['light', { ui: 'zh', notes: 'zh' }],
    ['high-contrast', { ui: 'en', notes: 'en' }],
    ['high-contrast-light', { ui: 'zh', notes: 'both' }],
  ])('%s looks', async (theme, settings) => {
    const opened = await browser.open({ theme, settings });
    await opened.send(showIdle, {});
    await opened.screenshot(`${theme}-idle`);
    await opened.send(showModel, recorded.first);
    await opened.screenshot(`${theme}-first`);
    await opened.send(showModel, recorded.stepped);
    await opened.screenshot(`${theme}-stepped`);
    await opened.send(showModel, recorded.busy);
    await opened.screenshot(`${theme}-busy`);
    await check(opened);
    await opened.send(showModel, recorded.fault);
    await opened.screenshot(`${theme}-fault`);
    await opened.page.setViewportSize({ width: 560, height: 900 });
    await opened.screenshot(`${theme}-narrow`);
    await check(opened);
    await opened.page.getByRole('button', { name: settings.ui === 'zh' ? '文本树' : 'Text tree' }).click();
    await opened.screenshot(`${theme}-tree`);
    await check(opened);
    await opened.page.close();
  });
});
