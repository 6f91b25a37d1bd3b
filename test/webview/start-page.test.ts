/** The start page in a browser, in each theme: its policy lets its style in, and axe finds nothing wrong. */
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { axeFindings } from './axe';
import { findChromium } from './browser-page';
import { THEMES, type ThemeName } from './themes';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text } }));
const { startHtml } = await import('../../src/editor/start-html');

const scenarios = ['tcp-socket', 'handshake'].map((name) => ({
  name,
  title: `The scenario ${name}`,
  about: 'What one sees in it.',
  level: '●○○',
  levelText: 'level 1 of 3',
  time: '3 min',
}));
const executablePath = findChromium();

describe.skipIf(executablePath === undefined)('the start page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  test.each(Object.keys(THEMES) as ThemeName[])('in %s', async (theme) => {
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
    await page.setContent(startHtml({ scenarios, language: 'en', nonce: 'abc' }));
    await page.evaluate((variables) => {
      for (const [name, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
      document.body.style.background = 'var(--vscode-editor-background)';
      document.body.style.color = 'var(--vscode-editor-foreground)';
    }, THEMES[theme].variables);
    expect(await page.locator('main').evaluate((main) => getComputedStyle(main).maxWidth)).not.toBe('none');
    expect(await axeFindings(page)).toEqual([]);
    expect(refused).toEqual([]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The scenario tcp-socket');
    await page.close();
  });
});
