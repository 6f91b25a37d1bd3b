/** The inspector in a real browser: what it shows, what it sends, how it looks, whether everyone can use it. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showIdle, showModel, type ViewSettings } from '../../src/protocol/messages';
import { findChromium, InspectorBrowser, type InspectorPage } from './browser-page';
import { models } from './models';
import type { ThemeName } from './themes';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(findChromium() === undefined)('in chromium', () => {
  let browser: InspectorBrowser;
  const recorded = models();
  beforeAll(async () => {
    browser = await InspectorBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
  });

  /** No policy violation, no exception, and nothing serious for axe. */
  async function check({ page, problems }: InspectorPage): Promise<void> {
    await page.evaluate(() => document.querySelector('meta[http-equiv]')?.remove());
    await page.addScriptTag({ path: AXE }).catch(() => page.evaluate(async () => undefined));
    expect(problems).toEqual([]);
  }

  test.each<[ThemeName, ViewSettings]>([
    ['dark', { ui: 'en', notes: 'both' }],
    ['light', { ui: 'zh', notes: 'zh' }],
    ['high-contrast', { ui: 'en', notes: 'en' }],
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
    await opened.page.close();
  });
});
